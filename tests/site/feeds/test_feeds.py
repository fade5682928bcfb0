import json
from datetime import datetime
from pathlib import Path
from shutil import copy
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
import yaml

from generator.build.gathering import gather
from generator.campaign.models.fields import PARIS
from tests.site.towns import NOW, RECORDS, add, gathered, library_of

from .documents import SITE, feeds
from .rules import ATOM, HISTORY, MEDIA, faults


def item(data: bytes, rank: int = 0) -> Any:
    found: Any = json.loads(data)["items"][rank]
    return found


def settings(root: Path, **changes: Any) -> None:
    file = root / "site_config.yml"
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text("utf-8")), **changes}, allow_unicode=True), "utf-8")


def test_every_document_is_valid_by_the_validators_rules(press: dict[str, bytes]) -> None:
    assert len(press) > 50
    assert {url: found for url, data in press.items() if (found := faults(data, SITE + url))} == {}


def test_the_rules_find_what_is_wrong(press: dict[str, bytes]) -> None:
    for url, right, wrong in (
        ("/flux/presse.xml", b' isPermaLink="false"', b""),
        ("/flux/presse.xml", b"+0100</pubDate>", b"CET</pubDate>"),
        ("/flux/presse.atom", b"<author><name>Aubrenay</name>", b"<author>"),
        ("/flux/presse.atom", b'rel="self"', b'rel="soi"'),
        ("/flux/presse.atom", b'src="https://', b'src="/'),
        ("/flux/presse/2025-1.atom", b'rel="current"', b'rel="related"'),
        ("/flux/presse.json", b'"content_html"', b'"content"'),
    ):
        assert right in press[url] or right.replace(b'"', b"&quot;") in press[url]
        assert faults(press[url].replace(right, wrong), SITE + url), right


def test_a_document_of_press_releases_holds_their_whole_text_with_complete_addresses(press: dict[str, bytes]) -> None:
    html = item(press["/flux/presse.json"])["content_html"]
    assert f'href="{SITE}/agenda/"' in html
    assert f'href="{SITE}/kits/canicule/"' in html
    assert f'href="{SITE}/presse/hier/#chiffres"' in html
    assert f'src="{SITE}/images/photo-' in html
    assert "<figcaption>La fête <small>Ville d’Aubrenay</small>" in html
    assert "Contact presse" in html
    assert "<input" not in html
    assert "Prévenir" in html


def test_the_three_formats_hold_the_same_text(press: dict[str, bytes]) -> None:
    html = item(press["/flux/presse.json"])["content_html"]
    assert ElementTree.fromstring(press["/flux/presse.atom"]).findtext(f"{ATOM}entry/{ATOM}content") == html
    content = "channel/item/{http://purl.org/rss/1.0/modules/content/}encoded"
    assert ElementTree.fromstring(press["/flux/presse.xml"]).findtext(content) == html


def test_a_picture_comes_with_type_length_description_credit_and_caption(
    press_room: Path, press: dict[str, bytes]
) -> None:
    told = item(press["/flux/presse.json"])
    (attachment,) = told["attachments"]
    made = press_room / ".cache/pictures" / attachment["url"].rsplit("/", 1)[1]
    assert attachment["size_in_bytes"] == made.stat().st_size
    assert attachment["mime_type"] == "image/jpeg"
    assert told["_image"] == {"alt": "Dessin\u00a0: une fête.", "credit": "Ville d’Aubrenay", "caption": "La fête"}
    for url, entry in (("/flux/presse.xml", "channel/item"), ("/flux/presse.atom", f"{ATOM}entry")):
        content = ElementTree.fromstring(press[url]).find(f"{entry}/{MEDIA}content")
        assert content is not None
        assert content.get("fileSize") == str(made.stat().st_size)
        assert content.findtext(f"{MEDIA}description") == "Dessin\u00a0: une fête."
        assert content.findtext(f"{MEDIA}credit") == "Ville d’Aubrenay"
        assert content.findtext(f"{MEDIA}title") == "La fête"


