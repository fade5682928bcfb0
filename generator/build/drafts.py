"""Pages drawn ahead of the build, for the preview: a file was just saved, and someone looks at what it shows.

A build takes in the whole campaign. A record whose words changed, and nothing that the rest of the campaign knows it
by, needs less: read that one file, draw the open pages that show it. The build that follows has the last word.
"""

from collections import ChainMap, Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.campaign.files import Source
from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline
from generator.campaign.reading import Entry
from generator.campaign.rules import Standards
from generator.problems import has_errors
from generator.site.chrome import Chrome
from generator.site.pages import Library, view
from generator.site.renderer import Renderer
from generator.site.sketches import Sketch
from generator.site.theme import make_chrome
from generator.site.views import Card

from .gathering import Gathered
from .index import Damaged
from .intake import Packed, take_in


class Wait(Exception):
    """What was saved changes more than the pages that show it: it takes a build."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages, and the files that they need and the last build did not make, by URL."""

    pages: dict[str, str] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)


class Drafts:
    """What a build knew, and pages drawn from that and from files saved since."""

    def __init__(
        self, root: Path, gathered: Gathered, library: Library, chrome: Chrome, last: "Drafts | None" = None
    ) -> None:
        self._root = root
        self._gathered = gathered
        self._library = library
        # Its templates are compiled already, unless one changed.
        kept = last is not None and last._renderer.chrome.digest == chrome.digest
        self._renderer: Renderer = last._renderer if last and kept else Renderer(chrome)
        self._outlines = {outline.key: outline for outline in gathered.outlines}
        self._pages = {page.url: page for page in gathered.pages}
        self._sources = {each.path: Source(each.path, each.kind, bool(each.place)) for each in gathered.outlines}

    def draw(self, paths: Collection[str], urls: Iterable[str], now: datetime) -> Drawn:
        """Give those of the pages that show what the saved files hold. Raises Wait when that can't be told."""
        records = [path for path in paths if not path.startswith("theme/")]
        changed: dict[Key, tuple[Entry, Card]] = {}
        for path in records:
            changed |= self._changed(path, now)
        cards = {key: card for key, (_, card) in changed.items()}
        kept: Any = self._library.entries
        library = replace(
            self._library,
            entries=ChainMap({key: entry for key, (entry, _) in changed.items()}, kept),
            cards={**self._library.cards, **cards},
        )
        restyled = len(records) < len(paths)
        renderer = self._restyled(library) if restyled else self._renderer
        drawn = Drawn(assets=renderer.chrome.assets.files if restyled else {})
        for page in (self._pages[url] for url in urls if url in self._pages):
            if restyled or not cards.keys().isdisjoint((*page.reads, *page.shown())):
                titled = page._replace(title=cards[page.key].title) if page.key in cards else page
                try:
                    drawn.pages[page.url] = renderer.page(view(titled, library))
                except Damaged:
                    raise Wait from None
        return drawn

    def warm(self, url: str) -> None:
        """Draw a page for nothing, so that its templates are compiled when it is drawn in earnest."""
        if url in self._pages:
            with suppress(Damaged):
                self._renderer.page(view(self._pages[url], self._library))

    def _changed(self, path: str, now: datetime) -> dict[Key, tuple[Entry, Card]]:
        """Give what a saved file holds that is new, when it changes nothing but words."""
        if path not in self._sources:
            raise Wait
        standards = Standards(self._library.config.town.bounds, self._library.charter)
        intake = take_in(self._root, self._sources[path], standards, now)
        if has_errors(intake.problems):
            raise Wait
        entries = Packed({outline.key: packed for outline, _, packed in intake.records}, _unkept)
        found = {}
        for outline, sketch, _ in intake.records:
            known = self._outlines.get(outline.key)
            if known is None or sketch is None or _station(outline) != _station(known):
                raise Wait
            if outline.shown and outline.digest != known.digest:
                found[outline.key] = entries[outline.key], _card(self._library.cards[outline.key], outline, sketch)
        return found

    def _restyled(self, library: Library) -> Renderer:
        kept = self._renderer.chrome.kept
        return Renderer(make_chrome(self._root, library.config, self._gathered.alerts, library.cards, kept))

    def moves(self, after: "Drafts") -> dict[str, str]:
        """Give the new address of each record whose id changed since."""
        gone, came = self._outlines.keys() - after._outlines.keys(), after._outlines.keys() - self._outlines.keys()
        kinds = Counter(kind for kind, _ in (*gone, *came))
        return {
            KINDS[old[0]].url(old[1]): KINDS[new[0]].url(new[1])
            for new in came
            for old in gone
            if old[0] == new[0] and (kinds[old[0]] == 2 or _is_heir(after._outlines[new], self._outlines[old]))
        }

    def has(self, url: str) -> bool:
        """Tell whether the site has a page at an address."""
        return url in self._pages


def _station(outline: Outline) -> Outline:
    """Give what the plan and other records know a record by: all but its words. A neighbourhood's name is on cards."""
    title = outline.title if outline.kind == "neighbourhood" else ""
    return outline._replace(title=title, digest="", links=(), anchors=(), changes=())


def _is_heir(new: Outline, old: Outline) -> bool:
    """Tell whether one record is another under a new id: it names it, has its title, or its place in a list."""
    same_place = bool(old.place) and (old.path, old.place) == (new.path, new.place)
    return old.id in new.aliases or old.title == new.title or same_place


def _card(card: Card, outline: Outline, sketch: Sketch) -> Card:
    kicker = card.kicker if sketch.kicker is None else sketch.kicker
    return card._replace(
        title=outline.title, summary=sketch.summary, kicker=kicker, when=sketch.when, iso=sketch.iso, tags=sketch.tags
    )


def _unkept(span: object) -> bytes:
    raise AssertionError("what was just read lies in no archive")
