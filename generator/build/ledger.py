"""What a build planned, noted so that the next one opens no more of it than an edit touches.

Two files beside the memory of an output: `notes` holds planned pages and notes on records, each packed, end to end;
`plan` says where each lies. Like the memory, it is believed whole or not at all.
"""

import mmap
import os
import pickle
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from generator.campaign.models import KINDS
from generator.campaign.outline import Key
from generator.site.chrome import Chrome
from generator.site.feeds.plan import Feed, FeedDocument, PlannedItem
from generator.site.links import is_unpublished
from generator.site.offline import is_kept
from generator.site.pages import Library
from generator.site.planned import PlannedPage
from generator.site.views import Card

from .fingerprints import States
from .gathering import Gathered
from .intake import Packed, Span
from .memory import sealed, unsealed
from .packing import Packer, unpacked_page

_SHARE = 100
"""So many notes are packed together: opening one opens those of the records beside it."""


class Note(NamedTuple):
    """What is noted of a record.

    - `state`, `card_state`, `fed`: what stands for it in fingerprints, as in `States`; empty where it has none;
    - `card`: as other pages show it; `item`: as feeds tell of it; `entry`: where the archive has it whole.
    """

    state: str
    card_state: str
    fed: str
    card: Card | None
    item: PlannedItem | None
    entry: Span | None


class Outlook(NamedTuple):
    """What a build knew besides pages and records: `common` as in `States`, the library without these, the frame.

    `opened` names the records that were read whole while planning: a change in one may change any page.
    """

    common: str
    library: Library
    chrome: Chrome
    opened: frozenset[Key]


Place = tuple[int, int, int]
"""Where something packed lies: start, length, checksum."""


class _Plan(NamedTuple):
    published: int
    pages: dict[str, Place]
    filters: dict[str, Place]
    outlook: Place
    shares: list[Place]
    noted: dict[Key, int]
    offline: list[str]
    documents: list[tuple[Feed, tuple[Key, ...], str, str, str]]


class Forgotten(Exception):
    """The ledger doesn't hold what it should."""


class _Notes:
    """The file of what is packed."""

    def __init__(self, path: Path, mode: str) -> None:
        self._file = path.open(mode)
        self._length = self._file.seek(0, os.SEEK_END)

    def add(self, packed: bytes) -> Place:
        start, self._length = self._length, self._length + len(packed)
        self._file.write(packed)
        return start, len(packed), crc32(packed)

    def read(self, place: Place) -> bytes:
        start, length, checksum = place
        packed = os.pread(self._file.fileno(), length, start)
        if crc32(packed) != checksum:
            raise Forgotten
        return packed

    def erase(self, place: Place) -> None:
        os.pwrite(self._file.fileno(), bytes(place[1]), place[0])

    def mapped(self) -> mmap.mmap:
        return mmap.mmap(self._file.fileno(), 0, prot=mmap.PROT_READ)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        with suppress(OSError):  # What could not be written is missed when it is read.
            self._file.close()


@contextmanager
def drafting(folder: Path) -> Iterator["Draft"]:
    """Give a ledger to be written; in the end, either it was saved, or there is none."""
    draft = Draft(folder)
    try:
        yield draft
    finally:
        draft.close()


