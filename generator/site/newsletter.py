"""The letter to subscribers: what is new since a day, as HTML that mail programs keep, as plain text, as a message.

Mail programs read little CSS and no relative address: the layout is tables, styles stand on each element, addresses are
complete. Sources: caniemail.com; RFC 2046 section 5.1.4 (multipart/alternative, the richest part last).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Channel
from generator.campaign.moments import due
from generator.campaign.outline import Key
from generator.typography import NO_BREAK

from . import dates
from .metadata import absolute
from .pages import Library

LIMIT = 5
"""A part shows that many items, then leads to the whole list: Gmail cuts a message at 102 kB."""
AHEAD = timedelta(days=60)
"""How far ahead the letter announces dates."""
WIDE, NARROW = 640, 320
"""How wide a picture file must be, in pixels, for the headline, shown 560 wide, and for an item, shown 120 wide."""


class Image(NamedTuple):
    """A picture by its complete address."""

    url: str
    alt: str


class Item(NamedTuple):
    """Something new: its card, with complete addresses."""

    title: str
    url: str
    summary: str
    when: str
    image: Image | None


class Part(NamedTuple):
    """A titled list of items; `more` is the address of the whole list when some are left out."""

    title: str
    items: tuple[Item, ...]
    more: str = ""


class Newsletter(NamedTuple):
    """A letter, before it is laid out. `preheader` is what a mailbox shows after the subject."""

    day: date
    subject: str
    preheader: str
    headline: Item | None
    parts: tuple[Part, ...]


def newsletter(library: Library, since: date) -> Newsletter | None:
    """Give the letter about all that came since the beginning of a day, None when there is nothing to tell."""
    # Subscribers get what feeds give: a face needs the same agreement.
    library = replace(library, pictures=library.pictures.within(Channel.FEED))
    releases = _recent(library, "press_release", since, lambda record: record.date.astimezone(PARIS).date())
    headline, others = (releases[0], releases[1:]) if releases else (None, [])
    parts = [
        _part(library, "Les prochains rendez-vous", _coming(library), "/agenda/"),
        *(_part(library, title, _recent(library, kind, since, day_of), url) for title, kind, day_of, url in _PARTS),
        _part(library, "Les autres actualités", others, "/presse/"),
    ]
    shown = tuple(part for part in parts if part.items)
    first = _item(library, headline, WIDE) if headline else None
    titles = [*([first.title] if first else []), *(part.items[0].title for part in shown)]
    if not titles:
        return None
    today = library.now.astimezone(PARIS).date()
    subject = first.title if first else f"{library.config.title}{NO_BREAK}: les nouvelles du {dates.day(today)}"
    return Newsletter(today, subject, " · ".join(titles[1:4]) or library.config.tagline, first, shown)


_PARTS: tuple[tuple[str, str, Callable[[Any], date | None], str], ...] = (
    ("Portraits", "portrait", lambda record: record.date, "/portraits/"),
    ("Nouvelles initiatives", "initiative", lambda record: record.since, "/initiatives/"),
    ("Des kits remis à jour", "kit", lambda record: record.updated, "/kits/"),
    ("Distinctions", "award", lambda record: record.date, "/distinctions/"),
    ("Ce que nous avons appris", "lesson", lambda record: record.date, "/enseignements/"),
)
"""The letter's parts, in order: title, kind of records, what dates them, their whole list."""


def _shown(library: Library, kind: str) -> Iterator[tuple[Key, Any]]:
    for key in library.cards:
        if key[0] == kind:
            yield key, library.entries[key].record


def _recent(library: Library, kind: str, since: date, day_of: Callable[[Any], date | None]) -> list[Key]:
    """Give the records of a kind that came between a day and now, latest first, if they may leave the site.

    What was written under embargo came when the embargo fell.
    """
    today = library.now.astimezone(PARIS).date()
    found = []
    for key, record in _shown(library, kind):
        day, start = day_of(record), due(record)
        came = max(day, start.astimezone(PARIS).date()) if day and start else day
        if came and since <= came <= today and may_leave(record, today):
            found.append((came, start.timestamp() if start else 0.0, key))
    return [key for *_, key in sorted(found, reverse=True)]


def may_leave(record: Any, today: date) -> bool:
    """Tell whether a record may be sent to subscribers: a portrait needs the person's agreement for it."""
    consent = vars(record).get("consent")
    return consent is None or bool(consent.covers(Channel.FEED, today))


def _coming(library: Library) -> list[Key]:
    now = library.now
    found = [
        (record.start, key)
        for key, record in _shown(library, "event")
        if now <= record.start <= now + AHEAD and not record.cancelled
    ]
    return [key for _, key in sorted(found)]


def _part(library: Library, title: str, keys: list[Key], whole: str) -> Part:
    items = tuple(_item(library, key) for key in keys[:LIMIT])
    return Part(title, items, absolute(library.config, whole) if len(keys) > LIMIT else "")


def _item(library: Library, key: Key, width: int = NARROW) -> Item:
    card = library.cards[key]
    image = _image(library, key, width) if key[0] in _PICTURED else None
    when = card.when if key[0] == "event" else ""
    return Item(card.title, absolute(library.config, card.url), card.summary, when, image)


_PICTURED = {"press_release", "portrait", "kit"}
"""Kinds whose items come with their picture."""


def _image(library: Library, key: Key, width: int) -> Image | None:
    entry = library.entries[key]
    record: Any = entry.record
    picture = library.pictures.view(entry.folder, record.picture)
    if picture is None:
        return None
    chosen = next((file for file in picture.jpeg if file.width >= width), picture.jpeg[-1])
    return Image(absolute(library.config, chosen.url), picture.alt)


def draw(letter: Newsletter, library: Library, theme: Path) -> dict[str, bytes]:
    """Give the letter's three files by ending: `html` and `txt` for a sending tool, `eml` whole for a mail program."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = theme / "letters"
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    values = {
        "letter": letter,
        "site": library.config,
        "url": absolute(library.config, "/"),
        "day": dates.day(letter.day),
    }
    pages = Environment(loader=FileSystemLoader(folder), autoescape=True, **options)
    # Plain text has nothing to escape.
    texts = Environment(loader=FileSystemLoader(folder), autoescape=False, **options)
    html = _inlined(pages.get_template("newsletter.html").render(values), folder)
    text = texts.get_template("newsletter.txt").render(values)
    message = _message(letter, library, html, text)
    return {"html": html.encode(), "txt": text.encode(), "eml": message.as_bytes(policy=SMTP)}


def _inlined(html: str, folder: Path) -> str:
    """Put the style sheet's rules on the elements; the template's own style element, for dark screens, stays."""
    import css_inline

    sheet = (folder / "newsletter.css").read_text("utf-8")
    inliner = css_inline.CSSInliner(
        inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, minify_css=True, extra_css=sheet
    )
    return inliner.inline(html)


def _message(letter: Newsletter, library: Library, html: str, text: str) -> EmailMessage:
    """Give the letter as a draft that a mail program opens; nothing in it is drawn by chance."""
    config = library.config
    message = EmailMessage()
    message["From"] = f"{config.title} <{config.contact.email or config.town.email}>"
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(library.now)
    message["Message-ID"] = f"<lettre-{letter.day}@{urlsplit(config.url).hostname}>"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # Only now: making a message of several parts moves what describes its content into the first.
    message["Content-Language"] = "fr"
    message.set_boundary(f"lettre-{letter.day}")
    return message
