"""What drawing need not begin with again: templates compiled, frames drawn, style sheets made by earlier builds.

One file for each in the cache folder, so that processes that draw side by side find what the others made. A file counts
only with the digest of its content, of the program that wrote it, and of all that it was made from.
"""

import marshal
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

_HEAD = 32
"""Bytes at the start of a file: its digest."""


class Kept:
    """Values that the `marshal` module knows (code, text, tuples), by name. Without a folder, nothing is kept."""

    def __init__(self, folder: Path | None = None, program: str = "", *, afresh: bool = False) -> None:
        """Open a folder for one state of the program; `afresh`, what lies there already is not used."""
        self._folder = folder
        self._program = program
        self._afresh = afresh

    @classmethod
    def of(cls, root: Path, program: str, *, afresh: bool = False) -> "Kept":
        """Open the folder of a campaign's cache."""
        return cls(root / ".cache" / "templates", program, afresh=afresh)

    def is_there(self) -> bool:
        """Tell whether anything was kept."""
        return self._folder is not None and self._folder.is_dir()

    def get(self, name: str, made_from: str) -> Any:
        """Give the value that was kept under a name with a digest of all that it is made from, None without any."""
        if self._folder is None or self._afresh:
            return None
        try:
            content = self._path(self._folder, name).read_bytes()
        except OSError:
            return None
        # `marshal` believes all that it reads, so it reads nothing but what this very program wrote.
        body = content[_HEAD:]
        return marshal.loads(body) if content[:_HEAD] == self._digest(name, made_from, body) else None

    def put(self, name: str, made_from: str, value: Any) -> None:
        """Keep a value in the place of any other of its name. When the disk won't have it, it is made again."""
        if self._folder is None:
            return
        body = marshal.dumps(value)
        path = self._path(self._folder, name)
        part = path.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(self._digest(name, made_from, body) + body)
            part.replace(path)

    @staticmethod
    def _path(folder: Path, name: str) -> Path:
        return folder / blake2b(name.encode(), digest_size=8).hexdigest()

    def _digest(self, name: str, made_from: str, body: bytes) -> bytes:
        known = repr((self._program, name, made_from)).encode()
        return blake2b(known + body, digest_size=_HEAD).digest()
