"""Files to typed records: one file at a time, so that many can be read at once."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from generator.config import SiteConfig
from generator.problems import Problem

from . import sources
from .entries import Entry as Entry
from .files import SETTINGS, Source, read_bytes
from .manuscript import Manuscript, empty
from .records import Reader, merged, problem_of
from .records import Reading as Reading
from .records import Unread as Unread
from .sources import Fault
from .validation import M, validate


def read_source(root: Path, source: Source, key: str = "") -> Reading:
    """Read one file of records. Never raises for what the file holds: that becomes problems.

    `key` opens it, when it is sealed.
    """
    return _read(root, [source], key)[0]


def read_sources(root: Path, sources: Iterable[Source]) -> list[Reading]:
    """Read many files of records."""
    return _read(root, sources)


def _read(root: Path, sources: Iterable[Source], key: str = "") -> list[Reading]:
    readers = underway = [Reader(source) for source in sources]
    # Each stage for all, then the next: from file to file, the processor would forget how to do what it just did.
    for stage in (lambda reader: reader.open(root, key), Reader.parse, Reader.check, Reader.render):
        underway = [reader for reader in underway if _passes(reader, stage)]
    return [reader.reading for reader in readers]


def _passes(reader: Reader, stage: Callable[[Reader], None]) -> bool:
    """Take a file through a stage, and tell whether another can follow."""
    try:
        stage(reader)
    except Fault as fault:
        reader.fail(fault)
        return False
    return True


def read_settings(root: Path) -> tuple[SiteConfig | None, list[Problem]]:
    """Read `site_config.yml`: the settings, or what is wrong with them."""
    settings, problems = read_one(root, SETTINGS, SiteConfig)
    if [problem.code for problem in problems] == ["missing-file"]:
        hint = "Lancez la commande dans le dossier de la campagne, ou donnez-le avec --root."
        return None, [Problem(SETTINGS, 0, 0, "error", "no-settings", "Le fichier des réglages manque.", hint)]
    return settings, problems


def read_one(root: Path, path: str, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Read a file that holds a single value, which is no record: the value, or what is wrong with it."""
    try:
        manuscript = Manuscript(path, sources.decode(read_bytes(root, path)))
        raw, faults = sources.parse_all(manuscript.head)
        if raw is None and not faults:
            raise empty()
    except Fault as fault:
        return None, [problem_of(path, fault)]
    problems = [problem_of(path, fault) for fault in faults]
    if raw is None:
        return None, problems
    result = validate(model, raw, path, manuscript.places)
    if isinstance(result, list):
        return None, merged(problems, result)
    return (None if problems else result), problems


def locate_in(root: Path, path: str, place: sources.Path) -> tuple[int, int]:
    """Find the line and column of a value again, for a problem that shows only once all files are read."""
    try:
        return _manuscript(root, path).places.value(place)
    except (Fault, OSError):
        return 1, 1


def mentions_in(root: Path, path: str, target: str, place: sources.Path) -> list[tuple[int, int]]:
    """Find every line and column where the texts of the record at `place` name the target of a link or an image."""
    try:
        return _manuscript(root, path).mentions(target, place)
    except (Fault, OSError):
        return [(1, 1)]


def _manuscript(root: Path, path: str) -> Manuscript:
    state = (root / path).stat()
    return _manuscript_as_of(root, path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _manuscript_as_of(root: Path, path: str, modified: int, length: int) -> Manuscript:
    # A list of ten thousand faulty records asks ten thousand times for a place in one file.
    return Manuscript(path, sources.decode(read_bytes(root, path)))
