"""What the last build of an output left there: the fingerprint of each file, and what the file looked like.

Kept in the cache folder, in JSON. Whatever is damaged, foreign, of another version or of an interrupted build is not
believed: the files concerned are made again.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path

import pydantic

import generator

from .publish import MARKER

FileState = tuple[str, int, int]
"""Fingerprint of its inputs, length in bytes, modification time in nanoseconds."""


@dataclass(slots=True)
class Memory:
    """The remembered state of one output folder's files, by path from the site's root."""

    file: Path
    output: Path
    states: dict[str, FileState] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path, output: Path, clean: bool) -> "Memory":
        """Read what is known of an output; nothing when a clean build is asked for."""
        name = blake2b(str(output.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
        memory = cls(root / ".cache" / "builds" / f"{name}.json", output)
        if clean:
            return memory
        try:
            data = json.loads(memory.file.read_bytes())
            if data["program"] == program_digest() and data["published"] == memory._marker().stat().st_mtime_ns:
                memory.states = {
                    path: (str(state[0]), int(state[1]), int(state[2])) for path, state in data["files"].items()
                }
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
            memory.states = {}
        return memory

    def has(self, path: str, fingerprint: str) -> bool:
        """Tell whether the output holds a file made from the same inputs, untouched since."""
        state = self.states.get(path)
        if state is None or state[0] != fingerprint:
            return False
        try:
            found = os.stat(f"{self.output}/{path}", follow_symlinks=False)
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == state[1:]

    def gone(self, made: Mapping[str, str]) -> list[str]:
        """Give the files that the site had and no longer has."""
        return [path for path in self.states if path not in made]

    def _marker(self) -> Path:
        return self.output / MARKER

    def begin(self) -> None:
        """Forget all on disk: an interrupted switch must not leave a memory of files that it replaced."""
        self.file.unlink(missing_ok=True)

    def save(self, fingerprints: dict[str, str]) -> None:
        """Remember the output as it is now.

        The marker's time ties them together: an older memory, brought back with its cache, would not know every file.
        """
        files = {}
        for path, fingerprint in fingerprints.items():
            found = os.stat(f"{self.output}/{path}", follow_symlinks=False)
            files[path] = (fingerprint, found.st_size, found.st_mtime_ns)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(f".{os.getpid()}.part")
        self._marker().touch()
        published = self._marker().stat().st_mtime_ns
        known = {"program": program_digest(), "published": published, "files": files}
        part.write_text(json.dumps(known), encoding="utf-8")
        part.replace(self.file)


@cache
def program_digest() -> str:
    """Give a digest of the program and its packages, so that no cache outlives the versions that made it."""
    folder = Path(generator.__file__).parent
    # Installing, upgrading or removing a package changes the folder of packages.
    packages = Path(pydantic.__file__).parent.parent
    state = blake2b(f"{sys.version} {packages} {packages.stat().st_mtime_ns}".encode(), digest_size=12)
    for path in sorted(folder.rglob("*.py")):
        found = path.stat()
        state.update(f"{path.relative_to(folder)}:{found.st_size}:{found.st_mtime_ns};".encode())
    return state.hexdigest()
