import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build import build
from generator.build.gathering import Gathered
from generator.site.views import PageView

from .towns import NOW, SIGN_UP, add, add_many, library_of, viewer, views_of

ALERT = """
- id: crue
  title: Vigilance rouge crues
  kind: inondation
  level: rouge
  message: Montez à l'étage.
  start: 2026-11-22 06:00
  end: 2026-11-25 20:00
  kit: inondation
"""


def trail(views: Callable[[str], PageView], url: str) -> list[tuple[str, str]]:
    view = views(url)
    assert [link.current for link in view.breadcrumbs] == [False] * (len(view.breadcrumbs) - 1) + [True]
    return [(link.title, link.url) for link in view.breadcrumbs]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/kits/", [("Accueil", "/"), ("Les kits", "/kits/")]),
        ("/kits/canicule/", [("Accueil", "/"), ("Les kits", "/kits/"), ("Canicule", "/kits/canicule/")]),
        (
            "/initiatives/quartier-la-gare/",
            [
                ("Accueil", "/"),
                ("Les initiatives", "/initiatives/"),
                ("La Gare", "/initiatives/quartier-la-gare/"),
            ],
        ),
        (
            "/agenda/passes/",
            [("Accueil", "/"), ("L’agenda", "/agenda/"), ("Les rendez-vous passés", "/agenda/passes/")],
        ),
        ("/mentions-legales/", [("Accueil", "/"), ("Mentions légales", "/mentions-legales/")]),
    ],
)
def test_breadcrumbs_lead_from_the_home_page_to_here(bare: Gathered, url: str, expected: list[tuple[str, str]]) -> None:
    assert trail(views_of(bare), url) == expected


def test_a_later_page_of_a_list_is_named_by_its_rank(campaign: Path) -> None:
    add_many(campaign, "initiative", (f"gare-{number}" for number in range(60)), neighbourhood="la-gare")
    views = viewer(campaign)
    assert trail(views, "/initiatives/page-2/")[-1] == ("Page 2", "/initiatives/page-2/")
    narrowed = trail(views, "/initiatives/quartier-la-gare/page-2/")
    assert narrowed[-1] == ("La Gare, page 2", "/initiatives/quartier-la-gare/page-2/")


@pytest.mark.parametrize("url", ["/", "/404.html"])
def test_the_home_page_and_the_page_for_nothing_have_no_breadcrumbs(bare: Gathered, url: str) -> None:
    assert views_of(bare)(url).breadcrumbs == ()


def test_every_page_has_a_title_and_a_description_and_says_where_it_stands(bare: Gathered) -> None:
    view = views_of(bare)
    site = library_of(bare).config.url.rstrip("/")
    titles = {}
    for page in bare.pages:
        head = view(page.url).head
        assert head.description
        assert head.title.endswith("Aubrenay solidaire")
        assert head.canonical == site + (page.copy_of or page.url)
        titles[head.title] = page.url
    assert len(titles) == len(bare.pages)


def test_an_event_and_its_kit_may_share_their_name_but_not_their_title(campaign: Path) -> None:
    add(campaign, "event", "noel-2026", title="Noël des Voisins", start="2026-12-19 16:00", end="2026-12-19 20:00")
    add(campaign, "event", "noel-2027", title="Noël des Voisins", start="2027-12-18 16:00", end="2027-12-18 20:00")
    view = viewer(campaign)
    titles = [view(url).head.title for url in ("/kits/noel-des-voisins/", "/agenda/noel-2026/", "/agenda/noel-2027/")]
    assert titles == [
        "Noël des Voisins · Les kits · Aubrenay solidaire",
        "Noël des Voisins, 19\u00a0décembre\u00a02026 · L’agenda · Aubrenay solidaire",
        "Noël des Voisins, 18\u00a0décembre\u00a02027 · L’agenda · Aubrenay solidaire",
    ]


def test_pages_not_meant_to_be_found_say_so(campaign: Path) -> None:
    add(campaign, "kit", "chaleur", aliases=["canicule-2020"])
    view = viewer(campaign)
    for url in ("/404.html", "/recherche/", "/kits/canicule-2020/"):
        assert view(url).head.robots == "noindex"
    assert view("/kits/chaleur/").head.robots == ""


def test_a_moved_page_points_to_its_new_address(campaign: Path) -> None:
    add(campaign, "kit", "chaleur", title="Chaleur", aliases=["canicule-2020"])
    view = viewer(campaign)("/kits/canicule-2020/")
    assert view.extra["target"] == "/kits/chaleur/"
    assert view.head.canonical.endswith("/kits/chaleur/")
    assert view.title == "Page déplacée\u00a0: Chaleur"


