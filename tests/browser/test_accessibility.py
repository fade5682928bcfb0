"""axe finds nothing on any layout, by day and in the evening, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import LAYOUTS

Visit = Callable[..., Page]

AXE = Axe()


def found(page: Page) -> list[str]:
    violations = AXE.run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def found_in_every_display(page: Page) -> dict[tuple[str, int], list[str]]:
    """Give what axe finds by day and in the evening, on a phone and on a desk; displays without fault left out."""
    faults = {}
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            faults[scheme, width] = found(page)
    return {display: faults for display, faults in faults.items() if faults}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe_finds_nothing(visit: Visit, origin: str, addresses: dict[str, str], layout: str) -> None:
    assert found_in_every_display(visit(origin + addresses[layout])) == {}


@pytest.mark.parametrize("path", ["/", "/kits/inondation/"])
def test_axe_finds_nothing_in_an_emergency(visit: Visit, alerted_origin: str, path: str) -> None:
    page = visit(alerted_origin + path)
    assert page.locator(".alert").is_visible()
    assert found_in_every_display(page) == {}


def test_axe_finds_nothing_with_the_menu_open(visit: Visit, origin: str) -> None:
    page = visit(origin, 360)
    page.get_by_role("button", name="Menu").click()
    assert found(page) == []


def test_axe_finds_nothing_among_search_results(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/recherche/?q=voisins")
    page.locator(".results li").first.wait_for()
    assert found(page) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_cut_off(visit: Visit, origin: str, addresses: dict[str, str], layout: str) -> None:
    """WCAG 1.4.10: no sideways scrolling at 320 pixels, nor at 1280 zoomed twice; 1.4.12: nor with wider spacing."""
    page = visit(origin + addresses[layout], bypass_csp=True)
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.add_style_tag(
        content="*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
        "p{margin-bottom:2em!important}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_texts_grow_with_the_browsers_own_size(visit: Visit, origin: str, addresses: dict[str, str]) -> None:
    page = visit(origin + addresses["kit"], 1280, bypass_csp=True)
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.md-typeset p')).fontSize)")
    assert before == 18
    page.add_style_tag(content="html{font-size:250%!important}")
    after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.md-typeset p')).fontSize)")
    assert after == 2 * before


def test_controls_are_wide_enough_for_a_finger(visit: Visit, origin: str) -> None:
    page = visit(origin, 360)
    page.get_by_role("button", name="Menu").click()
    for control in page.locator("header button:visible, header nav a, header input, .door a, .button").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, control.evaluate("element => element.outerHTML")


def test_forced_colours_keep_every_control_in_sight(visit: Visit, origin: str) -> None:
    page = visit(origin, 360, forced_colors="active")
    button = page.get_by_role("button", name="Menu")
    assert button.is_visible()
    assert button.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
