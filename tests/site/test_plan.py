import shutil
from pathlib import Path

import pytest

from generator.site.overviews import SITEMAP_LIMIT
from generator.site.planned import PlannedGroup, PlannedPage
from generator.site.record_pages import GROUP_LIMIT

from .towns import add, add_many, planned


def tie(campaign: Path) -> None:
    """Add a neighbourhood where everything is tied to everything."""
    add(campaign, "neighbourhood", "port", title="Le Port")
    add(campaign, "scheme", "registre", kits=["cafe"])
    add(campaign, "organisation", "tablee", neighbourhoods=["port"])
    add(campaign, "kit", "cafe")
    add(campaign, "building", "tour", neighbourhood="port", landlord="tablee")
    add(
        campaign,
        "initiative",
        "palier",
        neighbourhood="port",
        organisation="tablee",
        schemes=["registre"],
        kits=["cafe"],
    )
    add(campaign, "portrait", "lea", neighbourhood="port", building="tour", initiatives=["palier"])
    add(campaign, "award", "diplome", neighbourhood="port", holder="Léa", building="tour", portrait="lea")
    add(campaign, "event", "fete", neighbourhood="port", kits=["cafe"], schemes=["registre"], organisations=["tablee"])
    add(campaign, "pilot_site", "essai", neighbourhood="port", buildings=["tour"])
    add(campaign, "indicator", "liens", neighbourhood="port", pilot_site="essai")
    add(campaign, "press_release", "annonce", neighbourhoods=["port"], portraits=["lea"], events=["fete"])
    add(campaign, "lesson", "bilan", buildings=["tour"], initiatives=["palier"])


@pytest.fixture(scope="module")
def tied(bare_campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, PlannedPage]:
    """Give the pages of a campaign with such a neighbourhood."""
    root = Path(shutil.copytree(bare_campaign, tmp_path_factory.mktemp("tied") / "campaign"))
    tie(root)
    return planned(root)


def groups(page: PlannedPage) -> dict[str, list[str]]:
    """Give the ids that a page shows in groups, by kind."""
    return {group.keys[0][0]: [id_ for _, id_ in group.keys] for group in page.groups}


def group_of(page: PlannedPage, kind: str) -> PlannedGroup:
    return next(group for group in page.groups if group.keys[0][0] == kind)


def test_a_neighbourhood_shows_all_that_happens_there(tied: dict[str, PlannedPage]) -> None:
    page = tied["/quartiers/port/"]
    assert groups(page) == {
        "event": ["fete"],
        "initiative": ["palier"],
        "building": ["tour"],
        "portrait": ["lea"],
        "award": ["diplome"],
        "organisation": ["tablee"],
        "pilot_site": ["essai"],
        "press_release": ["annonce"],
    }
    assert ("indicator", "liens") in page.reads


@pytest.mark.parametrize(
    ("url", "kind", "ids"),
    [
        ("/portraits/lea/", "initiative", ["palier"]),
        ("/portraits/lea/", "award", ["diplome"]),
        ("/initiatives/palier/", "portrait", ["lea"]),
        ("/initiatives/palier/", "scheme", ["registre"]),
        ("/initiatives/palier/", "lesson", ["bilan"]),
        ("/dispositifs/registre/", "initiative", ["palier"]),
        ("/dispositifs/registre/", "event", ["fete"]),
        ("/kits/cafe/", "scheme", ["registre"]),
        ("/kits/cafe/", "event", ["fete"]),
        ("/kits/cafe/", "initiative", ["palier"]),
        ("/immeubles/tour/", "portrait", ["lea"]),
        ("/immeubles/tour/", "award", ["diplome"]),
        ("/immeubles/tour/", "pilot_site", ["essai"]),
        ("/partenaires/tablee/", "building", ["tour"]),
        ("/partenaires/tablee/", "initiative", ["palier"]),
        ("/partenaires/tablee/", "event", ["fete"]),
        ("/sites-pilotes/essai/", "building", ["tour"]),
        ("/agenda/fete/", "organisation", ["tablee"]),
        ("/agenda/fete/", "press_release", ["annonce"]),
    ],
)
def test_references_are_followed_both_ways(tied: dict[str, PlannedPage], url: str, kind: str, ids: list[str]) -> None:
    assert groups(tied[url])[kind] == ids


