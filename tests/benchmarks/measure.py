"""Wall time, processor time and memory of a whole command, all its processes together."""

import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SHORT, LONG = 5.0, 20.0
"""Seconds: what takes longer than the first is run three times at most, than the second once."""


class CommandError(Exception):
    """A measured command failed; holds what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command took, in seconds (processor time is that of all processes and cores), and its output.

    `memory` is the most that its processes held at one time, in bytes, where that was asked for.
    """

    seconds: float
    processor_seconds: float
    output: str
    memory: int = 0


def run(command: Sequence[str], folder: Path, interval: float = 0.0) -> Run:
    """Run a command in a folder and give what it took. Raises CommandError when it fails.

    With an interval, in seconds, its memory is sampled: the sum of its processes' proportional set sizes (a page shared
    by two counts half for each, see proc(5), smaps_rollup), so files in the page cache don't count. Sampling slows
    it down a little.
    """
    peak = 0
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        before = os.times()
        start = time.perf_counter()
        with subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        ) as process:
            while interval and process.poll() is None:
                peak = max(peak, sum(map(_proportional_set_size, _session(process.pid))))
                time.sleep(interval)
        seconds = time.perf_counter() - start
        after = os.times()
        said.seek(0)
        output = said.read()
    if process.returncode != 0:
        raise CommandError(f"{' '.join(command)}: exit status {process.returncode}\n{output[-4000:]}")
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(seconds, processor, output, peak)


def enough(taken: Sequence[Run], runs: int) -> bool:
    """Tell whether something was run often enough: as often as asked when it is short."""
    if not taken:
        return False
    longest = max(one.seconds for one in taken)
    return len(taken) >= (1 if longest > LONG else min(runs, 3) if longest > SHORT else runs)


def is_long_and_last(taken: Sequence[Run], runs: int) -> bool:
    """Tell whether one more run of something that takes long is enough."""
    return bool(taken) and taken[0].seconds > SHORT and enough([*taken, taken[0]], runs)


def repeat(once: Callable[[int], Run], runs: int) -> list[Run]:
    """Run something as often as is enough; it is told the number of the run."""
    taken: list[Run] = []
    while not enough(taken, runs):
        taken.append(once(len(taken)))
    return taken


def _session(leader: int) -> Iterator[int]:
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if os.getsid(int(entry.name)) == leader:
                    yield int(entry.name)
            except ProcessLookupError:
                continue


def _proportional_set_size(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)
