"""Archive documents as Atom 1.0 (RFC 5005, section 4): what a feed told before its newest items.

Press releases, kits and lessons, a few hundred texts in the largest town, stand there whole. Of records, which are
thousands and each in three feeds, an archive has the summary, the picture and the address of the page: written whole,
they would cost every build more than all its lists. For the same reason no library is asked: feedgen takes ten times as
long for an entry as these lines.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from .channel import ATOM, MEDIA, Channel, prologue
from .items import Told
from .plan import TYPES

_HISTORY = "http://purl.org/syndication/history/1.0"


def archive(channel: Channel, entries: Iterable[bytes]) -> bytes:
    """Give an archive document from its entries."""
    links = [
        ("self", channel.urls["atom"]),
        ("current", channel.current),
        ("prev-archive", channel.previous.get("atom", "")),
        ("next-archive", channel.following),
    ]
    head = (
        f'<feed xmlns="{ATOM}" xmlns:fh="{_HISTORY}" xmlns:media="{MEDIA}" xml:lang="fr">'
        f"<id>{channel.id}</id><title>{_text(channel.title)}</title><subtitle>{_text(channel.about)}</subtitle>"
        f"<updated>{channel.updated.isoformat()}</updated><fh:archive/>{_author(channel.author, channel.author_url)}"
        f'<link rel="alternate" type="text/html" href={_quoted(channel.home)}/>'
        + "".join(f'<link rel="{rel}" type="{TYPES["atom"]}" href={_quoted(url)}/>' for rel, url in links if url)
        + f"<icon>{_text(channel.icon)}</icon>"
    )
    return prologue(channel) + b"\n".join([head.encode(), *entries, b"</feed>\n"])


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    """Give an attribute's value, quoted; white space other than spaces would become some (XML 1.0, 3.3.3)."""
    text = _text(text)
    return f'"{text.translate(_REFERENCES) if _UNQUOTED.search(text) else text}"'


_UNQUOTED = re.compile(r'["\n\r\t]')
_REFERENCES = str.maketrans({'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


@lru_cache(maxsize=1)
def _author(name: str, url: str) -> str:
    return f"<author><name>{_text(name)}</name><uri>{_text(url)}</uri></author>"


def archived(item: Told, channel: Channel) -> bytes:
    """Give an item as an Atom entry in UTF-8, the same for every feed."""
    content = f'<content type="html">{_text(item.html)}</content>' if item.html else ""
    entry = (
        f"<entry><id>{item.id}</id><title>{_text(item.title)}</title>"
        f'<link rel="alternate" type="text/html" href="{item.url}"/>'
        f"<published>{item.published_text}</published><updated>{item.updated_text}</updated>"
        f"{_author(channel.author, channel.author_url)}<summary>{_text(item.summary)}</summary>"
        f"{content}{_categories(item.tags)}{_picture(item)}</entry>"
    )
    return entry.encode()


@lru_cache(maxsize=1_000)
def _categories(tags: tuple[tuple[str, str], ...]) -> str:
    return "".join(f"<category term={_quoted(term)} label={_quoted(label)}/>" for term, label in tags)


def _picture(item: Told) -> str:
    image = item.image
    if image is None:
        return ""
    return (
        f'<link rel="enclosure" type="{image.type}" length="{image.length}" href={_quoted(image.url)}/>'
        f'<media:content url={_quoted(image.url)} fileSize="{image.length}" type="{image.type}" medium="image" '
        f'width="{image.width}" height="{image.height}"><media:description type="plain">{_text(image.alt)}'
        f"</media:description><media:credit>{_text(image.credit)}</media:credit></media:content>"
    )
