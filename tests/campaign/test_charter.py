"""The charter, and surveys measured against it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.charter import Assessment, assess
from generator.campaign.models.charter import Charter
from generator.campaign.models.places import RENEWAL_NOTICE_DAYS, Building, Label, LabelState

MEASURES: list[dict[str, str]] = [
    {},
    {"finding": "guardian"},
    {"finding": "shared_spaces", "at_least": "2"},
    {"finding": "willing", "at_least": "la-moitie-aux-trois-quarts"},
]


def criterion(id_: str, **measure: str) -> dict[str, str]:
    return {"id": id_, "title": id_, "asks": "Une chose.", "evidence": "La preuve.", "about": "liens", **measure}


def level(id_: str, minimum: int, *required: str) -> dict[str, Any]:
    return {"id": id_, "title": id_, "summary": "Un niveau.", "months": 12, "required": required, "minimum": minimum}


def building(homes: int = 12, *, proved: list[str] | None = None, **survey: Any) -> Building:
    evidence = [{"criterion": each, "seen": "Vu."} for each in proved or []]
    return Building.model_validate(
        {
            "id": "tour",
            "title": "Tour",
            "summary": "Une tour.",
            "neighbourhood": "centre",
            "address": "1 rue x",
            "homes": homes,
            "survey": {"date": "2026-06-01", "evidence": evidence, **survey},
        }
    )


def charter(criteria: list[dict[str, str]], levels: list[dict[str, Any]]) -> Charter:
    return Charter.model_validate({"criteria": criteria, "levels": levels})


def measured(rules: Charter, place: Building, threshold: int = 0) -> Assessment:
    found = assess(rules, place, threshold)
    assert found
    return found


def ids(criteria: Any) -> list[str]:
    return [each.id for each in criteria]


SMALL = charter(
    [
        criterion("lieux", finding="shared_spaces", at_least="2"),
        criterion("gardien", finding="guardian"),
        criterion("prets", finding="willing", at_least="un-quart-a-la-moitie"),
        criterion("fete"),
    ],
    [level("un", 1), level("deux", 3, "fete"), level("trois", 4, "gardien")],
)


@pytest.mark.parametrize(
    ("survey", "met"),
    [
        ({}, []),
        ({"shared_spaces": ["Hall"]}, []),
        ({"shared_spaces": ["Hall", "Cour"]}, ["lieux"]),
        ({"guardian": "oui"}, ["gardien"]),
        ({"willing": "inconnu"}, []),
        ({"willing": "moins-d-un-quart"}, []),
        ({"willing": "un-quart-a-la-moitie"}, ["prets"]),
        ({"willing": "plus-des-trois-quarts"}, ["prets"]),
        ({"proved": ["fete", "gardien"]}, ["gardien", "fete"]),
    ],
)
def test_a_criterion_is_met_by_the_survey_s_own_line_or_by_what_the_visit_saw(
    survey: dict[str, Any], met: list[str]
) -> None:
    found = measured(SMALL, building(**survey))
    assert ids(found.met) == met
    assert set(ids(found.met)) | set(ids(found.missing)) == set(ids(SMALL.criteria))


@pytest.mark.parametrize(
    ("proved", "reached", "following", "needed", "more"),
    [
        ([], None, "un", [], 1),
        (["lieux"], "un", "deux", ["fete"], 1),
        (["lieux", "gardien", "prets"], "un", "deux", ["fete"], 0),
        (["lieux", "prets", "fete"], "deux", "trois", ["gardien"], 0),
        (["lieux", "gardien", "prets", "fete"], "trois", None, [], 0),
    ],
)
def test_a_level_takes_those_below_its_criteria_and_its_number(
    proved: list[str], reached: str | None, following: str | None, needed: list[str], more: int
) -> None:
    found = measured(SMALL, building(proved=proved))
    assert (found.reached.id if found.reached else None) == reached
    assert (found.following.id if found.following else None) == following
    assert ids(found.needed) == needed
    assert found.more == more


def test_a_level_whose_lower_one_is_not_reached_is_not_either() -> None:
    steep = charter([criterion("a"), criterion("b")], [level("un", 0, "a"), level("deux", 0, "b")])
    assert measured(steep, building(proved=["b"])).reached is None


def test_a_criterion_is_asked_only_of_surveys_of_its_time() -> None:
    changing = charter(
        [
            criterion("avant", until="2026-05-31"),
            criterion("jour", since="2026-06-01"),
            criterion("apres", since="2026-06-02"),
        ],
        [level("un", 1)],
    )
    assert ids(measured(changing, building()).missing) == ["jour"]


@pytest.mark.parametrize(("homes", "answers"), [(4, None), (40, 4), (4, 4), (4, 40)])
def test_the_shares_of_too_few_households_are_not_told(homes: int, answers: int | None) -> None:
    small = building(homes, willing="plus-des-trois-quarts", answers=answers)
    assert ids(measured(SMALL, small, 5).unsaid) == ["prets"]
    assert ids(measured(SMALL, small).met) == ["prets"]


def test_what_the_visit_saw_is_told_however_few_they_are() -> None:
    assert measured(SMALL, building(4, proved=["prets"]), 5).unsaid == ()


def test_without_survey_or_without_criteria_nothing_is_measured() -> None:
    assert assess(SMALL, building().model_copy(update={"survey": None})) is None
    assert assess(Charter(), building()) is None


@given(st.data())
def test_every_criterion_is_told_once_and_one_more_never_lowers_the_level(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 60))
    names = [f"c{number}" for number in range(count)]
    rules = charter(
        [criterion(name, **data.draw(st.sampled_from(MEASURES))) for name in names],
        [
            level(f"n{rank}", data.draw(st.integers(0, count)), *data.draw(st.sets(st.sampled_from(names), max_size=4)))
            for rank in range(data.draw(st.integers(0, 4)))
        ],
    )
    proved = data.draw(st.lists(st.sampled_from(names), unique=True))
    found = measured(rules, building(proved=proved), data.draw(st.sampled_from([0, 100])))
    assert sorted(ids((*found.met, *found.missing, *found.unsaid))) == sorted(names)
    before = measured(rules, building(proved=proved))
    better = measured(rules, building(proved=list(dict.fromkeys([*proved, data.draw(st.sampled_from(names))]))))
    assert rank_of(better, rules) >= rank_of(before, rules)
    if before.following:
        enough = [*ids(before.met), *ids(before.needed)]
        others = [name for name in ids(before.missing) if name not in enough][: before.more]
        assert rank_of(measured(rules, building(proved=enough + others)), rules) > rank_of(before, rules)


def rank_of(found: Assessment, rules: Charter) -> int:
    return rules.levels.index(found.reached) if found.reached else -1


# --- the state of a label, day by day

DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 400), st.integers(0, 1200), st.none() | st.integers(0, 1500), st.integers(-500, 2000))
def test_a_label_goes_through_its_states_in_order_and_turns_on_the_day_itself(
    applied: date, wait: int, validity: int, withdrawn: int | None, today: int
) -> None:
    granted = applied + timedelta(days=wait)
    expires = granted + timedelta(days=validity)
    end = granted + timedelta(days=withdrawn) if withdrawn is not None else None
    label = Label(level="un", serial="IS-2026-001", applied=applied, granted=granted, expires=expires, withdrawn=end)
    day = granted + timedelta(days=today)
    state = label.state(day)
    if end and day >= end:
        assert state is LabelState.WITHDRAWN
    elif day < granted:
        assert state is LabelState.CANDIDATE
    elif day > expires:
        assert state is LabelState.EXPIRED
    elif day >= expires - timedelta(days=RENEWAL_NOTICE_DAYS):
        assert state is LabelState.RENEWAL_DUE
    else:
        assert state is LabelState.LABELLED
