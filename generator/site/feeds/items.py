"""What feeds tell of a record, whatever their format: complete addresses, its whole text, dates with their zone."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

from generator.campaign.models.fields import PARIS
from generator.campaign.models.record import Contact
from generator.campaign.reading import Entry
from generator.config import SiteConfig
from generator.site import dates
from generator.site.links import document_html, record_html, without_hidden
from generator.site.metadata import absolute
from generator.site.pages import Library
from generator.site.views import PictureView
from generator.typography import NARROW, NO_BREAK

from .plan import PlannedItem


class Image(NamedTuple):
    """A picture as feeds enclose it; `length` in bytes, `width` and `height` in pixels."""

    url: str
    length: int
    width: int
    height: int
    alt: str
    credit: str
    caption: str | None
    type: str = "image/jpeg"


class Told(NamedTuple):
    """An item ready for any format. `html` is its whole text, empty where its summary must do.

    `published_text` and `updated_text` are the two moments as Atom and JSON Feed write them (RFC 3339).
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: datetime
    updated: datetime
    published_text: str
    updated_text: str
    tags: tuple[tuple[str, str], ...]
    image: Image | None


def tag_uri(config: SiteConfig, name: str) -> str:
    """Give what names an item or a feed for ever (RFC 4151): readers show again as new whatever comes with another.

    It holds the identity that the settings fix once, never the site's address; the kind and the id that the record had
    first, never its title, its folder or a date: dates are corrected, events postponed. Without that setting the
    commune's mailbox stands for it, with the day on which the first version of this program appeared.
    """
    return f"tag:{config.feeds.identity or f'{config.town.email.lower()},2026-01-01'}:{name}"


def tell(item: PlannedItem, library: Library, *, whole: bool) -> Told:
    """Give an item with complete addresses, with its whole text or its summary alone."""
    config = library.config
    image = _image(item.picture, library) if item.picture else None
    published = updated = datetime.fromtimestamp(item.published, PARIS)
    published_text = updated_text = published.isoformat()
    if item.updated != item.published:
        updated = datetime.fromtimestamp(item.updated, PARIS)
        updated_text = updated.isoformat()
    return Told(
        id=tag_uri(config, item.name),
        url=absolute(config, item.url),
        title=item.title,
        summary=item.summary,
        html=_html(item, image, library) if whole else "",
        published=published,
        updated=updated,
        published_text=published_text,
        updated_text=updated_text,
        tags=item.tags,
        image=image,
    )


def _image(picture: PictureView, library: Library) -> Image:
    """Give the largest JPEG of a picture, the format that every reader shows."""
    url = picture.jpeg[-1].url
    return Image(
        absolute(library.config, url),
        library.pictures.size(url),
        picture.width,
        picture.height,
        picture.alt,
        picture.credit,
        picture.caption,
    )


_CONTROL = re.compile(r"</?(?:input|label)\b[^>]*>")


def _html(item: PlannedItem, image: Image | None, library: Library) -> str:
    entry = library.entries[item.key]
    record: Any = entry.record
    before, after = _AROUND[item.key[0]]
    parts = [_figure(image)] if image else []
    parts += [*before(record, library.config), *_texts(entry, item, library), *after(record, library.config)]
    return "\n".join(parts)


def _texts(entry: Entry, item: PlannedItem, library: Library) -> Iterator[str]:
    base = absolute(library.config, "")
    for name, written in entry.texts.items():
        text = without_hidden(written, entry.folder, library.unpublished) if library.unpublished else written
        if name == "body":
            html = document_html(text, entry, base, library.pictures, plain=True)
        else:
            html = record_html(text.html, base)
        if 'href="#' in html:
            html = html.replace('href="#', f'href="{base}{item.url}#')
        # Boxes to tick and tabs to choose do nothing in a reader.
        yield (_CONTROL.sub("", html) if "<input" in html else html).strip()


def _figure(image: Image) -> str:
    caption = f"{escape(image.caption)} " if image.caption else ""
    return (
        f'<figure><img src="{escape(image.url)}" alt="{escape(image.alt)}" width="{image.width}" '
        f'height="{image.height}"><figcaption>{caption}<small>{escape(image.credit)}</small></figcaption></figure>'
    )


def _paragraph(*sentences: str) -> str:
    return f"<p>{'<br>'.join(escape(each) for each in sentences)}</p>"


def _list(title: str, things: tuple[str, ...]) -> Iterator[str]:
    if things:
        yield f"<h2>{escape(title)}</h2>\n<ul>{''.join(f'<li>{escape(each)}</li>' for each in things)}</ul>"


def _contact(title: str, contact: Contact) -> str:
    lines = [escape(", ".join(each for each in (contact.name, contact.role) if each))]
    if contact.phone:
        lines.append(f'<a href="tel:{contact.phone.replace(" ", "").replace(".", "")}">{escape(contact.phone)}</a>')
    if contact.email:
        lines.append(f'<a href="mailto:{escape(contact.email)}">{escape(contact.email)}</a>')
    if contact.hours:
        lines.append(escape(contact.hours))
    return f"<h2>{title}</h2>\n<p>{'<br>'.join(lines)}</p>"


Part = Callable[[Any, SiteConfig], Iterator[str]]


def _nothing(record: Any, config: SiteConfig) -> Iterator[str]:
    return iter(())


def _press_contact(record: Any, config: SiteConfig) -> Iterator[str]:
    yield _contact("Contact presse", record.contact or config.press_contact)


def _kit_facts(record: Any, config: SiteConfig) -> Iterator[str]:
    facts = (
        ("Quand l’utiliser", record.trigger),
        ("Préparation", record.duration),
        ("Combien de voisins", record.people),
    )
    lines = [f"{label}{NO_BREAK}: {value}" for label, value in facts if value]
    if lines:
        yield _paragraph(*lines)


def _kit_material(record: Any, config: SiteConfig) -> Iterator[str]:
    yield from _list("Le matériel à réunir", record.material)


def _quote(record: Any, config: SiteConfig) -> Iterator[str]:
    if record.quote:
        yield f"<blockquote><p>«{NARROW}{escape(record.quote)}{NARROW}»</p></blockquote>"


def _portrait_note(record: Any, config: SiteConfig) -> Iterator[str]:
    if record.example:
        yield _paragraph(f"Portrait d’exemple{NO_BREAK}: cette personne est inventée et son visage est un dessin.")


def _offers_and_needs(record: Any, config: SiteConfig) -> Iterator[str]:
    yield from _list("Ce qui est proposé", record.offers)
    yield from _list("Ce qui est recherché", record.needs)


def _when_and_where(record: Any, config: SiteConfig) -> Iterator[str]:
    if record.cancelled:
        yield "<p><strong>Ce rendez-vous est annulé.</strong></p>"
    when = dates.span(record.start, record.end)
    lines = [when[0].upper() + when[1:], f"{record.place}, {record.address}" if record.address else record.place]
    yield _paragraph(*lines, *([record.accessibility] if record.accessibility else []))


def _learnt(record: Any, config: SiteConfig) -> Iterator[str]:
    yield from _list("Ce qui a marché", record.worked)
    yield from _list("Ce qui n’a pas marché", record.failed)
    yield from _list("Nos conseils pour la suite", record.advice)


_AROUND: dict[str, tuple[Part, Part]] = {
    "press_release": (_nothing, _press_contact),
    "kit": (_kit_facts, _kit_material),
    "portrait": (_quote, _portrait_note),
    "initiative": (_nothing, _offers_and_needs),
    "event": (_when_and_where, _nothing),
    "lesson": (_nothing, _learnt),
}
"""What stands before and after the texts of each kind, as on its page."""
