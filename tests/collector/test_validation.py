"""Answers checked: real people's names are kept exactly, and each rule has its sentence."""

from typing import Any

import pytest

from generator.campaign.models.forms import Form
from generator.collector.validation import check


def form(**question: Any) -> Form:
    question = {"id": "q", "label": "Question", **question}
    return Form.model_validate(
        {
            "id": "essai",
            "title": "Essai",
            "summary": "Un essai.",
            "thanks": "Merci.",
            "sections": [{"title": "Partie", "questions": [question]}],
            "privacy": {
                "purpose": "Essayer.",
                "legal_basis": "mission-d-interet-public",
                "recipients": ["personne"],
                "retention_months": "1",
            },
        }
    )


@pytest.mark.parametrize(
    "name",
    [
        "O'Neil",
        "Zoë",
        "李",
        "N'Guyen",
        "Jean-Élie d'Ys",
        "X",
        "a" * 120,
        "مريم",
        "e\u0301lodie",
        "=HYPERLINK(1)",
        "{{ 7*7 }}",
        "<b>",
        " espace ",
        "a\r\nBcc: x",
        "🙂" * 120,
    ],
)
def test_a_name_is_kept_exactly(name: str) -> None:
    answers, errors = check(form(type="texte"), {"q": name})
    assert (answers, errors) == ({"q": name}, {})


@pytest.mark.parametrize("sent", ["", "   ", None, "\t\n"])
def test_a_required_answer_is_asked_for(sent: str | None) -> None:
    assert "Question" in check(form(type="texte"), {"q": sent})[1]["q"]
    assert check(form(type="texte", required="non"), {"q": sent}) == ({"q": None}, {})


def test_too_long_a_text_is_told_its_limit() -> None:
    assert "120" in check(form(type="texte"), {"q": "a" * 121})[1]["q"]
    assert check(form(type="texte-long", max_length="10"), {"q": "a\r\n" * 5})[1] == {}


@pytest.mark.parametrize(
    "sent", ["nom@exemple.fr", " nom@exemple.fr ", "a+b'c@sous.domaine.example", "x" * 64 + "@e.fr"]
)
def test_an_address_is_taken(sent: str) -> None:
    assert check(form(type="courriel"), {"q": sent}) == ({"q": sent.strip()}, {})


@pytest.mark.parametrize(
    "sent",
    ["nom", "nom@", "nom@exemple", "a@b.c d", "a@b.fr\r\nBcc: x@y.fr", "é@exemple.fr", "a@" + "b" * 70 + ".fr", ["x"]],
)
def test_what_is_no_address_is_told(sent: Any) -> None:
    assert "adresse" in check(form(type="courriel"), {"q": sent})[1]["q"]


@pytest.mark.parametrize(
    "sent", ["06 39 98 00 01", "+33 6 39 98 00 01", "06.39.98.00.01", "+33 (0)6-39-98-00-01", "00 33 639980001"]
)
def test_a_telephone_number_is_taken_as_it_is_typed(sent: str) -> None:
    assert check(form(type="telephone"), {"q": sent}) == ({"q": sent}, {})


@pytest.mark.parametrize("sent", ["06", "06 39 98 00 01 appelez le soir", "+" * 12, "1" * 26, "0639980001;x"])
def test_what_is_no_number_is_told(sent: str) -> None:
    assert "téléphone" in check(form(type="telephone"), {"q": sent})[1]["q"]


def test_choices_are_those_of_the_list() -> None:
    asked = form(type="choix", choices=[{"id": "a", "label": "A"}, {"id": "b", "label": "B", "stops": "Pas ici."}])
    assert check(asked, {"q": "a"})[0] == {"q": "a"}
    assert check(asked, {"q": "b"})[1] == {"q": "Pas ici."}
    for wrong in ("c", ["a"], 1, True, "A"):
        assert "liste" in check(asked, {"q": wrong})[1]["q"]


def test_several_choices_are_kept_in_the_list_s_order() -> None:
    asked = form(type="choix-multiples", choices=[{"id": "a", "label": "A"}, {"id": "b", "label": "B"}])
    assert check(asked, {"q": ["b", "a"]})[0] == {"q": ["a", "b"]}
    assert check(asked, {"q": "b"})[0] == {"q": ["b"]}
    assert "q" in check(asked, {"q": []})[1]
    assert "q" in check(asked, {"q": ["a", "z"]})[1]
    assert check(form(type="choix-multiples", required="non", choices=[{"id": "a", "label": "A"}]), {}) == (
        {"q": []},
        {},
    )


@pytest.mark.parametrize("sent", ["0", "-1", "13", "1.5", "douze", "1e3", 2**70, True, [1], "９"])
def test_a_number_has_its_bounds_and_digits(sent: Any) -> None:
    assert "q" in check(form(type="nombre", min="1", max="12"), {"q": sent})[1]


def test_a_number_is_a_number() -> None:
    assert check(form(type="nombre", min="0"), {"q": "0"})[0] == {"q": 0}
    assert check(form(type="nombre"), {"q": 12})[0] == {"q": 12}


@pytest.mark.parametrize(
    "sent", ["2026-02-30", "30/01/2026", "20260130", "2026-W01-1", "", True, "1925-12-31", "2031-01-01"]
)
def test_a_date_exists_and_lies_within_its_bounds(sent: Any) -> None:
    asked = form(type="date", first_day="1926-01-01", last_day="2030-12-31")
    assert "q" in check(asked, {"q": sent})[1]


def test_consent_is_a_box_that_was_ticked() -> None:
    assert check(form(type="consentement"), {"q": "oui"})[0] == {"q": True}
    for sent in ("non", "", None, False, "0"):
        assert "q" in check(form(type="consentement"), {"q": sent})[1]
    assert check(form(type="consentement", required="non"), {}) == ({"q": False}, {})


def test_what_was_not_asked_is_not_kept() -> None:
    assert check(form(type="texte"), {"q": "a", "santé": "secret"})[0] == {"q": "a"}
