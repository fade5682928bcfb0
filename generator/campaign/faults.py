"""What makes a text unreadable, as a value: the readers raise it, and it becomes a Problem once the file is known."""

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where a value stands in a document: keys and list positions from the top."""


@dataclass(eq=False)
class Fault(Exception):
    """Why a text could not be read: place (from 1), stable code, French message and hint."""

    line: int
    column: int
    code: str
    message: str
    hint: str = ""


QUOTES_HINT = 'Une valeur qui contient « : » ou commence par un signe se met entre guillemets droits : "…".'
