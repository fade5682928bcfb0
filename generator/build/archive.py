"""What earlier builds took in, kept so that only files that changed are read again.

Two files in the cache folder: `data` holds packed records end to end, `index` all the rest and where each record lies,
in blocks: a first one for the whole campaign, then one for what each later build found changed.
An archive that is damaged, of another version of the program or of other settings is dropped, never repaired.

What a file no longer says is not kept either: its records are overwritten, and of who had a portrait no older block is
left. Of a file that holds something taken back, nothing is kept at all.
"""

import errno
import fcntl
import os
import pickle
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from generator.problems import Problem

from .intake import Intake, Packing, Span

Signature = tuple[int, int, int, int]
"""What tells that a file is as it was: length, times of modification and of change in nanoseconds, inode."""

_TOO_FRESH = 100_000_000
"""A file changed that many nanoseconds before it was looked at may change again within the same tick of its clock."""


_BLOCKS = 50
"""So many blocks, and the index is written anew in one: each costs the next build a little."""

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


_HEAD = 8 + 32
"""Bytes at the start of a block: its length, its digest."""


def _is_private(intake: Intake) -> bool:
    """Tell whether a file holds a record that was taken back."""
    return any(outline.gone for outline, _, _ in intake.records)


def _tells_less(before: Kept, after: Kept | None) -> bool:
    """Tell whether blocks of the index hold something of a portrait, or of a file, that must not stay there."""
    if after is None:
        return True
    shown = [(outline._replace(digest=""), drawn) for outline, drawn, _ in after.intake.records]
    return any(
        outline.kind == "portrait" and (outline._replace(digest=""), drawn) not in shown
        for outline, drawn, _ in before.intake.records
    )


