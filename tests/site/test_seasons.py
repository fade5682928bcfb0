from datetime import datetime
from typing import Any

import pytest

from generator.campaign.models.documents import Kit, Season
from generator.campaign.models.fields import PARIS
from generator.campaign.models.programme import Alert
from generator.site.seasons import active_alerts, kits_of_the_moment, season_to_prepare


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def kit(id_: str, **moment: str) -> Kit:
    return Kit.model_validate({"id": id_, "title": id_, "summary": "Un kit.", "updated": "2026-09-01", **moment})


def alert(id_: str, level: str = "orange", **fields: Any) -> Alert:
    span = {"start": "2026-07-09 12:00", "end": "2026-07-16 20:00"}
    record = {"id": id_, "title": id_, "kind": "canicule", "level": level, "message": "Buvez.", "kit": "canicule"}
    return Alert.model_validate(record | span | fields)


KITS = [
    kit("fete", season="printemps"),
    kit("ete", season="ete"),
    kit("rentree", season="automne"),
    kit("noel", season="hiver"),
    kit("canicule", emergency="canicule"),
    kit("inondation", emergency="inondation"),
]


@pytest.mark.parametrize(
    ("day", "season"),
    [
        ("2026-11-20", Season.AUTUMN),
        ("2026-11-21", Season.WINTER),
        ("2026-12-31", Season.WINTER),
        ("2027-02-21", Season.SPRING),
        ("2027-05-20", Season.SPRING),
        ("2027-05-21", Season.SUMMER),
        ("2027-08-21", Season.AUTUMN),
    ],
)
def test_a_season_is_prepared_a_month_ahead(day: str, season: Season) -> None:
    assert season_to_prepare(at(day)) is season


def test_the_kit_to_prepare_comes_first_then_the_next_seasons_then_emergencies() -> None:
    order = kits_of_the_moment(KITS, [], at("2026-11-23 12:00"))
    assert order == ["noel", "fete", "ete", "rentree", "canicule", "inondation"]


def test_the_kit_of_an_alert_comes_before_all() -> None:
    order = kits_of_the_moment(KITS, [alert("crue", kit="inondation")], at("2026-07-10 12:00"))
    assert order[:2] == ["inondation", "ete"]


@pytest.mark.parametrize(
    ("now", "active"),
    [("2026-07-09 11:59", False), ("2026-07-09 12:00", True), ("2026-07-16 19:59", True), ("2026-07-16 20:00", False)],
)
def test_an_alert_lasts_from_its_start_to_its_end(now: str, active: bool) -> None:
    assert bool(active_alerts([alert("canicule")], at(now))) is active


def test_the_gravest_alert_comes_first() -> None:
    alerts = [alert("a", "jaune"), alert("b", "rouge"), alert("c", "orange")]
    assert [each.id for each in active_alerts(alerts, at("2026-07-10 12:00"))] == ["b", "c", "a"]
