"""What a build stood on: while all of it holds, the next build has nothing to do."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from math import inf
from typing import NamedTuple

from generator.clock import PARIS
from generator.problems import Problem

from .inputs import Inputs
from .signatures import UNTOLD, Signature


class Ground(NamedTuple):
    """The ground of a build. Files go by the digests of their names: a name may be that of someone taken back.

    - `inputs`: the signatures of the files that it read; `faulty`: those that it found fault with;
    - `now`: its moment; `steady`: the two moments, in POSIX seconds, between which no record turns into something else
      by itself;
    - `pages`: how many HTML pages the site has; `problems`: what it told.
    """

    inputs: dict[bytes, Signature]
    faulty: frozenset[bytes]
    now: datetime
    steady: tuple[float, float]
    pages: int
    problems: list[Problem]

    def holds_at(self, now: datetime) -> bool:
        """Tell whether a build at another moment would see the same: on the same day, with no turn between the two."""
        same_day = now.astimezone(PARIS).date() == self.now.astimezone(PARIS).date()
        return now == self.now or (same_day and self.steady[0] < now.timestamp() < self.steady[1])

    def signature(self, path: str) -> Signature:
        """Give the signature that a file had."""
        return self.inputs.get(alias(path), UNTOLD)

    def found_fault(self, path: str) -> bool:
        """Tell whether something was wrong with a file."""
        return alias(path) in self.faulty

    def edited(self, now: Inputs) -> list[str] | None:
        """Give the files that are not as they were; None when some came or went."""
        if len(now) != len(self.inputs):
            return None
        found = []
        for path, signature in now.items():
            name = alias(path)
            if name not in self.inputs:
                return None
            if signature is None or signature != self.inputs[name]:
                found.append(path)
        return found


def aliased(inputs: Inputs) -> dict[bytes, Signature]:
    """Give the signatures of files as a ground has them."""
    return {alias(path): signature or UNTOLD for path, signature in inputs.items()}


def alias(path: str) -> bytes:
    """Give what stands for a file's name."""
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=ALIAS).digest()


ALIAS = 12
"""The length of an alias, in bytes."""


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
