"""Which pages the site has, and what each one reads: the plan, made before any page is drawn."""

from collections.abc import Mapping
from heapq import nsmallest
from typing import Any

from generator.campaign.models import KINDS
from generator.campaign.models.charter import Charter
from generator.campaign.models.forms import Source
from generator.campaign.outline import Key, Outline

from .choices import Choices
from .counts import Counts
from .feeds.plan import EVERYTHING, FEEDS, FOLDER, neighbourhood_feeds
from .kits import KIT_TEXTS, emergency_page, other_forms, with_forms
from .listings import LISTINGS, Listing, Shelf, paged, plan_agenda, plan_listing
from .planned import WITHDRAWN, PlannedGroup, PlannedPage
from .register import CHARTER_URL, Register
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

_TITLES_ON = {
    ("building", "pilot_site"): "Les essais menés ici",
    ("event", "kit"): "Pour s’y préparer",
    ("event", "lesson"): "Ce que nous en avons appris",
    ("event", "organisation"): "Les organisateurs",
    ("initiative", "kit"): "Les kits utilisés",
    ("initiative", "lesson"): "Ce que nous en avons appris",
    ("kit", "event"): "Les rendez-vous où il sert",
    ("kit", "initiative"): "Ils s’en servent",
    ("kit", "lesson"): "Ce que nous en avons appris",
    ("kit", "scheme"): "Les dispositifs à connaître",
    ("organisation", "building"): "Ses immeubles",
    ("organisation", "event"): "Ses rendez-vous",
    ("organisation", "initiative"): "Ses initiatives",
    ("organisation", "neighbourhood"): "Ses quartiers",
    ("pilot_site", "building"): "Les immeubles de l’essai",
    ("portrait", "award"): "Ses diplômes",
    ("portrait", "initiative"): "Ses initiatives",
    ("scheme", "initiative"): "Les initiatives qui s’y greffent",
    ("scheme", "kit"): "Les kits qui le complètent",
    ("step", "form"): "Pour y prendre part",
}
"""The same, where the kind of page says more of how the two belong together."""

_WHOLE_LISTS = {
    "event": "Tout l’agenda",
    "kit": "Tous les kits",
    "initiative": "Toutes les initiatives",
    "building": "Tous les immeubles",
    "portrait": "Tous les portraits",
    "award": "Tous les diplômes",
    "organisation": "Tous les partenaires",
    "scheme": "Tous les dispositifs",
    "pilot_site": "Tous les sites pilotes",
    "press_release": "Tous les communiqués",
    "lesson": "Tous les enseignements",
    "neighbourhood": "Tous les quartiers",
    "step": "Toutes les étapes",
    "form": "Tous les formulaires",
}

_UNSHOWN = {("form", "step"), ("kit_version", "kit")}
"""Groups that a page goes without: whoever fills in a form came to sign up; a version leads to its kit by itself."""

_ORDERED = {"step", "event", "press_release", "lesson"}
"""Kinds whose order means something: their pages lead to the one before and the one after."""


def plan(
    shelf: Shelf, kits: list[str], forms: Mapping[str, Choices], counts: Counts, register: Register
) -> list[PlannedPage]:
    """Give every HTML page of the site, lists and records alike.

    `kits` holds the kits' ids, the most useful first; `forms` the choices that each form offers; `counts` the tally of
    the network of volunteers; `register` is that of labels and diplomas.
    """
    pages = [_home(shelf, kits, counts)]
    for listing in LISTINGS:
        pages += _listed(listing, shelf, register.charter)
    pages += _charter(register)
    pages += plan_agenda(shelf)
    desks = _desks(forms, shelf)
    for kind in KINDS.values():
        if kind.section is not None:
            pages += [_with_values(page, forms, desks, counts, register) for page in _records(kind.name, shelf)]
    pages = [with_forms(page, shelf) if page.layout in KIT_TEXTS else page for page in pages]
    pages += [form for page in pages if page.layout in KIT_TEXTS for form in other_forms(page, shelf)]
    pages.append(emergency_page(shelf))
    pages += [_method(shelf), _impact(shelf, counts), _participate(shelf), *_press(shelf)]
    pages.append(_feeds(shelf))
    pages.append(PlannedPage("/recherche/", "search", "", "Recherche"))
    pages.append(PlannedPage("/404.html", "not_found", "", "Page introuvable"))
    pages += _redirects(shelf)
    pages += _withdrawn(shelf)
    pages.append(_sitemap(pages))
    return pages


