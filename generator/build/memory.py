"""What the last build of an output left there: the fingerprint of each file, what it looked like, what it came from.

Kept in the cache folder. Whatever is damaged, foreign, of another version or of an interrupted build is not believed:
the files concerned are made again.
"""

import os
import pickle
import sys
from array import array
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import generator

from .ground import Files, Ground
from .parts import Forgotten, Part, Parts
from .publish import MARKER
from .signatures import opened


class _Kept(Parts):
    """What was known of files, column by column, which is quick to read and to write, and what the output stood on.

    - `paths`, `fingerprints`: of each file, as one text;
    - `lengths`: in bytes; `times`: of modification, in nanoseconds;
    - `ground`: without its files; `aliases`, `signatures`: these.
    """

    paths = Part[str]()
    fingerprints = Part[str]()
    lengths = Part["array[int]"]()
    times = Part["array[int]"]()
    ground = Part[Ground | None]()
    aliases = Part[bytes]()
    signatures = Part[bytes]()


class _Head(NamedTuple):
    """What says whether the rest is to be believed: when the output was published, and the checksums of the parts."""

    published: int
    parts: dict[str, int]


_END = "\0"
"""It stands in no file's name, and in no fingerprint."""


class Memory:
    """The remembered state of one output folder's files, by path from the site's root, in a folder of its own.

    `as_of` is when the output was published; 0 when nothing is known of it.
    """

    def __init__(self, folder: Path, output: Path) -> None:
        """Begin without knowing anything."""
        self.folder = folder
        self.output = output
        self._know_nothing()
        self._found: set[str] = set()
        self._is_trusted = False

    def _know_nothing(self) -> None:
        self.as_of = 0
        self._kept = _Kept(self.folder / "memory", {})
        self._kept.paths = self._kept.fingerprints = ""
        self._kept.lengths, self._kept.times = array("q"), array("q")
        self._kept.ground, self._kept.aliases, self._kept.signatures = None, b"", b""

    @classmethod
    def load(cls, root: Path, output: Path, clean: bool = False) -> "Memory":
        """Open what is known of an output; nothing when a clean build is asked for.

        What is asked of it then raises Forgotten where it isn't as it was written.
        """
        name = blake2b(str(output.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        memory = cls(root / ".cache" / "builds" / name, output)
        if not clean:
            try:
                known: Any = unsealed((memory.folder / "memory").read_bytes())
                if known and known.published == memory.published():
                    memory.as_of = known.published
                    memory._kept = _Kept(memory.folder / "memory", known.parts)
            except OSError:
                pass
        return memory

    def confirm(self) -> None:
        """Read all of it at once; know nothing rather than half of it."""
        try:
            for name in self._kept.names:
                self._kept.read(name)
        except Forgotten:
            self._know_nothing()

    @cached_property
    def ground(self) -> Ground | None:
        """Give what the last build stood on."""
        kept = self._kept
        return kept.ground and kept.ground._replace(files=Files(kept.aliases, kept.signatures))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        """Give where the columns tell of each file."""
        return {path: rank for rank, path in enumerate(self._kept.paths.split(_END)) if path}

    @cached_property
    def _fingerprints(self) -> list[str]:
        return self._kept.fingerprints.split(_END)

    def fingerprint(self, path: str) -> str:
        """Give that of a file, empty when there was no such file."""
        rank = self._ranks.get(path)
        return "" if rank is None else self._fingerprints[rank]

    def has(self, path: str, fingerprint: str) -> bool:
        """Tell whether the output holds a file made from the same inputs, untouched since."""
        if self.fingerprint(path) != fingerprint:
            return False
        if path not in self._found and not self._is_trusted and not self._is_untouched(path):
            return False
        self._found.add(path)
        return True

    def is_whole(self) -> bool:
        """Tell whether the output holds every file as it was left there, as far as that is known."""
        lstat = os.lstat
        try:
            with opened(self.output) as folder:
                for path, length, time in zip(self._ranks, self._kept.lengths, self._kept.times, strict=True):
                    found = lstat(path, dir_fd=folder)
                    if found.st_size != length or found.st_mtime_ns != time:
                        return False
        except (OSError, Forgotten):
            return False
        return True

    def trust(self) -> None:
        """Take every file for found as it was left there."""
        self._is_trusted = True

    def _is_untouched(self, path: str) -> bool:
        rank = self._ranks[path]
        try:
            return self._state(path) == (self._kept.lengths[rank], self._kept.times[rank])
        except OSError:
            return False

    def _state(self, path: str) -> tuple[int, int]:
        found = os.lstat(f"{self.output}/{path}")
        return found.st_size, found.st_mtime_ns

    def gone(self, made: Mapping[str, str]) -> list[str]:
        """Give the files that the site had and no longer has."""
        return [path for path in self._ranks if path not in made]

    def published(self) -> int:
        """Give the time of the output's marker, in nanoseconds.

        It ties the two together: an older memory, brought back with its cache, would not know every file.
        """
        return (self.output / MARKER).stat().st_mtime_ns

    def publish(self) -> int:
        """Set that time anew, and give it: the output is as it will be remembered."""
        (self.output / MARKER).touch()
        return self.published()

    def begin(self) -> None:
        """Forget all on disk: an interrupted switch must not leave a memory of files that it replaced."""
        (self.folder / "memory").unlink(missing_ok=True)

    def save(self, fingerprints: Mapping[str, str], ground: Ground | None) -> None:
        """Remember the output as it is now, once it was published."""
        lengths, times = array("q"), array("q")
        for path, fingerprint in fingerprints.items():
            if path in self._found and self.fingerprint(path) == fingerprint:
                rank = self._ranks[path]
                length, time = self._kept.lengths[rank], self._kept.times[rank]
            else:
                length, time = self._state(path)
            lengths.append(length)
            times.append(time)
        self._kept.paths = _END.join(fingerprints)
        self._kept.fingerprints = _END.join(fingerprints.values())
        self._kept.lengths, self._kept.times = lengths, times
        self._stand_on(ground)
        self._write()

    def renew(self, fingerprints: Mapping[str, str], gone: Collection[str], ground: Ground) -> None:
        """Remember some files anew, once they were published, all others as they were, and no more of those `gone`."""
        prints, lengths, times = self._fingerprints, self._kept.lengths, self._kept.times
        came = [path for path in fingerprints if path not in self._ranks]
        for path in came:
            self._ranks[path] = len(prints)
            prints.append("")
            lengths.append(0)
            times.append(0)
        for path, fingerprint in fingerprints.items():
            rank = self._ranks[path]
            prints[rank] = fingerprint
            lengths[rank], times[rank] = self._state(path)
        if gone:
            ranks = [rank for path, rank in self._ranks.items() if path not in gone]
            prints = [prints[rank] for rank in ranks]
            lengths, times = (array("q", [column[rank] for rank in ranks]) for column in (lengths, times))
        if came or gone:
            self._kept.paths = _END.join(path for path in self._ranks if path not in gone)
        self._kept.fingerprints = _END.join(prints)
        self._kept.lengths, self._kept.times = lengths, times
        self._stand_on(ground)
        self._write()

    def _stand_on(self, ground: Ground | None) -> None:
        files = ground.files if ground else Files(b"", b"")
        self._kept.ground = ground and ground._replace(files=Files(b"", b""))
        if files.aliases != self._kept.aliases:
            self._kept.aliases = files.aliases
        self._kept.signatures = files.signatures

    def _write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"memory.{os.getpid()}.part"
        part.write_bytes(sealed(_Head(self.published(), self._kept.save())))
        part.replace(self.folder / "memory")


def whole_since(root: Path, output: Path) -> int:
    """Give when an output was published, as `Memory.as_of`, 0 when it isn't as it was left."""
    memory = Memory.load(root, output)
    return memory.as_of if memory.is_whole() else 0


def sealed(value: object) -> bytes:
    """Pack a value so that no other version of the program takes it for its own, nor this one when it is damaged."""
    body = pickle.dumps(value, 5)
    return _seal(body) + body


def unsealed(content: bytes) -> object:
    """Give the value, None when it can't be believed."""
    body = memoryview(content)[_SEAL:]
    return pickle.loads(body) if content[:_SEAL] == _seal(body) else None


_SEAL = 32


def _seal(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_SEAL, key=program_digest().encode()).digest()


@cache
def program_digest() -> str:
    """Give a digest of the program and its packages, so that no cache outlives the versions that made it."""
    folder = Path(generator.__file__).parent
    # Installing, upgrading or removing a package changes the folder of packages.
    spec = find_spec("pydantic")
    assert spec
    assert spec.origin
    packages = Path(spec.origin).parent.parent
    state = blake2b(f"{sys.version} {packages} {packages.stat().st_mtime_ns}".encode(), digest_size=12)
    for path, length, time in sorted(_program(str(folder))):
        state.update(f"{path.removeprefix(str(folder))}:{length}:{time};".encode())
    return state.hexdigest()


def _program(folder: str) -> Iterator[tuple[str, int, int]]:
    """Give the program's files, each with its length and the time at which it was changed, in nanoseconds."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _program(entry.path)
            elif entry.name.endswith(".py"):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime_ns
