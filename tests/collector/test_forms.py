"""Forms read from a campaign: choices that are records, faults, changes while the collector runs."""

import os
from datetime import UTC, datetime

import httpx
import pytest

from generator.campaign.models.forms import Form
from generator.collector.forms import Unreadable, read_forms
from generator.collector.settings import Library, read_config
from tests.collector.town import Town

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def events(town: Town, now: datetime = NOW) -> list[str]:
    (question,) = [
        each for each in read_forms(town.root, now)["s-inscrire-a-un-rendez-vous"].questions if each.id == "event"
    ]
    return [choice.id for choice in question.choices]


def test_events_to_come_are_choices_in_order_and_past_or_cancelled_ones_are_not(town: Town) -> None:
    found = events(town)
    assert "noel-des-voisins-2026" in found
    assert "fete-des-voisins-2026" not in found
    path = town.root / "data" / "events" / "noel-des-voisins-2026.yml"
    path.write_text(path.read_text("utf-8") + "cancelled: oui\n", "utf-8")
    assert "noel-des-voisins-2026" not in events(town)


def test_a_form_that_needs_a_choice_and_has_none_left_is_closed(town: Town) -> None:
    assert "s-inscrire-a-un-rendez-vous" not in read_forms(town.root, datetime(2040, 1, 1, tzinfo=UTC))


def test_a_faulty_form_is_named(town: Town) -> None:
    (town.root / "data" / "forms" / "lettre-d-information.yml").write_text("title: [")
    with pytest.raises(Unreadable, match=r"lettre-d-information\.yml, ligne 1"):
        read_forms(town.root, NOW)


def test_a_running_collector_follows_its_forms_and_survives_a_faulty_one(town: Town) -> None:
    moment = [NOW.timestamp()]
    library = Library(town.root, read_config(town.root), lambda: moment[0])
    path = town.root / "data" / "forms" / "lettre-d-information.yml"
    text = path.read_text("utf-8")
    for change, closed in ((text + "closed: oui\n", True), ("title: [", True), (text, False)):
        path.write_text(change, "utf-8")
        moment[0] += 10
        os.utime(path, (moment[0], moment[0]))
        library.refresh()
        assert ("lettre-d-information" not in library.forms) == closed


def test_a_closed_form_answers_404(town: Town) -> None:
    from tests.collector.town import running

    path = town.root / "data" / "forms" / "lettre-d-information.yml"
    path.write_text(path.read_text("utf-8") + "closed: oui\n", "utf-8")
    with running(town) as collector:
        assert httpx.get(f"{collector.url}/forms/lettre-d-information").status_code == 404


def raw(**changed: object) -> dict[str, object]:
    question = {"id": "nom", "type": "texte", "label": "Nom"}
    privacy = {
        "purpose": "Essai.",
        "legal_basis": "mission-d-interet-public",
        "recipients": ["x"],
        "retention_months": "1",
    }
    form = {"id": "f", "title": "F", "summary": "F.", "thanks": "Merci.", "privacy": privacy}
    return {**form, "sections": [{"title": "P", "questions": [question]}], **changed}


def asked(**question: object) -> dict[str, object]:
    return raw(sections=[{"title": "P", "questions": [{"id": "nom", "label": "Nom", "type": "texte", **question}]}])


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (asked(id="token"), "réservé"),
        (asked(id="Nom"), "nom de champ"),
        (asked(type="choix"), "sans liste"),
        (asked(choices=[{"id": "a", "label": "A"}]), "pas un choix"),
        (asked(type="courriel", fills="title"), "coordonnée"),
        (raw(confirm="nom"), "courriel"),
        (raw(privacy={**raw()["privacy"], "legal_basis": "consentement"}), "case à cocher"),  # type: ignore[dict-item]
        (raw(sections=[{"title": "P", "questions": [asked()["sections"][0]["questions"][0]] * 2}]), "du même nom"),  # type: ignore[index]
    ],
)
def test_a_form_that_makes_no_sense_is_told_why(form: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Form.model_validate(form)
