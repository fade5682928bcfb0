"""Outlines and sketches to a Shelf: the records that may be shown, in the order in which lists and pages show them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from generator.campaign.linking import Campaign
from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline

from .sketches import Sketch

if TYPE_CHECKING:
    from .cards import Pictures


class Item(NamedTuple):
    """A record as lists see it: `rank` among its kind, `key` in the whole campaign, `url` of its page, if any."""

    outline: Outline
    sketch: Sketch
    rank: int
    key: Key
    url: str


class Shelf:
    """The campaign's records as lists see them: those that may be shown, in their kind's order.

    A kind is put in order when it is first asked for.
    """

    def __init__(self, campaign: Campaign, sketches: Mapping[Key, Sketch], now: datetime, pictures: "Pictures") -> None:
        self.campaign = campaign
        self.pictures = pictures
        self.now = now.timestamp()
        self.kinds: Mapping[str, list[Item]] = _Kinds(self._put_in_order)
        self.items: Mapping[Key, Item] = _Items(self.kinds, campaign.outlines)
        self._sketches = sketches

    def _put_in_order(self, name: str) -> list[Item]:
        kind = KINDS[name]
        found = [(each, self._sketches[name, id_]) for id_, each in self.campaign.outlines[name].items() if each.shown]
        if name in _AS_WRITTEN:
            found.sort(key=lambda pair: (pair[0].path, pair[0].place))
        else:
            found.sort(key=lambda pair: pair[1].order)
        has_page = kind.section is not None
        return [
            Item(each, drawn, rank, (name, each.id), kind.url(each.id) if has_page else "")
            for rank, (each, drawn) in enumerate(found)
        ]

    @cached_property
    def neighbourhoods(self) -> dict[str, str]:
        """Neighbourhood titles by id, in order."""
        return {item.outline.id: item.outline.title for item in self.kinds["neighbourhood"]}

    @cached_property
    def themes(self) -> dict[str, str]:
        """Theme titles by id, in the order of the settings."""
        return {theme.id: theme.title for theme in self.campaign.config.themes}

    @cached_property
    def in_order(self) -> list[Key]:
        """The keys of all records in the order in which other records' pages show them."""
        return [key for kind in ORDER_OF_KINDS for key in self.on_pages(kind)]

    @cached_property
    def places(self) -> dict[Key, int]:
        """The place of each record in that order, from 1 on."""
        return {key: place for place, key in enumerate(self.in_order, 1)}

    def on_pages(self, kind: str) -> Sequence[Key]:
        """Give the keys of a kind's records in the order in which other records' pages show them."""
        items = self.kinds[kind]
        if kind == "event":
            past = [item for item in items if item.sketch.end <= self.now]
            past.sort(key=lambda item: -item.sketch.start)
            items = [item for item in items if item.sketch.end > self.now] + past
        elif kind in _NEWEST_LAST:
            items = items[::-1]
        return [item.key for item in items]

    def number(self, kind: str) -> int:
        """Give how many records of a kind there are to show."""
        return len(self.on_pages(kind))


class _Kinds(dict[str, list[Item]]):
    """The records of each kind, made when first asked for."""

    def __init__(self, make: Callable[[str], list[Item]]) -> None:
        self._make = make

    def __missing__(self, kind: str) -> list[Item]:
        found = self[kind] = self._make(kind)
        return found


class _Items(Mapping[Key, Item]):
    """Records by key, of kinds looked at as far as they are asked for."""

    def __init__(self, kinds: Mapping[str, list[Item]], names: Collection[str]) -> None:
        self._kinds = kinds
        self._names = names
        self._known: dict[str, dict[Key, Item]] = {}

    def _of(self, kind: str) -> dict[Key, Item]:
        if kind not in self._known:
            self._known[kind] = {item.key: item for item in self._kinds[kind]}
        return self._known[kind]

    def __getitem__(self, key: Key) -> Item:
        return self._of(key[0])[key]

    def __iter__(self) -> Iterator[Key]:
        return iter([key for kind in self._names for key in self._of(kind)])

    def __len__(self) -> int:
        return sum(len(self._kinds[kind]) for kind in self._names)


GROUP_TITLES = {
    "step": "Étapes de la méthode",
    "event": "Rendez-vous",
    "kit": "Kits",
    "initiative": "Initiatives",
    "building": "Immeubles",
    "portrait": "Portraits",
    "award": "Diplômes",
    "organisation": "Partenaires",
    "scheme": "Dispositifs",
    "pilot_site": "Sites pilotes",
    "press_release": "Communiqués",
    "lesson": "Enseignements",
    "neighbourhood": "Quartiers",
    "form": "Formulaires",
}
"""The kinds of records that other records' pages show in groups, in order, each with the title of its group."""

ORDER_OF_KINDS = tuple(dict.fromkeys((*GROUP_TITLES, *KINDS)))
"""The order in which other records' pages show the kinds."""

_AS_WRITTEN = {"factor", "indicator", "pilot_site"}
"""Kinds whose order in their file is their author's choice, and told so by nothing else."""

_NEWEST_LAST = {"press_release", "lesson"}
