"""Entries to cards: what each record looks like on other records' pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from generator.campaign.linking import Campaign, Key
from generator.campaign.models import KINDS
from generator.campaign.models.actors import InitiativeStatus, OrganisationType, Scope
from generator.campaign.models.documents import Emergency, Season
from generator.campaign.models.fields import Picture
from generator.campaign.models.honours import Diploma
from generator.campaign.models.places import Decision, LabelLevel, LabelState
from generator.campaign.reading import Entry

from . import dates
from .images import Derived
from .views import Card, PictureView, Tag

STALE_AFTER = timedelta(days=365)
"""An initiative not verified for longer says so."""

LABEL_STATES = {
    LabelState.NONE: ("Sans label", "neutral"),
    LabelState.CANDIDATE: ("Candidat au label", "neutral"),
    LabelState.LABELLED: ("Label en cours de validité", "good"),
    LabelState.RENEWAL_DUE: ("Label à renouveler", "warn"),
    LabelState.EXPIRED: ("Label expiré", "bad"),
    LabelState.WITHDRAWN: ("Label retiré", "bad"),
}
LABEL_LEVELS = {LabelLevel.ENGAGED: "Engagé", LabelLevel.SUPPORTIVE: "Solidaire", LabelLevel.EXEMPLARY: "Exemplaire"}
STATUSES = {
    InitiativeStatus.PLANNED: ("En projet", "neutral"),
    InitiativeStatus.ACTIVE: ("Active", "good"),
    InitiativeStatus.PAUSED: ("En pause", "warn"),
    InitiativeStatus.ENDED: ("Terminée", "neutral"),
}
DIPLOMAS = {Diploma.GOOD_NEIGHBOUR: "Diplôme du Bien Voisiner", Diploma.GUARDIAN: "Diplôme de Gardien Solidaire"}
SEASONS = {Season.SPRING: "Printemps", Season.SUMMER: "Été", Season.AUTUMN: "Automne", Season.WINTER: "Hiver"}
EMERGENCIES = {Emergency.HEATWAVE: "Canicule", Emergency.FLOOD: "Inondation", Emergency.EPIDEMIC: "Épidémie"}
DECISIONS = {
    Decision.RUNNING: ("Essai en cours", "neutral"),
    Decision.EXTEND: ("À étendre", "good"),
    Decision.ADAPT: ("À adapter", "warn"),
    Decision.STOP: ("Arrêté", "bad"),
}
ORGANISATION_TYPES = {
    OrganisationType.ASSOCIATION: "Association",
    OrganisationType.SHOP: "Commerce",
    OrganisationType.LANDLORD: "Bailleur",
    OrganisationType.CO_OWNERS: "Copropriété",
    OrganisationType.COMPANY: "Entreprise",
    OrganisationType.INSTITUTION: "Institution",
    OrganisationType.MEDIA: "Média",
}


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures at hand: derivatives by path from the campaign's root, and the folder where they lie."""

    derived: Mapping[str, Derived]
    cache: Path

    def size(self, url: str) -> int:
        """Give the length in bytes of a derivative, as a feed's enclosure must state it."""
        return (self.cache / url.rsplit("/", 1)[-1]).stat().st_size

    def stem(self, folder: str, name: str) -> str:
        """Give the name that a picture's derivatives share, which changes with its content."""
        derived = self.derived.get(picture_path(folder, name) or "")
        return derived.stem if derived else ""

    def view(self, folder: str, picture: Picture | None) -> PictureView | None:
        """Give a record's picture for templates; None without a picture, or when its file is unusable."""
        if picture is None:
            return None
        derived = self.derived.get(picture_path(folder, picture.file) or "")
        return derived.view(picture) if derived else None


def picture_path(folder: str, name: str) -> str | None:
    """Give the path from the campaign's root of a picture named in a record of `folder`.

    None for a name that leaves the root, or that no file can bear.
    """
    if "\\" in name or ":" in name or name.startswith("/") or any(ord(char) < 32 for char in name):
        return None
    parts: list[str] = []
    for part in PurePosixPath(folder, name).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def make_cards(campaign: Campaign, pictures: Pictures, now: datetime) -> dict[Key, Card]:
    """Give the card of every record that has one."""
    return {
        entry.key: make_card(entry, campaign, pictures, now)
        for records in campaign.entries.values()
        for entry in records.values()
    }


