"""The promise of the embargo: until its time, not one byte of what is hidden leaves the campaign's folder."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from generator.build import Report, build
from generator.build.documents import make_documents
from generator.problems import has_errors
from tests.site.towns import add

from .canary import AFTER, BEFORE, CANARY, HIDING, lay_canary
from .markers import holding
from .snapshots import snapshot


def make(root: Path, output: Path, now: datetime, *, jobs: int = 1, clean: bool = False) -> Report:
    report = build(root, output, now, jobs, clean=clean)
    assert not has_errors(report.problems), report.problems
    return report


@pytest.mark.parametrize("kind", ["press_release", "event", "portrait"])
def test_no_byte_of_what_is_hidden_is_published_before_its_time(campaign: Path, tmp_path: Path, kind: str) -> None:
    site = tmp_path / "site"
    make(campaign, site, BEFORE)
    empty = snapshot(site)
    lay_canary(campaign, kind)
    report = make(campaign, site, BEFORE)
    assert holding(site, CANARY) == []
    assert snapshot(site) == empty
    assert CANARY not in json.dumps(report.as_json())


def test_all_kinds_come_out_at_their_time_and_no_sooner(campaign: Path, tmp_path: Path) -> None:
    for kind in HIDING:
        lay_canary(campaign, kind)
    site = tmp_path / "site"
    make(campaign, site, BEFORE, jobs=2, clean=True)
    assert holding(site, CANARY) == []
    make(campaign, site, AFTER, jobs=2)
    found = holding(site, CANARY)
    pages = {name for name in found if name.endswith("/index.html") and CANARY in name}
    assert len(pages) >= len(HIDING)
    assert {"sitemap.xml", "flux/presse.xml", "presse/index.html"} <= set(found)
    assert any(name.startswith("images/") for name in found)
    make(campaign, tmp_path / "clean", AFTER, clean=True)
    assert snapshot(site) == snapshot(tmp_path / "clean")
    make(campaign, site, BEFORE)
    assert holding(site, CANARY) == []


def test_links_to_what_is_hidden_are_plain_words_without_its_address(campaign: Path, tmp_path: Path) -> None:
    lay_canary(campaign, "press_release")
    page = campaign / "content/pages/a-propos.md"
    page.write_text(page.read_text() + f"\nVoir [le communiqué](/presse/{CANARY}-press-release/).\n")
    step = campaign / "data/method.yml"
    step.write_text(re.sub(r"url: \S+", f"url: /presse/{CANARY}-press-release/", step.read_text(), count=1))
    report = make(campaign, tmp_path / "site", BEFORE)
    assert holding(tmp_path / "site", CANARY) == []
    assert CANARY not in json.dumps(report.as_json())
    make(campaign, tmp_path / "site", AFTER)
    assert {"a-propos/index.html", "methode/index.html"} <= set(holding(tmp_path / "site", CANARY))


def test_a_picture_that_something_shown_uses_too_is_published_for_it_alone(campaign: Path, tmp_path: Path) -> None:
    lay_canary(campaign, "press_release")
    add(
        campaign, "lesson", "deja-paru", picture={"file": f"../press/{CANARY}.jpg", "alt": "Dessin.", "credit": "Ville"}
    )
    make(campaign, tmp_path / "site", BEFORE)
    found = holding(tmp_path / "site", CANARY)
    assert found
    assert all(name.startswith(("images/", "enseignements/", "impact/", "flux/")) for name in found)


def test_nothing_of_it_is_in_a_document_a_press_kit_or_a_card_either(campaign: Path, tmp_path: Path) -> None:
    for kind in HIDING:
        lay_canary(campaign, kind)
    kinds = ("dossier-de-presse", "partage", "livret")
    for kind in kinds:
        assert make_documents(campaign, BEFORE, 1, kind).made
    make(campaign, tmp_path / "site", BEFORE)
    assert list((tmp_path / "site").rglob("*.zip"))
    assert holding(tmp_path / "site", CANARY) == []
    assert holding(campaign / ".cache/documents", CANARY) == []
    for kind in kinds:
        assert make_documents(campaign, AFTER, 1, kind).made
    make(campaign, tmp_path / "site", AFTER)
    found = holding(tmp_path / "site", CANARY)
    assert {"zip", "pdf", "jpg"} <= {name.rpartition(".")[2] for name in found}


def test_an_alert_whose_kit_is_hidden_still_shows(campaign: Path, tmp_path: Path) -> None:
    lay_canary(campaign, "kit")
    (campaign / "data/alerts.yml").write_text(
        "- {id: crue, title: Crue de l'Aubre, kind: inondation, level: rouge, message: Montez à l'étage.,"
        f" start: 2026-12-01 00:00, end: 2026-12-31 00:00, kit: {CANARY}-kit}}\n"
    )
    make(campaign, tmp_path / "site", BEFORE)
    assert holding(tmp_path / "site", CANARY) == []
    assert "Montez à l’étage" in (tmp_path / "site/index.html").read_text()
