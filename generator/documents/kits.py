"""What is printed of a kit."""

from typing import Any

from generator.campaign.reading import Entry
from generator.site import facts
from generator.site.documents import PlannedDocument

from .making import Workshop
from .prose import Node
from .setting import common, picture, text_tree
from .typesetting import typeset


def booklet(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a kit's booklet: all that its page says, on A4."""
    entry = workshop.library.entries[document.reads[0]]
    kit: Any = entry.record
    data = common(document, kit.title, workshop) | {
        "summary": kit.summary,
        "picture": picture(entry, kit.picture, document, workshop),
        "facts": _facts(entry, workshop),
        "material": list(kit.material),
        "body": _body(entry, document, workshop),
    }
    return typeset("kit-booklet", data, workshop)


def _facts(entry: Entry, workshop: Workshop) -> list[tuple[str, str]]:
    library = workshop.library
    named = facts.Named({}, library.config, library.now, library.charter)
    return [(fact.label, fact.value) for fact in facts.facts("kit", entry.record, named)]


def _body(entry: Entry, document: PlannedDocument, workshop: Workshop) -> list[Node]:
    text = entry.texts.get("body")
    return text_tree(text, entry, document, workshop) if text else []
