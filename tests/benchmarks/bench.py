"""All measures of the site's speed, in one run: print them, and write BENCHMARKS.md.

make bench
make bench BENCH="--large 100000"
.venv/bin/python tests/benchmarks/bench.py --records 1000 --documents 50 --runs 3 --peers Eleventy
"""

import argparse
import os
import platform
import shlex
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

# The benchmarks are scripts: run from anywhere, they find the project.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import cold, edits, large, likeness, pictures, preview
from tests.benchmarks.contenders import CONTENDERS, HUGO, OURS
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.measure import CommandError

REPORT = Path(__file__).parents[2] / "BENCHMARKS.md"


def main() -> None:
    """Read the command line, measure, report."""
    options = _options()
    before, start = os.getloadavg()[0], time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="ville-bench-", dir=options.work))
    try:
        sections = measure(options, work)
    except CommandError as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(work)
    text = "\n".join([_head(), *sections, _machine(before, time.monotonic() - start)])
    print(text)
    REPORT.write_text(text, "utf-8")


def measure(options: argparse.Namespace, work: Path) -> list[str]:
    """Measure everything, in a folder that is new; give the report's sections."""
    campaign, runs = work / "campaign", options.runs
    write_campaign(campaign, options.records, options.documents)

    chosen = [one for one in CONTENDERS if one in (OURS, HUGO) or not options.peers or one.name in options.peers]
    built = cold.compare(chosen, campaign, work, runs)
    ours, hugo = built[:2]
    alike = [one for one in built if one.contender is OURS or one.contender.like_ours]
    sections = [
        cold.report(built, options.records, options.documents),
        likeness.report([(one.contender.name, one.site / "site") for one in alike]),
        cold.with_search([ours, hugo], runs),
    ]

    rebuilt = edits.measure(campaign, work / "edited", runs)
    sections.append(edits.report(rebuilt, hugo.seconds))

    sections.append(preview.report(campaign, work, runs))
    sections.append(pictures.report(options.pictures, work, runs))
    if options.large:
        sections.append(large.report(options.large, options.documents * 10, work, ours, rebuilt, runs))
    return sections


def _head() -> str:
    day = datetime.now(UTC).date().isoformat()
    arguments = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
    return f"""# Benchmarks

Made by `make bench` on {day}, with

    .venv/bin/python tests/benchmarks/{arguments}

Whoever doubts a figure can run it again, with other sizes if they like (`--help`), and with a large town too:
`make bench BENCH="--large 100000"`. What takes longer than 5 seconds is run 3 times, longer than 20 seconds once.
"""


def _machine(before: float, seconds: float) -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = f"{os.cpu_count()} cores ({models[0] if models else platform.machine()})"
    whose = "the system's" if Path(sys.executable).resolve().parent == Path("/usr/bin") else "not the system's"
    python = f"Python {platform.python_version()} ({whose})"
    machine = f"{cores}, {memory:.0f} GB of memory, {platform.system()}, {python}"
    return f"""## Machine

{machine}. Load average before and after: {before:.1f} and {os.getloadavg()[0]:.1f}. On an idle
machine it is near 0 before and under 3 after; above that, other work slowed every contender, and processor times tell
more than times. All of the above took {seconds / 60:.1f} minutes.
"""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the builds and the preview, beside their peers.")
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--documents", type=int, default=250, metavar="M")
    parser.add_argument("--pictures", type=int, default=16, metavar="P")
    parser.add_argument("--large", type=int, default=0, metavar="N", help="also build a town of so many records")
    parser.add_argument("--runs", type=int, default=5, metavar="R", help="runs of what is short; the median counts")
    parser.add_argument("--peers", nargs="+", metavar="NAME", help="compare with Hugo and these only")
    parser.add_argument("--work", type=Path, default=Path("/dev/shm"), metavar="DIR", help="where all is built")
    return parser.parse_args()


if __name__ == "__main__":
    main()
