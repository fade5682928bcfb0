"""The public register: what a label's or a diploma's own page says of it, validity first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any, NamedTuple

from generator.campaign.charter import Assessment, assess
from generator.campaign.models.charter import About, Charter, Criterion, Finding, Level
from generator.campaign.models.honours import Award
from generator.campaign.models.places import Band, Building, Label, LabelState
from generator.campaign.outline import Key
from generator.typography import NO_BREAK

from . import dates
from .facts import BANDS
from .sketches import DIPLOMAS

CHARTER_URL = "/immeubles/charte/"

HALVES = {About.PLACE: "Les lieux", About.TIES: "Les liens"}


@dataclass(frozen=True)
class Register:
    """What the pages of labels and diplomas rest on besides their records.

    `signed` holds, by record, the length in bytes of the signed credential that the site publishes.
    """

    charter: Charter
    signed: Mapping[Key, int]

    @cached_property
    def digest(self) -> str:
        """What stands for the whole charter: it is long, and every building's page depends on it."""
        return blake2b(repr(self.charter).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Standing(NamedTuple):
    """Whether a label or a diploma counts today: a title, a sentence, its serial; `tone` as of tags."""

    title: str
    text: str
    tone: str
    serial: str = ""


def label_standing(label: Label | None, charter: Charter, today: date) -> Standing | None:
    """Give what the register says first of a building's label; None for a building that never asked for it."""
    if label is None:
        return None
    state = label.state(today)
    if state is LabelState.CANDIDATE or label.granted is None:
        text = f"Candidature déposée le {dates.day(label.applied)}. Le jury n’a pas encore décidé."
        return Standing("Candidat, pas encore labellisé", text, "neutral")
    level = charter.level(label.level)
    name = f"Label de niveau {level.title}, " if level else "Label "
    serial = label.serial or ""
    until = f" jusqu’au {dates.day(label.expires)}" if label.expires else ""
    if state is LabelState.WITHDRAWN and label.withdrawn:
        text = f"{name}retiré le {dates.day(label.withdrawn)}."
        return Standing("Ce label n’est plus valable", text, "bad", serial)
    if state is LabelState.EXPIRED:
        text = f"{name}valable{until}, et non renouvelé depuis."
        return Standing("Ce label n’est plus valable", text, "bad", serial)
    text = f"{name}valable{until} inclus."
    if state is LabelState.RENEWAL_DUE:
        return Standing("Ce label est valable, et à renouveler", text, "warn", serial)
    return Standing("Ce label est valable", text, "good", serial)


def award_standing(award: Award, today: date) -> Standing:
    """Give what the register says first of a diploma."""
    if award.date > today:
        text = f"Diplôme {DIPLOMAS[award.diploma]}, qui sera remis le {dates.day(award.date)}."
        return Standing("Ce diplôme n’est pas encore remis", text, "neutral", award.serial)
    text = f"Diplôme {DIPLOMAS[award.diploma]}, remis le {dates.day(award.date)}"
    if award.withdrawn and award.is_withdrawn(today):
        text = f"{text}, retiré le {dates.day(award.withdrawn)}."
        return Standing("Ce diplôme n’est plus valable", text, "bad", award.serial)
    return Standing("Ce diplôme est valable", f"{text}.", "good", award.serial)


class Proof(NamedTuple):
    """What lets anyone check a label or a diploma: its page's complete address, the weight of its signed credential.

    The weight is empty while there is no credential.
    """

    address: str
    weight: str = ""


def building_extra(building: Building, charter: Charter, threshold: int, today: date) -> dict[str, Any]:
    """Give what only a building's page shows: `standing`, and its survey against the charter as `assessment`."""
    assessment = assess(charter, building, threshold)
    return {
        "standing": label_standing(building.label, charter, today),
        "assessment": _assessment(building, assessment) if assessment else None,
        "charter_url": CHARTER_URL,
    }


def _assessment(building: Building, found: Assessment) -> dict[str, Any]:
    """Give an assessment as texts: both halves line by line, and the way to the following level."""
    assert building.survey
    seen = {evidence.criterion: evidence.seen for evidence in building.survey.evidence}
    states = (
        {criterion.id: ("Rempli", "good") for criterion in found.met}
        | {criterion.id: ("Pas encore", "neutral") for criterion in found.missing}
        | {criterion.id: ("Non publié", "neutral") for criterion in found.unsaid}
    )
    rows = {
        half: [
            (each.title, each.asks, *states[each.id], seen.get(each.id, ""))
            for each in (*found.met, *found.missing, *found.unsaid)
            if each.about is half
        ]
        for half in About
    }
    return {
        "date": dates.day(building.survey.date),
        "score": f"{_filled(len(found.met))} sur {len(found.met) + len(found.missing)}",
        "halves": [(HALVES[half], lines) for half, lines in rows.items() if lines],
        "unsaid": bool(found.unsaid),
        "following": _following(found),
    }


def _following(found: Assessment) -> dict[str, Any] | None:
    """Give what the following level takes; nothing where some criteria stay unsaid, since it would tell of them."""
    if found.following is None or found.unsaid:
        return None
    titles = [criterion.title for criterion in found.needed]
    if found.more:
        titles.append(f"{found.more} critère{'s' if found.more > 1 else ''} de plus, au choix")
    return {"title": found.following.title, "needed": titles}


def _filled(number: int) -> str:
    plural = "s" if number > 1 else ""
    return f"{number}{NO_BREAK}critère{plural} rempli{plural}"


def charter_extra(charter: Charter) -> dict[str, Any]:
    """Give what the charter's page shows: its levels and its criteria, as texts."""
    titles = {criterion.id: criterion.title for criterion in charter.criteria}
    rows = {half: [_criterion(each) for each in charter.criteria if each.about is half] for half in About}
    return {
        "adopted": dates.day(charter.adopted) if charter.adopted else "",
        "jury": charter.jury,
        "levels": [_level(level, titles) for level in charter.levels],
        "halves": [(HALVES[half], lines) for half, lines in rows.items() if lines],
    }


def _level(level: Level, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": level.id,
        "title": level.title,
        "summary": level.summary,
        "validity": _duration(level.months),
        "required": [titles[each] for each in level.required],
        "minimum": f"{_filled(level.minimum)} au moins, en tout" if level.minimum else "",
    }


def _duration(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest or not years:
        return f"{months}{NO_BREAK}mois"
    return f"{years}{NO_BREAK}an{'s' if years > 1 else ''}"


def _criterion(criterion: Criterion) -> dict[str, str]:
    """Give a criterion as texts: `measure` is what the survey must find, when it can prove it by itself."""
    measure = ""
    if criterion.finding is Finding.SHARED_SPACES:
        measure = f"{criterion.at_least} lieux au moins" if criterion.at_least != "1" else "Un lieu au moins"
    elif criterion.at_least:
        measure = f"{BANDS[Band(criterion.at_least)]}, au moins"
    since = f"Demandé depuis le {dates.day(criterion.since)}." if criterion.since else ""
    until = f"Demandé jusqu’au {dates.day(criterion.until)}." if criterion.until else ""
    return {
        "id": criterion.id,
        "title": criterion.title,
        "asks": criterion.asks,
        "evidence": criterion.evidence,
        "measure": measure,
        "when": f"{since} {until}".strip(),
    }
