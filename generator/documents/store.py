"""The documents made so far, each under the fingerprint of what it was made from.

One file is one document, named `<fingerprint>.<length>.<checksum>`: the name tells what should be inside, so a file cut
short or damaged is never taken for the document. Files appear whole, by renaming. Whoever uses the store shares a lock
on its folder, and only who has it alone throws anything away.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

WORKING = "pictures-"
"""How the names of folders begin where pictures are prepared for print; one left behind was a dead process's."""

_NAME = re.compile(r"([0-9a-f]{24})\.([0-9]+)\.([0-9a-f]{8})")
_PART = re.compile(r"[0-9a-f]{24}\.[0-9]+\.part")


class Stored(NamedTuple):
    """A document at hand: where it lies, and its length in bytes. The file's name changes with its content."""

    path: Path
    size: int

    def is_whole(self) -> bool:
        """Tell whether the file holds what its name says, by reading all of it."""
        with suppress(OSError):
            content = self.path.read_bytes()
            return len(content) == self.size and f"{crc32(content):08x}" == self.path.suffix[1:]
        return False


class Store:
    """The store of one campaign, in `.cache/documents` under its root."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    @contextmanager
    def opened(cls, root: Path) -> Iterator["Store"]:
        """Give the store for as long as nothing may vanish from it; one that isn't there is empty."""
        store = cls(root / ".cache" / "documents")
        try:
            handle = os.open(store.folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            store._names = {}
            yield store
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            yield store
        finally:
            os.close(handle)

    @cached_property
    def _names(self) -> dict[str, str]:
        """The files of the right length, by fingerprint."""
        names = []
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                found = _NAME.fullmatch(entry.name)
                if found and entry.stat().st_size == int(found[2]):
                    names.append(entry.name)
        return {name.partition(".")[0]: name for name in sorted(names)}

    def __bool__(self) -> bool:
        """Tell whether it holds anything."""
        return bool(self._names)

    def state(self) -> bytes:
        """Give what changes with the documents that it holds, and with nothing else; nothing when it holds none."""
        return blake2b(" ".join(self._names.values()).encode(), digest_size=12).digest() if self else b""

    def find(self, fingerprint: str) -> Stored | None:
        """Give the document made from inputs of that fingerprint, None when there is none of the right length."""
        name = self._names.get(fingerprint)
        return Stored(self.folder / name, int(name.split(".")[1])) if name else None

    def keep(self, fingerprint: str, content: bytes) -> None:
        """Put a document into the store. Raises OSError when the disk won't have it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{fingerprint}.{os.getpid()}.part"
        try:
            part.write_bytes(content)
            part.replace(self.folder / f"{fingerprint}.{len(content)}.{crc32(content):08x}")
        except OSError:
            part.unlink(missing_ok=True)
            raise


def sweep(root: Path, current: Container[str]) -> int:
    """Throw away all documents but those of the `current` fingerprints; give how many.

    Nothing is thrown away while someone else uses the store: the next sweep will do.
    """
    folder = root / ".cache" / "documents"
    swept = 0
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return swept
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for name in os.listdir(folder):
            found = _NAME.fullmatch(name)
            if (found and found[1] not in current) or _PART.fullmatch(name):
                (folder / name).unlink(missing_ok=True)
                swept += bool(found)
            elif name.startswith(WORKING):
                shutil.rmtree(folder / name, ignore_errors=True)
    except OSError:
        pass
    finally:
        os.close(handle)
    return swept
