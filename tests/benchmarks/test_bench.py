"""The comparison itself: it builds what it says, and its table holds what was measured."""

from pathlib import Path

from tests.benchmarks.bench import compare, table
from tests.benchmarks.contenders import CONTENDERS


def test_our_own_build_is_measured(tmp_path: Path) -> None:
    ours = CONTENDERS[0]
    (result,) = compare([ours], tmp_path, records=60, documents=12, runs=1)
    assert result.pages >= 60 + 12
    assert result.seconds > 0
    assert result.memory > 1_000_000
    head, _, row = table([result]).splitlines()
    assert "memory" in head
    assert ours.name in row