def test_a_record_named_in_the_facts_is_not_shown_twice(tied: dict[str, PlannedPage]) -> None:
    pages = tied
    assert "building" not in groups(pages["/portraits/lea/"])
    assert ("building", "tour") in pages["/portraits/lea/"].named
    assert "organisation" not in groups(pages["/immeubles/tour/"])


def test_a_group_says_how_the_two_belong_together(tied: dict[str, PlannedPage]) -> None:
    pages = tied
    assert group_of(pages["/agenda/fete/"], "organisation").title == "Les organisateurs"
    assert group_of(pages["/quartiers/port/"], "organisation").title == "Partenaires"


def test_whoever_fills_in_a_form_is_not_sent_to_the_method(campaign: Path) -> None:
    forms = [page for page in planned(campaign).values() if page.layout == "form"]
    assert forms
    assert not any("step" in groups(page) for page in forms)


def test_hidden_records_are_on_no_page(campaign: Path) -> None:
    tie(campaign)
    portrait = campaign / "data/portraits/lea.yml"
    portrait.write_text(portrait.read_text("utf-8").replace("2028-01-01", "2026-11-22"), "utf-8")
    pages = planned(campaign)
    assert "/portraits/lea/" not in pages
    assert not any(("portrait", "lea") in page.shown() for page in pages.values())


def test_a_long_group_leads_to_the_neighbourhoods_part_of_the_list(campaign: Path) -> None:
    add(campaign, "neighbourhood", "port")
    for number in range(GROUP_LIMIT + 1):
        add(campaign, "initiative", f"port-{number:02}", neighbourhood="port")
    pages = planned(campaign)
    group = group_of(pages["/quartiers/port/"], "initiative")
    assert len(group.keys) == GROUP_LIMIT
    assert (group.more, group.more_text) == ("/initiatives/quartier-port/", "Toutes les initiatives du quartier")
    assert group.more in pages


def test_a_long_group_elsewhere_leads_to_the_whole_list_and_claims_nothing_more(campaign: Path) -> None:
    add(campaign, "kit", "cafe")
    for number in range(GROUP_LIMIT + 1):
        add(campaign, "event", f"cafe-{number:02}", kits=["cafe"])
    group = group_of(planned(campaign)["/kits/cafe/"], "event")
    assert (group.more, group.more_text) == ("/agenda/", "Tout l’agenda")


def test_a_neighbourhood_with_past_dates_only_leads_to_no_missing_page(campaign: Path) -> None:
    add(campaign, "neighbourhood", "port")
    for number in range(1, GROUP_LIMIT + 2):
        day = f"2026-01-{number:02}"
        add(campaign, "event", f"e{number}", start=f"{day} 10:00", end=f"{day} 11:00", neighbourhood="port")
    pages = planned(campaign)
    assert group_of(pages["/quartiers/port/"], "event").more in pages


def test_what_is_to_come_is_shown_before_what_is_past(campaign: Path) -> None:
    add(campaign, "neighbourhood", "port")
    for id_, day in {"past": "2026-09-01", "older": "2026-01-01", "next": "2026-12-01", "later": "2027-06-01"}.items():
        add(campaign, "event", id_, start=f"{day} 10:00", end=f"{day} 11:00", neighbourhood="port")
    assert groups(planned(campaign)["/quartiers/port/"])["event"] == ["next", "later", "past", "older"]


def test_dated_pages_and_steps_lead_to_the_one_before_and_the_one_after(campaign: Path) -> None:
    pages = planned(campaign)
    for layout in ("step", "event", "press_release", "lesson"):
        chain = [page for page in pages.values() if page.layout == layout]
        assert chain[0].before is chain[-1].after is None
        assert [page.after for page in chain[:-1]] == [page.key for page in chain[1:]]
        assert [page.before for page in chain[1:]] == [page.key for page in chain[:-1]]


def test_steps_follow_their_numbers(campaign: Path) -> None:
    page = planned(campaign)["/methode/"]
    assert [id_ for _, id_ in page.cards][:3] == ["recenser", "greffer", "choisir-les-sites"]


