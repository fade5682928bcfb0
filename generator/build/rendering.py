"""Planned pages to HTML files in the staging folder, on all cores, and the fingerprint of each page's inputs."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from generator.campaign.linking import Key
from generator.site.chrome import Chrome, Renderer
from generator.site.pages import Library, view
from generator.site.planned import PlannedPage

from .publish import write
from .workers import CHUNK, processes


def fingerprints(pages: Iterable[PlannedPage], library: Library, chrome: Chrome) -> dict[str, str]:
    """Give, by path, a digest of all that each page is made from: same digest, same bytes."""
    cards = {key: _digest(repr(card)) for key, card in library.cards.items()}
    images = {key: _images(key, library) for key, entry in library.entries.items() if any(text.images for text in entry.texts.values())}
    common = _digest(repr((chrome.digest, library.alert_kits, library.pictures.view("data", library.config.picture))))

    def fingerprint(page: PlannedPage) -> str:
        records = [library.entries[key].digest + images.get(key, "") for key in page.reads]
        shown = [cards[key] for key in page.shown()]
        return _digest(repr((common, page, records, shown)))

    return {page.path: fingerprint(page) for page in pages}


def _images(key: Key, library: Library) -> str:
    entry = library.entries[key]
    return "".join(library.pictures.stem(entry.folder, source) for text in entry.texts.values() for source, _ in text.images)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that drawing takes: the pages to draw, what they read, the renderer, the folder they go to."""

    pages: list[PlannedPage]
    library: Library
    renderer: Renderer
    staged: Path


_drawing: Drawing | None = None
"""What worker processes find in the memory they inherit: sending it to each task would cost more than the drawing."""


def render(pages: list[PlannedPage], library: Library, chrome: Chrome, staged: Path, jobs: int) -> None:
    """Draw pages into the staging folder."""
    global _drawing
    _drawing = Drawing(pages, library, Renderer(chrome), staged)
    starts = range(0, len(pages), CHUNK)
    try:
        with processes(jobs if len(starts) > 1 else 1) as executor:
            for _ in executor.map(_draw, starts) if executor else map(_draw, starts):
                pass
    finally:
        _drawing = None


def _draw(start: int) -> None:
    assert _drawing
    for page in _drawing.pages[start : start + CHUNK]:
        html = _drawing.renderer.page(view(page, _drawing.library))
        write(_drawing.staged, page.path, html.encode("utf-8", "replace"))
