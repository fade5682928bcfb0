"""Outlines and sketches to a Shelf: the records that may be shown, in the order in which lists and pages show them."""

from collections.abc import Mapping
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
    """The campaign's records as lists see them: those that may be shown, in their kind's order."""

    def __init__(self, campaign: Campaign, sketches: Mapping[Key, Sketch], now: datetime, pictures: "Pictures") -> None:
        self.campaign = campaign
        self.pictures = pictures
        self.now = now.timestamp()
        self.kinds: dict[str, list[Item]] = {}
        self.items: dict[Key, Item] = {}
        for name, outlines in campaign.outlines.items():
            kind = KINDS[name]
            found = [(each, sketches[name, id_]) for id_, each in outlines.items() if each.shown]
            if name in _AS_WRITTEN:
                found.sort(key=lambda pair: (pair[0].path, pair[0].place))
            else:
                found.sort(key=lambda pair: pair[1].order)
            has_page = kind.section is not None
            self.kinds[name] = [
                Item(each, drawn, rank, (name, each.id), kind.url(each.id) if has_page else "")
                for rank, (each, drawn) in enumerate(found)
            ]
            self.items |= {item.key: item for item in self.kinds[name]}

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
        kinds = dict.fromkeys((*GROUP_TITLES, *self.kinds))
        return [item.key for kind in kinds for item in self._on_pages(kind, self.kinds[kind])]

    @cached_property
    def places(self) -> dict[Key, int]:
        """The place of each record in that order, from 1 on."""
        return {key: place for place, key in enumerate(self.in_order, 1)}

    def _on_pages(self, kind: str, items: list[Item]) -> list[Item]:
        if kind == "event":
            past = [item for item in items if item.sketch.end <= self.now]
            past.sort(key=lambda item: -item.sketch.start)
            return [item for item in items if item.sketch.end > self.now] + past
        return items[::-1] if kind in _NEWEST_LAST else items


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

_AS_WRITTEN = {"factor", "indicator", "pilot_site"}
"""Kinds whose order in their file is their author's choice, and told so by nothing else."""

_NEWEST_LAST = {"press_release", "lesson"}
