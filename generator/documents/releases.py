"""A press release as journalists take it: PDF to read, HTML and plain text to reuse."""

from dataclasses import replace
from html import escape
from typing import Any

from generator.campaign.models import KINDS
from generator.campaign.models.honours import Channel
from generator.campaign.models.record import Contact
from generator.campaign.outline import Key
from generator.campaign.reading import Entry
from generator.site import dates
from generator.site.cards import Pictures
from generator.site.documents import PlannedDocument
from generator.site.links import document_html, without_hidden
from generator.site.metadata import absolute
from generator.site.posts import posts
from generator.typography import NO_BREAK

from .making import Workshop
from .plain_text import filled, plain_text
from .prose import Node
from .setting import common, picture, text_tree
from .typesetting import typeset


def release_pdf(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a release on A4."""
    return Release(document.reads[0], document, for_press(workshop)).pdf()


def for_press(workshop: Workshop) -> Workshop:
    """Give a workshop whose documents show pictures that the press may have, rather than those that may be printed."""
    return replace(workshop, printable=workshop.library.pictures.within(Channel.PRESS))


class Release:
    """One release and all that is said around it. `document` is the one that it goes into."""

    def __init__(self, key: Key, document: PlannedDocument, workshop: Workshop) -> None:
        self.entry: Entry = workshop.library.entries[key]
        self.record: Any = self.entry.record
        self.config = workshop.library.config
        self.url = absolute(self.config, KINDS[key[0]].url(key[1]))
        self._document = document._replace(page=KINDS[key[0]].url(key[1]))
        self._workshop = workshop

    @property
    def contact(self) -> Contact:
        """Who answers about it."""
        return self.record.contact or self.config.press_contact

    def tree(self) -> list[Node]:
        """Give its text as a tree."""
        return text_tree(self.entry.texts["body"], self.entry, self._document, self._workshop)

    def pdf(self) -> bytes:
        """Give it on A4, with its picture and the press contact."""
        contact = {name: getattr(self.contact, name) or "" for name in ("role", "name", "phone", "email", "hours")}
        data = common(self._document, self.record.title, self._workshop) | {
            "summary": self.record.summary,
            "date": dates.moment(self.record.date),
            "picture": picture(self.entry, self.record.picture, self._document, self._workshop),
            "body": self.tree(),
            "contact": contact,
        }
        return typeset("press-release", data, self._workshop)

    def text(self) -> str:
        """Give it as plain text."""
        day = dates.moment(self.record.date)
        parts = [self.record.title.upper(), day, plain_text([self.record.summary]), plain_text(self.tree())]
        return "\n\n".join([*parts, filled(f"Contact presse{NO_BREAK}: {contact_line(self.contact)}"), self.url])

    def html(self) -> str:
        """Give it as a page of its own, links complete, without its images: they come in files of their own."""
        library = self._workshop.library
        text = without_hidden(self.entry.texts["body"], self.entry.folder, library.unpublished)
        body = document_html(text, self.entry, absolute(self.config, ""), Pictures({}, library.pictures.cache))
        title, summary = escape(self.record.title), escape(self.record.summary)
        return (
            f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n'
            "<body>\n"
            f"<h1>{title}</h1>\n<p>{dates.moment(self.record.date)}</p>\n<p><strong>{summary}</strong></p>\n{body}\n"
            f"<p>Contact presse{NO_BREAK}: {escape(contact_line(self.contact))}</p>\n"
            f'<p><a href="{escape(self.url)}">{escape(self.url)}</a></p>\n</body>\n</html>\n'
        )

    def posts(self) -> str:
        """Give its posts for the social networks."""
        parts = []
        for post in posts(self.record, self.url):
            networks = ", ".join(share.network for share in post.shares)
            parts.append(f"*** {networks} ***\n\n{post.text}")
        return "\n\n".join(parts)


def contact_line(contact: Contact) -> str:
    """Give who a contact is and how to reach them, on one line."""
    phone = contact.phone and contact.phone.replace(" ", NO_BREAK)
    parts = (contact.name, contact.role, phone, contact.email, contact.url, contact.hours)
    return ", ".join(part for part in parts if part)
