"""When a record may first be shown, when it came out, when it last changed: all from what staff write.

No clock, no file's time and no git have a say: the same campaign always says the same, and opening a file to correct a
comma tells nobody anything.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from .models.actors import Initiative
from .models.documents import Kit, Lesson, PressRelease
from .models.fields import PARIS
from .models.honours import Portrait
from .models.programme import Event
from .models.record import Record

ANNOUNCED = timedelta(days=60)
"""An event without `publish_at` comes out so long before it begins: a feed can't bear a date that lies ahead."""


def due(record: Record) -> datetime | None:
    """Give the moment from which a record may be shown, None when it always could: the last of those it names."""
    planned: datetime | None = vars(record).get("publish_at")
    if type(record) is not PressRelease:
        return planned
    # Two moments of one zone are compared by their clocks (datetime's documentation), which go back in October.
    return max(filter(None, (planned, record.date, record.embargo_until)), key=datetime.timestamp)


def published(record: Record) -> datetime | None:
    """Give when feeds say that a record came out, None for kinds that they don't tell of.

    That is the moment from which it may be shown; where none is written, its kind's own date.
    """
    own = _OWN_DATE.get(type(record))
    return (due(record) or own(record)) if own else None


def updated(record: Any, came_out: datetime) -> datetime:
    """Give when feeds say that a record last changed: as staff say in `updated`, never before it came out."""
    return max(_start(record.updated), came_out, key=datetime.timestamp) if record.updated else came_out


_OWN_DATE: dict[type, Callable[[Any], datetime]] = {
    PressRelease: lambda record: _start(record.date),
    Portrait: lambda record: _start(record.date),
    Lesson: lambda record: _start(record.date),
    Kit: lambda record: _start(record.updated),
    Initiative: lambda record: _start(record.verified),
    Event: lambda record: _start(record.start - ANNOUNCED),
}
"""The date that stands for publication where none is written. Some move: an item then goes up in its feed, and nobody
is shown it twice, because only a new id makes a new item."""


def _start(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(), PARIS)
