"""Documents as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable
from typing import Any

from .channel import Channel
from .items import Image, Told

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_feed(channel: Channel, items: Iterable[str]) -> bytes:
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
        "authors": _authors(channel),
        "language": "fr",
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else None,
    }
    return f'{_ENCODE(_without_none(feed))[:-1]},"items":[{",".join(items)}]}}'.encode()


def encoded(item: Told, channel: Channel) -> str:
    """Give an item as JSON, the same for every feed."""
    image = item.image
    told: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        **({"content_html": item.html} if item.html else {"content_text": item.summary}),
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": _authors(channel),
        "tags": [label for _, label in item.tags],
        "language": "fr",
    }
    if image:
        told["image"] = image.url
        told["attachments"] = [
            {"url": image.url, "mime_type": image.type, "title": image.alt, "size_in_bytes": image.length}
        ]
        told["_image"] = _without_none(_described(image))
    return _ENCODE(told)


def _described(image: Image) -> dict[str, Any]:
    """Give what the standard has no place for: an extension, whose name begins with an underscore."""
    return {"alt": image.alt, "credit": image.credit, "caption": image.caption}


def _authors(channel: Channel) -> list[dict[str, str]]:
    return [{"name": channel.author, "url": channel.author_url}]


def _without_none(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
