"""Which kits come first: those of an alert under way, then those of the season."""

from collections.abc import Iterable
from datetime import datetime

from generator.campaign.models.documents import Kit, Season
from generator.campaign.models.fields import PARIS
from generator.campaign.models.programme import Alert, AlertLevel

_LEVELS = {AlertLevel.RED: 0, AlertLevel.ORANGE: 1, AlertLevel.YELLOW: 2}
_SEASONS = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)


def active_alerts(alerts: Iterable[Alert], now: datetime) -> list[Alert]:
    """Give the alerts under way, gravest first."""
    moment = now.timestamp()
    active = [alert for alert in alerts if alert.start.timestamp() <= moment < alert.end.timestamp()]
    return sorted(active, key=lambda alert: (_LEVELS[alert.level], alert.start, alert.id))


def season_to_prepare(now: datetime) -> Season:
    """Give the season that residents prepare a month ahead: from 21 November, winter."""
    # A month of preparation: the meteorological season of the day thirty days later.
    day = now.astimezone(PARIS)
    month = day.month % 12 + 1 if day.day > 20 else day.month
    return _SEASONS[month % 12 // 3]


def next_season(now: datetime) -> datetime:
    """Give the moment from which residents prepare another season."""
    day = now.astimezone(PARIS)
    turns = (datetime(day.year + later, month, 21, tzinfo=PARIS) for later in (0, 1) for month in (2, 5, 8, 11))
    return next(turn for turn in turns if turn > day)


def kits_of_the_moment(kits: Iterable[Kit], alerts: Iterable[Alert], now: datetime) -> list[str]:
    """Give the ids of all kits, the most useful first: active alerts', the season to prepare, later seasons, others."""
    alerted = [alert.kit for alert in alerts]
    first = _SEASONS.index(season_to_prepare(now))

    def rank(kit: Kit) -> tuple[int, int, str]:
        if kit.id in alerted:
            return 0, alerted.index(kit.id), kit.id
        if kit.season:
            return 1, (_SEASONS.index(kit.season) - first) % 4, kit.id
        return 2, 0, kit.id

    return [kit.id for kit in sorted(kits, key=rank)]
