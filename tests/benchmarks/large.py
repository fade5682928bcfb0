"""Ten times as large: what a town of 100,000 records costs, and an edit in it."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.benchmarks.cold import Result
from tests.benchmarks.contenders import OURS
from tests.benchmarks.edits import STORY, Rebuilt, edits, lay_out, timed
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.measure import run
from tests.benchmarks.tables import megabytes, ratio, seconds, table

INTERVAL = 0.5
"""Seconds between two looks at the memory: each takes longer where there is more of it."""


def report(records: int, documents: int, work: Path, ordinary: Result, rebuilt: Sequence[Rebuilt], runs: int) -> str:
    """Build a large town and edit it; give the section that compares it with the ordinary one."""
    campaign = work / "large"
    write_campaign(campaign, records, documents)
    # Where there is that much memory, looking at it takes a good part of the time: that is measured apart.
    memory = run(OURS.command(), campaign, INTERVAL).memory
    edited_campaign = lay_out(campaign, work / "large-edited")
    cold = run(OURS.command(), edited_campaign)
    (story,) = (edit for edit in edits(campaign) if edit.name == STORY)
    edited = median(one.seconds for one in timed(edited_campaign, story, runs))
    before = next(one.seconds for one in rebuilt if one.edit.name == STORY)
    rows = [
        ("cold build", seconds(cold.seconds), ratio(cold.seconds / ordinary.seconds)),
        ("its memory", megabytes(memory), ratio(memory / ordinary.memory)),
        ("after one story's edit", seconds(edited), ratio(edited / before)),
    ]
    return f"""## {records} records and {documents} documents

Ours alone; the ratios are to {ordinary.pages} pages, above.

{table(("", "measured", "ratio"), rows)}
"""
