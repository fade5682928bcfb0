"""The promise of the embargo: until its time, not one byte of what is hidden leaves the campaign's folder."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from generator.build import Report, build
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from tests.site.towns import add

from .markers import holding
from .snapshots import snapshot

CANARY = "zanzibarine"
TIME = datetime(2026, 12, 5, 9, tzinfo=PARIS)
BEFORE, AFTER = TIME - timedelta(seconds=1), TIME
HIDING = {
    "press_release": {"date": "2026-05-01 10:00", "embargo_until": "2026-12-05 09:00"},
    "kit": {"publish_at": "2026-12-05 09:00"},
    "lesson": {"publish_at": "2026-12-05 09:00"},
    "page": {"publish_at": "2026-12-05 09:00"},
    "event": {"publish_at": "2026-12-05 09:00"},
    "initiative": {"publish_at": "2026-12-05 09:00"},
    "portrait": {"publish_at": "2026-12-05 09:00"},
    "award": {"publish_at": "2026-12-05 09:00"},
}
"""How each kind that can wait is told to."""


def lay_canary(root: Path, kind: str) -> None:
    """Add a hidden record whose every text, id and picture bears the canary's name."""
    fields: dict[str, object] = {**HIDING[kind]}
    if kind in ("portrait", "award"):
        fields["neighbourhood"] = min((root / "data/neighbourhoods").glob("*.yml")).stem
    word = f"Le mot {CANARY} ici"
    fields["title"] = word
    if kind == "award":
        fields["citation"] = word
    else:
        fields["summary"] = word
    if kind in ("initiative", "portrait"):
        fields["story"] = word
    folder = root / ("content" if kind in ("press_release", "kit", "lesson", "page") else "data")
    folder /= {"press_release": "press"}.get(kind, f"{kind}s")
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (400, 300), (200, 30, 90)).save(folder / f"{CANARY}.jpg")
    fields["picture"] = {"file": f"{CANARY}.jpg", "alt": word, "credit": word, "caption": word}
    add(root, kind, f"{CANARY}-{kind.replace('_', '-')}", body=f"{word}. ![{word}]({CANARY}.jpg)", **fields)


def make(root: Path, output: Path, now: datetime, *, jobs: int = 1, clean: bool = False) -> Report:
    report = build(root, output, now, jobs, clean=clean)
    assert not has_errors(report.problems), report.problems
    return report


@pytest.mark.parametrize("kind", HIDING)
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
    assert all(name.startswith(("images/", "enseignements/", "impact/")) for name in found)


def test_an_alert_whose_kit_is_hidden_still_shows(campaign: Path, tmp_path: Path) -> None:
    lay_canary(campaign, "kit")
    (campaign / "data/alerts.yml").write_text(
        "- {id: crue, title: Crue de l'Aubre, kind: inondation, level: rouge, message: Montez à l'étage.,"
        f" start: 2026-12-01 00:00, end: 2026-12-31 00:00, kit: {CANARY}-kit}}\n"
    )
    make(campaign, tmp_path / "site", BEFORE)
    assert holding(tmp_path / "site", CANARY) == []
    assert "Montez à l’étage" in (tmp_path / "site/index.html").read_text()
