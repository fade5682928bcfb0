"""What may be shown on a given day. Everything after this stage sees published records only."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from .models.documents import PressRelease
from .models.honours import Channel, Portrait
from .reading import Entry


def published(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Give the entries that the site may show at `now`."""
    return [entry for entry in entries if _is_shown(entry.record, now)]


def _is_shown(record: Any, now: datetime) -> bool:
    if isinstance(record, Portrait):
        return record.consent.covers(Channel.SITE, now.date())
    if isinstance(record, PressRelease):
        return record.date <= now
    return True
