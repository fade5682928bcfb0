"""Wall time, processor time and memory of a whole command, all its processes together."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


class CommandError(Exception):
    """A measured command failed; holds what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command took, in seconds; processor time is that of all processes and cores."""

    seconds: float
    processor_seconds: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command in a folder and give what it took. Raises CommandError when it fails."""
    before = os.times()
    start = time.perf_counter()
    result = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    after = os.times()
    _succeeded(command, result.returncode, result.stdout + result.stderr)
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return Run(seconds, processor)


def peak_memory(command: Sequence[str], folder: Path, interval: float = 0.02) -> int:
    """Run a command and give the most memory that its processes held at one time, in bytes.

    It is the sum of their proportional set sizes (a page shared by two processes counts half for each, see
    proc(5), smaps_rollup), sampled at an interval in seconds: files in the page cache don't count.
    """
    peak = 0
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:  # fmt: skip
        while process.poll() is None:
            peak = max(peak, sum(map(_proportional_set_size, _session(process.pid))))
            time.sleep(interval)
    _succeeded(command, process.returncode, "")
    return peak


def _succeeded(command: Sequence[str], status: int, output: str) -> None:
    if status != 0:
        raise CommandError(f"{' '.join(command)}: exit status {status}\n{output[-4000:]}")


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
