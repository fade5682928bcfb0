"""What each layout adds to the view of its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key
from generator.campaign.reading import Entry

from . import dates
from .choices import complete
from .kit_views import emergency_extra, message_extra, reading_extra, sheet_extra, version_extra
from .links import is_unpublished
from .metadata import absolute
from .planned import PlannedPage
from .posts import posts
from .register import Proof, award_standing, building_extra, charter_extra
from .views import Card, Fact, Link
from .wording import SECTION_TITLES

if TYPE_CHECKING:
    from .pages import Library

Extra = Callable[[PlannedPage, Mapping[Key, Entry], Mapping[Key, Card], "Library"], dict[str, Any]]
"""Gives what only one layout needs, from a page, the records and cards that it may use, and the library."""


def _home(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    alerted = next((cards[key] for key in library.alert_kits if key in cards), None)
    counts = tuple(Fact(text, dates.number(count)) for text, count in dict(page.values)["counts"])
    return {"figures": library.config.figures, "counts": counts, "alert_kit": alerted}


def _method(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    steps = []
    for key in page.cards:
        step: Any = entries[key].record
        steps.append((step.number, cards[key], step.deliverable.title, _deliverable_url(step, library)))
    return {"steps": steps, "factors": [entry.record for key, entry in entries.items() if key[0] == "factor"]}


def _step(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    assert page.key
    step: Any = entries[page.key].record
    return {
        "number": step.number,
        "deliverable": step.deliverable,
        "url": _deliverable_url(step, library),
        "actions": step.actions,
    }


def _deliverable_url(step: Any, library: Library) -> str:
    """Give where a step's deliverable stands; empty while that page is not shown."""
    url: str = step.deliverable.url
    return "" if is_unpublished(url, "", library.unpublished) else url


def _impact(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    indicators: list[Any] = [entry.record for key, entry in entries.items() if key[0] == "indicator"]
    sites = [(cards[key], [_figures(each) for each in indicators if each.pilot_site == key[1]]) for key in page.cards]
    town = [_figures(each) for each in indicators if each.pilot_site is None]
    return {"sites": sites, "town": town, "network": _network(page, cards)}


def _network(page: PlannedPage, cards: Mapping[Key, Card]) -> dict[str, Any] | None:
    """Give the tally of volunteers as texts: in all, by neighbourhood, by month; None when it is hidden."""
    counts = dict(page.values)["network"]
    if counts.volunteers is None:
        return None
    places = [(cards[key], counts.by_neighbourhood.get(key[1])) for key in page.named]
    neighbourhoods = [(card.title, card.url, dates.number(count)) for card, count in places if count is not None]
    months = [(dates.month(date.fromisoformat(f"{month}-01")), "", dates.number(n)) for month, n in counts.months]
    return {
        "total": dates.number(counts.volunteers),
        "date": dates.day(date.fromisoformat(counts.date)),
        "tables": [(title, rows) for title, rows in (("Quartier", neighbourhoods), ("Mois", months)) if rows],
    }


def _with_indicators(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    return {"indicators": [_figures(entry.record) for key, entry in entries.items() if key[0] == "indicator"]}


def _figures(indicator: Any) -> dict[str, Any]:
    """Give an indicator as ready texts; `change` is the difference between after and before, signed."""
    before, after = indicator.before, indicator.after
    change = ""
    if after:
        difference = after.value - before.value
        sign = "+" if difference > 0 else "−" if difference < 0 else ""
        change = f"{sign}{dates.number(abs(difference))}"
    return {
        "title": indicator.title,
        "unit": indicator.unit,
        "definition": indicator.definition,
        "source": indicator.source,
        "before": dates.number(before.value),
        "before_date": dates.day(before.date),
        "before_sample": "" if before.sample is None else dates.number(before.sample),
        "after": dates.number(after.value) if after else "",
        "after_date": dates.day(after.date) if after else "",
        "after_sample": dates.number(after.sample) if after and after.sample is not None else "",
        "change": change,
        "quotes": indicator.quotes,
    }


def _press(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    indicators = [_figures(entry.record) for key, entry in entries.items() if key[0] == "indicator"]
    return {"contact": library.config.press_contact, "figures": library.config.figures, "indicators": indicators}


def _press_release(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    assert page.key
    release: Any = entries[page.key].record
    return {
        "contact": release.contact or library.config.press_contact,
        "posts": posts(release, absolute(library.config, page.url)),
    }


def _participate(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    return {"contact": library.config.contact}


def _withdrawn(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    record: Any = entries[page.reads[0]].record
    return {
        "date": dates.day(record.withdrawn.date),
        "reason": record.withdrawn.reason,
        "list": Link(SECTION_TITLES[page.section], f"/{page.section}/") if page.section else None,
        "contact": library.config.press_contact if page.section == "presse" else library.config.contact,
    }


def _sitemap(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    sections = []
    for title, links, more in dict(page.values)["sections"]:
        rest = (Link(f"Et {dates.number(more)} autres pages", links[0].url),) if more else ()
        sections.append((title, [*links, *rest]))
    return {"sections": sections}


def _form(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    from generator.collector.draw import draw

    assert page.key
    record: Any = entries[page.key].record
    return {"form_html": draw(complete(record, dict(page.values)["choices"]), library.config)}


def _building(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    assert page.key
    building: Any = entries[page.key].record
    today = library.now.astimezone(PARIS).date()
    extra = building_extra(building, library.charter, library.config.count_threshold, today)
    standing = extra["standing"]
    return extra | {"proof": _proof(page, library) if standing and standing.serial else None}


def _proof(page: PlannedPage, library: Library) -> Proof:
    signed = dict(page.values).get("signed")
    return Proof(absolute(library.config, page.url), dates.weight(signed) if signed else "")


def _award(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    assert page.key
    award: Any = entries[page.key].record
    standing = award_standing(award, library.now.astimezone(PARIS).date())
    return {"standing": standing, "proof": _proof(page, library)}


def _charter(
    page: PlannedPage, entries: Mapping[Key, Entry], cards: Mapping[Key, Card], library: Library
) -> dict[str, Any]:
    return charter_extra(library.charter)


EXTRAS: dict[str, Extra] = {
    "building": _building,
    "award": _award,
    "charter": _charter,
    "form": _form,
    "home": _home,
    "method": _method,
    "step": _step,
    "impact": _impact,
    "pilot_site": _with_indicators,
    "neighbourhood": _with_indicators,
    "press": _press,
    "press_release": _press_release,
    "participate": _participate,
    "withdrawn": _withdrawn,
    "sitemap": _sitemap,
    "emergency": emergency_extra,
    "kit_version": version_extra,
    "kit_reading": reading_extra,
    "kit_message": message_extra,
    "kit_sheet": sheet_extra,
}
"""What gives each layout its own part of a view; layouts that need none show what was planned, as it is."""
