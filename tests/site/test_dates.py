from datetime import UTC, date, datetime

import pytest

from generator.campaign.models.fields import PARIS
from generator.site import dates


def plain(text: str) -> str:
    """Give a text with ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert plain(dates.day(date(2027, 1, 1))) == "1er janvier 2027"
    assert plain(dates.day(date(2027, 8, 2))) == "2 août 2027"
    assert plain(dates.weekday(date(2028, 2, 29))) == "mardi 29 février 2028"


def test_a_date_is_never_cut_at_the_end_of_a_line() -> None:
    assert " " not in dates.day(date(2026, 12, 25))
    assert " " not in dates.hour(paris("2026-12-25 18:30"))


def test_a_month_begins_a_heading() -> None:
    assert dates.month(date(2027, 2, 1)) == "Février 2027"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2026-05-29 19:00", "19 h"),
        ("2026-05-29 08:05", "8 h 05"),
        ("2026-05-29 20:30", "20 h 30"),
        ("2026-05-29 00:00", "0 h"),
    ],
)
def test_hours_are_written_as_the_french_write_them(moment: str, text: str) -> None:
    assert plain(dates.hour(paris(moment))) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 7, 14, 10, tzinfo=UTC), "mardi 14 juillet 2026, 12 h"),
        (datetime(2026, 12, 14, 10, tzinfo=UTC), "lundi 14 décembre 2026, 11 h"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "vendredi 1er janvier 2027, 0 h 30"),
    ],
)
def test_moments_are_those_of_paris_summer_and_winter(moment: datetime, text: str) -> None:
    assert plain(dates.moment(moment)) == text


def test_the_hour_that_comes_twice_keeps_its_name() -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert plain(dates.hour(first)) == plain(dates.hour(second)) == "2 h 30"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-05-29 19:00", "2026-05-29 22:30", "vendredi 29 mai 2026, de 19 h à 22 h 30"),
        ("2026-05-29 19:00", "2026-05-29 19:00", "vendredi 29 mai 2026, à 19 h"),
        ("2026-12-31 20:00", "2027-01-01 00:00", "jeudi 31 décembre 2026, de 20 h à minuit"),
        ("2026-12-31 20:00", "2027-01-01 02:00", "du jeudi 31 décembre 2026 à 20 h au vendredi 1er janvier 2027 à 2 h"),
        ("2026-10-24 22:00", "2026-10-25 04:00", "du samedi 24 octobre 2026 à 22 h au dimanche 25 octobre 2026 à 4 h"),
        ("2027-03-27 22:00", "2027-03-28 03:00", "du samedi 27 mars 2027 à 22 h au dimanche 28 mars 2027 à 3 h"),
    ],
)
def test_a_span_names_its_day_once_or_both_its_days(start: str, end: str, text: str) -> None:
    assert plain(dates.span(paris(start), paris(end))) == text


def test_a_span_given_in_another_zone_is_told_in_paris() -> None:
    start, end = datetime(2026, 6, 30, 21, tzinfo=UTC), datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert plain(dates.span(start, end)) == "du mardi 30 juin 2026 à 23 h au mercredi 1er juillet 2026 à 1 h"


@pytest.mark.parametrize(
    ("value", "text"),
    [(24000, "24 000"), (3.5, "3,5"), (3.0, "3"), (1234567.25, "1 234 567,25"), (-12, "−12"), (0, "0")],
)
def test_numbers_are_written_as_the_french_write_them(value: float, text: str) -> None:
    assert plain(dates.number(value)) == text
