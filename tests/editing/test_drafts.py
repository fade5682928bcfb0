"""A press release under seal: nothing of it is anywhere before its time, with or without the key."""

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pyrage
import pytest

from generator.build import Report, build
from generator.build.gathering import gather
from generator.build.schedule import next_change
from generator.build.sealed import in_clear
from generator.campaign.models.fields import PARIS
from generator.cli import main
from generator.problems import has_errors
from tests.build.markers import holding
from tests.build.snapshots import snapshot
from tests.site.towns import add

CANARY = "zanzibarine"
TIME = datetime(2026, 12, 5, 9, tzinfo=PARIS)
BEFORE = datetime(2026, 12, 5, 8, 59, tzinfo=PARIS)


@pytest.fixture
def key(campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Give the file of the press key of a campaign that has one."""
    keys = tmp_path / "cles"
    assert main(["press", "keygen", "--root", str(campaign), "--output", str(keys)]) == 0
    assert "VILLE_PRESS_KEY" in capsys.readouterr().out
    return keys / "cle-presse.txt"


@pytest.fixture
def sealed(campaign: Path, key: Path) -> Path:
    """Give the sealed file of a release under embargo whose id and words are the canary's."""
    word = f"Le mot {CANARY}"
    add(campaign, "press_release", CANARY, body=word, title=word, summary=word, embargo_until="2026-12-05 09:00")
    assert main(["press", "seal", str(campaign / f"content/press/{CANARY}.md"), "--root", str(campaign)]) == 0
    (file,) = (campaign / "content/press").glob("*.age")
    return file


def make(root: Path, output: Path, now: datetime, *, jobs: int = 1) -> Report:
    report = build(root, output, now, jobs)
    assert not has_errors(report.problems), report.problems
    return report


def errors(root: Path, now: datetime) -> list[str]:
    return [each.code for each in gather(root, now, None).problems if each.severity == "error"]


def test_sealing_leaves_nothing_in_clear_not_even_a_name(campaign: Path, sealed: Path) -> None:
    assert sealed.name.startswith("scelle-")
    for part in ("content", "data"):
        assert holding(campaign / part, CANARY) == []


@pytest.mark.parametrize("has_key", [True, False])
def test_before_its_time_it_is_in_no_byte_of_the_site_or_of_the_cache(
    campaign: Path, sealed: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_key: bool
) -> None:
    if has_key:
        monkeypatch.setenv("VILLE_PRESS_KEY", str(key))
    time.sleep(0.15)  # Files just written are not archived.
    report = make(campaign, tmp_path / "site", BEFORE, jobs=2)
    assert holding(tmp_path / "site", CANARY) == []
    assert holding(campaign / ".cache", CANARY) == []
    assert CANARY not in json.dumps(report.as_json())
    assert [each.code for each in report.problems if "seal" in each.code] == ([] if has_key else ["sealed-drafts"])
    change, problems = next_change(campaign, BEFORE)
    assert (change.moment == TIME, problems == []) == (has_key, has_key)


def test_at_its_time_who_has_the_key_publishes_it_at_the_address_that_is_inside(
    campaign: Path, sealed: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    make(campaign, site, TIME)
    assert holding(site, CANARY) == []
    without = snapshot(site)
    monkeypatch.setenv("VILLE_PRESS_KEY", key.read_text().splitlines()[-1])
    make(campaign, site, TIME)
    assert f"presse/{CANARY}/index.html" in holding(site, CANARY)
    assert CANARY in (site / "presse/index.html").read_text()
    assert holding(campaign / ".cache/records", CANARY) == []
    assert sealed.stem not in json.dumps(sorted(snapshot(site)))
    monkeypatch.delenv("VILLE_PRESS_KEY")
    make(campaign, site, TIME)
    assert snapshot(site) == without


def test_another_key_or_a_damaged_file_is_an_error_that_quotes_nothing(
    campaign: Path, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLE_PRESS_KEY", str(pyrage.x25519.Identity.generate()))
    assert [each.code for each in gather(campaign, TIME, None).problems if each.severity == "error"] == [
        "sealed-unopened"
    ]
    monkeypatch.setenv("VILLE_PRESS_KEY", "/nulle/part")
    assert errors(campaign, TIME) == ["press-key"]


def test_the_errors_of_a_sealed_text_are_told_without_quoting_it(
    campaign: Path, sealed: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLE_PRESS_KEY", str(key))
    public = key.read_text().splitlines()[1].rpartition(" ")[2]
    faulty = f"---\ntitle: {CANARY}\nkits: [{CANARY}]\nsummary: A\ndate: 2026-12-05 09:00\n---\n\n[x](/{CANARY}/)\n"
    sealed.write_bytes(pyrage.encrypt(faulty.encode(), [pyrage.x25519.Recipient.from_str(public)]))
    problems = [each for each in gather(campaign, BEFORE, None).problems if each.severity == "error"]
    assert [(each.code, each.path) for each in problems] == [("sealed-draft", f"content/press/{sealed.name}")]
    assert CANARY not in repr(problems)


def test_opening_gives_the_text_back_under_its_own_name(
    campaign: Path, sealed: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["press", "open", str(sealed), "--root", str(campaign), "--key", str(key)]
    assert main(command) == 0
    clear = campaign / f"content/press/{CANARY}.md"
    assert clear.read_text().startswith(f"---\nid: {CANARY}\n")
    assert not sealed.exists()
    assert main(command) == 1
    problems = in_clear(gather(campaign, BEFORE, None).outlines, BEFORE, campaign)
    assert [(each.path, each.code) for each in problems] == [(f"content/press/{CANARY}.md", "embargo-in-clear")]
    assert in_clear(gather(campaign, TIME, None).outlines, TIME, campaign) == []
    assert main(["press", "seal", f"content/press/{CANARY}.md", "--root", str(campaign)]) == 0
    assert not clear.exists()


def test_what_can_not_be_sealed_is_left_as_it_is(campaign: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = campaign / "content/press/faute.md"
    faulty.write_text("---\ntitle: A\n---\n\nTexte.\n")
    for file in (faulty, campaign / "content/kits", Path("/etc/passwd"), min((campaign / "content/kits").glob("*.md"))):
        assert main(["press", "seal", str(file), "--root", str(campaign)]) == 1
    assert "Corrigez d'abord" in capsys.readouterr().err
    assert faulty.is_file()


def test_a_key_is_made_once_and_never_in_the_campaign(
    campaign: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert os.stat(key).st_mode & 0o777 == 0o600
    assert holding(campaign, "AGE-SECRET-KEY") == []
    assert main(["press", "keygen", "--root", str(campaign), "--output", str(tmp_path / "autres")]) == 1
    assert "déjà inscrite" in capsys.readouterr().err
    assert main(["press", "keygen", "--root", str(campaign), "--output", str(campaign / "cles")]) == 1
    assert not (campaign / "cles").exists()
