"""Which pages the site has, and what each one reads: the plan, made before any page is drawn."""

from collections.abc import Mapping
from heapq import nsmallest

from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline

from .choices import Choices
from .counts import Counts
from .listings import LISTINGS, Shelf, plan_agenda, plan_listing
from .planned import PlannedGroup, PlannedPage
from .views import Link

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


def plan(shelf: Shelf, kits: list[str], forms: Mapping[str, Choices], counts: Counts) -> list[PlannedPage]:
    """Give every HTML page of the site, lists and records alike.

    `kits` holds the kits' ids, the most useful first; `forms` the choices that each form offers; `counts` the tally of
    the network of volunteers.
    """
    pages = [_home(shelf, kits, counts)]
    for listing in LISTINGS:
        pages += plan_listing(listing, shelf)
    pages += plan_agenda(shelf)
    for kind in KINDS.values():
        if kind.section is not None:
            pages += [_with_values(page, forms, counts) for page in _records(kind.name, shelf)]
    pages += [_method(shelf), _impact(shelf, counts), _participate(shelf), _press(shelf)]
    pages.append(PlannedPage("/recherche/", "search", "", "Recherche"))
    pages.append(PlannedPage("/404.html", "not_found", "", "Page introuvable"))
    pages += _redirects(shelf)
    pages.append(_sitemap(pages))
    return pages


def _with_values(page: PlannedPage, forms: Mapping[str, Choices], counts: Counts) -> PlannedPage:
    if page.key and page.key[0] == "form":
        return page._replace(values=(("choices", forms[page.key[1]]),))
    if page.key and page.key[0] == "neighbourhood" and page.key[1] in counts.by_neighbourhood:
        return page._replace(values=(("volunteers", counts.by_neighbourhood[page.key[1]]),))
    return page


def _records(kind: str, shelf: Shelf) -> list[PlannedPage]:
    items = shelf.kinds[kind]
    if kind not in _ORDERED:
        return [_record(kind, item.outline, None, None, shelf) for item in items]
    keys: list[Key | None] = [None, *(item.key for item in items), None]
    return [
        _record(kind, item.outline, before, after, shelf)
        for item, before, after in zip(items, keys, keys[2:], strict=False)
    ]


def _record(kind: str, outline: Outline, before: Key | None, after: Key | None, shelf: Shelf) -> PlannedPage:
    key = outline.key
    linked: dict[str, dict[Key, None]] = {}
    named: dict[Key, None] = {}
    for place, target_kind, target in outline.names:
        target_key = target_kind, target
        if target_key in shelf.items:
            named[target_key] = None
            if place[0] not in _NAMED_IN_FACTS:
                linked.setdefault(target_kind, {})[target_key] = None
    for referrer in shelf.campaign.referrers.get(key, ()):
        if referrer in shelf.items:
            linked.setdefault(referrer[0], {})[referrer] = None
    groups = tuple(
        _group(key, other, list(linked[other]), shelf) for other in GROUP_TITLES if other in linked and other != kind
    )
    return PlannedPage(
        url=KINDS[kind].url(outline.id),
        layout=kind,
        section=KINDS[kind].section or "",
        title=outline.title,
        key=key,
        groups=groups,
        named=tuple(named),
        reads=(key, *linked.get("indicator", ())),
        before=before,
        after=after,
    )


_NAMED_IN_FACTS = {"neighbourhood", "building", "organisation", "landlord", "portrait", "pilot_site"}
"""Fields that name one record: a line among the page's facts rather than a group of cards."""


def _group(key: Key, kind: str, keys: list[Key], shelf: Shelf) -> PlannedGroup:
    keys.sort(key=shelf.group_order)
    more = ""
    if len(keys) > GROUP_LIMIT:
        listing = next((listing for listing in LISTINGS if listing.kind == kind), None)
        section = KINDS[kind].section
        narrowed = key[0] == "neighbourhood" and (kind == "event" or (listing and listing.by_neighbourhood))
        more = f"/{section}/quartier-{key[1]}/" if narrowed else f"/{section}/"
    return PlannedGroup(
        id=KINDS[kind].section or kind,
        title=GROUP_TITLES[kind],
        keys=tuple(keys[:GROUP_LIMIT]),
        more=more,
        more_text=f"Tout voir ({len(keys)})" if more else "",
    )


