"""Work that gives something back, spread over processes. Any `concurrent.futures.Executor` will do."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from functools import cached_property
from typing import Any, TypeVar

from .progress import Tell, silent

T = TypeVar("T")

CHUNK = 250
"""Files in one task: enough to forget the cost of sending it, few enough to share the work evenly."""


class Crew(Executor):
    """An executor of `jobs` processes that tells how far its work has come.

    They share this process's memory as it is when they begin, with the first piece of work that can be split; without
    any, this process does the work itself.
    """

    def __init__(self, jobs: int, tell: Tell) -> None:
        self._jobs = jobs
        self._tell = tell

    def map(self, fn: Callable[..., T], *iterables: Iterable[Any], **options: Any) -> Iterator[T]:
        """Give the results in order, as `Executor.map`."""
        columns = [list(iterable) for iterable in iterables]
        total = len(columns[0])
        results = self._pool.map(fn, *columns, **options) if self._jobs > 1 and total > 1 else map(fn, *columns)
        for done, result in enumerate(results, 1):
            yield result
            self._tell(done, total)

    @cached_property
    def _pool(self) -> Executor:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        return ProcessPoolExecutor(self._jobs, mp_context=multiprocessing.get_context("fork"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, if any began."""
        if "_pool" in vars(self):
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def processes(jobs: int, tell: Tell = silent) -> Crew:
    """Give an executor of so many processes, to be used in a `with`."""
    return Crew(jobs, tell)


def available_jobs() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0))
