"""The short way of a build: the same bytes as a whole one, or none of its business."""

import re
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.build import Report, build
from generator.build.retouch import retouch
from generator.campaign.models.fields import PARIS

from .snapshots import snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
_STORY = (r"story: \|\n", "story: |\n  Une phrase de plus.\n\n")
_SUMMARY = ("(?m)^summary: .*$", "summary: Un autre résumé.")


def first(root: Path, folder: str) -> Path:
    return min(path for path in (root / folder).iterdir() if path.suffix in (".yml", ".md"))


def edit(path: Path, pattern: str, replacement: str) -> None:
    text = path.read_text()
    edited = re.sub(pattern, replacement, text, count=1)
    assert edited != text
    path.write_text(edited)


def settle() -> None:
    """Wait: a file just written could change again unseen, and nothing is taken from it for later."""
    time.sleep(0.1)


def retouched(root: Path, site: Path, now: datetime = NOW) -> Report | None:
    settle()
    return retouch(root, site, now, 1)


def same_as_clean(root: Path, site: Path, now: datetime = NOW) -> bool:
    clean = site.with_name("clean")
    build(root, clean, now, 1, clean=True)
    same = snapshot(site) == snapshot(clean)
    shutil.rmtree(clean)
    return same


@pytest.fixture
def site(campaign: Path, tmp_path: Path) -> Path:
    settle()
    build(campaign, tmp_path / "site", NOW, 1)
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("folder", "change"),
    [
        ("data/portraits", _STORY),
        ("data/initiatives", _SUMMARY),
        ("data/organisations", _SUMMARY),
        ("data/neighbourhoods", _SUMMARY),
        ("data/events", _SUMMARY),
        ("content/lessons", (r"\Z", "\nUn mot de plus.\n")),
        ("content/press", _SUMMARY),
    ],
)
def test_a_change_of_words_is_brought_to_the_site_the_short_way(
    campaign: Path, site: Path, folder: str, change: tuple[str, str]
) -> None:
    edit(first(campaign, folder), *change)
    report = retouched(campaign, site)
    assert report
    assert 0 < report.written < report.pages
    assert same_as_clean(campaign, site)


def test_the_worker_renews_what_it_keeps_when_a_page_readable_offline_shows_the_change(
    campaign: Path, site: Path
) -> None:
    """The event stands on the page of an emergency's kit."""
    event = min(path for path in (campaign / "data/events").iterdir() if "- inondation" in path.read_text())
    worker = (site / "sw.js").read_text()
    edit(event, *_SUMMARY)
    assert retouched(campaign, site)
    assert (site / "sw.js").read_text() != worker
    assert same_as_clean(campaign, site)


def test_nothing_changed_is_found_the_short_way(campaign: Path, site: Path) -> None:
    before = snapshot(site)
    report = retouched(campaign, site)
    assert report
    assert (report.written, report.unchanged) == (0, report.pages)
    assert snapshot(site) == before


def test_edits_follow_each_other_the_short_way(campaign: Path, site: Path) -> None:
    for number in range(3):
        edit(first(campaign, "data/portraits"), "story: [|]\n", f"story: |\n  Phrase {number}.\n\n")
        edit(first(campaign, "data/initiatives"), "(?m)^summary: .*$", f"summary: Résumé {number}.")
        assert retouched(campaign, site)
    assert same_as_clean(campaign, site)
    assert "Phrase 2." in (site / f"portraits/{first(campaign, 'data/portraits').stem}/index.html").read_text()


def _add_a_record(root: Path) -> None:
    path = first(root, "data/portraits")
    shutil.copy(path, path.with_stem("de-passage"))


@pytest.mark.parametrize(
    "change",
    [
        lambda root: edit(first(root, "data/initiatives"), "(?m)^title: .*$", "title: Un autre titre"),
        lambda root: edit(first(root, "data/portraits"), _STORY[0], "story: |\n  Voir [les kits](/kits/).\n\n"),
        lambda root: edit(first(root, "content/kits"), *_SUMMARY),
        lambda root: edit(root / "site_config.yml", "(?m)^tagline: .*$", "tagline: Une autre devise"),
        lambda root: first(root, "content/lessons").unlink(),
        _add_a_record,
    ],
    ids=["title", "link", "kit", "settings", "removed", "added"],
)
def test_what_changes_more_than_words_takes_a_whole_build(
    campaign: Path, site: Path, change: Callable[[Path], None]
) -> None:
    before = snapshot(site)
    change(campaign)
    assert retouched(campaign, site) is None
    assert snapshot(site) == before
    build(campaign, site, NOW, 1)
    assert same_as_clean(campaign, site)


def test_an_error_in_the_words_takes_a_whole_build_which_tells_of_it(campaign: Path, site: Path) -> None:
    before = snapshot(site)
    edit(first(campaign, "data/portraits"), "(?m)^summary: .*$", "summary: [1")
    assert retouched(campaign, site) is None
    assert any(problem.severity == "error" for problem in build(campaign, site, NOW, 1).problems)
    assert snapshot(site) == before


def test_another_day_takes_a_whole_build(campaign: Path, site: Path) -> None:
    assert retouched(campaign, site, NOW + timedelta(minutes=1))
    assert retouched(campaign, site, NOW + timedelta(days=1)) is None


@pytest.mark.parametrize("name", ["memory", "plan", "notes"])
def test_damaged_notes_are_not_believed(campaign: Path, site: Path, name: str) -> None:
    edit(first(campaign, "data/portraits"), *_STORY)
    for path in (campaign / ".cache/builds").glob(f"*/{name}"):
        path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))
    assert retouched(campaign, site) is None
    build(campaign, site, NOW, 1)
    assert same_as_clean(campaign, site)


def test_words_replaced_are_not_kept_in_the_cache(campaign: Path, site: Path) -> None:
    path = first(campaign, "data/initiatives")
    edit(path, "(?m)^summary: .*$", "summary: Un secret mal gardé.")
    assert retouched(campaign, site)
    edit(path, "(?m)^summary: .*$", "summary: Autre chose.")
    assert retouched(campaign, site)
    kept = [each for each in (campaign / ".cache/builds").glob("*/*") if b"secret mal" in each.read_bytes()]
    assert kept == []


def test_a_site_changed_by_hand_takes_a_whole_build(campaign: Path, site: Path) -> None:
    (site / "index.html").write_text("défiguré")
    assert retouched(campaign, site) is None
