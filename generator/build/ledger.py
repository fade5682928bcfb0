"""What the last build planned, opened no further than an edit touches, and changed as it tells."""

import pickle
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.campaign.outline import Key
from generator.site.feeds.plan import FeedDocument, tells_whole
from generator.site.planned import PlannedPage

from .memory import unsealed
from .notes import Bonds, Note, Notes, Outlook, Place, Spans
from .packing import Offer, Packer, packed_offer, unpacked_offer, unpacked_page
from .parts import Forgotten
from .plans import END, SHARE, UNNOTED, FeedPlace, Plan, PlanParts, columns, keys_in, write

_SLACK = 5_000_000
"""So many bytes of what was changed, and as many again as were noted first, before a whole build notes all afresh."""


class Ledger:
    """The ledger of an output. Whatever is asked of it raises Forgotten where it doesn't hold what it should."""

    def __init__(self, folder: Path, plan: Plan, notes: Notes) -> None:
        self._folder = folder
        self._plan = plan
        self._parts = PlanParts(folder / "plan", plan.parts)
        self._notes = notes
        self._shares: dict[int, dict[Key, Note]] = {}
        self._changed: set[int] = set()
        self._stale: list[Place] = []
        self._packer = Packer()
        self.is_mapped_anew = False  # Whether pages came or went.
        self._is_noted_anew = False  # Whether records did.
        self.growth = 0  # How many more pages there are.
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
        return keys_in(self._parts.records)

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
            self._is_noted_anew = True
            self._ranks[key] = len(self._keys)
            self._keys.append(key)
        number = self._ranks[key] // SHARE
        self._share(number)[key] = note
        self._changed.add(number)

    def drop(self, key: Key) -> None:
        """Note nothing more of a record."""
        self._is_noted_anew = True
        rank = self._ranks.pop(key)
        self._keys[rank] = "", ""
        del self._share(rank // SHARE)[key]
        self._changed.add(rank // SHARE)

    @cached_property
    def _urls(self) -> list[str]:
        return self._parts.addresses[0].split(END)

    @cached_property
    def _layouts(self) -> list[str]:
        return self._parts.addresses[1].split(END)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {url: number for number, url in enumerate(self._urls) if url}

    def layouts(self) -> Iterator[tuple[str, str]]:
        """Give the address and the layout of every page."""
        return ((url, layout) for url, layout in zip(self._urls, self._layouts, strict=True) if url)

    def having(self, layouts: Collection[str]) -> list[str]:
        """Give the addresses of the pages of some layouts."""
        return [url for url, layout in zip(self._urls, self._layouts, strict=True) if layout in layouts]

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

    def pages_with(self, key: Key) -> Iterator[tuple[PlannedPage, bytes]]:
        """Give the pages that read a record or show its card, each packed too."""
        for _, packed in self._holding(key, self._page_spans):
            page = unpacked_page(packed, self._links)
            if key in page.reads or key in page.shown():
                yield page, packed

    def offers_with(self, key: Key) -> Iterator[tuple[int, Offer]]:
        """Give the documents of pages, each page's with their number, that have one made of a record."""
        for number, packed in self._holding(key, self._offer_spans):
            offer = unpacked_offer(packed)
            if any(key in document.reads for document in offer.documents.values()):
                yield number, offer

    @property
    def offers(self) -> str:
        """Give what stands for all that every document is made with; nothing where none was at hand."""
        return self._plan.offers.common

    def offer(self, number: int, offer: Offer) -> None:
        """Note other documents of a page."""
        places = self._plan.offers.places
        self._stale.append(places[number])
        places[number] = self._notes.add(packed_offer(offer))

    def _holding(self, key: Key, spans: Spans) -> Iterator[tuple[int, bytes]]:
        """Give what holds the id of a record, with its number."""
        name = key[1].encode()
        with self._notes.mapped() as notes:
            found = notes.find(name, spans.first, spans.last)
            while found >= 0:
                number, place = spans.at(found)
                end = place[0] + place[1]
                if found < end:  # Otherwise it stands in what lies between them.
                    yield number, self._notes.read(place)
                found = notes.find(name, max(end, found + len(name)), spans.last)

    @cached_property
    def _page_spans(self) -> Spans:
        return Spans(self._plan.pages)

    @cached_property
    def _offer_spans(self) -> Spans:
        return Spans(self._plan.offers.places)

    def pages_offline(self) -> list[PlannedPage]:
        """Give the pages that stay readable without a network."""
        return [self.page(url) for url in self._plan.offline]

    def _page(self, number: int) -> PlannedPage:
        return unpacked_page(self._notes.read(self._plan.pages[number]), self._links)

    def _links(self, digest: str) -> bytes:
        return self._notes.read(self._parts.links[digest])

    def put(self, page: PlannedPage) -> bytes:
        """Note a page planned anew, and give it packed."""
        packed = self._packer.page(page)
        fresh, self._packer.fresh = self._packer.fresh, {}
        number = self._numbers.get(page.url)
        if number is not None and packed == self.packed(page.url):
            return packed
        if fresh:
            added = {digest: self._notes.add(links) for digest, links in fresh.items()}
            self._parts.links = {**self._parts.links, **added}
        place = self._notes.add(packed)
        if number is None:
            self.is_mapped_anew = True
            self.growth += 1
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
        self.growth -= 1
        number = self._numbers.pop(url)
        self._urls[number] = self._layouts[number] = ""
        self._stale.append(self._plan.pages[number])

    def on_pages(self, kind: str) -> list[Key]:
        """Give the records of a kind that pages may show, in the order in which they do."""
        return [self._keys[rank] for rank in self._parts.order[kind]]

    def number(self, kind: str) -> int:
        """Give how many records of a kind pages may show."""
        return len(self._parts.order[kind])

    def reorder(self, kind: str, keys: Iterable[Key]) -> None:
        """Note another order of the records that pages may show."""
        self._parts.order = {**self._parts.order, kind: array("q", [self._ranks[key] for key in keys])}

    def turned(self, one: float, other: float) -> set[Key | None]:
        """Give the records that turn into something else between two moments (POSIX seconds), or right at one.

        None stands for one that was taken back.
        """
        moments, ranks = self._parts.turns
        first, last = sorted((one, other))
        found = set(ranks[bisect_left(moments, first) : bisect_right(moments, last)])
        return {None if rank == UNNOTED else self._keys[rank] for rank in found}

    def moments(self) -> Sequence[float]:
        """Give all moments (POSIX seconds) at which a record turns into something else, in order."""
        return self._parts.turns.moments

    def turns(self, moments: Mapping[Key, Sequence[float]]) -> None:
        """Note when records turn into something else."""
        known = self._parts.turns
        anew = {self._ranks[key]: each for key, each in moments.items()}
        stale = [number for number, rank in enumerate(known.ranks) if rank in anew]
        told = {(moment, rank) for rank, each in anew.items() for moment in each}
        if told != {(known.moments[number], known.ranks[number]) for number in stale}:
            self._parts.turns = known.renewed(stale, told)

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
        for place in self._parts.feeds:
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
        return self._parts.feeds

    def tell(self, documents: list[FeedPlace]) -> None:
        """Note other documents of feeds."""
        self._parts.feeds = documents

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
        if self.is_mapped_anew:
            self._parts.addresses = END.join(self._urls), END.join(self._layouts)
        if self._is_noted_anew:
            self._parts.records = columns(self._keys)
        write(self._folder, self._plan._replace(published=published, parts=self._parts.save()))