def test_pages_whose_order_means_nothing_have_no_neighbours(campaign: Path) -> None:
    pages = planned(campaign).values()
    assert all(page.before is page.after is None for page in pages if page.layout in ("kit", "portrait", "initiative"))


def test_success_factors_and_pilot_sites_keep_the_order_they_were_written_in(campaign: Path) -> None:
    method = planned(campaign)["/methode/"]
    text = (campaign / "data/method.yml").read_text("utf-8")
    factors = [id_ for kind, id_ in method.reads if kind == "factor"]
    assert factors == sorted(factors, key=lambda id_: text.index(f"id: {id_}\n"))


def test_a_former_id_becomes_a_page_that_leads_to_the_present_one(campaign: Path) -> None:
    add(campaign, "kit", "canicule-2027", aliases=["canicule-2026", "chaleur"])
    pages = planned(campaign)
    for alias in ("canicule-2026", "chaleur"):
        page = pages[f"/kits/{alias}/"]
        assert page.layout == "redirect"
        assert dict(page.values)["target"] == "/kits/canicule-2027/"


def test_the_home_page_shows_the_next_dates_that_will_take_place(campaign: Path) -> None:
    add(campaign, "event", "annule", start="2026-11-24 10:00", end="2026-11-24 11:00", cancelled="oui")
    add(campaign, "event", "demain", start="2026-11-24 12:00", end="2026-11-24 13:00")
    agenda = next(group for group in planned(campaign)["/"].groups if group.id == "agenda")
    assert agenda.keys[0] == ("event", "demain")
    assert ("event", "annule") not in agenda.keys


def test_the_home_page_counts_in_good_french(campaign: Path) -> None:
    for file in (campaign / "data/buildings").glob("*.yml"):
        file.unlink()
    for file in (*campaign.glob("data/*/*.yml"), *campaign.glob("content/*/*.md")):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(_without_buildings(lines)), "utf-8")
    add(campaign, "building", "seul")
    counts = dict(dict(planned(campaign)["/"].values)["counts"])
    assert counts["immeuble au registre"] == 1
    assert "voisins solidaires inscrits" not in counts


def _without_buildings(lines: list[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = line.startswith("buildings:") or (inside and line.startswith("  - "))
        if not inside and not line.startswith("building:"):
            kept.append(line)
    return kept


def test_the_site_map_leads_to_every_record_and_list_once(campaign: Path) -> None:
    pages = planned(campaign)
    sections = dict(pages["/plan-du-site/"].values)["sections"]
    urls = [link.url for _, links, _ in sections for link in links]
    expected = {
        url
        for url, page in pages.items()
        if page.layout not in ("redirect", "not_found", "sitemap")
        and page.number == 1
        and not (page.is_filter or page.copy_of)
    }
    assert len(urls) == len(set(urls))
    assert set(urls) == expected


def test_each_section_of_the_site_map_begins_with_its_own_page(campaign: Path) -> None:
    sections = dict(planned(campaign)["/plan-du-site/"].values)["sections"]
    assert sections[0][0] == "Le site"
    assert sections[0][1][0].title == "Accueil"
    for title, links, _ in sections[1:]:
        assert links[0].title == title


def test_a_section_too_long_for_the_site_map_leads_to_its_list(campaign: Path) -> None:
    add_many(campaign, "award", (f"diplome-{number:03}" for number in range(SITEMAP_LIMIT)))
    sections = {
        title: (links, more) for title, links, more in dict(planned(campaign)["/plan-du-site/"].values)["sections"]
    }
    links, more = sections["Les diplômes"]
    assert len(links) == SITEMAP_LIMIT
    assert more > 0
    assert links[0].url == "/distinctions/"


def test_press_releases_past_fifty_stay_within_reach(campaign: Path) -> None:
    for number in range(60):
        add(campaign, "press_release", f"c-{number:02}", date=f"2025-01-{number % 28 + 1:02} {number // 28 + 10}:00")
    pages = planned(campaign)
    first, second = pages["/presse/"], pages["/presse/page-2/"]
    assert first.layout == second.layout == "press"
    listed = {*first.cards, *second.cards}
    assert {page.key for page in pages.values() if page.layout == "press_release"} == listed
    assert first.groups
    assert not second.groups
