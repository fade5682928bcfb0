"""Documents as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import Any

from .channel import Channel
from .items import Image, Told

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_feed(channel: Channel, items: Iterable[bytes]) -> bytes:
    """Give a feed's document from its items, encoded; an archive is where `next_url` leads."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.urls["json"],
        "description": channel.about,
        "user_comment": f"Ce fichier est un flux\u00a0: {channel.guide} explique comment le suivre.",
        "next_url": channel.previous.get("json"),
        "icon": channel.icon,
        "authors": _authors(channel.author, channel.author_url),
        "language": "fr",
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else None,
    }
    head = f'{_ENCODE(_without_none(feed))[:-1]},"items":['.encode()
    return b"".join((head, b",".join(items), b"]}"))


def encoded(item: Told, channel: Channel) -> bytes:
    """Give an item as JSON in UTF-8, the same for every feed. Of thousands, only the texts need an encoder."""
    content = ("content_html", item.html) if item.html else ("content_text", item.summary)
    told = (
        f'{{"id":{quoted(item.id)},"url":{quoted(item.url)},"title":{quoted(item.title)}'
        f',"summary":{quoted(item.summary)},"{content[0]}":{quoted(content[1])}'
        f',"date_published":"{item.published_text}","date_modified":"{item.updated_text}"'
        f',"authors":{_encoded_authors(channel.author, channel.author_url)}'
        f',"tags":[{",".join([quoted(label) for _, label in item.tags])}],"language":"fr"'
    )
    return (f"{told},{_ENCODE(_pictured(item.image))[1:]}" if item.image else f"{told}}}").encode()


def _pictured(image: Image) -> dict[str, Any]:
    attachment = {"url": image.url, "mime_type": image.type, "title": image.alt, "size_in_bytes": image.length}
    return {"image": image.url, "attachments": [attachment], "_image": _without_none(_described(image))}


def _described(image: Image) -> dict[str, Any]:
    """Give what the standard has no place for: an extension, whose name begins with an underscore."""
    return {"alt": image.alt, "credit": image.credit, "caption": image.caption}


def _authors(name: str, url: str) -> list[dict[str, str]]:
    return [{"name": name, "url": url}]


@lru_cache(maxsize=1)
def _encoded_authors(name: str, url: str) -> str:
    return _ENCODE(_authors(name, url))


def _without_none(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
