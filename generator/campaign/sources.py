"""YAML text to plain mappings, safely, with places found again only when a problem needs them.

Every scalar stays text: YAML's guesses (`no` as false, `01000` as 512, `08:30` as 510) are left aside, and each
model gives its fields their types. Anchors, aliases and tags are refused, so neither an alias bomb nor
`!!python/…` gets anywhere, and reading is a loop over events, so nesting can't exhaust the stack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml import events
from yaml._yaml import CParser

Value = str | None | list["Value"] | dict[str, "Value"]
"""What a YAML document holds: text, nothing, a list or a mapping."""

Path = tuple[str | int, ...]
"""Where a value stands in a document: keys and list positions from the top."""

MAX_DEPTH = 20
MAX_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Fault(Exception):
    """Why a text could not be read: place (from 1), stable code, French message and hint."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


_MISLEADING = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def decode(data: bytes) -> str:
    """Give the text of a file: UTF-8, with or without a byte-order mark, any line ends.

    Invisible characters that turn or hide text (bidirectional controls, zero-width spaces) are dropped.
    Raises Fault when the bytes are not UTF-8, or when the file is too long to be a record.
    """
    if len(data) > MAX_BYTES:
        raise Fault(
            0, 0, "file-too-long", f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.", "Coupez-le en plusieurs fiches."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        raise Fault(
            line,
            column,
            "not-utf-8",
            "Le fichier n'est pas en UTF-8.",
            "Enregistrez-le en UTF-8 (menu « Enregistrer sous », choix « Encodage »).",
        ) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else _MISLEADING.sub("", text)


def parse(text: str) -> Value:
    """Give the value of a YAML document, every scalar as text; a field left empty is left out.

    Raises Fault for the first error of syntax, and for tabs, duplicate keys, anchors, tags and deep nesting.
    """
    root: Value = None
    stack: list[tuple[Value, str | None]] = []
    current: Value = None
    key: str | None = None
    for event in _events(text):
        kind = type(event)
        if kind is events.ScalarEvent:
            value: Value = event.value
            if event.anchor or event.tag:
                raise _refused(event)
            if not event.style and value in _NOTHING:
                value = None
        elif kind is events.MappingStartEvent:
            value = {}
        elif kind is events.SequenceStartEvent:
            value = []
        elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
            current, key = stack.pop()
            continue
        elif kind is events.AliasEvent:
            raise _refused(event)
        elif kind is events.DocumentStartEvent and root is not None:
            raise _fault(
                event, "several-documents", "Le fichier contient plusieurs documents.", "Retirez la ligne « --- »."
            )
        else:
            continue
        if isinstance(current, dict):
            if key is None:
                key = _key(event, value, current)
                continue
            if value is not None:
                current[key] = value
            key = None
        elif isinstance(current, list):
            current.append(value)
        else:
            root = value
        if kind is not events.ScalarEvent:
            if event.anchor or event.tag:
                raise _refused(event)
            if len(stack) >= MAX_DEPTH:
                raise _fault(event, "too-deep", "Trop de niveaux imbriqués.", "Vérifiez les retraits et les crochets.")
            stack.append((current, None))
            current = value
    return root


_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def locate(text: str, path: Path) -> tuple[int, int]:
    """Give the line and column (from 1) of the value at `path`, or of its nearest container.

    A text that can't be parsed to that place gives the last place known.
    """
    place = (1, 1)
    here: list[str | int] = []
    counters: list[int | None] = []
    expecting_key = True
    try:
        for event in _events(text):
            kind = type(event)
            if kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                counters.pop()
                if here:
                    here.pop()
                expecting_key = True
                continue
            if kind not in _VALUES:
                continue
            in_mapping = bool(counters) and counters[-1] is None
            if in_mapping and expecting_key and kind is events.ScalarEvent:
                here.append(event.value)
                expecting_key = False
                if tuple(here) == path[: len(here)]:
                    place = _place(event)
                    if len(here) == len(path):
                        return place
                continue
            if counters and counters[-1] is not None:
                here.append(counters[-1])
                counters[-1] += 1
                if tuple(here) == path[: len(here)]:
                    place = _place(event)
                    if len(here) == len(path):
                        return place
            if kind is events.ScalarEvent:
                if here:
                    here.pop()
                expecting_key = True
            else:
                counters.append(None if kind is events.MappingStartEvent else 0)
                expecting_key = True
                if len(counters) > MAX_DEPTH + 1:
                    return place
    except Fault:
        pass
    return place


_VALUES = (events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent, events.AliasEvent)


def _events(text: str) -> Iterator[events.Event]:
    try:
        parser = CParser(text)
        while not isinstance(event := parser.get_event(), events.StreamEndEvent):
            yield event
    except yaml.MarkedYAMLError as error:
        raise _syntax(text, error) from None
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        raise Fault(
            line,
            column,
            "forbidden-character",
            "Un caractère invisible interdit se trouve ici.",
            "Effacez-le et retapez le mot.",
        ) from None


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    for number in range(max(line - 3, 0), min(line, len(lines))):
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
        if "\t" in indent:
            return Fault(
                number + 1,
                indent.index("\t") + 1,
                "tab",
                "Une tabulation sert de retrait.",
                "Remplacez-la par des espaces.",
            )
    problem = error.problem or ""
    for words, message, hint in _SYNTAX:
        if words in problem:
            return Fault(line, column, "yaml-syntax", message, hint)
    return Fault(line, column, "yaml-syntax", "Cette ligne n'a pas la forme attendue.", _QUOTES)


_QUOTES = 'Une valeur qui contient « : » ou commence par un signe se met entre guillemets droits : "…".'
_SYNTAX = (
    ("mapping values are not allowed", "Un deux-points de trop se trouve sur cette ligne.", _QUOTES),
    (
        "found unexpected end of stream",
        "Des guillemets droits ouverts ne sont pas fermés.",
        "Ajoutez le guillemet manquant.",
    ),
    ("cannot start any token", "Une valeur ne peut pas commencer par ce signe.", _QUOTES),
    ("could not find expected ':'", "Il manque un deux-points après le nom du champ.", "Écrivez « champ: valeur »."),
    (
        "did not find expected key",
        "Le retrait de cette ligne ne va pas avec les lignes au-dessus.",
        "Alignez les champs.",
    ),
    ("did not find expected '-'", "Un élément de liste doit commencer par un tiret.", "Écrivez « - élément »."),
    ("did not find expected ',' or", "Un crochet ou une accolade n'est pas fermé.", "Ajoutez le signe manquant."),
)


def _place(event: events.Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _fault(event: events.Event, code: str, message: str, hint: str = "") -> Fault:
    return Fault(*_place(event), code, message, hint)


def _refused(event: events.Event) -> Fault:
    return _fault(
        event,
        "yaml-feature",
        "Les ancres (&), les renvois (*) et les étiquettes (!) de YAML ne sont pas acceptés.",
        "Recopiez la valeur, ou mettez-la entre guillemets droits si elle commence par ce signe.",
    )


def _key(event: events.Event, value: Value, mapping: dict[str, Value]) -> str:
    if not isinstance(value, str):
        raise _fault(event, "yaml-syntax", "Un nom de champ est attendu ici.", "Écrivez « champ: valeur ».")
    if value in mapping:
        raise _fault(event, "duplicate-key", f"Le champ « {value} » est écrit deux fois.", "Gardez-en un seul.")
    return value
