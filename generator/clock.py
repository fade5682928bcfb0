"""The town's clock: every date and hour of a campaign is that of Paris."""

from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
