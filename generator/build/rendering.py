"""Planned pages to HTML files in the staging folder, on all cores, and the fingerprint of each page's inputs."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from generator.campaign.models.honours import Channel
from generator.campaign.outline import Outline
from generator.site.chrome import Chrome, Renderer
from generator.site.feeds.plan import FEEDS, FeedDocument
from generator.site.feeds.writer import FeedWriter
from generator.site.links import is_unpublished
from generator.site.pages import Library, view
from generator.site.planned import PlannedPage
from generator.site.views import PictureView

from .gathering import Gathered
from .progress import bar
from .publish import write
from .workers import CHUNK, processes

FEED_CHUNK = 10
"""Documents of feeds in one task."""


def fingerprints(gathered: Gathered, library: Library, chrome: Chrome) -> dict[str, str]:
    """Give, by path, a digest of all that each page is made from: same digest, same bytes."""
    config_picture = library.pictures.view("data", library.config.picture)
    common = _digest(repr((library.alert_kits, config_picture)))
    cards = {
        key: f"{gathered.sketches[key].digest} {card.kicker} {_picture_state(card.picture)}"
        for key, card in library.cards.items()
    }
    records = {outline.key: record_state(outline, library) for outline in gathered.outlines}

    def fingerprint(page: PlannedPage) -> str:
        read = [records[key] for key in page.reads]
        shown = [cards[key] for key in page.shown()]
        return _digest(repr((common, chrome.layout_digest(page.layout, page.url), page, read, shown)))

    prints = {page.path: fingerprint(page) for page in gathered.pages}
    fed = for_feeds(library)
    told = {
        outline.key: f"{cards[outline.key]} {record_state(outline, fed) if outline.images else records[outline.key]}"
        for outline in gathered.outlines
        if outline.kind in FEEDS and outline.shown
    }
    for document in gathered.feeds:
        items = [(told[item.key], item.updated, item.picture and item.picture.jpeg) for item in document.items]
        inputs = (common, chrome.digest, document.feed, document[2:], items)
        prints |= dict.fromkeys(document.paths, _digest(repr(inputs)))
    return prints


def for_feeds(library: Library) -> Library:
    """Give the library without the pictures of those who don't want theirs in feeds."""
    return replace(library, pictures=library.pictures.within(Channel.FEED))


def _picture_state(picture: PictureView | None) -> str:
    return f"{picture.jpeg} {picture.shareable}" if picture else ""


def record_state(outline: Outline, library: Library) -> str:
    """Give what a record's own page depends on besides cards: its text, the pictures in it, the links kept in it."""
    images = [library.pictures.stem(outline.folder, file) for file in outline.images]
    hidden = library.unpublished
    dead = [target for target in outline.links if is_unpublished(target, outline.folder, hidden)] if hidden else []
    return repr((outline.digest, images, dead)) if images or dead else outline.digest


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


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
    _drawing = Drawing(pages, feeds, library, Renderer(chrome), writer, staged)
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
    for page in _drawing.pages[start : start + CHUNK]:
        html = _drawing.renderer.page(view(page, _drawing.library))
        write(_drawing.staged, page.path, html.encode("utf-8", "replace"))