def make_card(entry: Entry, campaign: Campaign, pictures: Pictures, now: datetime) -> Card:
    """Give one record's card; it uses no other record but its neighbourhood's name."""
    record: Any = entry.record
    kind = KINDS[entry.kind]
    own = _CARDS[entry.kind](record, now) if entry.kind in _CARDS else {}
    if "kicker" not in own and hasattr(record, "neighbourhood"):
        neighbourhood = campaign.get("neighbourhood", record.neighbourhood)
        own["kicker"] = neighbourhood.title if neighbourhood else "Toute la ville"
    own.setdefault("summary", getattr(record, "summary", ""))
    return Card(
        kind=entry.kind,
        id=record.id,
        url=kind.url(record.id) if kind.section is not None else "",
        title=record.title,
        picture=pictures.view(entry.folder, getattr(record, "picture", None)),
        **own,
    )


def _initiative(record: Any, now: datetime) -> dict[str, Any]:
    tags = [] if record.status is InitiativeStatus.ACTIVE else [Tag(*STATUSES[record.status])]
    if record.status is not InitiativeStatus.ENDED and now.date() - record.verified > STALE_AFTER:
        tags.append(Tag("Fiche à vérifier", "warn"))
    return {"tags": tuple(tags)}


def _organisation(record: Any, now: datetime) -> dict[str, Any]:
    if record.network:
        return {"kicker": "Réseau national" if record.scope is Scope.NATIONAL else "Réseau local"}
    return {"kicker": ORGANISATION_TYPES[record.type]}


def _building(record: Any, now: datetime) -> dict[str, Any]:
    label = record.label
    state = label.state(now.date()) if label else LabelState.NONE
    tags = [Tag(*LABEL_STATES[state])]
    if label and label.level and state in (LabelState.LABELLED, LabelState.RENEWAL_DUE):
        tags.insert(0, Tag(f"Niveau {LABEL_LEVELS[label.level]}", "theme"))
    return {"tags": tuple(tags)}


def _award(record: Any, now: datetime) -> dict[str, Any]:
    tags = (Tag("Diplôme retiré", "bad"),) if record.withdrawn and record.withdrawn <= now.date() else ()
    return {
        "kicker": DIPLOMAS[record.diploma],
        "summary": record.citation,
        "when": dates.day(record.date),
        "iso": record.date.isoformat(),
        "tags": tags,
    }


def _event(record: Any, now: datetime) -> dict[str, Any]:
    tags = []
    if record.cancelled:
        tags.append(Tag("Annulé", "bad"))
    elif record.end < now:
        tags.append(Tag("Passé"))
    elif record.start <= now:
        tags.append(Tag("En ce moment", "good"))
    return {"when": dates.span(record.start, record.end), "iso": record.start.isoformat(), "tags": tuple(tags)}


def _dated(record: Any, now: datetime) -> dict[str, Any]:
    return {"when": dates.day(record.date), "iso": record.date.isoformat()}


def _indicator(record: Any, now: datetime) -> dict[str, Any]:
    before = f"Avant{dates.NO_BREAK}: {dates.number(record.before.value)} {record.unit}"
    after = f". Après{dates.NO_BREAK}: {dates.number(record.after.value)} {record.unit}." if record.after else "."
    return {"summary": before + after}


_CARDS: dict[str, Callable[[Any, datetime], dict[str, Any]]] = {
    "neighbourhood": lambda record, now: {"kicker": "Quartier"},
    "initiative": _initiative,
    "organisation": _organisation,
    "scheme": lambda record, now: {"kicker": record.owner},
    "building": _building,
    "award": _award,
    "event": _event,
    "indicator": _indicator,
    "pilot_site": lambda record, now: {"tags": (Tag(*DECISIONS[record.decision]),)},
    "step": lambda record, now: {"kicker": f"Étape {record.number}"},
    "kit": lambda record, now: {
        "kicker": f"Urgence{dates.NO_BREAK}: {EMERGENCIES[record.emergency].lower()}"
        if record.emergency
        else SEASONS[record.season]
    },
    "press_release": _dated,
    "lesson": _dated,
    "form": lambda record, now: {"kicker": "Formulaire"},
    "page": lambda record, now: {"kicker": ""},
}
