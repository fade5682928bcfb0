"""Records read again: those whose files were edited, came or went, and those that turned into something else."""

from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.build.archive import Archive
from generator.build.batches import Kept, take_in_batches
from generator.build.ground import Change, Ground, alias
from generator.build.intake import Intake, Span
from generator.campaign.files import Source, source_of
from generator.campaign.outline import Key, Outline
from generator.campaign.rules import Standards
from generator.mapper import Mapper
from generator.problems import Problem, has_errors
from generator.site.sketches import Sketch

from .unfit import Unfit


class State(NamedTuple):
    """A record as it was, or as it is: without a sketch, it has errors."""

    outline: Outline
    sketch: Sketch
    entry: Span


class Reread(NamedTuple):
    """Records before and after, by key; what a build tells of their files from now on, and all files that it tells of.

    `files` are those that the records are, or were, written in; `turned` those of records that time made another.
    """

    before: dict[Key, State]
    after: dict[Key, State]
    files: Collection[str]
    turned: Collection[str]
    problems: list[Problem]
    faulty: frozenset[bytes]

    @property
    def keys(self) -> list[Key]:
        """Give the records that are not as they were in every word, or may be seen otherwise."""
        keys = dict.fromkeys((*self.before, *self.after))
        return [
            key for key in keys if self._has_turned(key) or _seen(self.before.get(key)) != _seen(self.after.get(key))
        ]

    def _has_turned(self, key: Key) -> bool:
        return key in self.after and self.after[key].outline.path in self.turned

    def is_restated(self, key: Key) -> bool:
        """Tell whether more than words changed: what the plan, lists and other records know a record by."""
        return self._has_turned(key) or _station(self.before.get(key)) != _station(self.after.get(key))


def _station(state: State | None) -> object:
    return state and (state.outline._replace(digest=""), state.sketch._replace(summary="", digest=""))


def _seen(state: State | None) -> object:
    """Give what a build sees of a record, wherever it lies."""
    return state and state[:2]


class Touched(NamedTuple):
    """Files that are not as they were: what they gave to the last build, by path, and those to read now.

    `turned` are those of records that time made another.
    """

    last: dict[str, Kept]
    sources: list[Source]
    turned: Collection[str]


def touched(ground: Ground, change: Change, turned: Collection[str], archive: Archive) -> Touched:
    """Give the files that changed, came or went, and those of records that `turned`. Raises Unfit, Damaged."""
    gone = _gone(ground, change, archive)
    last = {path: _last(path, archive, ground) for path in dict.fromkeys((*change.edited, *gone, *turned))}
    sources = [_source(path, kept.intake) for path, kept in last.items() if path not in gone]
    sources += [_new_source(path) for path in change.came if not path.endswith("/")]
    return Touched(last, sources, turned)


def reread(
    root: Path,
    ground: Ground,
    files: Touched,
    now: datetime,
    archive: Archive,
    standards: Standards,
    executor: Mapper | None,
) -> Reread:
    """Read files anew; the archive keeps what they give, not yet for good.

    Raises Unfit where the rest of the campaign would have to be looked at too, Damaged.
    """
    taken: dict[str, Intake] = {}
    archive.begin()
    for batch in take_in_batches(root, files.sources, standards, now, executor):
        if batch.apart:
            raise Unfit
        taken |= archive.keep(batch)
    before = _states(kept.intake for kept in files.last.values())
    after = _states(taken.values())
    told = _told(ground, files.last, taken)
    paths = frozenset((*files.last, *taken))
    faulty = ground.faulty - {alias(path) for path in paths}
    found = [problem for intake in taken.values() for problem in intake.problems]
    return Reread(before, after, paths, files.turned, told, faulty | {alias(problem.path) for problem in found})


def _gone(ground: Ground, change: Change, archive: Archive) -> set[str]:
    """Give the files that went."""
    if change.paths is None:
        return set()
    there = change.paths.split("\0")
    gone = {path for path in set(archive.paths()).difference(there) if ground.signature(path)}
    if len(gone) != ground.length - (len(there) - len(change.came)):
        raise Unfit  # Others than records.
    return gone


def _last(path: str, archive: Archive, ground: Ground) -> Kept:
    """Give what a file gave to the last build."""
    kept = archive.kept(path)
    if kept is None or ground.signature(path) != kept.signature or not kept.is_current(ground.now):
        raise Unfit
    return kept


def _source(path: str, intake: Intake) -> Source:
    if not intake.records:
        raise Unfit
    first = intake.records[0][0]
    return Source(path, first.kind, bool(first.place))


def _new_source(path: str) -> Source:
    source = source_of(path)
    if source is None:
        raise Unfit
    return source


def _states(intakes: Iterable[Intake]) -> dict[Key, State]:
    found: dict[Key, State] = {}
    for intake in intakes:
        for outline, sketch, entry in intake.records:
            # What was taken back leaves traces that only a whole build knows how to wipe.
            if sketch is None or not isinstance(entry, Span) or outline.gone or outline.key in found:
                raise Unfit
            found[outline.key] = State(outline, sketch, entry)
    return found


def _told(ground: Ground, last: dict[str, Kept], taken: dict[str, Intake]) -> list[Problem]:
    """Give what is to be told now, where the last build told of files no more than was found in them."""
    for path, kept in last.items():
        known = [problem for problem in ground.problems if problem.path == path]
        if sorted(known) != sorted(printable(kept.intake)) or (ground.found_fault(path) and not kept.intake.problems):
            raise Unfit
    if any(has_errors(intake.problems) for intake in taken.values()):
        raise Unfit
    others = [problem for problem in ground.problems if problem.path not in last]
    return others + [problem for intake in taken.values() for problem in printable(intake)]


def printable(intake: Intake) -> list[Problem]:
    """Give what a build tells of a file: nothing, as long as one of its records is hidden, but errors."""
    hidden = any(not outline.shown for outline, _, _ in intake.records)
    return [problem for problem in intake.problems if problem.severity == "error" or not hidden]
