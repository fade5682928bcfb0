"""A plan made anew in part: the pages that records touch which came, went, or changed in more than their words."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from generator.campaign.models import KINDS
from generator.campaign.models.charter import Charter
from generator.campaign.outline import Key, Outline

from . import overviews
from .counts import Counts
from .listings import LISTINGS
from .overviews import Last
from .plan import lists_of
from .planned import PlannedPage
from .record_pages import RecordPlanner, redirects_to
from .shelf import Shelf

REPLANNABLE = {
    "neighbourhood",
    "initiative",
    "organisation",
    "scheme",
    "building",
    "portrait",
    "award",
    "event",
    "indicator",
    "pilot_site",
    "press_release",
    "lesson",
}
"""The kinds of which there are many. The others shape the whole site: menus, banners, forms, other pages' choices."""

BY_PLACE = {listing.kind for listing in LISTINGS if listing.by_neighbourhood} | {"event"}
"""The kinds whose lists name neighbourhoods."""

LISTS = {"list", "register", "agenda", "press"}
"""The layouts of lists."""


class Changes(NamedTuple):
    """What is to be planned anew.

    - `listed`: the kinds whose lists are;
    - `own`: the records whose own pages are;
    - `tied`: those that are as they were, but show others that came, went or stand elsewhere.
    """

    listed: Collection[str]
    own: Collection[Key]
    tied: Collection[Key]


def replan(
    changes: Changes,
    shelf: Shelf,
    planner: RecordPlanner,
    last: Callable[[str], PlannedPage],
    outline: Callable[[Key], Outline],
    charter: Charter,
) -> Iterator[PlannedPage]:
    """Give lists, and pages of records. `last` gives pages as they were planned, `outline` any record's outline."""
    for kind in KINDS:
        if kind in changes.listed:
            yield from lists_of(kind, shelf, charter)
    own = set(changes.own)
    for key in changes.own:
        if key in shelf.places:
            item = shelf.items[key]
            if item.url:
                yield planner.page(item)
                yield from redirects_to(item)
    for key in set(changes.tied) - own:
        page = planner.tied_anew(last(KINDS[key[0]].url(key[1])), outline(key))
        if key[0] in changes.listed:
            before, after = planner.around(key)
            page = page._replace(before=before, after=after)
        yield page


def overviews_of(
    kinds: Set[str],
    shelf: Shelf,
    counts: Counts,
    kits: Iterable[str],
    last: Callable[[str], PlannedPage],
    numbers: Mapping[str, int],
) -> Iterator[PlannedPage]:
    """Give the pages that are of no record, where kinds concern them; `numbers` says how many there were of each."""
    yield overviews.home(shelf, [*kits], counts, Last(last("/"), kinds))
    if kinds & {"pilot_site", "indicator", "lesson", "neighbourhood"}:
        yield overviews.impact(shelf, counts)
    if kinds & {"press_release", "indicator"}:
        yield from overviews.press(shelf)
    if "neighbourhood" in kinds:
        yield overviews.feeds(shelf)
    mapped = [kind for kind in kinds if KINDS[kind].section is not None]
    yield overviews.sitemap_again(shelf, Last(last("/plan-du-site/"), mapped), numbers)
