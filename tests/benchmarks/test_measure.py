"""The measurements count every process of a command, and never take a failure for a fast run."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import CommandError, Run, enough, run

HOLD = "import time; held = bytearray(60_000_000); time.sleep(1)"
TWO = f"""
import subprocess, sys
children = [subprocess.Popen([sys.executable, "-c", {HOLD!r}]) for _ in range(2)]
[child.wait() for child in children]
"""


def test_memory_counts_child_processes(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", TWO], tmp_path, interval=0.02).memory > 120_000_000


def test_processor_time_counts_child_processes(tmp_path: Path) -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(30_000_000))'])"
    assert run([sys.executable, "-c", work], tmp_path).processor_seconds > 0.1


def test_what_a_command_says_is_kept(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "print('dit')"], tmp_path).output == "dit\n"


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="exit status 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


@pytest.mark.parametrize(("seconds", "runs"), [(1.0, 5), (8.0, 3), (30.0, 1)])
def test_what_is_long_is_run_less_often(seconds: float, runs: int) -> None:
    once = Run(seconds, seconds, "")
    assert not enough([once] * (runs - 1), 5)
    assert enough([once] * runs, 5)
