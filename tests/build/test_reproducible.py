"""Same campaign, same moment: the same bytes, wherever and however it is built."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .snapshots import snapshot

PROGRAM = Path(__file__).parents[2]
SOMEBODY_ELSE = ("unshare", "--user")
"""A namespace in which one is nobody: util-linux, where the system allows it."""
NO_UTF_8 = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Python's own defaults turned off: files and terminals are ASCII unless the program says otherwise."""


def run(root: Path, output: Path, jobs: int, *before: str, **environment: str) -> dict[str, str]:
    command = [*before, sys.executable, "-m", "generator", "build", "--root", str(root), "--output", str(output)]
    subprocess.run(
        [*command, "--now", "2026-11-23T12:00", "--jobs", str(jobs)],
        check=True,
        capture_output=True,
        cwd=PROGRAM,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROGRAM), **environment},
        umask=0o077 if before else 0o022,
    )
    return snapshot(output)


def test_folder_locale_time_zone_home_and_jobs_change_no_byte(campaign: Path, tmp_path: Path) -> None:
    first = run(campaign, tmp_path / "site", 1, LC_ALL="C", TZ="Pacific/Auckland", PYTHONHASHSEED="1")
    elsewhere = tmp_path / "un autre dossier, très loin" / "ville"
    _copy_in_reverse(campaign, elsewhere)
    away = {"LC_ALL": "C.UTF-8", "TZ": "America/Martinique", "HOME": "/nonexistent", "PYTHONHASHSEED": "2"}
    assert run(elsewhere, elsewhere / "public", 2, **away) == first
    assert run(elsewhere, elsewhere / "ascii", 3, **NO_UTF_8) == first


def test_another_user_with_other_rights_makes_the_same_bytes(campaign: Path, tmp_path: Path) -> None:
    if not shutil.which("unshare") or subprocess.run([*SOMEBODY_ELSE, "true"], check=False).returncode:
        pytest.skip("nobody else may be had here")
    first = run(campaign, tmp_path / "site", 2, LOGNAME="mairie")
    shutil.rmtree(campaign / ".cache")
    assert run(campaign, tmp_path / "theirs", 2, *SOMEBODY_ELSE, LOGNAME="nobody") == first


def _copy_in_reverse(source: Path, target: Path) -> None:
    """Copy files in the opposite order, so that folders list them otherwise."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file() and ".cache" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