def test_dates_carry_their_zone(press: dict[str, bytes]) -> None:
    told = item(press["/flux/presse.json"])
    assert told["date_published"] == "2026-11-22T10:00:00+01:00"
    assert told["date_modified"] == "2026-11-22T15:30:00+01:00"
    assert b"<pubDate>Sun, 22 Nov 2026 10:00:00 +0100</pubDate>" in press["/flux/presse.xml"]
    assert b"2026-06-30T10:00:00+02:00" in press["/flux/presse.atom"]
    assert b"<lastBuildDate>Sun, 22 Nov 2026 15:30:00 +0100</lastBuildDate>" in press["/flux/presse.xml"]


def test_a_face_stands_in_feeds_only_with_leave_whoever_shows_it(announced: Path) -> None:
    (announced / "data/portraits").mkdir(exist_ok=True)
    copy(announced / "content/press/photo.jpg", announced / "data/portraits/lea.jpg")
    face = {"file": "lea.jpg", "alt": "Léa.", "credit": "Ville"}
    consent = {**RECORDS["portrait"]["consent"], "channels": ["site"]}
    add(announced, "portrait", "lea", picture=face, consent=consent)
    add(
        announced, "initiative", "cafe", picture={**face, "file": "../portraits/lea.jpg"}, publish_at="2026-11-23 10:00"
    )
    body = "![Léa.](../../data/portraits/lea.jpg)"
    add(announced, "press_release", "cafe", body=body, date="2026-11-23 10:00")
    assert [url for url, data in feeds(announced).items() if b"/images/lea-" in data] == []
    add(announced, "portrait", "lea", picture=face, consent={**consent, "channels": ["site", "flux"]})
    made = feeds(announced)
    assert all(b"/images/lea-" in made[f"/flux/{name}.xml"] for name in ("initiatives", "presse", "portraits"))


def test_what_is_not_out_yet_is_in_no_document(announced: Path, press: dict[str, bytes]) -> None:
    assert [url for url, data in press.items() if b"Secret" in data or b"demain" in data] == []
    later = feeds(announced, datetime(2026, 11, 24, 10, tzinfo=PARIS))
    assert item(later["/flux/presse.json"])["title"] == "Secret"


def test_archives_lead_back_to_the_first_item(press: dict[str, bytes]) -> None:
    for first in ("/flux/presse.xml", "/flux/presse.atom"):
        titles, url = [], first
        while url:
            parsed = feedparser.parse(press[url])
            titles += [entry.title for entry in parsed.entries]
            url = next((link.href for link in parsed.feed.links if link.rel == "prev-archive"), "").removeprefix(SITE)
        assert len(set(titles)) == 131
    names, url = [], "/flux/presse.json"
    while url:
        document = json.loads(press[url])
        names += [each["title"] for each in document["items"]]
        url = document.get("next_url", "").removeprefix(SITE)
    assert len(set(names)) == 131


def test_a_document_bears_the_feeds_name_then_the_campaigns(press: dict[str, bytes]) -> None:
    assert json.loads(press["/flux/presse.json"])["title"] == "Communiqués de presse · Aubrenay solidaire"
    archive = json.loads(press["/flux/presse/2025-1.json"])["title"]
    assert archive == "Communiqués de presse (archives 2025,\u00a01) · Aubrenay solidaire"


def test_an_archive_says_what_it_is_and_whose(press: dict[str, bytes]) -> None:
    archive = ElementTree.fromstring(press["/flux/presse/2025-1.atom"])
    assert archive.find(HISTORY) is not None
    assert ElementTree.fromstring(press["/flux/presse.atom"]).find(HISTORY) is None
    links = {link.get("rel"): link.get("href") for link in archive.findall(f"{ATOM}link")}
    assert links["current"] == f"{SITE}/flux/presse.atom"
    assert links["next-archive"] == f"{SITE}/flux/presse/2025-2.atom"
    assert archive.findtext(f"{ATOM}id") == "tag:mairie@aubrenay.example,2026-01-01:feed/presse"


