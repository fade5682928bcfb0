"""What the pages about a kit show besides its text: its other forms, its messages, its sheets to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from generator.campaign.outline import Key
from generator.campaign.reading import Entry
from generator.campaign.versions import is_outdated

from . import dates
from .kits import SHEETS, language_of
from .links import document_html, without_hidden
from .metadata import absolute
from .planned import PlannedPage
from .views import Card

if TYPE_CHECKING:
    from .pages import Library
    from .plain_text import Part

_LINE = 56
"""Signs on a line of a message's box, of a phone's width and about as on a desk."""
_LINES = 14
"""A box higher than that scrolls."""
SIZES = (7.6, 6.6, 5.8, 5.0, 4.4, 3.8, 3.3, 2.9)
"""Sizes of a blank sheet's letters, in hundredths of its width: `sheet.css` has a class for each."""
_HEIGHT = 117
"""The room that a sheet has for its text, in the same unit."""


class Message(NamedTuple):
    """A text to copy: its heading, its signs counted, and the lines that its box shows."""

    title: str
    text: str
    rows: int


class Slot(NamedTuple):
    """A place to fill in on a sheet: what it asks for, and what a browser may offer there (`autocomplete`)."""

    name: str
    autocomplete: str


def emergency_extra(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    """Give each emergency kit with the other languages that it may be read in."""
    planned = dict(page.values)
    return {"kits": [(cards[key], others) for key, others in planned["versions"]], "offline": planned["offline"]}


def version_extra(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    """Give a version's other forms, and what to say, in its own language, when the kit changed since."""
    assert page.key
    version: Any = entries[page.key].record
    kit: Any = entries["kit", version.kit].record
    outdated = language_of(page.key).outdated if is_outdated(version, kit) else ""
    return dict(page.values) | {"outdated": outdated, "source_updated": dates.day(version.source_updated)}


def reading_extra(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    """Give where the ordinary page is."""
    return {"ordinary": page.copy_of}


def message_extra(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    """Give the texts to copy: a short one that leads to the page, then each part; and the whole as a file."""
    assert page.key
    entry = entries[page.key]
    record: Any = entry.record
    address = absolute(library.config, page.copy_of)
    brief = f"{record.title}\n\n{record.summary}\n\n{address}".replace("\u202f", "\u00a0")
    messages = [
        _message(part.title or record.title, f"{part.title}\n\n{part.text}".strip())
        for part in _parts(entry, page, library)
    ]
    return {
        "language": language_of(page.key),
        "brief": _message("", brief),
        "messages": messages,
        "file": text_path(page),
        "ordinary": page.copy_of,
    }


def text_path(page: PlannedPage) -> str:
    """Give the URL of the file that holds the whole text of a page of messages."""
    return page.url.rstrip("/") + ".txt"


def text_file(page: PlannedPage, library: Library) -> bytes:
    """Give the whole text of a kit as a file, in UTF-8.

    It begins with a byte order mark: hosts seldom say how a text file is encoded, and browsers believe the mark.
    """
    from .plain_text import whole

    assert page.key
    entry = library.entries[page.key]
    record: Any = entry.record
    address = absolute(library.config, page.copy_of)
    text = whole(record.title, record.summary, address, _parts(entry, page, library))
    return text.encode("utf-8-sig")


def _parts(entry: Entry, page: PlannedPage, library: Library) -> tuple[Part, ...]:
    from .plain_text import parts

    text = without_hidden(entry.texts["body"], entry.folder, library.unpublished)
    html = document_html(text, entry, absolute(library.config, ""), library.pictures)
    is_french = page.key is not None and language_of(page.key).tag == "fr"
    return parts(html, "\u00a0: " if is_french else ": ")


def _message(title: str, text: str) -> Message:
    lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
    return Message(title, text, min(lines, _LINES))


_BLANK = re.compile(r"\[([^\[\]<>\n]{1,60})\]")
_QUOTE = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)
_LINK = re.compile(r"</?a\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_AUTOCOMPLETE = {"prénom": "given-name", "nom": "family-name", "téléphone": "tel", "courriel": "email"}


def sheet_extra(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    """Give a sheet: its text with a blank in the place of each `[word]`, and these blanks in order."""
    assert page.key
    entry = entries[page.key]
    name = dict(page.values)["form"]
    html = sheet_html(entry.texts["body"].html, SHEETS[name])
    named = _BLANK.findall(html)
    slots = [_slot(each, named[: rank + 1].count(each), named.count(each)) for rank, each in enumerate(named)]
    ranks = iter(range(len(named)))
    filled = _BLANK.sub(lambda match: _blank(next(ranks), match[1]), html)
    return {
        "name": name,
        "language": language_of(page.key),
        "html": Markup(filled),
        "slots": slots,
        "size": _size(html, with_headline=name == "affiche"),
        "ordinary": page.copy_of,
    }


def sheet_html(html: str, anchor: str) -> str:
    """Give the text of a sheet: what the kit quotes below its heading, or all that stands there."""
    found = re.search(rf'<h([2-6]) id="{anchor}">.*?</h\1>(.*?)(?=<h[2-6][ >]|$)', html, re.DOTALL)
    below = found[2] if found else ""
    quote = _QUOTE.search(below)
    return _LINK.sub("", quote[1] if quote else below)


def _size(html: str, with_headline: bool) -> int:
    """Give the rank in SIZES of the largest letters in which a sheet should fit while it is blank."""
    # A blank is six letters' width of dots, about twelve signs, before its name in small letters.
    paragraphs = [_BLANK.sub("x" * 12 + r"\1", _TAG.sub("", each)) for each in html.split("</p>") if each.strip()]

    def height(letters: float) -> float:
        total = 0.7 * letters * (len(paragraphs) - 1)
        for rank, text in enumerate(paragraphs):
            size = letters * (1.75 if with_headline and rank == 0 else 1)
            total += 1.32 * size * ceil(len(text) * size * 0.56 / 84)
        return total

    return next((rank for rank, letters in enumerate(SIZES) if height(letters) <= _HEIGHT), len(SIZES) - 1)


def _slot(name: str, rank: int, total: int) -> Slot:
    label = name[0].upper() + name[1:]
    return Slot(f"{label} {rank}" if total > 1 else label, _AUTOCOMPLETE.get(name, "off"))


def _blank(rank: int, name: str) -> str:
    # What is typed, a telephone number for one, has a direction of its own.
    line = '<span class="blank__line" dir="auto"></span>'
    return f'<span class="blank" data-blank="{rank}">{line}<span class="blank__name"> {name}</span></span>'
