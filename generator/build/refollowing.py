"""Feeds cut anew into their documents, where records came, went or moved in them."""

from array import array
from bisect import insort
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key, Outline
from generator.site.feeds.plan import EVERYTHING, FEEDS, Feed, cut, neighbourhood_feed

from .ledger import Ledger
from .notes import FeedPlace


class Followed(NamedTuple):
    """A record in feeds: their names, and when it came out, in POSIX seconds."""

    feeds: frozenset[str]
    published: float


def followed(outline: Outline, published: float) -> Followed:
    """Give the feeds that tell of a record."""
    places = [neighbourhood_feed(place, "").name for place in outline.neighbourhoods]
    return Followed(frozenset((FEEDS[outline.kind].name, EVERYTHING.name, *places)), published)


class _Entry(NamedTuple):
    """An item as feeds are cut by it: newest first, then by key."""

    age: float
    key: Key
    rank: int

    @property
    def year(self) -> int:
        return _year(-self.age)


@lru_cache(maxsize=100_000)
def _year(moment: float) -> int:
    return datetime.fromtimestamp(moment, PARIS).year


def refollow(
    ledger: Ledger, records: Mapping[Key, Followed | None], named: Mapping[str, Feed | None]
) -> tuple[list[FeedPlace], list[FeedPlace]]:
    """Cut anew the feeds that records stand in, or stood in, and note them.

    `records` gives each record as feeds tell of it now; `named`, by name, the feeds that came or have another title,
    None for those that went. Gives the documents that are not as they were, and those that went.
    """
    ranks = {ledger.rank(key) for key in records}
    by_name: dict[str, list[FeedPlace]] = {}
    for place in ledger.feeds():
        by_name.setdefault(place.feed.name, []).append(place)
    was_in = {name for name, places in by_name.items() if any(not ranks.isdisjoint(place.ranks) for place in places)}
    touched = was_in.union(named, *(each.feeds for each in records.values() if each))
    changed: list[FeedPlace] = []
    gone: list[FeedPlace] = []
    for name in sorted(touched):
        before = by_name.pop(name, [])
        feed = named.get(name) or (before[0].feed if before else None)
        # A record may name a neighbourhood that is not shown.
        after = list(_cut(feed, before, ranks, records, ledger)) if feed and (name not in named or named[name]) else []
        by_name[name] = after
        changed += [place for place in after if place not in before]
        parts = {place.part for place in after}
        gone += [place for place in before if place.part not in parts]
    ledger.tell([place for places in by_name.values() for place in places])
    return changed, gone


def _cut(
    feed: Feed,
    places: Collection[FeedPlace],
    ranks: Collection[int],
    records: Mapping[Key, Followed | None],
    ledger: Ledger,
) -> Iterator[FeedPlace]:
    entries = sorted(
        {
            _Entry(-published, ledger.key(rank), rank)
            for place in places
            for rank, published in zip(place.ranks, place.published, strict=True)
            if rank not in ranks
        }
    )
    for key, each in records.items():
        if each and feed.name in each.feeds:
            insort(entries, _Entry(-each.published, key, ledger.rank(key)))
    for members, part, previous, following in cut(entries, feed.size):
        told = array("q", [entry.rank for entry in members])
        yield FeedPlace(feed, told, array("d", [-entry.age for entry in members]), part, previous, following)
