"""A feed opened in a browser is a page that people can read, and that leads on to the one explaining feeds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

Visit = Callable[..., Page]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/flux/presse.xml", "/flux/tout/2025-1.atom"])
def test_a_feed_in_a_browser_can_be_read(visit: Visit, origin: str, path: str, width: int) -> None:
    page = visit(origin + path, width)
    assert page.get_by_text("lance sa campagne de voisinage", exact=False).first.is_visible()
    assert not page.get_by_text("<p>").first.is_visible()
    assert not page.get_by_text("tag:").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_feed_in_a_browser_says_what_it_is_and_where_to_learn_more(visit: Visit, origin: str) -> None:
    page = visit(f"{origin}/flux/presse.xml", 360)
    assert page.get_by_text("Cette page est un flux").is_visible()
    guide = page.get_by_role("link", name="Comment faire, pas à pas")
    assert guide.get_attribute("href") == "https://solidaire.aubrenay.example/flux/"
