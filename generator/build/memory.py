"""What the last build of an output left there: the fingerprint of each file, what it looked like, what it came from.

Kept in the cache folder. Whatever is damaged, foreign, of another version or of an interrupted build is not believed:
the files concerned are made again.
"""

import os
import pickle
import sys
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import generator

from .ground import ALIAS, Ground
from .publish import MARKER
from .signatures import UNTOLD

FileState = tuple[str, int, int]
"""Fingerprint of its inputs, length in bytes, modification time in nanoseconds."""


class _Kept(NamedTuple):
    """A memory on disk: `states` and the inputs of its ground column by column, which is quick to read and to write."""

    published: int
    paths: str
    fingerprints: str
    lengths: "array[int]"
    times: "array[int]"
    inputs: bytes
    ground: Ground | None


@dataclass(slots=True)
class Memory:
    """The remembered state of one output folder's files, by path from the site's root, in a folder of its own.

    `as_of` is when the output was published; 0 when nothing is known of it.
    """

    folder: Path
    output: Path
    as_of: int = 0
    states: dict[str, FileState] = field(default_factory=dict)
    ground: Ground | None = None
    _found: dict[str, FileState] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path, output: Path, clean: bool = False) -> "Memory":
        """Read what is known of an output; nothing when a clean build is asked for."""
        name = blake2b(str(output.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        memory = cls(root / ".cache" / "builds" / name, output)
        if not clean:
            try:
                known: Any = unsealed((memory.folder / "memory").read_bytes())
                if known and known.published == memory.published():
                    memory.as_of = known.published
                    memory.states, memory.ground = _states(known), _ground(known)
            except OSError:
                pass
        return memory

    def has(self, path: str, fingerprint: str) -> bool:
        """Tell whether the output holds a file made from the same inputs, untouched since."""
        state = self.states.get(path)
        if state is None or state[0] != fingerprint:
            return False
        if path not in self._found and not self._is_untouched(path, state):
            return False
        self._found[path] = state
        return True

    def is_whole(self) -> bool:
        """Tell whether the output holds every file as it was left there."""
        return all(self._is_untouched(path, state) for path, state in self.states.items())

    def trust(self) -> None:
        """Take every file for found as it was left there."""
        self._found = self.states.copy()

    def _is_untouched(self, path: str, state: FileState) -> bool:
        try:
            found = os.stat(f"{self.output}/{path}", follow_symlinks=False)
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == state[1:]

    def gone(self, made: Mapping[str, str]) -> list[str]:
        """Give the files that the site had and no longer has."""
        return [path for path in self.states if path not in made]

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
        states = {}
        for path, fingerprint in fingerprints.items():
            state = self._found.get(path)
            states[path] = state if state and state[0] == fingerprint else self._state(path, fingerprint)
        self._write(states, ground)

    def renew(self, fingerprints: Mapping[str, str], ground: Ground) -> None:
        """Remember some files anew, once they were published, and all others as they were."""
        self._write(self.states | {path: self._state(path, each) for path, each in fingerprints.items()}, ground)

    def _state(self, path: str, fingerprint: str) -> FileState:
        found = os.stat(f"{self.output}/{path}", follow_symlinks=False)
        return fingerprint, found.st_size, found.st_mtime_ns

    def _write(self, states: Mapping[str, FileState], ground: Ground | None) -> None:
        fingerprints, lengths, times = zip(*states.values(), strict=True) if states else ((), (), ())
        inputs = b"".join(map(bytes.__add__, ground.inputs.keys(), ground.inputs.values())) if ground else b""
        kept = _Kept(
            self.published(),
            _END.join(states),
            _END.join(fingerprints),
            array("q", lengths),
            array("q", times),
            inputs,
            ground and ground._replace(inputs={}),
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"memory.{os.getpid()}.part"
        part.write_bytes(sealed(kept))
        part.replace(self.folder / "memory")


_END = "\0"
"""It stands in no file's name, and in no fingerprint."""


def _states(kept: _Kept) -> dict[str, FileState]:
    paths, fingerprints = kept.paths.split(_END), kept.fingerprints.split(_END)
    return dict(zip(paths, zip(fingerprints, kept.lengths, kept.times, strict=True), strict=True))


def _ground(kept: _Kept) -> Ground | None:
    if kept.ground is None:
        return None
    row, rows = ALIAS + len(UNTOLD), kept.inputs
    inputs = {rows[at : at + ALIAS]: rows[at + ALIAS : at + row] for at in range(0, len(rows), row)}
    return kept.ground._replace(inputs=inputs)


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
    return pickle.loads(content[_SEAL:]) if content[:_SEAL] == _seal(content[_SEAL:]) else None


_SEAL = 32


def _seal(body: bytes) -> bytes:
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
