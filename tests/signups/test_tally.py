"""The tally: counts of the network in which nobody can be found."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.models.network import Network
from generator.campaign.sources import decode, parse
from generator.collector.vault import Place
from generator.signups.archive import Signup
from generator.signups.tally import count, hide
from tests.collector.town import Town
from tests.signups.staff import NOW, confirm, sign_up, ville

TODAY = date(2026, 11, 23)


def network(town: Town) -> Network:
    return Network.model_validate(parse(decode((town.root / "data" / "network.yml").read_bytes())))


def signup(number: int, place: str | None, month: str = "2026-11", *, confirmed: bool | None = True) -> Signup:
    return Signup(Place("lettre", month, str(number)), TODAY, place, confirmed)


def test_confirmed_sign_ups_are_counted_by_form_neighbourhood_and_month(town: Town) -> None:
    for number in range(13):
        place = "la-gare" if number < 7 else "les-tilleuls"
        sign_up(town, first_name=str(number), neighbourhood=place)
    confirm(town)
    sign_up(town, first_name="sans confirmation")
    assert ville(town, "tally") == 0
    found = network(town).of("devenir-voisin-solidaire")
    assert found is not None
    assert found.count == 13
    counts = {each.neighbourhood: each.count for each in found.neighbourhoods}
    assert len(counts) == 6
    assert {(each.month, each.count) for each in found.months} == {("2026-11", 13)}


def test_nothing_personal_is_in_it(town: Town) -> None:
    for number in range(6):
        sign_up(town, first_name=f"Marqueur{number}")
    confirm(town)
    ville(town, "tally")
    text = (town.root / "data" / "network.yml").read_text()
    assert "Marqueur" not in text
    assert not any(path.stem in text for path in town.signups.glob("*/*/*.json"))


def test_it_changes_once_a_day_at_most(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(6):
        sign_up(town, first_name=str(number))
    confirm(town)
    ville(town, "tally")
    before = network(town)
    sign_up(town, first_name="de plus")
    confirm(town)
    ville(town, "tally", now=NOW + timedelta(hours=5))
    assert network(town) == before
    assert "change demain" in capsys.readouterr().out
    ville(town, "tally", now=NOW + timedelta(days=1))
    assert network(town).forms[0].count == 7


def test_a_form_with_few_answers_shows_no_number() -> None:
    (found,) = count([signup(number, "a") for number in range(4)], ["a", "b"], 5, TODAY).forms
    assert (found.count, found.neighbourhoods, found.months) == (None, (), ())


def test_months_without_anyone_are_there_and_hidden() -> None:
    many = [signup(number, None, "2026-08") for number in range(9)] + [signup(9 + number, None) for number in range(9)]
    (found,) = count(many, ["a"], 5, TODAY).forms
    assert [(each.month, each.count) for each in found.months] == [
        ("2026-08", None),
        ("2026-09", None),
        ("2026-10", None),
        ("2026-11", 9),
    ]


def test_one_hidden_count_takes_another_with_it() -> None:
    assert hide({"a": 20, "b": 9, "c": 2}, 5) == {"a": 20, "b": None, "c": None}
    assert hide({"a": 20, "b": 9, "c": 3, "d": 3}, 5) == {"a": 20, "b": 9, "c": None, "d": None}
    assert hide({"a": 20, "b": 9, "c": 0, "d": 1}, 5) == {"a": 20, "b": None, "c": None, "d": None}
    assert hide({"a": 20}, 5) == {"a": 20}


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 40), min_size=1), st.integers(2, 10))
def test_what_is_hidden_can_t_be_worked_out(counts: dict[str, int], threshold: int) -> None:
    shown = hide(counts, threshold)
    hidden = [counts[name] for name, number in shown.items() if number is None]
    assert all(number is None or number >= threshold for number in shown.values())
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= threshold)


def test_the_same_sign_ups_give_the_same_bytes(town: Town) -> None:
    for number in range(6):
        sign_up(town, first_name=str(number))
    confirm(town)
    ville(town, "tally")
    first = (town.root / "data" / "network.yml").read_bytes()
    (town.root / "data" / "network.yml").unlink()
    ville(town, "tally")
    assert (town.root / "data" / "network.yml").read_bytes() == first
