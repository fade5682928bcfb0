"""Lists of records: their order, their pages of fifty, their filters, all as real pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from generator.campaign.linking import Campaign
from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline

from .cards import Pictures
from .planned import PlannedGroup, PlannedPage
from .sketches import Facet, Sketch, plain_letters
from .views import Filter, Link, Pagination

PAGE_SIZE = 50
NEAR = 2
"""Pages of a long list link to that many before and after, besides the first, the last and each tenth."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record as lists see it."""

    outline: Outline
    sketch: Sketch
    rank: int

    @property
    def key(self) -> Key:
        """What names it in the whole campaign."""
        return self.outline.key


class Shelf:
    """The campaign's records as lists see them: those that may be shown, in their kind's order."""

    def __init__(self, campaign: Campaign, sketches: Mapping[Key, Sketch], now: datetime, pictures: Pictures) -> None:
        self.campaign = campaign
        self.pictures = pictures
        self.now = now.timestamp()
        self.kinds: dict[str, list[Item]] = {}
        self.items: dict[Key, Item] = {}
        for kind, outlines in campaign.outlines.items():
            pairs = [(each, sketches[each.key]) for each in outlines.values() if each.shown]
            if kind in _AS_WRITTEN:
                pairs.sort(key=lambda pair: (pair[0].path, pair[0].place))
            else:
                pairs.sort(key=lambda pair: pair[1].order)
            self.kinds[kind] = [Item(each, drawn, rank) for rank, (each, drawn) in enumerate(pairs)]
            self.items |= {item.key: item for item in self.kinds[kind]}

    @cached_property
    def neighbourhoods(self) -> dict[str, str]:
        """Neighbourhood titles by id, in order."""
        return {item.outline.id: item.outline.title for item in self.kinds["neighbourhood"]}

    @cached_property
    def themes(self) -> dict[str, str]:
        """Theme titles by id, in the order of the settings."""
        return {theme.id: theme.title for theme in self.campaign.config.themes}

    def group_order(self, key: Key) -> float:
        """Give what sorts a record among others of its kind on a page: what is to come, then the latest."""
        item = self.items[key]
        if key[0] == "event":
            past = item.sketch.end <= self.now
            return _LATER - item.sketch.start if past else item.sketch.start
        return -item.rank if key[0] in _NEWEST_LAST else item.rank


_AS_WRITTEN = {"factor", "indicator", "pilot_site"}
"""Kinds whose order in their file is their author's choice, and told so by nothing else."""

_LATER = 1e12
_NEWEST_LAST = {"press_release", "lesson"}


@dataclass(frozen=True, slots=True)
class Listing:
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


def plan_listing(listing: Listing, shelf: Shelf) -> list[PlannedPage]:
    """Give all pages of a list: the whole, each neighbourhood's part, each theme's part, by fifty."""
    items = shelf.kinds[listing.kind]
    if listing.newest_first:
        items = items[::-1]
    top = f"/{KINDS[listing.kind].section}/"
    narrowed = _narrowed(listing, items, shelf)
    pages = paged(listing, items, top, listing.title, _filters(narrowed, top, ""))
    for part, title, chosen in (entry for *_, entries in narrowed for entry in entries):
        pages += _part_of(listing, top + part + "/", title, chosen, _filters(narrowed, top, part))
    return pages


def _part_of(
    listing: Listing, url: str, title: str, items: list[Item], filters: tuple[Filter, ...]
) -> list[PlannedPage]:
    """Give the pages of a part of a list."""
    pages = paged(listing, items, url, f"{listing.title}\u00a0: {title}", filters)
    return [page._replace(is_filter=True, short=f"{title}{_rank(page.number)}") for page in pages]


Narrowed = list[tuple[str, str, list[tuple[str, str, list[Item]]]]]
"""For each filter, its title, its way out; for each choice, its part of the URL, its title, its records."""


def _narrowed(listing: Listing, items: list[Item], shelf: Shelf) -> Narrowed:
    found: Narrowed = []
    if listing.by_neighbourhood:
        choices = _choices("quartier", shelf.neighbourhoods, items, lambda item: item.outline.neighbourhoods)
        found.append(("Par quartier", "Tous les quartiers", choices))
    if listing.by_theme:
        choices = _choices("theme", shelf.themes, items, lambda item: item.outline.themes)
        found.append(("Par thème", "Tous les thèmes", choices))
    found += _by_facets(items)
    return [narrowed for narrowed in found if narrowed[2]]


