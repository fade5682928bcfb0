"""From a planned document to its bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.problems import Severity
from generator.site.cards import Pictures
from generator.site.documents import PlannedDocument
from generator.site.pages import Library


@dataclass(frozen=True, slots=True)
class Workshop:
    """What makers have at hand: the campaign's root, its theme's folder, the records, a folder for pictures to print.

    `printable` holds the pictures that may be printed: whoever is on them agreed.

    A maker reads what its planned document names and nothing else: that is what the document's fingerprint covers.
    """

    root: Path
    theme: Path
    library: Library
    pictures: Path
    printable: Pictures


class Unmade(Exception):
    """Why a document can't be made: the end of a French sentence about it, and a hint.

    It is no reason not to publish the rest: only what would spoil all documents is an error.
    """

    def __init__(self, wrong: str, hint: str = "", severity: Severity = "warning") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.hint = hint
        self.severity = severity


Maker = Callable[[PlannedDocument, Workshop], bytes]
"""Gives a document's bytes, the same at each call. Raises Unmade, and OSError."""


def make(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Make one document. Raises Unmade, and OSError."""
    from .makers import MAKERS

    return MAKERS[document.kind](document, workshop)
