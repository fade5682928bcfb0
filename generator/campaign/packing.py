"""Records to plain data and back: tuples of text and numbers, which pickle in half the time of what pydantic keeps.

A large town packs ten thousand records while it reads them, and unpacks each as its page is drawn.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, get_args

from .models.fields import PARIS, Model

Values = tuple[Any, ...]
"""A record's values in the order of its fields, as plain data."""


def pack(record: Model, left_out: Iterable[str] = ()) -> Values:
    """Give a checked record's values as plain data, with empty words for texts that are left out."""
    values = dict(vars(record))
    for name in left_out:
        values[name] = ""
    for name, form in _plan(type(record)).forms:
        value = values[name]
        if value is not None:
            values[name] = form.pack(value)
    return tuple(values.values())


def unpack(model: type[Model], packed: Values) -> Any:
    """Give back the record that `pack` took, without checking it again."""
    names, given, forms = _plan(model)
    values = dict(zip(names, packed, strict=True))
    for name, form in forms:
        value = values[name]
        if value is not None:
            values[name] = form.unpack(value)
    record = model.__new__(model)
    # What pydantic sets of a record that it has checked.
    _set(record, "__dict__", values)
    _set(record, "__pydantic_fields_set__", given)
    _set(record, "__pydantic_extra__", None)
    _set(record, "__pydantic_private__", None)
    return record


_set = object.__setattr__


class _Form(NamedTuple):
    """How a value that is no plain data becomes some, and is made again."""

    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


class _Plan(NamedTuple):
    """A model's fields, and those whose values are no plain data."""

    names: tuple[str, ...]
    given: set[str]
    forms: tuple[tuple[str, _Form], ...]


@cache
def _plan(model: type[Model]) -> _Plan:
    fields = model.model_fields
    forms = ((name, _form(field.annotation)) for name, field in fields.items())
    return _Plan(tuple(fields), set(fields), tuple((name, form) for name, form in forms if form))


def _form(annotation: Any) -> _Form | None:
    """Give the form of a field's values, None where they are plain already."""
    if isinstance(annotation, type):
        if issubclass(annotation, Model):
            return _Form(pack, lambda packed: unpack(annotation, packed))
        if issubclass(annotation, Enum):
            return _Form(lambda value: value.value, {each.value: each for each in annotation}.__getitem__)
        if issubclass(annotation, datetime):
            return _Form(_pack_moment, _unpack_moment)
        if issubclass(annotation, date):
            return _Form(date.toordinal, date.fromordinal)
    inner = next(filter(None, map(_form, get_args(annotation))), None)
    if inner and getattr(annotation, "__origin__", None) is tuple:
        return _Form(lambda values: tuple(map(inner.pack, values)), lambda values: tuple(map(inner.unpack, values)))
    return inner


def _pack_moment(moment: datetime) -> tuple[str, int, float | None]:
    offset = moment.utcoffset() or timedelta()
    return (
        moment.replace(tzinfo=None).isoformat(),
        moment.fold,
        None if moment.tzinfo is PARIS else offset.total_seconds(),
    )


def _unpack_moment(packed: tuple[str, int, float | None]) -> datetime:
    written, fold, offset = packed
    zone = PARIS if offset is None else timezone(timedelta(seconds=offset))
    return datetime.fromisoformat(written).replace(tzinfo=zone, fold=fold)
