"""The signed link of a confirmation mail: which submission it confirms, and until when."""

import re
from urllib.parse import quote

from .tokens import genuine, sign
from .vault import Place

LIFETIME = 7 * 86400
"""Seconds; what was not confirmed by then is purged."""

_FORM = re.compile(r"([a-z0-9-]+)\.(\d{4}-\d{2})\.([0-9a-f]{26})\.(\d+)")


def make(key: bytes, place: Place, now: float) -> str:
    """Give the mark that a link carries (`?t=…`)."""
    text = f"{place.form}.{place.month}.{place.id}.{int(now) + LIFETIME}"
    return f"{text}.{sign(key, text)}"


def read(key: bytes, mark: str, form: str, now: float) -> Place | None:
    """Give the submission that a mark names, None when the mark is forged, too old, or another form's."""
    text, _, signature = mark.rpartition(".")
    if len(mark) > 300 or not genuine(key, text, signature):
        return None
    match = _FORM.fullmatch(text)
    if match is None or match[1] != form or not now <= int(match[4]) <= now + 2 * LIFETIME:
        return None
    return Place(match[1], match[2], match[3])


def url(base: str, form: str, mark: str) -> str:
    """Give the address to click on."""
    return f"{base.rstrip('/')}/forms/{form}/confirm?t={quote(mark)}"
