"""Ten times as large: what a town of 100,000 records costs, and edits in it."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.cold import Result, forget
from tests.benchmarks.contenders import OURS
from tests.benchmarks.edits import Rebuilt, edits, lay_out, timed
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.measure import run
from tests.benchmarks.tables import megabytes, ratio, seconds, table

INTERVAL = 0.5
"""Seconds between two looks at the memory: each takes longer where there is more of it."""


RUNS = 3
"""Of a cold build, and of each edit at most: the machine hands out memory that it has not used for long more slowly."""


def report(records: int, documents: int, work: Path, ordinary: Result, rebuilt: Sequence[Rebuilt], runs: int) -> str:
    """Build a large town and edit it; give the section that compares it with the ordinary one."""
    campaign = work / "large"
    write_campaign(campaign, records, documents)
    # Where there is that much memory, looking at it takes a good part of the time: that is measured apart.
    memory = run(OURS.command(), campaign, INTERVAL).memory
    # The ordinary town has no theme of its own either.
    cold = median(_cold(campaign) for _ in range(RUNS))
    forget(OURS, campaign)
    edited_campaign = lay_out(campaign, work / "large-edited")
    run(OURS.command(), edited_campaign)
    before = {one.edit.name: one.seconds for one in rebuilt}
    after = {
        edit.name: median(one.seconds for one in timed(edited_campaign, edit, min(runs, RUNS)))
        for edit in edits(campaign)
        if edit.name in before
    }
    rows = [
        ("cold build", seconds(cold), ratio(cold / ordinary.seconds)),
        ("its memory", megabytes(memory), ratio(memory / ordinary.memory)),
        *((f"after an edit: {name}", seconds(each), ratio(each / before[name])) for name, each in after.items()),
    ]
    return f"""## {records} records and {documents} documents

Ours alone; the ratios are to {ordinary.pages} pages, above.

{table(("", "measured", "ratio"), rows)}
"""


def _cold(campaign: Path) -> float:
    """Build a campaign of which nothing is built, and give the seconds that it took."""
    forget(OURS, campaign)
    return run(OURS.command(), campaign).seconds
