"""The short way of a build: the same bytes as a whole one, or none of its business."""

import re
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from generator.build import Report, build, build_whole
from generator.build.retouch import retouch
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from tests.build.printing import put_at_hand
from tests.build.snapshots import snapshot

THEME = Path(__file__).parents[3] / "theme"
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


def retouched(root: Path, site: Path, now: datetime = NOW, jobs: int = 1) -> Report | None:
    settle()
    return retouch(root, site, now, jobs)


def same_as_clean(root: Path, site: Path, now: datetime = NOW) -> bool:
    clean = site.with_name("clean")
    build(root, clean, now, 1, clean=True)
    same = snapshot(site) == snapshot(clean)
    shutil.rmtree(clean)
    return same


@pytest.fixture
def dressed(campaign: Path) -> Path:
    """Give the campaign with a theme of its own, to change."""
    shutil.copytree(THEME, campaign / "theme", ignore=shutil.ignore_patterns("node_modules"))
    (campaign / "theme/node_modules").symlink_to(THEME / "node_modules")
    return campaign


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
        ("content/kits", _SUMMARY),
        ("content/kits", (r"\Z", "\nUn mot de plus.\n")),
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


@pytest.mark.parametrize(
    "change",
    [
        lambda root: edit(first(root, "data/portraits"), _STORY[0], "story: |\n  Voir [cela](/impact/#contenu).\n\n"),
        lambda root: edit(first(root, "content/kits"), "(?m)^updated: .*$", "updated: 2026-10-01"),
        lambda root: edit(root / "site_config.yml", "(?m)^tagline: .*$", "tagline: Une autre devise"),
        lambda root: shutil.copy(first(root, "content/kits"), root / "content/kits/un-kit-de-plus.md"),
        lambda root: (root / "theme/pages/a-propos.html").write_text("{% extends 'pages/page.html' %}"),
    ],
    ids=["link to an anchor", "kit revised", "settings", "kit added", "template added"],
)
def test_what_the_short_way_does_not_know_takes_a_whole_build(
    dressed: Path, site: Path, change: Callable[[Path], None]
) -> None:
    before = snapshot(site)
    change(dressed)
    assert retouched(dressed, site) is None
    assert snapshot(site) == before
    build(dressed, site, NOW, 1)
    assert same_as_clean(dressed, site)


def test_an_error_in_the_words_takes_a_whole_build_which_tells_of_it(campaign: Path, site: Path) -> None:
    before = snapshot(site)
    edit(first(campaign, "data/portraits"), "(?m)^summary: .*$", "summary: [1")
    assert retouched(campaign, site) is None
    assert any(problem.severity == "error" for problem in build(campaign, site, NOW, 1).problems)
    assert snapshot(site) == before


@pytest.mark.parametrize("name", ["memory", "plan", "notes"])
def test_damaged_notes_are_not_believed(campaign: Path, site: Path, name: str) -> None:
    edit(first(campaign, "data/portraits"), *_STORY)
    for path in (campaign / ".cache/builds").glob(f"*/{name}"):
        path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))
    assert retouched(campaign, site) is None
    build(campaign, site, NOW, 1)
    assert same_as_clean(campaign, site)


@pytest.mark.parametrize("stem", ["memory", "plan"])
@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(bytes(20)), Path.unlink], ids=["other", "gone"])
def test_no_damaged_part_is_believed(campaign: Path, site: Path, stem: str, spoil: Callable[[Path], object]) -> None:
    parts = sorted((campaign / ".cache/builds").glob(f"*/{stem}.*"))
    assert len(parts) >= 6
    for number, path in enumerate(parts):
        spoil(path)
        edit(first(campaign, "data/portraits"), *_STORY)
        if number % 2:
            shutil.copy(first(campaign, "data/initiatives"), campaign / f"data/initiatives/copie-{number}.yml")
        build(campaign, site, NOW, 1)
        assert same_as_clean(campaign, site), path.name


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


Edit = Callable[[Path], object]


def _an_event(root: Path, start: str, end: str) -> None:
    path = first(root, "data/events")
    text = re.sub("(?m)^end: .*$", f"end: {end}", re.sub("(?m)^start: .*$", f"start: {start}", path.read_text()))
    path.with_stem("rendez-vous-ajoute").write_text(text)


def _another_neighbourhood(root: Path) -> None:
    places = sorted(path.stem for path in (root / "data/neighbourhoods").iterdir())
    path = first(root, "data/initiatives")
    now = re.search("(?m)^neighbourhood: (.*)$", path.read_text())
    assert now
    edit(path, "(?m)^neighbourhood: .*$", f"neighbourhood: {next(place for place in places if place != now[1])}")


def _another_id(root: Path) -> None:
    path = first(root, "data/initiatives")
    added = path.with_stem("initiative-ajoutee")
    added.write_text(f"aliases: [une-ancienne-adresse]\n{path.read_text()}")