def _home(shelf: Shelf, kits: list[str], tally: Counts) -> PlannedPage:
    events = [item.key for item in shelf.kinds["event"] if item.sketch.end >= shelf.now and not item.sketch.weight]
    initiatives = [
        item.key for item in nsmallest(3, shelf.kinds["initiative"], key=lambda item: (item.sketch.weight, item.rank))
    ]
    volunteers = (("voisins solidaires inscrits", tally.volunteers),) if tally.volunteers is not None else ()
    counts = volunteers + tuple(
        (text, len(shelf.kinds[kind]))
        for kind, text in (
            ("initiative", "initiatives recensées"),
            ("building", "immeubles inscrits"),
            ("organisation", "partenaires"),
            ("kit", "kits prêts à l’emploi"),
        )
    )
    groups = (
        ("kits", "Le kit du moment", tuple(("kit", kit) for kit in kits[:3]), "/kits/", "Tous les kits"),
        ("agenda", "Prochains rendez-vous", tuple(events[:3]), "/agenda/", "Tout l’agenda"),
        ("portraits", "Ils et elles ont dit oui", _keys(shelf, "portrait", 3), "/portraits/", "Tous les portraits"),
        ("initiatives", "Près de chez vous", tuple(initiatives), "/initiatives/", "Toutes les initiatives"),
        ("quartiers", "Votre quartier", _keys(shelf, "neighbourhood", 12), "/quartiers/", "Tous les quartiers"),
        ("presse", "Actualités", _latest(shelf, "press_release", 2), "/presse/", "Espace presse"),
    )
    return PlannedPage(
        url="/",
        layout="home",
        section="",
        title=shelf.campaign.config.title,
        groups=tuple(PlannedGroup(*group) for group in groups if group[2]),
        values=(("counts", counts),),
    )


def _keys(shelf: Shelf, kind: str, limit: int | None = None) -> tuple[Key, ...]:
    return tuple(item.key for item in shelf.kinds[kind][:limit])


def _latest(shelf: Shelf, kind: str, limit: int) -> tuple[Key, ...]:
    return tuple(item.key for item in shelf.kinds[kind][: -limit - 1 : -1])


def _method(shelf: Shelf) -> PlannedPage:
    steps = _keys(shelf, "step")
    reads = steps + _keys(shelf, "factor")
    return PlannedPage("/methode/", "method", "methode", "La méthode en neuf étapes", cards=steps, reads=reads)


def _impact(shelf: Shelf, counts: Counts) -> PlannedPage:
    sites = _keys(shelf, "pilot_site")
    reads = sites + _keys(shelf, "indicator")
    lessons = _latest(shelf, "lesson", 6)
    group = PlannedGroup(
        "enseignements", "Ce que nous avons appris", lessons, "/enseignements/", "Tous les enseignements"
    )
    groups = (group,) if lessons else ()
    return PlannedPage(
        "/impact/",
        "impact",
        "impact",
        "Les résultats",
        cards=sites,
        reads=reads,
        groups=groups,
        values=(("network", counts),),
    )


def _participate(shelf: Shelf) -> PlannedPage:
    return PlannedPage("/participer/", "participate", "participer", "Participer", cards=_keys(shelf, "form"))


def _press(shelf: Shelf) -> PlannedPage:
    kits = _keys(shelf, "kit")
    groups = (PlannedGroup("kits", "Les opérations", kits, "/kits/", "Tous les kits"),) if kits else ()
    releases = _latest(shelf, "press_release", 50)
    return PlannedPage("/presse/", "press", "presse", "Espace presse", cards=releases, groups=groups)


def _redirects(shelf: Shelf) -> list[PlannedPage]:
    return [
        PlannedPage(
            url=kind.url(alias),
            layout="redirect",
            section=kind.section,
            title=item.outline.title,
            named=(item.key,),
            values=(("target", kind.url(item.outline.id)),),
        )
        for kind in KINDS.values()
        if kind.section is not None
        for item in shelf.kinds[kind.name]
        for alias in item.outline.aliases
    ]


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