class Draft:
    """A ledger being written, page by page; saved, it takes the place of the former one.

    When the disk won't have it, there is none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._part = folder / f"notes.{os.getpid()}.part"
        self._packer = Packer()
        self._pages: dict[str, Place] = {}
        self._filters: dict[str, Place] = {}
        self._plan: _Plan | None = None
        self._notes: _Notes | None = None
        self._file: _Notes | None = None
        self._saved = False
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            self._notes = self._file = _Notes(self._part, "w+b")

    def add(self, page: PlannedPage) -> bytes:
        """Note a planned page, and give it packed."""
        packed = self._packer.page(page)
        fresh, self._packer.fresh = self._packer.fresh, {}
        if self._notes:
            try:
                self._pages[page.path] = self._notes.add(packed)
                self._filters |= {digest: self._notes.add(filters) for digest, filters in fresh.items()}
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
        notes = [(key, note) for key, note in _notes(states, library, gathered.feeds) if key not in gone]
        noted = {key: rank // _SHARE for rank, (key, _) in enumerate(notes)}
        documents = [
            (each.feed, tuple(item.key for item in each.items), each.part, each.previous, each.following)
            for each in gathered.feeds
        ]
        offline = [page.path for page in gathered.pages if is_kept(page)]
        assert isinstance(library.entries, Packed)
        opened = frozenset(library.entries.opened)
        outlook = Outlook(states.common, _shelved(library, addresses), chrome, opened)
        try:
            shares = [
                self._notes.add(pickle.dumps(dict(notes[start : start + _SHARE]), 5))
                for start in range(0, len(notes), _SHARE)
            ]
            about = self._notes.add(pickle.dumps(outlook, 5))
            self._plan = _Plan(0, self._pages, self._filters, about, shares, noted, offline, documents)
        except OSError:
            self._notes = None

    def save(self, published: int) -> None:
        """Put the ledger in its place; `published` as in the memory."""
        if self._notes and self._plan:
            with suppress(OSError):
                self._notes.flush()
                self._part.replace(self._folder / "notes")
                _write(self._folder, self._plan._replace(published=published))
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


def _write(folder: Path, plan: _Plan) -> None:
    part = folder / f"plan.{os.getpid()}.part"
    part.write_bytes(sealed(plan))
    part.replace(folder / "plan")


def _notes(states: States, library: Library, feeds: Iterable[FeedDocument]) -> Iterator[tuple[Key, Note]]:
    items = {item.key: item for document in feeds for item in document.items}
    assert isinstance(library.entries, Packed)
    for key, state in states.records.items():
        card, entry = library.cards.get(key), library.entries.span(key)
        yield key, Note(state, states.cards.get(key, ""), states.fed.get(key, ""), card, items.get(key), entry)


class Ledger:
    """The ledger of an output. Whatever is asked of it raises Forgotten where it doesn't hold what it should."""

    def __init__(self, folder: Path, plan: _Plan, notes: _Notes) -> None:
        self._folder = folder
        self._plan = plan
        self._notes = notes
        self._shares: dict[int, dict[Key, Note]] = {}
        self._changed: set[int] = set()
        self.outlook: Outlook = pickle.loads(self._notes.read(plan.outlook))

    @classmethod
    def open(cls, folder: Path, published: int) -> "Ledger":
        """Open the ledger that was written with a memory."""
        try:
            plan: Any = unsealed((folder / "plan").read_bytes())
            if plan is None or plan.published != published:
                raise Forgotten
            notes = _Notes(folder / "notes", "r+b")
        except OSError:
            raise Forgotten from None
        try:
            return cls(folder, plan, notes)
        except Forgotten:
            notes.close()
            raise

    def keys(self) -> Collection[Key]:
        """Give the keys of all records."""
        return self._plan.noted.keys()

    def note(self, key: Key) -> Note:
        """Give what is noted of a record."""
        if key not in self._plan.noted:
            raise Forgotten
        return self._share(self._plan.noted[key])[key]

    def _share(self, number: int) -> dict[Key, Note]:
        if number not in self._shares:
            self._shares[number] = pickle.loads(self._notes.read(self._plan.shares[number]))
        return self._shares[number]

    def change(self, key: Key, note: Note) -> None:
        """Note something else of a record."""
        number = self._plan.noted[key]
        self._share(number)[key] = note
        self._changed.add(number)

    def pages_with(self, key: Key) -> Iterator[PlannedPage]:
        """Give the pages that read a record or show its card: those whose bytes hold its id, and then its key."""
        name = key[1].encode()
        places = list(self._plan.pages.values())
        starts = [start for start, _, _ in places]
        end = places[-1][0] + places[-1][1]
        with self._notes.mapped() as notes:
            found = notes.find(name, 0, end)
            while found >= 0:
                place = places[bisect_right(starts, found) - 1]
                after = place[0] + place[1]
                if found < after:  # Otherwise it stands in filters, which lie between pages.
                    page = self._page(place)
                    if key in page.reads or key in page.shown():
                        yield page
                found = notes.find(name, max(after, found + len(name)), end)

    def pages_offline(self) -> list[PlannedPage]:
        """Give the pages that stay readable without a network."""
        return [self._page(self._plan.pages[path]) for path in self._plan.offline]

    def _page(self, place: Place) -> PlannedPage:
        return unpacked_page(self._notes.read(place), self._filters)

    def _filters(self, digest: str) -> bytes:
        return self._notes.read(self._plan.filters[digest])

    def documents_with(self, keys: Collection[Key]) -> Iterator[FeedDocument]:
        """Give the documents of feeds that tell of records."""
        for feed, told, part, previous, following in self._plan.documents:
            if not set(keys).isdisjoint(told):
                items = tuple(item for item in (self.note(key).item for key in told) if item)
                if len(items) < len(told):
                    raise Forgotten
                yield FeedDocument(feed, items, part, previous, following)

    def close(self) -> None:
        """Let go of the file."""
        self._notes.close()

    def save(self, published: int) -> None:
        """Keep what changed, overwrite what was noted before; `published` as in the memory."""
        shares = list(self._plan.shares)
        for number in self._changed:
            self._notes.erase(shares[number])
            shares[number] = self._notes.add(pickle.dumps(self._shares[number], 5))
        self._notes.flush()
        _write(self._folder, self._plan._replace(published=published, shares=shares))
