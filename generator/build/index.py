"""The index of an archive: what each file gave, and where its records lie; in blocks, of which each build may add one.

A block begins with what is in it; its batches follow, still packed, each read when one of its files is asked for. Each
block bears a digest of the archive's state and of the block before it, so none is believed in another place.
"""

import os
import pickle
from collections.abc import Collection, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from .batches import Kept, packed_index, unpacked
from .intake import Span

_BLOCKS = 50
"""So many blocks, and the index is written anew in one: each costs the next build a little."""

_HEAD = 8 + 32
"""Bytes at the start of a block: the length of what it says, its digest."""


class Damaged(Exception):
    """The archive doesn't hold what its index says."""


class _Block(NamedTuple):
    """What a block says.

    - `length`: of the archive's data, so far; `forgotten`: the bytes of it that are overwritten;
    - `batches`: the place in the data where the records of each begin, its length in the index, its checksum;
    - `paths`: the files of each batch; `gone`: the files of which nothing is kept any more.
    """

    length: int
    forgotten: int
    batches: list[tuple[int, int, int]]
    paths: list[list[str]]
    gone: list[str]


_Batch = tuple[int, bytes, int]
"""The place in the data where the records of a batch begin, the batch as it is packed, its checksum."""


def read_part(file: int, span: Span) -> bytes:
    """Read a part of an open file. Raises Damaged when it isn't what it was."""
    content = os.pread(file, span.length, span.start)
    if crc32(content) != span.checksum:
        raise Damaged
    return content


class Index:
    """The index in a file, for one state of the archive.

    `length` and `forgotten` count the bytes of the archive's data, as in its blocks.
    """

    def __init__(self, path: Path, state: str) -> None:
        """Begin an empty index."""
        self.length = self.forgotten = 0
        self._path = path
        self._state = state
        self._file = -1
        self._size = 0
        self._digests: list[bytes] = []  # Of each block.
        self._batches: list[tuple[int, bytes | Span]] = []  # Each in hand, or where the file has it.
        self._sizes: list[int] = []  # How many files each is of.
        self._opened: dict[int, dict[str, Kept]] = {}
        self._where: dict[str, int] = {}  # The batch that each file is in.
        self._new = 0  # The first batch that the file doesn't have yet.

    def read(self) -> None:
        """Learn what the file says, up to the first block that isn't whole. Raises OSError."""
        self._file = os.open(self._path, os.O_RDONLY)
        for block in self._read_blocks(os.fstat(self._file).st_size):
            self.length, self.forgotten = block.length, block.forgotten
            self._new = len(self._batches)
            for number, paths in enumerate(block.paths, self._new - len(block.batches)):
                self._where |= dict.fromkeys(paths, number)
            for path in block.gone:
                del self._where[path]

    def _read_blocks(self, end: int) -> Iterator[_Block]:
        position = 0
        while end > position + _HEAD:
            head = os.pread(self._file, _HEAD, position)
            length, digest = int.from_bytes(head[:8], "big"), head[8:]
            body = os.pread(self._file, min(length, end), position + _HEAD)
            if digest != self._digest(body):
                return
            block: _Block = pickle.loads(body)
            start = position + _HEAD + length
            position = start + sum(length for _, length, _ in block.batches)
            if position > end:
                return
            self._digests.append(digest)
            self._size = position
            for (base, length, checksum), paths in zip(block.batches, block.paths, strict=True):
                self._batches.append((base, Span(start, length, checksum)))
                self._sizes.append(len(paths))
                start += length
            yield block

    def _digest(self, body: bytes) -> bytes:
        """Give what a block must bear to be this state's, and to come right after the last one."""
        return blake2b(self._state.encode() + b"".join(self._digests[-1:]) + body, digest_size=32).digest()

    def __bool__(self) -> bool:
        """Tell whether the file had a block to believe."""
        return bool(self._digests)

    def paths(self) -> Collection[str]:
        """Give the files of which something is kept."""
        return self._where.keys()

    def find(self, path: str) -> Kept | None:
        """Give what is kept of a file. Raises Damaged."""
        number = self._where.get(path)
        return None if number is None else self._open(number)[path]

    def _open(self, number: int) -> dict[str, Kept]:
        if number not in self._opened:
            self._opened[number] = unpacked(self._packed(number), self._batches[number][0])
        return self._opened[number]

    def _packed(self, number: int) -> bytes:
        _, batch = self._batches[number]
        return read_part(self._file, batch) if isinstance(batch, Span) else batch

    def add(self, packed: bytes) -> dict[str, Kept]:
        """Take a batch whose records begin at the data's end, and give what it holds, by path."""
        self._batches.append((self.length, packed))
        found = self._open(len(self._batches) - 1)
        self._sizes.append(len(found))
        return found

    def new(self) -> dict[str, Kept]:
        """Give what was added, by path."""
        return {path: kept for number in self._added() for path, kept in self._open(number).items()}

    def _added(self) -> range:
        return range(self._new, len(self._batches))

    def is_alone(self) -> bool:
        """Tell whether the file is still what was read."""
        try:
            return self._path.stat().st_size == self._size
        except FileNotFoundError:
            return False

    def can_grow(self) -> bool:
        """Tell whether another block fits behind those of the file, few and of no great size."""
        added = sum(len(self._open(number)) for number in self._added())
        return added < len(self._where) // 4 and 0 < len(self._digests) < _BLOCKS

    def append(self, stale: Collection[str]) -> None:
        """Add what is new to the file, and that nothing is kept any more of `stale` files that are not among it."""
        added = self._added()
        paths = [list(self._open(number)) for number in added]
        gone = sorted(set(stale).difference(*paths))
        with self._path.open("ab") as file:
            file.write(self._block([self._batch(number) for number in added], paths, gone))

    def rewrite(self, stale: Collection[str]) -> None:
        """Write the file anew, without what it said of `stale` files."""
        where = {path: number for path, number in self._where.items() if path not in stale}
        where |= {path: number for number in self._added() for path in self._open(number)}
        shares: dict[int, list[str]] = {}
        for path, number in where.items():
            shares.setdefault(number, []).append(path)
        batches = [self._live(number, paths) for number, paths in shares.items()]
        self._digests = []
        part = self._path.with_name(f"index.{os.getpid()}.part")
        part.write_bytes(self._block(batches, list(shares.values()), []))
        part.replace(self._path)

    def _live(self, number: int, paths: list[str]) -> _Batch:
        """Give a batch without the files that are not its own any more."""
        if self._sizes[number] == len(paths):
            return self._batch(number)
        known = self._open(number)
        packed = packed_index({path: known[path] for path in paths})
        return 0, packed, crc32(packed)

    def _batch(self, number: int) -> _Batch:
        """Give a batch as it is: whether one of the file is still what it was is for those to tell who open it."""
        base, batch = self._batches[number]
        if isinstance(batch, Span):
            return base, os.pread(self._file, batch.length, batch.start), batch.checksum
        return base, batch, crc32(batch)

    def _block(self, batches: list[_Batch], paths: list[list[str]], gone: list[str]) -> bytes:
        places = [(base, len(packed), checksum) for base, packed, checksum in batches]
        body = pickle.dumps(_Block(self.length, self.forgotten, places, paths, gone), 5)
        head = len(body).to_bytes(8, "big") + self._digest(body)
        return b"".join((head, body, *(packed for _, packed, _ in batches)))

    def close(self) -> None:
        """Let go of the file and of all that was read."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1
        self._batches, self._sizes, self._opened, self._where = [], [], {}, {}
