"""Lists of records: their order, their pages of fifty, their filters, all as real pages."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from generator.campaign.linking import Campaign, Key
from generator.campaign.models import KINDS
from generator.campaign.models.actors import Scope

from . import dates
from .cards import SEASONS
from .planned import PlannedGroup, PlannedPage
from .views import Card, Filter, Link, Pagination

PAGE_SIZE = 50


def sort_key(text: str) -> str:
    """Give what French readers sort by: letters without accents or case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


class Shelf:
    """The campaign's records as pages show them: those with a card, in their kind's order."""

    def __init__(self, campaign: Campaign, cards: dict[Key, Card], now: datetime) -> None:
        self.campaign = campaign
        self.cards = cards
        self.now = now
        self._ordered: dict[str, list[Any]] = {}

    def ordered(self, kind: str) -> list[Any]:
        """Give the shown records of a kind, in its order."""
        if kind not in self._ordered:
            shown = [record for record in self.campaign.all(kind) if (kind, record.id) in self.cards]
            order = _ORDERS.get(kind)
            self._ordered[kind] = sorted(shown, key=order) if order else sorted(shown, key=_by_title)
        return self._ordered[kind]

    @cached_property
    def neighbourhoods(self) -> dict[str, str]:
        """Neighbourhood titles by id, in order."""
        return {each.id: each.title for each in self.ordered("neighbourhood")}

    @cached_property
    def themes(self) -> dict[str, str]:
        """Theme titles by id, in the order of the settings."""
        return {theme.id: theme.title for theme in self.campaign.config.themes}


def _by_title(record: Any) -> tuple[str, str]:
    return sort_key(record.title), record.id


_ORDERS: dict[str, Callable[[Any], Any]] = {
    "event": lambda event: (event.start, event.id),
    "press_release": lambda release: (release.date, release.id),
    "lesson": lambda lesson: (lesson.date, lesson.id),
    "award": lambda award: (-award.date.toordinal(), award.serial),
    "portrait": lambda portrait: (-portrait.date.toordinal(), portrait.id),
    "step": lambda step: (step.number, step.id),
    "page": lambda page: (page.order, sort_key(page.title), page.id),
    "kit": lambda kit: (kit.emergency is not None, kit.season and list(SEASONS).index(kit.season), sort_key(kit.title), kit.id),
    "organisation": lambda each: (_network_rank(each), sort_key(each.title), each.id),
}


def _network_rank(organisation: Any) -> int:
    if not organisation.network:
        return 2
    return 0 if organisation.scope is Scope.NATIONAL else 1


def _by_date_text(kind: str, field: str, newest_first: bool) -> Callable[[Shelf], Callable[[str], Any]]:
    def order(shelf: Shelf) -> Callable[[str], Any]:
        def key(record_id: str) -> Any:
            record = shelf.campaign.get(kind, record_id)
            value = getattr(record, field)
            number = value.timestamp() if isinstance(value, datetime) else value.toordinal()
            return (-number if newest_first else number), record_id

        return key

    return order


def _by_title_of(kind: str) -> Callable[[Shelf], Callable[[str], Any]]:
    return lambda shelf: lambda record_id: _by_title(shelf.campaign.get(kind, record_id))


def _coming_first(shelf: Shelf) -> Callable[[str], Any]:
    def key(record_id: str) -> Any:
        event = shelf.campaign.get("event", record_id)
        past = event.end < shelf.now
        return past, -event.start.timestamp() if past else event.start.timestamp(), record_id

    return key


GROUP_ORDERS: dict[str, Callable[[Shelf], Callable[[str], Any]]] = {
    kind: _by_title_of(kind) for kind in KINDS
} | {
    "event": _coming_first,
    "press_release": _by_date_text("press_release", "date", newest_first=True),
    "lesson": _by_date_text("lesson", "date", newest_first=True),
    "award": _by_date_text("award", "date", newest_first=True),
    "step": lambda shelf: lambda record_id: shelf.campaign.get("step", record_id).number,
}  # fmt: skip
"""By kind, the order of its cards in a group on another record's page."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of all records of a kind: its words, how it is grouped, how it can be narrowed."""

    kind: str
    title: str
    lead: str
    group: Callable[[Any], str] | None = None
    by_neighbourhood: Callable[[Any], Iterable[str | None]] | None = None
    by_theme: bool = False
    newest_first: bool = False


