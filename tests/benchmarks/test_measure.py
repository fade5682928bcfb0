"""The measurements count every process of a command, and never take a failure for a fast run."""

import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import CommandError, peak_memory, run

HOLD = "import time; held = bytearray(60_000_000); time.sleep(1)"
TWO = f"""
import subprocess, sys
children = [subprocess.Popen([sys.executable, "-c", {HOLD!r}]) for _ in range(2)]
[child.wait() for child in children]
"""


def test_memory_counts_child_processes(tmp_path: Path) -> None:
    assert peak_memory([sys.executable, "-c", TWO], tmp_path) > 120_000_000


def test_processor_time_counts_child_processes(tmp_path: Path) -> None:
    work = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(30_000_000))'])"
    assert run([sys.executable, "-c", work], tmp_path).processor_seconds > 0.1


@pytest.mark.parametrize("measure", [run, peak_memory])
def test_a_command_that_fails_is_not_measured(measure: object, tmp_path: Path) -> None:
    assert callable(measure)
    with pytest.raises(CommandError, match="exit status 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
