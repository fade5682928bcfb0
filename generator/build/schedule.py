"""When the site will change though nobody edits anything: what a scheduler waits for."""

from datetime import datetime
from pathlib import Path
from typing import Any

from generator.campaign.charter import read_charter
from generator.campaign.files import find_sources
from generator.campaign.outline import Change, Key, changes
from generator.campaign.reading import read_settings
from generator.campaign.rules import Standards
from generator.site.seasons import next_season

from .archive import Damaged
from .gathering import take_in_sources
from .intake import Packed


def next_change(root: Path, now: datetime) -> Change:
    """Give the first moment after `now` at which a build of the same files would make another site.

    Between the two, any build makes the same bytes. It names no record: what is told of it may be public.
    """
    try:
        return _next_change(root, now, afresh=False)
    except Damaged:
        return _next_change(root, now, afresh=True)


def _next_change(root: Path, now: datetime, *, afresh: bool) -> Change:
    config, _ = read_settings(root)
    sources, _ = find_sources(root)
    charter, _ = read_charter(root)
    standards = Standards(config.town.bounds if config else None, charter)
    archive, intakes = take_in_sources(root, sources, standards, now, None, afresh)
    records = [(outline, packed) for intake in intakes for outline, drawn, packed in intake.records if drawn]
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
            return told
    return season


def _change_at(moment: float, record: Any) -> Change | None:
    found = (change for change in changes(record) if change.moment.timestamp() == moment and change.what)
    return next(found, None)
