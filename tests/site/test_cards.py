from datetime import datetime
from pathlib import Path

import pytest

from generator.campaign.models.fields import PARIS
from generator.site.cards import Pictures, picture_path

from .towns import add, gathered, library_of


@pytest.mark.parametrize(
    ("folder", "name", "path"),
    [
        ("data/portraits", "lea.jpg", "data/portraits/lea.jpg"),
        ("data/portraits", "photos/lea.jpg", "data/portraits/photos/lea.jpg"),
        ("content/press", "../kits/canicule.jpg", "content/kits/canicule.jpg"),
        ("content/press", "../../../etc/passwd", None),
        ("data", "/etc/passwd", None),
        ("data", "..\\secret.jpg", None),
        ("data", "C:lea.jpg", None),
        ("data", "lea\x00.jpg", None),
    ],
)
def test_a_picture_is_looked_for_beside_its_record_and_never_out_of_the_root(
    folder: str, name: str, path: str | None
) -> None:
    assert picture_path(folder, name) == path


def test_a_record_without_usable_picture_has_none(tmp_path: Path) -> None:
    pictures = Pictures({}, tmp_path)
    assert pictures.view("data", None) is None
    assert pictures.stem("data", "absente.jpg") == ""


def test_a_card_tells_where_its_record_is(campaign: Path) -> None:
    add(campaign, "neighbourhood", "le-port", title="Le Port")
    add(campaign, "initiative", "au-port", neighbourhood="le-port")
    add(campaign, "initiative", "partout")
    cards = library_of(gathered(campaign)).cards
    assert cards["initiative", "au-port"].kicker == "Le Port"
    assert cards["initiative", "partout"].kicker == "Toute la ville"
    assert cards["initiative", "au-port"].url == "/initiatives/au-port/"


def test_a_portrait_has_a_card_only_while_its_release_holds(campaign: Path) -> None:
    add(campaign, "portrait", "lea")
    assert ("portrait", "lea") in library_of(gathered(campaign)).cards
    assert ("portrait", "lea") not in library_of(gathered(campaign, datetime(2028, 1, 2, tzinfo=PARIS))).cards


def test_a_press_release_has_a_card_only_from_its_hour_on(campaign: Path) -> None:
    add(campaign, "press_release", "demain", date="2026-11-24 10:00")
    early, late = (datetime(2026, 11, 24, hour, tzinfo=PARIS) for hour in (9, 10))
    assert ("press_release", "demain") not in library_of(gathered(campaign, early)).cards
    assert ("press_release", "demain") in library_of(gathered(campaign, late)).cards
