from datetime import datetime
from pathlib import Path

from generator.campaign.models.fields import PARIS
from generator.collector.forms import read_forms
from generator.site.choices import complete

from .towns import NOW, SIGN_UP, add, gathered, library_of, planned


def with_form(root: Path) -> Path:
    (root / "data/forms/reserver.yml").write_text(SIGN_UP, "utf-8")
    add(root, "event", "a-venir")
    add(root, "event", "annule", cancelled="oui")
    add(root, "event", "passe", start="2026-01-10 10:00", end="2026-01-10 12:00")
    return root


def offered(root: Path, source: str, now: datetime = NOW) -> dict[str, str]:
    page = planned(root, now)["/participer/reserver/"]
    return dict(dict(dict(page.values)["choices"])[source])


def test_a_form_offers_the_events_to_come_and_no_cancelled_one(campaign: Path) -> None:
    events = offered(with_form(campaign), "agenda")
    assert "a-venir" in events
    assert not {"annule", "passe"} & events.keys()
    assert (
        events["a-venir"].replace("\u00a0", " ").replace("\u202f", " ") == "Fiche a-venir (vendredi 28 mai 2027, 19 h)"
    )


def test_an_event_that_is_over_leaves_the_form(campaign: Path) -> None:
    assert "a-venir" not in offered(with_form(campaign), "agenda", datetime(2027, 5, 29, tzinfo=PARIS))


def test_the_page_and_the_collector_offer_the_same_choices(campaign: Path) -> None:
    with_form(campaign)
    result = gathered(campaign)
    page = next(page for page in result.pages if page.url == "/participer/reserver/")
    entries = library_of(result).entries
    drawn = complete(entries["form", "reserver"].record, dict(page.values)["choices"])  # type: ignore[arg-type]
    checked = read_forms(campaign, NOW)["reserver"]
    for mine, theirs in zip(drawn.questions, checked.questions, strict=True):
        assert {choice.id: choice.label for choice in mine.choices} == {c.id: c.label for c in theirs.choices}


def test_an_event_leads_to_the_form_that_offers_it(campaign: Path) -> None:
    pages = planned(with_form(campaign))
    assert dict(pages["/agenda/a-venir/"].values)["desk"] == ("form", "reserver")
    assert "desk" not in dict(pages["/agenda/passe/"].values)
    assert "desk" not in dict(pages["/agenda/annule/"].values)


def test_a_closed_form_is_no_way_to_an_event(campaign: Path) -> None:
    with_form(campaign)
    for file in (campaign / "data/forms").glob("*.yml"):
        file.write_text(file.read_text("utf-8") + "closed: oui\n", "utf-8")
    assert not dict(planned(campaign)["/agenda/a-venir/"].values)
