"""Lists of records: their order, their pages of fifty, their filters, all as real pages."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from generator.campaign.models import KINDS

from .planned import PlannedGroup, PlannedPage
from .shelf import Item, Shelf
from .sketches import Facet, plain_letters
from .views import Filter, Link, Pagination

PAGE_SIZE = 50
NEAR = 2
"""Pages of a long list link to that many before and after, besides the first, the last and each tenth."""


class Listing(NamedTuple):
    """A list of all records of a kind: its words, how it is grouped, how it can be narrowed."""

    kind: str
    title: str
    lead: str
    grouped: bool = False
    by_neighbourhood: bool = False
    by_theme: bool = False
    newest_first: bool = False
    layout: str = "list"


LISTINGS = (
    Listing(
        "neighbourhood",
        "Les quartiers",
        "Choisissez le vôtre : vous y trouverez qui porte la campagne, ce qui s’y passe et où aider.",
    ),
    Listing(
        "initiative",
        "Les initiatives",
        "La carte de la générosité : ce que des habitants, des associations et des commerçants font déjà.",
        by_neighbourhood=True,
        by_theme=True,
    ),
    Listing(
        "organisation",
        "Les partenaires",
        "Réseaux, associations, commerces, bailleurs\u00a0: ils font avancer la campagne avec la mairie.",
        grouped=True,
        by_neighbourhood=True,
    ),
    Listing(
        "scheme",
        "Les dispositifs",
        "Ce que les services publics proposent, et comment les voisins peuvent s’y ajouter.",
    ),
    Listing(
        "building",
        "Les immeubles",
        "Le registre public du label «\u202fImmeuble solidaire\u202f».",
        by_neighbourhood=True,
        layout="register",
    ),
    Listing(
        "portrait",
        "Les portraits",
        "Des voisines et des voisins racontent ce qu’ils font, et ce qu’ils y trouvent.",
        by_neighbourhood=True,
    ),
    Listing(
        "award",
        "Les diplômes",
        "La ville remercie celles et ceux qui font vivre leur immeuble.",
        by_neighbourhood=True,
    ),
    Listing(
        "pilot_site",
        "Les sites pilotes",
        "Là où une idée est essayée et mesurée avant d’être étendue.",
    ),
    Listing(
        "kit",
        "Les kits",
        "Tout pour organiser quelque chose avec vos voisins, ou pour tenir ensemble dans un moment difficile.",
        grouped=True,
        by_theme=True,
    ),
    Listing(
        "lesson",
        "Les enseignements",
        "Après chaque action, ce qui a marché, ce qui n’a pas marché, et ce que nous ferons autrement.",
        newest_first=True,
    ),
)


class Narrowing(NamedTuple):
    """A way to narrow a list: its title, its way out, the words that lead to its choices.

    Each choice has its part of the URL, its title, its records.
    """

    title: str
    everything: str
    choose: str
    choices: list[tuple[str, str, list[Item]]]


MANY = 20
"""Of more choices, only the first page of a list has them all: on a phone they would stand before what it lists."""


def plan_listing(listing: Listing, shelf: Shelf) -> list[PlannedPage]:
    """Give all pages of a list: the whole, each neighbourhood's part, each theme's part, by fifty."""
    items = shelf.kinds[listing.kind]
    if listing.newest_first:
        items = items[::-1]
    top = f"/{KINDS[listing.kind].section}/"
    narrowings = _narrowings(listing, items, shelf)
    filters = tuple([_filter(each, top) for each in narrowings])
    briefly = tuple([_brief(each, narrowing, top) for each, narrowing in zip(filters, narrowings, strict=True)])
    return _whole(listing, items, top, filters, briefly) + _parts(listing, narrowings, top, briefly)


def _whole(
    listing: Listing, items: list[Item], top: str, filters: tuple[Filter, ...], briefly: tuple[Filter, ...]
) -> list[PlannedPage]:
    """Give the pages of a whole list: all choices of its filters on the first, the others `briefly`."""
    first, *others = paged(listing, items, top, _marked(briefly, top))
    return [first._replace(filters=_marked(filters, top)), *others]


def _parts(listing: Listing, narrowings: list[Narrowing], top: str, filters: tuple[Filter, ...]) -> list[PlannedPage]:
    """Give the pages of all parts of a list."""
    around = {each.title: each for each in filters}
    pages: list[PlannedPage] = []
    for narrowing in narrowings:
        for part, title, items in narrowing.choices:
            link = Link(title, f"{top}{part}/", size=len(items))
            own = _with(around[narrowing.title], link, narrowing)
            marked = _marked((around | {own.title: own}).values(), link.url, own.title)
            pages += paged(listing, items, link.url, marked, title)
    return pages


def _narrowings(listing: Listing, items: list[Item], shelf: Shelf) -> list[Narrowing]:
    found: list[Narrowing] = []
    if listing.by_neighbourhood:
        choices = _choices("quartier", shelf.neighbourhoods, items, lambda item: item.outline.neighbourhoods)
        found.append(Narrowing("Par quartier", "Tous les quartiers", "Choisir un quartier", choices))
    if listing.by_theme:
        choices = _choices("theme", shelf.themes, items, lambda item: item.outline.themes)
        found.append(Narrowing("Par thème", "Tous les thèmes", "Choisir un thème", choices))
    found += _by_facets(items)
    return [narrowing for narrowing in found if narrowing.choices]


def _by_facets(items: list[Item]) -> Iterator[Narrowing]:
    """Give the filters that the sketches speak of, each with its choices in their own order."""
    shares: dict[Facet, list[Item]] = {}
    for item in items:
        for facet in item.sketch.facets:
            shares.setdefault(facet, []).append(item)
    filters: dict[str, list[Facet]] = {}
    for facet in sorted(shares, key=lambda facet: (facet.filter, facet.rank)):
        filters.setdefault(facet.filter, []).append(facet)
    for title, facets in filters.items():
        yield Narrowing(title, "Tous", "Choisir", [(facet.part, facet.title, shares[facet]) for facet in facets])


def _choices(
    prefix: str, titles: dict[str, str], items: list[Item], named: Callable[[Item], tuple[str, ...]]
) -> list[tuple[str, str, list[Item]]]:
    """Share items between the ids that each names, in the order of the titles; ids that nothing names are left out."""
    shares: dict[str, list[Item]] = {}
    for item in items:
        for each in named(item):
            shares.setdefault(each, []).append(item)
    return [(f"{prefix}-{each}", title, shares[each]) for each, title in titles.items() if each in shares]


def _filter(narrowing: Narrowing, top: str) -> Filter:
    """Give the links to all parts of a list, none of them marked as the one shown."""
    parts = [Link(title, f"{top}{part}/", size=len(items)) for part, title, items in narrowing.choices]
    return Filter(narrowing.title, (Link(narrowing.everything, top), *parts), _anchor(narrowing.title))


def _brief(full: Filter, narrowing: Narrowing, top: str) -> Filter:
    """Give a filter as it is on other pages than the first: instead of many choices, the way to them."""
    if len(narrowing.choices) <= MANY:
        return full
    return full._replace(links=(full.links[0], Link(narrowing.choose, f"{top}#{full.anchor}")))


def _with(brief: Filter, shown: Link, narrowing: Narrowing) -> Filter:
    """Give such a filter with the choice that a page shows, unless it has all choices."""
    if len(narrowing.choices) <= MANY:
        return brief
    out, others = brief.links
    return brief._replace(links=(out, shown, others))


def _marked(filters: Iterable[Filter], url: str, by: str = "") -> tuple[Filter, ...]:
    """Give filters with the links to an address marked as the one shown: in the one titled `by`, or each way out."""
    return tuple(
        each._replace(current=url) if each.title == by or each.links[0].url == url else each for each in filters
    )


def paged(
    listing: Listing, items: list[Item], url: str, filters: tuple[Filter, ...] = (), part: str = ""
) -> list[PlannedPage]:
    """Cut a list, or the part of it that `part` names, into pages of fifty; an empty list still has its page."""
    total = max(1, -(-len(items) // PAGE_SIZE))
    addresses = [url if number == 1 else f"{url}page-{number}/" for number in range(1, total + 1)]
    title = f"{listing.title}\u00a0: {part}" if part else listing.title
    pages = []
    for number, address in enumerate(addresses, 1):
        chunk = items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        rank = f", page {number}" if number > 1 else ""
        pages.append(
            PlannedPage(
                url=address,
                layout=listing.layout,
                section=KINDS[listing.kind].section or "",
                title=f"{title}{rank}",
                lead=listing.lead,
                cards=() if listing.grouped else tuple([item.key for item in chunk]),
                groups=_groups(listing, chunk),
                filters=filters,
                pagination=_pagination(addresses, number) if total > 1 else None,
                is_filter=bool(part),
                short=f"{part}{rank}" if part else f"Page {number}" if number > 1 else "",
            )
        )
    return pages


def _groups(listing: Listing, chunk: list[Item]) -> tuple[PlannedGroup, ...]:
    if not listing.grouped:
        return ()
    return tuple(
        PlannedGroup(_anchor(title), title, tuple([item.key for item in items]))
        for title, items in groupby(chunk, key=lambda item: item.sketch.group)
    )


def _anchor(title: str) -> str:
    return plain_letters(title).replace(" ", "-").replace("’", "-")


def _pagination(addresses: list[str], number: int) -> Pagination:
    total = len(addresses)
    near = range(max(1, number - NEAR), min(total, number + NEAR) + 1)
    return Pagination(
        number=number,
        total=total,
        previous=addresses[number - 2] if number > 1 else "",
        following=addresses[number] if number < total else "",
        pages=tuple(
            Link(str(rank), addresses[rank - 1], rank == number)
            for rank in sorted({1, *near, *range(10, total, 10), total})
        ),
    )


_AGENDA = Listing(
    "event",
    "L’agenda",
    "Fêtes, ateliers, collectes\u00a0: venez comme vous êtes, seul ou à plusieurs.",
    grouped=True,
    by_neighbourhood=True,
    by_theme=True,
    layout="agenda",
)
_PAST = Listing(
    "event",
    "Les rendez-vous passés",
    "Ce qui a déjà eu lieu, le plus récent d’abord.",
    grouped=True,
    layout="agenda",
)


def plan_agenda(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages of the agenda: dates to come, month by month, and dates past, latest first."""
    events = shelf.kinds["event"]
    coming = [item for item in events if item.sketch.end > shelf.now]
    past = [item for item in reversed(events) if item.sketch.end <= shelf.now]
    narrowings = _narrowings(_AGENDA, coming, shelf)
    top, over = "/agenda/", "/agenda/passes/"
    links = Link("À venir", top, size=len(coming)), Link("Passés", over, size=len(past))
    moments = Filter("Par moment", links, "par-moment")
    filters = (moments, *[_filter(each, top) for each in narrowings])
    briefly = (moments, *[_brief(*each, top) for each in zip(filters[1:], narrowings, strict=True)])
    pages = _whole(_AGENDA, coming, top, filters, briefly)
    pages += [page._replace(is_filter=True) for page in paged(_PAST, past, over, _marked(briefly, over, moments.title))]
    return pages + _parts(_AGENDA, narrowings, top, briefly)
