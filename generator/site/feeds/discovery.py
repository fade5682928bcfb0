"""Which feeds a page makes known to readers and browsers, most fitting first."""

from collections.abc import Iterator
from functools import lru_cache

from generator.site.planned import PlannedPage
from generator.site.views import FeedLink

from .plan import EVERYTHING, FEEDS, FOLDER, TYPES, Feed, neighbourhood_feed

_BY_SECTION = {feed.home.strip("/"): feed for feed in FEEDS.values()}
_NAMES = {"xml": "RSS", "atom": "Atom", "json": "JSON Feed"}


def known_from(page: PlannedPage) -> tuple[FeedLink, ...]:
    """Give the links of a page's head: the feed that fits it best in every format, the others as RSS."""
    if page.layout in ("redirect", "not_found"):
        return ()
    return _links(*_feeds(page))


@lru_cache(maxsize=1_000)
def _links(first: Feed, *others: Feed) -> tuple[FeedLink, ...]:
    links = [FeedLink(f"{first.title} ({_NAMES[ending]})", first.url(ending), kind) for ending, kind in TYPES.items()]
    return (*links, *(FeedLink(f"{feed.title} (RSS)", feed.url("xml"), TYPES["xml"]) for feed in others))


def _feeds(page: PlannedPage) -> Iterator[Feed]:
    if page.url == FOLDER:
        yield from (feed for _, feeds in page.values for feed in feeds)
        return
    if page.layout == "home":
        yield EVERYTHING
        yield from FEEDS.values()
        return
    yield from _of_neighbourhood(page)
    if page.section in _BY_SECTION:
        yield _BY_SECTION[page.section]
    yield EVERYTHING


def _of_neighbourhood(page: PlannedPage) -> Iterator[Feed]:
    """Give the feed of the neighbourhood that a page is about, or that a list is narrowed to."""
    if page.layout == "neighbourhood" and page.key:
        yield neighbourhood_feed(page.key[1], page.title)
    for filter_ in page.filters:
        part = filter_.current.rstrip("/").rpartition("/")[2]
        if part.startswith("quartier-"):
            title = next(link.title for link in filter_.links if link.url == filter_.current)
            yield neighbourhood_feed(part.removeprefix("quartier-"), title)
