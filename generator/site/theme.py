"""The theme at hand: the frame for one campaign, drawn with the settings and the alerts of the day."""

from collections.abc import Mapping
from pathlib import Path

from generator.campaign.models.programme import Alert, AlertLevel
from generator.campaign.outline import Key
from generator.config import SiteConfig

from .assets import collect, theme_folder
from .chrome import MENU, Chrome
from .kept import Kept
from .views import AlertView, Card

_LEVELS = {
    AlertLevel.YELLOW: "Vigilance jaune",
    AlertLevel.ORANGE: "Vigilance orange",
    AlertLevel.RED: "Vigilance rouge",
}


def make_chrome(
    root: Path, config: SiteConfig, alerts: list[Alert], cards: Mapping[Key, Card], kept: Kept | None = None
) -> Chrome:
    """Give the frame of every page of a campaign, with the banner of the alerts under way.

    What is `kept` from earlier builds is not made again.
    """
    kept = kept or Kept()
    folder = theme_folder(root)
    banner = tuple(_banner(alert, cards.get(("kit", alert.kit))) for alert in alerts)
    return Chrome(config, folder, MENU, banner, collect(folder, kept), kept)


def dressed_anew(root: Path, chrome: Chrome, kept: Kept) -> Chrome:
    """Give the same frame with the theme as it is now."""
    folder = theme_folder(root)
    return Chrome(chrome.config, folder, chrome.menu, chrome.alerts, collect(folder, kept), kept)


def _banner(alert: Alert, kit: Card | None) -> AlertView:
    title, url = (kit.title, kit.url) if kit else ("", "")
    return AlertView(alert.level.value, _LEVELS[alert.level], alert.title, alert.message, title, url)
