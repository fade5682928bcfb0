"""What the last build of an output left there: the fingerprint of each file, what it looked like, what it came from.

Kept in the cache folder. Whatever is damaged, foreign, of another version or of an interrupted build is not believed:
the files concerned are made again.
"""

import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import generator

from .ground import Ground
from .publish import MARKER

FileState = tuple[str, int, int]
"""Fingerprint of its inputs, length in bytes, modification time in nanoseconds."""


class _Kept(NamedTuple):
    published: int
    files: dict[str, FileState]
    ground: Ground | None


@dataclass(slots=True)
class Memory:
    """The remembered state of one output folder's files, by path from the site's root, in a folder of its own."""

    folder: Path
    output: Path
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
                    memory.states, memory.ground = known.files, known.ground
            except OSError:
                pass
        return memory

    def has(self, path: str, fingerprint: str) -> bool:
        """Tell whether the output holds a file made from the same inputs, untouched since."""
        state = self.states.get(path)
        if state is None or state[0] != fingerprint or not self._is_untouched(path, state):
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
        files = {}
        for path, fingerprint in fingerprints.items():
            state = self._found.get(path)
            if state is None or state[0] != fingerprint:
                found = os.stat(f"{self.output}/{path}", follow_symlinks=False)
                state = fingerprint, found.st_size, found.st_mtime_ns
            files[path] = state
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"memory.{os.getpid()}.part"
        part.write_bytes(sealed(_Kept(self.published(), files, ground)))
        part.replace(self.folder / "memory")


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
    for path in sorted(folder.rglob("*.py")):
        found = path.stat()
        state.update(f"{path.relative_to(folder)}:{found.st_size}:{found.st_mtime_ns};".encode())
    return state.hexdigest()
