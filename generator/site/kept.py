"""What drawing need not begin with again: templates compiled and frames drawn by earlier builds.

One file in the cache folder. A file that is damaged, or of another state of the program, counts as empty; what it holds
of a template or a frame counts only under the stamp that it was kept with, a digest of all that it was made from.
"""

import marshal
import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

_HEAD = 32
"""Bytes at the start of the file: its digest."""


class Kept:
    """Values that the `marshal` module knows, by name and stamp: code, strings, tuples. Without a file, none last."""

    def __init__(self, file: Path | None = None, state: str = "", *, afresh: bool = False) -> None:
        """Open what a file keeps for one state of the program; `afresh`, begin with nothing."""
        self._file = file
        self._state = state
        self._values: dict[str, tuple[str, bytes]] = {} if afresh or file is None else self._read(file)
        self._is_new = False

    def get(self, name: str, stamp: str) -> Any:
        """Give what is kept under a name, None unless it bears that stamp."""
        found = self._values.get(name)
        return marshal.loads(found[1]) if found and found[0] == stamp else None

    def put(self, name: str, stamp: str, value: Any) -> None:
        """Keep a value in the place of any other of its name."""
        self._values[name] = stamp, marshal.dumps(value)
        self._is_new = True

    def save(self) -> None:
        """Write the file, if anything is new. When the disk won't have it, the next build makes all anew."""
        if self._file is None or not self._is_new:
            return
        body = marshal.dumps(self._values)
        part = self._file.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(self._digest(body) + body)
            part.replace(self._file)
        self._is_new = False

    def _read(self, file: Path) -> dict[str, tuple[str, bytes]]:
        try:
            content = file.read_bytes()
        except OSError:
            return {}
        # `marshal` believes all that it reads, so it reads nothing but what this very program wrote.
        body = content[_HEAD:]
        return marshal.loads(body) if content[:_HEAD] == self._digest(body) else {}

    def _digest(self, body: bytes) -> bytes:
        return blake2b(self._state.encode() + b"\n" + body, digest_size=_HEAD).digest()