def test_a_moved_page_sends_on_by_itself_and_by_a_link_and_is_not_to_be_found(campaign: Path) -> None:
    add(campaign, "kit", "chaleur", title="Chaleur", aliases=["canicule-2020"])
    build(campaign, campaign / "site", NOW, 1)
    html = (campaign / "site/kits/canicule-2020/index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../kits/chaleur/">' in html
    assert '<a class="button" href="../../kits/chaleur/">' in html
    sitemap = (campaign / "site/sitemap.xml").read_text("utf-8")
    assert "/kits/chaleur/" in sitemap
    assert "/kits/canicule-2020/" not in sitemap


def test_the_kit_of_an_alert_is_the_first_on_the_home_page(campaign: Path) -> None:
    (campaign / "data/alerts.yml").write_text(ALERT, "utf-8")
    home = viewer(campaign)("/")
    assert home.extra["alert_kit"].id == "inondation"
    assert home.groups[0].cards[0].id == "inondation"


def test_without_an_alert_the_home_page_shows_the_kit_of_the_season(bare: Gathered) -> None:
    home = views_of(bare)("/")
    assert home.extra["alert_kit"] is None
    assert home.groups[0].cards[0].id == "noel-des-voisins"


def test_a_citation_stands_once_on_its_page_and_describes_it(campaign: Path) -> None:
    add(campaign, "award", "porte")
    view = viewer(campaign)("/distinctions/porte/")
    assert view.lead == ""
    assert view.head.description == "Pour sa porte ouverte."


def test_a_step_shows_its_number_its_actions_and_its_deliverable(bare: Gathered) -> None:
    view = views_of(bare)("/methode/recenser/")
    deliverable = view.extra["deliverable"]
    assert view.extra["number"] == 1
    assert deliverable.title
    assert deliverable.url.startswith("/")
    (first, *_) = views_of(bare)("/methode/").extra["steps"]
    assert (first[0], first[1].url, first[2]) == (1, "/methode/recenser/", deliverable.title)


def test_figures_before_and_after_show_their_difference(campaign: Path) -> None:
    add(campaign, "pilot_site", "essai")
    for id_, first, second in (("plus", "31", "52.5"), ("moins", "41", "29"), ("egal", "3", "3")):
        before, after = {"date": "2025-04-01", "value": first}, {"date": "2026-05-01", "value": second}
        add(campaign, "indicator", id_, pilot_site="essai", before=before, after=after)
    shown = viewer(campaign)("/sites-pilotes/essai/").extra["indicators"]
    assert {each["title"]: each["change"] for each in shown} == {
        "Fiche plus": "+21,5",
        "Fiche moins": "−12",
        "Fiche egal": "0",
    }


def test_a_measure_still_to_come_shows_no_difference(campaign: Path) -> None:
    add(campaign, "pilot_site", "essai")
    add(campaign, "indicator", "liens", pilot_site="essai", after=None)
    (shown,) = viewer(campaign)("/sites-pilotes/essai/").extra["indicators"]
    assert (shown["after"], shown["change"]) == ("", "")


def test_figures_of_the_town_stand_apart_from_those_of_pilot_sites(campaign: Path) -> None:
    add(campaign, "pilot_site", "essai")
    add(campaign, "indicator", "ici", pilot_site="essai")
    add(campaign, "indicator", "partout")
    extra = viewer(campaign)("/impact/").extra
    (figures,) = (figures for card, figures in extra["sites"] if card.id == "essai")
    assert [each["title"] for each in figures] == ["Fiche ici"]
    assert "Fiche partout" in [each["title"] for each in extra["town"]]


def test_an_event_to_come_offers_to_sign_up_unless_it_has_its_own_way(campaign: Path) -> None:
    (campaign / "data/forms/reserver.yml").write_text(SIGN_UP, "utf-8")
    add(campaign, "event", "libre")
    add(campaign, "event", "ailleurs", url="https://billets.aubrenay.example/fete")
    view = viewer(campaign)
    ways = [{fact.label: fact.url for fact in view(f"/agenda/{id_}/").facts} for id_ in ("libre", "ailleurs")]
    assert [way["Inscription"] for way in ways] == ["/participer/reserver/", "https://billets.aubrenay.example/fete"]


def test_counts_of_the_network_appear_once_there_is_a_tally(campaign: Path) -> None:
    tally = {
        "date": "2026-11-01",
        "threshold": 5,
        "forms": [
            {
                "form": "devenir-voisin-solidaire",
                "count": 642,
                "neighbourhoods": [{"neighbourhood": "la-gare", "count": 40}, {"neighbourhood": "les-tilleuls"}],
            }
        ],
    }
    (campaign / "data/network.yml").write_text(json.dumps(tally), "utf-8")
    view = viewer(campaign)
    assert view("/").extra["counts"][0] == ("voisins solidaires inscrits", "642", "")
    facts = {fact.label: fact.value for fact in view("/quartiers/la-gare/").facts}
    assert facts["Voisins Solidaires inscrits"] == "40"
    assert "Voisins Solidaires inscrits" not in {fact.label for fact in view("/quartiers/les-tilleuls/").facts}


def test_a_text_leads_back_to_the_root_from_where_it_stands(campaign: Path) -> None:
    add(campaign, "initiative", "cafe", story="Voir [le kit](/kits/canicule/).")
    add(campaign, "lesson", "bilan", body="Voir [le kit](../kits/canicule.md) et [la liste](#liste).\n\n## Liste")
    view = viewer(campaign)
    assert 'href="../../kits/canicule/"' in view("/initiatives/cafe/").text["story"]
    assert 'href="../../kits/canicule/"' in view("/enseignements/bilan/").text["body"]
    assert 'href="#liste"' in view("/enseignements/bilan/").text["body"]