PLANNED_ANEW: dict[str, Edit] = {
    "portrait added": lambda root: shutil.copy(first(root, "data/portraits"), root / "data/portraits/ajoute.yml"),
    "event to come added": lambda root: _an_event(root, "2026-12-24 10:00", "2026-12-24 18:00"),
    "event past added": lambda root: _an_event(root, "2026-10-24 10:00", "2026-10-24 18:00"),
    "lesson added": lambda root: shutil.copy(first(root, "content/lessons"), root / "content/lessons/ajoute.md"),
    "release added": lambda root: shutil.copy(first(root, "content/press"), root / "content/press/ajoute.md"),
    "indicator added": lambda root: shutil.copy(first(root, "data/indicators"), root / "data/indicators/ajoute.yml"),
    "address left behind": _another_id,
    "title": lambda root: edit(first(root, "data/initiatives"), "(?m)^title: .*$", "title: Zut, un autre titre"),
    "neighbourhood's name": lambda root: edit(first(root, "data/neighbourhoods"), "(?m)^title: .*$", "title: Zénith"),
    "another neighbourhood": _another_neighbourhood,
    "another theme": lambda root: edit(
        first(root, "data/initiatives"), r"(?m)^themes:\n  - .*$", "themes:\n  - isolement"
    ),
    "embargo": lambda root: edit(first(root, "data/awards"), r"\Z", "publish_at: 2027-01-01 08:00\n"),
    "event called off": lambda root: edit(first(root, "data/events"), r"\Z", "cancelled: oui\n"),
}


@pytest.mark.parametrize("name", PLANNED_ANEW)
def test_more_than_words_is_planned_anew_where_it_shows(campaign: Path, site: Path, name: str) -> None:
    PLANNED_ANEW[name](campaign)
    report = retouched(campaign, site)
    assert report
    assert 0 < report.written < report.pages
    assert same_as_clean(campaign, site)


