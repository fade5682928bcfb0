"""What earlier builds took in, kept so that only files that changed are read again.

Two files in the cache folder: `data` holds packed records end to end, `index` all the rest and where each record lies.
An archive that is damaged, of another version of the program or of other settings is dropped, never repaired.
"""

import fcntl
import mmap
import os
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from generator.problems import Problem

from .intake import Intake, Packing, Span

Signature = tuple[int, int, int, int]
"""What tells that a file is as it was: length, times of modification and of change in nanoseconds, inode."""

_TOO_FRESH = 100_000_000
"""A file changed that many nanoseconds before it was looked at may change again within the same tick of its clock."""


_SLACK = 10_000_000
"""So many bytes of forgotten records, and as many again as there are live ones, before the archive starts afresh."""


class Damaged(Exception):
    """The archive doesn't hold what its index says."""


def damaged() -> Problem:
    """Give the warning that says what a damaged archive led to."""
    return Problem(".cache/records", 0, 0, "warning", "damaged-cache", "Le cache était abîmé : tout a été relu.")


class Kept(NamedTuple):
    """One file's intake as the index keeps it, with the moment (POSIX seconds) at which it was taken in."""

    signature: Signature
    moment: float
    intake: Intake


def signature(root: Path, path: str) -> Signature | None:
    """Give a file's signature, None when it can't be told."""
    try:
        found = os.stat(f"{root}/{path}")
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


class Archive:
    """The archive of one campaign, for one state of the program and its settings."""

    def __init__(self, folder: Path, state: str) -> None:
        self.folder = folder
        self.state = state
        self.kept: dict[str, Kept] = {}
        self._length = 0
        self._data: mmap.mmap | bytes = b""

    @classmethod
    def open(cls, folder: Path, state: str) -> "Archive":
        """Read the archive of a folder; an unfit one is taken for empty."""
        archive = cls(folder, state)
        try:
            content = (folder / "index").read_bytes()
            digest, body = content[:32], content[32:]
            if blake2b(state.encode() + body, digest_size=32).digest() != digest:
                return archive
            length, kept = pickle.loads(body)
            with (folder / "data").open("rb") as file:
                if os.fstat(file.fileno()).st_size < length:
                    return archive
                if length:
                    archive._data = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ)
            archive._length, archive.kept = length, kept
        except OSError:
            pass
        return archive

    def find(self, path: str, current: Signature | None, now: datetime) -> Intake | None:
        """Give what a file gave last time, if the file is as it was and no moment passed since that changes it."""
        kept = self.kept.get(path)
        if kept is None or kept.signature != current:
            return None
        first, last = sorted((kept.moment, now.timestamp()))
        if first == last:
            return kept.intake
        for outline, _, _ in kept.intake.records:
            if any(first <= change <= last for change in outline.changes):
                return None
        return kept.intake

    def read(self, span: Span) -> bytes:
        """Give a packed record. Raises Damaged."""
        data = self._data[span.start : span.start + span.length]
        if crc32(data) != span.checksum:
            raise Damaged
        return data

    def save(self, taken: Mapping[str, tuple[Signature | None, Intake]], now: datetime, looked_at: int) -> None:
        """Keep the intakes of all files of the campaign, looked at since `looked_at` (POSIX nanoseconds).

        Nothing is written when nothing is new, or when another build is at it.
        """
        steady = {
            path: (current, intake)
            for path, (current, intake) in taken.items()
            if current and looked_at - max(current[1], current[2]) >= _TOO_FRESH
        }
        if steady.keys() == self.kept.keys() and all(self._knows(path, intake) for path, (_, intake) in steady.items()):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "data").open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return
            file.truncate(self._length)
            kept = {}
            for path, (current, intake) in steady.items():
                assert current
                packed = intake if self._knows(path, intake) else replace(intake, records=self._append(file, intake))
                kept[path] = Kept(current, now.timestamp(), packed)
            file.flush()
            live = sum(
                span[1] for each in kept.values() for _, _, span in each.intake.records if isinstance(span, Span)
            )
            if self._length > 2 * live + _SLACK:
                self.drop()
            else:
                self._write_index(kept)

    def _knows(self, path: str, intake: Intake) -> bool:
        known = self.kept.get(path)
        return known is not None and known.intake is intake

    def _append(self, file: BinaryIO, intake: Intake) -> list[Packing]:
        records: list[Packing] = []
        for outline, drawn, packed in intake.records:
            assert isinstance(packed, bytes)
            file.write(packed)
            records.append((outline, drawn, Span(self._length, len(packed), crc32(packed))))
            self._length += len(packed)
        return records

    def _write_index(self, kept: dict[str, Kept]) -> None:
        body = pickle.dumps((self._length, kept), 5)
        part = self.folder / f"index.{os.getpid()}.part"
        part.write_bytes(blake2b(self.state.encode() + body, digest_size=32).digest() + body)
        part.replace(self.folder / "index")

    def drop(self) -> None:
        """Remove the archive from the disk."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.kept, self._length, self._data = {}, 0, b""
