"""Records to sketches: what cards and lists tell of a record, drawn while its file is at hand."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple

from generator.campaign.models.actors import InitiativeStatus, OrganisationType, Scope
from generator.campaign.models.charter import Charter
from generator.campaign.models.documents import Emergency, Season
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Award, Diploma
from generator.campaign.models.places import Building, Decision, LabelState
from generator.campaign.moments import published, updated
from generator.campaign.outline import STALE_AFTER_DAYS
from generator.typography import NO_BREAK

from . import dates
from .views import Tag

LABEL_STATES = {
    LabelState.NONE: ("Sans label", "neutral"),
    LabelState.CANDIDATE: ("Candidat au label", "neutral"),
    LabelState.LABELLED: ("Label en cours de validité", "good"),
    LabelState.RENEWAL_DUE: ("Label à renouveler", "warn"),
    LabelState.EXPIRED: ("Label expiré", "bad"),
    LabelState.WITHDRAWN: ("Label retiré", "bad"),
}
STATUSES = {
    InitiativeStatus.PLANNED: ("En projet", "neutral"),
    InitiativeStatus.ACTIVE: ("Active", "good"),
    InitiativeStatus.PAUSED: ("En pause", "warn"),
    InitiativeStatus.ENDED: ("Terminée", "neutral"),
}
DIPLOMAS = {Diploma.GOOD_NEIGHBOUR: "Bien Voisiner", Diploma.GUARDIAN: "Gardien Solidaire"}
SEASONS = {Season.SPRING: "Printemps", Season.SUMMER: "Été", Season.AUTUMN: "Automne", Season.WINTER: "Hiver"}
EMERGENCY = "Pour une urgence"
"""The group of the kits that are for one."""
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


class Facet(NamedTuple):
    """A way in which a list can be narrowed to a record and its like.

    « Par état » (`filter`) among « Label expiré » (`title`), at the part `etat-expire` of the list's address; `rank`
    orders the choices of a filter.
    """

    filter: str
    part: str
    title: str
    rank: int


class Sketch(NamedTuple):
    """A record's card before its picture and its neighbourhood's name are known, and its place in lists.

    - `kicker`: the small line above the title, None for the neighbourhood's name;
    - `order`: sorts the records of its kind; `group`: the title under which a grouped list shows it;
    - `weight`: the lightest come first on the home page; an event that is off, a form that is closed weigh 1;
    - `start`, `end`: of an event, in POSIX seconds; `facets`: what its list can be narrowed by;
    - `published`, `updated`: when feeds say that it came out and last changed, in POSIX seconds; 0 outside of feeds;
    - `honoured`: whether it holds that day what may hang on a wall: a valid label, a diploma;
    - `withdrawn`: whether that was taken back;
    - `digest`: stands for all that the card shows of the record.
    """

    kicker: str | None = None
    summary: str = ""
    when: str = ""
    iso: str = ""
    tags: tuple[Tag, ...] = ()
    order: tuple[Any, ...] = ()
    group: str = ""
    weight: int = 0
    start: float = 0.0
    end: float = 0.0
    facets: tuple[Facet, ...] = ()
    published: float = 0.0
    updated: float = 0.0
    honoured: bool = False
    withdrawn: bool = False
    digest: str = ""


def sketch(kind: str, record: Any, now: datetime, charter: Charter | None = None) -> Sketch:
    """Give a record's sketch at a moment; the charter names the levels of buildings."""
    fields = vars(record)
    parts: dict[str, Any] = {"summary": fields.get("summary", ""), "order": (sort_key(record.title), record.id)}
    if "neighbourhood" not in fields:
        parts["kicker"] = ""
    if kind in _SKETCHES:
        parts |= _SKETCHES[kind](record, now)
    if isinstance(record, Building):
        parts |= _building(record, now, charter or Charter())
    state = repr((record.title, parts, fields.get("picture")))
    told = published(record)
    return Sketch(
        **parts,
        published=told.timestamp() if told else 0.0,
        updated=updated(record, told).timestamp() if told else 0.0,
        digest=blake2b(state.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest(),
    )


def sort_key(text: str) -> str:
    """Give what French readers sort by: letters without accents or case, from the first noun on; 10 after 9."""
    return _NUMBER.sub(lambda match: match[0].zfill(9), _ARTICLE.sub("", plain_letters(text), 1))


_NUMBER = re.compile("[0-9]+")
_ARTICLE = re.compile(r"^\W*(?:l['’]|(?:le|la|les|un|une|des) )?(?=\w)")


def plain_letters(text: str) -> str:
    """Give a text in small letters without accents, ligatures in two."""
    small = text.casefold()
    return small if small.isascii() else _ACCENTED.sub(_plain, small)


_ACCENTED = re.compile("[^\x00-\x7f]")


def _plain(match: re.Match[str]) -> str:
    return _plain_letter(match[0])


@cache
def _plain_letter(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter.replace("œ", "oe").replace("æ", "ae"))
    return "".join([char for char in decomposed if not unicodedata.combining(char)])


def _initiative(record: Any, now: datetime) -> dict[str, Any]:
    tags = [] if record.status is InitiativeStatus.ACTIVE else [Tag(*STATUSES[record.status])]
    if record.status is not InitiativeStatus.ENDED and now.astimezone(PARIS).date() > record.verified + _STALE_AFTER:
        tags.append(Tag("Fiche à vérifier", "warn"))
    inactive = record.status is not InitiativeStatus.ACTIVE
    return {"tags": tuple(tags), "weight": inactive * 10_000_000 - record.verified.toordinal()}


_STALE_AFTER = timedelta(days=STALE_AFTER_DAYS)


def _organisation(record: Any, now: datetime) -> dict[str, Any]:
    if not record.network:
        rank, group = 2, "Organisations"
    elif record.scope is Scope.NATIONAL:
        rank, group = 0, "Réseaux nationaux"
    else:
        rank, group = 1, "Réseaux locaux"
    order = (rank, sort_key(record.title), record.id)
    return {"kicker": ORGANISATION_TYPES[record.type], "group": group, "order": order}


def _building(building: Building, now: datetime, charter: Charter) -> dict[str, Any]:
    label = building.label
    state = label.state(now.astimezone(PARIS).date()) if label else LabelState.NONE
    tags = [Tag(*LABEL_STATES[state])]
    rank = list(LABEL_STATES).index(state)
    facets = [Facet("Par état du label", f"etat-{_STATE_PARTS[state]}", LABEL_STATES[state][0], rank)]
    level = charter.level(label.level) if label else None
    if level and state in VALID:
        tags.insert(0, Tag(f"Niveau {level.title}", "theme"))
        facets.append(Facet("Par niveau", f"niveau-{level.id}", f"Niveau {level.title}", charter.levels.index(level)))
    withdrawn = state is LabelState.WITHDRAWN
    return {"tags": tuple(tags), "facets": tuple(facets), "honoured": state in VALID, "withdrawn": withdrawn}


VALID = frozenset({LabelState.LABELLED, LabelState.RENEWAL_DUE})
"""The states in which a building may bear its label."""
_STATE_PARTS = {
    LabelState.NONE: "sans-label",
    LabelState.CANDIDATE: "candidat",
    LabelState.LABELLED: "en-cours",
    LabelState.RENEWAL_DUE: "a-renouveler",
    LabelState.EXPIRED: "expire",
    LabelState.WITHDRAWN: "retire",
}


def _award(record: Award, now: datetime) -> dict[str, Any]:
    today = now.astimezone(PARIS).date()
    withdrawn = record.is_withdrawn(today)
    tags = [Tag("Diplôme retiré", "bad")] if withdrawn else [Tag("À remettre")] if record.date > today else []
    diploma = record.diploma
    return {
        "honoured": not withdrawn,
        "withdrawn": withdrawn,
        "facets": (Facet("Par diplôme", f"diplome-{diploma}", DIPLOMAS[diploma], list(DIPLOMAS).index(diploma)),),
        "summary": record.citation,
        "when": dates.day(record.date),
        "iso": record.date.isoformat(),
        "tags": tuple(tags),
        "order": (-record.date.toordinal(), record.serial, record.id),
    }


def _event(record: Any, now: datetime) -> dict[str, Any]:
    tags: tuple[Tag, ...] = ()
    start, end = record.start.timestamp(), record.end.timestamp()
    if record.cancelled:
        tags = (Tag("Annulé", "bad"),)
    elif end <= now.timestamp():
        tags = (Tag("Passé"),)
    elif start <= now.timestamp():
        tags = (Tag("En ce moment", "good"),)
    return {
        "when": dates.span(record.start, record.end),
        "iso": record.start.isoformat(),
        "tags": tags,
        "order": (start, record.id),
        "group": dates.month(record.start.astimezone(PARIS)),
        "weight": int(record.cancelled),
        "start": start,
        "end": end,
    }


def _press_release(record: Any, now: datetime) -> dict[str, Any]:
    day = record.date.astimezone(PARIS).date()
    return {"when": dates.day(day), "iso": record.date.isoformat(), "order": (record.date.timestamp(), record.id)}


def _lesson(record: Any, now: datetime) -> dict[str, Any]:
    return {
        "when": dates.day(record.date),
        "iso": record.date.isoformat(),
        "order": (record.date.toordinal(), record.id),
    }


def _indicator(record: Any, now: datetime) -> dict[str, Any]:
    before = f"Avant{NO_BREAK}: {dates.number(record.before.value)} {record.unit}."
    after = f" Après{NO_BREAK}: {dates.number(record.after.value)} {record.unit}." if record.after else ""
    return {"summary": before + after}


def _kit(record: Any, now: datetime) -> dict[str, Any]:
    title = (sort_key(record.title), record.id)
    if record.emergency:
        kicker = f"Urgence{NO_BREAK}: {EMERGENCIES[record.emergency].lower()}"
        return {"kicker": kicker, "group": EMERGENCY, "order": (1, 0, *title)}
    return {
        "kicker": SEASONS[record.season],
        "group": "Pour une saison",
        "order": (0, list(SEASONS).index(record.season), *title),
    }


def _form(record: Any, now: datetime) -> dict[str, Any]:
    return {
        "tags": (Tag("Fermé"),) if record.closed else (),
        "order": (record.order, sort_key(record.title), record.id),
        "weight": int(record.closed),
    }


_SKETCHES: dict[str, Callable[[Any, datetime], dict[str, Any]]] = {
    "neighbourhood": lambda record, now: {"kicker": "Quartier"},
    "initiative": _initiative,
    "organisation": _organisation,
    "scheme": lambda record, now: {"kicker": record.owner},
    "portrait": lambda record, now: {"order": (-record.date.toordinal(), record.id)},
    "award": _award,
    "event": _event,
    "indicator": _indicator,
    "pilot_site": lambda record, now: {"tags": (Tag(*DECISIONS[record.decision]),)},
    "step": lambda record, now: {"kicker": f"Étape {record.number}", "order": (record.number, record.id)},
    "kit": _kit,
    "press_release": _press_release,
    "lesson": _lesson,
    "form": _form,
    "page": lambda record, now: {"order": (record.order, sort_key(record.title), record.id)},
}
