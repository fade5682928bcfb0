"""Dates, numbers and sizes as French text."""

from datetime import date, datetime, time, timedelta

from generator.campaign.models.fields import PARIS
from generator.typography import NARROW, NO_BREAK

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)  # fmt: skip


def day(value: date) -> str:
    """Give « 29 mai 2026 », the first of a month as « 1er »."""
    return f"{_ordinal(value.day)}{NO_BREAK}{MONTHS[value.month - 1]}{NO_BREAK}{value.year}"


def weekday(value: date) -> str:
    """Give « vendredi 29 mai 2026 »."""
    return f"{DAYS[value.weekday()]} {day(value)}"


def month(value: date) -> str:
    """Give « Mai 2026 »."""
    return f"{MONTHS[value.month - 1].capitalize()} {value.year}"


def hour(value: datetime) -> str:
    """Give « 19 h » or « 8 h 30 », in Paris."""
    local = value.astimezone(PARIS)
    minutes = f"{NARROW}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{NARROW}h{minutes}"


def moment(value: datetime) -> str:
    """Give « vendredi 29 mai 2026, 19 h », in Paris."""
    return f"{weekday(value.astimezone(PARIS).date())}, {hour(value)}"


def span(start: datetime, end: datetime) -> str:
    """Give « vendredi 29 mai 2026, de 19 h à 22 h 30 », or both days when they differ."""
    first, last = start.astimezone(PARIS), end.astimezone(PARIS)
    if first == last:
        return f"{weekday(first)}, à {hour(first)}"
    if last.date() - first.date() == timedelta(days=1) and last.time() == time():
        return f"{weekday(first)}, de {hour(first)} à minuit"
    if first.date() == last.date():
        return f"{weekday(first)}, de {hour(first)} à {hour(last)}"
    return f"du {weekday(first)} à {hour(first)} au {weekday(last)} à {hour(last)}"


def number(value: float) -> str:
    """Give « 24 000 » or « −3,5 »: narrow spaces between thousands, a comma before decimals, two at most."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.replace(",", NARROW).replace(".", ",").replace("-", "−")


def weight(size: int) -> str:
    """Give a file's length in bytes as « 84 ko » or « 1,2 Mo », never less than it is."""
    if size <= 999_000:
        return f"{-(-size // 1000)}{NO_BREAK}ko"
    return f"{number(-(-size // 100_000) / 10)}{NO_BREAK}Mo"


def _ordinal(number: int) -> str:
    return "1er" if number == 1 else str(number)
