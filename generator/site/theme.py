"""The theme at hand: the frame for one campaign, drawn with the settings and the alerts of the day."""

from datetime import datetime
from pathlib import Path

from generator.campaign.linking import Campaign
from generator.campaign.models.programme import Alert, AlertLevel

from .assets import collect
from .chrome import MENU, Chrome
from .seasons import active_alerts
from .views import AlertView


def theme_folder(root: Path) -> Path:
    """Give the theme's folder: the campaign's own, or the one beside the program."""
    own = root / "theme"
    return own if own.is_dir() else Path(__file__).parent.parent.parent / "theme"


_LEVELS = {
    AlertLevel.YELLOW: "Vigilance jaune",
    AlertLevel.ORANGE: "Vigilance orange",
    AlertLevel.RED: "Vigilance rouge",
}


def make_chrome(root: Path, campaign: Campaign, now: datetime) -> Chrome:
    """Give the frame of every page of a campaign, with the banner of the alerts under way."""
    folder = theme_folder(root)
    alerts = tuple(_banner(alert, campaign) for alert in active_alerts(campaign, now))
    return Chrome(campaign.config, folder, MENU, alerts, collect(folder))


def _banner(alert: Alert, campaign: Campaign) -> AlertView:
    kit = campaign.get("kit", alert.kit)
    return AlertView(alert.level.value, _LEVELS[alert.level], alert.title, alert.message, kit.title, f"/kits/{kit.id}/")
