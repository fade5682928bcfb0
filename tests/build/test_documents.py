"""Documents made, kept, published and linked, as seen from outside."""

import re
from datetime import datetime
from pathlib import Path

from generator.build import Report, build
from generator.build.documents import Made, make_documents
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from tests.site.towns import add

from .snapshots import snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
LINK = re.compile(r'<a href="([^"]+\.pdf)"[^>]*>([^<]+)</a>')


def documents(root: Path, only: str | None = None, jobs: int = 1) -> Made:
    made = make_documents(root, NOW, jobs, only)
    assert not has_errors(made.problems), made.problems
    return made


def site(root: Path, output: Path, *, clean: bool = False) -> Report:
    report = build(root, output, NOW, 1, clean=clean)
    assert not has_errors(report.problems), report.problems
    return report


def kit_page(root: Path, output: Path) -> Path:
    return output / "kits" / min((root / "content/kits").glob("*.md")).stem / "index.html"


def test_without_a_store_a_site_links_no_documents(campaign: Path, tmp_path: Path) -> None:
    report = site(campaign, tmp_path / "site")
    assert report.waiting == 0
    assert list((tmp_path / "site").rglob("*.pdf")) == []
    assert LINK.findall(kit_page(campaign, tmp_path / "site").read_text()) == []


def test_a_page_links_its_documents_with_format_and_size(campaign: Path, tmp_path: Path) -> None:
    documents(campaign, "livret")
    site(campaign, tmp_path / "site")
    page = kit_page(campaign, tmp_path / "site")
    links = LINK.findall(page.read_text())
    assert len(links) == 3
    for target, words in links:
        size = (page.parent / target).resolve().stat().st_size
        assert words.endswith(f"(PDF, {-(-size // 1000)}\xa0ko)")


def test_what_is_unchanged_is_not_made_again(campaign: Path) -> None:
    first = documents(campaign, "livret")
    assert first.made > 0
    again = documents(campaign, "livret")
    assert (again.made, again.kept) == (0, first.made)


def test_a_stale_document_is_taken_from_the_site_until_it_is_made_again(campaign: Path, tmp_path: Path) -> None:
    documents(campaign, "livret")
    site(campaign, tmp_path / "site")
    kit = min((campaign / "content/kits").glob("*.md"))
    kit.write_text(kit.read_text() + "\nUne phrase de plus.\n")
    before = len(list((tmp_path / "site").rglob("*.pdf")))
    report = site(campaign, tmp_path / "site")
    assert report.waiting >= 3
    assert LINK.findall(kit_page(campaign, tmp_path / "site").read_text()) == []
    assert len(list((tmp_path / "site").rglob("*.pdf"))) == before - 3
    assert documents(campaign, "livret").made == 3
    site(campaign, tmp_path / "site")
    assert len(LINK.findall(kit_page(campaign, tmp_path / "site").read_text())) == 3


def test_with_one_store_incremental_equals_clean(campaign: Path, tmp_path: Path) -> None:
    site(campaign, tmp_path / "site")
    documents(campaign, "livret")
    site(campaign, tmp_path / "site")
    kit = min((campaign / "content/kits").glob("*.md"))
    kit.write_text(kit.read_text() + "\nUne phrase de plus.\n")
    site(campaign, tmp_path / "site")
    site(campaign, tmp_path / "afresh", clean=True)
    assert snapshot(tmp_path / "site") == snapshot(tmp_path / "afresh")


def test_the_same_documents_come_out_whatever_the_number_of_processes(campaign: Path) -> None:
    documents(campaign, "livret", jobs=2)
    folder = campaign / ".cache/documents"
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    documents(campaign, "livret", jobs=1)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made


def test_letters_that_no_font_has_spoil_their_own_document_only(campaign: Path) -> None:
    add(campaign, "kit", "hindi", title="गर्मी")
    add(campaign, "kit", "ukrainien", title="Спека: бережімо одне одного", body="Їжте, п'йте, ґанок є.")
    report = make_documents(campaign, NOW, 1, "livret")
    told = [(each.path, each.severity) for each in report.problems if each.code == "document"]
    assert told == [("content/kits/hindi.md", "warning")]
    assert report.made >= 6
