"""The public register: validity first and in words, the survey against the charter, nothing of too few households."""

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from generator.campaign.models.charter import Charter
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Award
from generator.campaign.models.places import Building, Label
from generator.site.register import CHARTER_URL, award_standing, building_extra, charter_extra, label_standing
from generator.site.views import PageView

from .samples import CHARTER
from .towns import RECORDS, add, planned, viewer

BASE = Path(__file__).parents[1] / "campaigns" / "base"
LABEL = {
    "level": "solidaire",
    "serial": "IS-2025-001",
    "applied": "2025-01-10",
    "granted": "2025-03-01",
    "expires": "2027-02-28",
}


def said(day: str, **changes: str) -> list[str]:
    standing = label_standing(Label.model_validate(LABEL | changes), CHARTER, date.fromisoformat(day))
    assert standing
    return [standing.title, standing.text.replace("\u00a0", " "), standing.tone]


@pytest.mark.parametrize(
    ("day", "changes", "title", "tone"),
    [
        ("2025-02-28", {}, "Candidat, pas encore labellisé", "neutral"),
        ("2025-03-01", {}, "Ce label est valable", "good"),
        ("2026-12-29", {}, "Ce label est valable", "good"),
        ("2026-12-30", {}, "Ce label est valable, et à renouveler", "warn"),
        ("2027-02-28", {}, "Ce label est valable, et à renouveler", "warn"),
        ("2027-03-01", {}, "Ce label n’est plus valable", "bad"),
        ("2026-05-31", {"withdrawn": "2026-06-01"}, "Ce label est valable", "good"),
        ("2026-06-01", {"withdrawn": "2026-06-01"}, "Ce label n’est plus valable", "bad"),
    ],
)
def test_the_register_says_first_whether_a_label_counts(
    day: str, changes: dict[str, str], title: str, tone: str
) -> None:
    assert said(day, **changes)[::2] == [title, tone]


def test_it_says_since_when_and_until_when() -> None:
    assert "jusqu’au 28 février 2027 inclus" in said("2026-01-01")[1]
    assert "jusqu’au 28 février 2027, et non renouvelé depuis" in said("2028-01-01")[1]
    assert "retiré le 1er juin 2026" in said("2026-06-01", withdrawn="2026-06-01")[1]


def test_before_the_jury_s_decision_nothing_of_it_shows() -> None:
    text = " ".join(said("2025-02-28"))
    assert "IS-2025" not in text
    assert "Solidaire" not in text


def test_a_diploma_counts_from_the_day_it_is_given() -> None:
    award = Award.model_validate({"id": "x", "title": "X", **RECORDS["award"]})
    assert award_standing(award, date(2026, 5, 31)).title == "Ce diplôme n’est pas encore remis"
    assert award_standing(award, date(2026, 6, 1)).title == "Ce diplôme est valable"


def test_a_diploma_taken_back_no_longer_counts_from_that_day() -> None:
    award = Award.model_validate({"id": "x", "title": "X", **RECORDS["award"], "withdrawn": "2026-09-01"})
    assert award_standing(award, date(2026, 8, 31)).tone == "good"
    standing = award_standing(award, date(2026, 9, 1))
    assert (standing.title, standing.tone) == ("Ce diplôme n’est plus valable", "bad")


def extra(charter: Charter = CHARTER, homes: int = 12, **survey: Any) -> Any:
    given = {"date": "2026-11-01", **survey}
    fields = {"id": "x", "title": "X", "summary": "Une phrase.", **RECORDS["building"], "homes": homes, "survey": given}
    return building_extra(Building.model_validate(fields), charter, 5, date(2026, 11, 23))["assessment"]


def test_what_is_met_and_what_the_next_level_takes_are_told() -> None:
    found = extra(shared_spaces=["Hall"], evidence=[{"criterion": "fete", "seen": "Une tablée."}])
    assert found["score"].replace("\u00a0", " ") == "2 critères remplis sur 5"
    assert [title for title, _ in found["halves"]] == ["Les lieux", "Les liens"]
    assert found["halves"][1][1][0][2:] == ("Rempli", "good", "Une tablée.")
    assert found["following"] == {"title": "Solidaire", "needed": ["Le critère connus"]}


def test_the_shares_of_too_few_households_are_in_no_text() -> None:
    found = extra(answers=4, know_each_other="plus-des-trois-quarts", shared_spaces=["Hall"])
    assert found["unsaid"]
    assert found["following"] is None
    assert ("Le critère connus", "Non publié") in [(line[0], line[2]) for _, lines in found["halves"] for line in lines]
    assert found["score"].replace("\u00a0", " ") == "1 critère rempli sur 4"


