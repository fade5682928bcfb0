"""What a build stood on: while all of it holds, the next build has nothing to do."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from math import inf
from typing import NamedTuple

from generator.clock import PARIS
from generator.problems import Problem

from .inputs import Inputs
from .signatures import UNTOLD, Signature


class Files(NamedTuple):
    """Files by column, end to end: aliases of their names, which may be those of someone taken back, and signatures."""

    aliases: bytes
    signatures: bytes


class Ground(NamedTuple):
    """The ground of a build.

    - `files`: those that it read; `names`: a digest of all their names, in that order;
    - `faulty`: those that it found fault with, by alias;
    - `now`: its moment; `steady`: the two moments, in POSIX seconds, between which no record turns into something else
      by itself;
    - `pages`: how many HTML pages the site has; `problems`: what it told;
    - `store`: what stands for the documents at hand, as `Store.state`; `waiting`: how many others were planned.
    """

    files: Files
    names: bytes
    faulty: frozenset[bytes]
    now: datetime
    steady: tuple[float, float]
    pages: int
    problems: list[Problem]
    store: bytes
    waiting: int

    def holds_at(self, now: datetime) -> bool:
        """Tell whether a build at another moment would see the same: on the same day, with no turn between the two."""
        same_day = now.astimezone(PARIS).date() == self.now.astimezone(PARIS).date()
        return now == self.now or (same_day and self.steady[0] < now.timestamp() < self.steady[1])

    def _rank(self, path: str) -> int | None:
        """Give how many files stand before one."""
        name, aliases = alias(path), self.files.aliases
        at = aliases.find(name)
        while at >= 0 and at % ALIAS:
            at = aliases.find(name, at + 1)
        return None if at < 0 else at // ALIAS

    def found_fault(self, path: str) -> bool:
        """Tell whether something was wrong with a file."""
        return alias(path) in self.faulty

    @property
    def length(self) -> int:
        """How many files there were."""
        return len(self.files.aliases) // ALIAS

    def signature(self, path: str) -> Signature | None:
        """Give the signature of a file, None where there was no such file: to be asked of a few."""
        rank = self._rank(path)
        return None if rank is None else self.files.signatures[rank * LENGTH : (rank + 1) * LENGTH]

    def has(self, path: str, signature: Signature) -> bool:
        """Tell whether a file had a signature: to be asked of any number."""
        return _by_alias(self.files).get(alias(path)) == signature

    def change(self, now: Inputs) -> "Change":
        """Give what is not as it was."""
        if len(now) == self.length and alias("\0".join(now)) == self.names:
            return Change(self._edited(now))
        known = _by_alias(self.files)
        was = {path: known.get(alias(path)) for path in now}
        edited = {path: is_ for path, is_ in now.items() if was[path] and (is_ is None or is_ != was[path])}
        came = [path for path in now if was[path] is None]
        if len(now) == self.length and not came:
            # A folder gives its files in another order once one of them took another's place.
            return Change(edited)
        return Change(edited, came, "\0".join(now), by_column(now))

    def _edited(self, now: Inputs) -> Inputs:
        """Give the files that are not as they were, of the same ones in the same order, looking at many at once."""
        was = self.files.signatures
        is_ = _joined(now)
        edited: Inputs = {}
        for start in range(0, len(is_), _MANY * LENGTH):
            end = start + _MANY * LENGTH
            if is_[start:end] != was[start:end] or UNTOLD in is_[start:end]:
                rows = islice(now.items(), start // LENGTH, end // LENGTH)
                places = range(start, end, LENGTH)
                edited |= {
                    path: each for (path, each), at in zip(rows, places, strict=False) if each != was[at : at + LENGTH]
                }
        return edited

    def after(self, change: "Change") -> "Ground":
        """Give what a build stands on that read anew what changed."""
        if change.paths is not None:
            return self._replace(files=change.files, names=alias(change.paths))
        signatures = bytearray(self.files.signatures)
        for path, signature in change.edited.items():
            rank = self._rank(path)
            assert rank is not None
            signatures[rank * LENGTH : (rank + 1) * LENGTH] = signature or UNTOLD
        return self._replace(files=self.files._replace(signatures=bytes(signatures)))


_MANY = 1_000


class Change(NamedTuple):
    """What is not as it was: the files that were edited, by path, and the paths of those that came.

    When some came or went, `paths` names all that are there now, one after the other, and `files` are these as a ground
    has them.
    """

    edited: Inputs
    came: Sequence[str] = ()
    paths: str | None = None
    files: Files = Files(b"", b"")

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.edited) or self.paths is not None


def by_column(inputs: Inputs) -> Files:
    """Give files as a ground has them."""
    return Files(b"".join(map(alias, inputs)), _joined(inputs))


def _joined(inputs: Inputs) -> bytes:
    return b"".join([each or UNTOLD for each in inputs.values()])


def alias(path: str) -> bytes:
    """Give what stands for a file's name."""
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=ALIAS).digest()


ALIAS = 12
"""The length of an alias, in bytes."""
LENGTH = len(UNTOLD)
"""That of a signature."""


@lru_cache(maxsize=1)
def _by_alias(files: Files) -> dict[bytes, Signature]:
    """Give the signatures of files by their aliases."""
    names = [files.aliases[at : at + ALIAS] for at in range(0, len(files.aliases), ALIAS)]
    signatures = [files.signatures[at : at + LENGTH] for at in range(0, len(files.signatures), LENGTH)]
    return dict(zip(names, signatures, strict=True))


def steady_around(now: datetime, changes: Sequence[float]) -> tuple[float, float]:
    """Give the last moment before and the first after at which something changes; twice the same if one is now.

    `changes` are in order.
    """
    moment = now.timestamp()
    before, after = bisect_right(changes, moment), bisect_left(changes, moment)
    return changes[before - 1] if before else -inf, changes[after] if after < len(changes) else inf
