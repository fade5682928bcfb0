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
        self._names: dict[str, str] = {}

    @classmethod
    @contextmanager
    def opened(cls, root: Path) -> Iterator["Store"]:
        """Give the store for as long as nothing may vanish from it; one that isn't there is empty."""
        store = cls(root / ".cache" / "documents")
        try:
            handle = os.open(store.folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            yield store
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            store._look()
            yield store
        finally:
            os.close(handle)

    def _look(self) -> None:
        for name in sorted(os.listdir(self.folder)):
            if found := _NAME.fullmatch(name):
                self._names[found[1]] = name

    def __bool__(self) -> bool:
        """Tell whether it holds anything."""
        return bool(self._names)

    def find(self, fingerprint: str) -> Stored | None:
        """Give the document made from inputs of that fingerprint, None when there is none of the right length."""
        name = self._names.get(fingerprint)
        if name is None:
            return None
        path, size = self.folder / name, int(name.split(".")[1])
        try:
            return Stored(path, size) if os.stat(path).st_size == size else None
        except OSError:
            return None

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