def _by_facets(items: list[Item]) -> Narrowed:
    """Give the filters that the sketches speak of, each with its choices in their own order."""
    shares: dict[Facet, list[Item]] = {}
    for item in items:
        for facet in item.sketch.facets:
            shares.setdefault(facet, []).append(item)
    filters: dict[str, list[Facet]] = {}
    for facet in sorted(shares, key=lambda facet: (facet.filter, facet.rank)):
        filters.setdefault(facet.filter, []).append(facet)
    return [
        (title, "Tous", [(facet.part, facet.title, shares[facet]) for facet in facets])
        for title, facets in filters.items()
    ]


def _choices(
    prefix: str, titles: dict[str, str], items: list[Item], named: Callable[[Item], tuple[str, ...]]
) -> list[tuple[str, str, list[Item]]]:
    """Share items between the ids that each names, in the order of the titles; ids that nothing names are left out."""
    shares: dict[str, list[Item]] = {}
    for item in items:
        for each in named(item):
            shares.setdefault(each, []).append(item)
    return [(f"{prefix}-{each}", title, shares[each]) for each, title in titles.items() if each in shares]


def _filters(narrowed: Narrowed, top: str, current: str) -> tuple[Filter, ...]:
    """Give the links to all parts of a list; `current` is the part of the URL of the one shown, empty for the whole."""
    return tuple(
        Filter(
            title,
            (
                Link(everything, top, current=not current),
                *(Link(name, f"{top}{part}/", part == current, len(items)) for part, name, items in entries),
            ),
        )
        for title, everything, entries in narrowed
    )


def paged(listing: Listing, items: list[Item], url: str, title: str, filters: tuple[Filter, ...]) -> list[PlannedPage]:
    """Cut a list into pages of fifty; an empty list still has its page."""
    total = max(1, -(-len(items) // PAGE_SIZE))
    addresses = [url if number == 1 else f"{url}page-{number}/" for number in range(1, total + 1)]
    pages = []
    for number, address in enumerate(addresses, 1):
        chunk = items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        keys = tuple(item.key for item in chunk)
        pages.append(
            PlannedPage(
                url=address,
                layout=listing.layout,
                section=KINDS[listing.kind].section or "",
                title=f"{title}{_rank(number)}",
                lead=listing.lead,
                cards=() if listing.grouped else keys,
                groups=_groups(listing, chunk),
                filters=filters,
                pagination=_pagination(addresses, number) if total > 1 else None,
                short=f"Page {number}" if number > 1 else "",
            )
        )
    return pages


def _rank(number: int) -> str:
    return f", page {number}" if number > 1 else ""


def _groups(listing: Listing, chunk: list[Item]) -> tuple[PlannedGroup, ...]:
    if not listing.grouped:
        return ()
    return tuple(
        PlannedGroup(_anchor(title), title, tuple(item.key for item in items))
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
)
_PAST = Listing("event", "Les rendez-vous passés", "Ce qui a déjà eu lieu, le plus récent d’abord.", grouped=True)


def plan_agenda(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages of the agenda: dates to come, month by month, and dates past, latest first."""
    events = shelf.kinds["event"]
    coming = [item for item in events if item.sketch.end > shelf.now]
    past = [item for item in reversed(events) if item.sketch.end <= shelf.now]
    narrowed = _narrowed(_AGENDA, coming, shelf)
    when = (("À venir", "/agenda/", len(coming)), ("Passés", "/agenda/passes/", len(past)))

    def filters(part: str) -> tuple[Filter, ...]:
        url = f"/agenda/{part}/" if part else "/agenda/"
        moments = Filter("Par moment", tuple(Link(name, link, link == url, count) for name, link, count in when))
        return (moments, *_filters(narrowed, "/agenda/", part))

    pages = paged(_AGENDA, coming, "/agenda/", _AGENDA.title, filters(""))
    pages += [
        page._replace(is_filter=True) for page in paged(_PAST, past, "/agenda/passes/", _PAST.title, filters("passes"))
    ]
    for part, title, chosen in (entry for *_, entries in narrowed for entry in entries):
        pages += _part_of(_AGENDA, f"/agenda/{part}/", title, chosen, filters(part))
    return [page._replace(layout="agenda") for page in pages]
