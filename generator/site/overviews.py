"""Pages that are no record's and no list: the home page, the method, the impact, the press, feeds, the site map."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from generator.campaign.models import KINDS
from generator.campaign.outline import Key

from .counts import Counts
from .feeds.plan import EVERYTHING, FEEDS, FOLDER, neighbourhood_feeds
from .listings import Listing, paged
from .planned import WITHDRAWN, PlannedGroup, PlannedPage
from .register import CHARTER_URL, Register
from .shelf import Shelf
from .views import Link


class Last(NamedTuple):
    """A page as it was last planned, and the kinds of records that came, went or changed since."""

    page: PlannedPage
    kinds: Collection[str]


def home(shelf: Shelf, kits: Sequence[str], tally: Counts, last: Last | None = None) -> PlannedPage:
    """Give the home page; `kits` holds their ids, the most useful first."""
    amounts = (
        (tally.volunteers or 0, "voisin solidaire inscrit", "voisins solidaires inscrits"),
        (shelf.number("initiative"), "initiative recensée", "initiatives recensées"),
        (shelf.number("building"), "immeuble au registre", "immeubles au registre"),
        (shelf.number("organisation"), "partenaire", "partenaires"),
        (shelf.number("kit"), "kit prêt à l’emploi", "kits prêts à l’emploi"),
    )
    counts = tuple((one if number == 1 else many, number) for number, one, many in amounts if number)
    known = {group.id: group for group in last.page.groups} if last else {}
    groups = [
        known.get(id_) if last and kind not in last.kinds else PlannedGroup(id_, title, keys(shelf, kits), *more)
        for kind, id_, title, keys, *more in _HOME
    ]
    return PlannedPage(
        url="/",
        layout="home",
        section="",
        title=shelf.campaign.config.title,
        groups=tuple(group for group in groups if group and group.keys),
        values=(("counts", counts),),
    )


def _coming(shelf: Shelf) -> tuple[Key, ...]:
    events = (item.key for item in shelf.kinds["event"] if item.sketch.end > shelf.now and not item.sketch.weight)
    return tuple(islice(events, 3))


def _foremost(shelf: Shelf) -> tuple[Key, ...]:
    found = nsmallest(3, shelf.kinds["initiative"], key=lambda item: (item.sketch.weight, item.rank))
    return tuple(item.key for item in found)


_HOME: tuple[tuple[str, str, str, Callable[[Shelf, Sequence[str]], tuple[Key, ...]], str, str], ...] = (
    (
        "kit",
        "kits",
        "Le kit du moment",
        lambda shelf, kits: tuple(("kit", kit) for kit in kits[:3]),
        "/kits/",
        "Tous les kits",
    ),
    ("event", "agenda", "Prochains rendez-vous", lambda shelf, kits: _coming(shelf), "/agenda/", "Tout l’agenda"),
    (
        "portrait",
        "portraits",
        "Ils et elles ont dit oui",
        lambda shelf, kits: _keys(shelf, "portrait", 4),
        "/portraits/",
        "Tous les portraits",
    ),
    (
        "initiative",
        "initiatives",
        "Près de chez vous",
        lambda shelf, kits: _foremost(shelf),
        "/initiatives/",
        "Toutes les initiatives",
    ),
    (
        "neighbourhood",
        "quartiers",
        "Votre quartier",
        lambda shelf, kits: _keys(shelf, "neighbourhood", 12),
        "/quartiers/",
        "Tous les quartiers",
    ),
    (
        "press_release",
        "presse",
        "Actualités",
        lambda shelf, kits: _latest(shelf, "press_release", 2),
        "/presse/",
        "Espace presse",
    ),
)
"""The groups of the home page: their kind, anchor and title, what they show, where they lead."""


def _keys(shelf: Shelf, kind: str, limit: int | None = None) -> tuple[Key, ...]:
    return tuple(item.key for item in shelf.kinds[kind][:limit])


def _latest(shelf: Shelf, kind: str, limit: int) -> tuple[Key, ...]:
    return tuple(item.key for item in shelf.kinds[kind][: -limit - 1 : -1])


def method(shelf: Shelf) -> PlannedPage:
    """Give the page of the method: its steps and the factors of success."""
    steps = _keys(shelf, "step")
    reads = steps + _keys(shelf, "factor")
    return PlannedPage("/methode/", "method", "methode", "La méthode en neuf étapes", cards=steps, reads=reads)


def impact(shelf: Shelf, counts: Counts) -> PlannedPage:
    """Give the page of what has changed: pilot sites, measures, the network of volunteers, lessons."""
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


def participate(shelf: Shelf) -> PlannedPage:
    """Give the page that leads to every form."""
    return PlannedPage("/participer/", "participate", "participer", "Participer", cards=_keys(shelf, "form"))


_PRESS = Listing(
    "press_release",
    "Espace presse",
    "Communiqués, chiffres, images et contact pour les journalistes, sans inscription.",
    layout="press",
)


def press(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages of the press: the releases, latest first, and on the first page the kits too."""
    kits = _keys(shelf, "kit")
    group = PlannedGroup("kits", "Les opérations et leurs images", kits, "/kits/", "Tous les kits")
    first, *others = paged(_PRESS, shelf.kinds["press_release"][::-1], "/presse/")
    first = first._replace(groups=(group,) if kits else (), reads=_keys(shelf, "indicator"))
    return [first, *others]


