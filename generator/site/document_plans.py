"""All kinds of documents together."""

from .documents import PRINTED, PlannedDocument
from .press_documents import FOR_PRESS
from .shelf import Shelf

PLANS = PRINTED | FOR_PRESS
"""What plans each kind of document."""


def plan_documents(shelf: Shelf) -> list[PlannedDocument]:
    """Give every document of the site: only those of records that may be shown, and printed."""
    return [document for plan in PLANS.values() for document in plan(shelf)]
