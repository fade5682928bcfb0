"""Where a ledger has everything: the file `plan`, and its parts."""

import os
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.campaign.outline import Key
from generator.site.feeds.plan import Feed

from .memory import sealed
from .notes import Place, Places
from .parts import Part, Parts

UNNOTED = -1
"""Stands for the rank of a record that was taken back: no note is kept of it."""

SHARE = 20
"""So many notes are packed together: opening one opens those of the records beside it."""


class FeedPlace(NamedTuple):
    """A document of a feed as a plan has it: as `FeedDocument`, its items by the ranks of their notes.

    `published` says when each came out, in POSIX seconds.
    """

    feed: Feed
    ranks: "array[int]"
    published: "array[float]"
    part: str
    previous: str
    following: str


class Offers(NamedTuple):
    """Where the documents lie that pages offer: those of a page together, if any is made of records.

    `common` is what stands for all that every document is made with.
    """

    common: str
    places: Places


class Turns(NamedTuple):
    """Moments, in POSIX seconds and in order, at which records turn into something else, and the ranks of these."""

    moments: "array[float]"
    ranks: "array[int]"

    def renewed(self, stale: Sequence[int], told: Iterable[tuple[float, int]]) -> "Turns":
        """Give them without some, by their numbers in order, and with others."""
        moments, ranks = self.moments[:], self.ranks[:]
        for number in reversed(stale):
            del moments[number], ranks[number]
        for moment, rank in told:
            number = bisect_right(moments, moment)
            moments.insert(number, moment)
            ranks.insert(number, rank)
        return Turns(moments, ranks)


def in_order(turns: Iterable[tuple[float, int]]) -> Turns:
    """Give moments and ranks as a plan has them."""
    told = sorted(turns)
    return Turns(array("d", [moment for moment, _ in told]), array("q", [rank for _, rank in told]))


class Plan(NamedTuple):
    """Where everything lies.

    - `published`: as in the memory; `size`: how long the notes were when they were first written;
    - `pages`: each by its number; `offline`: the addresses of those that stay readable without a network;
    - `outlook`, `bonds`; `shares`: the notes of records; `offers`: the documents to take away;
    - `parts`: the checksums of its other parts, by name.
    """

    published: int
    size: int
    pages: Places
    offline: tuple[str, ...]
    outlook: Place
    bonds: Place
    shares: Places
    offers: Offers
    parts: dict[str, int]


class PlanParts(Parts):
    """The parts of a plan.

    - `addresses`: the addresses and the layouts of pages by their numbers, each as one text; empty for pages that went;
    - `links`: where those of filters lie, by their digest;
    - `records`: the kinds and the ids of the records, in the order of their notes, each as one text; empty for those
      that went;
    - `order`: of each kind, the ranks of those that pages may show, in the order in which they do;
    - `turns`: when records turn into something else by themselves;
    - `feeds`: the documents of feeds.
    """

    addresses = Part[tuple[str, str]]()
    links = Part[Mapping[str, Place]]()
    records = Part[tuple[str, str]]()
    order = Part[Mapping[str, "array[int]"]]()
    turns = Part[Turns]()
    feeds = Part[list[FeedPlace]]()


END = "\0"
"""It stands in no id and in no address."""


def columns(keys: Collection[Key]) -> tuple[str, str]:
    """Give keys as a plan has them: as columns they are quick to read and to write."""
    return END.join(kind for kind, _ in keys), END.join(id_ for _, id_ in keys)


def keys_in(records: tuple[str, str]) -> list[Key]:
    """Give such keys one by one."""
    kinds, ids = records
    return list(zip(kinds.split(END), ids.split(END), strict=True)) if ids else []


def write(folder: Path, plan: Plan) -> None:
    """Put a plan in its place."""
    part = folder / f"plan.{os.getpid()}.part"
    part.write_bytes(sealed(plan))
    part.replace(folder / "plan")
