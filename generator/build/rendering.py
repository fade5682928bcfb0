"""Planned pages to HTML files in the staging folder, and feeds to theirs, on all cores."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
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
from .workers import CHUNK, processes

FEED_CHUNK = 10
"""Documents of feeds in one task."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that drawing takes: the pages to draw, the feeds to write, what they read, the folder they go to."""

    pages: list[PlannedPage]
    feeds: list[FeedDocument]
    library: Library
    renderer: Renderer
    writer: FeedWriter
    staged: Path


_drawing: Drawing | None = None
"""What worker processes find in the memory they inherit: sending it to each task would cost more than the drawing."""


def render(
    pages: list[PlannedPage],
    feeds: list[FeedDocument],
    library: Library,
    chrome: Chrome,
    staged: Path,
    jobs: int,
    dask: str | None = None,
) -> None:
    """Draw pages into the staging folder and write feeds there: with so many processes, or on a Dask cluster.

    The cluster at the address `dask` draws pages only: feeds are few, and written beside it.
    """
    global _drawing
    writer = FeedWriter(for_feeds(library), chrome.assets.urls)
    renderer = Renderer(chrome)
    renderer.prepare(pages)
    _drawing = Drawing(pages, feeds, library, renderer, writer, staged)
    works = [(_write_feeds, start) for start in range(0, len(feeds), FEED_CHUNK)]
    if dask:
        _draw_on(dask, pages, library, chrome, staged)
    else:
        works += [(_draw, start) for start in range(0, len(pages), CHUNK)]
    gc.freeze()
    try:
        # A process that was a client of Dask has threads, and must not fork.
        with processes(1 if dask else min(jobs, len(works)), bar("Dessin des pages")) as executor:
            for _ in executor.map(_do, works):
                pass
    finally:
        _drawing = None


def _draw_on(dask: str, pages: list[PlannedPage], library: Library, chrome: Chrome, staged: Path) -> None:
    from .cluster import draw_on

    tell = bar("Dessin des pages")
    for done, (page, html) in enumerate(zip(pages, draw_on(dask, pages, library, chrome), strict=True), 1):
        write(staged, page.path, html)
        tell(done, len(pages))


def _do(work: tuple[Callable[[int], None], int]) -> None:
    draw, start = work
    draw(start)
    # Templates leave cycles behind.
    gc.collect(0)


def _write_feeds(start: int) -> None:
    assert _drawing
    for document in _drawing.feeds[start : start + FEED_CHUNK]:
        for path, content in _drawing.writer.files(document):
            write(_drawing.staged, path, content)


def _draw(start: int) -> None:
    assert _drawing
    _drawing.writer.forget()  # Feeds come first.
    for page in _drawing.pages[start : start + CHUNK]:
        write(_drawing.staged, page.path, _drawing.renderer.encoded(view(page, _drawing.library)))
