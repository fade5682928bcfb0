"""Source files taken in by batches: by worker processes, in a form that the archive keeps without looking inside.

A worker packs what it read twice over: the records, which no one opens before their page is drawn, and around them what
the index will hold. So the one process that plans the site unpacks once, and packs nothing.
"""

import pickle
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from generator.campaign.files import Source
from generator.campaign.models import KINDS
from generator.campaign.outline import Outline
from generator.campaign.rules import Standards
from generator.campaign.validation import make_ready
from generator.mapper import Mapper
from generator.site.sketches import Sketch

from .intake import Intake, Packing, Span, take_in_each
from .signatures import Signature, signature
from .workers import CHUNK


class Kept(NamedTuple):
    """One file's intake as the index keeps it, with the moment (POSIX seconds) at which it was taken in."""

    signature: Signature
    moment: float
    intake: Intake

    def is_current(self, now: datetime) -> bool:
        """Tell whether no moment passed that changes what the file gives."""
        first, last = sorted((self.moment, now.timestamp()))
        if first == last:
            return True
        return not any(first <= change <= last for outline, _, _ in self.intake.records for change in outline.changes)


class Batch(NamedTuple):
    """Some files taken in.

    - `packed`: their records, packed, end to end;
    - `kept`: each file's Kept, packed, whose spans count from the start of `packed`;
    - `apart`: what is not to be kept, by path: of files that hold something taken back, or that may change unseen.
    """

    packed: bytes
    kept: bytes
    apart: dict[str, Intake]


def take_in_batches(
    root: Path, sources: list[Source], standards: Standards, now: datetime, executor: Mapper | None
) -> Iterator[Batch]:
    """Take in every source, in order; each batch is given as soon as it is there."""
    make_ready({KINDS[source.kind].model for source in sources})
    take = partial(take_in_batch, root, standards, now)
    parts = [sources[start : start + CHUNK] for start in range(0, len(sources), CHUNK)]
    return executor.map(take, parts) if executor else map(take, parts)


def take_in_batch(root: Path, standards: Standards, now: datetime, sources: list[Source]) -> Batch:
    """Take in some sources."""
    packed = bytearray()
    kept: dict[str, Kept] = {}
    apart: dict[str, Intake] = {}
    signatures = [signature(root, source.path) for source in sources]
    intakes = take_in_each(root, sources, standards, now)
    for source, current, intake in zip(sources, signatures, intakes, strict=True):
        if current is None or any(outline.gone for outline, _, _ in intake.records):
            apart[source.path] = intake
        else:
            kept[source.path] = Kept(current, now.timestamp(), _laid_out(intake, packed))
    return Batch(bytes(packed), packed_index(kept), apart)


def _laid_out(intake: Intake, packed: bytearray) -> Intake:
    """Give an intake whose packed records lie at the end of others."""
    records: list[Packing] = []
    for outline, sketch, record in intake.records:
        assert isinstance(record, bytes)
        records.append((outline, sketch, Span(len(packed), len(record), crc32(record))))
        packed += record
    return Intake(records, intake.problems, intake.unread)


def packed_index(kept: Mapping[str, Kept]) -> bytes:
    """Pack what is kept of some files, by path: as plain tuples, for named ones take twice as long, there and back."""
    return pickle.dumps(
        [
            (path, signature, moment, [_plain(record) for record in records], problems, unread)
            for path, (signature, moment, (records, problems, unread)) in kept.items()
        ],
        5,
    )


def unpacked(kept: bytes, base: int) -> dict[str, Kept]:
    """Give what a batch kept, by path; its records begin that many bytes into the data."""
    return {
        path: Kept(signature, moment, Intake([_named(record, base) for record in records], problems, unread))
        for path, signature, moment, records, problems, unread in pickle.loads(kept)
    }


_Plain = tuple[tuple[Any, ...], tuple[Any, ...] | None, bytes | tuple[int, ...]]
"""A Packing of plain tuples."""


def _plain(record: Packing) -> _Plain:
    outline, sketch, at = record
    return tuple(outline), tuple(sketch) if sketch else None, at if isinstance(at, bytes) else tuple(at)


def _named(record: _Plain, base: int) -> Packing:
    outline, sketch, at = record
    span = at if isinstance(at, bytes) else Span(base + at[0], at[1], at[2])
    return Outline._make(outline), Sketch._make(sketch) if sketch else None, span
