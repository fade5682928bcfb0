"""What a scheduler is told: the next moment at which the site changes by itself, and nothing of what changes it."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.build import build
from generator.build.schedule import next_change
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from tests.benchmarks.generate import write_campaign
from tests.site.towns import add

from .snapshots import snapshot

START = datetime(2026, 11, 23, 12, tzinfo=PARIS)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Give a campaign with a change of each kind ahead, two of them in the hour that comes twice."""
    root = tmp_path / "campaign"
    write_campaign(root, records=60, documents=20, seed=4)
    add(root, "press_release", "embargo", date="2026-11-01 10:00", embargo_until="2026-11-23 12:01")
    add(root, "press_release", "nuit", date="2027-10-31 02:30")
    add(root, "event", "bal", start="2027-10-31 01:30", end="2027-10-31 02:15")
    add(root, "lesson", "retrait", date="2026-05-01", withdrawn={"date": "2026-11-24", "reason": "Erreur."})
    return root


def made(root: Path, now: datetime) -> dict[str, str]:
    output = root.parent / "site"
    report = build(root, output, now, 1, clean=True)
    assert not has_errors(report.problems), report.problems
    return snapshot(output)


@pytest.mark.parametrize(
    "start", [START, datetime(2027, 2, 20, tzinfo=PARIS), datetime(2027, 10, 30, 20, tzinfo=PARIS)]
)
def test_nothing_changes_before_the_next_change(town: Path, start: datetime) -> None:
    now = start
    for _ in range(2):
        before = made(town, now)
        change = next_change(town, now).change.moment.astimezone(UTC)
        assert change > now.astimezone(UTC)
        assert made(town, change - timedelta(seconds=1)) == before
        now = change


def test_an_embargo_is_a_change(town: Path) -> None:
    change = next_change(town, START).change
    assert change.moment == datetime(2026, 11, 23, 12, 1, tzinfo=PARIS)
    assert made(town, change.moment) != made(town, START)


def test_it_is_the_same_from_the_archive_and_afresh(town: Path) -> None:
    first = next_change(town, START)
    made(town, START)
    assert next_change(town, START) == first
    data = town / ".cache/records/data"
    if data.is_file():
        data.write_bytes(bytes(255 - byte for byte in data.read_bytes()))
    assert next_change(town, START) == first


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_command_gives_what_a_scheduler_reads_and_names_no_record(town: Path, form: list[str]) -> None:
    command = [sys.executable, "-m", "generator", "next-change", "--root", str(town), "--now", "2026-11-23T11:00:00Z"]
    result = subprocess.run([*command, *form], capture_output=True, text=True, check=True)
    if form:
        told = json.loads(result.stdout)
        assert (told["next_change"], told["seconds"]) == ("2026-11-23T11:01:00Z", 60)
    else:
        assert result.stdout == "2026-11-23T11:01:00Z\n"
        assert "embargo" in result.stderr
    assert "embargo/" not in result.stdout + result.stderr
    assert "Fiche" not in result.stdout + result.stderr
