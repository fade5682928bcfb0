"""The switch: rendered files wait in a staging folder and move into the output at the end.

A crash at any moment leaves each file of the site whole, old or new, and the next build finishes the job. A folder
that the program did not make is never written to: a marker file tells its own folders from a person's.
"""

import fcntl
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.problems import Problem, reason

MARKER = ".ville-solidaire"
STAGING = ".ville-solidaire-staging"
SEARCH = "pagefind"
"""The search index's folder, which `ville index` owns."""

_MARK = "Ce dossier est fait par « ville build » : tout ce qui s'y trouve peut être effacé et refait.\n"


class Refused(Exception):
    """Why nothing was published, as a problem."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem("", 0, 0, "error", code, message, hint)


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """Hold the output for this process alone and give an empty staging folder inside it.

    Raises Refused when another build holds it, or when it holds files of someone else.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Refused(
            "output",
            f"Le dossier de sortie ne peut pas servir : {reason(error)}.",
            "Choisissez-en un autre avec --output.",
        ) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                "busy", "Une autre construction écrit déjà dans ce dossier.", "Attendez qu'elle finisse."
            ) from None
        _claim(output)
        folder = output / STAGING
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _claim(output: Path) -> None:
    marker = output / MARKER
    if marker.is_file():
        return
    if any(output.iterdir()):
        raise Refused(
            "foreign-output",
            "Le dossier de sortie contient des fichiers que ville build n'a pas faits.",
            "Videz-le, ou choisissez-en un autre avec --output.",
        )
    try:
        marker.write_text(_MARK, encoding="utf-8")
    except OSError as error:
        raise Refused("output", f"Le dossier de sortie ne peut pas être écrit : {reason(error)}.") from None


def write(folder: Path, path: str, data: bytes) -> None:
    """Write a file of the site, named from its root, into a staging folder."""
    target = f"{folder}/{path}"
    if target.endswith("/index.html"):
        # A page's folder is its own, and most often new: asking first whether it is there costs as much as the writing.
        with suppress(FileExistsError, FileNotFoundError):
            os.mkdir(target[: -len("/index.html")])
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, data[written:])
    finally:
        os.close(handle)


def switch(folder: str | Path, output: str | Path) -> None:
    """Move all staged files into place, whole folders at once where the site has none yet."""
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        target = f"{output}/{entry.name}"
        try:
            has_folder = stat.S_ISDIR(os.lstat(target).st_mode)
        except FileNotFoundError:
            pass
        else:
            if entry.is_dir(follow_symlinks=False):
                if has_folder:
                    switch(entry.path, target)
                    continue
                os.unlink(target)
            elif has_folder:
                shutil.rmtree(target)
        os.replace(entry.path, target)


def remove(output: Path, paths: Iterable[str]) -> int:
    """Remove files of the site, and the folders left empty; give the number of pages among them."""
    removed = 0
    for path in paths:
        file = output / path
        with suppress(FileNotFoundError, NotADirectoryError):
            file.unlink()
            removed += path.endswith(".html")
        with suppress(OSError):  # A folder that still holds something stays.
            for folder in file.parents:
                if folder == output:
                    break
                folder.rmdir()
    return removed


def strangers(output: Path, keep: Set[str]) -> list[str]:
    """Give the files that an output holds and the site does not have, the search index apart."""
    found = []
    for folder, folders, files in os.walk(output):
        inside = os.path.relpath(folder, output)
        start = "" if inside == "." else f"{inside}/"
        if not start:
            folders[:] = [name for name in folders if name not in (SEARCH, STAGING)]
        links = [name for name in folders if os.path.islink(f"{folder}/{name}")]
        found += [f"{start}{name}" for name in (*files, *links) if f"{start}{name}" not in keep]
    return [path for path in found if path != MARKER]