@pytest.mark.parametrize("name", [name for name in PLANNED_ANEW if "added" in name or "left" in name])
def test_a_record_that_came_may_go_again(campaign: Path, site: Path, name: str) -> None:
    before = {path for path in campaign.rglob("*") if path.is_file()}
    pages = build(campaign, site, NOW, 1).pages
    PLANNED_ANEW[name](campaign)
    assert retouched(campaign, site)
    (added,) = {path for path in campaign.rglob("*") if path.is_file() and ".cache" not in path.parts} - before
    added.unlink()
    report = retouched(campaign, site)
    assert report
    assert report.pages == pages
    assert same_as_clean(campaign, site)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_record_that_went_leaves_nothing_in_the_cache(campaign: Path, site: Path, jobs: int) -> None:
    path = campaign / "data/portraits/canari-secret.yml"
    text = first(campaign, "data/portraits").read_text()
    path.write_text(re.sub("(?m)^title: .*$", "title: Canari Secret", text))
    assert retouched(campaign, site, jobs=jobs)
    path.unlink()
    report = retouched(campaign, site, jobs=jobs)
    assert report
    assert report.removed == 1
    for file in (campaign / ".cache").rglob("*"):
        if file.is_file():
            assert b"Canari" not in file.read_bytes(), file
            assert b"canari-secret" not in file.read_bytes(), file


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_short_way_read_is_not_read_again(
    campaign: Path, site: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    PLANNED_ANEW["portrait added"](campaign)
    assert retouched(campaign, site, jobs=jobs)
    monkeypatch.setattr("generator.build.gathering.take_in_batches", _read_nothing)
    report = build_whole(campaign, site, NOW, jobs)
    assert not has_errors(report.problems)
    assert report.written == 0


def _read_nothing(root: Path, sources: list[object], *_: object) -> list[object]:
    assert not sources
    return []


@pytest.mark.parametrize("days", [-10, -1, 1, 5, 30])
def test_time_passes_the_short_way(campaign: Path, site: Path, days: int) -> None:
    now = NOW + timedelta(days=days)
    report = retouched(campaign, site, now)
    assert report
    assert report.written < report.pages
    assert same_as_clean(campaign, site, now)
    told = build(campaign, site.with_name("other"), now, 1, clean=True).problems
    assert sorted(report.problems) == sorted(told)


@pytest.mark.parametrize(
    ("name", "written"),
    [("pages/portrait.html", range(1, 50)), ("assets/palette.css", range(1)), ("main.html", range(100, 1000))],
)
def test_templates_and_colours_are_changed_the_short_way(dressed: Path, site: Path, name: str, written: range) -> None:
    edit(dressed / "theme" / name, r"\Z", "/* <!-- autre --> */")
    report = retouched(dressed, site)
    assert report
    assert report.written in written
    assert same_as_clean(dressed, site)


def test_a_reference_to_what_went_takes_a_whole_build_which_tells_of_it(campaign: Path, site: Path) -> None:
    before = snapshot(site)
    first(campaign, "data/neighbourhoods").unlink()
    assert retouched(campaign, site) is None
    assert any(problem.code == "unknown-id" for problem in build(campaign, site, NOW, 1).problems)
    assert snapshot(site) == before


def test_a_picture_under_embargo_comes_out_with_its_record(campaign: Path, site: Path) -> None:
    path = first(campaign, "data/initiatives").with_stem("sous-embargo")
    shutil.copy(first(campaign, "data/initiatives"), path)
    Image.new("RGB", (400, 300)).save(path.with_suffix(".jpg"))
    picture = "picture:\n  file: sous-embargo.jpg\n  alt: Un dessin.\n  credit: La ville\n"
    edit(path, r"\Z", f"publish_at: 2026-11-24 08:00\n{picture}")
    settle()
    assert not has_errors(build(campaign, site, NOW, 1).problems)
    settle()
    build(campaign, site, NOW + timedelta(days=1), 1)
    assert "<picture>" in (site / f"initiatives/{path.stem}/index.html").read_text()
    assert same_as_clean(campaign, site, NOW + timedelta(days=1))


def test_pages_that_went_take_the_search_index_with_them(campaign: Path, site: Path) -> None:
    shutil.copy(first(campaign, "data/portraits"), campaign / "data/portraits/ajoute.yml")
    assert retouched(campaign, site)
    (site / "pagefind").mkdir()
    (campaign / "data/portraits/ajoute.yml").unlink()
    assert retouched(campaign, site) is None
    settle()
    assert [problem.code for problem in build(campaign, site, NOW, 1).problems if not problem.path] == ["search-index"]


@pytest.fixture
def printed(campaign: Path, site: Path) -> Path:
    """Give the site with all of its documents."""
    assert put_at_hand(campaign, NOW, lambda document: True)
    assert retouched(campaign, site) is None
    assert build(campaign, site, NOW, 1).waiting == 0
    return site


def test_with_documents_nothing_changed_is_found_the_short_way(campaign: Path, printed: Path) -> None:
    before = snapshot(printed)
    report = retouched(campaign, printed)
    assert report
    assert (report.written, report.waiting) == (0, 0)
    assert snapshot(printed) == before


def test_with_documents_a_story_is_changed_the_short_way(campaign: Path, printed: Path) -> None:
    edit(first(campaign, "data/portraits"), *_STORY)
    report = retouched(campaign, printed)
    assert report
    assert report.written == 1
    assert same_as_clean(campaign, printed)


def coming_event(root: Path, site: Path) -> Path:
    """Give the file of an event that has a sheet to print."""
    sheet = min(site.glob("agenda/*/rendez-vous-*.pdf"))
    return root / "data/events" / f"{sheet.parent.name}.yml"


def test_a_document_of_other_words_is_taken_from_the_site_the_short_way(campaign: Path, printed: Path) -> None:
    event = coming_event(campaign, printed)
    page = printed / "agenda" / event.stem / "index.html"
    assert "rendez-vous-" in page.read_text()
    edit(event, *_SUMMARY)
    report = retouched(campaign, printed)
    assert report
    assert report.waiting >= 2
    assert list(page.parent.glob("*.pdf")) == []
    assert "rendez-vous-" not in page.read_text()
    assert same_as_clean(campaign, printed)
    again = retouched(campaign, printed)
    assert again
    assert (again.written, again.waiting) == (0, report.waiting)


def test_a_document_whose_words_are_put_back_returns_the_short_way(campaign: Path, printed: Path) -> None:
    before = snapshot(printed)
    event = coming_event(campaign, printed)
    words = event.read_text()
    edit(event, *_SUMMARY)
    assert retouched(campaign, printed)
    event.write_text(words)
    report = retouched(campaign, printed)
    assert report
    assert report.waiting == 0
    assert snapshot(printed) == before


@pytest.mark.parametrize("lost", ["gone", "cut short"])
def test_a_document_lost_takes_a_whole_build(campaign: Path, printed: Path, lost: str) -> None:
    document = min((campaign / ".cache/documents").iterdir())
    document.unlink() if lost == "gone" else document.write_bytes(b"")
    assert retouched(campaign, printed) is None
    assert build(campaign, printed, NOW, 1).waiting == 1


@pytest.mark.parametrize("name", ["portrait", "title"])
def test_with_documents_more_than_words_takes_a_whole_build(campaign: Path, printed: Path, name: str) -> None:
    if name == "title":
        edit(first(campaign, "data/events"), "(?m)^title: .*$", "title: Un autre titre")
    else:
        first(campaign, "data/portraits").unlink()
    assert retouched(campaign, printed) is None


def test_other_colours_take_a_whole_build_with_documents(dressed: Path, site: Path) -> None:
    put_at_hand(dressed, NOW, lambda document: True)
    build(dressed, site, NOW, 1)
    edit(dressed / "theme/assets/palette.css", r"\Z", "\n:root { --essai: #000; }")
    assert retouched(dressed, site) is None
