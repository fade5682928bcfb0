"""Feeds that journalists follow, written by feedgen."""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from generator.campaign.models.fields import PARIS
from generator.campaign.reading import Entry
from generator.config import SiteConfig
from generator.typography import NO_BREAK

from .links import document_html, without_hidden
from .metadata import absolute
from .pages import Library

MAX_ITEMS = 50


def press_feed(library: Library, entries: list[Entry]) -> bytes:
    """Give the RSS 2.0 feed of the press releases, latest first, with their full text and absolute addresses."""
    from feedgen.feed import FeedGenerator

    config = library.config
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title(f"{config.title}{NO_BREAK}: communiqués de presse")
    # The last link named is the one that feedgen gives the channel itself.
    feed.link(href=absolute(config, "/flux/presse.xml"), rel="self", type="application/rss+xml")
    feed.link(href=absolute(config, "/presse/"), rel="alternate")
    feed.description(config.description)
    feed.language("fr")
    feed.generator("")
    ordered = sorted(entries, key=lambda entry: (_moment(entry), entry.record.id), reverse=True)[:MAX_ITEMS]
    newest = max((_moment(entry) for entry in ordered), default=datetime(2000, 1, 1, tzinfo=PARIS))
    feed.lastBuildDate(newest)
    for entry in ordered:
        _add(feed, entry, library)
    data: bytes = feed.rss_str(pretty=True)
    return data


def _moment(entry: Entry) -> datetime:
    record: Any = entry.record
    moment: datetime = record.date
    return moment


def _add(feed: Any, entry: Entry, library: Library) -> None:
    config, pictures = library.config, library.pictures
    record: Any = entry.record
    url = absolute(config, f"/presse/{record.id}/")
    text = without_hidden(entry.texts["body"], entry.folder, library.unpublished)
    html = document_html(text, entry, absolute(config, ""), pictures)
    item = feed.add_entry(order="append")
    item.guid(lasting_id(config, entry), permalink=False)
    item.title(record.title)
    item.link(href=url)
    item.description(record.summary)
    item.content(html.replace('href="#', f'href="{url}#'), type="CDATA")
    item.published(record.date)
    item.dc.dc_creator(config.town.name)
    picture = pictures.view(entry.folder, record.picture)
    if picture:
        file = absolute(config, picture.jpeg[-1].url)
        item.enclosure(file, str(pictures.size(picture.jpeg[-1].url)), "image/jpeg")


def lasting_id(config: SiteConfig, entry: Entry) -> str:
    """Give what names an item for ever, whatever becomes of its title, its date, its address or the site's.

    A UUID (RFC 9562, version 5) of the commune and of the id that the record first had: its first alias, if it was
    renamed. Readers show again as new whatever comes with another one.
    """
    first = (*entry.record.aliases, entry.record.id)[0]
    return uuid5(NAMESPACE_URL, f"ville-solidaire:{config.town.postcode}/{entry.kind}/{first}").urn
