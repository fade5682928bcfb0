"""YAML text to plain mappings, safely.

Every scalar stays text: YAML's guesses (`no` as false, `01000` as 512, `08:30` as 510) are left aside, and each
model gives its fields their types. Anchors, aliases and tags are refused, so neither an alias bomb nor
`!!python/…` gets anywhere, and reading is a loop over events, so nesting can't exhaust the stack.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import yaml
from yaml import events
from yaml._yaml import CParser

from . import plain, syntax
from .faults import Fault as Fault
from .faults import Path as Path

Value = str | None | list["Value"] | dict[str, "Value"]
"""What a YAML document holds: text, nothing, a list or a mapping."""

MAX_DEPTH = 20
MAX_BYTES = 1_000_000
MAX_FAULTS = 50
"""A text with more is not a text that slipped: nothing of it is kept."""

_DROPPED = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Zero-width spaces and bidirectional controls: they turn or hide what a reader sees."""
_BREAKS = "\x85\u2028\u2029"
"""YAML and some browsers break lines at these, editors don't."""
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
"""Control characters and non-characters, which neither YAML nor XML may hold."""

_UNWANTED = re.compile(f"[{_DROPPED}{_BREAKS}{_FORBIDDEN}]")
_dropped, _breaks, _forbidden = (re.compile(f"[{chars}]") for chars in (_DROPPED, _BREAKS, _FORBIDDEN))

_ORDINARY = bytes([*range(0x20, 0x7F), *b"\t\n\r"])

# Alt and the space bar of a French keyboard give a no-break space, which YAML takes for a letter.
_MARGIN = re.compile(r"^[ \xa0\u202f]*(?:-[ \xa0\u202f]+)?(?:[a-z_]+:[ \xa0\u202f]+)?", re.MULTILINE)
_LINE_END = re.compile("[\xa0\u202f]+$", re.MULTILINE)


