"""Where sealed files lie: a folder of this machine, or an S3 bucket (`generator.collector.bucket`).

Both only ever create files that were not there: nothing is overwritten, so writers in several processes or on
several machines need no lock. A name is a path inside the store, with `/`: `lettre-d-information/2026-11/k3….age`.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

Staged = tuple[str, Any]
"""A file that is prepared but not there yet: its name, and its bytes or where they wait, as its store likes."""


class Store(Protocol):
    """What a vault needs of a place to keep files. Every method raises OSError when the place fails."""

    writers: int
    """How many groups of files are best written at the same time."""

    def stage(self, name: str, data: bytes) -> Staged:
        """Prepare a file."""

    def harden(self, files: Sequence[Staged]) -> None:
        """Return once the bytes of prepared files will outlive a power cut: only their appearance is left to do."""

    def publish(self, staged: Staged) -> bool:
        """Make a prepared file appear, whole; give False when one of that name is there already."""

    def discard(self, staged: Staged) -> None:
        """Give up a prepared file."""

    def settle(self, names: Iterable[str]) -> None:
        """Return once the files of these names will outlive a power cut."""

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes, None when there is none."""

    def names(self, prefix: str) -> Iterator[str]:
        """Give the names that begin with a folder (`lettre-d-information/`), in no order."""

    def move(self, name: str, other: str) -> bool:
        """Give a file another name in its folder, durably; of several who try, one gets True."""

    def delete(self, name: str) -> bool:
        """Remove a file for good, older versions included; give False when there was none."""


SYNCING = 16
"""Files made durable at the same time."""


class Folder:
    """A store in a folder. Writing is: write, fsync, link under the final name, fsync of the folder.

    `link` rather than `rename`, since it refuses a name that is taken. Bytes wait in `.incoming/<random>/`, a folder
    that its process keeps locked; one whose lock is free belonged to a process that died, and is swept.
    """

    writers = 1

    def __init__(self, root: Path) -> None:
        self._root = root
        self._incoming: Path | None = None
        self._lock = -1
        self._opening = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None

    def open(self) -> None:
        """Prepare to write: sweep what dead processes left. Writing does it when need be."""
        with self._opening:
            while self._incoming is None or not self._incoming.is_dir():
                self._incoming = self._claim()

    def stage(self, name: str, data: bytes) -> Staged:
        """Write the bytes."""
        waiting = f"{self._incoming}/{secrets.token_hex(8)}"
        try:
            file = os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileNotFoundError:
            self.open()
            waiting = f"{self._incoming}/{secrets.token_hex(8)}"
            file = os.open(waiting, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            while data:
                data = data[os.write(file, data) :]
        except OSError:
            os.unlink(waiting)
            raise
        finally:
            os.close(file)
        return name, waiting

    def harden(self, files: Sequence[Staged]) -> None:
        """Fsync the files. Several at once: the file system then writes its journal once for all of them."""
        if len(files) == 1:
            _sync(files[0][1])
        else:
            self._pool = self._pool or ThreadPoolExecutor(SYNCING)
            shares = [files[start::SYNCING] for start in range(min(SYNCING, len(files)))]
            for _ in self._pool.map(_sync_all, shares):
                pass

    def publish(self, staged: Staged) -> bool:
        """Link the file under its name."""
        name, waiting = staged
        try:
            self._link(waiting, f"{self._root}/{name}")
        except FileExistsError:
            return False
        finally:
            os.unlink(waiting)
        return True

    def discard(self, staged: Staged) -> None:
        """Remove the waiting bytes."""
        os.unlink(staged[1])

    def settle(self, names: Iterable[str]) -> None:
        """Fsync the folders that hold the names."""
        for folder in {os.path.dirname(name) for name in names}:
            _sync(self._root / folder)

    def read(self, name: str) -> bytes | None:
        """Give a file's bytes, None when there is none."""
        try:
            with open(f"{self._root}/{name}", "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def names(self, prefix: str) -> Iterator[str]:
        """Give the names under a folder, and under its folders."""
        for folder, folders, files in os.walk(self._root / prefix):
            # Dot-folders are not records, unless they are what was asked for.
            folders[:] = [name for name in folders if not name.startswith(".")]
            for file in files:
                yield os.path.relpath(os.path.join(folder, file), self._root)

    def move(self, name: str, other: str) -> bool:
        """Rename a file, then fsync its folder."""
        try:
            os.rename(self._root / name, self._root / other)
        except FileNotFoundError:
            return False
        _sync((self._root / other).parent)
        return True

    def delete(self, name: str) -> bool:
        """Remove a file, then fsync its folder."""
        place = self._root / name
        try:
            place.unlink()
        except FileNotFoundError:
            return False
        _sync(place.parent)
        return True

    def _link(self, waiting: str, place: str) -> None:
        try:
            os.link(waiting, place)
        except FileNotFoundError:
            _make(Path(place).parent)
            os.link(waiting, place)

    def _claim(self) -> Path:
        """Give a new waiting folder, locked for as long as this process lives."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        waiting = self._root / ".incoming"
        _make(waiting)
        sweep(waiting)
        while True:
            incoming = waiting / secrets.token_hex(8)
            incoming.mkdir(mode=0o700)
            with contextlib.suppress(FileNotFoundError, BlockingIOError):
                self._lock = os.open(incoming, os.O_RDONLY | os.O_DIRECTORY)
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Until it was locked, another process could take it for a dead one's and sweep it.
                if incoming.is_dir():
                    return incoming
            if self._lock >= 0:
                os.close(self._lock)
                self._lock = -1


def sweep(incoming: Path) -> None:
    """Remove what dead processes left half written: folders that no living process holds locked."""
    for folder in incoming.iterdir():
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(handle)


def _make(folder: Path) -> None:
    """Make a folder and those above it, each one durable."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def _sync_all(files: Sequence[Staged]) -> None:
    for _, waiting in files:
        _sync(waiting)


def _sync(place: Path | str) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
