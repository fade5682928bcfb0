"""Press kits as a journalist opens them: what is in the ZIP, what is not, on which page it is offered."""

import csv
import re
import shutil
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, IptcImagePlugin

from generator.build.documents import make_documents
from tests.build.test_documents import NOW, documents, site
from tests.site.towns import add

BASE = Path(__file__).parents[1] / "campaigns" / "base"
BODY = """
**Ici, le 20 novembre.** Une fête *dans* la [rue](/kits/neige/), dit [Léa](/portraits/lea/).

- un plat,
- deux tables ;

## Les chiffres

| Année | Fêtes |
| --- | --- |
| 2025 | 31 |
| 2026 | 54, soit « beaucoup » ; enfin |
"""


def picture(name: str, **words: str) -> dict[str, str]:
    return {"file": f"{name}.jpg", "alt": f"Image {name}.", "credit": f"Crédit {name}", **words}


def paint(folder: Path, name: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Canari des métadonnées"
    Image.new("RGB", (1800, 1200), "teal").save(folder / f"{name}.jpg", exif=exif)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("town") / "campaign"))
    add(root, "kit", "neige", title="Neige & verglas", picture=picture("neige", licence="Licence libre"))
    allowed = {"reference": "A", "date": "2026-01-01", "until": "2028-01-01", "channels": ["site", "presse"]}
    hidden = {**allowed, "channels": ["site", "imprime"]}
    common = {"neighbourhood": "centre"} if (root / "data/neighbourhoods.yml").read_text().count("id: centre\n") else {}
    place = common or {"neighbourhood": re.findall(r"id: (\S+)", (root / "data/neighbourhoods.yml").read_text())[0]}
    add(root, "portrait", "lea", title="Léa", picture=picture("lea"), consent=allowed, **place)
    add(root, "portrait", "max", title="Max", picture=picture("max"), consent=hidden, **place)
    links = {"kits": ["neige"], "portraits": ["lea", "max"]}
    add(root, "press_release", "fete", BODY, title="La fête", date="2026-11-20 10:00", **links)
    stolen = picture("x") | {"file": "../../data/portraits/max.jpg"}
    add(root, "press_release", "bilan", BODY, title="Le bilan", date="2026-10-01 10:00", kits=["neige"], picture=stolen)
    add(root, "press_release", "demain", title="Canari sous embargo", date="2026-11-24 10:00", kits=["neige"])
    paint(root / "content/kits", "neige")
    paint(root / "data/portraits", "lea")
    paint(root / "data/portraits", "max")
    documents(root, "dossier-de-presse", jobs=2)
    documents(root, "communique")
    site(root, root / "site")
    return root


def kit(town: Path, path: str) -> dict[str, bytes]:
    with zipfile.ZipFile(town / "site" / path) as archive:
        assert archive.testzip() is None
        return {info.filename.partition("/")[2]: archive.read(info) for info in archive.infolist()}


OPERATION = "presse/dossier-de-presse-neige.zip"
RELEASE = "presse/fete/dossier-de-presse-fete.zip"


def test_each_release_and_each_operation_offers_its_kit(town: Path) -> None:
    for page, links in {
        "presse/index.html": [r'href="\.\./presse/dossier-de-presse-neige\.zip">Neige &amp; verglas \(ZIP, '],
        "presse/fete/index.html": [
            r'href="\.\./\.\./presse/fete/communique-fete\.pdf">Le communiqué \(PDF, ',
            r'href="\.\./\.\./presse/fete/dossier-de-presse-fete\.zip">Le dossier de presse.*\(ZIP, ',
        ],
    }.items():
        html = (town / "site" / page).read_text()
        for link in links:
            assert re.search(link, html), (page, link)


