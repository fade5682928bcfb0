"""Which feeds the site has, and which items each of their documents holds.

A feed is one document to follow, with its newest items, and behind it archive documents with all older ones (RFC 5005,
section 4). An archive holds so many items of one year, counted from the year's first: a new item never changes what an
archive holds, and one taken back or moved in time only touches the archives of its year.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import accumulate, groupby
from operator import attrgetter
from typing import NamedTuple, TypeVar

from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key
from generator.site.cards import Pictures
from generator.site.shelf import Item, Shelf
from generator.site.views import PictureView
from generator.typography import NO_BREAK

MAX_ITEMS = 50
"""No document of a feed holds more."""
NEIGHBOURHOOD_ITEMS = 20
"""Nor of a neighbourhood's: a large town has many, and in each of them months pass before there are twenty."""

FOLDER = "/flux/"

TYPES = {"xml": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
"""The media type of each format, by the ending of its files."""


class Feed(NamedTuple):
    """A feed: the name in its address, what it is called, what it tells, the page it goes with.

    `size` is how many items a document of it holds at most.
    """

    name: str
    title: str
    about: str
    home: str
    size: int = MAX_ITEMS

    def url(self, ending: str, part: str = "") -> str:
        """Give the address of a document of the feed, from the site's root; `part` names an archive."""
        return f"{FOLDER}{self.name}/{part}.{ending}" if part else f"{FOLDER}{self.name}.{ending}"


FEEDS = {
    "press_release": Feed("presse", "Communiqués de presse", "Les communiqués, avec image et contact.", "/presse/"),
    "kit": Feed("kits", "Kits", "Les kits pour agir entre voisins, nouveaux ou remis à jour.", "/kits/"),
    "portrait": Feed("portraits", "Portraits", "Celles et ceux qui font vivre l’entraide.", "/portraits/"),
    "initiative": Feed("initiatives", "Initiatives", "Ce qui se fait près de chez vous.", "/initiatives/"),
    "event": Feed("agenda", "Rendez-vous", "Les rendez-vous, annoncés deux mois avant.", "/agenda/"),
    "lesson": Feed("enseignements", "Enseignements", "Ce que chaque action nous a appris.", "/enseignements/"),
}
"""The feed of each kind of record that has one."""

EVERYTHING = Feed("tout", "Toutes les nouveautés", "Tout ce qui paraît sur le site.", "/")


class PlannedItem(NamedTuple):
    """A record as feeds tell of it, before its text is opened.

    - `name`: what its id is made of; `title`, `summary`, `url`: as on its page;
    - `published`, `updated`: POSIX seconds; `year`: of publication, in Paris;
    - `tags`: what it is about, each with the term that machines compare and the words for people.
    """

    key: Key
    name: str
    title: str
    summary: str
    url: str
    published: float
    updated: float
    year: int
    tags: tuple[tuple[str, str], ...]
    picture: PictureView | None


class FeedDocument(NamedTuple):
    """One document of a feed, newest item first: the one to follow, or the archive named by `part`.

    `previous` names the archive with the next older items, empty behind the oldest; `following` the one with the next
    newer, empty when that is the document to follow.
    """

    feed: Feed
    items: tuple[PlannedItem, ...]
    part: str = ""
    previous: str = ""
    following: str = ""

    @property
    def endings(self) -> tuple[str, ...]:
        """The formats that it comes in. The archives of RSS are those of Atom, for which RFC 5005 was written."""
        return ("atom", "json") if self.part else ("xml", "atom", "json")

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that hold it, from the site's root, without a leading slash."""
        return tuple(self.feed.url(ending, self.part)[1:] for ending in self.endings)

    def whole(self, item: PlannedItem) -> bool:
        """Tell whether an item stands there with its whole text: see `archives`."""
        return tells_whole(item.key, self.part)


def tells_whole(key: Key, part: str) -> bool:
    """Tell whether a record stands with its whole text in the document to follow, or in the archive named by `part`."""
    return not part or KINDS[key[0]].is_document


def neighbourhood_feed(neighbourhood_id: str, title: str) -> Feed:
    """Give the feed of all that concerns a neighbourhood."""
    about = f"Tout ce qui paraît sur le quartier{NO_BREAK}: {title}."
    return Feed(f"quartier-{neighbourhood_id}", title, about, f"/quartiers/{neighbourhood_id}/", NEIGHBOURHOOD_ITEMS)


def neighbourhood_feeds(shelf: Shelf) -> tuple[Feed, ...]:
    """Give the feeds of all neighbourhoods."""
    return tuple(neighbourhood_feed(*each) for each in shelf.neighbourhoods.items())


def plan_feeds(shelf: Shelf, pictures: Pictures) -> list[FeedDocument]:
    """Give every document of every feed. `pictures` are those that feeds may show."""
    followed = [
        (-item.sketch.published, item.key, item) for kind in FEEDS for item in shelf.kinds[kind] if is_told(item, shelf)
    ]
    followed.sort()
    everything: list[PlannedItem] = []
    by_kind: dict[str, list[PlannedItem]] = {kind: [] for kind in FEEDS}
    by_place: dict[str, list[PlannedItem]] = {place: [] for place in shelf.neighbourhoods}
    for _, key, item in followed:
        told = planned_item(item, shelf, pictures)
        everything.append(told)
        by_kind[key[0]].append(told)
        for place in dict.fromkeys(item.outline.neighbourhoods):
            if place in by_place:
                by_place[place].append(told)
    shares = (*by_kind.values(), everything, *by_place.values())
    feeds = (*FEEDS.values(), EVERYTHING, *neighbourhood_feeds(shelf))
    return [document for feed, items in zip(feeds, shares, strict=True) for document in documents(feed, items)]


def is_told(item: Item, shelf: Shelf) -> bool:
    """Tell whether feeds tell of a record that may be shown."""
    return item.key[0] in FEEDS and item.sketch.published <= shelf.now and item.outline.shown_in(Channel.FEED)


def planned_item(item: Item, shelf: Shelf, pictures: Pictures) -> PlannedItem:
    """Give a record as feeds tell of it. `pictures` are those that feeds may show."""
    outline, drawn, _, key, url = item
    feed, themes = FEEDS[key[0]], shelf.themes
    return PlannedItem(
        key,
        # The id that the record had first, whatever it was renamed to since.
        f"{key[0]}/{outline.aliases[0] if outline.aliases else key[1]}",
        outline.title,
        drawn.summary,
        url,
        drawn.published,
        drawn.updated if drawn.updated <= shelf.now else drawn.published,
        datetime.fromtimestamp(drawn.published, PARIS).year,
        ((feed.name, feed.title), *[(theme, themes[theme]) for theme in outline.themes if theme in themes]),
        pictures.view(outline.folder, outline.picture) if outline.picture else None,
    )


def documents(feed: Feed, items: Sequence[PlannedItem]) -> Iterator[FeedDocument]:
    """Cut a feed's items, newest first, into its documents; an empty feed still has the one to follow."""
    for members, part, previous, following in cut(items, feed.size, attrgetter("year")):
        yield FeedDocument(feed, tuple(members), part, previous, following)


T = TypeVar("T")


def cut(items: Sequence[T], size: int, year: Callable[[T], int]) -> Iterator[tuple[Sequence[T], str, str, str]]:
    """Give the members of each document of a feed, newest first, its part, and those before and after it.

    `year` gives that in which an item came out.

    A part becomes an archive when one of its items leaves the document to follow. That one holds as many as a part,
    so newer ones came after: no more can join the part.
    """
    parts = list(_parts(items[::-1], size, year))
    ends = accumulate(len(members) for _, members in parts)
    archives = [part for part, end in zip(parts, ends, strict=True) if end - len(part[1]) < len(items) - size]
    names = ["", *(name for name, _ in archives), ""]
    for rank, (name, members) in enumerate(archives):
        yield members[::-1], name, names[rank], names[rank + 2]
    yield items[:size], "", names[-2], ""


def _parts(oldest_first: Sequence[T], size: int, year: Callable[[T], int]) -> Iterator[tuple[str, list[T]]]:
    """Cut items into parts of a size within each year: « 2026-1 », « 2026-2 »."""
    for number, group in groupby(oldest_first, key=year):
        members = list(group)
        for start in range(0, len(members), size):
            yield f"{number}-{start // size + 1}", members[start : start + size]
