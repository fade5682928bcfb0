import re
from datetime import datetime
from pathlib import Path

import pytest

from generator.campaign.models.fields import PARIS
from generator.site.listings import LISTINGS, MANY, PAGE_SIZE
from generator.site.planned import PlannedPage
from generator.site.views import Filter, Link

from .towns import add, add_many, planned


def ids(page: PlannedPage) -> list[str]:
    """Give the ids of the records listed, grouped or not."""
    return [id_ for _, id_ in (*page.cards, *(key for group in page.groups for key in group.keys))]


def filter_of(page: PlannedPage, title: str) -> Filter:
    return next(each for each in page.filters if each.title == title)


PORT = [f"port-{number:03}" for number in range(120)]


@pytest.fixture
def crowded(campaign: Path) -> Path:
    """Give a campaign with 120 more initiatives in one neighbourhood, which makes three pages."""
    add(campaign, "neighbourhood", "le-port", title="Le Port")
    add_many(campaign, "initiative", PORT, neighbourhood="le-port", themes=["jardins"])
    return campaign


def test_a_list_of_more_than_fifty_goes_on_over_pages_that_know_each_other(crowded: Path) -> None:
    pages = planned(crowded)
    urls = [url for url in ("/initiatives/", *(f"/initiatives/page-{n}/" for n in range(2, 9))) if url in pages]
    listed = [ids(pages[url]) for url in urls]
    assert [len(each) for each in listed[:-1]] == [PAGE_SIZE] * (len(urls) - 1)
    total = len([url for url in pages if url.startswith("/initiatives/") and pages[url].key])
    assert len({id_ for each in listed for id_ in each}) == sum(map(len, listed)) == total
    second = pages[urls[1]].pagination
    assert second
    assert (second.number, second.total, second.previous, second.following) == (2, len(urls), urls[0], urls[2])
    assert [link.url for link in second.pages] == urls
    assert [link.url for link in second.pages if link.current] == [urls[1]]
    last = pages[urls[-1]].pagination
    assert last
    assert last.following == ""


def test_a_long_list_leads_to_near_pages_to_its_ends_and_to_each_tenth(campaign: Path) -> None:
    add_many(campaign, "award", (f"diplome-{number:03}" for number in range(620)))
    page = planned(campaign)["/distinctions/page-6/"].pagination
    assert page
    assert [link.title for link in page.pages] == ["1", "4", "5", "6", "7", "8", "10", str(page.total)]


def test_a_page_of_a_list_has_its_own_name(crowded: Path) -> None:
    pages = planned(crowded)
    assert pages["/initiatives/page-2/"].title == "Les initiatives, page 2"
    assert pages["/initiatives/quartier-le-port/page-2/"].title == "Les initiatives\u00a0: Le Port, page 2"


def test_a_neighbourhoods_part_of_a_list_is_a_page_and_pages_too(crowded: Path) -> None:
    pages = planned(crowded)
    listed = [f"/initiatives/quartier-le-port/{end}" for end in ("", "page-2/", "page-3/")]
    assert [id_ for url in listed for id_ in ids(pages[url])] == PORT
    link = next(link for link in filter_of(pages["/initiatives/"], "Par quartier").links if link.title == "Le Port")
    assert (link.url, link.size) == (listed[0], 120)


def test_a_themes_part_of_a_list_is_a_page(campaign: Path) -> None:
    add(campaign, "initiative", "serre", themes=["jardins"])
    add(campaign, "initiative", "fanfare", themes=["convivialite"])
    page = planned(campaign)["/initiatives/theme-jardins/"]
    assert "serre" in ids(page)
    assert "fanfare" not in ids(page)


def test_every_filter_leads_to_a_page_that_marks_itself(campaign: Path) -> None:
    _check_filters(planned(campaign))


def _check_filters(pages: dict[str, PlannedPage]) -> None:
    for url, page in pages.items():
        marked = [each.current for each in page.filters if each.current]
        assert all(each.current in {"", *(link.url for link in each.links)} for each in page.filters)
        assert all(link.url.partition("#")[0] in pages for each in page.filters for link in each.links)
        if page.filters and page.number == 1:
            assert set(marked) == {url}


