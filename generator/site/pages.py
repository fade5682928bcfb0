"""Planned pages to views: what each page's template reads, drawn from the records that the plan lets it use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from generator.campaign.models import KINDS
from generator.campaign.models.charter import Charter
from generator.campaign.models.fields import PARIS
from generator.campaign.outline import Key
from generator.campaign.reading import Entry
from generator.config import SiteConfig

from . import dates
from .cards import Pictures
from .choices import complete
from .facts import Named, facts
from .feeds.discovery import known_from
from .kit_views import emergency_extra, message_extra, reading_extra, sheet_extra, version_extra
from .links import document_html, is_unpublished, record_html, without_hidden
from .listings import LISTINGS
from .metadata import absolute, head, shared_image
from .planned import WITHDRAWN, PlannedPage
from .posts import posts
from .register import Proof, award_standing, building_extra, charter_extra
from .views import Card, Fact, Group, Link, PageView, PictureView

SECTION_TITLES = {KINDS[listing.kind].section: listing.title for listing in LISTINGS} | {
    "agenda": "L’agenda",
    "methode": "La méthode",
    "presse": "Espace presse",
    "participer": "Participer",
    "impact": "Ce qui a changé",
}
"""The middle of the breadcrumbs, by section."""

DESCRIPTIONS = {
    "method": "Les neuf étapes de la campagne, ce que chacune produit, et les conditions pour réussir.",
    "impact": "Sur les sites pilotes et dans toute la ville, avant et après, avec les limites de chaque mesure.",
    "participate": "Donner un coup de main, proposer une idée, inscrire son immeuble\u00a0: choisissez ce qui vous va.",
    "charter": "Ce que la ville regarde avant d’attribuer le label, et ce que demande chaque niveau.",
    "emergency": "Les alertes en cours, les numéros à appeler et les kits d’urgence, lisibles même sans réseau.",
    "sitemap": "Toutes les pages du site, rubrique par rubrique.",
    "feeds": "Recevoir les nouveautés du site dans une application, sans adresse électronique et sans compte.",
    "search": "Chercher un kit, une initiative, un rendez-vous ou un quartier.",
    "not_found": "L’adresse est peut-être mal écrite, ou la page a été retirée.",
    "withdrawn": "Ce qui se lisait ici n’est plus publié.",
    "redirect": "Cette page a changé d’adresse. Pensez à corriger vos favoris.",
}


@dataclass(frozen=True, slots=True)
class Library:
    """All that views may be built from. `entries` and `cards` are looked up by the keys of a planned page only.

    `alert_kits` holds the kits of the alerts under way, gravest first; `unpublished` the addresses of records that are
    there but not shown today: links to them become plain words; `charter` is that of the label, `picture` the
    town's.
    """

    config: SiteConfig
    entries: Mapping[Key, Entry]
    cards: Mapping[Key, Card]
    pictures: Pictures
    alert_kits: tuple[Key, ...]
    now: datetime
    unpublished: frozenset[str] = frozenset()
    charter: Charter = field(default_factory=Charter)
    picture: PictureView | None = None


def view(page: PlannedPage, library: Library) -> PageView:
    """Give the view of a planned page."""
    entries = {key: library.entries[key] for key in page.reads}
    cards = {key: library.cards[key] for key in page.shown()}
    entry = entries[page.key] if page.key else None
    record: Any = entry.record if entry else None
    own = library.cards[page.key] if page.key else None
    breadcrumbs = _breadcrumbs(page)
    lead = description = page.lead or (own.summary if own else DESCRIPTIONS.get(page.layout, ""))
    picture = own.picture if own else None
    if page.layout == "home":
        picture = library.picture
        lead, description = library.config.tagline, library.config.description
    elif page.layout == "award":
        lead = ""  # The citation stands in full on the page.
    build = _EXTRAS.get(page.layout)
    return PageView(
        url=page.url,
        layout=page.layout,
        section=page.section,
        title=page.title,
        head=head(
            library.config,
            dict(page.values)["target"] if page.layout == "redirect" else page.copy_of or page.url,
            _head_title(page, record),
            description,
            kind=page.key[0] if page.key else None,
            record=record,
            picture=picture,
            image=shared_image(library.config, page.share, picture, library.picture),
            breadcrumbs=breadcrumbs,
            feeds=known_from(page),
            robots="noindex" if page.copy_of or page.layout in _UNINDEXED else "",
            versions=dict(page.values).get("versions", ()) if page.key else (),
        ),
        lead=lead,
        kicker=own.kicker if own else "",
        tags=own.tags if own else (),
        breadcrumbs=breadcrumbs,
        picture=picture,
        record=record,
        text=_texts(page.url, entry, library) if entry else {},
        facts=_facts(page, record, Named(cards, library.config, library.now, library.charter)) if page.key else (),
        groups=tuple(
            Group(group.id, group.title, tuple(cards[key] for key in group.keys), group.more, group.more_text)
            for group in page.groups
        ),
        cards=tuple(cards[key] for key in page.cards),
        filters=page.filters,
        pagination=page.pagination,
        previous=_link(page.before, cards),
        following=_link(page.after, cards),
        downloads=page.downloads,
        language=page.language,
        extra=build(page, entries, cards, library) if build else dict(page.values),
    )


_UNINDEXED = {"not_found", "redirect", "search", WITHDRAWN}
"""Layouts that search engines are asked to pass by."""


def _head_title(page: PlannedPage, record: Any) -> str:
    """Give a title that no other page bears: an event and its kit may share theirs, and so do the years of an event."""
    if page.key is None:
        return page.title
    title = f"{page.title}, {dates.day(record.start)}" if page.layout == "event" else page.title
    if page.parents:
        title = f"{page.short}\u00a0: {record.title}"
    return f"{title} · {SECTION_TITLES[page.section]}" if page.section else title


def _facts(page: PlannedPage, record: Any, named: Named) -> tuple[Fact, ...]:
    assert page.key
    planned = dict(page.values)
    found = facts(page.key[0], record, named)
    if "volunteers" in planned:
        found += (Fact("Voisins Solidaires inscrits", dates.number(planned["volunteers"])),)
    if "desk" in planned and not record.url:
        found += (Fact("Inscription", "S’inscrire à ce rendez-vous", named.cards[planned["desk"]].url),)
    return found


def _link(key: Key | None, cards: Mapping[Key, Card]) -> Link | None:
    return Link(cards[key].title, cards[key].url) if key else None


def _breadcrumbs(page: PlannedPage) -> tuple[Link, ...]:
    if page.layout in ("home", "not_found", "redirect"):
        return ()
    links = [Link("Accueil", "/")]
    top = f"/{page.section}/"
    if page.section and page.url != top:
        links.append(Link(SECTION_TITLES[page.section], top))
    links += page.parents
    links.append(Link(page.short or page.title, page.url, current=True))
    return tuple(links)


def _texts(url: str, entry: Entry, library: Library) -> dict[str, Markup]:
    """Give a record's texts with their links and pictures leading to the right place from its page."""
    base = "/".join([".."] * (url.count("/") - 1))
    texts = {}
    for name, written in entry.texts.items():
        text = without_hidden(written, entry.folder, library.unpublished) if library.unpublished else written
        html = document_html(text, entry, base, library.pictures) if name == "body" else record_html(text.html, base)
        texts[name] = Markup(html)
    return texts


Extra = Callable[[PlannedPage, Mapping[Key, Entry], Mapping[Key, Card], Library], dict[str, Any]]


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


_EXTRAS: dict[str, Extra] = {
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
