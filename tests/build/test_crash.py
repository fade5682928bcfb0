"""A build killed at any moment: each file of the site is whole, and the next build finishes the job."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from generator.build import build
from generator.campaign.models.fields import PARIS

from .snapshots import snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
ROUNDS = int(os.environ.get("CRASH_ROUNDS", "12"))


def test_a_killed_build_leaves_whole_files_and_the_next_one_finishes(campaign: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    build(campaign, output, NOW, 1)
    old = snapshot(output)
    shutil.copytree(campaign / "data", tmp_path / "old-data")
    for path in (campaign / "data/initiatives").glob("*.yml"):
        path.write_text(path.read_text().replace("story: |\n", "story: |\n  Une phrase de plus.\n\n"))
    build(campaign, tmp_path / "clean", NOW, 1, clean=True)
    new = snapshot(tmp_path / "clean")
    command = [sys.executable, "-m", "generator", "build", "--root", str(campaign), "--output", str(output)]
    start = time.monotonic()
    subprocess.run([*command, "--now", "2026-11-23T12:00", "--jobs", "2"], check=True, capture_output=True)
    duration = time.monotonic() - start
    chance = random.Random(4)
    for round_number in range(ROUNDS):
        fresh = round_number % 2
        data = tmp_path / "old-data" if fresh else None
        _lay(campaign, data)
        with subprocess.Popen(
            [*command, "--now", "2026-11-23T12:00", "--jobs", "2", "--clean"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(chance.uniform(0.2, 1.0) * duration)
            os.killpg(process.pid, signal.SIGKILL)
        for name, digest in snapshot(output).items():
            if not name.startswith(".ville-solidaire-staging"):
                assert digest in (old.get(name), new.get(name)), name
    _lay(campaign, None)
    build(campaign, output, NOW, 1)
    assert snapshot(output) == new


def test_a_build_killed_alone_leaves_no_process_behind(campaign: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "build", "--root", str(campaign), "--output", str(tmp_path / "site")]
    chance = random.Random(4)
    for _ in range(6):
        with subprocess.Popen(
            [*command, "--jobs", "2", "--clean"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            while len(_session(process.pid)) < 3 and process.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.5))
            process.kill()
        deadline = time.monotonic() + 20
        while (left := _session(process.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not left


def _session(leader: int) -> list[int]:
    """Give the processes at work in a session (proc_pid_stat(5): state, parent, group, session)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session = stat.read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z":
                found.append(int(stat.parent.name))
    return found


def _lay(campaign: Path, data: Path | None) -> None:
    """Put the old data back, or the new: the campaign that the next build, killed, will read."""
    kept = campaign.parent / "new-data"
    if not kept.exists():
        shutil.copytree(campaign / "data", kept)
    shutil.rmtree(campaign / "data")
    shutil.copytree(data or kept, campaign / "data")
