"""Days and months of moments, in Paris."""

from datetime import datetime

from generator.campaign.models.fields import PARIS


def month_of(moment: float) -> str:
    """Give the month of a moment (seconds since 1970) in Paris: `2026-11`."""
    return datetime.fromtimestamp(moment, PARIS).strftime("%Y-%m")


def day_of(moment: float) -> str:
    """Give the day of a moment (seconds since 1970) in Paris: `2026-11-23`."""
    return datetime.fromtimestamp(moment, PARIS).date().isoformat()
