import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.build.gathering import Gathered
from generator.site.metadata import absolute
from generator.site.views import PageView

from .samples import CONFIG
from .towns import add, library_of, viewer, views_of

AWFUL = "</script><script>alert(1)</script> & « <!-- \u2028 »"


def blocks(view: PageView) -> dict[str, dict[str, Any]]:
    """Give a page's schema.org blocks by type."""
    parsed = [json.loads(block) for block in view.head.json_ld]
    assert all(block["@context"] == "https://schema.org" for block in parsed)
    return {block["@type"]: block for block in parsed}


def test_addresses_are_complete_whatever_the_sites_own_address_ends_with() -> None:
    for url in ("https://ville.example", "https://ville.example/"):
        config = CONFIG.model_copy(update={"url": url})
        assert absolute(config, "/kits/") == "https://ville.example/kits/"


def test_every_block_of_every_page_parses(bare: Gathered) -> None:
    view = views_of(bare)
    for page in bare.pages:
        blocks(view(page.url))


def test_breadcrumbs_are_told_to_machines_in_order_and_in_full(bare: Gathered) -> None:
    items = blocks(views_of(bare)("/kits/canicule/"))["BreadcrumbList"]["itemListElement"]
    site = library_of(bare).config.url.rstrip("/")
    assert [item["position"] for item in items] == [1, 2, 3]
    assert [item["name"] for item in items] == ["Accueil", "Les kits", "Canicule"]
    assert [item["item"] for item in items] == [f"{site}/", f"{site}/kits/", f"{site}/kits/canicule/"]


def test_the_home_page_names_the_town_hall(bare: Gathered) -> None:
    town = library_of(bare).config.town
    block = blocks(views_of(bare)("/"))["GovernmentOrganization"]
    assert (block["name"], block["telephone"], block["email"]) == (town.name, town.phone, town.email)
    assert block["url"].startswith("https://")
    assert block["address"]["@type"] == "PostalAddress"
    assert block["address"]["postalCode"] == town.postcode
    assert block["address"]["addressCountry"] == "FR"


def test_a_press_release_is_a_dated_news_article(campaign: Path) -> None:
    add(campaign, "press_release", "annonce", title="L'annonce", date="2026-05-01 10:00")
    block = blocks(viewer(campaign)("/presse/annonce/"))["NewsArticle"]
    assert block["headline"] == "L’annonce"
    assert block["datePublished"] == "2026-05-01T10:00:00+02:00"
    assert block["publisher"]["@type"] == block["author"]["@type"] == "GovernmentOrganization"
    assert block["url"].endswith("/presse/annonce/")


def test_an_event_says_when_where_and_whether_it_takes_place(campaign: Path) -> None:
    add(campaign, "event", "fete", start="2026-12-19 16:00", end="2026-12-19 20:00", place="Halle", address="2 quai")
    add(campaign, "event", "annule", cancelled="oui")
    view = viewer(campaign)
    block = blocks(view("/agenda/fete/"))["Event"]
    assert (block["startDate"], block["endDate"]) == ("2026-12-19T16:00:00+01:00", "2026-12-19T20:00:00+01:00")
    assert block["location"] == {"@type": "Place", "name": "Halle", "address": "2 quai"}
    assert block["eventStatus"] == "https://schema.org/EventScheduled"
    assert block["organizer"]["name"] == "Aubrenay"
    assert blocks(view("/agenda/annule/"))["Event"]["eventStatus"] == "https://schema.org/EventCancelled"


def test_an_invented_person_is_said_to_be_one_to_machines_too(campaign: Path) -> None:
    add(campaign, "portrait", "lea", title="Léa Martin", example="oui")
    add(campaign, "portrait", "vraie", title="Une vraie")
    view = viewer(campaign)
    block = blocks(view("/portraits/lea/"))["Person"]
    assert block["name"] == "Léa Martin"
    assert "inventée" in block["description"]
    assert "inventée" not in blocks(view("/portraits/vraie/"))["Person"]["description"]


def test_places_tell_where_they_are(campaign: Path) -> None:
    add(campaign, "building", "tour", location={"lat": "46.83", "lon": "1.25"})
    geo = blocks(viewer(campaign)("/immeubles/tour/"))["Place"]["geo"]
    assert (geo["latitude"], geo["longitude"]) == (46.83, 1.25)


@pytest.mark.parametrize("kind", ["press_release", "event", "portrait", "building"])
def test_no_text_can_close_the_script_that_holds_it(campaign: Path, kind: str) -> None:
    add(campaign, kind, "piege", title=AWFUL, summary=AWFUL)
    folder = {"press_release": "presse", "event": "agenda", "portrait": "portraits", "building": "immeubles"}[kind]
    view = viewer(campaign)(f"/{folder}/piege/")
    assert not any(re.search(r"<[/!a-z]", block) for block in view.head.json_ld)
    assert any("</script>" in str(block) for block in blocks(view).values())


def test_share_cards_have_a_complete_picture_with_its_text(small_campaign: Path) -> None:
    view = viewer(small_campaign)
    pictured = [page for page in (view(url) for url in _kits(small_campaign)) if page.picture]
    assert pictured
    for page in pictured:
        assert page.picture
        assert page.head.image
        assert page.head.image.url.startswith("https://")
        assert page.head.image.url.endswith(".jpg")
        assert page.head.image[1:] == (page.picture.alt, "image/jpeg", page.picture.width, page.picture.height)


def _kits(root: Path) -> list[str]:
    return [f"/kits/{file.stem}/" for file in sorted((root / "content/kits").glob("*.md"))]


def test_stories_are_articles_and_lists_are_not(bare: Gathered) -> None:
    view = views_of(bare)
    assert view("/kits/canicule/").head.kind == "article"
    assert view("/kits/").head.kind == "website"
