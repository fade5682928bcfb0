"""A proposed initiative becomes a draft record, with the personal part left out."""

from typing import Any

import pytest

from generator.campaign.models.actors import Initiative
from generator.campaign.sources import decode, parse
from generator.signups.drafts import slug
from tests.collector.town import Town
from tests.signups.staff import sign_up, ville

PROPOSED: dict[str, Any] = {
    "title": "L'atelier vélo : réparer d'Olympe",
    "summary": "Un atelier # pour réparer son vélo.",
    "story": (
        "  On se retrouve le samedi.\r\n\r\n"
        "Appelez-moi au 06 39 98 77 66 ou à paul@courrier.example.\r\n- tous les âges\t!"
    ),
    "actor": "habitants",
    "status": "active",
    "neighbourhood": "la-gare",
    "age": "seize-ans-ou-plus",
    "name": "Paul Personnel",
    "email": "paul@courrier.example",
    "agreement": "oui",
}


def accepted(town: Town) -> str:
    (town.root / "data" / "initiatives").mkdir()
    name = sign_up(town, form="proposer-une-initiative", **PROPOSED)
    assert ville(town, "accept", name[:10]) == 0
    (path,) = (town.root / "data" / "initiatives").iterdir()
    assert path.name == "l-atelier-velo-reparer-d-olympe.yml"
    return path.read_text("utf-8")


def test_the_draft_is_a_valid_record(town: Town) -> None:
    raw = parse(decode(accepted(town).encode()))
    assert isinstance(raw, dict)
    record = Initiative.model_validate({"id": "x", **raw})
    assert record.verified.isoformat() == "2026-11-23"
    assert record.neighbourhood == "la-gare"
    assert "tous les âges" in record.story


def test_nothing_of_the_person_is_in_it(town: Town) -> None:
    text = accepted(town)
    for personal in ("Paul", "courrier.example", "06 39 98 77 66", "seize-ans"):
        assert personal not in text
    assert text.count("[coordonnée retirée]") == 2


def test_other_forms_become_no_record(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    assert ville(town, "accept", sign_up(town)) == 1
    assert ville(town, "accept", "inconnu") == 1
    assert "ne deviennent pas des fiches" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("title", "name"),
    [("Été d'Œuvres", "ete-d-oeuvres"), ("李", "initiative"), ("../../x", "x"), ("a" * 200, "a" * 80), ("CON", "con")],
)
def test_a_title_makes_an_id(title: str, name: str) -> None:
    assert slug(title) == name
