"""What every print template is told, and a record's texts and pictures as templates take them."""

from typing import Any
from urllib.parse import unquote

from generator.campaign.markup import Text
from generator.campaign.models.record import Contact, Picture
from generator.campaign.reading import Entry
from generator.site.cards import picture_path
from generator.site.documents import PlannedDocument
from generator.site.images import Unusable, save_for_print
from generator.site.links import resolve, without_hidden
from generator.site.metadata import absolute
from generator.site.qr import Use, qr_svg

from .making import Unmade, Workshop
from .prose import Node, tree


def common(document: PlannedDocument, title: str, workshop: Workshop, use: Use = "indoors") -> dict[str, Any]:
    """Give what all templates take: title, language, style, who publishes, and the way back to the page by QR code."""
    config = workshop.library.config
    page = absolute(config, document.page)
    return {
        "title": title,
        "language": document.language,
        "style": dict(document.values).get("style", "colour"),
        "campaign": config.title,
        "tagline": config.tagline,
        "town": config.town.name,
        "example": config.town.example,
        "contact": contact(config.contact),
        "page": page,
        "address": page.partition("://")[2].rstrip("/"),
        "qr": qr_svg(page, use),
    }


def contact(who: Contact) -> dict[str, str]:
    """Give whom to ask, as texts; those unknown are empty."""
    return {name: getattr(who, name) or "" for name in ("role", "name", "phone", "email", "hours")}


def picture(
    entry: Entry, named: Picture | None, document: PlannedDocument, workshop: Workshop
) -> dict[str, str] | None:
    """Give a record's picture to print, with its words; None without one."""
    file = named and _print_file(named.file, entry, document, workshop)
    if not named or not file:
        return None
    return {"file": file, "alt": named.alt, "credit": named.credit, "caption": named.caption or ""}


def text_tree(text: Text, entry: Entry, document: PlannedDocument, workshop: Workshop) -> list[Node]:
    """Give a record's text as a tree, its links complete, without those to pages hidden today."""
    library = workshop.library
    shown = without_hidden(text, entry.folder, library.unpublished) if library.unpublished else text

    def address(target: str) -> str:
        found = resolve(target, entry.folder)
        return absolute(library.config, found) if found.startswith("/") else found

    return tree(shown.html, address, lambda source: _print_file(unquote(source), entry, document, workshop))


def _print_file(name: str, entry: Entry, document: PlannedDocument, workshop: Workshop) -> str:
    """Give the name of a picture made ready in the workshop's folder; empty when none may be printed."""
    path = picture_path(entry.folder, name)
    derived = workshop.printable.derived.get(path or "")
    if path is None or derived is None:
        return ""
    grey = dict(document.values).get("style") == "black"
    file = workshop.pictures / f"{derived.stem}{'-grey' if grey else ''}.jpg"
    if not file.is_file():
        try:
            save_for_print(workshop.root / path, file, grey=grey)
        except Unusable as unusable:
            raise Unmade(f"a une image qui {unusable.wrong}", unusable.hint) from None
    return file.name
