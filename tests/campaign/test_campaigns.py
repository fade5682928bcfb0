"""Small campaigns, good and bad, each beside the exact problems that it must give.

To add a case, add a folder to `tests/campaigns/invalid` (or `valid`): its files are laid over `tests/campaigns/base`, a
valid campaign, and `expected.txt` says what must be found, one problem a line: `path:line:column code`.
"""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from generator.build.gathering import gather
from generator.campaign.models.fields import PARIS
from generator.problems import Problem, print_text

CAMPAIGNS = Path(__file__).parents[1] / "campaigns"
CASES = [path for folder in ("valid", "invalid") for path in sorted((CAMPAIGNS / folder).iterdir())]
NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)


def lay(case: Path, root: Path) -> Path:
    """Make a campaign of the base and a case's files."""
    shutil.copytree(CAMPAIGNS / "base", root)
    shutil.copytree(case, root, dirs_exist_ok=True)
    (root / "expected.txt").unlink()
    return root


def line(problem: Problem) -> str:
    """Tell of a problem as `expected.txt` does."""
    grave = "" if problem.severity == "error" else " (warning)"
    return f"{problem.path}:{problem.line}:{problem.column} {problem.code}{grave}"


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_campaign_gives_exactly_its_problems(case: Path, tmp_path: Path) -> None:
    root = lay(case, tmp_path / "campaign")
    problems = sorted(gather(root, NOW, None).problems)
    found = [line(problem) for problem in problems]
    assert found == (case / "expected.txt").read_text(encoding="utf-8").splitlines(), print_text(problems, root)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_problem_is_told_in_whole_sentences_that_stand_on_their_line(case: Path, tmp_path: Path) -> None:
    root = lay(case, tmp_path / "campaign")
    problems = gather(root, NOW, None).problems
    for problem in problems:
        assert problem.message.endswith((".", "?")), problem
        assert problem.hint.endswith((".", "?", "/", "…»", '…".', "\\")) or not problem.hint, problem
        assert problem.message[0].isupper() or problem.message[0] == "«", problem
        assert "  " not in problem.message.replace("«  »", ""), problem
        assert "'" not in problem.code
        if problem.line:
            text = (root / problem.path).read_bytes().decode("utf-8", "replace").lstrip("\ufeff")
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            assert problem.line <= len(lines), problem
            assert problem.column <= len(lines[problem.line - 1]) + 1, problem


def test_no_case_is_left_without_its_problems() -> None:
    assert all((case / "expected.txt").is_file() for case in CASES)
    assert all((case / "expected.txt").read_bytes() for case in CASES if case.parent.name == "invalid")
