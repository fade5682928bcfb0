"""The cold build: ours and its peers, on the same content, then with a search index."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pagefind_bin import get_executable

from tests.benchmarks.contenders import OURS, Contender, ours
from tests.benchmarks.measure import Run, enough, is_long_and_last, repeat, run
from tests.benchmarks.tables import megabytes, ratio, seconds, table

INTERVAL = 0.02
"""Seconds between two looks at a build's memory."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a contender needed for a cold build (medians of time in seconds, memory in bytes) and what came out."""

    contender: Contender
    site: Path
    runs: int
    seconds: float
    processor_seconds: float
    memory: int
    pages: int
    bytes: int


def compare(contenders: Sequence[Contender], campaign: Path, work: Path, runs: int) -> list[Result]:
    """Build one campaign with every contender, in turns so that a busy moment of the machine hits all alike."""
    sites = {contender: work / f"site-{number}" for number, contender in enumerate(contenders)}
    for contender, site in sites.items():
        contender.prepare(campaign, site)
    taken: dict[Contender, list[Run]] = {contender: [] for contender in contenders}
    for turn in range(runs):
        for contender, site in sites.items():
            if not enough(taken[contender], 1 if contender.once else runs):
                forget(contender, site)
                # What takes long has its memory looked at in its last run, more rarely, rather than in one more run.
                is_last = contender.once or is_long_and_last(taken[contender], runs)
                taken[contender].append(run(contender.command(), site, 10 * INTERVAL if is_last else 0.0))
                print(f"{contender.name}, {turn + 1}: {taken[contender][-1].seconds:.2f} s", file=sys.stderr)
    return [_result(contender, site, taken[contender]) for contender, site in sites.items()]


def _result(contender: Contender, site: Path, runs: list[Run]) -> Result:
    memory = max(one.memory for one in runs)
    if not memory:
        forget(contender, site)
        memory = run(contender.command(), site, INTERVAL).memory
    pages = list((site / "site").rglob("*.html"))
    return Result(
        contender,
        site,
        len(runs),
        median(one.seconds for one in runs),
        median(one.processor_seconds for one in runs),
        memory,
        len(pages),
        sum(page.stat().st_size for page in pages),
    )


def forget(contender: Contender, site: Path) -> None:
    """Remove what a contender built in a folder, and what it keeps for its next build."""
    for path in (site / name for name in ("site", *contender.caches)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def report(results: Sequence[Result], records: int, documents: int) -> str:
    """Give the section on the cold build; the ratios are to the first row."""
    first = results[0]
    head = ("", "version", "runs", "time", "ratio", "processor time", "memory", "ratio", "pages", "HTML")
    rows = [
        (
            one.contender.name,
            one.contender.version(),
            str(one.runs),
            seconds(one.seconds),
            ratio(one.seconds / first.seconds),
            seconds(one.processor_seconds),
            megabytes(one.memory),
            ratio(one.memory / first.memory),
            str(one.pages),
            megabytes(one.bytes),
        )
        for one in results
    ]
    notes = "\n".join(f"- **{one.contender.name}.** {one.contender.note}" for one in results)
    return f"""## Cold build of {records} records and {documents} documents

The same generated campaign (`tests/benchmarks/generate.py`) for all, sources and output on a RAM disk. Time is that
of the whole process from start to end, median of the runs, taken in turns. Processor time counts all cores.
Memory is the most that all processes held together (proportional set size, sampled). Ratios are to the first row.

{table(head, rows)}

What each does, leaves out, or was spared:

{notes}
"""


def with_search(results: Sequence[Result], runs: int) -> str:
    """Index what was built, and give the section on builds with search included; the ratio is to the first row."""
    indexed = [one.seconds + _index(one, runs) for one in results]
    rows = [
        (one.contender.name, seconds(one.seconds), seconds(both - one.seconds), seconds(both), ratio(both / indexed[0]))
        for one, both in zip(results, indexed, strict=True)
    ]
    return f"""## With search included

`ville build` and `ville index`; Hugo, then Pagefind. Both indexes are Pagefind's, of the pages' articles, made where
there is none.

{table(("", "build", "index", "together", "ratio"), rows)}
"""


def _index(built: Result, runs: int) -> float:
    command = ours("index") if built.contender is OURS else [get_executable(), "--site", "site"]

    def once(number: int) -> Run:
        # Pagefind spares itself what an earlier index already has; `ville index` writes a new one beside the old.
        shutil.rmtree(built.site / "site/pagefind", ignore_errors=True)
        return run(command, built.site)

    return median(one.seconds for one in repeat(once, runs))
