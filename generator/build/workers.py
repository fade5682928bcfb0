"""Work spread over processes: files to read, pages to draw. Any `concurrent.futures.Executor` will do."""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from generator.campaign.files import Source
from generator.campaign.reading import Reading, read_source

CHUNK = 250
"""Files or pages in one task: enough to forget the cost of sending it, few enough to share the work evenly."""


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """Give an executor of `jobs` processes that share this one's memory as it is now; None for a single job."""
    if jobs <= 1:
        yield None
        return
    # Forked children read the parent's objects in place; frozen, the collector does not touch (and copy) their pages.
    gc.freeze()
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as executor:
        yield executor
    gc.unfreeze()


def available_jobs() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def read_all(root: Path, sources: list[Source], executor: Executor | None) -> list[Reading]:
    """Read every source, in order."""
    chunks = [sources[start : start + CHUNK] for start in range(0, len(sources), CHUNK)]
    if executor is None or len(chunks) <= 1:
        return [read_source(root, source) for source in sources]
    results = executor.map(_read_chunk, [root] * len(chunks), chunks)
    return [reading for readings in results for reading in readings]


def _read_chunk(root: Path, sources: list[Source]) -> list[Reading]:
    return [read_source(root, source) for source in sources]
