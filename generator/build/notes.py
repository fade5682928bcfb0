"""What a build notes for the next one: planned pages and what it knew of records, packed, and where each lies.

Files beside the memory of an output: `notes` holds all that, end to end; `plan` (`plans.py`) says where. Like the
memory, they are believed whole or not at all.
"""

import mmap
import os
from array import array
from bisect import bisect_right
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from generator.campaign.outline import Key
from generator.site.chrome import Chrome
from generator.site.feeds.plan import PlannedItem
from generator.site.pages import Library
from generator.site.views import Card

from .intake import Span
from .parts import Forgotten


class Note(NamedTuple):
    """What is noted of a record.

    - `state`, `card_state`, `fed`: what stands for it in fingerprints, as in `States`; empty where it has none;
    - `card`: as other pages show it; `item`: as feeds tell of it; `entry`: where the archive has it whole;
    - `path`: the file that it is written in; `referrers`: the records that name it.
    """

    state: str
    card_state: str
    fed: str
    card: Card | None
    item: PlannedItem | None
    entry: Span | None
    path: str
    referrers: tuple[Key, ...]


class Outlook(NamedTuple):
    """What a build knew besides pages and records: `common` as in `States`, the library without these, the frame.

    `opened` names the records that were read whole while planning: a change in one may change any page.
    """

    common: str
    library: Library
    chrome: Chrome
    opened: frozenset[Key]


class Bonds(NamedTuple):
    """What ties records to each other besides references: addresses that texts link to, values that one alone bears.

    Some may be left of records that are no longer there.
    """

    linked: frozenset[str]
    claims: frozenset[str]


Place = tuple[int, int, int]
"""Where something packed lies: start, length, checksum."""


class Places:
    """Many of these, by column: quick to read and to write."""

    def __init__(self) -> None:
        self.columns = array("q"), array("q"), array("q")

    def __getitem__(self, number: int) -> Place:
        """Give one of them."""
        starts, lengths, checksums = self.columns
        return starts[number], lengths[number], checksums[number]

    def __setitem__(self, number: int, place: Place) -> None:
        """Put another one where it was."""
        for column, value in zip(self.columns, place, strict=True):
            column[number] = value

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.columns[0])

    def append(self, place: Place) -> None:
        """Put one more at the end."""
        for column, value in zip(self.columns, place, strict=True):
            column.append(value)


class Spans:
    """Packed things in the order in which they lie, between `first` and `last`."""

    def __init__(self, places: Places) -> None:
        starts = places.columns[0]
        self._places = places
        self._order = sorted(range(len(places)), key=starts.__getitem__)
        self._starts = [starts[number] for number in self._order]
        self.first = self._starts[0] if self._starts else 0
        self.last = sum(places[self._order[-1]][:2]) if self._starts else 0

    def at(self, found: int) -> tuple[int, Place]:
        """Give the last of them that begins before something found, and its number."""
        number = self._order[bisect_right(self._starts, found) - 1]
        return number, self._places[number]


class Notes:
    """The file of what is packed, of `length` bytes.

    Raises OSError where the disk won't have it, Forgotten where it isn't what it was.
    """

    def __init__(self, path: Path, mode: str) -> None:
        self._file = path.open(mode)
        self.length = self._file.seek(0, os.SEEK_END)

    def add(self, packed: bytes) -> Place:
        """Write something at the end, and give where it lies."""
        start, self.length = self.length, self.length + len(packed)
        self._file.write(packed)
        return start, len(packed), crc32(packed)

    def read(self, place: Place) -> bytes:
        """Give what lies somewhere."""
        start, length, checksum = place
        packed = os.pread(self._file.fileno(), length, start)
        if crc32(packed) != checksum:
            raise Forgotten
        return packed

    def erase(self, place: Place) -> None:
        """Overwrite what lies somewhere."""
        os.pwrite(self._file.fileno(), bytes(place[1]), place[0])

    def mapped(self) -> mmap.mmap:
        """Give all of the file, to search."""
        return mmap.mmap(self._file.fileno(), 0, prot=mmap.PROT_READ)

    def flush(self) -> None:
        """Have all written."""
        self._file.flush()

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):  # What could not be written is missed when it is read.
            self._file.close()
