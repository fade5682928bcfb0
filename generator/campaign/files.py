"""The campaign's files: which there are, and their bytes, never from outside the root."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem, Severity, nearest, reason, visible

from .models import KINDS
from .models.languages import LANGUAGES
from .sealing import ENDING
from .sources import MAX_BYTES, Fault

SETTINGS = "site_config.yml"
METHOD = "data/method.yml"
"""The one file that holds two lists: `steps` and `factors`."""

NETWORK = "data/network.yml"
"""The counts of sign-ups, which are no record."""

LABELS = "data/labels.yml"
"""The charter of the label, which is no record."""

CREDENTIALS = "data/credentials"
"""The signed credentials of labels and diplomas, one JSON file each, named after their serial."""

_YAML = (".yml", ".yaml")
_APART = {"signups", "network.yml", "labels.yml", "credentials"}
"""What `data/` holds besides records: the vault, the counts drawn from it, the charter, the signed credentials."""
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".bmp", ".svg", ".heic")
_TEXTS = (*_YAML, ".md", ".markdown")
_OTHER_TEXTS = (".txt", ".json", ".csv", ".doc", ".docx", ".odt", ".html")
"""Ends of names that speak of a text someone wrote, and expects on the site."""
_VERSIONS = {"kit": "kit_version"}
"""Kinds that have versions, in files of the same folder whose names end in a language: `canicule.en.md`."""
_SHARED = {"kits", "method"}
"""Folders and files that hold records of two kinds."""
_SEALABLE = {"press_release"}
"""Kinds whose drafts may stand sealed in their folder: `scelle-3f0a91bc.md.age`."""
_MAX_FOLDERS = 8
"""How deep pictures may lie under a folder of records."""


class Source(NamedTuple):
    """A file that holds records of one kind: one record when its folder bears the kind's name, else a list."""

    path: str
    kind: str
    is_list: bool

    @property
    def stem(self) -> str:
        """The file's name without its extension: the record's id, when it holds one."""
        return self.path.rsplit("/", 1)[-1].removesuffix(ENDING).rsplit(".", 1)[0]

    @property
    def is_sealed(self) -> bool:
        """Whether only the press key opens it; its name may be any, the id stands inside."""
        return self.path.endswith(ENDING)


def find_sources(root: Path) -> tuple[list[Source], list[Problem]]:
    """Give every record file and document under a root, in order of path, and what should not be there."""
    search = _Search(root)
    sources = search.top("data", _YAML) + search.top("content", (".md",))
    return sorted(sources, key=attrgetter("path")), search.problems


def source_of(path: str) -> Source | None:
    """Give the file of one record that a path names; None for whatever else there may be, lists and versions too."""
    top, _, rest = path.partition("/")
    folder, _, name = rest.partition("/")
    endings = (".md",) if top == "content" else _YAML
    if "/" in name or name.startswith(".") or not name.endswith(endings) or not _is_utf_8(name):
        return None
    for kind in KINDS.values():
        if kind.source == folder and kind.is_document == (top == "content") and kind.source not in _SHARED:
            return Source(path, kind.name, False)
    return None