def test_a_kit_holds_texts_in_three_forms_figures_pictures_logos_contacts(town: Path) -> None:
    found = kit(town, RELEASE)
    assert sorted(name for name in found if not name.startswith("images/")) == [
        "LISEZ-MOI.txt",
        "chiffres/chiffres-cles.csv",
        "chiffres/fete-les-chiffres.csv",
        "communiques/fete.html",
        "communiques/fete.pdf",
        "communiques/fete.txt",
        "contacts.txt",
        "logos/logo-monochrome.svg",
        "logos/logo.png",
        "logos/logo.svg",
        "reseaux-sociaux.txt",
    ]
    text = found["communiques/fete.txt"].decode("utf-8-sig")
    assert "LA FÊTE\r\n" in text
    assert "Ici, le 20 novembre. Une fête dans la rue\r\n(https://" in text
    assert "- un plat,\r\n- deux tables" in text
    assert 'href="https://' in found["communiques/fete.html"].decode()
    with pikepdf.open(BytesIO(found["communiques/fete.pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked
    rows = list(csv.reader(StringIO(found["chiffres/fete-les-chiffres.csv"].decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Année", "Fêtes"]
    assert rows[2][1].replace("\u202f", " ") == "54, soit « beaucoup » ; enfin"
    with Image.open(BytesIO(found["logos/logo.png"])) as logo:
        assert logo.size == (2000, 2000)


def test_an_operation_gathers_its_releases_and_its_kit(town: Path) -> None:
    names = kit(town, OPERATION).keys()
    assert {"communiques/fete.pdf", "communiques/bilan.pdf", "kit/neige.txt", "kit/neige.pdf"} <= names


def test_pictures_carry_their_words_and_no_other(town: Path) -> None:
    found = kit(town, RELEASE)
    assert sorted(name for name in found if name.endswith(".jpg")) == ["images/lea.jpg", "images/neige.jpg"]
    with Image.open(BytesIO(found["images/neige.jpg"])) as shot:
        iptc = IptcImagePlugin.getiptcinfo(shot)
        assert iptc
        assert iptc[(2, 110)] == "Crédit neige".encode()
        assert iptc[(2, 40)] == b"Licence libre"
        assert shot.size == (1800, 1200)
    rows = list(csv.DictReader(StringIO(found["images/credits.csv"].decode("utf-8-sig")), delimiter=";"))
    assert [(row["Fichier"], row["Crédit"]) for row in rows] == [
        ("neige.jpg", "Crédit neige"),
        ("lea.jpg", "Crédit lea"),
    ]
    assert all(row["Fichier"] in found["images/CREDITS.txt"].decode() for row in rows)


def test_nothing_hidden_or_not_allowed_is_in_any_kit(town: Path) -> None:
    kits = list((town / "site").rglob("*.zip"))
    assert len(kits) >= 3
    for path in kits:
        content = path.read_bytes()
        assert b"Canari" not in content, path
        assert b"max.jpg" not in content, path
        assert b"demain" not in content, path


def test_a_face_that_the_press_may_not_have_is_in_no_page_of_theirs(town: Path) -> None:
    found = kit(town, OPERATION)
    for name, faces in {"communiques/bilan.pdf": 0, "kit/neige.pdf": 1}.items():
        with pikepdf.open(BytesIO(found[name])) as pdf:
            assert sum(len(list(page.get_images())) for page in pdf.pages) == faces, name
    alone = town / "site/presse/bilan/communique-bilan.pdf"
    assert alone.read_bytes() == found["communiques/bilan.pdf"]


def test_names_and_dates_suit_every_computer(town: Path) -> None:
    with zipfile.ZipFile(town / "site" / RELEASE) as archive:
        for info in archive.infolist():
            assert info.filename.isascii()
            assert re.fullmatch(r"dossier-de-presse-fete(/[A-Za-z0-9.-]+)+", info.filename), info.filename
            assert info.date_time == (2026, 11, 20, 10, 0, 0)
            assert info.external_attr >> 16 == 0o100644
        names = [info.filename.lower() for info in archive.infolist()]
        assert len(set(names)) == len(names)


def test_the_same_kit_comes_out_again(town: Path) -> None:
    before = (town / "site" / OPERATION).read_bytes()
    shutil.rmtree(town / ".cache" / "documents")
    assert make_documents(town, NOW, 1, "dossier-de-presse").made
    assert before in [path.read_bytes() for path in (town / ".cache/documents").iterdir()]
