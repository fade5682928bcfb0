from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.campaign.models.fields import PARIS
from generator.campaign.moments import ANNOUNCED
from generator.site.feeds.plan import FEEDS, MAX_ITEMS, Feed, FeedDocument, PlannedItem, documents
from tests.site.towns import NOW, RECORDS, add, gathered

FEED = Feed("essai", "Essai", "Un essai.", "/essai/")


def item(number: int, moment: datetime) -> PlannedItem:
    stamp = moment.timestamp()
    return PlannedItem(("kit", f"k-{number}"), f"kit/k-{number}", "", "", "", stamp, stamp, moment.year, (), None)


def every(days: int, count: int) -> list[PlannedItem]:
    """Give so many items, newest first, each so many days after the one before."""
    start = datetime(2025, 1, 6, 9, tzinfo=PARIS)
    return [item(number, start + timedelta(days=days * number)) for number in range(count)][::-1]


def cut(items: list[PlannedItem], size: int = MAX_ITEMS) -> tuple[FeedDocument, dict[str, FeedDocument]]:
    """Give the document to follow and the archives by name."""
    *archives, head = documents(FEED._replace(size=size), items)
    return head, {archive.part: archive for archive in archives}


@pytest.mark.parametrize("size", [20, MAX_ITEMS])
@pytest.mark.parametrize("days", [1, 3, 20, 90])
@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 100, 101, 333])
def test_a_feed_and_its_archives_hold_every_item_and_none_more_than_it_may(days: int, count: int, size: int) -> None:
    items = every(days, count)
    head, archives = cut(items, size)
    assert head.items == tuple(items[: len(head.items)])
    assert len(head.items) == min(count, size)
    chain, part = list(head.items), head.previous
    while part:
        assert len(archives[part].items) <= size
        chain += archives[part].items
        part = archives[part].previous
    assert sorted(set(chain), reverse=True, key=lambda each: each.published) == items
    assert len({each.part for each in archives.values()}) == len(archives)


@pytest.mark.parametrize("size", [20, MAX_ITEMS])
@pytest.mark.parametrize("days", [1, 3, 20])
def test_an_archive_once_there_never_holds_anything_else(days: int, size: int) -> None:
    items = every(days, 400)
    seen: dict[str, tuple[PlannedItem, ...]] = {}
    for count in range(len(items)):
        _, archives = cut(items[len(items) - count :], size)
        assert seen.keys() <= archives.keys()
        for part, archive in archives.items():
            assert seen.setdefault(part, archive.items) == archive.items


def test_archives_lead_to_their_neighbours() -> None:
    head, archives = cut(every(2, 320))
    assert list(archives) == ["2025-1", "2025-2", "2025-3", "2025-4", "2026-1", "2026-2"]
    assert [archive.previous for archive in archives.values()] == ["", *list(archives)[:-1]]
    assert [archive.following for archive in archives.values()] == [*list(archives)[1:], ""]
    assert (head.previous, head.following) == ("2026-2", "")


def test_taking_back_an_item_touches_the_archives_of_its_year_only() -> None:
    items = every(2, 320)
    _, before = cut(items)
    _, after = cut([each for each in items if each.key != ("kit", "k-190")])
    changed = {part for part in before if before[part].items != after[part].items}
    assert changed == {"2026-1", "2026-2"}


def fed(root: Path, name: str, now: datetime = NOW) -> list[PlannedItem]:
    (head,) = [each for each in gathered(root, now).feeds if each.feed.name == name and not each.part]
    return list(head.items)


def ids(root: Path, name: str, now: datetime = NOW) -> list[str]:
    return [each.key[1] for each in fed(root, name, now)]


FIRST = {"portrait": "2026-03-01", "lesson": "2026-05-01", "kit": "2026-09-01", "initiative": "2026-11-01"}


@pytest.mark.parametrize("kind", FEEDS)
def test_each_kind_has_its_feed_and_stands_in_that_of_everything(kind: str, campaign: Path) -> None:
    fields: dict[str, Any] = {"start": "2026-12-28 19:00", "end": "2026-12-28 22:00"} if kind == "event" else {}
    if kind == "portrait":
        fields["consent"] = {**RECORDS["portrait"]["consent"], "channels": ["site", "flux"]}
    add(campaign, kind, "essai", **fields, publish_at="2026-11-22 10:00")
    assert ids(campaign, FEEDS[kind].name)[0] == "essai"
    assert ids(campaign, "tout")[0] == "essai"


@pytest.mark.parametrize(("kind", "day"), FIRST.items())
def test_without_publish_at_the_kinds_own_date_stands_for_it(kind: str, day: str, campaign: Path) -> None:
    fields: dict[str, Any] = (
        {"consent": {**RECORDS["portrait"]["consent"], "channels": ["site", "flux"]}} if kind == "portrait" else {}
    )
    add(campaign, kind, "essai", **fields)
    result = gathered(campaign)
    (found,) = {each for document in result.feeds for each in document.items if each.key == (kind, "essai")}
    assert datetime.fromtimestamp(found.published, PARIS).isoformat()[:16] == f"{day}T00:00"


def test_an_event_is_announced_two_months_before_it_begins(campaign: Path) -> None:
    add(campaign, "event", "bal", start="2027-03-05 19:00", end="2027-03-05 23:00")
    day = datetime(2027, 3, 5, 19, tzinfo=PARIS) - ANNOUNCED
    assert "bal" not in ids(campaign, "agenda", day - timedelta(minutes=1))
    assert ids(campaign, "agenda", day)[0] == "bal"


def test_a_portrait_needs_its_persons_leave_to_stand_in_feeds(campaign: Path) -> None:
    consent = RECORDS["portrait"]["consent"]
    add(campaign, "portrait", "lea", date="2026-11-20", consent={**consent, "channels": ["site", "presse"]})
    assert "lea" not in ids(campaign, "portraits") + ids(campaign, "tout") + ids(campaign, "quartier-la-gare")
    add(campaign, "portrait", "lea", date="2026-11-20", consent={**consent, "channels": ["site", "flux"]})
    assert ids(campaign, "portraits")[0] == "lea"


def test_a_neighbourhood_has_all_that_names_it(campaign: Path) -> None:
    add(campaign, "initiative", "ici", neighbourhood="la-gare", publish_at="2026-11-22 10:00")
    add(campaign, "initiative", "partout", publish_at="2026-11-22 11:00")
    found = ids(campaign, "quartier-la-gare")
    assert found[0] == "ici"
    assert "partout" not in found


def test_updated_moves_when_staff_say_so_and_not_before_its_time(campaign: Path) -> None:
    add(campaign, "press_release", "essai", date="2026-11-20 10:00")
    (plain,) = [each for each in fed(campaign, "presse") if each.key[1] == "essai"]
    assert plain.updated == plain.published
    add(campaign, "press_release", "essai", title="Autre titre", date="2026-11-20 10:00", updated="2026-11-21 16:00")
    (revised,) = [each for each in fed(campaign, "presse") if each.key[1] == "essai"]
    assert revised.published == plain.published
    assert revised.updated == datetime(2026, 11, 21, 16, tzinfo=PARIS).timestamp()
    (early,) = [
        each for each in fed(campaign, "presse", datetime(2026, 11, 21, 12, tzinfo=PARIS)) if each.key[1] == "essai"
    ]
    assert early.updated == plain.published


def test_a_day_of_revision_never_precedes_publication(campaign: Path) -> None:
    add(campaign, "press_release", "essai", date="2026-11-20 10:00", updated="2026-11-20")
    (found,) = [each for each in fed(campaign, "presse") if each.key[1] == "essai"]
    assert found.updated == found.published
