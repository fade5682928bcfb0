"""What the last build planned, opened no further than an edit touches, and changed as it tells."""

import pickle
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.campaign.outline import Key
from generator.site.feeds.plan import FeedDocument, tells_whole
from generator.site.planned import PlannedPage

from .memory import unsealed
from .notes import (
    END,
    SHARE,
    UNNOTED,
    Bonds,
    FeedPlace,
    Forgotten,
    Note,
    Notes,
    Outlook,
    Place,
    Places,
    Plan,
    columns,
    write,
)
from .packing import Offer, Packer, packed_offer, unpacked_offer, unpacked_page

_SLACK = 5_000_000
"""So many bytes of what was changed, and as many again as were noted first, before a whole build notes all afresh."""

Spans = list[tuple[int, int, int]]
"""Where packed things begin and end, and their numbers, in the order in which they lie."""


class Ledger:
    """The ledger of an output. Whatever is asked of it raises Forgotten where it doesn't hold what it should."""

    def __init__(self, folder: Path, plan: Plan, notes: Notes) -> None:
        self._folder = folder
        self._plan = plan
        self._notes = notes
        self._shares: dict[int, dict[Key, Note]] = {}
        self._changed: set[int] = set()
        self._stale: list[Place] = []
        self._packer = Packer()
        self.is_mapped_anew = False  # Whether pages came or went.
        self.outlook: Outlook = pickle.loads(self._notes.read(plan.outlook))

    @classmethod
    def open(cls, folder: Path, published: int) -> "Ledger":
        """Open the ledger that was written with a memory."""
        try:
            plan: Any = unsealed((folder / "plan").read_bytes())
            if plan is None or plan.published != published:
                raise Forgotten
            notes = Notes(folder / "notes", "r+b")
        except OSError:
            raise Forgotten from None
        try:
            if notes.length > 2 * plan.size + _SLACK:
                raise Forgotten
            return cls(folder, plan, notes)
        except Forgotten:
            notes.close()
            raise

    @cached_property
    def _keys(self) -> list[Key]:
        return self._plan.keys()

    @cached_property
    def _ranks(self) -> dict[Key, int]:
        return {key: rank for rank, key in enumerate(self._keys) if key[0]}

    def keys(self) -> Collection[Key]:
        """Give the keys of all records."""
        return self._ranks.keys()

    def __contains__(self, key: object) -> bool:
        """Tell whether something is noted of a record."""
        return key in self._ranks

    def note(self, key: Key) -> Note:
        """Give what is noted of a record."""
        if key not in self._ranks:
            raise Forgotten
        return self._share(self._ranks[key] // SHARE)[key]

    def _share(self, number: int) -> dict[Key, Note]:
        if number not in self._shares:
            is_new = number == len(self._plan.shares)
            self._shares[number] = {} if is_new else pickle.loads(self._notes.read(self._plan.shares[number]))
        return self._shares[number]

    def change(self, key: Key, note: Note) -> None:
        """Note something else of a record, or something of a new one."""
        if key not in self._ranks:
            self._ranks[key] = len(self._keys)
            self._keys.append(key)
        number = self._ranks[key] // SHARE
        self._share(number)[key] = note
        self._changed.add(number)

    def drop(self, key: Key) -> None:
        """Note nothing more of a record."""
        rank = self._ranks.pop(key)
        self._keys[rank] = "", ""
        del self._share(rank // SHARE)[key]
        self._changed.add(rank // SHARE)

    @cached_property
    def _urls(self) -> list[str]:
        return self._plan.urls.split(END)

    @cached_property
    def _layouts(self) -> list[str]:
        return self._plan.layouts.split(END)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {url: number for number, url in enumerate(self._urls) if url}

    def layouts(self) -> Iterator[tuple[str, str]]:
        """Give the address and the layout of every page."""
        return ((url, layout) for url, layout in zip(self._urls, self._layouts, strict=True) if url)

    def layout(self, url: str) -> str:
        """Give the layout of the page at an address, nothing where there is none."""
        number = self._numbers.get(url)
        return "" if number is None else self._layouts[number]

    def page(self, url: str) -> PlannedPage:
        """Give the page at an address."""
        return self._page(self._numbers[url])

    def packed(self, url: str) -> bytes:
        """Give the page at an address as it is packed."""
        return self._notes.read(self._plan.pages[self._numbers[url]])

    def pages_with(self, key: Key) -> Iterator[PlannedPage]:
        """Give the pages that read a record or show its card: those whose bytes hold its id, and then its key."""
        for number in self._holding(key, self._page_spans):
            page = self._page(number)
            if key in page.reads or key in page.shown():
                yield page

    def offers_with(self, key: Key) -> Iterator[tuple[int, Offer]]:
        """Give the documents of pages, each page's with their number, that have one made of a record."""
        for number in self._holding(key, self._offer_spans):
            offer = unpacked_offer(self._notes.read(self._plan.offers.places[number]))
            if any(key in document.reads for document in offer.documents.values()):
                yield number, offer

    @property
    def offers(self) -> str:
        """Give what stands for all that every document is made with; nothing where no page offers any."""
        return self._plan.offers.common

    def offer(self, number: int, offer: Offer) -> None:
        """Note other documents of a page."""
        places = self._plan.offers.places
        self._stale.append(places[number])
        places[number] = self._notes.add(packed_offer(offer))

    def _holding(self, key: Key, spans: Spans) -> Iterator[int]:
        """Give the numbers of those spans that hold the id of a record."""
        name = key[1].encode()
        starts = [start for start, _, _ in spans]
        last = spans[-1][1] if spans else 0
        with self._notes.mapped() as notes:
            found = notes.find(name, starts[0], last) if spans else -1
            while found >= 0:
                _, end, number = spans[bisect_right(starts, found) - 1]
                if found < end:  # Otherwise it stands in what lies between them.
                    yield number
                found = notes.find(name, max(end, found + len(name)), last)

    @cached_property
    def _page_spans(self) -> Spans:
        return _spans(self._plan.pages, [number for number, url in enumerate(self._urls) if url])

    @cached_property
    def _offer_spans(self) -> Spans:
        return _spans(self._plan.offers.places, range(len(self._plan.offers.places)))

    def pages_offline(self) -> list[PlannedPage]:
        """Give the pages that stay readable without a network."""
        return [self.page(url) for url in self._plan.offline]

    def _page(self, number: int) -> PlannedPage:
        return unpacked_page(self._notes.read(self._plan.pages[number]), self._links)

    def _links(self, digest: str) -> bytes:
        return self._notes.read(self._plan.links[digest])

    def put(self, page: PlannedPage) -> bytes:
        """Note a page planned anew, and give it packed."""
        packed = self._packer.page(page)
        fresh, self._packer.fresh = self._packer.fresh, {}
        number = self._numbers.get(page.url)
        if number is not None and packed == self.packed(page.url):
            return packed
        self._plan.links.update({digest: self._notes.add(links) for digest, links in fresh.items()})
        place = self._notes.add(packed)
        if number is None:
            self.is_mapped_anew = True
            self._numbers[page.url] = len(self._urls)
            self._urls.append(page.url)
            self._layouts.append(page.layout)
            self._plan.pages.append(place)
        else:
            self._stale.append(self._plan.pages[number])
            self._plan.pages[number] = place
        return packed

    def take_away(self, url: str) -> None:
        """Note that the site has no page at an address any more."""
        self.is_mapped_anew = True
        number = self._numbers.pop(url)
        self._urls[number] = self._layouts[number] = ""
        self._stale.append(self._plan.pages[number])

    def on_pages(self, kind: str) -> list[Key]:
        """Give the records of a kind that pages may show, in the order in which they do."""
        return [self._keys[rank] for rank in self._plan.order[kind]]

    def reorder(self, kind: str, keys: Iterable[Key]) -> None:
        """Note another order of the records that pages may show."""
        self._plan.order[kind] = array("q", [self._ranks[key] for key in keys])

    def turned(self, one: float, other: float) -> set[Key | None]:
        """Give the records that turn into something else between two moments (POSIX seconds), or right at one.

        None stands for one that was taken back.
        """
        first, last = sorted((one, other))
        ranks = {rank for moment, rank in zip(*self._plan.turns, strict=True) if first <= moment <= last}
        return {None if rank == UNNOTED else self._keys[rank] for rank in ranks}

    def moments(self) -> Sequence[float]:
        """Give all moments (POSIX seconds) at which a record turns into something else."""
        return self._plan.turns[0]

    def turns(self, moments: Mapping[Key, Sequence[float]]) -> None:
        """Note when records turn into something else."""
        ranks = {self._ranks[key] for key in moments} | {rank for rank, key in enumerate(self._keys) if not key[0]}
        told = [each for each in zip(*self._plan.turns, strict=True) if each[1] not in ranks]
        told += [(moment, self._ranks[key]) for key, each in moments.items() for moment in each]
        self._plan = self._plan._replace(
            turns=(array("d", [moment for moment, _ in told]), array("q", [rank for _, rank in told]))
        )

    @cached_property
    def bonds(self) -> Bonds:
        """What ties records to each other besides references."""
        found: Bonds = pickle.loads(self._notes.read(self._plan.bonds))
        return found

    def bind(self, bonds: Bonds) -> None:
        """Note other such ties."""
        self._stale.append(self._plan.bonds)
        self._plan = self._plan._replace(bonds=self._notes.add(pickle.dumps(bonds, 5)))

    def look_out(self, outlook: Outlook) -> None:
        """Note another outlook."""
        self._stale.append(self._plan.outlook)
        self._plan = self._plan._replace(outlook=self._notes.add(pickle.dumps(outlook, 5)))
        self.outlook = outlook

    def places_with(self, keys: Collection[Key], recarded: Collection[Key]) -> Iterator[FeedPlace]:
        """Give the documents of feeds that tell of records: in short, of those `recarded`; of others, whole."""
        touched = {self._ranks[key]: key for key in keys}
        for place in self._plan.documents:
            told_of = [touched[rank] for rank in touched.keys() & place.ranks]
            if any(key in recarded or tells_whole(key, place.part) for key in told_of):
                yield place

    def document(self, place: FeedPlace) -> FeedDocument:
        """Give a document of a feed with its items."""
        items = tuple(item for item in (self.note(self._keys[rank]).item for rank in place.ranks) if item)
        if len(items) < len(place.ranks):
            raise Forgotten
        return FeedDocument(place.feed, items, place.part, place.previous, place.following)

    def feeds(self) -> list[FeedPlace]:
        """Give all documents of feeds."""
        return self._plan.documents

    def tell(self, documents: list[FeedPlace]) -> None:
        """Note other documents of feeds."""
        self._plan = self._plan._replace(documents=documents)

    def key(self, rank: int) -> Key:
        """Give the record whose note has a rank."""
        return self._keys[rank]

    def rank(self, key: Key) -> int:
        """Give the rank of a record's note."""
        return self._ranks[key]

    def close(self) -> None:
        """Let go of the file."""
        self._notes.close()

    def save(self, published: int) -> None:
        """Keep what changed, overwrite what was noted before; `published` as in the memory."""
        for number in sorted(self._changed):
            place = self._notes.add(pickle.dumps(self._shares[number], 5))
            if number < len(self._plan.shares):
                self._stale.append(self._plan.shares[number])
                self._plan.shares[number] = place
            else:
                self._plan.shares.append(place)
        for place in self._stale:
            self._notes.erase(place)
        self._notes.flush()
        urls, layouts = END.join(self._urls), END.join(self._layouts)
        plan = self._plan._replace(published=published, urls=urls, layouts=layouts, noted=columns(self._keys))
        write(self._folder, plan)


def _spans(places: Places, numbers: Iterable[int]) -> Spans:
    starts, lengths, _ = places.columns
    return sorted((starts[number], starts[number] + lengths[number], number) for number in numbers)
