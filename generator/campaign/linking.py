"""Entries to a Campaign: every reference checked, and known from both its ends."""

import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from generator.config import SiteConfig
from generator.problems import Problem, nearest

from . import sources
from .models import KINDS
from .models.fields import Record, Reference
from .reading import Entry, locate_in

Key = tuple[str, str]
"""A record's kind and id."""


@dataclass(slots=True)
class Campaign:
    """All that the town has. `entries` is sorted by id within each kind.

    `referrers` answers « who points at this record? »: for a key, the keys of the records that name it, by kind.
    """

    config: SiteConfig
    entries: dict[str, dict[str, Entry]]
    referrers: dict[Key, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def all(self, kind: str) -> list[Any]:
        """Give every record of a kind, in order of id."""
        return [entry.record for entry in self.entries[kind].values()]

    def get(self, kind: str, record_id: str | None) -> Any:
        """Give a record by kind and id, None when there is none."""
        entry = self.entries[kind].get(record_id) if record_id else None
        return entry.record if entry else None

    def referring(self, record_kind: str, record_id: str, from_kind: str) -> tuple[str, ...]:
        """Give the ids of the records of `from_kind` that name a record."""
        return self.referrers.get((record_kind, record_id), {}).get(from_kind, ())


def link(config: SiteConfig, entries: Iterable[Entry], root: Path) -> tuple[Campaign, list[Problem]]:
    """Sort entries into a Campaign and follow every reference, both ways."""
    problems: list[Problem] = []
    by_kind: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for entry in sorted(entries, key=lambda entry: (entry.record.id, entry.path, entry.place)):
        known = by_kind[entry.kind].setdefault(entry.record.id, entry)
        if known is not entry:
            problems.append(_twice(root, entry, known))
    campaign = Campaign(config, by_kind)
    themes = {theme.id for theme in config.themes}
    referrers: dict[Key, dict[str, dict[str, None]]] = {}
    for kind, records in by_kind.items():
        for entry in records.values():
            for place, target_kind, target in references(entry.record):
                known_ids = themes if target_kind == "theme" else by_kind[target_kind]
                if target in known_ids:
                    referrers.setdefault((target_kind, target), {}).setdefault(kind, {})[entry.record.id] = None
                else:
                    problems.append(_dangling(root, entry, place, target_kind, target, known_ids))
    campaign.referrers = {
        key: {kind: tuple(ids) for kind, ids in by_from.items()} for key, by_from in referrers.items()
    }
    return campaign, problems


def references(record: Record) -> Iterator[tuple[sources.Path, str, str]]:
    """Give every reference of a record: its place, and the kind and id that it names."""
    for path, kind in _reference_fields(type(record)):
        yield from _follow(record, path, kind, ())


def _follow(value: Any, path: tuple[str, ...], kind: str, place: sources.Path) -> Iterator[tuple[sources.Path, str, str]]:
    if value is None:
        return
    if isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _follow(item, path, kind, (*place, position))
    elif path:
        yield from _follow(getattr(value, path[0]), path[1:], kind, (*place, path[0]))
    else:
        yield place, kind, value


@cache
def _reference_fields(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Give the fields of a model, nested ones too, that hold ids, with the kind of each."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, info in model.model_fields.items():
        kinds = [mark.kind for mark in info.metadata if isinstance(mark, Reference)] or _kinds_in(info.annotation)
        found += [((name,), kind) for kind in kinds]
        for inner in _models_in(info.annotation):
            found += [((name, *path), kind) for path, kind in _reference_fields(inner)]
    return tuple(found)


def _kinds_in(annotation: Any) -> list[str]:
    if get_origin(annotation) is Annotated:
        return [mark.kind for mark in annotation.__metadata__ if isinstance(mark, Reference)]
    if get_origin(annotation) in (Union, types.UnionType, tuple):
        return [kind for part in get_args(annotation) for kind in _kinds_in(part)]
    return []


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, types.UnionType, tuple, Annotated):
        return [model for part in get_args(annotation) for model in _models_in(part)]
    return []


def _dangling(root: Path, entry: Entry, place: sources.Path, kind: str, target: str, known: Iterable[str]) -> Problem:
    if kind == "theme":
        name, where = "thème", "site_config.yml"
    else:
        name, where = KINDS[kind].singular, ("content/" if KINDS[kind].is_document else "data/") + KINDS[kind].source
    line, column = locate_in(root, entry.path, (*entry.place, *place))
    hint = nearest(target, known) or f"Les identifiants possibles se trouvent dans {where}."
    message = f"« {target} » ne désigne rien : {name} introuvable."
    return Problem(entry.path, line, column, "error", "unknown-id", message, hint)


def _twice(root: Path, entry: Entry, known: Entry) -> Problem:
    line, column = locate_in(root, entry.path, (*entry.place, "id")) if entry.place else (0, 0)
    message = f"L'identifiant « {entry.record.id} » sert deux fois ({KINDS[entry.kind].singular})."
    return Problem(entry.path, line, column, "error", "duplicate-id", message, f"L'autre fiche se trouve dans {known.path}.")
