"""What the last build planned, opened no further than an edit touches."""

import pickle
from bisect import bisect_right
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from generator.campaign.outline import Key
from generator.site.feeds.plan import FeedDocument, tells_whole
from generator.site.planned import PlannedPage

from .memory import unsealed
from .notes import SHARE, Forgotten, Note, Notes, Outlook, Plan, write
from .packing import unpacked_page


class Ledger:
    """The ledger of an output. Whatever is asked of it raises Forgotten where it doesn't hold what it should."""

    def __init__(self, folder: Path, plan: Plan, notes: Notes) -> None:
        self._folder = folder
        self._plan = plan
        self._notes = notes
        self._ranks = plan.ranks()
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
            notes = Notes(folder / "notes", "r+b")
        except OSError:
            raise Forgotten from None
        try:
            return cls(folder, plan, notes)
        except Forgotten:
            notes.close()
            raise

    def keys(self) -> Collection[Key]:
        """Give the keys of all records."""
        return self._ranks.keys()

    def note(self, key: Key) -> Note:
        """Give what is noted of a record."""
        if key not in self._ranks:
            raise Forgotten
        return self._share(self._ranks[key] // SHARE)[key]

    def _share(self, number: int) -> dict[Key, Note]:
        if number not in self._shares:
            self._shares[number] = pickle.loads(self._notes.read(self._plan.shares[number]))
        return self._shares[number]

    def change(self, key: Key, note: Note) -> None:
        """Note something else of a record."""
        number = self._ranks[key] // SHARE
        self._share(number)[key] = note
        self._changed.add(number)

    def pages_with(self, key: Key) -> Iterator[PlannedPage]:
        """Give the pages that read a record or show its card: those whose bytes hold its id, and then its key."""
        name = key[1].encode()
        starts, lengths, _ = self._plan.pages.columns
        end = starts[-1] + lengths[-1]
        with self._notes.mapped() as notes:
            found = notes.find(name, 0, end)
            while found >= 0:
                number = bisect_right(starts, found) - 1
                after = starts[number] + lengths[number]
                if found < after:  # Otherwise it stands in links of filters, which lie between pages.
                    page = self._page(number)
                    if key in page.reads or key in page.shown():
                        yield page
                found = notes.find(name, max(after, found + len(name)), end)

    def pages_offline(self) -> list[PlannedPage]:
        """Give the pages that stay readable without a network."""
        return [self._page(number) for number in self._plan.offline]

    def _page(self, number: int) -> PlannedPage:
        return unpacked_page(self._notes.read(self._plan.pages[number]), self._links)

    def _links(self, digest: str) -> bytes:
        return self._notes.read(self._plan.links[digest])

    def documents_with(self, keys: Collection[Key], recarded: Collection[Key]) -> Iterator[FeedDocument]:
        """Give the documents of feeds that tell of records: in short, of those `recarded`; of others, whole."""
        touched = {self._ranks[key]: key for key in keys}
        in_order = list(self._ranks)
        for feed, told, part, previous, following in self._plan.documents:
            told_of = [touched[rank] for rank in touched.keys() & told]
            if any(key in recarded or tells_whole(key, part) for key in told_of):
                items = tuple(item for item in (self.note(in_order[rank]).item for rank in told) if item)
                if len(items) < len(told):
                    raise Forgotten
                yield FeedDocument(feed, items, part, previous, following)

    def close(self) -> None:
        """Let go of the file."""
        self._notes.close()

    def save(self, published: int) -> None:
        """Keep what changed, overwrite what was noted before; `published` as in the memory."""
        for number in self._changed:
            self._notes.erase(self._plan.shares[number])
            self._plan.shares[number] = self._notes.add(pickle.dumps(self._shares[number], 5))
        self._notes.flush()
        write(self._folder, self._plan._replace(published=published))