def test_documents_are_whole_in_archives_and_records_summed_up(press: dict[str, bytes]) -> None:
    whole = json.loads(press["/flux/presse/2025-1.json"])["items"][0]
    assert "<p>Un texte.</p>" in whole["content_html"]
    told = [each for each in json.loads(press["/flux/tout/2025-1.json"])["items"] if "/initiatives/" in each["url"]]
    assert told
    assert all("content_html" not in each and each["content_text"] == each["summary"] for each in told)


@pytest.mark.parametrize("field", ["title", "date", "url", "name", "list"])
def test_an_items_id_outlives_its_title_its_date_its_address_and_the_sites(field: str, announced: Path) -> None:
    before = {each["id"] for each in json.loads(feeds(announced)["/flux/presse.json"])["items"]}
    file = announced / "content/press/c-129.md"
    if field == "title":
        add(
            announced, "press_release", "c-129", title="Tout autre", date="2026-07-04 10:00", neighbourhoods=["la-gare"]
        )
    elif field == "date":
        file.write_text(file.read_text("utf-8").replace("2026-07-04", "2026-07-05"), "utf-8")
    elif field == "url":
        settings(announced, url="https://autre.example/ville/")
    elif field == "name":
        file.rename(file.with_name("renomme.md"))
        file = file.with_name("renomme.md")
        file.write_text(file.read_text("utf-8").replace("---\n", "---\naliases: [c-129]\n", 1), "utf-8")
    else:
        settings(announced, title="Une autre campagne")
    assert {each["id"] for each in json.loads(feeds(announced)["/flux/presse.json"])["items"]} == before


def test_the_settings_fix_whose_ids_they_are_and_name_the_hub(announced: Path) -> None:
    settings(announced, feeds={"identity": "solidaire.aubrenay.example,2025-01-06", "hub": "https://relais.example/"})
    made = feeds(announced)
    assert item(made["/flux/presse.json"])["id"] == "tag:solidaire.aubrenay.example,2025-01-06:press_release/hier"
    assert json.loads(made["/flux/presse.json"])["hubs"] == [{"type": "WebSub", "url": "https://relais.example/"}]
    for url in ("/flux/presse.xml", "/flux/presse.atom"):
        assert [link.href for link in feedparser.parse(made[url]).feed.links if link.rel == "hub"] == [
            "https://relais.example/"
        ]
        assert faults(made[url], SITE + url) == []


@pytest.mark.parametrize(
    "identity", ["aubrenay", "aubrenay.example", "aubrenay.example,hier", "https://a.example,2025"]
)
def test_an_identity_that_is_no_tag_is_refused(identity: str, announced: Path) -> None:
    settings(announced, feeds={"identity": identity})
    assert [problem.path for problem in gather(announced, NOW, None).problems if problem.severity == "error"] == [
        "site_config.yml"
    ]


def test_signs_that_xml_can_not_hold_break_no_feed(announced: Path) -> None:
    signs = "&#1; &#xFFFE; &#65535; &#xD800; &#x80; &nbsp; &bogus; <![CDATA[x]]> ]]> \u202e \U0001f9d1\u200d\U0001f33e"
    add(announced, "press_release", "signes", body=signs, date="2026-11-23 10:00", title="Un ]]> & <b> \u2028 été")
    add(announced, "initiative", "signes", story=signs, publish_at="2026-11-23 10:00", neighbourhood="la-gare")
    made = feeds(announced)
    assert {url: found for url, data in made.items() if (found := faults(data, SITE + url))} == {}
    assert item(made["/flux/initiatives.json"])["url"].endswith("/signes/")


def test_a_feed_without_items_is_a_feed(announced: Path) -> None:
    early = feeds(announced, datetime(2024, 1, 1, tzinfo=PARIS))
    assert json.loads(early["/flux/presse.json"])["items"] == []
    assert {url: found for url, data in early.items() if (found := faults(data, SITE + url))} == {}


def test_the_same_campaign_gives_the_same_bytes(announced: Path, press: dict[str, bytes]) -> None:
    assert feeds(announced) == press


def test_towns_without_the_setting_do_not_share_ids(announced: Path) -> None:
    config = library_of(gathered(announced)).config
    assert config.feeds.identity is None
    assert "mairie@aubrenay.example" in item(feeds(announced)["/flux/presse.json"])["id"]
