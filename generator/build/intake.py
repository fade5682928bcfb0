"""A source file taken in: read, checked, and reduced to what the rest of the build needs to know at once."""

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
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
    return _reduced(read_source(root, source, key), root, standards, now)


def take_in_each(root: Path, sources: list[Source], standards: Standards, now: datetime) -> list[Intake]:
    """Read many sources."""
    return [_reduced(reading, root, standards, now) for reading in read_sources(root, sources)]


def _reduced(reading: Reading, root: Path, standards: Standards, now: datetime) -> Intake:
    problems = reading.problems
    today = now.astimezone(PARIS).date()
    records: list[Packing] = []
    for entry in reading.entries:
        breaches = rules.check(entry, standards, today, root) if entry.sound else []
        problems += breaches
        shape = outline(entry, now)
        if entry.sound and not has_errors(breaches):
            records.append((shape, sketch(entry.kind, entry.record, now, standards.charter), pickle.dumps(entry, 5)))
        else:
            reading.unread.add(entry.key)
            records.append((shape._replace(channels=(), gone=False), None, b""))
    return Intake(records, problems, frozenset(reading.unread))


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