def _register_values(key: Key, register: Register) -> tuple[tuple[str, Any], ...]:
    signed = (("signed", register.signed[key]),) if key in register.signed else ()
    return (("charter", register.digest), *signed) if key[0] == "building" else signed


def _listed(listing: Listing, shelf: Shelf, charter: Charter) -> list[PlannedPage]:
    pages = plan_listing(listing, shelf)
    if listing.layout != "register":
        return pages
    values = (("charter", CHARTER_URL if charter.levels else ""),)
    return [page._replace(values=values) for page in pages]


def _charter(register: Register) -> list[PlannedPage]:
    """Give the charter's page; none while it has no level to give."""
    charter = register.charter
    if not charter.levels:
        return []
    values = (("charter", register.digest),)
    return [PlannedPage(CHARTER_URL, "charter", "immeubles", charter.title, lead=charter.summary, values=values)]


def _desks(forms: Mapping[str, Choices], shelf: Shelf) -> dict[str, Key]:
    """Give the open form by which one signs up for an event, by the event's id."""
    return {
        event: ("form", form)
        for form, choices in forms.items()
        if not shelf.items["form", form].sketch.weight
        for source, pairs in choices
        if source == Source.EVENT
        for event, _ in pairs
    }


def _with_values(
    page: PlannedPage, forms: Mapping[str, Choices], desks: Mapping[str, Key], counts: Counts, register: Register
) -> PlannedPage:
    kind, id_ = page.key or ("", "")
    if kind in ("building", "award"):
        return page._replace(values=_register_values((kind, id_), register))
    if kind == "form":
        return page._replace(values=(("choices", forms[id_]),))
    if kind == "event" and id_ in desks:
        return page._replace(values=(("desk", desks[id_]),), named=(*page.named, desks[id_]))
    if kind == "neighbourhood" and id_ in counts.by_neighbourhood:
        return page._replace(values=(("volunteers", counts.by_neighbourhood[id_]),))
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
        _group(key, other, list(linked[other]), shelf)
        for other in GROUP_TITLES
        if other in linked and other != kind and (kind, other) not in _UNSHOWN
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
    more, more_text = _whole_list(key, kind, keys, shelf) if len(keys) > GROUP_LIMIT else ("", "")
    return PlannedGroup(
        id=KINDS[kind].section or kind,
        title=_TITLES_ON.get((key[0], kind), GROUP_TITLES[kind]),
        keys=tuple(keys[:GROUP_LIMIT]),
        more=more,
        more_text=more_text,
    )


def _whole_list(key: Key, kind: str, keys: list[Key], shelf: Shelf) -> tuple[str, str]:
    """Give where the rest of a group is listed: in the neighbourhood's part of the list if there is one."""
    section = KINDS[kind].section
    if key[0] == "neighbourhood" and _has_part(kind, keys, shelf):
        return f"/{section}/quartier-{key[1]}/", f"{_WHOLE_LISTS[kind]} du quartier"
    return f"/{section}/", _WHOLE_LISTS[kind]


def _has_part(kind: str, keys: list[Key], shelf: Shelf) -> bool:
    if kind == "event":
        return any(shelf.items[key].sketch.end > shelf.now for key in keys)
    return any(listing.kind == kind and listing.by_neighbourhood for listing in LISTINGS)


