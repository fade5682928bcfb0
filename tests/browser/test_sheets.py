"""Posters and invitations take what a resident types, fit on their page, and send nothing to anyone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

Visit = Callable[..., Page]

POSTER, INVITATION = "/kits/fete-des-voisins/affiche/", "/kits/fete-des-voisins/invitation/"
LONG = "Résidence des Cheminots-de-la-Rotonde, salle commune du troisième étage, entrée B"
UNBROKEN = "Anticonstitutionnellement" * 3
OVERFLOWS = """[...document.querySelectorAll(".sheet__text")].slice(0, 1).some(
    (text) => text.scrollHeight > text.clientHeight || text.scrollWidth > text.clientWidth)"""


def fill(page: Page, text: str) -> None:
    for field in page.locator("[data-fills]").all():
        field.fill(text)


def test_the_sheet_shows_what_is_typed(visit: Visit, origin: str) -> None:
    page = visit(origin + POSTER)
    page.get_by_label("Jour et date").fill("Vendredi 28 mai")
    assert "Vendredi 28 mai, à partir de" in page.locator(".sheet__text").inner_text()
    assert "jour et date" not in page.locator(".sheet__text").inner_text()
    page.get_by_role("button", name="Tout effacer").click()
    assert "jour et date" in page.locator(".sheet__text").inner_text()


def test_the_poster_and_the_invitation_share_what_is_typed_until_the_tab_is_closed(visit: Visit, origin: str) -> None:
    page = visit(origin + POSTER)
    page.get_by_label("Lieu", exact=True).fill("la cour")
    page.goto(origin + INVITATION)
    assert page.get_by_label("Lieu", exact=True).input_value() == "la cour"
    assert "la cour" in page.locator(".sheet__text").first.inner_text()
    other = visit(origin + INVITATION)
    assert other.get_by_label("Lieu", exact=True).input_value() == ""


@pytest.mark.parametrize("path", [POSTER, INVITATION, "/kits/canicule/ar/affiche/"])
def test_the_text_fits_whatever_is_typed(visit: Visit, origin: str, path: str) -> None:
    page = visit(origin + path)
    for text in ("", "8 h", LONG, UNBROKEN):
        fill(page, text)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
            assert not page.evaluate(OVERFLOWS), (text, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_blank_sheet_fits_without_scripts(visit: Visit, origin: str, folder: Path) -> None:
    page = visit(origin, service_workers="block")
    sheets = [path for name in ("affiche", "invitation") for path in sorted(folder.glob(f"kits/**/{name}/index.html"))]
    assert len(sheets) == 16
    page.route("**/sheet.*.js", lambda route: route.abort())
    for path in sheets:
        page.goto(f"{origin}/{path.parent.relative_to(folder).as_posix()}/")
        assert not page.evaluate(OVERFLOWS), path


def test_nothing_typed_leaves_the_page(visit: Visit, origin: str) -> None:
    page = visit(origin + POSTER)
    page.wait_for_load_state("networkidle")
    # The browser fetches an icon for its tab when it has a moment, which may be after the page's own files.
    icons = page.locator("link[rel=icon]").evaluate_all("(links) => links.map((link) => link.href)")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fill(page, "Marqueur")
    page.get_by_label("Téléphone").press("Enter")
    page.wait_for_timeout(300)
    assert [url for url in asked if url not in icons] == []
    assert page.url == origin + POSTER
    assert page.evaluate("JSON.stringify(localStorage)").count("Marqueur") == 0
    assert page.locator("main form, main [name]").count() == 0


def test_without_scripts_the_sheet_is_printed_blank(visit: Visit, origin: str) -> None:
    page = visit(origin + POSTER, java_script_enabled=False)
    assert page.locator(".filling__fields").is_hidden()
    assert page.get_by_text("les lignes en pointillé se remplissent au stylo").is_visible()
    lines = page.locator(".sheet .blank__line")
    assert lines.count() == 6
    assert all(line.bounding_box() for line in lines.all())


@pytest.mark.parametrize("path", [POSTER, INVITATION])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_sheet_is_one_page_of_paper(visit: Visit, origin: str, path: str, scripts: bool) -> None:
    from pypdfium2 import PdfDocument

    page = visit(origin + path, java_script_enabled=scripts)
    if scripts:
        fill(page, LONG)
    document = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(document) == 1
    assert [round(side * 25.4 / 72) for side in document[0].get_size()] == [210, 297]
    text = document[0].get_textpage().get_text_range()
    copies = 1 if path == POSTER else 4
    assert text.count("Aubrenay solidaire") == copies
    assert text.count("Une question" if path == POSTER else "À bientôt") == copies
