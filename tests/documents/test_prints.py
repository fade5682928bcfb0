"""Everything printed, as machines, scanners and eyes meet it: valid campaign, longest words, nothing at all."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops

from generator.build import build
from generator.build.documents import make_documents
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from generator.site.documents import PRINTED
from tests.site.towns import add

from .conformance import elements, faults

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)
TYPST = "#panic() *gras* $x$ #let a = 1; @ref // fin /* non */ \\ <balise> #[oui]"
LONG = "Anticonstitutionnellement : le grand rendez-vous interquartiers des voisines et voisins de la résidence du Bac"
ENDLESS = "A" * 80
SHEET = f"""### L'affiche

> **{LONG}**
>
> {"Un texte très long, [prénom], [téléphone]. " * 25}

### L'invitation

> Bonjour, [prénom].

#### Trop bas

Note[^1].

[^1]: Fin.
"""
LABEL = {
    "level": "engage",
    "applied": "2026-01-01",
    "granted": "2026-02-01",
    "expires": "2027-01-30",
    "serial": "IS-2026-777",
}
ONE_PAGE = ("affiche", "invitation", "accroche-porte", "affiche-de-hall", "plaque", "diplome")
PDF_KINDS = [kind for kind in PRINTED if kind != "code-qr"]
WITH_PRESS = [*PDF_KINDS, "communique"]


@pytest.fixture(scope="module")
def site(small_campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site with every document of a campaign in which something is too long, or empty, or looks like code."""
    root = Path(shutil.copytree(small_campaign, tmp_path_factory.mktemp("prints") / "campaign"))
    place = min((root / "data/neighbourhoods").glob("*.yml")).stem
    add(root, "kit", "trop-long", title=LONG, summary="Une phrase longue. " * 15, body=SHEET)
    add(root, "kit", "presque-vide", title="X", summary="Y", body="### L'affiche\n\n### L'invitation\n")
    words = f"{TYPST}\n\n{ENDLESS}\n\n- un\n  - deux\n    - trois\n\n😀 fin"
    add(root, "event", "trop-long", title=LONG, summary=ENDLESS * 3, neighbourhood=place, description=words)
    add(root, "building", "trop-long", title=LONG, neighbourhood=place, address="123 bis, boulevard " * 5, label=LABEL)
    words = f"{TYPST} {ENDLESS}"
    add(root, "award", "trop-long", serial="BV-2026-901", neighbourhood=place, holder=ENDLESS, citation=words)
    add(root, "award", "sans-nom", serial="BV-2026-902", neighbourhood=place, citation="Pour sa porte ouverte.")
    made = make_documents(root, NOW, 2)
    assert not has_errors(made.problems), made.problems
    report = build(root, root / "site", NOW, 1)
    assert (report.waiting, has_errors(report.problems)) == (0, False)
    return root / "site"


def named(site: Path, kind: str, about: str = "*") -> list[Path]:
    """Give the documents of a kind, those of a page called `about`."""
    found = [path for path in site.rglob(f"{kind}-*.pdf") if about in ("*", path.parent.name)]
    return sorted(path for path in found if kind == "affiche-de-hall" or not path.name.startswith("affiche-de-hall"))


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


@pytest.mark.parametrize("kind", WITH_PRESS)
def test_what_is_printed_conforms_to_pdf_ua(site: Path, kind: str) -> None:
    found = named(site, kind)
    assert found
    assert {path.name: faults(path) for path in found if faults(path)} == {}


def test_the_checks_see_what_is_missing(site: Path, tmp_path: Path) -> None:
    with pikepdf.open(named(site, "plaque")[0]) as pdf:
        del pdf.Root.Lang, pdf.Root.MarkInfo, pdf.Root.ViewerPreferences
        for each in elements(pdf):
            if each.S == "/Figure":
                del each.Alt
            elif each.S == "/H1":
                each.S = pikepdf.Name("/H3")
        pdf.save(tmp_path / "broken.pdf")
    codes = {fault.split()[0] for fault in faults(tmp_path / "broken.pdf")}
    assert {"06-001", "07-001", "11-006", "13-004", "14-003"} <= codes


