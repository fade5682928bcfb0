"""The documents to follow, as RSS 2.0 and Atom 1.0, written by feedgen."""

from collections.abc import Sequence
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from .channel import ATOM, MEDIA, Channel, prologue
from .items import Image, Told
from .plan import TYPES

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"


def rss(channel: Channel, items: Sequence[FeedEntry]) -> bytes:
    """Give a feed's document as RSS 2.0."""
    data: bytes = _feed(channel, "xml", items).rss_str(xml_declaration=False)
    return prologue(channel) + data


def atom(channel: Channel, items: Sequence[FeedEntry]) -> bytes:
    """Give a feed's document as Atom 1.0 (RFC 4287)."""
    data: bytes = _feed(channel, "atom", items).atom_str(xml_declaration=False)
    return prologue(channel) + data


def _feed(channel: Channel, ending: str, items: Sequence[FeedEntry]) -> Any:
    feed = FeedGenerator()
    feed.register_extension("beside", _Beside, _ItemBeside)
    feed.beside.channel = channel
    feed.id(channel.id)
    feed.title(channel.title)
    feed.description(channel.about)
    feed.subtitle(channel.about)
    feed.language("fr")
    feed.updated(channel.updated)
    feed.author(name=channel.author, uri=channel.author_url)
    feed.link(href=channel.urls[ending], rel="self", type=TYPES[ending])
    for link in _links(channel):
        feed.link(link)
    # The last link named is the one that feedgen gives an RSS channel itself.
    feed.link(href=channel.home, rel="alternate", type="text/html")
    feed.icon(channel.icon)
    feed.image(channel.icon, title=channel.title, link=channel.home)
    feed.generator("Ville Solidaire")
    for item in items:
        feed.add_entry(item, order="append")
    return feed


def _links(channel: Channel) -> list[dict[str, str]]:
    """Give the links that a document has besides its own."""
    links = [{"rel": "hub", "href": channel.hub}] if channel.hub else []
    if channel.previous:
        links.append({"rel": "prev-archive", "href": channel.previous["atom"], "type": TYPES["atom"]})
    return links


def entry(item: Told, channel: Channel) -> FeedEntry:
    """Give an item as feedgen holds it, the same for both formats and every feed."""
    made = FeedEntry()
    made.register_extension("beside", _ItemBeside)
    made.beside.author = channel.author
    made.beside.updated = item.updated_text
    made.beside.image = item.image
    made.guid(item.id, permalink=False)
    made.title(item.title)
    made.link(href=item.url)
    made.summary(item.summary)
    made.content(item.html, type="html")
    made.published(item.published)
    made.updated(item.updated)
    made.author(name=channel.author, uri=channel.author_url)
    made.category([{"term": term, "label": label} for term, label in item.tags])
    return made


class _Beside(BaseExtension):  # type: ignore[misc]
    """What feedgen has no words for: RSS's links of Atom, and the words for people who open the file in a browser."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}

    def extend_rss(self, feed: Any) -> Any:
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", "fr")
        for link in _links(self.channel):
            xml_elem(f"{{{ATOM}}}link", feed[0], **link)
        self._explain(feed[0])
        return feed

    def extend_atom(self, feed: Any) -> Any:
        self._explain(feed)
        return feed

    def _explain(self, parent: Any) -> None:
        box = xml_elem(f"{{{XHTML}}}div", parent, nsmap={None: XHTML})
        for words, leading in EXPLAINED:
            line = xml_elem(f"{{{XHTML}}}p", box)
            line.text = words
            if leading:
                xml_elem(f"{{{XHTML}}}a", line, href=self.channel.guide).text = leading


EXPLAINED = (
    ("Cette page est un flux\u00a0: une application de lecture y relève les nouveautés à votre place.", ""),
    ("Pour le suivre, copiez l’adresse de cette page dans votre application. ", "Comment faire, pas à pas"),
)
"""What people read above a feed opened in a browser: each line, and the words that lead to the guide, if any."""


class _ItemBeside(BaseEntryExtension):  # type: ignore[misc]
    """An item's picture with its description and credit (Media RSS 1.5.1), and what RSS itself has no place for.

    That is an author without a mailbox, and a date of change.
    """

    author = ""
    updated = ""
    image: Image | None = None

    def extend_rss(self, item: Any) -> Any:
        xml_elem(f"{{{DUBLIN_CORE}}}creator", item, nsmap={"dc": DUBLIN_CORE}).text = self.author
        xml_elem(f"{{{ATOM}}}updated", item, nsmap={"atom": ATOM}).text = self.updated
        if self.image:
            xml_elem("enclosure", item, url=self.image.url, length=str(self.image.length), type=self.image.type)
        return self._media(item)

    def extend_atom(self, item: Any) -> Any:
        if self.image:
            # feedgen's own way leaves out what the link is, and how long (python-feedgen, issue 143).
            length = str(self.image.length)
            xml_elem("link", item, rel="enclosure", href=self.image.url, type=self.image.type, length=length)
        return self._media(item)

    def _media(self, item: Any) -> Any:
        image = self.image
        if image:
            content = xml_elem(
                f"{{{MEDIA}}}content",
                item,
                nsmap={"media": MEDIA},
                url=image.url,
                fileSize=str(image.length),
                type=image.type,
                medium="image",
                width=str(image.width),
                height=str(image.height),
            )
            if image.caption:
                xml_elem(f"{{{MEDIA}}}title", content, type="plain").text = image.caption
            xml_elem(f"{{{MEDIA}}}description", content, type="plain").text = image.alt
            xml_elem(f"{{{MEDIA}}}credit", content).text = image.credit
        return item
