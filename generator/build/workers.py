"""Work spread over processes: files to read, pages to draw. Any `concurrent.futures.Executor` will do."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from generator.campaign.files import Source
from generator.config import Bounds

from .intake import Intake, take_in

CHUNK = 250
"""Files or pages in one task: enough to forget the cost of sending it, few enough to share the work evenly."""


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """Give an executor of `jobs` processes that share this one's memory as it is now; None for a single job."""
    if jobs <= 1:
        yield None
        return
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as executor:
        yield executor


def available_jobs() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def take_in_all(
    root: Path, sources: list[Source], bounds: Bounds | None, now: datetime, executor: Executor | None
) -> list[Intake]:
    """Take in every source, in order."""
    take = partial(_take_in_chunk, root, bounds, now)
    chunks = [sources[start : start + CHUNK] for start in range(0, len(sources), CHUNK)]
    results = executor.map(take, chunks) if executor and len(chunks) > 1 else map(take, chunks)
    return [intake for intakes in results for intake in intakes]


def _take_in_chunk(root: Path, bounds: Bounds | None, now: datetime, sources: list[Source]) -> list[Intake]:
    return [take_in(root, source, bounds, now) for source in sources]
