"""What the W3C feed validator holds against a feed, from its documentation and the standards behind it.

https://validator.w3.org/feed/docs/; RFC 4287 (Atom), RFC 5005 (archives), RFC 4151 (tags), the RSS 2.0 specification
with the RSS Board's profile, Media RSS 1.5.1, JSON Feed 1.1. Only what this site's feeds use is looked at.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
from justhtml import JustHTML

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
HISTORY = "{http://purl.org/syndication/history/1.0}archive"

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
TAG = re.compile(r"tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d\d){0,2}:[a-z0-9_/-]+")
URL = re.compile(r"https?://[^\s<>\"{}|\\^`]+")

FEED_ONCE = ("id", "title", "updated", "generator", "icon", "logo", "subtitle", "rights")
ENTRY_ONCE = ("id", "title", "updated", "published", "summary", "content", "rights", "source")
CHANNEL_ONCE = (
    "title",
    "link",
    "description",
    "language",
    "lastBuildDate",
    "pubDate",
    "docs",
    "generator",
    "image",
    "ttl",
)
ITEM_ONCE = ("title", "link", "description", "author", "guid", "pubDate", "enclosure", CONTENT)
FORBIDDEN = {"script", "style", "iframe", "object", "embed", "form", "input", "meta", "link"}


def faults(data: bytes, url: str) -> list[str]:
    """Give what is wrong with a document that stands at an address."""
    if url.endswith(".json"):
        return list(_json(json.loads(data), url))
    root = ElementTree.fromstring(data)
    return list(_rss(root, url) if root.tag == "rss" else _atom(root, url))


def _once(element: ElementTree.Element, names: tuple[str, ...], space: str = "") -> Iterator[str]:
    for name in names:
        if len(element.findall(name if name[0] == "{" else space + name)) > 1:
            yield f"{element.tag}: more than one {name}"


def _atom(feed: ElementTree.Element, url: str) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield f"not a feed: {feed.tag}"
    yield from _once(feed, FEED_ONCE, ATOM)
    yield from _atom_common(feed)
    links = _links(feed)
    if links.get("self") != url:
        yield f"self leads to {links.get('self')}"
    if feed.find(HISTORY) is not None and "current" not in links:
        yield "an archive without the feed that it belongs to"
    entries = feed.findall(f"{ATOM}entry")
    yield from _twice(entry.findtext(f"{ATOM}id", "") for entry in entries)
    for entry in entries:
        yield from _once(entry, ENTRY_ONCE, ATOM)
        yield from _atom_common(entry)
        if not entry.findtext(f"{ATOM}author/{ATOM}name"):
            yield "an entry without an author"
        if "alternate" not in _links(entry):
            yield "an entry that leads nowhere"
        yield from _in_order(entry.findtext(f"{ATOM}published", ""), entry.findtext(f"{ATOM}updated", ""))
        content = entry.find(f"{ATOM}content")
        if content is not None:
            yield from _html(content.text or "")
        yield from _media(entry, entry.findall(f"{ATOM}link[@rel='enclosure']"), "href")


def _atom_common(element: ElementTree.Element) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if not element.findtext(ATOM + name):
            yield f"{element.tag} without {name}"
    if not TAG.fullmatch(element.findtext(f"{ATOM}id", "")):
        yield f"not a tag: {element.findtext(f'{ATOM}id')}"
    for name in ("updated", "published"):
        written = element.findtext(ATOM + name)
        if written and not RFC_3339.fullmatch(written):
            yield f"not a date of RFC 3339: {written}"
    links = [(link.get("rel", "alternate"), link.get("type")) for link in element.findall(f"{ATOM}link")]
    if links.count(("alternate", "text/html")) + links.count(("alternate", None)) > 1:
        yield "two alternates of one type"
    yield from (
        f"not an address: {each.get('href')}" for each in element.findall(f"{ATOM}link") if not _good(each, "href")
    )


def _links(element: ElementTree.Element) -> dict[str, str]:
    return {link.get("rel", "alternate"): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def _rss(root: ElementTree.Element, url: str) -> Iterator[str]:
    if root.get("version") != "2.0" or len(root) != 1:
        yield "not RSS 2.0"
    channel = root[0]
    yield from _once(channel, CHANNEL_ONCE)
    yield from (f"channel without {name}" for name in ("title", "link", "description") if not channel.findtext(name))
    if _links(channel).get("self") != url:
        yield f"self leads to {_links(channel).get('self')}"
    if not re.fullmatch("[a-z]{2}(?:-[A-Z]{2})?", channel.findtext("language", "")):
        yield "no language"
    image = channel.find("image")
    if (
        image is None
        or image.findtext("title") != channel.findtext("title")
        or image.findtext("link") != channel.findtext("link")
    ):
        yield "an image that isn't the channel's"
    items = channel.findall("item")
    yield from _twice(item.findtext("guid", "") for item in items)
    for item in items:
        yield from _item(item)
    dates = [channel.findtext("lastBuildDate", ""), *(item.findtext("pubDate", "") for item in items)]
    yield from (f"not a date of RFC 822: {date}" for date in dates if not RFC_822.fullmatch(date))


def _item(item: ElementTree.Element) -> Iterator[str]:
    yield from _once(item, ITEM_ONCE)
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") != "false" or not TAG.fullmatch(guid.text or ""):
        yield f"not a lasting id: {item.findtext('guid')}"
    if not URL.fullmatch(item.findtext("link", "")):
        yield f"not an address: {item.findtext('link')}"
    yield from (f"item without {name}" for name in ("title", "description") if not item.findtext(name))
    if "<" in item.findtext("description", ""):
        yield "markup in a summary"
    yield from _html(item.findtext(CONTENT, ""))
    yield from _media(item, item.findall("enclosure"), "url")


def _media(item: ElementTree.Element, enclosures: list[ElementTree.Element], name: str) -> Iterator[str]:
    contents = item.findall(f"{MEDIA}content")
    if [each.get("url") for each in contents] != [each.get(name) for each in enclosures]:
        yield "a picture told of in one way only"
    for each in (*contents, *enclosures):
        if not _good(each, "href" if each in enclosures and name == "href" else "url"):
            yield "a picture that stands nowhere"
        length = each.get("length") or each.get("fileSize") or ""
        if not re.fullmatch("[1-9][0-9]*", length) or not re.fullmatch("[a-z]+/[a-z]+", each.get("type") or ""):
            yield "a picture without length or type"
    for each in contents:
        if not each.findtext(f"{MEDIA}description") or not each.findtext(f"{MEDIA}credit"):
            yield "a picture without description or credit"


def _good(element: ElementTree.Element, name: str) -> bool:
    return bool(URL.fullmatch(element.get(name, "")))


def _html(html: str) -> Iterator[str]:
    """Tell what readers must not meet in a text: scripts, and addresses that are not complete."""
    for node in JustHTML(html, fragment=True, sanitize=False).query("*"):
        attributes = node.attrs or {}
        if node.name in FORBIDDEN or any(name.startswith("on") or name == "style" for name in attributes):
            yield f"a dangerous element: {node.name}"
        for name in ("href", "src", "srcset"):
            target = attributes.get(name)
            if target is not None and not re.match(r"(?:https?://|mailto:|tel:)", target):
                yield f"an incomplete address: {target}"
        if node.name == "img" and not attributes.get("alt"):
            yield "a picture without words"


def _twice(ids: Iterator[str]) -> Iterator[str]:
    yield from (f"{count} items with the id {each}" for each, count in Counter(ids).items() if count > 1)


def _in_order(published: str, updated: str) -> Iterator[str]:
    if datetime.fromisoformat(updated) < datetime.fromisoformat(published):
        yield f"changed on {updated}, before it came out on {published}"


_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^https?://"}
_DATE = {"type": "string", "pattern": f"^{RFC_3339.pattern}$"}
_AUTHORS = {"type": "array", "items": {"required": ["name"], "properties": {"name": _TEXT, "url": _ADDRESS}}}
_ITEM = {
    "required": ["id", "url", "title", "date_published"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "patternProperties": {"^_": {"type": "object"}},
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": f"^{TAG.pattern}$"},
        **dict.fromkeys(("url", "image", "external_url", "banner_image"), _ADDRESS),
        **dict.fromkeys(("title", "summary", "content_html", "content_text"), _TEXT),
        **dict.fromkeys(("date_published", "date_modified"), _DATE),
        "authors": _AUTHORS,
        "tags": {"type": "array", "items": _TEXT},
        "language": {"const": "fr"},
        "attachments": {
            "type": "array",
            "items": {
                "required": ["url", "mime_type"],
                "additionalProperties": False,
                "properties": {
                    "url": _ADDRESS,
                    "mime_type": {"pattern": "^[a-z]+/[a-z]+$"},
                    "title": _TEXT,
                    "size_in_bytes": {"type": "integer", "minimum": 1},
                },
            },
        },
    },
}
_JSON_FEED = {
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        **dict.fromkeys(("title", "description", "user_comment"), _TEXT),
        **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), _ADDRESS),
        "authors": _AUTHORS,
        "language": {"const": "fr"},
        "hubs": {"items": {"required": ["type", "url"], "properties": {"url": _ADDRESS}}},
        "items": {"type": "array", "items": _ITEM},
    },
}
"""JSON Feed 1.1 as a schema, of what is required here: https://www.jsonfeed.org/version/1.1/."""


def _json(feed: Any, url: str) -> Iterator[str]:
    yield from (str(error.message) for error in jsonschema_rs.validator_for(_JSON_FEED).iter_errors(feed))
    if feed["feed_url"] != url:
        yield f"feed_url leads to {feed['feed_url']}"
    yield from _twice(item["id"] for item in feed["items"])
    for item in feed["items"]:
        yield from _html(item.get("content_html", ""))
        yield from _in_order(item["date_published"], item["date_modified"])