def decode(data: bytes) -> str:
    """Give the text of a file: UTF-8, with or without a byte-order mark, any line ends.

    Invisible characters that turn or hide text are dropped; no-break spaces where YAML wants plain ones are replaced.
    Raises Fault when the bytes are not UTF-8, hold control characters, or are too many.
    """
    if len(data) > MAX_BYTES:
        message = f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo."
        raise Fault(0, 0, "file-too-long", message, "Coupez-le en plusieurs fichiers.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf_8(data, error.start) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Most texts hold none but ordinary signs: without ASCII's, what is left to look through is short.
    if _UNWANTED.search(data.translate(None, _ORDINARY).decode("utf-8")):
        text = _breaks.sub(" ", _dropped.sub("", text))
        if "\x00" in text:  # The mark of UTF-16, and of files that are no text.
            raise _not_utf_8(data, data.index(b"\x00"))
        if forbidden := _forbidden.search(text):
            raise _forbidden_character(text, forbidden.start())
    if "\xa0" in text or "\u202f" in text:
        text = _LINE_END.sub("", text)
        text = _MARGIN.sub(lambda match: match[0].replace("\xa0", " ").replace("\u202f", " "), text)
    return text


def cleaned(text: str) -> str:
    """Give a text without the characters that `decode` drops or refuses: what an escape or an entity brought in."""
    return _forbidden.sub("", _breaks.sub(" ", _dropped.sub("", text))) if _UNWANTED.search(text) else text


def _not_utf_8(data: bytes, position: int) -> Fault:
    before = data[:position].decode("utf-8")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    hint = "Enregistrez-le en UTF-8 (menu « Enregistrer sous », choix « Encodage »)."
    return Fault(line, column, "not-utf-8", "Le fichier n'est pas en UTF-8.", hint)


def _forbidden_character(text: str, position: int) -> Fault:
    line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    message = "Un caractère invisible et interdit se trouve ici."
    return Fault(line, column, "forbidden-character", message, "Effacez-le, ou retapez le mot.")


def parse(text: str) -> Value:
    """Give the value of a YAML document, every scalar as text; a field left empty is left out.

    Raises the first Fault, if any.
    """
    value, faults = parse_all(text)
    if faults:
        raise faults[0]
    return value


def parse_all(text: str) -> tuple[Value, list[Fault]]:
    """Give the value of a YAML document, and every fault in it.

    Two fields of one name, anchors and tags leave the rest readable. After an error of syntax, or deeper than
    MAX_DEPTH, nothing is sure any more: the value is None.
    """
    faults: list[Fault] = []
    with suppress(plain.Declined):
        return plain.parse(text), faults
    try:
        return build(text, faults), faults
    except Fault as fault:
        return None, [*faults, fault]


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
    for event in _events(text):
        kind = type(event)
        if kind is events.ScalarEvent:
            value: Value = event.value
            if not event.style and value in plain.NOTHING:
                value = None
            if event.style == '"' or event.anchor or event.tag:
                value = _checked(event, value, faults)
        elif kind in _ENDS:
            current, key = stack.pop()
            continue
        elif kind in _BOUNDS:
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
        if kind in _STARTS:
            stack.append((current, None))
            current = value
    return root


_STARTS = frozenset({events.MappingStartEvent, events.SequenceStartEvent})
_ENDS = frozenset({events.MappingEndEvent, events.SequenceEndEvent})
_BOUNDS = frozenset({events.StreamStartEvent, events.DocumentStartEvent, events.DocumentEndEvent})


def _events(text: str) -> Iterator[Any]:
    """Give libyaml's events, whose attributes differ by kind. Raises Fault."""
    event = None
    try:
        parser = CParser(text)
        while not isinstance(event := parser.get_event(), events.StreamEndEvent):
            yield event
    except yaml.MarkedYAMLError as error:
        raise syntax.explain(text, error, event) from None


def _fault(event: Any, code: str, message: str, hint: str = "") -> Fault:
    return Fault(*_place(event), code, message, hint)


def _checked(event: Any, value: Value, faults: list[Fault]) -> Value:
    """Refuse a scalar's anchor or tag, and clean what escapes wrote as `decode` cleans what is plain."""
    if event.anchor or event.tag:
        _add(faults, _fault(event, *syntax.FEATURE))
    if not isinstance(value, str) or not _UNWANTED.search(value):
        return value
    if _forbidden.search(value):
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
        raise _fault(event, "yaml-syntax", "Un nom de champ est attendu ici.", syntax.QUOTES_HINT)
    if value in mapping:
        _add(faults, _fault(event, "duplicate-key", f"Le champ « {value} » est écrit deux fois.", "Gardez-en un seul."))
    return value


def cut_values(text: str) -> list[tuple[int, int]]:
    """Give the places where YAML cuts a value, taking its end for a comment: `title: Fête #voisins`."""
    if " #" not in text or not _CUT.search(text):
        return []
    found = []
    for event in _events(text):
        kind, end = type(event), event.end_mark
        if kind is events.ScalarEvent and not event.style and (cut := _HASH.match(text, end.index)):
            found.append((end.line + 1, end.column + len(cut[0])))
    return found


_CUT = re.compile(r" #\w")
_HASH = re.compile(r" +#(?=\w)")


class Places:
    """Where each value of a YAML text stands; a text with errors is known up to the first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._names: dict[Path, tuple[int, int]] = {}
        self._values: dict[Path, tuple[int, int]] = {}
        self._spans: dict[Path, tuple[int, int]] = {}
        self._is_read = False

    def name(self, path: Path) -> tuple[int, int]:
        """Give the line and column (from 1) of the field's name at `path`, or of the nearest place around it."""
        self._read()
        while path and path not in self._names and path not in self._values:
            path = path[:-1]
        return self._names.get(path) or self._values.get(path) or (1, 1)

    def value(self, path: Path) -> tuple[int, int]:
        """Give the line and column (from 1) of the value at `path`; for a group or a list, of its name."""
        self._read()
        return self._values.get(path) or self.name(path)

    def span(self, path: Path) -> tuple[int, int]:
        """Give the positions in the text where the value at `path` begins and ends; the whole text if unknown."""
        self._read()
        return self._spans.get(path, (0, len(self._text)))

    def _read(self) -> None:
        # Most texts have no problem, and nobody asks for a place in them.
        if not self._is_read:
            self._is_read = True
            with suppress(Fault):
                self._index()

    def _index(self) -> None:
        groups: list[tuple[Path, Iterator[int] | None]] = []
        name: str | None = None
        for event in _events(self._text):
            kind = type(event)
            if kind in _ENDS:
                path, _ = groups.pop()
                self._spans[path] = (self._spans[path][0], event.end_mark.index)
                continue
            if kind in _BOUNDS or len(groups) > MAX_DEPTH:
                continue
            path, positions = groups[-1] if groups else ((), None)
            if positions:
                path = (*path, next(positions))
            elif groups and name is None:
                name = getattr(event, "value", "")
                self._names[(*path, name)] = _place(event)
                continue
            elif name is not None:
                path, name = (*path, name), None
            self._spans[path] = (event.start_mark.index, event.end_mark.index)
            if kind not in _STARTS or positions or not path:
                self._values[path] = _place(event)
            if kind in _STARTS:
                groups.append((path, count() if kind is events.SequenceStartEvent else None))


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