def _own(record: Any) -> tuple[str | None]:
    return (record.neighbourhood,)


def _several(record: Any) -> tuple[str, ...]:
    neighbourhoods: tuple[str, ...] = record.neighbourhoods
    return neighbourhoods


def _kit_group(kit: Any) -> str:
    return "Pour une urgence" if kit.emergency else "Pour une saison"


def _organisation_group(each: Any) -> str:
    if each.network:
        return "Réseaux nationaux" if each.scope is Scope.NATIONAL else "Réseaux locaux"
    return "Organisations"


LISTINGS = (
    Listing("neighbourhood", "Les quartiers", "Choisissez le vôtre : vous y trouverez qui porte la campagne, ce qui s’y passe et où aider."),
    Listing("initiative", "Les initiatives", "La carte de la générosité : ce que des habitants, des associations et des commerçants font déjà.", by_neighbourhood=_own, by_theme=True),
    Listing("organisation", "Les partenaires", "Celles et ceux qui font avancer la campagne avec la mairie.", group=_organisation_group, by_neighbourhood=_several),
    Listing("scheme", "Les dispositifs", "Ce que les services publics proposent, et comment les voisins peuvent s’y ajouter."),
    Listing("building", "Les immeubles", "Le registre public du label « Immeuble solidaire ».", by_neighbourhood=_own),
    Listing("portrait", "Les portraits", "Des voisines et des voisins racontent ce qu’ils font, et ce qu’ils y trouvent.", by_neighbourhood=_own),
    Listing("award", "Les diplômes", "La ville remercie celles et ceux qui font vivre leur immeuble.", by_neighbourhood=_own),
    Listing("pilot_site", "Les sites pilotes", "Là où une idée est essayée et mesurée avant d’être étendue."),
    Listing("kit", "Les kits", "Tout pour organiser quelque chose avec vos voisins, ou pour tenir ensemble dans un moment difficile.", group=_kit_group, by_theme=True),
    Listing("lesson", "Les enseignements", "Après chaque action, ce qui a marché, ce qui n’a pas marché, et ce que nous ferons autrement.", newest_first=True),
)  # fmt: skip


def plan_listing(listing: Listing, shelf: Shelf) -> list[PlannedPage]:
    """Give all pages of a list: the whole, each neighbourhood's part, each theme's part, by fifty."""
    records = shelf.ordered(listing.kind)
    if listing.newest_first:
        records = records[::-1]
    section = KINDS[listing.kind].section or ""
    narrowed = _narrowed(listing, records, shelf)
    pages = _paged(listing, records, f"/{section}/", listing.title, _filters(narrowed, f"/{section}/", ""))
    for part, title, chosen in (entry for _, entries in narrowed for entry in entries):
        url = f"/{section}/{part}/"
        filters = _filters(narrowed, f"/{section}/", part)
        pages += [replace(page, is_filter=True) for page in _paged(listing, chosen, url, f"{listing.title} : {title}", filters)]
    return pages


Narrowed = list[tuple[str, list[tuple[str, str, list[Any]]]]]
"""By filter title: for each choice, its part of the URL, its title, its records."""


def _narrowed(listing: Listing, records: list[Any], shelf: Shelf) -> Narrowed:
    found: Narrowed = []
    if listing.by_neighbourhood:
        parts: dict[str | None, list[Any]] = {}
        for record in records:
            for place in listing.by_neighbourhood(record):
                parts.setdefault(place, []).append(record)
        entries = [(f"quartier-{place}", title, parts[place]) for place, title in shelf.neighbourhoods.items() if place in parts]
        found.append(("Par quartier", entries))
    if listing.by_theme:
        by_theme: dict[str, list[Any]] = {}
        for record in records:
            for theme in record.themes:
                by_theme.setdefault(theme, []).append(record)
        entries = [(f"theme-{theme}", title, by_theme[theme]) for theme, title in shelf.themes.items() if theme in by_theme]
        found.append(("Par thème", entries))
    return [(title, entries) for title, entries in found if entries]


