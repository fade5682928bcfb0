"""The charter of the label, read from its one file, and the survey of a building measured against it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem, nearest

from .files import LABELS
from .models.charter import SHARES, Charter, Criterion, Finding, Level
from .models.places import Band, Building, BuildingSurvey
from .reading import locate_in, read_one
from .sources import Path as Place


def read_charter(root: Path) -> tuple[Charter | None, list[Problem]]:
    """Read `data/labels.yml`: the charter, an empty one while there is none, or what is wrong with it."""
    if not (root / LABELS).exists():
        return Charter(), []
    charter, problems = read_one(root, LABELS, Charter)
    if charter is None:
        return None, problems
    problems += [
        Problem(LABELS, *locate_in(root, LABELS, place), "error", code, message, hint)
        for place, code, message, hint in _faults(charter)
    ]
    return charter, problems


def _faults(charter: Charter) -> Iterator[tuple[Place, str, str, str]]:
    for name, ids in (("criteria", _ids(charter.criteria)), ("levels", _ids(charter.levels))):
        for rank, each in enumerate(ids):
            if each in ids[:rank]:
                message = f"L'identifiant « {each} » sert deux fois."
                yield (name, rank, "id"), "duplicate-id", message, "Changez l'un des deux."
    for rank, criterion in enumerate(charter.criteria):
        if criterion.since and criterion.until and criterion.until < criterion.since:
            message = "La fin vient avant le début."
            yield ("criteria", rank, "until"), "dates-out-of-order", message, "Vérifiez les deux dates."
    known = _ids(charter.criteria)
    for rank, level in enumerate(charter.levels):
        for number, each in enumerate(level.required):
            if each not in known:
                hint = nearest(each, known) or "Les critères sont décrits plus haut, sous « criteria »."
                message = f"« {each} » ne désigne rien : critère introuvable."
                yield ("levels", rank, "required", number), "unknown-id", message, hint
        if level.minimum > len(known):
            message = f"Ce niveau demande {level.minimum} critères, la charte en a {len(known)}."
            yield ("levels", rank, "minimum"), "level-out-of-reach", message, f"Au plus {len(known)}."


def _ids(parts: tuple[Criterion, ...] | tuple[Level, ...]) -> list[str]:
    return [part.id for part in parts]


class Assessment(NamedTuple):
    """A survey measured against the charter.

    - `met`, `missing`, `unsaid`: the criteria asked on the day of the survey, in the charter's order; unsaid are those
      that rest on a share of too few households to be told;
    - `reached`: the highest level that the survey gives, None below the first; `following`: the one after it;
    - `needed`: the criteria that the following level demands and that are missing; `more`: how many others it takes,
      whichever.
    """

    met: tuple[Criterion, ...]
    missing: tuple[Criterion, ...]
    unsaid: tuple[Criterion, ...]
    reached: Level | None
    following: Level | None
    needed: tuple[Criterion, ...]
    more: int

    def before(self, level: Level | None, charter: Charter) -> bool:
        """Tell whether the survey stays below a level."""
        if level is None:
            return False
        rank = charter.levels.index(level)
        return self.reached is None or charter.levels.index(self.reached) < rank


def assess(charter: Charter, building: Building, threshold: int = 0) -> Assessment | None:
    """Measure a building's survey against the criteria in force on its day; None without survey or criteria.

    `threshold` keeps apart what rests on the shares of fewer households; with 0, all is told, as staff need it.
    """
    survey = building.survey
    if survey is None or not charter.criteria:
        return None
    hidden = building.hides_shares(threshold)
    proved = {evidence.criterion for evidence in survey.evidence}
    met: list[Criterion] = []
    missing: list[Criterion] = []
    unsaid: list[Criterion] = []
    for criterion in charter.criteria:
        if not _asked(criterion, survey.date):
            continue
        if criterion.id in proved:
            met.append(criterion)
        elif hidden and criterion.finding in SHARES:
            unsaid.append(criterion)
        elif _found(criterion, survey):
            met.append(criterion)
        else:
            missing.append(criterion)
    reached, following = _levels(charter, met, missing)
    needed = _lacking(following, missing) if following else ()
    more = max(0, following.minimum - len(met) - len(needed)) if following else 0
    return Assessment(tuple(met), tuple(missing), tuple(unsaid), reached, following, needed, more)


def _levels(charter: Charter, met: list[Criterion], missing: list[Criterion]) -> tuple[Level | None, Level | None]:
    """Give the highest level reached, and the one after it."""
    reached = None
    for level in charter.levels:
        if _lacking(level, missing) or len(met) < level.minimum:
            return reached, level
        reached = level
    return reached, None


def _lacking(level: Level, missing: list[Criterion]) -> tuple[Criterion, ...]:
    return tuple(criterion for criterion in missing if criterion.id in level.required)


def _asked(criterion: Criterion, day: date) -> bool:
    return (criterion.since or day) <= day <= (criterion.until or day)


_BANDS = list(Band)


def _found(criterion: Criterion, survey: BuildingSurvey) -> bool:
    if criterion.finding is None:
        return False
    found = getattr(survey, criterion.finding)
    if criterion.finding is Finding.SHARED_SPACES:
        return len(found) >= int(criterion.at_least or 1)
    if criterion.finding in SHARES and criterion.at_least:
        return _BANDS.index(found) >= _BANDS.index(Band(criterion.at_least))
    return bool(found)
