"""A page as planned: what it shows, by key, before any view is built."""

from typing import Any, NamedTuple

from generator.campaign.outline import Key

from .views import Download, Filter, Link, Pagination

WITHDRAWN = "withdrawn"
"""The layout of the pages that say that another one was taken back."""


class PlannedGroup(NamedTuple):
    """A titled list of cards, by key."""

    id: str
    title: str
    keys: tuple[Key, ...]
    more: str = ""
    more_text: str = ""


class PlannedPage(NamedTuple):
    """A page to be: its address, its layout, and the keys of all that it shows.

    `short` is its name under its section's, in the breadcrumbs, when it isn't the title; `parents` lead to the pages
    between the two. `copy_of` is the URL of the page whose text it shows in another form: search engines are sent
    there. `language` is the page's own, as BCP 47 tags it. `downloads` are the documents at hand, `share` the social
    card and its words, both known once the rest is planned.

    A page may use the whole record of each key in `reads`, and the card of each key in `cards`, `groups`, `named`,
    `before` and `after`: nothing else of the campaign. That is what makes a fingerprint of its inputs honest.
    """

    url: str
    layout: str
    section: str
    title: str
    key: Key | None = None
    cards: tuple[Key, ...] = ()
    groups: tuple[PlannedGroup, ...] = ()
    named: tuple[Key, ...] = ()
    reads: tuple[Key, ...] = ()
    before: Key | None = None
    after: Key | None = None
    filters: tuple[Filter, ...] = ()
    pagination: Pagination | None = None
    lead: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    is_filter: bool = False
    short: str = ""
    downloads: tuple[Download, ...] = ()
    parents: tuple[Link, ...] = ()
    copy_of: str = ""
    language: str = "fr"
    share: Link | None = None

    @property
    def path(self) -> str:
        """The file that holds the page, from the site's root, without a leading slash."""
        return path_of(self.url)

    @property
    def number(self) -> int:
        """The page's rank in a list that spans several, 1 otherwise."""
        return self.pagination.number if self.pagination else 1

    def shown(self) -> tuple[Key, ...]:
        """Give the key of every card that the page may use."""
        found = [self.key] if self.key else []
        found += self.cards
        for group in self.groups:
            found += group.keys
        found += self.named
        found += [key for key in (self.before, self.after) if key]
        return tuple(found)


def path_of(url: str) -> str:
    """Give the file that holds the page at an address, from the site's root, without a leading slash."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]
