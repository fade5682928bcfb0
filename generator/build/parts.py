"""What is known of all files or records at once, part by part, each a file of its own.

A part is read when it is asked for first, and written again only when it is another one: most edits change few.
"""

import pickle
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

T = TypeVar("T")


class Forgotten(Exception):
    """What was written isn't there any more as it was."""


class Part(Generic[T]):
    """An attribute that lies in the file of its name."""

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn that name."""
        self._name = name

    def __get__(self, parts: "Parts", owner: type) -> T:
        """Give what lies there."""
        value: T = parts.read(self._name)
        return value

    def __set__(self, parts: "Parts", value: T) -> None:
        """Have something else lie there, once it is saved."""
        parts.put(self._name, value)


class Parts:
    """Parts in files whose names begin alike. Reading one raises Forgotten where it isn't what was written.

    What is to be written is put in as a whole: a part that was changed in place would not be.
    """

    def __init__(self, stem: Path, checksums: Mapping[str, int]) -> None:
        """Take the parts of these checksums, by name, for those written under a stem."""
        self._stem = stem
        self._checksums = dict(checksums)
        self._values: dict[str, Any] = {}
        self._anew: set[str] = set()

    @property
    def names(self) -> Collection[str]:
        """Give the names of all that was written."""
        return self._checksums.keys()

    def read(self, name: str) -> Any:
        """Give what lies in a file."""
        if name not in self._values:
            try:
                packed = self._path(name).read_bytes()
            except OSError:
                raise Forgotten from None
            if crc32(packed) != self._checksums[name]:
                raise Forgotten
            self._values[name] = pickle.loads(packed)
        return self._values[name]

    def put(self, name: str, value: object) -> None:
        """Have something else lie there, once it is saved."""
        self._values[name] = value
        self._anew.add(name)

    def save(self) -> dict[str, int]:
        """Write what is not as it was, and give the checksums of all files, by name. Raises OSError."""
        for name in self._anew:
            packed = pickle.dumps(self._values[name], 5)
            self._path(name).write_bytes(packed)
            self._checksums[name] = crc32(packed)
        self._anew.clear()
        return self._checksums

    def _path(self, name: str) -> Path:
        return self._stem.with_name(f"{self._stem.name}.{name}")
