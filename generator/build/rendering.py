"""Planned pages to HTML files in the staging folder, and feeds to theirs, on all cores."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.site.chrome import Chrome
from generator.site.feeds.plan import FeedDocument
from generator.site.feeds.writer import FeedWriter
from generator.site.pages import Library, view
from generator.site.planned import PlannedPage
from generator.site.renderer import Renderer

from .fingerprints import for_feeds
from .progress import bar
from .publish import write
from .sharing import shared

PIECE = 50
"""Pages drawn as one piece of work: enough to forget the cost of taking it, few enough for all to end together."""
FEED_PIECE = 10
"""Documents of feeds written as one."""
FEW = 5
"""So many pieces take no longer than having other processes: what both write to in memory is copied first."""


@contextmanager
def rendering(
    pages: list[PlannedPage],
    feeds: list[FeedDocument],
    library: Library,
    chrome: Chrome,
    staged: Path,
    jobs: int,
    dask: str | None = None,
) -> Iterator[Callable[[], None]]:
    """Have pages drawn into the staging folder and feeds written there, by `jobs` processes or a Dask cluster.

    All but this process begin at once, unless there is little to do; what it gives is for this one to join them, and
    returns when all is there. The cluster at the address `dask` draws pages only: feeds are few, and written beside it.
    """
    writer = FeedWriter(for_feeds(library), chrome.assets.urls)
    renderer = Renderer(chrome)
    renderer.prepare(pages)
    pieces = [
        partial(write_feeds, feeds[start : start + FEED_PIECE], writer, staged)
        for start in range(0, len(feeds), FEED_PIECE)
    ]
    if not dask:
        pieces += [
            partial(_draw, pages[start : start + PIECE], library, renderer, writer, staged)
            for start in range(0, len(pages), PIECE)
        ]

    def do(number: int) -> None:
        pieces[number]()

    # A process that was a client of Dask has threads, and must not fork.
    alone = dask or len(pieces) <= FEW
    with shared(do, len(pieces), 1 if alone else jobs, bar("Dessin des pages")) as join:

        def finish() -> None:
            join()
            if dask:
                _draw_on(dask, pages, library, chrome, staged)

        yield finish


def _draw_on(dask: str, pages: list[PlannedPage], library: Library, chrome: Chrome, staged: Path) -> None:
    from .cluster import draw_on

    tell = bar("Dessin des pages")
    for done, (page, html) in enumerate(zip(pages, draw_on(dask, pages, library, chrome), strict=True), 1):
        write(staged, page.path, html)
        tell(done, len(pages))


def write_feeds(feeds: list[FeedDocument], writer: FeedWriter, staged: Path) -> None:
    """Write documents of feeds into the staging folder, in all of their formats."""
    for document in feeds:
        for path, content in writer.files(document):
            write(staged, path, content)


def _draw(pages: list[PlannedPage], library: Library, renderer: Renderer, writer: FeedWriter, staged: Path) -> None:
    """Draw pages step by step, each step for all of them.

    Page by page, each step's code would find that the others' has taken its place in the processor's nearest memory:
    that takes a fifth longer.
    """
    writer.forget()  # Feeds come first.
    entries = {key: library.entries[key] for page in pages for key in page.reads}
    opened = replace(library, entries=entries)
    views = [view(page, opened) for page in pages]
    drawn = [renderer.encoded(each) for each in views]
    for page, html in zip(pages, drawn, strict=True):
        write(staged, page.path, html)