class _Search:
    """A walk through the campaign's two folders, two levels deep, which tells of all that it can't take."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._real_root = os.path.realpath(root)
        self.problems: list[Problem] = []

    def top(self, top: str, endings: tuple[str, ...]) -> list[Source]:
        """Give the sources of `data` or `content`; `endings` are the ends of the names of its files."""
        kinds = {
            kind.source: kind.name
            for kind in KINDS.values()
            if kind.is_document == (top == "content") and kind.name not in _VERSIONS.values()
        }
        if not os.path.lexists(self._root / top):
            hint = "Lancez la commande dans le dossier de la campagne, ou donnez-le avec --root."
            severity: Severity = "error" if top == "data" else "warning"
            self._tell(top, "missing-folder", f"Le dossier {top}/ manque.", hint, severity)
            return []
        sources: list[Source] = []
        for item in self._scan(top):
            path, stem = f"{top}/{item.name}", item.name.rsplit(".", 1)[0]
            if item.name in _APART:
                continue
            if item.is_dir():
                sources += self._folder(path, item.name, endings, kinds)
            elif item.name.endswith(endings) and top == "data" and stem in kinds:
                sources.append(Source(path, kinds[stem], True))
            elif item.name.lower().endswith(_TEXTS):
                self._misplaced(path, stem, kinds)
        return sources

    def _folder(self, path: str, name: str, endings: tuple[str, ...], kinds: Mapping[str, str]) -> list[Source]:
        """Give the records of one folder; a folder that bears no kind's name holds pictures only."""
        sources = []
        for item in self._scan(path):
            inside, lower = f"{path}/{item.name}", item.name.lower()
            if item.is_dir():
                self._pictures(inside, item, kinds, _MAX_FOLDERS)
            elif name not in kinds:
                if lower.endswith(_TEXTS):
                    self._misplaced(inside, name, kinds)
            elif item.name.endswith(endings) or (kinds[name] in _SEALABLE and item.name.endswith(f".md{ENDING}")):
                source = Source(inside, kinds[name], False)
                sources += self._version(source) if source.kind in _VERSIONS and "." in source.stem else [source]
            elif lower.startswith("readme"):
                continue
            elif lower.endswith(_TEXTS + _OTHER_TEXTS):
                hint = f"Un fichier de ce dossier se termine par {' ou '.join(endings)}, en minuscules."
                self._tell(inside, "misplaced-file", "Ce fichier ne sera pas lu.", hint)
            elif not lower.endswith(_PICTURES):
                self._tell(inside, "misplaced-file", "Ce fichier ne sert à rien ici.", "Supprimez-le.", "warning")
        return sources

    def _version(self, source: Source) -> list[Source]:
        """Give a file named `canicule.en.md` as the source of a version; none when its language is unknown."""
        code = source.stem.partition(".")[2]
        if code in LANGUAGES:
            return [source._replace(kind=_VERSIONS[source.kind])]
        hint = nearest(code, LANGUAGES, {each.french: known for known, each in LANGUAGES.items()})
        message = f"Le code de langue « {visible(code)} » n'est pas connu."
        self._tell(source.path, "unknown-language", message, hint or f"Codes possibles : {', '.join(LANGUAGES)}.")
        return []

    def _pictures(self, path: str, folder: os.DirEntry[str], kinds: Mapping[str, str], depth: int) -> None:
        """Tell of each text that lies too deep to be read."""
        if folder.is_symlink() or not depth:
            return
        for item in self._scan(path):
            if item.is_dir():
                self._pictures(f"{path}/{item.name}", item, kinds, depth - 1)
            elif item.name.lower().endswith(_TEXTS):
                self._misplaced(f"{path}/{item.name}", folder.name, kinds)

    def _misplaced(self, path: str, name: str, kinds: Mapping[str, str]) -> None:
        top, _, rest = path.partition("/")
        if rest.rpartition("/")[2].lower().startswith("readme"):
            return
        others = {kind.source: kind for kind in KINDS.values()}
        if name in kinds:
            hint = f"Placez-le dans le dossier {top}/{name}/."
        elif name in others:
            hint = f"Le dossier « {name} » va dans {'content' if others[name].is_document else 'data'}/."
        else:
            plurals = {others[source].plural: source for source in kinds}
            hint = nearest(name, kinds, plurals) or f"Dossiers possibles : {', '.join(sorted(kinds))}."
        self._tell(path, "misplaced-file", "Ce fichier ne sera pas lu : sa place n'est pas ici.", hint)

    def _scan(self, folder: str) -> Iterator[os.DirEntry[str]]:
        """Give what a folder holds, in order of name, but hidden files and what leaves the root."""
        if not self._is_inside(folder):
            return
        try:
            with os.scandir(self._root / folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._tell(folder, "unreadable", f"Le dossier ne peut pas être lu ({reason(error)}).", "")
            return
        for entry in found:
            if entry.name.startswith("."):
                continue
            if not _is_utf_8(entry.name):
                path = f"{folder}/{entry.name}".encode(errors="surrogateescape").decode(errors="replace")
                self._tell(path, "file-name", "Le nom de ce fichier n'est pas en UTF-8.", "Renommez-le sans accent.")
            elif not entry.is_symlink() or self._leads_somewhere(f"{folder}/{entry.name}"):
                yield entry

    def _leads_somewhere(self, link: str) -> bool:
        if not os.path.exists(self._root / link):
            self._tell(link, "unreadable", "Ce lien ne mène nulle part.", "Remplacez-le par le fichier.")
            return False
        return self._is_inside(link)

    def _is_inside(self, path: str) -> bool:
        if f"{os.path.realpath(self._root / path)}/".startswith(f"{self._real_root}/"):
            return True
        self._tell(path, "outside-root", *_OUTSIDE)
        return False

    def _tell(self, path: str, code: str, message: str, hint: str, severity: Severity = "error") -> None:
        self.problems.append(Problem(path, 0, 0, severity, code, message, hint))


_OUTSIDE = ("Ce lien mène hors du dossier de la campagne.", "Remplacez-le par le fichier.")


def _is_utf_8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def read_bytes(root: Path, path: str) -> bytes:
    """Give a file's bytes, one more than allowed at most: enough to tell that it is too long.

    Raises Fault when it can't be read, is no plain file, or leaves the root through a link.
    """
    try:
        # A pipe would wait for ever for someone to write into it.
        handle = os.open(f"{root}/{path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise _unreadable(error) from None
        return _read_link(root, path)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Fault(0, 0, "unreadable", "Ce n'est pas un fichier.", "Retirez-le, ou remplacez-le par un fichier.")
        return os.read(handle, min(found.st_size, MAX_BYTES) + 1)
    except OSError as error:
        raise _unreadable(error) from None
    finally:
        os.close(handle)


def _read_link(root: Path, path: str) -> bytes:
    target = os.path.realpath(root / path)
    inside = os.path.relpath(target, os.path.realpath(root))
    if inside.startswith(".."):
        raise Fault(0, 0, "outside-root", *_OUTSIDE)
    if os.path.islink(target):
        raise _unreadable(OSError(errno.ELOOP, ""))
    return read_bytes(root, inside)


def _unreadable(error: OSError) -> Fault:
    code = "missing-file" if error.errno == errno.ENOENT else "unreadable"
    return Fault(
        0, 0, code, f"Le fichier ne peut pas être lu : {reason(error)}.", "Vérifiez son nom et ses droits d'accès."
    )
