"""When a record came out and when it last changed, as feeds tell it.

Both come from what staff write, never from a clock, a file's time or git: the same campaign always says the same, and
opening a file to correct a comma tells nobody anything.

- *Published*: the moment before which nothing of the record may be seen; where none is written, the kind's own date.
- *Updated*: the field `updated`, which staff move when the substance changes; else the date of publication.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from generator.campaign.models.fields import PARIS
from generator.campaign.outline import due

ANNOUNCED = timedelta(days=60)
"""An event without `publish_at` comes out so long before it begins: a feed can't bear a date that lies ahead."""


def moments(kind: str, record: Any) -> tuple[float, float]:
    """Give when a record was published and updated, in POSIX seconds; twice 0 for a kind that no feed has."""
    own = _OWN_DATE.get(kind)
    if own is None:
        return 0.0, 0.0
    published = (due(record) or own(record)).timestamp()
    return published, max(published, _start(record.updated).timestamp()) if record.updated else published


_OWN_DATE: dict[str, Callable[[Any], datetime]] = {
    "press_release": lambda record: _start(record.date),
    "portrait": lambda record: _start(record.date),
    "lesson": lambda record: _start(record.date),
    "kit": lambda record: _start(record.updated),
    "initiative": lambda record: _start(record.verified),
    "event": lambda record: _start(record.start - ANNOUNCED),
}
"""The date that stands for publication where none is written. Some move: an item then goes up in its feed, and nobody
is shown it twice, because only a new id makes a new item."""


def _start(day: date) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(), PARIS)
