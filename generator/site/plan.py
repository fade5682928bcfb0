"""Which pages the site has, and what each one reads: the plan, made before any page is drawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator.campaign.linking import Campaign, Key, references
from generator.campaign.models import KINDS
from generator.campaign.models.fields import Record

from .listings import GROUP_ORDERS, LISTINGS, Shelf, plan_agenda, plan_listing
from .planned import PlannedGroup, PlannedPage
from .seasons import kits_of_the_moment
from .views import Card, Link

GROUP_LIMIT = 12
"""A record's page shows that many cards of a kind, then leads to the whole list."""

GROUP_TITLES = {
    "step": "Étapes de la méthode",
    "event": "Rendez-vous",
    "kit": "Kits",
    "initiative": "Initiatives",
    "building": "Immeubles",
    "portrait": "Portraits",
    "award": "Diplômes",
    "organisation": "Partenaires",
    "scheme": "Dispositifs",
    "pilot_site": "Sites pilotes",
    "press_release": "Communiqués",
    "lesson": "Enseignements",
    "neighbourhood": "Quartiers",
    "form": "Formulaires",
}
"""The groups of cards on a record's page, in the order shown."""

_ORDERED = {"step", "event", "press_release", "lesson"}
"""Kinds whose order means something: their pages lead to the one before and the one after."""


def plan(campaign: Campaign, cards: dict[Key, Card], now: datetime) -> list[PlannedPage]:
    """Give every HTML page of the site, lists and records alike. A record without a card is not shown anywhere."""
    shelf = Shelf(campaign, cards, now)
    pages = [_home(shelf)]
    for listing in LISTINGS:
        pages += plan_listing(listing, shelf)
    pages += plan_agenda(shelf)
    for kind in KINDS.values():
        if kind.section is not None:
            pages += _records(kind.name, shelf)
    pages += [_method(shelf), _impact(shelf), _participate(shelf), _press(shelf)]
    pages.append(PlannedPage("/recherche/", "search", "", "Recherche"))
    pages.append(PlannedPage("/404.html", "not_found", "", "Page introuvable"))
    pages += _redirects(shelf)
    pages.append(_sitemap(pages))
    return pages


def _records(kind: str, shelf: Shelf) -> list[PlannedPage]:
    records = shelf.ordered(kind)
    pages = []
    for position, record in enumerate(records):
        before = records[position - 1] if kind in _ORDERED and position else None
        after = records[position + 1] if kind in _ORDERED and position + 1 < len(records) else None
        pages.append(_record(kind, record, before, after, shelf))
    return pages


def _record(kind: str, record: Any, before: Record | None, after: Record | None, shelf: Shelf) -> PlannedPage:
    key = (kind, record.id)
    linked: dict[str, dict[str, None]] = {}
    named: dict[Key, None] = {}
    for place, target_kind, target in references(record):
        if (target_kind, target) in shelf.cards:
            named[target_kind, target] = None
            if place[0] not in _NAMED_IN_FACTS:
                linked.setdefault(target_kind, {})[target] = None
    for from_kind, ids in shelf.campaign.referrers.get(key, {}).items():
        for record_id in ids:
            if (from_kind, record_id) in shelf.cards:
                linked.setdefault(from_kind, {})[record_id] = None
    groups = tuple(
        _group(key, other, list(ids), shelf)
        for other in GROUP_TITLES
        if (ids := linked.get(other)) and other != kind
    )
    figures = tuple(("indicator", each) for each in linked.get("indicator", ()))
    return PlannedPage(
        url=KINDS[kind].url(record.id),
        layout=kind,
        section=KINDS[kind].section or "",
        title=record.title,
        key=key,
        groups=groups,
        named=tuple(named),
        reads=(key, *figures),
        before=(kind, before.id) if before else None,
        after=(kind, after.id) if after else None,
    )


_NAMED_IN_FACTS = {"neighbourhood", "building", "organisation", "landlord", "portrait", "pilot_site"}
"""Fields that name one record: a line among the page's facts rather than a group of cards."""


def _group(key: Key, kind: str, ids: list[str], shelf: Shelf) -> PlannedGroup:
    ids.sort(key=GROUP_ORDERS[kind](shelf))
    more = ""
    if len(ids) > GROUP_LIMIT:
        listing = next((listing for listing in LISTINGS if listing.kind == kind), None)
        section = KINDS[kind].section
        narrowed = key[0] == "neighbourhood" and (kind == "event" or (listing and listing.by_neighbourhood))
        more = f"/{section}/quartier-{key[1]}/" if narrowed else f"/{section}/"
    return PlannedGroup(
        id=KINDS[kind].section or kind,
        title=GROUP_TITLES[kind],
        keys=tuple((kind, each) for each in ids[:GROUP_LIMIT]),
        more=more,
        more_text=f"Tout voir ({len(ids)})" if more else "",
    )