class Archive:
    """The archive of one campaign, for one state of the program and its settings."""

    def __init__(self, folder: Path, state: str) -> None:
        self.folder = folder
        self.state = state
        self.kept: dict[str, Kept] = {}
        self._length = 0
        self._data = -1  # The open file of packed records.
        self._blocks: list[bytes] = []  # The digest of each block of the index.
        self._index_length = 0
        self._lock: BinaryIO | None = None
        self._file: FileIO | None = None  # Open while new records may be added.
        self._changes: dict[str, Kept | None] = {}

    @classmethod
    def open(cls, folder: Path, state: str) -> "Archive":
        """Read the archive of a folder; an unfit one is taken for empty."""
        archive = cls(folder, state)
        try:
            content = (folder / "index").read_bytes()
            archive._data = os.open(folder / "data", os.O_RDONLY)
            end = os.fstat(archive._data).st_size
            for length, changes in archive._read_blocks(content):
                if length > end:
                    return cls(folder, state)
                for path, kept in changes.items():
                    if kept:
                        archive.kept[path] = kept
                    else:
                        del archive.kept[path]
        except OSError:
            return cls(folder, state)
        return archive

    def _read_blocks(self, content: bytes) -> Iterator[tuple[int, dict[str, Kept | None]]]:
        """Give the length of the data and the changes of each block, up to the first that isn't whole."""
        position = 0
        while len(content) > position + _HEAD:
            end = position + _HEAD + int.from_bytes(content[position : position + 8], "big")
            digest, body = content[position + 8 : position + _HEAD], content[position + _HEAD : end]
            if digest != self._digest(body):
                return
            self._blocks.append(digest)
            self._index_length = position = end
            yield pickle.loads(body)

    def _digest(self, body: bytes) -> bytes:
        """Give what a block must bear to be this state's, and to come right after those already read."""
        return blake2b(self.state.encode() + b"".join(self._blocks[-1:]) + body, digest_size=32).digest()

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
        data = os.pread(self._data, span.length, span.start)
        if crc32(data) != span.checksum:
            raise Damaged
        return data

    def begin(self) -> None:
        """Make ready to keep what is new. When the disk or another build won't have it, nothing is kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = self._open_data()
        except OSError:
            self._give_up()

    def keep(self, path: str, current: Signature | None, intake: Intake, now: datetime, looked_at: int) -> Intake:
        """Keep what a file gave, looked at since `looked_at` (POSIX nanoseconds), and give it as kept, lighter."""
        if self._file is None or current is None or _is_private(intake):
            return intake
        if looked_at - max(current[1], current[2]) < _TOO_FRESH:
            return intake
        try:
            records = self._append(self._file, intake)
        except OSError:
            self._give_up()
            return intake
        kept = Kept(current, now.timestamp(), replace(intake, records=records))
        self._changes[path] = kept
        return kept.intake

    def commit(self, taken: Mapping[str, Intake]) -> None:
        """Write the index of what is kept, given what all files of the campaign gave this time."""
        if self._file is None:
            return
        known = self.kept
        stale = [path for path, kept in known.items() if taken.get(path) is not kept.intake]
        forgets = any(_tells_less(known[path], self._changes.get(path)) for path in stale)
        self._changes = dict.fromkeys(stale) | self._changes
        try:
            if stale and self._is_alone():
                self._erase(self._file, stale)
            self.kept = {path: kept for path, kept in (known | self._changes).items() if kept}
            few = len(self._changes) < len(taken) // 4 and 0 < len(self._blocks) < _BLOCKS
            if few and not forgets and self._is_alone():
                with (self.folder / "index").open("ab") as file:
                    file.write(self._block(self._changes))
            else:
                self._write_index()
        except OSError:
            pass  # The next build reads again what isn't in the index.
        self._give_up()

    def _give_up(self) -> None:
        """Keep nothing more. What was written can still be read."""
        for file in (self._lock, self._file):
            if file:
                file.close()
        self._lock = self._file = None
        self._changes = {}

    def _open_data(self) -> FileIO:
        """Open the data where new records go: at its end, or in a new file when nothing of the old one is known.

        Other builds may still read what is there, so it is never cut.
        """
        if self._blocks:
            file = FileIO(self.folder / "data", "r+")
        else:
            for name in ("index", "data"):
                (self.folder / name).unlink(missing_ok=True)
            file = FileIO(self.folder / "data", "x+")
        self._length = file.seek(0, os.SEEK_END)
        self._close()
        self._data = os.dup(file.fileno())
        return file

    def _close(self) -> None:
        if self._data >= 0:
            os.close(self._data)
            self._data = -1

    def __del__(self) -> None:
        """Close the file: whoever reads records from it holds the archive."""
        self._close()

    def _is_alone(self) -> bool:
        """Tell whether the index is still what this archive was read from."""
        return (self.folder / "index").stat().st_size == self._index_length

    def _erase(self, file: FileIO, paths: list[str]) -> None:
        """Overwrite the records of files that changed or are gone. Who still reads them finds the archive damaged."""
        for path in paths:
            for _, _, span in self.kept[path].intake.records:
                if isinstance(span, Span):
                    os.pwrite(file.fileno(), bytes(span.length), span.start)

    def _append(self, file: FileIO, intake: Intake) -> list[Packing]:
        records: list[Packing] = []
        for outline, drawn, packed in intake.records:
            assert isinstance(packed, bytes)
            if file.write(packed) != len(packed):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            records.append((outline, drawn, Span(self._length, len(packed), crc32(packed))))
            self._length += len(packed)
        return records

    def _write_index(self) -> None:
        spans = (span for each in self.kept.values() for _, _, span in each.intake.records)
        if self._length > 2 * sum(span.length for span in spans if isinstance(span, Span)) + _SLACK:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        self._blocks = []
        part = self.folder / f"index.{os.getpid()}.part"
        part.write_bytes(self._block(self.kept))
        part.replace(self.folder / "index")

    def _block(self, changes: Mapping[str, Kept | None]) -> bytes:
        body = pickle.dumps((self._length, changes), 5)
        return len(body).to_bytes(8, "big") + self._digest(body) + body
