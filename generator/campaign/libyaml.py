"""YAML as libyaml reads it, event by event.

Anchors, aliases and tags are refused, so neither an alias bomb nor `!!python/…` gets anywhere, and reading is a loop
over events, so nesting can't exhaust the stack. Loaded only where a text is not plain, or someone asks for places.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events
from yaml._yaml import CParser

from . import plain, syntax
from .faults import QUOTES_HINT, Fault
from .sources import MAX_DEPTH, MAX_FAULTS, Value, cleaned, holds_forbidden


def _add(faults: list[Fault], fault: Fault) -> None:
    if len(faults) >= MAX_FAULTS:
        raise fault
    faults.append(fault)


def build(text: str, faults: list[Fault]) -> Value:
    """Give the value that libyaml finds in a document, and add what is wrong to `faults`.

    Raises a Fault past which nothing is sure.
    """
    root: Value = None
    stack: list[tuple[Value, str | None]] = []
    current: Value = None
    key: str | None = None
    for event in read_events(text):
        kind = type(event)
        if kind is events.ScalarEvent:
            value: Value = event.value
            if not event.style and value in plain.NOTHING:
                value = None
            if event.style == '"' or event.anchor or event.tag:
                value = _checked(event, value, faults)
        elif kind in ENDS:
            current, key = stack.pop()
            continue
        elif kind in BOUNDS:
            _check_alone(event, root)
            continue
        else:
            value = _opened(event, len(stack), faults)
        if isinstance(current, dict):
            if key is None:
                key = _key(event, value, current, faults)
                continue
            if value is not None:
                current[key] = value
            key = None
        elif isinstance(current, list):
            current.append(value)
        else:
            root = value
        if kind in STARTS:
            stack.append((current, None))
            current = value
    return root


STARTS = frozenset({events.MappingStartEvent, events.SequenceStartEvent})
ENDS = frozenset({events.MappingEndEvent, events.SequenceEndEvent})
BOUNDS = frozenset({events.StreamStartEvent, events.DocumentStartEvent, events.DocumentEndEvent})


def read_events(text: str) -> Iterator[Any]:
    """Give libyaml's events, whose attributes differ by kind. Raises Fault."""
    event = None
    try:
        parser = CParser(text)
        while not isinstance(event := parser.get_event(), events.StreamEndEvent):
            yield event
    except yaml.MarkedYAMLError as error:
        raise syntax.explain(text, error, event) from None


def _fault(event: Any, code: str, message: str, hint: str = "") -> Fault:
    return Fault(*place(event), code, message, hint)


def _checked(event: Any, value: Value, faults: list[Fault]) -> Value:
    """Refuse a scalar's anchor or tag, and clean what escapes wrote as `decode` cleans what is plain."""
    if event.anchor or event.tag:
        _add(faults, _fault(event, *syntax.FEATURE))
    if not isinstance(value, str):
        return value
    if holds_forbidden(value):
        message = "Un code entre ces guillemets donne un caractère interdit."
        hint = "Retirez-le. Une barre oblique inverse se double : \\\\."
        _add(faults, _fault(event, "forbidden-character", message, hint))
    return cleaned(value)


def _opened(event: Any, depth: int, faults: list[Fault]) -> Value:
    """Give the empty group or list that begins; for a reference, its text."""
    if event.anchor or getattr(event, "tag", None):
        _add(faults, _fault(event, *syntax.FEATURE))
    if isinstance(event, events.AliasEvent):
        return f"*{event.anchor}"
    if depth >= MAX_DEPTH:
        raise _fault(event, "too-deep", "Trop de niveaux imbriqués.", "Vérifiez les retraits et les crochets.")
    return {} if isinstance(event, events.MappingStartEvent) else []


def _check_alone(event: Any, root: Value) -> None:
    if isinstance(event, events.DocumentStartEvent) and root is not None:
        raise _fault(event, "several-documents", "Une seconde partie commence ici.", "Retirez la ligne « --- ».")


def _key(event: Any, value: Value, mapping: dict[str, Value], faults: list[Fault]) -> str:
    if not isinstance(value, str):
        raise _fault(event, "yaml-syntax", "Un nom de champ est attendu ici.", QUOTES_HINT)
    if value in mapping:
        _add(faults, _fault(event, "duplicate-key", f"Le champ « {value} » est écrit deux fois.", "Gardez-en un seul."))
    return value


def ends(text: str) -> Iterator[tuple[int, int, int]]:
    """Give where each value without quotation marks ends: line (from 1), column (from 0), position in the text."""
    for event in read_events(text):
        kind, end = type(event), event.end_mark
        if kind is events.ScalarEvent and not event.style:
            yield end.line + 1, end.column, end.index


def place(event: Any) -> tuple[int, int]:
    """Give the line and column (from 1) where an event begins."""
    return event.start_mark.line + 1, event.start_mark.column + 1