def _home(shelf: Shelf) -> PlannedPage:
    kits = kits_of_the_moment(shelf.campaign, shelf.now)
    events = [event for event in shelf.ordered("event") if event.end >= shelf.now and not event.cancelled]
    portraits = shelf.ordered("portrait")
    initiatives = sorted(shelf.ordered("initiative"), key=lambda each: (each.status != "active", -each.verified.toordinal(), each.id))
    releases = shelf.ordered("press_release")[::-1]
    counts = tuple(
        (text, len(shelf.ordered(kind)))
        for kind, text in (
            ("initiative", "initiatives recensées"),
            ("building", "immeubles inscrits"),
            ("organisation", "partenaires"),
            ("kit", "kits prêts à l’emploi"),
        )
    )
    groups = (
        ("kits", "Le kit du moment", "kit", kits[:3], "/kits/", "Tous les kits"),
        ("agenda", "Prochains rendez-vous", "event", events[:3], "/agenda/", "Tout l’agenda"),
        ("portraits", "Ils et elles ont dit oui", "portrait", portraits[:3], "/portraits/", "Tous les portraits"),
        ("initiatives", "Près de chez vous", "initiative", initiatives[:3], "/initiatives/", "Toutes les initiatives"),
        ("quartiers", "Votre quartier", "neighbourhood", shelf.ordered("neighbourhood")[:12], "/quartiers/", "Tous les quartiers"),
        ("presse", "Actualités", "press_release", releases[:2], "/presse/", "Espace presse"),
    )  # fmt: skip
    return PlannedPage(
        url="/",
        layout="home",
        section="",
        title=shelf.campaign.config.title,
        groups=tuple(
            PlannedGroup(group_id, title, tuple((kind, each.id) for each in records), more, more_text)
            for group_id, title, kind, records, more, more_text in groups
            if records
        ),
        values=(("counts", counts),),
    )


def _method(shelf: Shelf) -> PlannedPage:
    steps = tuple(("step", step.id) for step in shelf.ordered("step"))
    factors = tuple(("factor", factor.id) for factor in shelf.campaign.all("factor"))
    return PlannedPage("/methode/", "method", "methode", "La méthode en neuf étapes", cards=steps, reads=steps + factors)


def _impact(shelf: Shelf) -> PlannedPage:
    sites = tuple(("pilot_site", site.id) for site in shelf.ordered("pilot_site"))
    indicators = tuple(("indicator", each.id) for each in shelf.campaign.all("indicator"))
    lessons = tuple(("lesson", lesson.id) for lesson in shelf.ordered("lesson")[::-1][:6])
    group = PlannedGroup("enseignements", "Ce que nous avons appris", lessons, "/enseignements/", "Tous les enseignements")
    return PlannedPage(
        "/impact/", "impact", "impact", "Les résultats", cards=sites, reads=sites + indicators, groups=(group,) if lessons else ()
    )


def _participate(shelf: Shelf) -> PlannedPage:
    forms = tuple(("form", form.id) for form in shelf.ordered("form"))
    return PlannedPage("/participer/", "participate", "participer", "Participer", cards=forms)


def _press(shelf: Shelf) -> PlannedPage:
    releases = tuple(("press_release", each.id) for each in shelf.ordered("press_release")[::-1])
    kits = tuple(("kit", each.id) for each in shelf.ordered("kit"))
    group = PlannedGroup("kits", "Les opérations", kits, "/kits/", "Tous les kits")
    return PlannedPage("/presse/", "press", "presse", "Espace presse", cards=releases[:50], groups=(group,) if kits else ())


def _redirects(shelf: Shelf) -> list[PlannedPage]:
    pages = []
    for kind in KINDS.values():
        if kind.section is None:
            continue
        for record in shelf.ordered(kind.name):
            for alias in record.aliases:
                values = (("target", kind.url(record.id)),)
                pages.append(
                    PlannedPage(kind.url(alias), "redirect", kind.section, record.title, reads=((kind.name, record.id),), values=values)
                )
    return pages


def _sitemap(pages: list[PlannedPage]) -> PlannedPage:
    sections: dict[str, list[Link]] = {}
    heads: dict[str, str] = {}
    for page in pages:
        if page.layout in ("redirect", "not_found") or page.number > 1 or page.is_filter:
            continue
        if page.key is None:
            heads[page.section or page.url] = page.title
        sections.setdefault(page.section, []).append(Link(page.title, page.url))
    listed = tuple(
        (heads.get(section, "Le site"), tuple(links[:SITEMAP_LIMIT]), max(0, len(links) - SITEMAP_LIMIT))
        for section, links in sections.items()
    )
    return PlannedPage("/plan-du-site/", "sitemap", "", "Plan du site", values=(("sections", listed),))


SITEMAP_LIMIT = 200
"""Past that many pages in a section, the site map leads to the section's own paginated list."""

