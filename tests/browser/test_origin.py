"""Nothing is asked of anyone but the site itself, nothing is left on the device, and the policy is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import LAYOUTS

Visit = Callable[..., Page]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_visit_asks_nothing_of_another_origin(
    browser: Browser, origin: str, addresses: dict[str, str], layout: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    missing: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(origin + addresses[layout])
    page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith((f"{origin}/", "data:"))] == []
    assert missing == []
    assert said == []
    assert context.cookies() == []
    context.close()


def test_searching_asks_nothing_of_another_origin_either(visit: Visit, origin: str) -> None:
    page = visit(origin)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{origin}/recherche/?q=voisins")
    page.locator(".results li").first.wait_for()
    assert all(url.startswith(origin) for url in asked)
    assert said == []
