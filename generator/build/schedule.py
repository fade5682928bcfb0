"""When the site will change though nobody edits anything: what a scheduler waits for."""

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from generator.campaign.charter import read_charter
from generator.campaign.files import find_sources
from generator.campaign.outline import Change, Key, changes
from generator.campaign.reading import read_settings
from generator.campaign.rules import Standards
from generator.problems import Problem
from generator.site.seasons import next_season

from .gathering import take_in_sources
from .index import Damaged
from .intake import Packed


class NextChange(NamedTuple):
    """The next change, and what keeps the program from being sure of it."""

    change: Change
    problems: list[Problem]


def next_change(root: Path, now: datetime) -> NextChange:
    """Give the first moment after `now` at which a build of the same files would make another site.

    Between the two, any build makes the same bytes. It names no record: what is told of it may be public. The problems
    are those of the sealed drafts, which may hold an earlier one.
    """
    try:
        return _next_change(root, now, afresh=False)
    except Damaged:
        return _next_change(root, now, afresh=True)


def _next_change(root: Path, now: datetime, *, afresh: bool) -> NextChange:
    config, _ = read_settings(root)
    sources, _ = find_sources(root)
    charter, _ = read_charter(root)
    standards = Standards(config.town.bounds if config else None, charter)
    archive, intakes = take_in_sources(root, sources, standards, now, None, {}, afresh)
    records = [(outline, packed) for intake in intakes for outline, drawn, packed in intake.records if drawn]
    sealed = {"sealed-drafts", "sealed-unopened", "press-key"}
    problems = [problem for intake in intakes for problem in intake.problems if problem.code in sealed]
    entries = Packed({outline.key: packed for outline, packed in records}, archive.read)
    ahead: list[tuple[float, Key]] = []
    for outline, _ in records:
        ahead += [(moment, outline.key) for moment in outline.changes if moment > now.timestamp()]
    season = Change(next_season(now), "une autre saison à préparer")
    for moment, key in sorted(ahead):
        if moment >= season.moment.timestamp():
            break
        told = _change_at(moment, entries[key].record)
        if told:
            return NextChange(told, problems)
    return NextChange(season, problems)


def _change_at(moment: float, record: Any) -> Change | None:
    found = (change for change in changes(record) if change.moment.timestamp() == moment and change.what)
    return next(found, None)
