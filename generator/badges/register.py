"""The labels and diplomas of a campaign, read and checked without the rest of it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from generator.campaign import rules
from generator.campaign.charter import read_charter
from generator.campaign.files import find_sources
from generator.campaign.linking import check_unique
from generator.campaign.models.charter import Charter
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Award
from generator.campaign.models.places import Building
from generator.campaign.outline import outline
from generator.campaign.reading import read_settings, read_source
from generator.config import SiteConfig
from generator.problems import Problem, has_errors, print_text
from generator.site import credentials
from generator.staff import Trouble


@dataclass(frozen=True, slots=True)
class Register:
    """What the town attests on a day: its labels and diplomas by serial, those to come left out."""

    config: SiteConfig
    charter: Charter
    records: dict[str, Building | Award]
    today: date


def read_register(root: Path, now: datetime) -> Register:
    """Read the settings, the charter, the buildings and the diplomas. Raises Trouble when one of them has errors."""
    config, problems = read_settings(root)
    charter, unfit = read_charter(root)
    problems += unfit
    today = now.astimezone(PARIS).date()
    standards = rules.Standards(charter=charter)
    shapes = []
    records: dict[str, Building | Award] = {}
    for source in find_sources(root)[0]:
        if source.kind not in ("building", "award"):
            continue
        reading = read_source(root, source)
        problems += reading.problems
        for entry in (entry for entry in reading.entries if entry.sound):
            problems += rules.check(entry, standards, today, root)
            shape = outline(entry, now)
            shapes.append(shape)
            record: Any = entry.record
            serial, first = credentials.serial(record), credentials.since(record)
            if shape.shown and serial and first and first <= today:
                records[serial] = record
    problems += check_unique(shapes, root)
    if has_errors(problems) or config is None or charter is None:
        raise Trouble(_errors(problems, root))
    return Register(config, charter, dict(sorted(records.items())), today)


def _errors(problems: list[Problem], root: Path) -> str:
    errors = [problem for problem in problems if problem.severity == "error"]
    return f"{print_text(errors, root)}\nCorrigez d'abord ces erreurs : on ne signe que ce qui est juste."
