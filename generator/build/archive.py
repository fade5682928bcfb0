"""What earlier builds took in, kept so that only files that changed are read again.

Two files in the cache folder: `data` holds packed records end to end, `index` all the rest and where each record lies,
in blocks: a first one for the whole campaign, then one for what each later build found changed. A block begins with
what is in it; its batches follow, still packed, each read when one of its files is asked for.
An archive that is damaged, of another version of the program or of other settings is dropped, never repaired.

What a file no longer says is not kept either: its records are overwritten, and of who had a portrait no older block is
left. Of a file that holds something taken back, nothing is kept at all.
"""

import errno
import fcntl
import os
import pickle
import shutil
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from generator.campaign.rules import Standards
from generator.problems import Problem

from .batches import Batch, Kept, unpacked
from .intake import Intake, Span
from .memory import program_digest
from .signatures import Signature

_BLOCKS = 50
"""So many blocks, and the index is written anew in one: each costs the next build a little."""

_SLACK = 10_000_000
"""So many bytes of forgotten records, and as many again as there are live ones, before the archive starts afresh."""

_HEAD = 8 + 32
"""Bytes at the start of a block: its length, its digest."""


class Damaged(Exception):
    """The archive doesn't hold what its index says."""


def damaged() -> Problem:
    """Give the warning that says what a damaged archive led to."""
    return Problem(".cache/records", 0, 0, "warning", "damaged-cache", "Le cache était abîmé : tout a été relu.")


class _Block(NamedTuple):
    """What a block of the index says.

    - `length`: of the data, so far; `forgotten`: the bytes of it that are overwritten;
    - `batches`: the place in the data where the records of each begin, its length in the index, its checksum;
    - `paths`: the files of each batch; `gone`: the files of which nothing is kept any more.
    """

    length: int
    forgotten: int
    batches: list[tuple[int, int, int]]
    paths: list[list[str]]
    gone: list[str]


