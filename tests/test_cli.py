"""The command line as people and programs use it: what it prints where, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from tests.build.snapshots import snapshot

PROJECT = Path(__file__).parents[1]
CAMPAIGNS = Path(__file__).parent / "campaigns"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a valid campaign, to change or to break."""
    root = Path(shutil.copytree(CAMPAIGNS / "base", tmp_path / "campaign"))
    (root / "theme").symlink_to(PROJECT / "theme")
    return root


def spoil(root: Path) -> None:
    (root / "data/initiatives/potager.yml").write_text("titre: x\n", encoding="utf-8")


def check(root: Path, *arguments: str) -> int:
    return main(["check", "--root", str(root), "--now", "2026-11-23T12:00", "--jobs", "1", *arguments])


def test_a_valid_campaign_is_said_to_have_no_problem(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root) == 0
    assert capsys.readouterr() == ("", "Aucun problème.\n")


def test_a_faulty_campaign_ends_with_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(root)
    assert check(root) == 1
    printed, count = capsys.readouterr()
    assert "data/initiatives/potager.yml:1:1: erreur [unknown-field]" in printed
    assert "→ Vouliez-vous dire « title » ?" in printed
    assert "    1 | titre: x" in printed
    assert count == "6 erreurs, 0 avertissement.\n"


def test_warnings_do_not_count_as_failure(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/pages/a-propos.md").unlink()
    assert check(root) == 0
    assert capsys.readouterr().err == "0 erreur, 1 avertissement.\n"


def test_programs_get_json_and_nothing_else(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []
    spoil(root)
    assert check(root, "--format", "json") == 1
    problems = json.loads(capsys.readouterr().out)
    assert problems[0].keys() == {"path", "line", "column", "severity", "code", "message", "hint"}


def test_github_gets_annotations(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root, "--format", "github") == 0
    assert capsys.readouterr().out == ""
    spoil(root)
    assert check(root, "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert all(line.startswith("::error file=data/initiatives/potager.yml,line=1,col=1,title=") for line in lines)


def build(root: Path, *arguments: str) -> int:
    return main(["build", "--root", str(root), "--now", "2026-11-23T12:00", "--jobs", "1", *arguments])


def test_a_build_with_errors_leaves_the_last_good_site_as_it_was(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(root) == 0
    assert "Le site est dans" in capsys.readouterr().out
    before = snapshot(root / "site")
    assert "initiatives/potager/index.html" in before
    for damage in (
        lambda: spoil(root),
        lambda: (root / "site_config.yml").write_text("title: [", encoding="utf-8"),
        lambda: shutil.rmtree(root / "data"),
    ):
        damage()
        assert build(root) == 1
        assert snapshot(root / "site") == before
        assert "erreur" in capsys.readouterr().err


def test_a_build_tells_programs_what_it_did(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(root, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report.keys() == {"pages", "written", "unchanged", "removed", "seconds", "problems"}
    assert report["pages"] == report["written"] > 10
    assert report["problems"] == []
    spoil(root)
    assert build(root, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["pages"], report["written"]) == (0, 0)
    assert len(report["problems"]) == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque COMMANDE"),
        (["chek"], "choix possibles : build, check"),
        (["check", "--formt", "x"], "« --formt x » n'a pas de sens ici"),
        (["check", "--format", "xml"], "--format ne peut pas valoir « xml » ; choix possibles : text, json, github"),
        (["check", "--jobs"], "--jobs attend une valeur"),
        (["check", "--jobs", "0"], "« 0 » n'est pas un nombre de processus"),
        (["check", "--now", "demain"], "« demain » n'est pas une date"),
        (["check", "--now", "0001-01-01T00:00+02:00"], "n'est pas une date"),
        (["signups", "list", "--now", "demain"], "« demain » n'est pas une date"),
        (["build", "--clean=oui"], "--clean n'attend pas de valeur"),
    ],
)
def test_misuse_ends_with_two_and_says_what_to_do(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.startswith("usage : ville")
    assert error.rstrip().endswith("--help")


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["build", "--help"], ["schema", "--help"]])
def test_help_is_in_french_with_examples(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert "xemples :\n  ville" in text
    for english in ("usage: ", "positional arguments", "show this help", "options:"):
        assert english not in text


@pytest.mark.parametrize("now", ["0001-01-01T00:00", "9999-12-31T23:59", "2028-02-29", "2026-03-29T02:30"])
def test_any_day_will_do(root: Path, now: str) -> None:
    assert main(["check", "--root", str(root), "--now", now, "--jobs", "1"]) == 0


@pytest.mark.parametrize("where", ["absent", "site_config.yml", "data"])
def test_a_folder_that_is_no_campaign_is_told(root: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(root / where) == 1
    assert "erreur [" in capsys.readouterr().out


def ville(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=PROJECT, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}], ids=str
)
def test_a_poor_terminal_without_home_gets_its_problems(root: Path, environment: dict[str, str]) -> None:
    spoil(root)
    done = ville("check", "--root", str(root), **environment)
    assert done.returncode == 1
    assert b"unknown-field" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_early_is_no_fault(root: Path) -> None:
    (root / "data/indicators.yml").write_text("- a\n" * 500, encoding="utf-8")
    command = f"{sys.executable} -m generator check --root {root} | head -n 1"
    done = subprocess.run(["bash", "-c", command], cwd=PROJECT, capture_output=True, check=False)
    assert done.stdout.count(b"\n") == 1
    assert b"BrokenPipe" not in done.stderr


def test_a_cache_that_can_not_be_written_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(CAMPAIGNS / "valid" / "picture-beside-others", root, dirs_exist_ok=True)
    (root / ".cache").write_text("pas un dossier", encoding="utf-8")
    assert check(root) == 1
    assert ".cache/pictures: erreur [cache]" in capsys.readouterr().out


def test_schemas_are_written_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--output", str(tmp_path / "a" / "schemas")]) == 0
    assert len(list((tmp_path / "a" / "schemas").glob("*.schema.json"))) == 21
    assert "21 schémas écrits" in capsys.readouterr().out