def _filters(narrowed: Narrowed, top: str, current: str) -> tuple[Filter, ...]:
    return tuple(
        Filter(
            title,
            (
                Link("Tout", top, current=not current.startswith(entries[0][0].split("-")[0] + "-")),
                *(Link(name, f"{top}{part}/", part == current, len(records)) for part, name, records in entries),
            ),
        )
        for title, entries in narrowed
    )


def _paged(listing: Listing, records: list[Any], url: str, title: str, filters: tuple[Filter, ...]) -> list[PlannedPage]:
    """Cut a list into pages of fifty; an empty list still has its page."""
    total = max(1, -(-len(records) // PAGE_SIZE))
    addresses = [url if number == 1 else f"{url}page-{number}/" for number in range(1, total + 1)]
    pages = []
    for number, address in enumerate(addresses, 1):
        chunk = records[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        keys = tuple((listing.kind, record.id) for record in chunk)
        pages.append(
            PlannedPage(
                url=address,
                layout="list",
                section=KINDS[listing.kind].section or "",
                title=title if number == 1 else f"{title}, page {number}",
                lead=listing.lead,
                cards=() if listing.group else keys,
                groups=_groups(listing, chunk),
                filters=filters,
                pagination=_pagination(addresses, number) if total > 1 else None,
                values=(("count", len(records)),),
            )
        )
    return pages


def _groups(listing: Listing, chunk: list[Any]) -> tuple[PlannedGroup, ...]:
    if listing.group is None:
        return ()
    return tuple(
        PlannedGroup(_anchor(title), title, tuple((listing.kind, record.id) for record in records))
        for title, records in groupby(chunk, key=listing.group)
    )


def _anchor(title: str) -> str:
    return sort_key(title).replace(" ", "-").replace("’", "-")


def _pagination(addresses: list[str], number: int) -> Pagination:
    return Pagination(
        number=number,
        total=len(addresses),
        previous=addresses[number - 2] if number > 1 else "",
        following=addresses[number] if number < len(addresses) else "",
        pages=tuple(Link(str(rank), address, rank == number) for rank, address in enumerate(addresses, 1)),
    )


_AGENDA = Listing(
    "event",
    "L’agenda",
    "Fêtes, ateliers, collectes : venez comme vous êtes, seul ou à plusieurs.",
    group=lambda event: dates.month(event.start),
    by_neighbourhood=_own,
    by_theme=True,
)


def plan_agenda(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages of the agenda: dates to come, month by month, and dates past, latest first."""
    events = shelf.ordered("event")
    coming = [event for event in events if event.end >= shelf.now]
    past = [event for event in reversed(events) if event.end < shelf.now]
    narrowed = _narrowed(_AGENDA, coming, shelf)
    when = (("À venir", "/agenda/", len(coming)), ("Passés", "/agenda/passes/", len(past)))

    def filters(current: str, url: str) -> tuple[Filter, ...]:
        moments = Filter("Par moment", tuple(Link(name, link, link == url, count) for name, link, count in when))
        return (moments, *_filters(narrowed, "/agenda/", current))

    pages = _paged(_AGENDA, coming, "/agenda/", _AGENDA.title, filters("", "/agenda/"))
    pages += [
        replace(page, is_filter=True)
        for page in _paged(_AGENDA, past, "/agenda/passes/", f"{_AGENDA.title} : rendez-vous passés", filters("", "/agenda/passes/"))
    ]
    for part, title, chosen in (entry for _, entries in narrowed for entry in entries):
        chunk = _paged(_AGENDA, chosen, f"/agenda/{part}/", f"{_AGENDA.title} : {title}", filters(part, ""))
        pages += [replace(page, is_filter=True) for page in chunk]
    return [replace(page, layout="agenda") for page in pages]


