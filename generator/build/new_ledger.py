"""The ledger of a build being made: what it plans is noted on the way, for the next build to find."""

import os
import pickle
from array import array
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from generator.campaign.models import KINDS
from generator.campaign.outline import Key
from generator.site.chrome import Chrome
from generator.site.feeds.plan import FeedDocument
from generator.site.links import is_unpublished
from generator.site.offline import is_kept
from generator.site.pages import Library
from generator.site.planned import PlannedPage

from .fingerprints import States
from .gathering import Gathered
from .intake import Packed
from .notes import SHARE, Note, Notes, Outlook, Place, Places, Plan, columns, write
from .packing import Packer


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
        self._packer = Packer()
        self._pages = Places()
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
                self._links |= {digest: self._notes.add(links) for digest, links in fresh.items()}
            except OSError:
                self._notes = None
        return packed

    def note(self, gathered: Gathered, states: States, chrome: Chrome) -> None:
        """Note all the rest, before drawing opens more records than planning did."""
        library = gathered.library
        if self._notes is None or library is None:
            return
        gone = {outline.key for outline in gathered.outlines if outline.gone}
        addresses = {KINDS[kind].url(id_) for kind, id_ in gone}
        if gone and any(
            is_unpublished(link, each.folder, addresses) for each in gathered.outlines for link in each.links
        ):
            return  # To draw whoever still links to what was taken back, its address would have to be noted.
        notes = [(key, note) for key, note in _noted(states, library, gathered.feeds) if key not in gone]
        ranks = {key: rank for rank, (key, _) in enumerate(notes)}
        documents = [
            (each.feed, array("q", [ranks[item.key] for item in each.items]), each.part, each.previous, each.following)
            for each in gathered.feeds
        ]
        offline = [number for number, page in enumerate(gathered.pages) if is_kept(page)]
        assert isinstance(library.entries, Packed)
        opened = frozenset(library.entries.opened)
        outlook = Outlook(states.common, _shelved(library, addresses), chrome, opened)
        try:
            shares = Places()
            for start in range(0, len(notes), SHARE):
                shares.append(self._notes.add(pickle.dumps(dict(notes[start : start + SHARE]), 5)))
            about = self._notes.add(pickle.dumps(outlook, 5))
            self._plan = Plan(
                0, self._pages, self._links, about, shares, columns([key for key, _ in notes]), offline, documents
            )
        except OSError:
            self._notes = None

    def save(self, published: int) -> None:
        """Put the ledger in its place; `published` as in the memory."""
        if self._notes and self._plan:
            with suppress(OSError):
                self._notes.flush()
                self._part.replace(self._folder / "notes")
                write(self._folder, self._plan._replace(published=published))
                self._saved = True

    def close(self) -> None:
        """Throw it away unless it was saved, and the former one with it: that tells of another site."""
        if self._file:
            self._file.close()
        if not self._saved:
            for path in (self._part, self._folder / "plan", self._folder / "notes"):
                with suppress(OSError):
                    path.unlink(missing_ok=True)


def _shelved(library: Library, gone: Set[str]) -> Library:
    """Give a library without records, cards, and the addresses and pictures of what was taken back."""
    known = library.pictures
    pictures = replace(known, limits={path: each for path, each in known.limits.items() if path in known.derived})
    return replace(library, entries={}, cards={}, pictures=pictures, unpublished=library.unpublished - gone)


def _noted(states: States, library: Library, feeds: Iterable[FeedDocument]) -> Iterator[tuple[Key, Note]]:
    items = {item.key: item for document in feeds for item in document.items}
    assert isinstance(library.entries, Packed)
    for key, state in states.records.items():
        card, entry = library.cards.get(key), library.entries.span(key)
        yield key, Note(state, states.cards.get(key, ""), states.fed.get(key, ""), card, items.get(key), entry)
