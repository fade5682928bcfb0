"""Which records a record names: found once for each model, then read off its fields."""

import types
from collections.abc import Iterator
from functools import cache, lru_cache
from sys import intern
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from . import sources
from .models.fields import Reference


class Named(NamedTuple):
    """A reference as written: where in the record, and the kind and id that it names."""

    place: sources.Path
    kind: str
    id: str


def references(record: BaseModel) -> list[Named]:
    """Give every reference of a record."""
    found: list[Named] = []
    fields = vars(record)
    for name, path, kind in _fields(type(record)):
        value = fields[name]
        if not value:
            continue
        # Most are an id or a list of them.
        if path:
            found += _follow(value, path, kind, (name,))
        elif type(value) is tuple:
            found += [_item(name, rank, kind, each) for rank, each in enumerate(value)]
        else:
            found.append(_field(name, kind, value))
    return found


# Some ids are named by hundreds of records, most often in the same place: all share one reference.
@lru_cache(10_000)
def _field(name: str, kind: str, id: str) -> Named:
    return Named((name,), kind, intern(id))


@lru_cache(10_000)
def _item(name: str, rank: int, kind: str, id: str) -> Named:
    return Named((name, rank), kind, intern(id))


def _follow(value: Any, path: tuple[str, ...], kind: str, place: sources.Path) -> Iterator[Named]:
    if value is None:
        return
    if isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _follow(item, path, kind, (*place, position))
    elif path:
        yield from _follow(getattr(value, path[0]), path[1:], kind, (*place, path[0]))
    else:
        yield Named(place, kind, intern(value))


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Give the fields of a model that hold ids, or groups with fields that do: name, path inside, kind."""
    return tuple((name, tuple(path), kind) for (name, *path), kind in _paths(model))


def _paths(model: type[BaseModel]) -> Iterator[tuple[tuple[str, ...], str]]:
    for name, info in model.model_fields.items():
        kinds = [mark.kind for mark in info.metadata if isinstance(mark, Reference)] or _kinds_in(info.annotation)
        for kind in kinds:
            yield (name,), kind
        for inner in _models_in(info.annotation):
            for path, kind in _paths(inner):
                yield (name, *path), kind


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
