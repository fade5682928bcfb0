"""What earlier builds took in, kept so that only files that changed are read again.

Two files in the cache folder: `data` holds packed records end to end, `index` all the rest and where each record lies.
An archive that is damaged, of another version of the program or of other settings is dropped, never repaired.

What a file no longer says is not kept either: its records are overwritten, and of who had a portrait no older block of
the index is left. Of a file that holds something taken back, nothing is kept at all.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Collection
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from generator.campaign.rules import Standards
from generator.problems import Problem

from .batches import Batch, Kept, unpacked
from .index import Index, read_part
from .intake import Intake, Span
from .memory import program_digest
from .signatures import Signature

_SLACK = 10_000_000
"""So many bytes of forgotten records, and as many again as there are live ones, before the archive starts afresh."""


def damaged() -> Problem:
    """Give the warning that says what a damaged archive led to."""
    return Problem(".cache/records", 0, 0, "warning", "damaged-cache", "Le cache était abîmé : tout a été relu.")


class Archive:
    """The archive of one campaign, for one state of the program and its settings."""

    def __init__(self, folder: Path, state: str) -> None:
        """Begin an empty archive."""
        self.folder = folder
        self._index = Index(folder / "index", state)
        self._used: set[str] = set()
        self._data = -1  # The open file of packed records.
        self._lock: BinaryIO | None = None
        self._file: FileIO | None = None  # Open while new records may be added.

    @classmethod
    def of(cls, root: Path, standards: Standards, *, afresh: bool = False) -> "Archive":
        """Open the archive of a campaign checked by these standards; `afresh`, what it holds is not to be used."""
        folder, state = root / ".cache" / "records", f"{program_digest()} {standards!r}"
        archive = cls(folder, state)
        if not afresh:
            try:
                archive._index.read()
                archive._data = os.open(folder / "data", os.O_RDONLY)
                if archive._index.length <= os.fstat(archive._data).st_size:
                    return archive
            except OSError:
                pass
            archive._index.close()
            archive = cls(folder, state)
        return archive

    def __contains__(self, path: str) -> bool:
        """Tell whether something is kept of a file."""
        return path in self._index.paths()

    def find(self, path: str, current: Signature | None, now: datetime) -> Intake | None:
        """Give what a file gave last time, if the file is as it was and no moment passed since that changes it.

        Raises Damaged.
        """
        kept = self._index.find(path)
        if kept is None or kept.signature != current or not kept.is_current(now):
            return None
        self._used.add(path)
        return kept.intake

    def paths(self) -> Collection[str]:
        """Give the files of which something is kept."""
        return self._index.paths()

    def kept(self, path: str) -> Kept | None:
        """Give what is kept of a file, however old. Raises Damaged."""
        return self._index.find(path)

    def read(self, span: Span) -> bytes:
        """Give a packed record. Raises Damaged."""
        return read_part(self._data, span)

    def is_stale(self) -> bool:
        """Tell whether it holds files that were not found again as they were."""
        return len(self._used) < len(self._index.paths())

    def begin(self) -> None:
        """Make ready to keep what is new. When the disk or another build won't have it, nothing is kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("wb")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file = self._open_data()
        except OSError:
            self.let_go()

    @property
    def is_open(self) -> bool:
        """Tell whether it may still keep what is new."""
        return self._file is not None

    def keep(self, batch: Batch) -> dict[str, Intake]:
        """Keep what files gave, and give it by path, its records as kept, lighter."""
        if self._file:
            try:
                if self._file.write(batch.packed) != len(batch.packed):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError:
                self.let_go()
        if self._file is None:
            return batch.apart | _in_hand(batch)
        kept = self._index.add(batch.kept)
        self._index.length += len(batch.packed)
        return batch.apart | {path: each.intake for path, each in kept.items()}

    def commit(self, stale: Collection[str] | None = None) -> None:
        """Write the index of what is kept, and let go of it.

        What `stale` files held before is forgotten: by default, of all that were not found as they were.
        Raises Damaged.
        """
        if self._file:
            self._commit(self._file, set(self._index.paths()) - self._used if stale is None else stale)
        self.let_go()
        self._index.close()

    def _commit(self, file: FileIO, stale: Collection[str]) -> None:
        index, new = self._index, self._index.new()
        try:
            alone = index.is_alone()
            old = {path: kept for path in stale if (kept := index.find(path))}
            if alone:
                self._erase(file, old.values())
            if index.can_grow() and alone and not any(_tells_less(old[path], new.get(path)) for path in old):
                index.append(stale)
            elif index.length > 2 * (index.length - index.forgotten) + _SLACK:
                shutil.rmtree(self.folder, ignore_errors=True)
            else:
                index.rewrite(stale)
        except OSError:
            pass  # The next build reads again what isn't in the index.

    def _erase(self, file: FileIO, old: Collection[Kept]) -> None:
        """Overwrite the records of files that changed or are gone. Who still reads them finds the archive damaged."""
        for kept in old:
            for _, _, span in kept.intake.records:
                if isinstance(span, Span):
                    os.pwrite(file.fileno(), bytes(span.length), span.start)
                    self._index.forgotten += span.length

    def let_go(self) -> None:
        """Keep nothing more, and let others do so. What was written can still be read."""
        for file in (self._lock, self._file):
            if file:
                file.close()
        self._lock = self._file = None

    def _open_data(self) -> FileIO:
        """Open the data where new records go: at its end, or in a new file when nothing of the old one is known.

        Other builds may still read what is there, so it is never cut.
        """
        if self._index:
            file = FileIO(self.folder / "data", "r+")
        else:
            for name in ("index", "data"):
                (self.folder / name).unlink(missing_ok=True)
            file = FileIO(self.folder / "data", "x+")
        self._index.length = file.seek(0, os.SEEK_END)
        self._close()
        self._data = os.dup(file.fileno())
        return file

    def _close(self) -> None:
        if self._data >= 0:
            os.close(self._data)
            self._data = -1

    def __del__(self) -> None:
        """Close the files: whoever reads records holds the archive."""
        self._close()
        self._index.close()


def _tells_less(before: Kept, after: Kept | None) -> bool:
    """Tell whether the index holds something of a portrait, or of a file, that must not stay there."""
    if after is None:
        return True
    shown = [(outline._replace(digest=""), drawn) for outline, drawn, _ in after.intake.records]
    return any(
        outline.kind == "portrait" and (outline._replace(digest=""), drawn) not in shown
        for outline, drawn, _ in before.intake.records
    )


def _in_hand(batch: Batch) -> dict[str, Intake]:
    """Give what files gave with its records themselves, for want of an archive that holds them."""
    return {
        path: Intake(
            [
                (outline, sketch, batch.packed[at.start : at.start + at.length] if isinstance(at, Span) else at)
                for outline, sketch, at in kept.intake.records
            ],
            kept.intake.problems,
            kept.intake.unread,
        )
        for path, kept in unpacked(batch.kept, 0).items()
    }
