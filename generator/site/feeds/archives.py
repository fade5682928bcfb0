"""Archive documents as Atom 1.0 (RFC 5005, section 4): what a feed told before its newest items.

Press releases, kits and lessons, a few hundred texts in the largest town, stand there whole. Of records, which are
thousands and each in three feeds, an archive has the summary, the picture and the address of the page: written whole,
they would cost every build more than all its lists. For the same reason no library is asked: feedgen takes ten times as
long for an entry as these lines.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from .channel import ATOM, MEDIA, Channel, prologue
from .items import Told
from .plan import TYPES

_HISTORY = "http://purl.org/syndication/history/1.0"


def archive(channel: Channel, entries: Iterable[str]) -> bytes:
    """Give an archive document from its entries."""
    links = [
        ("self", channel.urls["atom"]),
        ("current", channel.current),
        ("prev-archive", channel.previous.get("atom", "")),
        ("next-archive", channel.following),
    ]
    head = (
        f'<feed xmlns="{ATOM}" xmlns:fh="{_HISTORY}" xmlns:media="{MEDIA}" xml:lang="fr">'
        f"<id>{channel.id}</id><title>{escape(channel.title)}</title><subtitle>{escape(channel.about)}</subtitle>"
        f"<updated>{channel.updated.isoformat()}</updated><fh:archive/>{_author(channel)}"
        f'<link rel="alternate" type="text/html" href={quoteattr(channel.home)}/>'
        + "".join(f'<link rel="{rel}" type="{TYPES["atom"]}" href={quoteattr(url)}/>' for rel, url in links if url)
        + f"<icon>{escape(channel.icon)}</icon>"
    )
    return prologue(channel) + "\n".join([head, *entries, "</feed>\n"]).encode()


def _author(channel: Channel) -> str:
    return f"<author><name>{escape(channel.author)}</name><uri>{escape(channel.author_url)}</uri></author>"


def archived(item: Told, channel: Channel) -> str:
    """Give an item as an Atom entry, the same for every feed."""
    content = f'<content type="html">{escape(item.html)}</content>' if item.html else ""
    tags = "".join(f"<category term={quoteattr(term)} label={quoteattr(label)}/>" for term, label in item.tags)
    return (
        f"<entry><id>{item.id}</id><title>{escape(item.title)}</title>"
        f'<link rel="alternate" type="text/html" href="{item.url}"/>'
        f"<published>{item.published.isoformat()}</published><updated>{item.updated.isoformat()}</updated>"
        f"{_author(channel)}<summary>{escape(item.summary)}</summary>{content}{tags}{_picture(item)}</entry>"
    )


def _picture(item: Told) -> str:
    image = item.image
    if image is None:
        return ""
    return (
        f'<link rel="enclosure" type="{image.type}" length="{image.length}" href={quoteattr(image.url)}/>'
        f'<media:content url={quoteattr(image.url)} fileSize="{image.length}" type="{image.type}" medium="image" '
        f'width="{image.width}" height="{image.height}"><media:description type="plain">{escape(image.alt)}'
        f"</media:description><media:credit>{escape(image.credit)}</media:credit></media:content>"
    )
