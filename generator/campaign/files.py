"""The campaign's files: which there are, and their bytes, never from outside the root."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Problem, nearest

from .models import KINDS
from .sources import MAX_BYTES, Fault

SETTINGS = "site_config.yml"
METHOD = "data/method.yml"
"""The one file that holds two lists: `steps` and `factors`."""

_YAML = (".yml", ".yaml")
_APART = {"signups", "network.yml"}
"""What `data/` holds besides records: the vault, and the counts drawn from it."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A file that holds records of one kind: one record when its folder bears the kind's name, else a list."""

    path: str
    kind: str
    is_list: bool

    @property
    def stem(self) -> str:
        """The file's name without its extension: the record's id, when it holds one."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def find_sources(root: Path) -> tuple[list[Source], list[Problem]]:
    """Give every record file and document under a root, in order of path, and what should not be there."""
    sources: list[Source] = []
    problems: list[Problem] = []
    folders = {kind.source: kind for kind in KINDS.values()}
    for top, is_document in (("data", False), ("content", True)):
        known = {source for source, kind in folders.items() if kind.is_document == is_document}
        endings = (".md",) if is_document else _YAML
        for item in _scan(root, top, problems):
            name = f"{top}/{item.name}"
            stem = item.name.rsplit(".", 1)[0]
            if item.is_dir():
                here = [
                    Source(f"{name}/{file.name}", "", False)
                    for file in _scan(root, name, problems)
                    if file.name.endswith(endings)
                ]
                if item.name in known:
                    kind = folders[item.name].name
                    sources += [Source(source.path, kind, False) for source in here]
                elif item.name not in _APART:
                    problems += [_misplaced(source.path, item.name, known) for source in here]
            elif item.name.endswith(endings) and item.name not in _APART:
                if stem in known and not is_document:
                    sources.append(Source(name, folders[stem].name, True))
                else:
                    problems.append(_misplaced(name, stem, known))
    return sorted(sources), problems


def read_bytes(root: Path, path: str) -> bytes:
    """Give a file's bytes. Raises Fault when it is too long, can't be read, or leaves the root through a link."""
    file = f"{root}/{path}"
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise _unreadable(error) from None
        if not Path(file).resolve().is_relative_to(root.resolve()):
            raise Fault(0, 0, "outside-root", "Ce lien mène hors du dossier de la campagne.", "Remplacez-le par le fichier.") from None
        return read_bytes(root, Path(file).resolve().relative_to(root.resolve()).as_posix())
    try:
        # One byte more than allowed is enough for `decode` to refuse the file.
        return os.read(handle, min(os.fstat(handle).st_size, MAX_BYTES) + 1)
    except OSError as error:
        raise _unreadable(error) from None
    finally:
        os.close(handle)


def _unreadable(error: OSError) -> Fault:
    return Fault(0, 0, "unreadable", f"Le fichier ne peut pas être lu ({os.strerror(error.errno or 0)}).")


def _scan(root: Path, folder: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(root / folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(
            Problem(folder, 0, 0, "error", "unreadable", f"Le dossier ne peut pas être lu ({error.strerror}).")
        )
        return
    top = root.resolve()
    for entry in found:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(top):
            message = "Ce lien mène hors du dossier de la campagne."
            problems.append(
                Problem(
                    f"{folder}/{entry.name}", 0, 0, "error", "outside-root", message, "Remplacez-le par le fichier."
                )
            )
            continue
        yield entry


def _misplaced(path: str, name: str, known: set[str]) -> Problem:
    hint = nearest(name, known) or "Dossiers possibles : " + ", ".join(sorted(known)) + "."
    message = f"Ce fichier ne sera pas lu : aucun type de fiche ne s'appelle « {name} »."
    return Problem(path, 0, 0, "error", "misplaced-file", message, hint)
