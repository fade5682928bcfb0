"""What is printed for a neighbourhood: each leads, by a QR code, to its own page."""

from typing import Any

from generator.site.documents import PlannedDocument

from .making import Workshop
from .setting import common, contact, picture
from .typesetting import typeset


def door_hangers(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a sheet of three door-hangers to cut out."""
    return typeset("door-hanger", _data(document, workshop), workshop)


def lobby_poster(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a poster for the lobbies of the neighbourhood."""
    return typeset("lobby-poster", _data(document, workshop), workshop)


def _data(document: PlannedDocument, workshop: Workshop) -> dict[str, Any]:
    entry = workshop.library.entries[document.reads[0]]
    place: Any = entry.record
    what = "Accroche-porte" if document.kind == "accroche-porte" else "Affiche de hall"
    return common(document, f"{what}, {place.title}", workshop) | {
        "place": place.title,
        "lead": contact(place.lead),
        "picture": picture(entry, place.picture, document, workshop),
    }
