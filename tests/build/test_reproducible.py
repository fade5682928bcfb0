"""Same campaign, same moment: the same bytes, wherever and however it is built."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .snapshots import snapshot


def run(root: Path, output: Path, jobs: int, **environment: str) -> dict[str, str]:
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--output", str(output)]
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    subprocess.run(
        [*command, "--now", "2026-11-23T12:00", "--jobs", str(jobs)],
        check=True,
        capture_output=True,
        env={**kept, "PYTHONPATH": os.getcwd(), **environment},
    )
    return snapshot(output)


def test_folder_locale_time_zone_home_and_jobs_change_no_byte(campaign: Path, tmp_path: Path) -> None:
    first = run(campaign, tmp_path / "site", 1, LC_ALL="C", TZ="Pacific/Auckland")
    elsewhere = tmp_path / "un autre dossier, très loin" / "ville"
    _copy_in_reverse(campaign, elsewhere)
    second = run(elsewhere, elsewhere / "public", 2, LC_ALL="C.UTF-8", TZ="America/Martinique", HOME="/nonexistent")
    assert first == second


def _copy_in_reverse(source: Path, target: Path) -> None:
    """Copy files in the opposite order, so that folders list them otherwise."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file() and ".cache" not in path.parts:
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
