"""The frame by keyboard, and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))


def test_the_first_stop_skips_to_the_content(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/kits/canicule/")
    page.keyboard.press("Tab")
    assert focused(page) == "Aller au contenu"
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('contenu').contains(document.activeElement)")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_stop_can_be_seen(visit: Visit, origin: str, width: int, scheme: str) -> None:
    page = visit(origin, width, color_scheme=scheme)
    for _ in range(30):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
                const framed = (element) => element && parseFloat(getComputedStyle(element).outlineWidth) >= 2
                    && getComputedStyle(element).outlineStyle !== "none";
                const element = document.activeElement;
                return framed(element) || framed(element.closest(".card, .search-box")) || element.matches(".md-skip");
            }"""
        )
        assert shown, page.evaluate("document.activeElement.outerHTML")


def test_the_menu_opens_and_closes_by_keyboard(visit: Visit, origin: str) -> None:
    page = visit(origin, 360)
    button = page.get_by_role("button", name="Menu")
    links = page.get_by_role("navigation", name="Menu principal")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(links).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(links).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('menu').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(links).to_be_hidden()
    expect(button).to_be_focused()


def test_a_closed_menu_holds_no_stop(visit: Visit, origin: str) -> None:
    page = visit(origin, 360)
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.getElementById('menu').contains(document.activeElement)")


def test_the_menu_tells_where_one_is(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/kits/canicule/")
    current = page.locator("nav[aria-label='Menu principal'] [aria-current]")
    expect(current).to_have_count(1)
    expect(current).to_have_text("Kits")


def test_the_search_box_leads_to_results(visit: Visit, origin: str) -> None:
    page = visit(origin)
    page.get_by_role("searchbox", name="Rechercher sur le site").fill("canicule")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=canicule")
    expect(page.get_by_role("status")).to_contain_text("trouvée")
    first = page.locator(".results li a").first
    expect(first).to_be_visible()
    first.click()
    assert page.locator("h1").count() == 1


def test_search_says_when_it_finds_nothing(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/recherche/?q=zzzzqqq")
    expect(page.get_by_role("status")).to_contain_text("Aucune page ne parle de")
    assert page.locator(".results li").count() == 0


def test_search_needs_no_accent(visit: Visit, origin: str) -> None:
    counts = []
    for query in ("fête", "fete"):
        page = visit(f"{origin}/recherche/?q={query}")
        page.locator(".results li").first.wait_for()
        counts.append(page.get_by_role("status").inner_text())
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("query", "language"), [("heatwaves", "en"), ("الحر", "ar")])
def test_search_finds_what_speaks_another_language(visit: Visit, origin: str, query: str, language: str) -> None:
    page = visit(f"{origin}/recherche/?q={query}")
    first = page.locator(".results li").first
    expect(first).to_have_attribute("lang", language)
    assert first.locator("a").get_attribute("href") == f"/kits/canicule/{language}/"


def test_search_puts_pages_with_the_very_word_first(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/recherche/?q=repas")
    first = page.locator(".results li a").first
    first.click()
    expect(page.get_by_role("main")).to_contain_text("repas", ignore_case=True)


def test_the_evening_display_is_remembered(visit: Visit, origin: str) -> None:
    page = visit(origin, color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    button = page.get_by_role("button", name="Affichage sombre")
    day = page.evaluate(ground)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    evening = page.evaluate(ground)
    assert evening != day
    page.reload()
    assert page.evaluate(ground) == evening
    button.click()
    assert page.evaluate(ground) == day


def test_the_device_chooses_until_the_visitor_does(visit: Visit, origin: str) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = visit(origin, color_scheme="dark")
    light = visit(origin, color_scheme="light")
    assert dark.evaluate(ground) != light.evaluate(ground)
    dark.get_by_role("button", name="Affichage sombre").click()
    assert dark.evaluate(ground) == light.evaluate(ground)


def test_a_checklist_keeps_its_ticks_on_the_device(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/kits/fete-des-voisins/")
    box = page.locator(".task-list input").first
    box.check()
    page.reload()
    expect(page.locator(".task-list input").first).to_be_checked()
    expect(page.locator(".task-list input").nth(1)).not_to_be_checked()


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_the_menu_is_open_and_nothing_useless_shows(visit: Visit, origin: str, width: int) -> None:
    page = visit(origin, width, java_script_enabled=False)
    expect(page.get_by_role("navigation", name="Menu principal")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.locator("header button:not([type=submit])").first).to_be_hidden()
    expect(page.get_by_role("link", name="Devenir voisin solidaire").first).to_be_visible()


def test_without_scripts_the_search_page_leads_on(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/recherche/?q=canicule", java_script_enabled=False)
    expect(page.get_by_role("main").get_by_role("link", name="Plan du site")).to_be_visible()


def test_paper_gets_the_text_and_not_the_frame(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/kits/canicule/")
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    for part in ("header.md-header", ".breadcrumbs", ".md-footer nav"):
        expect(page.locator(part).first).to_be_hidden()


def test_paper_stays_light_whatever_the_display(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/kits/canicule/", color_scheme="light")
    ink = "getComputedStyle(document.body).color"
    day = page.evaluate(ink)
    page.get_by_role("button", name="Affichage sombre").click()
    assert page.evaluate(ink) != day
    page.emulate_media(media="print")
    assert page.evaluate(ink) == day
