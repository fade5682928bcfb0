from typing import Any

import pytest

from generator.campaign.models import KINDS
from generator.config import SiteConfig
from generator.site.facts import Named, facts
from generator.site.views import Card, Fact

from .samples import CHARTER, CONFIG
from .test_sketches import at
from .towns import RECORDS

CARDS = {
    ("neighbourhood", "la-gare"): Card("neighbourhood", "la-gare", "/quartiers/la-gare/", "La Gare"),
    ("portrait", "lea"): Card("portrait", "lea", "/portraits/lea/", "Léa"),
}


def of(kind: str, day: str = "2026-11-23 12:00", config: SiteConfig = CONFIG, **fields: Any) -> dict[str, Fact]:
    """Give a record's facts by label."""
    base = {"id": "x", "title": "Fiche", "summary": "Une phrase."}
    if "summary" not in KINDS[kind].model.model_fields:
        del base["summary"]
    record = KINDS[kind].model.model_validate(base | RECORDS[kind] | fields)
    found = facts(kind, record, Named(CARDS, config, at(day), CHARTER))
    assert len({fact.label for fact in found}) == len(found)
    return {fact.label: fact for fact in found}


def values(found: dict[str, Fact]) -> dict[str, str]:
    return {label: fact.value.replace("\u00a0", " ") for label, fact in found.items()}


LABEL = {"level": "solidaire", "applied": "2025-01-10", "granted": "2025-03-01", "expires": "2027-02-28"}


def test_the_register_says_nothing_that_is_still_to_come() -> None:
    found = values(of("building", "2025-02-01 12:00", label=LABEL))
    assert found["État"] == "Candidat au label"
    assert found["Candidature"] == "10 janvier 2025"
    assert not {"Niveau", "Attribué le", "Valable jusqu’au"} & found.keys()


def test_the_register_says_until_when_a_label_holds_then_when_it_ended() -> None:
    assert values(of("building", label=LABEL))["Valable jusqu’au"] == "28 février 2027"
    ended = values(of("building", "2027-03-01 12:00", label=LABEL))
    assert ended["Expiré le"] == "28 février 2027"
    assert ended["Niveau atteint"] == "Solidaire"
    assert "Niveau" not in ended


def test_a_withdrawn_label_shows_its_day_and_no_validity() -> None:
    found = values(of("building", label=LABEL | {"withdrawn": "2026-09-01"}))
    assert found["Retiré le"] == "1er septembre 2026"
    assert "Valable jusqu’au" not in found


def test_what_was_not_surveyed_is_not_shown() -> None:
    found = of("building", survey={"date": "2026-05-01", "know_each_other": "plus-des-trois-quarts"})
    assert found["Voisins qui se connaissent"].value == "Plus des trois quarts des foyers"
    assert "Foyers prêts à aider" not in found


def test_shared_places_read_as_one_sentence() -> None:
    survey = {"date": "2026-05-01", "shared_spaces": ["Hall", "Cour plantée"]}
    assert of("building", survey=survey)["Lieux partagés"].value == "Hall, cour plantée"


def test_an_address_names_the_town() -> None:
    assert values(of("building", postcode="36999"))["Adresse"] == "1 rue du Dépôt, 36999 Aubrenay"


def test_a_fact_leads_to_the_page_of_the_record_it_names() -> None:
    assert of("portrait")["Quartier"].url == "/quartiers/la-gare/"


def test_an_invented_person_is_said_to_be_one() -> None:
    assert of("portrait", example="oui")["Exemple"].value == "Personne inventée"
    assert "Exemple" not in of("portrait")


def test_a_diploma_without_a_public_name_leads_to_nobody() -> None:
    named = of("award", holder="Léa", portrait="lea")["Titulaire"]
    discreet = of("award", portrait="lea")
    assert (named.value, named.url) == ("Léa", "/portraits/lea/")
    assert discreet["Titulaire"] == Fact("Titulaire", "Nom non publié")
    assert all("lea" not in fact.url for fact in discreet.values())


def test_a_record_of_the_whole_town_says_so() -> None:
    assert of("initiative")["Quartier"].value == "Toute la ville"


@pytest.mark.parametrize("kind", [kind for kind in RECORDS if kind != "page"])
def test_no_fact_is_empty(kind: str) -> None:
    assert all(fact.label and fact.value for fact in of(kind).values())


def page(id_: str, config: SiteConfig = CONFIG) -> dict[str, Fact]:
    return of("page", config=config, id=id_)


def test_the_legal_notice_names_who_publishes_who_answers_and_who_hosts() -> None:
    found = page("mentions-legales")
    shown = values(found)
    assert shown["Commune éditrice"] == CONFIG.town.name
    assert CONFIG.town.address in shown["Adresse"]
    assert shown["Direction de la publication"] == CONFIG.town.director
    assert shown["Hébergeur"] == CONFIG.host.name
    assert shown["Adresse de l’hébergeur"] == CONFIG.host.address
    assert found["Téléphone"] == Fact("Téléphone", "02 61 91 00 00", "tel:0261910000")
    assert found["Téléphone de l’hébergeur"].url == "tel:0261910001"
    assert found["Adresse électronique"].url == "mailto:mairie@aubrenay.example"


def test_the_privacy_page_names_the_data_protection_officer() -> None:
    found = page("vie-privee")
    assert found["Protection des données"].value == CONFIG.dpo.role
    assert found["Adresse électronique"].url == f"mailto:{CONFIG.dpo.email}"


def test_the_accessibility_page_tells_the_state_and_what_is_known_to_fail() -> None:
    statement = {"known_issues": ["Le plan n'a pas de liste.", "Le site n'a pas été audité."]}
    found = page("accessibilite", _with(accessibility=statement))
    assert found["État"].value == "Non conforme"
    assert found["Audit"].value == "Aucun à ce jour"
    assert found["Défauts connus"].value == "Le plan n’a pas de liste. Le site n’a pas été audité."
    assert "Critères respectés" not in found


def test_the_accessibility_page_gives_a_share_only_from_an_audit() -> None:
    statement = {"audited_on": "mars 2026", "auditor": "Accès & Cie", "criteria_met": "72"}
    found = values(page("accessibilite", _with(accessibility=statement)))
    assert found["État"] == "Partiellement conforme"
    assert found["Audit"] == "mars 2026, par Accès & Cie"
    assert found["Critères respectés"] == "72\u202f%"


def test_other_pages_have_no_facts() -> None:
    assert page("a-propos") == {}


def _with(**fields: Any) -> SiteConfig:
    return SiteConfig.model_validate(CONFIG.model_dump(exclude_none=True) | fields)


def test_the_day_is_that_of_paris() -> None:
    assert "Valable jusqu’au" in of("building", "2027-02-28 23:59", label=LABEL)