@pytest.mark.parametrize("kind", PDF_KINDS)
def test_qr_codes_lead_to_the_page_that_offers_the_document(site: Path, kind: str) -> None:
    path = named(site, kind)[0]
    with pypdfium2.PdfDocument(path) as pdf:
        codes = {code.text for code in zxingcpp.read_barcodes(pdf[0].render(scale=2).to_pil())}
    assert codes == {f"https://solidaire.aubrenay.example/{path.parent.relative_to(site)}/"}


@pytest.mark.parametrize("kind", WITH_PRESS)
def test_no_sign_stands_outside_of_its_page(site: Path, kind: str) -> None:
    for path in named(site, kind):
        with pypdfium2.PdfDocument(path) as pdf:
            for page in pdf:
                width, height = page.get_size()
                text = page.get_textpage()
                boxes = [text.get_charbox(rank) for rank in range(text.count_chars())]
                outside = [
                    box for box in boxes if box[0] < -1 or box[1] < -1 or box[2] > width + 1 or box[3] > height + 1
                ]
                assert outside == [], path.name


@pytest.mark.parametrize("kind", ONE_PAGE)
def test_what_hangs_on_a_wall_or_a_door_is_one_sheet(site: Path, kind: str) -> None:
    for path in named(site, kind):
        with pypdfium2.PdfDocument(path) as pdf:
            assert len(pdf) == 1, path.name


@pytest.mark.parametrize("kind", PDF_KINDS)
def test_black_and_white_has_no_colour(site: Path, kind: str) -> None:
    path = next(each for each in named(site, kind) if each.stem.endswith("-noir-et-blanc"))
    with pypdfium2.PdfDocument(path) as pdf:
        red, green, blue = pdf[0].render(scale=1).to_pil().convert("RGB").split()
    assert ImageChops.difference(red, green).getextrema() == (0, 0)
    assert ImageChops.difference(green, blue).getextrema() == (0, 0)


def test_what_looks_like_code_is_set_as_words(site: Path) -> None:
    diploma = text_of(named(site, "diplome", "trop-long")[0])
    for word in ("#panic()", "*gras*", "$x$", "#let a = 1", "@ref", "/* non */", "<balise>", "#[oui]"):
        assert word in diploma
    assert "#panic() gras $x$ #let a = 1" in text_of(named(site, "rendez-vous", "trop-long")[0])


def test_every_sign_of_an_endless_word_is_there(site: Path) -> None:
    assert ENDLESS in text_of(named(site, "diplome", "trop-long")[0]).replace(" ", "")


def test_a_holder_who_stays_unnamed_has_a_line_instead(site: Path) -> None:
    assert "remis à Pour sa porte ouverte." in text_of(named(site, "diplome", "sans-nom")[0])


def test_documents_say_nothing_of_the_machine_or_the_hour_that_made_them(site: Path) -> None:
    for path in named(site, "livret", "trop-long"):
        assert str(site).encode() not in path.read_bytes()
        with pikepdf.open(path) as pdf:
            assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
            assert str(pdf.Root.Lang).startswith("fr")


def test_a_picture_is_printed_only_if_whoever_is_on_it_agreed(campaign: Path) -> None:
    place = min((campaign / "data/neighbourhoods").glob("*.yml")).stem
    Image.new("RGB", (900, 600), "teal").save(campaign / "data/portraits/visage.jpg")
    shot = {"file": "../portraits/visage.jpg", "alt": "Une voisine.", "credit": "Ville"}
    add(campaign, "event", "avec-elle", neighbourhood=place, picture=shot)

    def figures(*channels: str) -> list[str]:
        consent = {"reference": "A-1", "date": "2026-01-01", "channels": list(channels), "until": "2028-01-01"}
        picture = shot | {"file": "visage.jpg"}
        add(campaign, "portrait", "une-voisine", neighbourhood=place, picture=picture, consent=consent)
        assert not has_errors(make_documents(campaign, NOW, 1, "rendez-vous").problems)
        assert not has_errors(build(campaign, campaign / "site", NOW, 1).problems)
        with pikepdf.open(named(campaign / "site", "rendez-vous", "avec-elle")[0]) as pdf:
            return [str(each.Alt) for each in elements(pdf) if each.S == "/Figure"]

    assert "Une voisine." in figures("site", "imprime")
    assert "Une voisine." not in figures("site")
