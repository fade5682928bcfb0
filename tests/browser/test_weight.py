"""What a first visit costs on a phone (DESIGN: 150 kB over the wire, fonts and pictures included)."""

import pytest
from playwright.sync_api import Browser

LIMIT = 150_000


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/kits/",
        "/kits/fete-des-voisins/",
        "/kits/canicule/",
        "/kits/canicule/ar/",
        "/urgence/",
        "/initiatives/",
        "/quartiers/",
        "/portraits/",
        "/portraits/bernadette-ozanne/",
    ],
)
def test_a_first_visit_is_light(browser: Browser, origin: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2.625, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(origin + path)
    page.wait_for_load_state("networkidle")
    context.close()
    assert sum(sizes) <= LIMIT
