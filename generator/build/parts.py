"""What a plan says of all pages and records at once, part by part, each a file beside it.

A part is read when it is asked for first, and written again only when it is another one: most edits change none.
"""

import pickle
from array import array
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

from generator.campaign.outline import Key

from .notes import FeedPlace, Forgotten, Place, Turns

T = TypeVar("T")


class _Part(Generic[T]):
    """An attribute that lies in the file of its name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, parts: "Parts", owner: type) -> T:
        value: T = parts.read(self._name)
        return value

    def __set__(self, parts: "Parts", value: T) -> None:
        parts.put(self._name, value)


class Parts:
    """The parts of a plan in a folder. Reading one raises Forgotten where it isn't what was written, OSError.

    - `addresses`: the addresses and the layouts of pages by their numbers, each as one text; empty for pages that went;
    - `links`: where those of filters lie, by their digest;
    - `records`: the kinds and the ids of the records, in the order of their notes, each as one text; empty for those
      that went;
    - `order`: of each kind, the ranks of those that pages may show, in the order in which they do;
    - `turns`: when records turn into something else by themselves;
    - `feeds`: the documents of feeds.

    What is to be written is put in as a whole: a part that was changed in place would not be.
    """

    addresses = _Part[tuple[str, str]]()
    links = _Part[Mapping[str, Place]]()
    records = _Part[tuple[str, str]]()
    order = _Part[Mapping[str, "array[int]"]]()
    turns = _Part[Turns]()
    feeds = _Part[list[FeedPlace]]()

    def __init__(self, folder: Path, checksums: Mapping[str, int]) -> None:
        self._folder = folder
        self._checksums = dict(checksums)
        self._values: dict[str, Any] = {}
        self._anew: set[str] = set()

    def read(self, name: str) -> Any:
        """Give what lies in a file."""
        if name not in self._values:
            packed = self._path(name).read_bytes()
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
        return self._folder / f"plan.{name}"


END = "\0"
"""It stands in no id and in no address."""


def columns(keys: Collection[Key]) -> tuple[str, str]:
    """Give keys as a plan has them: as columns they are quick to read and to write."""
    return END.join(kind for kind, _ in keys), END.join(id_ for _, id_ in keys)


def keys_in(records: tuple[str, str]) -> list[Key]:
    """Give such keys one by one."""
    kinds, ids = records
    return list(zip(kinds.split(END), ids.split(END), strict=True)) if ids else []