def feeds(shelf: Shelf) -> PlannedPage:
    """Give the page that explains feeds and leads to all of them."""
    values = (("feeds", (EVERYTHING, *FEEDS.values())), ("neighbourhoods", neighbourhood_feeds(shelf)))
    return PlannedPage(FOLDER, "feeds", "", "Suivre les nouveautés", values=values)


def charter(register: Register) -> list[PlannedPage]:
    """Give the charter's page; none while it has no level to give."""
    charter = register.charter
    if not charter.levels:
        return []
    values = (("charter", register.digest),)
    return [PlannedPage(CHARTER_URL, "charter", "immeubles", charter.title, lead=charter.summary, values=values)]


def sitemap(pages: Iterable[PlannedPage]) -> PlannedPage:
    """Give the site map: each section's own page, then its records."""
    lists: list[PlannedPage] = []
    records: list[PlannedPage] = []
    for page in pages:
        if page.layout in _UNLISTED or page.is_filter or page.copy_of:
            continue
        if page.key:
            records.append(page)
        elif page.number == 1:
            lists.append(page)
    sections: dict[str, list[PlannedPage]] = {}
    for page in lists + records:
        sections.setdefault(page.section, []).append(page)
    return _sitemap(
        _part(
            members[0].title if section else "Le site",
            [Link("Accueil" if page.url == "/" else page.title, page.url) for page in members[:SITEMAP_LIMIT]],
            len(members),
        )
        for section, members in sections.items()
    )


def sitemap_again(shelf: Shelf, last: Last, counts: Mapping[str, int]) -> PlannedPage:
    """Give the site map anew, where each kind concerned has a section of its own; `counts` says how many it had."""
    kinds = {f"/{KINDS[kind].section}/": kind for kind in last.kinds}
    parts: list[_Part] = []
    for part in dict(last.page.values)["sections"]:
        title, links, hidden = part
        kind = kinds.get(links[0].url)
        if kind:
            lists = len(links) + hidden - counts[kind]
            records = (Link(item.outline.title, item.url) for item in shelf.kinds[kind][: SITEMAP_LIMIT - lists])
            part = _part(title, [*links[:lists], *records], lists + shelf.number(kind))
        parts.append(part)
    return _sitemap(parts)


_Part = tuple[str, tuple[Link, ...], int]
"""A section of the site map: its title, its first pages, how many more it has."""


def _part(title: str, links: Sequence[Link], total: int) -> _Part:
    return title, tuple(links), max(0, total - SITEMAP_LIMIT)


def _sitemap(parts: Iterable[_Part]) -> PlannedPage:
    return PlannedPage("/plan-du-site/", "sitemap", "", "Plan du site", values=(("sections", tuple(parts)),))


_UNLISTED = {"redirect", "not_found", "kit_version", WITHDRAWN}

SITEMAP_LIMIT = 200
"""Past that many pages in a section, the site map leads to the section's own paginated list."""
