from datetime import datetime
from typing import Any

import pytest

from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from generator.site.sketches import Sketch, sketch, sort_key

from .samples import CHARTER
from .towns import NOW, RECORDS


def drawn(kind: str, now: datetime = NOW, **fields: Any) -> Sketch:
    base = {"id": "x", "title": "Fiche", "summary": "Une phrase."}
    if "summary" not in KINDS[kind].model.model_fields:
        del base["summary"]
    return sketch(kind, KINDS[kind].model.model_validate(base | RECORDS.get(kind, {}) | fields), now, CHARTER)


def tags(found: Sketch) -> list[str]:
    return [tag.text for tag in found.tags]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


LABEL = {"level": "solidaire", "applied": "2025-01-10", "granted": "2025-03-01", "expires": "2027-02-28"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-28", ["Candidat au label"]),
        ("2025-03-01", ["Niveau Solidaire", "Label en cours de validité"]),
        ("2026-12-29", ["Niveau Solidaire", "Label en cours de validité"]),
        ("2026-12-30", ["Niveau Solidaire", "Label à renouveler"]),
        ("2027-02-28", ["Niveau Solidaire", "Label à renouveler"]),
        ("2027-03-01", ["Label expiré"]),
    ],
)
def test_a_label_says_what_it_is_worth_on_the_day(day: str, expected: list[str]) -> None:
    assert tags(drawn("building", at(f"{day} 12:00"), label=LABEL)) == expected


def test_a_label_withdrawn_shows_neither_level_nor_validity() -> None:
    label = LABEL | {"withdrawn": "2026-09-01"}
    assert tags(drawn("building", at("2026-08-31 23:59"), label=label))[1] == "Label en cours de validité"
    assert tags(drawn("building", at("2026-09-01 00:00"), label=label)) == ["Label retiré"]


def test_a_building_without_label_says_so() -> None:
    assert tags(drawn("building")) == ["Sans label"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-05-28 18:59", []),
        ("2027-05-28 19:00", ["En ce moment"]),
        ("2027-05-28 22:29", ["En ce moment"]),
        ("2027-05-28 22:31", ["Passé"]),
    ],
)
def test_an_event_is_to_come_then_under_way_then_past(now: str, expected: list[str]) -> None:
    assert tags(drawn("event", at(now))) == expected


def test_a_cancelled_event_says_so_before_and_after_its_date() -> None:
    assert tags(drawn("event", at("2027-01-01 12:00"), cancelled="oui")) == ["Annulé"]
    assert tags(drawn("event", at("2028-01-01 12:00"), cancelled="oui")) == ["Annulé"]


def test_an_initiative_not_verified_for_a_year_says_so_unless_it_is_over() -> None:
    assert tags(drawn("initiative", at("2026-11-01 12:00"), verified="2025-11-01")) == []
    assert tags(drawn("initiative", at("2026-11-02 12:00"), verified="2025-11-01")) == ["Fiche à vérifier"]
    assert tags(drawn("initiative", verified="2024-01-01", status="terminee")) == ["Terminée"]


def test_a_diploma_is_withdrawn_from_its_day_on() -> None:
    assert tags(drawn("award", at("2026-10-31 12:00"), withdrawn="2026-11-01")) == []
    assert tags(drawn("award", at("2026-11-01 00:00"), withdrawn="2026-11-01")) == ["Diplôme retiré"]


def test_readers_sort_by_letters_without_accents_or_opening_articles() -> None:
    titles = ["L'établi", "Zinc", "Le café", "École", "Des voisins", "Étage", "La Œuvre", "Lavoir", "Oasis"]
    assert sorted(titles, key=sort_key) == [
        "Le café", "École", "L'établi", "Étage", "Lavoir", "Oasis", "La Œuvre", "Des voisins", "Zinc",
    ]  # fmt: skip


def test_an_opening_quotation_mark_does_not_count() -> None:
    assert sort_key("« Les Tilleuls »") < sort_key("Voisins") < sort_key("«\u202fZut\u202f!\u202f»")
    assert sort_key("🌻") == "🌻"


def test_an_article_alone_is_a_title_like_another() -> None:
    assert sort_key("L’") == "l’"
    assert sort_key("Laverie") == "laverie"


def test_numbers_sort_by_their_size() -> None:
    titles = ["Bâtiment 10", "Bâtiment 2", "Bâtiment 1"]
    assert sorted(titles, key=sort_key) == ["Bâtiment 1", "Bâtiment 2", "Bâtiment 10"]


def test_networks_come_before_other_partners_and_national_ones_first() -> None:
    found = {
        (scope, network): drawn("organisation", scope=scope, network=network)
        for scope in ("local", "national")
        for network in ("oui", "non")
    }
    order = sorted(found, key=lambda key: found[key].order)
    assert order[:2] == [("national", "oui"), ("local", "oui")]
    assert {found[key].group for key in order[2:]} == {"Organisations"}
    assert found["local", "oui"].group == "Réseaux locaux"


def test_seasonal_kits_come_in_the_order_of_the_year_then_emergencies() -> None:
    seasons = ["printemps", "ete", "automne", "hiver"]
    orders = [drawn("kit", season=season).order for season in seasons]
    flood = drawn("kit", season=None, emergency="inondation")
    assert sorted(orders) == orders
    assert max(orders) < flood.order
    assert flood.kicker == "Urgence\u00a0: inondation"
