from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from generator.campaign.models.fields import PARIS
from generator.campaign.reading import Entry
from generator.config import SiteConfig
from generator.site.feeds import MAX_ITEMS, lasting_id, press_feed

from .towns import NOW, add, gathered, library_of


def feed_of(root: Path, now: datetime = NOW, **settings: Any) -> Any:
    """Give a campaign's press feed as readers see it."""
    parsed = feedparser.parse(raw(root, now, **settings))
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def raw(root: Path, now: datetime = NOW, **settings: Any) -> bytes:
    result = gathered(root, now)
    library = library_of(result)
    releases = [library.entries[each.key] for each in result.outlines if each.kind == "press_release" and each.shown]
    return press_feed(replace(library, config=library.config.model_copy(update=settings)), releases)


@pytest.fixture
def announced(campaign: Path) -> Path:
    """Give a campaign with three press releases: one old, one of yesterday, one of tomorrow."""
    for file in (campaign / "content/press").glob("*.md"):
        file.unlink()
    body = "Voir [l'agenda](/agenda/), [le kit](../kits/canicule.md) et [les chiffres](#chiffres).\n\n## Chiffres"
    add(campaign, "press_release", "ancien", title="L'ancien", date="2025-07-01 10:00")
    add(campaign, "press_release", "hier", date="2026-11-22 10:00", body=body)
    add(campaign, "press_release", "demain", title="Secret", date="2026-11-24 10:00")
    return campaign


def test_the_feed_names_itself_and_leads_to_the_press_page(announced: Path) -> None:
    channel = feed_of(announced).feed
    assert channel.link == "https://solidaire.aubrenay.example/presse/"
    (own,) = [link for link in channel.links if link.rel == "self"]
    assert own.href == "https://solidaire.aubrenay.example/flux/presse.xml"
    assert channel.language == "fr"
    assert channel.title == "Aubrenay solidaire\u00a0: communiqués de presse"


def test_the_latest_release_comes_first_and_none_before_its_hour(announced: Path) -> None:
    assert [item.link.rsplit("/", 2)[1] for item in feed_of(announced).entries] == ["hier", "ancien"]
    assert b"Secret" not in raw(announced)
    assert feed_of(announced, datetime(2026, 11, 24, 10, tzinfo=PARIS)).entries[0].title == "Secret"


def test_dates_carry_their_zone(announced: Path) -> None:
    hier, ancien = feed_of(announced).entries
    assert (hier.published, ancien.published) == ("Sun, 22 Nov 2026 10:00:00 +0100", "Tue, 01 Jul 2025 10:00:00 +0200")
    assert timegm(ancien.published_parsed) == datetime(2025, 7, 1, 8, tzinfo=UTC).timestamp()
    assert feed_of(announced).feed.updated == hier.published


def test_an_items_id_outlives_its_title_its_date_its_domain_and_its_address(announced: Path) -> None:
    before = [item.id for item in feed_of(announced).entries]
    (announced / "content/press/ancien.md").unlink()
    add(announced, "press_release", "renomme", title="Un autre titre", date="2025-08-01 10:00", aliases=["ancien"])
    after = feed_of(announced, url="https://autre.example/")
    assert [item.id for item in after.entries] == before
    assert after.entries[1].link == "https://autre.example/presse/renomme/"
    assert len(set(before)) == 2


def test_towns_do_not_share_ids(announced: Path) -> None:
    library = library_of(gathered(announced))
    entry: Entry = library.entries["press_release", "hier"]
    town = library.config.town
    other: SiteConfig = library.config.model_copy(update={"town": town.model_copy(update={"postcode": "36998"})})
    assert lasting_id(library.config, entry) != lasting_id(other, entry)


def test_items_hold_their_whole_text_with_complete_links(announced: Path) -> None:
    item = feed_of(announced).entries[0]
    html = item.content[0].value
    site = "https://solidaire.aubrenay.example"
    assert f'href="{site}/agenda/"' in html
    assert f'href="{site}/kits/canicule/"' in html
    assert f'href="{site}/presse/hier/#chiffres"' in html
    assert item.summary == "Une phrase."
    assert item.author == "Aubrenay"


def test_a_picture_is_enclosed_with_its_type_and_exact_length(announced: Path, small_campaign: Path) -> None:
    picture = next((small_campaign / "content/kits").glob("*.jpg"))
    copy(picture, announced / "content/press/photo.jpg")
    view = {"file": "photo.jpg", "alt": "Dessin : une fête.", "credit": "Ville d'Aubrenay"}
    add(announced, "press_release", "hier", date="2026-11-22 10:00", picture=view)
    (enclosure,) = feed_of(announced).entries[0].enclosures
    assert enclosure.type == "image/jpeg"
    assert enclosure.href.startswith("https://solidaire.aubrenay.example/images/photo-")
    made = announced / ".cache/pictures" / enclosure.href.rsplit("/", 1)[-1]
    assert int(enclosure.length) == made.stat().st_size
    assert not feed_of(announced).entries[1].enclosures


def test_texts_that_look_like_markup_stay_texts(announced: Path) -> None:
    add(announced, "press_release", "piege", title="A <b> & B ]]> C", date="2026-11-22 11:00", body="Un `]]>` de plus.")
    item = feed_of(announced).entries[0]
    assert item.title in ("A &lt;b&gt; &amp; B ]]&gt; C", "A <b> & B ]]> C")
    assert "]]&gt;" in item.content[0].value


def test_a_feed_without_items_is_a_feed(announced: Path) -> None:
    assert feed_of(announced, datetime(2024, 1, 1, tzinfo=PARIS)).entries == []


def test_the_feed_keeps_its_latest_items(announced: Path) -> None:
    for number in range(MAX_ITEMS + 3):
        add(announced, "press_release", f"c-{number:02}", date=f"2026-01-{number % 28 + 1:02} {number // 28 + 10}:00")
    entries = feed_of(announced).entries
    assert len(entries) == MAX_ITEMS
    dates = [item.published_parsed for item in entries]
    assert dates == sorted(dates, reverse=True)


def test_the_same_releases_give_the_same_bytes(announced: Path) -> None:
    assert raw(announced) == raw(announced)
    assert ElementTree.fromstring(raw(announced)).tag == "rss"