def _home(shelf: Shelf, kits: list[str], tally: Counts) -> PlannedPage:
    events = [item.key for item in shelf.kinds["event"] if item.sketch.end > shelf.now and not item.sketch.weight]
    initiatives = [
        item.key for item in nsmallest(3, shelf.kinds["initiative"], key=lambda item: (item.sketch.weight, item.rank))
    ]
    amounts = (
        (tally.volunteers or 0, "voisin solidaire inscrit", "voisins solidaires inscrits"),
        (len(shelf.kinds["initiative"]), "initiative recensée", "initiatives recensées"),
        (len(shelf.kinds["building"]), "immeuble au registre", "immeubles au registre"),
        (len(shelf.kinds["organisation"]), "partenaire", "partenaires"),
        (len(shelf.kinds["kit"]), "kit prêt à l’emploi", "kits prêts à l’emploi"),
    )
    counts = tuple((one if number == 1 else many, number) for number, one, many in amounts if number)
    groups = (
        ("kits", "Le kit du moment", tuple(("kit", kit) for kit in kits[:3]), "/kits/", "Tous les kits"),
        ("agenda", "Prochains rendez-vous", tuple(events[:3]), "/agenda/", "Tout l’agenda"),
        ("portraits", "Ils et elles ont dit oui", _keys(shelf, "portrait", 4), "/portraits/", "Tous les portraits"),
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
        "Ce qui a changé",
        cards=sites,
        groups=groups,
        named=_keys(shelf, "neighbourhood") if counts.volunteers is not None else (),
        reads=reads,
        values=(("network", counts),),
    )


def _participate(shelf: Shelf) -> PlannedPage:
    return PlannedPage("/participer/", "participate", "participer", "Participer", cards=_keys(shelf, "form"))


_PRESS = Listing(
    "press_release",
    "Espace presse",
    "Communiqués, chiffres, images et contact pour les journalistes, sans inscription.",
)


def _press(shelf: Shelf) -> list[PlannedPage]:
    kits = _keys(shelf, "kit")
    group = PlannedGroup("kits", "Les opérations et leurs images", kits, "/kits/", "Tous les kits")
    first, *others = paged(_PRESS, shelf.kinds["press_release"][::-1], "/presse/", _PRESS.title, ())
    first = first._replace(groups=(group,) if kits else (), reads=_keys(shelf, "indicator"))
    return [page._replace(layout="press") for page in (first, *others)]


def _feeds(shelf: Shelf) -> PlannedPage:
    """Give the page that explains feeds and leads to all of them."""
    values = (("feeds", (EVERYTHING, *FEEDS.values())), ("neighbourhoods", neighbourhood_feeds(shelf)))
    return PlannedPage(FOLDER, "feeds", "", "Suivre les nouveautés", values=values)


def _redirects(shelf: Shelf) -> list[PlannedPage]:
    return [
        PlannedPage(
            url=kind.url(alias),
            layout="redirect",
            section=kind.section,
            title=f"Page déplacée\u00a0: {item.outline.title}",
            named=(item.key,),
            values=(("target", kind.url(item.outline.id)),),
        )
        for kind in KINDS.values()
        if kind.section is not None
        for item in shelf.kinds[kind.name]
        for alias in item.outline.aliases
    ]


def _withdrawn(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages that stand where another one was taken back. Of a portrait, not even the address is kept."""
    return [
        PlannedPage(kind.url(each), WITHDRAWN, kind.section, "Page retirée", reads=(outline.key,))
        for kind in KINDS.values()
        if kind.section is not None and kind.name != "portrait"
        for outline in shelf.campaign.outlines[kind.name].values()
        if outline.gone
        for each in (outline.id, *outline.aliases)
    ]


def _sitemap(pages: list[PlannedPage]) -> PlannedPage:
    """Give the site map: each section's own page, then its records."""
    sections: dict[str, list[PlannedPage]] = {}
    listed = [page for page in pages if page.layout not in _UNLISTED and not page.is_filter and not page.copy_of]
    for page in (*(page for page in listed if page.key is None), *(page for page in listed if page.key)):
        if page.number == 1:
            sections.setdefault(page.section, []).append(page)
    parts = tuple(
        (
            members[0].title if section else "Le site",
            tuple(Link("Accueil" if page.url == "/" else page.title, page.url) for page in members[:SITEMAP_LIMIT]),
            max(0, len(members) - SITEMAP_LIMIT),
        )
        for section, members in sections.items()
    )
    return PlannedPage("/plan-du-site/", "sitemap", "", "Plan du site", values=(("sections", parts),))


_UNLISTED = {"redirect", "not_found", "kit_version", WITHDRAWN}

SITEMAP_LIMIT = 200
"""Past that many pages in a section, the site map leads to the section's own paginated list."""