def test_of_many_choices_only_the_first_page_of_a_list_has_all(crowded: Path) -> None:
    for number in range(MANY + 1):
        add(crowded, "neighbourhood", f"ilot-{number}", title=f"Îlot {number}")
        add(crowded, "initiative", f"ilot-{number}", neighbourhood=f"ilot-{number}", themes=["jardins"])
    pages = planned(crowded)
    top = "/initiatives/"
    whole = filter_of(pages[top], "Par quartier").links
    assert len(whole) > MANY + 1
    way_out, others = Link("Tous les quartiers", top), Link("Choisir un quartier", f"{top}#par-quartier")
    assert filter_of(pages[f"{top}page-2/"], "Par quartier").links == (way_out, others)
    assert filter_of(pages[f"{top}theme-jardins/"], "Par quartier").links == (way_out, others)
    port = next(link for link in whole if link.title == "Le Port")
    for url in (port.url, f"{port.url}page-2/"):
        shown = filter_of(pages[url], "Par quartier")
        assert shown.links == (way_out, port, others)
        assert shown.current == port.url
    themes = filter_of(pages[port.url], "Par thème").links
    assert themes == filter_of(pages[top], "Par thème").links
    _check_filters(pages)


def test_a_filter_offers_nothing_that_leads_to_an_empty_list(campaign: Path) -> None:
    add(campaign, "neighbourhood", "le-desert", title="Le Désert")
    pages = planned(campaign)
    assert not any("le-desert" in url for url in pages if url != "/quartiers/le-desert/")
    assert all(ids(page) for page in pages.values() if page.is_filter and page.url != "/agenda/passes/")


def test_a_list_without_records_still_has_its_page(campaign: Path) -> None:
    for file in (campaign / "content/lessons").glob("*.md"):
        file.unlink()
    assert ids(planned(campaign)["/enseignements/"]) == []


def test_every_list_has_its_page_and_shows_all_its_kind(campaign: Path) -> None:
    pages = planned(campaign)
    for listing in LISTINGS:
        whole = next(page for page in pages.values() if page.title == listing.title)
        shown = [page for page in pages.values() if page.key and page.key[0] == listing.kind and not page.copy_of]
        assert len(ids(whole)) == min(len(shown), PAGE_SIZE)


def test_lessons_come_latest_first_and_initiatives_by_name(campaign: Path) -> None:
    add(campaign, "lesson", "vieux", date="2020-01-01")
    add(campaign, "lesson", "recent", date="2026-11-20")
    add(campaign, "initiative", "a", title="L'Abeille")
    add(campaign, "initiative", "z", title="Zzz")
    pages = planned(campaign)
    lessons, initiatives = ids(pages["/enseignements/"]), ids(pages["/initiatives/"])
    assert (lessons[0], lessons[-1]) == ("recent", "vieux")
    assert (initiatives[0], initiatives[-1]) == ("a", "z")


@pytest.fixture
def dated(campaign: Path) -> Path:
    """Give a campaign whose only events are four, one of them under way on 23 November 2026 at noon."""
    for file in (campaign / "data/events").glob("*.yml"):
        file.unlink()
    for file in (*campaign.glob("content/*/*.md"), *campaign.glob("data/*/*.yml"), campaign / "data/method.yml"):
        text = re.sub(r"^events:\n(?:  - .*\n)+", "", file.read_text("utf-8"), flags=re.MULTILINE)
        file.write_text(re.sub(r"\(/agenda/[^)]*\)", "(/agenda/)", text), "utf-8")
    add(campaign, "event", "ancien", start="2026-05-29 19:00", end="2026-05-29 22:00", neighbourhood="la-gare")
    add(campaign, "event", "passe", start="2026-10-10 09:30", end="2026-10-10 12:00", neighbourhood="la-gare")
    add(campaign, "event", "en-cours", start="2026-11-23 11:00", end="2026-11-23 12:01")
    add(campaign, "event", "futur", start="2027-01-22 18:30", end="2027-01-22 21:00", themes=["enfance"])
    return campaign


def test_the_agenda_parts_what_is_to_come_from_what_is_past(dated: Path) -> None:
    pages = planned(dated)
    assert ids(pages["/agenda/"]) == ["en-cours", "futur"]
    assert ids(pages["/agenda/passes/"]) == ["passe", "ancien"]
    assert [group.title for group in pages["/agenda/"].groups] == ["Novembre 2026", "Janvier 2027"]


def test_an_event_moves_to_the_past_as_soon_as_it_is_over(dated: Path) -> None:
    pages = planned(dated, datetime(2026, 11, 23, 12, 1, tzinfo=PARIS))
    assert ids(pages["/agenda/"]) == ["futur"]
    assert ids(pages["/agenda/passes/"])[0] == "en-cours"


def test_the_agenda_is_narrowed_by_what_is_to_come_only(dated: Path) -> None:
    pages = planned(dated)
    assert "/agenda/quartier-la-gare/" not in pages
    assert ids(pages["/agenda/theme-enfance/"]) == ["futur"]


def test_the_agenda_says_how_many_dates_are_past(dated: Path) -> None:
    links = filter_of(planned(dated)["/agenda/"], "Par moment").links
    assert [(link.title, link.url, link.size) for link in links] == [
        ("À venir", "/agenda/", 2),
        ("Passés", "/agenda/passes/", 2),
    ]
