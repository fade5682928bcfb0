"""A source file taken in: read, checked, and reduced to what the rest of the build needs to know at once."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from generator.campaign import rules
from generator.campaign.files import Source
from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key, Outline, outline
from generator.campaign.reading import Entry, Reading, Unread, read_source, read_sources
from generator.campaign.rules import Standards
from generator.problems import Problem, has_errors
from generator.site.sketches import Sketch, sketch


class Span(NamedTuple):
    """Where a packed record lies in the archive, and its checksum."""

    start: int
    length: int
    checksum: int


Packing = tuple[Outline, Sketch | None, bytes | Span]


class Intake(NamedTuple):
    """What one file gave, and what is wrong with it.

    Of each record: its outline, its sketch, and itself, packed (bytes) or where the archive has it (Span). One with
    errors is never shown and has no sketch: what draws records may count on the models and the rules. `unread` names
    all that have errors, as `Reading` does.
    """

    records: list[Packing]
    problems: list[Problem]
    unread: frozenset[Unread]


def take_in(root: Path, source: Source, standards: Standards, now: datetime, key: str = "") -> Intake:
    """Read one source; `key` opens it, when it is sealed."""
    return _reduced([read_source(root, source, key)], root, standards, now)[0]


def take_in_each(root: Path, sources: list[Source], standards: Standards, now: datetime) -> list[Intake]:
    """Read many sources."""
    return _reduced(read_sources(root, sources), root, standards, now)


def _reduced(readings: list[Reading], root: Path, standards: Standards, now: datetime) -> list[Intake]:
    """Give what is to be known of each file. As in reading, each stage is for all records, then the next."""
    today = now.astimezone(PARIS).date()
    entries = [entry for reading in readings for entry in reading.entries]
    breaches = [rules.check(entry, standards, today, root) if entry.sound else [] for entry in entries]
    shapes = [outline(entry, now) for entry in entries]
    fit = [entry.sound and not has_errors(found) for entry, found in zip(entries, breaches, strict=True)]
    judged = list(zip(entries, fit, strict=True))
    sketches = [sketch(each.kind, each.record, now, standards.charter) if is_fit else None for each, is_fit in judged]
    packed = [pickle.dumps(entry, 5) if is_fit else b"" for entry, is_fit in judged]
    reduced = zip(entries, breaches, shapes, sketches, packed, strict=True)
    return [_intake(reading, islice(reduced, len(reading.entries))) for reading in readings]


_Reduced = tuple[Entry, list[Problem], Outline, Sketch | None, bytes]
"""A record, the rules that it breaks, and what it is reduced to; one that is not fit to be shown has no sketch."""


def _intake(reading: Reading, reduced: Iterable[_Reduced]) -> Intake:
    """Give what one file gave, its records in order."""
    records: list[Packing] = []
    for entry, breaches, shape, drawn, packed in reduced:
        reading.problems += breaches
        if drawn is None:
            reading.unread.add(entry.key)
            shape = shape._replace(channels=(), gone=False)
        records.append((shape, drawn, packed))
    return Intake(records, reading.problems, frozenset(reading.unread))


class Packed(Mapping[Key, Entry]):
    """Whole records by key, unpacked when asked for; `fetch` gives the bytes of one that lies in the archive.

    `opened` holds the keys of those asked for.
    """

    def __init__(self, packed: Mapping[Key, bytes | Span], fetch: Callable[[Span], bytes]) -> None:
        self._packed = packed
        self._fetch = fetch
        self.opened: set[Key] = set()

    def __getitem__(self, key: Key) -> Entry:
        packed = self._packed[key]
        self.opened.add(key)
        entry: Entry = pickle.loads(packed if isinstance(packed, bytes) else self._fetch(packed))
        return entry

    def part(self, keys: Iterable[Key]) -> "Packed":
        """Give some of the records, still packed, with nothing left in the archive: they can travel."""
        found = ((key, self._packed[key]) for key in keys)
        return Packed(
            {key: packed if isinstance(packed, bytes) else self._fetch(packed) for key, packed in found}, _nowhere
        )

    def span(self, key: Key) -> Span | None:
        """Give where the archive has a record, None when it is not there."""
        packed = self._packed.get(key)
        return packed if isinstance(packed, Span) else None

    def of(self, kind: str) -> list[Any]:
        """Give all whole records of a kind."""
        return [self[key].record for key in self._packed if key[0] == kind]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def _nowhere(span: Span) -> bytes:
    raise LookupError(span)
