"""What a feed's document tells of itself, whatever its format."""

from datetime import datetime
from typing import NamedTuple

from generator.campaign.models.fields import PARIS
from generator.config import SiteConfig
from generator.site.metadata import absolute
from generator.typography import NO_BREAK

from .items import tag_uri
from .plan import FOLDER, FeedDocument

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"

NEVER = datetime(2000, 1, 1, tzinfo=PARIS)
"""When a feed without items last changed: Atom wants a date."""


class Channel(NamedTuple):
    """A feed's document without its items; addresses are complete.

    - `id`: the feed's own tag, which its archives share; `author`, `author_url`: the commune;
    - `urls`: where the document stands in each format; `previous`: the same of the archive behind, empty if none is;
    - `following`: where the archive with newer items stands, empty if none does;
    - `current`: the document to follow, for an archive; `guide`: the page that explains feeds to people;
    - `icon`: a square picture; `style`: the style sheet for browsers, on the way from the document's folder.
    """

    id: str
    title: str
    about: str
    home: str
    updated: datetime
    author: str
    author_url: str
    urls: dict[str, str]
    previous: dict[str, str]
    following: str
    current: str
    guide: str
    hub: str
    icon: str
    style: str


def channel(document: FeedDocument, config: SiteConfig, assets: dict[str, str]) -> Channel:
    """Give what a document tells of itself. `assets` are the addresses of the theme's files, by plain name."""
    feed, part = document.feed, document.part
    archives = f" (archives {part.replace('-', f',{NO_BREAK}')})" if part else ""
    newest = max((item.updated for item in document.items), default=0.0)
    return Channel(
        id=tag_uri(config, f"feed/{feed.name}"),
        title=f"{feed.title}{archives} · {config.title}",
        about=feed.about,
        home=absolute(config, feed.home),
        updated=datetime.fromtimestamp(newest, PARIS) if newest else NEVER,
        author=config.town.name,
        author_url=config.town.website or absolute(config, "/"),
        urls={ending: absolute(config, feed.url(ending, part)) for ending in document.endings},
        previous={ending: absolute(config, feed.url(ending, document.previous)) for ending in ("atom", "json")}
        if document.previous
        else {},
        following=absolute(config, feed.url("atom", document.following)) if document.following else "",
        current=absolute(config, feed.url("atom")) if part else "",
        guide=absolute(config, FOLDER),
        hub=config.feeds.hub or "",
        icon=absolute(config, assets["apple-touch-icon.png"]),
        style=("../" if part else "") + ".." + assets["feed.css"],
    )


def prologue(channel: Channel) -> bytes:
    """Give the head of an XML file. Browsers show it in the style sheet's way; XSLT, they no longer have."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/css" href="{channel.style}"?>\n'.encode()
    )
