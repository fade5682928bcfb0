"""What a build stood on: while all of it holds, the next build has nothing to do."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from math import inf
from typing import NamedTuple

from generator.clock import PARIS
from generator.problems import Problem

from .inputs import Inputs
from .signatures import UNTOLD, Signature


class Ground(NamedTuple):
    """The ground of a build. Files go by the digests of their names: a name may be that of someone taken back.

    - `inputs`: the files that it read, as `aliased` gives them; `names`: a digest of all their names, in that order;
    - `faulty`: those that it found fault with;
    - `now`: its moment; `steady`: the two moments, in POSIX seconds, between which no record turns into something else
      by itself;
    - `pages`: how many HTML pages the site has; `problems`: what it told;
    - `store`: what stands for the documents at hand, as `Store.state`; `waiting`: how many others were planned.
    """

    inputs: bytes
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

    def _row(self, path: str) -> int | None:
        """Give where a file's row begins."""
        name = alias(path)
        at = self.inputs.find(name)
        while at >= 0 and at % _ROW:
            at = self.inputs.find(name, at + 1)
        return None if at < 0 else at

    def found_fault(self, path: str) -> bool:
        """Tell whether something was wrong with a file."""
        return alias(path) in self.faulty

    @property
    def files(self) -> int:
        """How many files there were."""
        return len(self.inputs) // _ROW

    def knows(self, path: str) -> bool:
        """Tell whether a file was there."""
        return self._row(path) is not None

    def has(self, path: str, signature: Signature) -> bool:
        """Tell whether a file had a signature."""
        return _row(path, signature) in self._rows()

    def _rows(self) -> frozenset[bytes]:
        return _cut(self.inputs)

    def change(self, now: Inputs) -> "Change":
        """Give what is not as it was."""
        starts = range(0, len(self.inputs), _ROW)
        if len(now) == len(starts) and alias("\0".join(now)) == self.names:
            was = (self.inputs[at + ALIAS : at + _ROW] for at in starts)
            return Change({path: is_ for (path, is_), was_ in zip(now.items(), was, strict=True) if is_ != was_})
        known = self._rows()
        found = {path: is_ for path, is_ in now.items() if is_ is None or _row(path, is_) not in known}
        names = {row[:ALIAS] for row in known}
        edited = {path: is_ for path, is_ in found.items() if alias(path) in names}
        came = [path for path in found if path not in edited]
        if len(now) == len(starts) and not came:
            # A folder gives its files in another order once one of them took another's place.
            return Change(edited)
        return Change(edited, came, "\0".join(now), aliased(now))

    def after(self, change: "Change") -> "Ground":
        """Give what a build stands on that read anew what changed."""
        if change.paths is not None:
            return self._replace(inputs=change.inputs, names=alias(change.paths))
        rows = bytearray(self.inputs)
        for path, signature in change.edited.items():
            at = self._row(path)
            assert at is not None
            rows[at : at + _ROW] = _row(path, signature)
        return self._replace(inputs=bytes(rows))


class Change(NamedTuple):
    """What is not as it was: the files that were edited, by path, and the paths of those that came.

    When some came or went, `paths` names all that are there now, one after the other, and `inputs` are these as a
    ground has them.
    """

    edited: Inputs
    came: Sequence[str] = ()
    paths: str | None = None
    inputs: bytes = b""

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.edited) or self.paths is not None


def aliased(inputs: Inputs) -> bytes:
    """Give files as a ground has them: rows of an alias and a signature, end to end."""
    return b"".join(_row(path, signature) for path, signature in inputs.items())


def _row(path: str, signature: Signature | None) -> bytes:
    return alias(path) + (signature or UNTOLD)


def alias(path: str) -> bytes:
    """Give what stands for a file's name."""
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=ALIAS).digest()


ALIAS = 12
"""The length of an alias, in bytes."""
_ROW = ALIAS + len(UNTOLD)


@lru_cache(maxsize=1)
def _cut(inputs: bytes) -> frozenset[bytes]:
    """Give the rows of files, apart."""
    return frozenset([inputs[at : at + _ROW] for at in range(0, len(inputs), _ROW)])


def steady_around(now: datetime, changes: Iterable[float]) -> tuple[float, float]:
    """Give the last moment before and the first after at which something changes; twice the same if one is now."""
    moment = now.timestamp()
    before, after = -inf, inf
    for change in changes:
        if change <= moment:
            before = max(before, change)
        if change >= moment:
            after = min(after, change)
    return before, after
