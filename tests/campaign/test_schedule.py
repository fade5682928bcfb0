"""When a record may be shown: moments, time zones, and the two nights of the year when clocks change."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Channel
from generator.campaign.moments import due
from generator.campaign.outline import EVERYWHERE, Outline, changes, outline, retracted
from generator.campaign.reading import Entry

LEAST: dict[str, dict[str, Any]] = {
    "press_release": {"summary": "Une phrase.", "date": "2026-01-01 08:00"},
    "portrait": {
        "summary": "Une phrase.",
        "story": "Un récit.",
        "neighbourhood": "gare",
        "date": "2026-01-01",
        "consent": {"reference": "A-1", "date": "2026-01-01", "channels": ["site", "flux"], "until": "2026-10-25"},
    },
}


def at(now: datetime, kind: str = "press_release", **fields: Any) -> Outline:
    """Give the outline of a record at a moment."""
    record = KINDS[kind].model.model_validate({"id": "essai", "title": "Essai", **LEAST[kind], **fields})
    return outline(Entry(kind, record, "content/press/essai.md", (), {}, ""), now)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-12-05 09:00", "2026-12-05T08:00"),
        ("2026-07-05 09:00", "2026-07-05T07:00"),
        ("2026-12-05 09:00Z", "2026-12-05T09:00"),
        ("2026-12-05T09:00+04:00", "2026-12-05T05:00"),
        ("2026-12-05 09:00-05:00", "2026-12-05T14:00"),
        ("2026-10-25 01:59", "2026-10-24T23:59"),
        ("2026-10-25 02:30", "2026-10-25T01:30"),  # Comes twice: the second.
        ("2026-10-25 03:00", "2026-10-25T02:00"),
        ("2026-03-29 01:59", "2026-03-29T00:59"),
        ("2026-03-29 02:30", "2026-03-29T01:30"),  # Never comes: half an hour after what comes instead.
        ("2026-03-29 03:00", "2026-03-29T01:00"),
    ],
)
def test_an_embargo_falls_at_the_moment_it_names(written: str, moment: str) -> None:
    falls = utc(moment)
    assert at(falls - timedelta(microseconds=1), embargo_until=written).channels == ()
    assert at(falls, embargo_until=written).channels == EVERYWHERE


around = st.one_of(
    *(
        st.datetimes(datetime.fromisoformat(first), datetime.fromisoformat(last))
        for first, last in (
            ("2026-10-24 20:00", "2026-10-25 08:00"),
            ("2026-03-28 20:00", "2026-03-29 08:00"),
            ("2026-01-01 08:00", "2027-12-31 00:00"),
        )
    )
)
zones = st.sampled_from([UTC, PARIS, ZoneInfo("Indian/Reunion"), ZoneInfo("America/Martinique")])


@given(written=around, wait=st.timedeltas(timedelta(hours=-3), timedelta(hours=3)), zone=zones)
def test_nothing_shows_while_a_clock_on_the_wall_has_yet_to_reach_the_time(
    written: datetime, wait: timedelta, zone: Any
) -> None:
    """Whatever zone the machine tells its time in, and whichever of two moments an hour means."""
    written = written.replace(second=0, microsecond=0)
    moments = [written.replace(tzinfo=PARIS, fold=fold).astimezone(UTC) for fold in (0, 1)]
    now = max(moments) + wait
    shape = at(now.astimezone(zone), embargo_until=written.isoformat(" ", "minutes"))
    assert shape.shown == (wait >= timedelta())
    assert shape.changes[-1] == max(moments).timestamp()


@given(moments=st.lists(around, min_size=3, max_size=3))
def test_a_release_waits_for_the_last_of_its_moments(moments: list[datetime]) -> None:
    date, embargo, publish = (moment.isoformat(" ", "minutes") for moment in moments)
    record = KINDS["press_release"].model.model_validate(
        {"id": "a", "title": "A", "summary": "B.", "date": date, "embargo_until": embargo, "publish_at": publish}
    )
    start = due(record)
    assert start
    assert all(change.moment.timestamp() <= start.timestamp() for change in changes(record))
    for moment in moments:
        for fold in (0, 1):
            written = moment.replace(second=0, microsecond=0, tzinfo=PARIS, fold=fold)
            assert written.timestamp() <= start.timestamp()


def test_a_release_ends_with_its_last_day_in_paris_even_when_that_day_has_25_hours() -> None:
    assert at(utc("2026-10-25T22:59"), "portrait").channels == ("site", "flux")
    assert at(utc("2026-10-25T23:00"), "portrait").channels == ()


def test_a_portrait_is_shown_in_the_channels_of_its_release_alone() -> None:
    shape = at(utc("2026-06-01T12:00"), "portrait")
    assert shape.shown_in(Channel.FEED)
    assert not any(shape.shown_in(channel) for channel in (Channel.PRESS, Channel.SOCIAL, Channel.PRINT))
    assert not shape.gone
    consent = LEAST["portrait"]["consent"]
    withdrawn = at(utc("2026-06-01T12:00"), "portrait", consent={**consent, "withdrawn": "2026-06-01"})
    assert withdrawn.gone
    assert withdrawn.channels == ()


def test_what_is_taken_back_is_shown_until_the_eve() -> None:
    withdrawn = {"date": "2026-06-01", "reason": "Un chiffre était faux."}
    assert at(utc("2026-05-31T21:59"), withdrawn=withdrawn).shown
    gone = at(utc("2026-05-31T22:00"), withdrawn=withdrawn)
    assert gone.gone
    assert not gone.shown
    record = KINDS["press_release"].model.model_validate(
        {"id": "a", "title": "A", **LEAST["press_release"], "withdrawn": withdrawn}
    )
    assert retracted(record) == datetime(2026, 6, 1, tzinfo=PARIS)