@pytest.mark.parametrize("count", [0, 1, 60])
def test_a_charter_has_as_many_criteria_as_it_likes(count: int) -> None:
    criteria = [
        {"id": f"c{rank}", "title": "Long " * 20, "asks": "Une chose. " * 50, "evidence": "Ceci.", "about": "liens"}
        for rank in range(count)
    ]
    charter = Charter.model_validate(
        {"criteria": criteria, "levels": [{"id": "un", "title": "Un", "summary": "Un niveau.", "months": 12}]}
    )
    found = extra(charter)
    assert (found is None) == (count == 0)
    assert sum(len(lines) for _, lines in charter_extra(charter)["halves"]) == count


@pytest.mark.parametrize(
    ("months", "text"), [(6, "6 mois"), (12, "1 an"), (18, "18 mois"), (24, "2 ans"), (36, "3 ans")]
)
def test_how_long_a_level_lasts_is_said_in_years_where_it_can(months: int, text: str) -> None:
    level = {"id": "un", "title": "Un", "summary": "Un niveau.", "months": months}
    (found,) = charter_extra(Charter.model_validate({"levels": [level]}))["levels"]
    assert found["validity"].replace("\u00a0", " ") == text


# --- pages


def register(root: Path) -> None:
    """Add a building in each state."""
    (root / "data/labels.yml").write_text(json.dumps(CHARTER.model_dump(mode="json", exclude_unset=True)), "utf-8")
    survey = {
        "date": "2025-01-10",
        "shared_spaces": ["Hall"],
        "know_each_other": "plus-des-trois-quarts",
        "evidence": [{"criterion": "fete", "seen": "Une tablée."}],
    }
    states = {
        "valable": {},
        "expire": {"serial": "IS-2025-002", "expires": "2026-02-28"},
        "retire": {"serial": "IS-2025-003", "withdrawn": "2026-06-01"},
        "engage": {"serial": "IS-2025-004", "level": "engage", "expires": "2026-02-01"},
    }
    for id_, changes in states.items():
        add(root, "building", f"tour-{id_}", neighbourhood="centre", survey=survey, label=LABEL | changes)
    add(root, "building", "tour-sans-label", neighbourhood="centre")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(BASE, tmp_path / "town"))
    register(root)
    return root


def test_the_register_is_narrowed_by_state_and_by_level_through_real_pages(town: Path) -> None:
    pages = planned(town)
    filters = {each.title: {link.title: link for link in each.links} for each in pages["/immeubles/"].filters}
    assert list(filters["Par état du label"]) == [
        "Tous", "Sans label", "Label en cours de validité", "Label expiré", "Label retiré",
    ]  # fmt: skip
    expired = filters["Par état du label"]["Label expiré"]
    assert expired.size == 2
    assert [key[1] for key in pages[expired.url].cards] == ["tour-engage", "tour-expire"]
    assert list(filters["Par niveau"]) == ["Tous", "Niveau Solidaire"]


def test_a_building_s_page_shows_its_number_only_when_it_has_a_label(town: Path) -> None:
    view = viewer(town)
    page: PageView = view("/immeubles/tour-expire/")
    assert page.extra["standing"].serial == "IS-2025-002"
    assert page.extra["proof"].address.endswith("/immeubles/tour-expire/")
    assert view("/immeubles/tour-sans-label/").extra["standing"] is None
    assert view("/immeubles/tour-sans-label/").extra["proof"] is None


def test_a_page_s_state_turns_with_the_day(town: Path) -> None:
    def title(moment: str) -> str:
        now = datetime.fromisoformat(moment).replace(tzinfo=PARIS)
        text: str = viewer(town, now)("/immeubles/tour-expire/").extra["standing"].title
        return text

    assert title("2026-02-28T23:59") == "Ce label est valable, et à renouveler"
    assert title("2026-03-01T00:00") == "Ce label n’est plus valable"


def test_without_a_charter_there_is_no_page_of_it_and_no_link_to_it(campaign: Path) -> None:
    assert CHARTER_URL in planned(campaign)
    (campaign / "data/labels.yml").unlink()
    for path in (campaign / "data/buildings").iterdir():
        text = path.read_text("utf-8")
        head = text[: text.index("survey:")] + text[text.index("description:") :]
        path.write_text(head, "utf-8")
    pages = planned(campaign)
    assert CHARTER_URL not in pages
    assert dict(pages["/immeubles/"].values)["charter"] == ""
