"""What may not be as it was, of all that a site is made of."""

from typing import NamedTuple

from generator.site.feeds.plan import FeedDocument
from generator.site.pages import Library
from generator.site.planned import PlannedPage

Pages = dict[str, tuple[PlannedPage, bytes]]
"""Pages by address, each packed too."""


class Stale(NamedTuple):
    """Pages and documents of feeds to look at; the files that went. `library` is what to draw with."""

    pages: Pages
    documents: list[FeedDocument]
    gone: list[str]
    library: Library
