"""What is printed of a kit, or of a version of it in another language."""

from typing import Any

from generator.campaign.models.documents import Kit
from generator.campaign.reading import Entry
from generator.site import facts
from generator.site.documents import PlannedDocument
from generator.site.kit_views import sheet_html
from generator.site.kits import SHEETS

from .making import Workshop
from .prose import headed, with_blanks
from .setting import common, picture, text_tree
from .typesetting import typeset


def booklet(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a kit's booklet: all that its page says, on A4."""
    text, kit = _read(document, workshop)
    record: Any = text.record
    is_kit = isinstance(record, Kit)
    data = _kit_data(document, text, kit, workshop) | {
        "facts": _facts(text, workshop) if is_kit else [],
        "material": list(record.material) if is_kit else [],
        "body": text_tree(text.texts["body"], text, document, workshop),
    }
    return typeset("kit-booklet", data, workshop)


def sheet(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a kit's poster or its invitations, blank: what the kit proposes to write, with lines to write on."""
    text, kit = _read(document, workshop)
    body = text.texts["body"]
    body = body._replace(html=sheet_html(body.html, SHEETS[document.kind]))
    nodes = text_tree(body, text, document, workshop)
    data = _kit_data(document, text, kit, workshop)
    if document.kind == "invitation":
        return typeset("kit-invitation", data | {"body": with_blanks(nodes)}, workshop)
    headline, rest = headed(nodes)
    return typeset("kit-poster", data | {"headline": headline or data["title"], "body": with_blanks(rest)}, workshop)


def _read(document: PlannedDocument, workshop: Workshop) -> tuple[Entry, Entry]:
    """Give the text to print and the kit that it belongs to, which may be the same."""
    entries = [workshop.library.entries[key] for key in document.reads]
    return entries[0], entries[-1]


def _kit_data(document: PlannedDocument, text: Entry, kit: Entry, workshop: Workshop) -> dict[str, Any]:
    record: Any = text.record
    named: Any = kit.record
    shown = picture(kit, named.picture if isinstance(named, Kit) else None, document, workshop)
    return common(document, record.title, workshop) | {"summary": record.summary, "picture": shown}


def _facts(entry: Entry, workshop: Workshop) -> list[tuple[str, str]]:
    library = workshop.library
    named = facts.Named({}, library.config, library.now, library.charter)
    return [(fact.label, fact.value) for fact in facts.facts("kit", entry.record, named)]
