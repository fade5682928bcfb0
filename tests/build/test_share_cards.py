"""Social cards as networks find them: from the page's head to the file."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.build.documents import make_documents
from tests.build.snapshots import snapshot
from tests.build.test_documents import NOW, documents, site
from tests.site.towns import add

META = re.compile(r'<meta property="og:image(:\w+)?" content="([^"]*)">')


def head_of(output: Path, page: str) -> dict[str, str]:
    return dict(META.findall((output / page / "index.html").read_text()))


def path_of(output: Path, url: str) -> Path:
    return output / url.split("/", 3)[3]


@pytest.fixture
def town(campaign: Path) -> Path:
    consent = {"reference": "A-1", "date": "2026-01-01", "until": "2028-01-01"}
    picture = {"file": "visage.jpg", "alt": "Un visage.", "credit": "Nous"}
    allowed = {**consent, "channels": ["site", "reseaux-sociaux"]}
    add(campaign, "portrait", "oui", title="Léa Oui", picture=picture, consent=allowed)
    add(campaign, "portrait", "non", title="Max Non", consent={**consent, "channels": ["site"]})
    Image.new("RGB", (900, 1200), "orange").save(campaign / "data/portraits/visage.jpg")
    add(campaign, "initiative", "cafe", title="Un café sur le palier")
    return campaign


def test_each_page_shows_its_own_card_or_its_sections(town: Path, tmp_path: Path) -> None:
    documents(town, "partage", jobs=2)
    output = tmp_path / "site"
    site(town, output)
    for page, card in {
        "": "partage.png",
        "initiatives": "initiatives/partage.png",
        "initiatives/cafe": "initiatives/cafe/partage.png",
        "portraits/oui": "portraits/oui/partage.jpg",
        "portraits/non": "portraits/partage.png",
        "presse": "presse/partage.png",
        "recherche": "partage.png",
    }.items():
        head = head_of(output, page)
        assert head[""].endswith("/" + card), page
        assert head[":alt"]
        with Image.open(path_of(output, head[""])) as opened:
            assert (opened.format or "").lower() == head[":type"].removeprefix("image/")
            assert opened.size == (int(head[":width"]), int(head[":height"])) == (1200, 630)
    assert head_of(output, "initiatives/cafe")[":alt"].startswith("Un café sur le palier, ")
    assert list(output.glob("portraits/non/partage.*")) == []


def test_without_cards_networks_get_a_picture_that_they_may_show(town: Path, tmp_path: Path) -> None:
    site(town, tmp_path / "site")
    assert "visage-" in head_of(tmp_path / "site", "portraits/oui")[""]
    assert head_of(tmp_path / "site", "portraits/oui")[":alt"] == "Un visage."
    assert "visage-" not in str(head_of(tmp_path / "site", "portraits/non"))


def test_a_story_edited_leaves_the_card_a_title_edited_takes_it_away(town: Path, tmp_path: Path) -> None:
    documents(town, "partage", jobs=2)
    file = town / "data/initiatives/cafe.yml"
    file.write_text(file.read_text().replace("Un café sur le palier.", "Du thé aussi."))
    site(town, tmp_path / "site")
    assert head_of(tmp_path / "site", "initiatives/cafe")[""].endswith("/initiatives/cafe/partage.png")
    file.write_text(file.read_text().replace("Un café sur le palier", "Deux cafés"))
    site(town, tmp_path / "site")
    assert head_of(tmp_path / "site", "initiatives/cafe")[""].endswith("/initiatives/partage.png")
    assert not (tmp_path / "site/initiatives/cafe/partage.png").exists()
    assert make_documents(town, NOW, 1, "partage").made == 1


def test_with_cards_too_incremental_equals_clean(town: Path, tmp_path: Path) -> None:
    site(town, tmp_path / "site")
    documents(town, "partage", jobs=2)
    site(town, tmp_path / "site")
    file = town / "data/initiatives/cafe.yml"
    file.write_text(file.read_text().replace("Un café sur le palier", "Deux cafés"))
    site(town, tmp_path / "site")
    site(town, tmp_path / "afresh", clean=True)
    assert snapshot(tmp_path / "site") == snapshot(tmp_path / "afresh")


def test_a_card_carries_no_note_of_the_picture_in_it(town: Path, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Canari"
    Image.new("RGB", (900, 1200), "orange").save(town / "data/portraits/visage.jpg", exif=exif)
    documents(town, "partage")
    site(town, tmp_path / "site")
    content = (tmp_path / "site/portraits/oui/partage.jpg").read_bytes()
    assert b"Canari" not in content
    with Image.open(BytesIO(content)) as opened:
        assert not opened.getexif()
