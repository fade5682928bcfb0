"""The promise of a withdrawal: what was taken back is gone from everything but the page that says so."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from generator.build import Report, build
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from tests.site.towns import add

from .markers import holding
from .snapshots import snapshot

CANARY = "zanzibarine"
DAY = datetime(2026, 12, 5, tzinfo=PARIS)


def make(root: Path, output: Path, now: datetime, *, clean: bool = False) -> Report:
    report = build(root, output, now, 1, clean=clean)
    assert not has_errors(report.problems), report.problems
    return report


@pytest.mark.parametrize("kind", ["press_release", "kit", "event", "initiative"])
def test_what_is_taken_back_leaves_its_address_and_its_reason_only(campaign: Path, tmp_path: Path, kind: str) -> None:
    word = f"Le mot {CANARY}"
    fields = {"story": word} if kind == "initiative" else {}
    withdrawn = {"date": "2026-12-05", "reason": "Un chiffre était faux."}
    add(campaign, kind, "retire", title=word, body=word, aliases=["ancien"], withdrawn=withdrawn, **fields)
    site = tmp_path / "site"
    make(campaign, site, DAY - timedelta(seconds=1))
    assert len(holding(site, CANARY)) >= 2
    make(campaign, site, DAY)
    assert holding(site, CANARY) == []
    saying = [path for path in holding(site, "Un chiffre était faux") if path.endswith(".html")]
    assert {path.split("/")[1] for path in saying} == {"retire", "ancien"}
    others = [path for path in holding(site, "retire/") if "/retire" not in path]
    assert others == [".htaccess", ".nginx.conf", "_redirects"]
    make(campaign, tmp_path / "clean", DAY, clean=True)
    assert snapshot(site) == snapshot(tmp_path / "clean")


def test_what_is_taken_back_on_the_day_it_comes_out_was_never_hidden_by_a_page_that_says_so(
    campaign: Path, tmp_path: Path
) -> None:
    add(campaign, "press_release", "retire", date="2026-12-05 10:00", withdrawn={"date": "2026-12-05"})
    make(campaign, tmp_path / "site", DAY.replace(hour=9))
    assert not (tmp_path / "site/presse/retire").exists()
    make(campaign, tmp_path / "site", DAY.replace(hour=10))
    assert "Page retirée" in (tmp_path / "site/presse/retire/index.html").read_text()


def test_links_to_what_is_taken_back_are_plain_words(campaign: Path, tmp_path: Path) -> None:
    add(campaign, "press_release", "retire", withdrawn={"date": "2026-12-05"})
    page = campaign / "content/pages/a-propos.md"
    page.write_text(page.read_text() + "\nVoir [le communiqué](/presse/retire/).\n")
    make(campaign, tmp_path / "site", DAY)
    assert "Voir le communiqué." in (tmp_path / "site/a-propos/index.html").read_text()
