"""Feeds that journalists follow, written by feedgen."""

from datetime import datetime
from typing import Any

from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key
from generator.campaign.reading import Entry
from generator.config import SiteConfig

from .cards import Pictures
from .links import document_html
from .metadata import absolute

MAX_ITEMS = 50


def press_feed(config: SiteConfig, entries: list[Entry], pictures: Pictures) -> bytes:
    """Give the RSS 2.0 feed of the press releases, latest first, with their full text and absolute addresses.

    GUIDs are tag URIs (RFC 4151) made of the release's own date and id: neither a new title nor another domain
    makes an old item look new.
    """
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title(f"{config.title} : communiqués de presse")
    feed.link(href=absolute(config, "/presse/"), rel="alternate")
    feed.link(href=absolute(config, "/flux/presse.xml"), rel="self", type="application/rss+xml")
    feed.description(config.description)
    feed.language("fr")
    feed.generator("")
    ordered = sorted(entries, key=lambda entry: (_moment(entry), entry.record.id), reverse=True)[:MAX_ITEMS]
    newest = max((_moment(entry) for entry in ordered), default=datetime(2000, 1, 1, tzinfo=PARIS))
    feed.lastBuildDate(newest)
    for entry in ordered:
        _add(feed, entry, config, pictures)
    data: bytes = feed.rss_str(pretty=True)
    return data


def _moment(entry: Entry) -> datetime:
    record: Any = entry.record
    moment: datetime = record.date
    return moment


def _add(feed: Any, entry: Entry, config: SiteConfig, pictures: Pictures) -> None:
    record: Any = entry.record
    url = absolute(config, f"/presse/{record.id}/")
    root = absolute(config, "")
    item = feed.add_entry(order="append")
    item.id(tag_uri(config, record.date, ("press_release", record.id)))
    item.guid(tag_uri(config, record.date, ("press_release", record.id)), permalink=False)
    item.title(record.title)
    item.link(href=url)
    item.description(record.summary)
    item.content(document_html(entry.texts["body"], entry, root, pictures), type="CDATA")
    item.published(record.date)
    item.dc.dc_creator(config.town.name)
    picture = pictures.view(entry.folder, record.picture)
    if picture:
        file = absolute(config, picture.jpeg[-1].url)
        item.enclosure(file, str(pictures.size(picture.jpeg[-1].url)), "image/jpeg")


def tag_uri(config: SiteConfig, date: datetime, key: Key) -> str:
    """Give an item's id for ever: `tag:<commune>,<year of the item>:<kind>/<id>` (RFC 4151)."""
    authority = f"ville-solidaire.{config.town.postcode}.fr"
    return f"tag:{authority},{date:%Y-%m-%d}:{key[0]}/{key[1]}"
