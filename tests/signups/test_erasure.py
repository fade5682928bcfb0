"""Erasing a person, and purging what was kept long enough."""

from datetime import date, timedelta

import pytest

from generator.signups.erasure import months_after
from tests.collector.town import Town
from tests.signups.staff import NOW, confirm, sign_up, ville


def test_erasing_finds_everything_of_an_address_and_leaves_a_proof_without_it(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_up(town, first_name="A")
    sign_up(town, first_name="B", email="Zoe@Courrier.example")
    sign_up(town, form="lettre-d-information", email="zoe@courrier.example", age="seize-ans-ou-plus", consent="oui")
    sign_up(town, first_name="Autre", email="autre@courrier.example")
    confirm(town)
    assert ville(town, "erase", "ZOE@courrier.example") == 0
    assert [record["answers"]["first_name"] for record in town.records()] == ["Autre"]
    left = [path for path in town.signups.rglob("*") if path.is_file()]
    assert len([path for path in left if path.suffix in {".age", ".json"}]) == 4
    assert len(list(town.signups.glob(".queue/*"))) == 2  # the other's confirmation, and the word to staff
    (proof,) = town.signups.glob("effacements/*.json")
    assert "devenir-voisin-solidaire" in proof.read_text()
    assert "zoe" not in proof.read_text().lower()
    assert "2 envoi(s) effacé(s)" in capsys.readouterr().out


def test_erasing_counts_again(town: Town) -> None:
    for number in range(6):
        sign_up(town, first_name=str(number), email=f"n{number}@courrier.example")
    confirm(town)
    assert ville(town, "erase", "n1@courrier.example") == 0
    assert "count: 5" in (town.root / "data" / "network.yml").read_text()


def test_nothing_is_erased_when_something_can_t_be_opened(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    sign_up(town)
    (sealed,) = town.signups.glob("*/*/*.age")
    sealed.write_bytes(sealed.read_bytes()[:-1])
    assert ville(town, "erase", "zoe@courrier.example") == 1
    assert sealed.exists()
    assert "rien n'a été effacé" in capsys.readouterr().err


@pytest.mark.parametrize(("days", "kept"), [(7, 1), (8, 0)])
def test_what_nobody_confirmed_is_purged_after_seven_days(town: Town, days: int, kept: int) -> None:
    sign_up(town)
    assert ville(town, "purge", now=NOW + timedelta(days=days)) == 0
    assert len(town.records()) == kept
    assert len(list(town.signups.glob("*/*/*.json"))) == kept


def test_what_is_confirmed_is_kept_for_as_long_as_the_form_says(town: Town) -> None:
    sign_up(town)
    confirm(town)
    ville(town, "purge", now=NOW.replace(year=2028))
    assert len(town.records()) == 1
    ville(town, "purge", now=NOW.replace(year=2028, day=24))
    assert town.records() == []


def test_what_a_crash_left_unfinished_is_purged(town: Town) -> None:
    sign_up(town)
    next(town.signups.glob("*/*/*.age")).unlink()
    ville(town, "purge", now=NOW + timedelta(days=2))
    assert not list(town.signups.glob("*/*/*"))


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [("2026-01-31", 1, "2026-02-28"), ("2027-12-31", 2, "2028-02-29"), ("2026-11-23", 24, "2028-11-23")],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(day), months).isoformat() == after
