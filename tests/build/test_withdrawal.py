"""The promise of a withdrawal: what was taken back is gone from everything but the page that says so."""

import json
import re
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.build import Report, build
from generator.build.documents import make_documents
from generator.build.gathering import gather
from generator.campaign.models.fields import PARIS
from generator.cli import main
from generator.problems import has_errors
from generator.site.search import index
from tests.site.towns import add

from .markers import holding
from .snapshots import snapshot

CANARY = "zanzibarine"
DAY = datetime(2026, 12, 5, tzinfo=PARIS)


def make(root: Path, output: Path, now: datetime, *, clean: bool = False) -> Report:
    report = build(root, output, now, 1, clean=clean)
    assert not has_errors(report.problems), report.problems
    return report


@pytest.mark.parametrize("kind", ["press_release", "initiative"])
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


def lay_portrait(root: Path, *channels: str) -> None:
    """Add a portrait whose id, texts and picture all bear the canary's name."""
    word = f"Le mot {CANARY}"
    Image.new("RGB", (400, 300), (200, 30, 90)).save(root / f"data/portraits/{CANARY}.jpg")
    consent: dict[str, Any] = {
        "reference": "A-1",
        "date": "2026-01-01",
        "channels": [*(channels or ("site", "flux"))],
        "until": "2028-01-01",
    }
    picture = {"file": f"{CANARY}.jpg", "alt": word, "credit": word}
    place = min((root / "data/neighbourhoods").glob("*.yml")).stem
    fields: dict[str, Any] = {"title": word, "summary": word, "story": word, "neighbourhood": place, "consent": consent}
    add(root, "portrait", CANARY, picture=picture, **fields)


@pytest.mark.parametrize("way", ["withdrawn", "expired", "deleted"])
def test_a_portrait_taken_back_is_in_no_byte_of_the_site_or_of_the_cache(
    campaign: Path, tmp_path: Path, way: str
) -> None:
    site, cache = tmp_path / "site", campaign / ".cache"
    lay_portrait(campaign)
    time.sleep(0.15)  # Files just written are not archived: they could change again unseen.
    make(campaign, site, DAY)
    index(site)
    assert {path.split("/")[0] for path in holding(site, CANARY)} >= {"portraits", "images", "pagefind"}
    assert {path.split("/")[0] for path in holding(cache, CANARY)} >= {"records", "pictures", "builds"}
    now = DAY
    if way == "withdrawn":
        assert main(["portraits", "withdraw", CANARY, "--root", str(campaign), "--date", "2026-12-05"]) == 0
    elif way == "expired":
        now = datetime(2028, 1, 2, tzinfo=PARIS)
    else:
        for path in (campaign / "data/portraits").glob(f"{CANARY}.*"):
            path.unlink()
    report = make(campaign, site, now)
    assert [problem.code for problem in report.problems if problem.code == "search-index"] == ["search-index"]
    assert CANARY not in json.dumps(report.as_json())
    assert holding(site, CANARY) == []
    assert holding(cache, CANARY) == []
    index(site)
    assert holding(site, CANARY) == []
    make(campaign, tmp_path / "clean", now, clean=True)
    assert holding(tmp_path / "clean", CANARY) == []


def test_a_portrait_taken_back_is_in_no_press_kit_and_no_card(campaign: Path, tmp_path: Path) -> None:
    lay_portrait(campaign, "site", "presse", "reseaux-sociaux", "imprime")
    picture = {"file": f"../../data/portraits/{CANARY}.jpg", "alt": "Une voisine.", "credit": "Ville"}
    add(campaign, "press_release", "avec-photo", picture=picture)
    kinds = ("dossier-de-presse", "partage")
    for kind in kinds:
        make_documents(campaign, DAY, 1, kind)
    make(campaign, tmp_path / "site", DAY)
    assert holding(campaign / ".cache/documents", CANARY)
    assert main(["portraits", "withdraw", CANARY, "--root", str(campaign), "--date", "2026-12-05"]) == 0
    make(campaign, tmp_path / "site", DAY)
    assert holding(tmp_path / "site", CANARY) == []
    # The release still names the file: that is its own text.
    assert [path for path in holding(campaign / ".cache", CANARY) if not path.startswith("records/")] == []
    for kind in kinds:
        make_documents(campaign, DAY, 1, kind)
    make(campaign, tmp_path / "site", DAY)
    assert list((tmp_path / "site/presse").rglob("*.zip"))
    assert holding(tmp_path / "site", CANARY) == []
    assert holding(campaign / ".cache/documents", CANARY) == []


def test_nobody_else_shows_the_picture_of_a_portrait_taken_back(campaign: Path, tmp_path: Path) -> None:
    lay_portrait(campaign)
    picture = {"file": f"../../data/portraits/{CANARY}.jpg", "alt": "Une voisine.", "credit": "Ville"}
    body = f"![Une voisine](../../data/portraits/{CANARY}.jpg)"
    add(campaign, "press_release", "avec-photo", body=body, picture=picture)
    make(campaign, tmp_path / "site", DAY)
    assert "presse/avec-photo/index.html" in holding(tmp_path / "site", CANARY)
    assert main(["portraits", "withdraw", CANARY, "--root", str(campaign), "--date", "2026-12-05"]) == 0
    make(campaign, tmp_path / "site", DAY)
    assert holding(tmp_path / "site", CANARY) == []
    assert (tmp_path / "site/presse/avec-photo/index.html").is_file()
    told = [each for each in gather(campaign, DAY, None).problems if each.code == "picture-without-consent"]
    assert {each.path for each in told} == {"content/press/avec-photo.md"}


def test_a_portraits_picture_stays_out_of_channels_that_its_release_does_not_name(
    campaign: Path, tmp_path: Path
) -> None:
    lay_portrait(campaign, "site", "presse")
    picture = {"file": f"../../data/portraits/{CANARY}.jpg", "alt": "Une voisine.", "credit": "Ville"}
    add(
        campaign,
        "press_release",
        "avec-photo",
        body=f"![Une voisine](../../data/portraits/{CANARY}.jpg)",
        picture=picture,
    )
    make(campaign, tmp_path / "site", DAY)
    assert CANARY in (tmp_path / "site/presse/avec-photo/index.html").read_text()
    assert CANARY not in (tmp_path / "site/flux/presse.xml").read_text()
    shared = (tmp_path / f"site/portraits/{CANARY}/index.html").read_text()
    assert not re.search(rf'property="og:image"[^>]*{CANARY}', shared)
