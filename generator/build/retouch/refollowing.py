"""Feeds cut anew into their documents, where records came, went or moved in them."""

from array import array
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from generator.build.ledger import Ledger
from generator.build.plans import FeedPlace
from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key, Outline
from generator.site.feeds.plan import EVERYTHING, FEEDS, Feed, cut, neighbourhood_feed


class Followed(NamedTuple):
    """A record in feeds: their names, and when it came out, in POSIX seconds."""

    feeds: frozenset[str]
    published: float


def followed(outline: Outline, published: float) -> Followed:
    """Give the feeds that tell of a record."""
    places = [neighbourhood_feed(place, "").name for place in outline.neighbourhoods]
    return Followed(frozenset((FEEDS[outline.kind].name, EVERYTHING.name, *places)), published)


_Entry = tuple[float, Key, int]
"""What feeds are put in order by, newest first, then by key; and the rank of the record's note."""


def _year(entry: _Entry) -> int:
    return _year_of(-entry[0])


@lru_cache(maxsize=100_000)
def _year_of(moment: float) -> int:
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
    published = {rank: moment for place in places for rank, moment in zip(place.ranks, place.published, strict=True)}
    entries = [(-moment, ledger.key(rank), rank) for rank, moment in published.items() if rank not in ranks]
    entries += [
        (-each.published, key, ledger.rank(key)) for key, each in records.items() if each and feed.name in each.feeds
    ]
    entries.sort()
    for members, part, previous, following in cut(entries, feed.size, _year):
        told = array("q", [rank for _, _, rank in members])
        yield FeedPlace(feed, told, array("d", [-age for age, _, _ in members]), part, previous, following)
