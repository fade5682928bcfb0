"""What drawing need not begin with again: templates compiled, frames drawn, style sheets made.

One file for each in the cache folder, so that processes that draw side by side find what the others made, and the next
build too. What the program's own theme gives is there before the first build, beside the program: setting it up made
it (`build/compiling.py`). A file counts only with the digest of its content, of the program that wrote it, and of all
that it was made from.
"""

import marshal
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import generator

SET_UP = Path(generator.__file__).parent / "__pycache__" / "templates"
"""What setting up the program made lies where Python keeps the program's own code compiled. No build writes there."""

_HEAD = 32
"""Bytes at the start of a file: its digest."""


class Kept:
    """Values that the `marshal` module knows (code, text, tuples), by name. Without a folder, nothing is kept."""

    def __init__(
        self, folder: Path | None = None, program: str = "", *, ready: Path | None = None, afresh: bool = False
    ) -> None:
        """Open a folder for one state of the program; `afresh`, what lies there already is not used.

        What is found in the folder `ready` is neither made nor kept again.
        """
        self._folder = folder
        self._program = program
        self._found_in = [each for each in (ready, None if afresh else folder) if each]

    @classmethod
    def of(cls, root: Path, program: str, *, afresh: bool = False) -> "Kept":
        """Open the folder of a campaign's cache, besides what setting up the program made."""
        return cls(root / ".cache" / "templates", program, ready=SET_UP, afresh=afresh)

    def get(self, name: str, made_from: str) -> Any:
        """Give the value that was kept under a name with a digest of all that it is made from, None without any."""
        for folder in self._found_in:
            with suppress(OSError):
                content = self._path(folder, name).read_bytes()
                # `marshal` believes all that it reads, so it reads nothing but what this very program wrote.
                body = content[_HEAD:]
                if content[:_HEAD] == self._digest(name, made_from, body):
                    return marshal.loads(body)
        return None

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
