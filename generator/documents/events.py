"""What is printed of the agenda: one event, or a year of them."""

from itertools import groupby
from typing import Any

from generator.campaign.models.fields import PARIS
from generator.site import dates
from generator.site.documents import PlannedDocument

from .making import Workshop
from .setting import common, picture, text_tree
from .typesetting import typeset


def event_sheet(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give an event's sheet: when, where, how to come, with whom."""
    library = workshop.library
    entry = library.entries[document.reads[0]]
    event: Any = entry.record
    hosts = [library.cards[key].title for key in document.named if key[0] == "organisation"]
    quarters = [library.cards[key].title for key in document.named if key[0] == "neighbourhood"]
    lines = [
        ("Quand", dates.span(event.start, event.end)),
        ("Où", ", ".join(each for each in (event.place, event.address) if each)),
        ("Quartier", ", ".join(quarters)),
        ("Accessibilité", event.accessibility or ""),
        ("Avec", ", ".join(hosts)),
    ]
    text = entry.texts.get("description")
    data = common(document, f"{event.title}, {dates.day(event.start.astimezone(PARIS).date())}", workshop) | {
        "name": event.title,
        "summary": event.summary,
        "picture": picture(entry, event.picture, document, workshop),
        "facts": [line for line in lines if line[1]],
        "body": text_tree(text, entry, document, workshop) if text else [],
    }
    return typeset("event-sheet", data, workshop)


def programme(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a year's programme, month by month."""
    year = dict(document.values)["year"]
    events: list[Any] = [workshop.library.entries[key].record for key in document.reads]
    events.sort(key=lambda event: (event.start, event.id))
    months = [
        (title, [_line(event) for event in among])
        for title, among in groupby(events, lambda event: dates.month(event.start.astimezone(PARIS)))
    ]
    data = common(document, f"Programme {year}", workshop) | {"months": months}
    return typeset("programme", data, workshop)


def _line(event: Any) -> dict[str, Any]:
    return {
        "title": event.title,
        "when": dates.span(event.start, event.end),
        "place": ", ".join(each for each in (event.place, event.address) if each),
        "summary": event.summary,
        "cancelled": event.cancelled,
    }