class Archive:
    """The archive of one campaign, for one state of the program and its settings."""

    def __init__(self, folder: Path, state: str) -> None:
        self.folder = folder
        self.state = state
        self._batches: list[tuple[int, bytes | Span]] = []  # Each in hand, or where the index has it.
        self._opened: dict[int, dict[str, Kept]] = {}
        self._where: dict[str, int] = {}  # The batch that each file is in.
        self._used: set[str] = set()
        self._length = self._forgotten = 0
        self._data = self._index = -1  # The open files.
        self._blocks: list[bytes] = []  # The digest of each block of the index.
        self._index_length = 0
        self._lock: BinaryIO | None = None
        self._file: FileIO | None = None  # Open while new records may be added.
        self._new = 0  # The first batch that no block holds yet.

    @classmethod
    def of(cls, root: Path, standards: Standards, *, afresh: bool = False) -> "Archive":
        """Read the archive of a campaign checked by these standards; `afresh`, what it holds is not to be used."""
        folder, state = root / ".cache" / "records", f"{program_digest()} {standards!r}"
        return cls(folder, state) if afresh else cls.open(folder, state)

    @classmethod
    def open(cls, folder: Path, state: str) -> "Archive":
        """Read the archive of a folder; an unfit one is taken for empty."""
        archive = cls(folder, state)
        try:
            archive._index = os.open(folder / "index", os.O_RDONLY)
            archive._data = os.open(folder / "data", os.O_RDONLY)
            end = os.fstat(archive._data).st_size
            for block in archive._read_blocks(os.fstat(archive._index).st_size):
                if block.length > end:
                    return cls(folder, state)
                archive._learn(block)
        except OSError:
            return cls(folder, state)
        return archive

    def _read_blocks(self, end: int) -> Iterator[_Block]:
        """Give what each block says, up to the first that isn't whole."""
        position = 0
        while end > position + _HEAD:
            head = os.pread(self._index, _HEAD, position)
            length, digest = int.from_bytes(head[:8], "big"), head[8:]
            body = os.pread(self._index, min(length, end), position + _HEAD)
            if digest != self._digest(body):
                return
            block: _Block = pickle.loads(body)
            start = position + _HEAD + length
            position = start + sum(length for _, length, _ in block.batches)
            if position > end:
                return
            self._blocks.append(digest)
            self._index_length = position
            for base, length, checksum in block.batches:
                self._batches.append((base, Span(start, length, checksum)))
                start += length
            yield block

    def _learn(self, block: _Block) -> None:
        self._length, self._forgotten = block.length, block.forgotten
        self._new = len(self._batches)
        for number, paths in enumerate(block.paths, self._new - len(block.batches)):
            self._where |= dict.fromkeys(paths, number)
        for path in block.gone:
            del self._where[path]

    def _digest(self, body: bytes) -> bytes:
        """Give what a block must bear to be this state's, and to come right after those already read."""
        return blake2b(self.state.encode() + b"".join(self._blocks[-1:]) + body, digest_size=32).digest()

    def __contains__(self, path: str) -> bool:
        """Tell whether something is kept of a file."""
        return path in self._where

    def find(self, path: str, current: Signature | None, now: datetime) -> Intake | None:
        """Give what a file gave last time, if the file is as it was and no moment passed since that changes it.

        Raises Damaged.
        """
        kept = self._kept(path)
        if kept is None or kept.signature != current or not kept.is_current(now):
            return None
        self._used.add(path)
        return kept.intake

    def _kept(self, path: str) -> Kept | None:
        number = self._where.get(path)
        return None if number is None else self._open(number)[path]

    def _open(self, number: int) -> dict[str, Kept]:
        if number not in self._opened:
            self._opened[number] = unpacked(self._packed(number), self._batches[number][0])
        return self._opened[number]

    def _packed(self, number: int) -> bytes:
        _, batch = self._batches[number]
        return self._read(self._index, batch) if isinstance(batch, Span) else batch

    @staticmethod
    def _read(file: int, span: Span) -> bytes:
        content = os.pread(file, span.length, span.start)
        if crc32(content) != span.checksum:
            raise Damaged
        return content

    def read(self, span: Span) -> bytes:
        """Give a packed record. Raises Damaged."""
        return self._read(self._data, span)

    def is_stale(self) -> bool:
        """Tell whether it holds files that were not found again as they were."""
        return len(self._used) < len(self._where)

    def begin(self) -> None:
        """Make ready to keep what is new. When the disk or another build won't have it, nothing is kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = self._open_data()
        except OSError:
            self._give_up()

    def keep(self, batch: Batch) -> dict[str, Intake]:
        """Keep what files gave, and give it by path, its records as kept, lighter."""
        if self._file:
            try:
                if self._file.write(batch.packed) != len(batch.packed):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError:
                self._give_up()
        if self._file is None:
            return batch.apart | _in_hand(batch)
        number, kept = len(self._batches), unpacked(batch.kept, self._length)
        self._batches.append((self._length, batch.kept))
        self._opened[number] = kept
        self._length += len(batch.packed)
        return batch.apart | {path: each.intake for path, each in kept.items()}

    def commit(self, stale: Collection[str] | None = None) -> None:
        """Write the index of what is kept, and let go of it.

        What `stale` files held before is forgotten: by default, of all that were not found as they were.
        Raises Damaged.
        """
        if self._file:
            self._commit(self._file, self._where.keys() - self._used if stale is None else stale)
        self._give_up()
        self._batches, self._opened, self._where = [], {}, {}

    def _commit(self, file: FileIO, stale: Collection[str]) -> None:
        new = {path: number for number in range(self._new, len(self._batches)) for path in self._open(number)}
        try:
            alone = self._is_alone()
            forgets = any(self._tells_less(path, new.get(path)) for path in stale)
            if stale and alone:
                self._erase(file, stale)
            gone = [path for path in stale if path not in new]
            self._where = {path: number for path, number in self._where.items() if path not in stale} | new
            if len(new) < len(self._where) // 4 and 0 < len(self._blocks) < _BLOCKS and alone and not forgets:
                self._append_block(gone)
            else:
                self._write_index()
        except OSError:
            pass  # The next build reads again what isn't in the index.

    def _tells_less(self, path: str, number: int | None) -> bool:
        """Tell whether blocks of the index hold something of a portrait, or of a file, that must not stay there."""
        if number is None:
            return True
        before, after = self._kept(path), self._open(number)[path]
        assert before
        shown = [(outline._replace(digest=""), drawn) for outline, drawn, _ in after.intake.records]
        return any(
            outline.kind == "portrait" and (outline._replace(digest=""), drawn) not in shown
            for outline, drawn, _ in before.intake.records
        )

    def _give_up(self) -> None:
        """Keep nothing more. What was written can still be read."""
        for file in (self._lock, self._file):
            if file:
                file.close()
        self._lock = self._file = None

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
        if self._data >= 0:
            os.close(self._data)
        self._data = os.dup(file.fileno())
        return file

    def __del__(self) -> None:
        """Close the files: whoever reads records holds the archive."""
        for file in (self._data, self._index):
            if file >= 0:
                os.close(file)

    def _is_alone(self) -> bool:
        """Tell whether the index is still what this archive was read from."""
        try:
            return (self.folder / "index").stat().st_size == self._index_length
        except FileNotFoundError:
            return False

    def _erase(self, file: FileIO, paths: Iterable[str]) -> None:
        """Overwrite the records of files that changed or are gone. Who still reads them finds the archive damaged."""
        for path in paths:
            kept = self._kept(path)
            for _, _, span in kept.intake.records if kept else ():
                if isinstance(span, Span):
                    os.pwrite(file.fileno(), bytes(span.length), span.start)
                    self._forgotten += span.length

    def _append_block(self, gone: list[str]) -> None:
        new = range(self._new, len(self._batches))
        batches = [(self._batches[number][0], self._packed(number)) for number in new]
        with (self.folder / "index").open("ab") as file:
            file.write(self._block(batches, [list(self._open(number)) for number in new], gone))

    def _write_index(self) -> None:
        if self._length > 2 * (self._length - self._forgotten) + _SLACK:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        shares: dict[int, list[str]] = {}
        for path, number in self._where.items():
            shares.setdefault(number, []).append(path)
        batches = [self._live(number, paths) for number, paths in shares.items()]
        self._blocks = []
        part = self.folder / f"index.{os.getpid()}.part"
        part.write_bytes(self._block(batches, list(shares.values()), []))
        part.replace(self.folder / "index")

    def _live(self, number: int, paths: list[str]) -> tuple[int, bytes]:
        """Give a batch without the files that are not its own any more."""
        known = self._open(number)
        if len(known) == len(paths):
            return self._batches[number][0], self._packed(number)
        return 0, pickle.dumps({path: known[path] for path in paths}, 5)

    def _block(self, batches: list[tuple[int, bytes]], paths: list[list[str]], gone: list[str]) -> bytes:
        places = [(base, len(packed), crc32(packed)) for base, packed in batches]
        body = pickle.dumps(_Block(self._length, self._forgotten, places, paths, gone), 5)
        head = len(body).to_bytes(8, "big") + self._digest(body)
        return b"".join((head, body, *(packed for _, packed in batches)))


def _in_hand(batch: Batch) -> dict[str, Intake]:
    """Give what files gave with its records themselves, for want of an archive that holds them."""
    return {
        path: Intake(
            [
                (outline, sketch, batch.packed[at.start : at.start + at.length] if isinstance(at, Span) else at)
                for outline, sketch, at in kept.intake.records
            ],
            kept.intake.problems,
            kept.intake.unread,
        )
        for path, kept in unpacked(batch.kept, 0).items()
    }
