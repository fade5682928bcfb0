"""The comparison itself: it builds what it says, and its tables hold what was measured."""

from pathlib import Path

import pytest

from tests.benchmarks import cold, edits, large
from tests.benchmarks.contenders import OURS
from tests.benchmarks.generate import write_campaign


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("town") / "campaign"
    write_campaign(root, 60, 12)
    return root


def test_our_own_build_is_measured(town: Path, tmp_path: Path) -> None:
    (result,) = cold.compare([OURS], town, tmp_path, runs=1)
    assert result.pages >= 60 + 12
    assert result.seconds > 0
    assert result.memory > 1_000_000
    report = cold.report([result], 60, 12)
    assert "| Ville Solidaire | " in report
    assert "| Ville Solidaire | " in cold.with_search([result], runs=1)
    assert "| cold build " in large.report(70, 12, tmp_path, result, [edits.Rebuilt(_story(town), 1, 0.3, 1, True)], 1)


def _story(town: Path) -> edits.Edit:
    return next(edit for edit in edits.edits(town) if edit.name == edits.STORY)


def test_every_edit_changes_pages_and_the_build_after_it_is_right(town: Path, tmp_path: Path) -> None:
    rebuilt = {one.edit.name: one for one in edits.measure(town, tmp_path / "edited", 1)}
    assert all(one.same_as_clean for one in rebuilt.values())
    assert rebuilt.pop("nothing").written == 0
    assert rebuilt.pop("the palette").written == 0  # Its style sheets keep their names.
    rebuilt.pop("a day passes")  # In a small town, nothing may turn that day.
    assert all(one.written > 0 for one in rebuilt.values())
    assert rebuilt[edits.STORY].written == 1
