"""Which documents are planned, and which are not."""

from datetime import datetime
from pathlib import Path

from generator.campaign.models.fields import PARIS
from generator.site.document_plans import plan_documents
from generator.site.documents import PlannedDocument

from .towns import NOW, add, gathered

LABEL = {
    "level": "engage",
    "applied": "2026-01-01",
    "granted": "2026-02-01",
    "expires": "2027-01-30",
    "serial": "IS-2026-777",
}


def documents(root: Path, now: datetime = NOW) -> dict[str, PlannedDocument]:
    shelf = gathered(root, now).shelf
    assert shelf
    return {each.url: each for each in plan_documents(shelf)}


def neighbourhood(root: Path) -> str:
    return min((root / "data/neighbourhoods").glob("*.yml")).stem


def test_every_document_has_its_own_address_under_the_page_that_offers_it(campaign: Path) -> None:
    result = gathered(campaign)
    assert result.shelf
    planned = plan_documents(result.shelf)
    assert len({each.url for each in planned}) == len(planned)
    assert {each.page for each in planned} <= {page.url for page in result.pages}
    assert all(each.url.startswith(each.page) for each in planned)


def test_a_document_reads_only_what_the_site_shows(campaign: Path) -> None:
    result = gathered(campaign)
    assert result.shelf
    for each in plan_documents(result.shelf):
        assert {*each.reads, *each.named} <= result.shelf.items.keys()


def test_a_plaque_is_for_a_label_that_counts(campaign: Path) -> None:
    place = neighbourhood(campaign)
    add(campaign, "building", "labellise", neighbourhood=place, label=LABEL)
    add(campaign, "building", "candidat", neighbourhood=place, label={"applied": "2026-01-01"})
    assert "/immeubles/labellise/plaque-a4-labellise.pdf" in documents(campaign)
    assert not any("/candidat/plaque" in url for url in documents(campaign))
    after = datetime(2027, 2, 1, tzinfo=PARIS)
    assert not any("/labellise/plaque" in url for url in documents(campaign, after))


def test_a_diploma_that_was_withdrawn_is_not_printed(campaign: Path) -> None:
    place = neighbourhood(campaign)
    add(campaign, "award", "retire", neighbourhood=place, withdrawn="2026-10-01")
    assert not any("/retire/diplome" in url for url in documents(campaign))


def test_an_event_has_a_sheet_until_it_is_over_or_off(campaign: Path) -> None:
    add(campaign, "event", "a-venir")
    add(campaign, "event", "passe", start="2026-05-28 19:00", end="2026-05-28 22:30")
    add(campaign, "event", "annule", cancelled="oui")
    sheets = {each.page for each in documents(campaign).values() if each.kind == "rendez-vous"}
    assert "/agenda/a-venir/" in sheets
    assert not {"/agenda/passe/", "/agenda/annule/"} & sheets


def test_a_programme_covers_a_year_of_paris(campaign: Path) -> None:
    add(campaign, "event", "reveillon", start="2027-12-31 23:45", end="2028-01-01 01:00")
    programme = documents(campaign)["/agenda/programme-2027.pdf"]
    assert ("event", "reveillon") in programme.reads


def test_a_version_in_another_language_says_so(campaign: Path) -> None:
    add(campaign, "kit", "chaleur")
    (campaign / "content/kits/chaleur.en.md").write_text(
        "---\ntitle: Heat\nsummary: One line.\nsource_updated: 2026-09-01\n---\n\nText.\n", "utf-8"
    )
    booklet = next(each for url, each in documents(campaign).items() if "/en/livret" in url)
    assert (booklet.language, booklet.label) == ("en", "Livret à imprimer, en anglais")
