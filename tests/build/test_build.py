"""A whole build, seen from outside."""

import fcntl
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from generator.build import Report, build
from generator.campaign.models.fields import PARIS

from .snapshots import snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
THEME = Path(__file__).parents[2] / "theme"


def make(root: Path, output: Path, *, clean: bool = False, now: datetime = NOW) -> Report:
    return build(root, output, now, 1, clean=clean)


def codes(report: Report) -> list[str]:
    return [problem.code for problem in report.problems if problem.severity == "error"]


def test_a_valid_campaign_becomes_a_site(campaign: Path, tmp_path: Path) -> None:
    report = make(campaign, tmp_path / "site")
    assert codes(report) == []
    assert report.pages == report.written > 80
    assert (tmp_path / "site/index.html").read_text().startswith("<!doctype html>")


def test_building_again_writes_nothing(campaign: Path, tmp_path: Path) -> None:
    first = make(campaign, tmp_path / "site")
    second = make(campaign, tmp_path / "site")
    assert (second.written, second.unchanged, second.removed) == (0, first.pages, 0)


def test_one_edited_story_rewrites_one_page(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    portrait = min((campaign / "data/portraits").glob("*.yml"))
    portrait.write_text(portrait.read_text().replace("story: |\n", "story: |\n  Une phrase de plus.\n\n"))
    report = make(campaign, tmp_path / "site")
    assert report.written == 1
    assert "Une phrase de plus." in (tmp_path / f"site/portraits/{portrait.stem}/index.html").read_text()


def test_an_error_leaves_the_last_good_site_untouched(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    min((campaign / "data/initiatives").glob("*.yml")).write_text("title: [\n")
    report = make(campaign, tmp_path / "site")
    assert codes(report) == ["yaml-syntax"]
    assert snapshot(tmp_path / "site") == before


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ("\n{% if %}", "theme/pages/portrait.html"),
        ("\n{{ 1 | inconnu }}", "theme/pages/portrait.html"),
        ("{{ nul }}", "theme"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_faulty_template_is_told_and_leaves_the_last_good_site_untouched(
    campaign: Path, tmp_path: Path, fault: str, place: str, jobs: int
) -> None:
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    shutil.copytree(THEME, campaign / "theme", ignore=shutil.ignore_patterns("node_modules"))
    (campaign / "theme/node_modules").symlink_to(THEME / "node_modules")
    page = campaign / "theme/pages/portrait.html"
    page.write_text(page.read_text().replace("{% endblock %}", f"{fault}{{% endblock %}}", 1))
    report = build(campaign, tmp_path / "site", NOW, jobs)
    assert [(problem.code, problem.path) for problem in report.problems] == [("template", place)]
    assert snapshot(tmp_path / "site") == before


def test_a_removed_record_takes_its_page_away(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    lesson = min((campaign / "content/lessons").glob("*.md"))
    lesson.unlink()
    report = make(campaign, tmp_path / "site")
    assert report.removed >= 1
    assert not (tmp_path / "site/enseignements" / lesson.stem).exists()


def test_a_folder_with_a_persons_files_is_never_written_to(campaign: Path, tmp_path: Path) -> None:
    output = tmp_path / "documents"
    output.mkdir()
    (output / "lettre.txt").write_text("Chère voisine")
    assert codes(make(campaign, output)) == ["foreign-output"]
    assert snapshot(output).keys() == {"lettre.txt"}


def test_a_second_build_of_the_same_output_is_refused(campaign: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    make(campaign, output)
    handle = os.open(output, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        assert codes(make(campaign, output, clean=True)) == ["busy"]
    finally:
        os.close(handle)


def test_a_damaged_or_foreign_cache_changes_nothing(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    for damage in (
        b"",
        b"{",
        b'{"program": 3}',
        b"[]",
        random.Random(1).randbytes(500),
        b'{"program": "x", "files": {"index.html": ["a", 1, 2]}}',
    ):
        for file in (campaign / ".cache/builds").glob("*/*"):
            file.write_bytes(damage)
        assert codes(make(campaign, tmp_path / "site")) == []
        assert snapshot(tmp_path / "site") == before


def test_an_older_cache_brought_back_leaves_no_page_behind(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    shutil.copytree(campaign / ".cache", tmp_path / "kept")
    record = min((campaign / "data/portraits").glob("*.yml"))
    shutil.copy(record, record.with_stem("de-passage"))
    make(campaign, tmp_path / "site")
    shutil.rmtree(campaign / ".cache")
    shutil.copytree(tmp_path / "kept", campaign / ".cache")
    record.with_stem("de-passage").unlink()
    make(campaign, tmp_path / "site")
    assert not (tmp_path / "site/portraits/de-passage").exists()


def test_the_cache_of_another_version_of_the_program_is_dropped(campaign: Path, tmp_path: Path) -> None:
    program = Path(__file__).parents[2]
    shutil.copytree(program / "generator", tmp_path / "older/generator", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "older/theme").symlink_to(program / "theme")
    page = tmp_path / "older/generator/site/facts.py"
    page.write_text(page.read_text().replace('"Adresse"', '"Ancienne adresse"'))
    command = [sys.executable, "-m", "generator", "build", "--root", str(campaign), "--output", str(tmp_path / "site")]
    older = {**os.environ, "PYTHONPATH": str(tmp_path / "older")}
    subprocess.run(
        [*command, "--now", "2026-11-23T12:00"], env=older, cwd=tmp_path / "older", check=True, capture_output=True
    )
    assert any("Ancienne adresse" in path.read_text() for path in (tmp_path / "site").rglob("*.html"))
    report = make(campaign, tmp_path / "site")
    assert report.written == report.pages
    make(campaign, tmp_path / "clean", clean=True)
    assert snapshot(tmp_path / "site") == snapshot(tmp_path / "clean")


def test_a_file_of_the_site_changed_by_hand_is_made_again(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    (tmp_path / "site/index.html").write_text("défiguré")
    (tmp_path / "site/kits/index.html").unlink()
    make(campaign, tmp_path / "site")
    assert snapshot(tmp_path / "site") == before


def test_a_clean_build_removes_what_the_site_does_not_have(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    (tmp_path / "site/ancien").mkdir()
    (tmp_path / "site/ancien/page.html").write_text("reste")
    assert make(campaign, tmp_path / "site", clean=True).removed == 1
    assert snapshot(tmp_path / "site") == before


def test_a_damaged_archive_of_records_is_read_anew(campaign: Path, tmp_path: Path) -> None:
    time.sleep(0.2)  # Files just written are not archived: they could change again unseen.
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    data = campaign / ".cache/records/data"
    data.write_bytes(bytes(255 - byte for byte in data.read_bytes()))
    (tmp_path / "site/index.html").unlink()
    assert codes(make(campaign, tmp_path / "site")) == []
    assert snapshot(tmp_path / "site") == before


def test_time_alone_hides_a_portrait_whose_release_ends(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    assert list((tmp_path / "site/portraits").glob("*/index.html"))
    make(campaign, tmp_path / "site", now=datetime(2099, 1, 1, tzinfo=PARIS))
    assert snapshot(tmp_path / "site").keys() == _clean(campaign, tmp_path, datetime(2099, 1, 1, tzinfo=PARIS)).keys()


def _clean(campaign: Path, tmp_path: Path, now: datetime) -> dict[str, str]:
    build(campaign, tmp_path / "clean", now, 1, clean=True)
    return snapshot(tmp_path / "clean")


def test_a_full_disk_is_one_clear_problem_and_no_loss(campaign: Path, tmp_path: Path) -> None:
    make(campaign, tmp_path / "site")
    before = snapshot(tmp_path / "site")
    page = campaign / "content/pages/a-propos.md"
    page.write_text(page.read_text() + "\n" + "Une longue phrase. " * 20_000)
    # A limit on file size stands for the full disk: writing fails in the middle of a file.
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "from generator.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, "build", "--root", str(campaign), "--output", str(tmp_path / "site")]
    result = subprocess.run(
        [*command, "--now", "2026-11-23T12:00", "--jobs", "1"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.count("erreur [") == 1
    assert snapshot(tmp_path / "site") == before


def test_a_link_to_a_portrait_no_longer_shown_becomes_plain_words(campaign: Path, tmp_path: Path) -> None:
    portrait = min((campaign / "data/portraits").glob("*.yml")).stem
    page = campaign / "content/pages/a-propos.md"
    page.write_text(page.read_text() + f"\nVoir [son portrait](/portraits/{portrait}/#suite) et [les kits](/kits/).\n")
    output = tmp_path / "site/a-propos/index.html"
    make(campaign, tmp_path / "site", now=datetime(2099, 1, 1, tzinfo=PARIS))
    html = output.read_text()
    assert "Voir son portrait et <a" in html
    assert portrait not in html


def test_a_kit_in_all_its_forms_is_the_same_built_at_once_or_after_edits(tmp_path: Path) -> None:
    campaigns = Path(__file__).parents[1] / "campaigns"
    root = tmp_path / "campaign"
    shutil.copytree(campaigns / "base", root)
    shutil.copytree(campaigns / "valid" / "kit-versions", root, dirs_exist_ok=True)
    kits = root / "content" / "kits"
    edits = [
        ("canicule.md", "Canicule", "Grande chaleur"),
        ("canicule.md", "2026-05-01", "2026-05-02"),
        ("canicule.en.md", "See", "Read"),
        ("canicule.falc.md", "falc_reviewed_by: Le groupe de relecture\n", ""),
        ("canicule.md", "Passez les voir.", "### L'affiche\n\n> Le [jour]"),
    ]
    make(root, tmp_path / "site")
    for name, old, new in edits:
        text = (kits / name).read_text("utf-8")
        assert old in text
        (kits / name).write_text(text.replace(old, new), "utf-8")
        assert codes(make(root, tmp_path / "site")) == []
        make(root, tmp_path / "clean", clean=True)
        assert snapshot(tmp_path / "site") == snapshot(tmp_path / "clean"), (name, new)
    assert not (tmp_path / "site/kits/canicule/falc").exists()
    assert (tmp_path / "site/kits/canicule/message.txt").read_bytes().startswith(b"\xef\xbb\xbfGRANDE CHALEUR")
