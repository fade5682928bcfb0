"""Work spread over processes: files to read, pages to draw. Any `concurrent.futures.Executor` will do."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from generator.campaign.files import Source
from generator.campaign.rules import Standards

from .intake import Intake, take_in
from .progress import Tell, silent

T = TypeVar("T")

CHUNK = 250
"""Files or pages in one task: enough to forget the cost of sending it, few enough to share the work evenly."""


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


def take_in_all(
    root: Path, sources: list[Source], standards: Standards, now: datetime, executor: Executor | None
) -> Iterator[Intake]:
    """Take in every source, in order; each is given as soon as it is there."""
    take = partial(_take_in_chunk, root, standards, now)
    chunks = [sources[start : start + CHUNK] for start in range(0, len(sources), CHUNK)]
    results = executor.map(take, chunks) if executor else map(take, chunks)
    return (intake for intakes in results for intake in intakes)


def _take_in_chunk(root: Path, standards: Standards, now: datetime, sources: list[Source]) -> list[Intake]:
    return [take_in(root, source, standards, now) for source in sources]
