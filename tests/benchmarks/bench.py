"""Measure our cold build against its peers' on the same content, print a table and write BENCHMARKS.md.

make bench
.venv/bin/python tests/benchmarks/bench.py --records 1000 --documents 50 --runs 3 --only Hugo
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

# The benchmarks are scripts: run from anywhere, they find the project.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.contenders import CONTENDERS, Contender
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.measure import CommandError, Run, peak_memory, run

REPORT = Path(__file__).parents[2] / "BENCHMARKS.md"


@dataclass(frozen=True, slots=True)
class Result:
    """What a contender needed for a cold build: medians of time in seconds, memory in bytes; and what came out."""

    contender: Contender
    seconds: float
    processor_seconds: float
    memory: int
    pages: int
    bytes: int


def main() -> None:
    """Read the command line, measure, report."""
    options = _options()
    before = os.getloadavg()[0]
    work = Path(tempfile.mkdtemp(prefix="ville-bench-", dir=options.work))
    try:
        chosen = [one for one in CONTENDERS if not options.only or one.name in options.only]
        results = compare(chosen, work, options.records, options.documents, options.runs)
    except CommandError as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(work)
    shown = table(results)
    print(shown)
    if not options.only:
        REPORT.write_text(_report(results, shown, options, (before, os.getloadavg()[0])), "utf-8")


def compare(contenders: Sequence[Contender], work: Path, records: int, documents: int, runs: int) -> list[Result]:
    """Build one campaign with every contender, in turns so that a busy moment of the machine hits all alike."""
    write_campaign(work / "campaign", records, documents)
    sites = {contender: work / f"site-{number}" for number, contender in enumerate(contenders)}
    for contender, site in sites.items():
        contender.prepare(work / "campaign", site)
    taken: dict[Contender, list[Run]] = {contender: [] for contender in contenders}
    for turn in range(runs):
        for contender, site in sites.items():
            _forget(contender, site)
            taken[contender].append(run(contender.command(), site))
            print(f"{contender.name}, {turn + 1}/{runs}: {taken[contender][-1].seconds:.2f} s", file=sys.stderr)
    return [_result(contender, site, taken[contender]) for contender, site in sites.items()]


def _result(contender: Contender, site: Path, runs: list[Run]) -> Result:
    _forget(contender, site)
    memory = peak_memory(contender.command(), site)
    pages = list((site / "site").rglob("*.html"))
    return Result(
        contender,
        median(one.seconds for one in runs),
        median(one.processor_seconds for one in runs),
        memory,
        len(pages),
        sum(page.stat().st_size for page in pages),
    )


def _forget(contender: Contender, site: Path) -> None:
    for path in (site / name for name in ("site", *contender.caches)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def table(results: Sequence[Result]) -> str:
    """Give the results as a Markdown table; the ratios are to the first row."""
    head = ("", "version", "time", "ratio", "processor time", "memory", "ratio", "pages", "HTML")
    first = results[0]
    rows = [
        (
            one.contender.name,
            one.contender.version(),
            f"{one.seconds:.2f} s",
            f"{one.seconds / first.seconds:.1f}",
            f"{one.processor_seconds:.2f} s",
            f"{one.memory / 1e6:.0f} MB",
            f"{one.memory / first.memory:.1f}",
            f"{one.pages}",
            f"{one.bytes / 1e6:.0f} MB",
        )
        for one in results
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in (head, *rows)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _report(results: Sequence[Result], table: str, options: argparse.Namespace, loads: tuple[float, float]) -> str:
    notes = "\n".join(f"- **{one.contender.name}.** {one.contender.note}" for one in results)
    day = datetime.now(UTC).date().isoformat()
    command = f".venv/bin/python tests/benchmarks/bench.py --records {options.records} --documents {options.documents}"
    return f"""# Benchmarks

Made by `make bench` on {day}, or with other sizes by

    {command} --runs {options.runs}

## Cold build of {options.records} records and {options.documents} documents

The same generated campaign (`tests/benchmarks/generate.py`) for all, sources and output on a RAM disk. Time is that
of the whole process from start to end, median of {options.runs} runs taken in turns. Processor time counts all cores.
Memory is the most that all processes held together (proportional set size, sampled every 20 ms in one more run).
Ratios are to the first row.

{table}

What each does, leaves out, or was spared:

{notes}

## Machine

{_machine()}.
Load average before and after: {loads[0]:.1f} and {loads[1]:.1f}. On an idle machine it is near 0 before and under 2
after; above that, other work slowed every contender, and processor times tell more than times.
"""


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = f"{os.cpu_count()} cores ({models[0] if models else platform.machine()})"
    return f"{cores}, {memory:.0f} GB of memory, {platform.system()}, Python {platform.python_version()}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the cold build against its peers' on the same content.")
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--documents", type=int, default=250, metavar="M")
    parser.add_argument("--runs", type=int, default=5, metavar="R", help="cold builds of each; the median counts")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="measure only these, and write no report")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"), metavar="DIR", help="where all is built")
    return parser.parse_args()


if __name__ == "__main__":
    main()
