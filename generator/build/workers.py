"""Work that gives something back, spread over processes. Any `concurrent.futures.Executor` will do.

That library is loaded by whoever needs other processes: a small edit does not.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from signal import SIGKILL
from typing import TYPE_CHECKING, Any, TypeVar

from .progress import Tell, silent

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")

CHUNK = 250
"""Files in one task: enough to forget the cost of sending it, few enough to share the work evenly."""


class Crew:
    """An executor of `jobs` processes that tells how far its work has come.

    They share this process's memory as it is when they begin, with the first piece of work that can be split; without
    any, this process does the work itself.
    """

    def __init__(self, jobs: int, tell: Tell) -> None:
        self._jobs = jobs
        self._tell = tell

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes, if any began."""
        if "_pool" in vars(self):
            self._pool.shutdown()

    def map(self, fn: Callable[..., T], *iterables: Iterable[Any]) -> Iterator[T]:
        """Give the results in order, as `Executor.map`."""
        columns = [list(iterable) for iterable in iterables]
        total = len(columns[0])
        results = self._pool.map(fn, *columns) if self._jobs > 1 and total > 1 else map(fn, *columns)
        for done, result in enumerate(results, 1):
            yield result
            self._tell(done, total)

    @cached_property
    def _pool(self) -> "Executor":
        return pool(self._jobs)


def processes(jobs: int, tell: Tell = silent) -> Crew:
    """Give an executor of so many processes, to be used in a `with`."""
    return Crew(jobs, tell)


def pool(jobs: int) -> "Executor":
    """Give a pool of processes that share this one's memory as it is when they begin, and end with it at the latest."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(jobs, mp_context=get_context("fork"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Have the kernel end this process when its parent is killed: it would wait for work for ever (Linux, prctl(2))."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, SIGKILL)


_PR_SET_PDEATHSIG = 1


def available_jobs() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0))
