"""What hangs on a wall: the plaque of a label, a diploma. A QR code on each leads to what says if it counts."""

from typing import Any

from generator.site import dates
from generator.site.documents import PlannedDocument
from generator.site.qr import qr_svg
from generator.site.sketches import DIPLOMAS

from .making import Workshop
from .setting import common
from .typesetting import typeset


def plaque(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give the plaque of a building's label, for outdoors, A4 or A5."""
    building: Any = workshop.library.entries[document.reads[0]].record
    label = building.label
    level = workshop.library.charter.level(label.level)
    quarters = [workshop.library.cards[key].title for key in document.named if key[0] == "neighbourhood"]
    data = common(document, f"Label Immeuble solidaire, {building.title}", workshop, "outdoors") | {
        "paper": dict(document.values)["paper"],
        "building": building.title,
        "place": ", ".join([building.address, *quarters]),
        "level": level.title if level else "",
        "granted": dates.day(label.granted) if label.granted else "",
        "expires": dates.day(label.expires) if label.expires else "",
        "serial": label.serial or "",
    }
    return typeset("plaque", data, workshop)


def diploma(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a diploma; a holder who is not named publicly gets a line on which the town writes by hand."""
    award: Any = workshop.library.entries[document.reads[0]].record
    config = workshop.library.config
    data = common(document, f"Diplôme {DIPLOMAS[award.diploma]} {award.serial}", workshop) | {
        "diploma": DIPLOMAS[award.diploma],
        "holder": award.holder or "",
        "citation": award.citation,
        "date": dates.day(award.date),
        "serial": award.serial,
        "director": config.town.director,
    }
    return typeset("diploma", data, workshop)


def page_code(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give the QR code of a verification page, for the page itself."""
    return qr_svg(dict(document.values)["address"], "screen").encode()
