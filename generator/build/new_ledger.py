"""The ledger of a build being made: what it plans is noted on the way, for the next build to find."""

import os
import pickle
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline
from generator.site.chrome import Chrome
from generator.site.feeds.plan import FeedDocument
from generator.site.links import is_unpublished, resolve
from generator.site.offline import is_kept
from generator.site.pages import Library
from generator.site.planned import PlannedPage

from .fingerprints import States
from .gathering import Gathered
from .intake import Packed
from .notes import Bonds, Note, Notes, Outlook, Place, Places
from .packing import Offer, Packer, packed_offer
from .plans import END, SHARE, UNNOTED, FeedPlace, Offers, Plan, PlanParts, Turns, columns, in_order, write

if TYPE_CHECKING:
    from generator.site.documents import PlannedDocument

    from .downloads import Downloads


@contextmanager
def new_ledger(folder: Path) -> Iterator["NewLedger"]:
    """Give a ledger to be written; in the end, either it was saved, or there is none."""
    ledger = NewLedger(folder)
    try:
        yield ledger
    finally:
        ledger.close()


class NewLedger:
    """A ledger being written, page by page; saved, it takes the place of the former one.

    When the disk won't have it, there is none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._part = folder / f"notes.{os.getpid()}.part"
        self._parts = PlanParts(folder / "plan", {})
        self._packer = Packer()
        self._pages = Places()
        self._urls: list[str] = []
        self._layouts: list[str] = []
        self._links: dict[str, Place] = {}
        self._plan: Plan | None = None
        self._notes: Notes | None = None
        self._file: Notes | None = None
        self._saved = False
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._notes = self._file = Notes(self._part, "w+b")

    def add(self, page: PlannedPage) -> bytes:
        """Note a planned page, and give it packed."""
        packed = self._packer.page(page)
        fresh, self._packer.fresh = self._packer.fresh, {}
        if self._notes:
            try:
                self._pages.append(self._notes.add(packed))
                self._urls.append(page.url)
                self._layouts.append(page.layout)
                self._links |= {digest: self._notes.add(links) for digest, links in fresh.items()}
            except OSError:
                self._notes = None
        return packed

    def note(self, gathered: Gathered, states: States, chrome: Chrome, downloads: "Downloads") -> None:
        """Note all the rest, before drawing opens more records than planning did."""
        library, shelf = gathered.library, gathered.shelf
        if self._notes is None or library is None or shelf is None:
            return
        gone = {outline.key for outline in gathered.outlines if outline.gone}
        addresses = {KINDS[kind].url(id_) for kind, id_ in gone}
        if gone and any(
            is_unpublished(link, each.folder, addresses) for each in gathered.outlines for link in each.links
        ):
            return  # To draw whoever still links to what was taken back, its address would have to be noted.
        notes = [(key, note) for key, note in _noted(states, gathered, library, gone) if key not in gone]
        ranks = {key: rank for rank, (key, _) in enumerate(notes)}
        offline = tuple(page.url for page in gathered.pages if is_kept(page))
        assert isinstance(library.entries, Packed)
        opened = frozenset(library.entries.opened)
        outlook = Outlook(states.common, _shelved(library, addresses), chrome, opened)
        try:
            shares = Places()
            for start in range(0, len(notes), SHARE):
                shares.append(self._notes.add(pickle.dumps(dict(notes[start : start + SHARE]), 5)))
            about = self._notes.add(pickle.dumps(outlook, 5))
            bonds = self._notes.add(pickle.dumps(bonds_of(each for each in gathered.outlines if not each.gone), 5))
            offered = Places()
            for offer in _offers_of(downloads):
                offered.append(self._notes.add(packed_offer(offer)))
        except OSError:
            self._notes = None
            return
        parts = self._parts
        parts.addresses = END.join(self._urls), END.join(self._layouts)
        parts.links = self._links
        parts.records = columns([key for key, _ in notes])
        parts.order = {kind: array("q", [ranks[key] for key in shelf.on_pages(kind)]) for kind in KINDS}
        parts.turns = _turns(gathered.outlines, ranks)
        parts.feeds = [place(document, ranks) for document in gathered.feeds]
        size, offers = self._notes.length, Offers(downloads.common, offered)
        self._plan = Plan(0, size, self._pages, offline, about, bonds, shares, offers, {})

    def save(self, published: int) -> None:
        """Put the ledger in its place; `published` as in the memory."""
        if self._notes and self._plan:
            with suppress(OSError):
                self._notes.flush()
                self._part.replace(self._folder / "notes")
                write(self._folder, self._plan._replace(published=published, parts=self._parts.save()))
                self._saved = True

    def close(self) -> None:
        """Throw it away unless it was saved, and the former one with it: that tells of another site."""
        if self._file:
            self._file.close()
        if not self._saved:
            for path in (self._part, self._folder / "notes", *self._folder.glob("plan*")):
                with suppress(OSError):
                    path.unlink(missing_ok=True)


def _shelved(library: Library, gone: Set[str]) -> Library:
    """Give a library without records, cards, and the addresses and pictures of what was taken back."""
    known = library.pictures
    pictures = replace(known, limits={path: each for path, each in known.limits.items() if path in known.derived})
    return replace(library, entries={}, cards={}, pictures=pictures, unpublished=library.unpublished - gone)


def _noted(states: States, gathered: Gathered, library: Library, gone: Set[Key]) -> Iterator[tuple[Key, Note]]:
    items = {item.key: item for document in gathered.feeds for item in document.items}
    assert isinstance(library.entries, Packed)
    assert gathered.shelf
    referrers = gathered.shelf.campaign.referrers
    for outline in gathered.outlines:
        key = outline.key
        yield (
            key,
            Note(
                states.records[key],
                states.cards.get(key, ""),
                states.fed.get(key, ""),
                library.cards.get(key),
                items.get(key),
                library.entries.span(key),
                outline.path,
                tuple([each for each in referrers.get(key, ()) if each not in gone]),
            ),
        )


def bonds_of(outlines: Iterable[Outline]) -> Bonds:
    """Give what ties records to each other besides references."""
    linked, claims = set(), set()
    for each in outlines:
        linked.update([resolve(link, each.folder).partition("#")[0] for link in each.links])
        claims.update([f"{name} {value}" for _, name, value in each.claims])
    return Bonds(frozenset(linked), frozenset(claims))


def _offers_of(downloads: "Downloads") -> Iterator[Offer]:
    """Give the documents that pages link, page by page, if any is made of records."""
    from generator.site.press_documents import CARDS

    linked: defaultdict[str, dict[str, PlannedDocument]] = defaultdict(dict)
    for fingerprint, document in downloads.planned.items():
        if document.kind != CARDS:
            linked[document.page][fingerprint] = document
    return (Offer(page, each) for page, each in linked.items() if any(document.reads for document in each.values()))


def place(document: FeedDocument, ranks: Mapping[Key, int]) -> FeedPlace:
    """Give a document of a feed as a plan has it."""
    feed, items, *around = document
    return FeedPlace(
        feed, array("q", [ranks[item.key] for item in items]), array("d", [item.published for item in items]), *around
    )


def _turns(outlines: Iterable[Outline], ranks: Mapping[Key, int]) -> Turns:
    return in_order((moment, ranks.get(each.key, UNNOTED)) for each in outlines for moment in each.changes)
