"""The pages of records: what each one shows of the others that it names and that name it."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.campaign.models import KINDS
from generator.campaign.models.forms import Source
from generator.campaign.outline import Key, Outline

from .choices import Choices
from .counts import Counts
from .listings import LISTINGS
from .planned import WITHDRAWN, PlannedGroup, PlannedPage
from .register import Register
from .shelf import GROUP_TITLES, Item, Shelf

GROUP_LIMIT = 12
"""A record's page shows that many cards of a kind, then leads to the whole list."""

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


Values = tuple[tuple[str, Any], ...]


def plan_records(
    shelf: Shelf, forms: Mapping[str, Choices], counts: Counts, register: Register
) -> dict[str, list[PlannedPage]]:
    """Give the pages of the records of each kind that has pages. The arguments are those of `plan`."""
    planner = RecordPlanner(shelf, forms, counts, register)
    return {
        kind.name: [planner.page(item) for item in shelf.kinds[kind.name]]
        for kind in KINDS.values()
        if kind.section is not None
    }


class RecordPlanner:
    """Plans the pages of records. The arguments are those of `plan`."""

    def __init__(self, shelf: Shelf, forms: Mapping[str, Choices], counts: Counts, register: Register) -> None:
        self._shelf = shelf
        self._forms = forms
        self._volunteers = counts.by_neighbourhood
        self._register = register
        self._desks = _desks(forms, shelf)
        self._headings = {kind: _headings(kind) for kind in KINDS}
        self._sequences: dict[str, dict[Key, tuple[Key | None, Key | None]]] = {}

    def page(self, item: Item) -> PlannedPage:
        """Give the page of a record."""
        kind = KINDS[item.key[0]]
        desk = self._desks.get(item.key)
        named, groups, reads = self._ties(item.outline, desk)
        before, after = self.around(item.key)
        return PlannedPage(
            url=item.url,
            layout=kind.name,
            section=kind.section or "",
            title=item.outline.title,
            key=item.key,
            groups=groups,
            named=named,
            reads=reads,
            before=before,
            after=after,
            values=(("desk", desk),) if desk else self._values(item.key),
        )

    def tied_anew(self, page: PlannedPage, outline: Outline) -> PlannedPage:
        """Give the page of a record that is as it was, among others that came, went or changed."""
        named, groups, reads = self._ties(outline, dict(page.values).get("desk"))
        return page._replace(named=named, groups=groups, reads=reads)

    def around(self, key: Key) -> tuple[Key | None, Key | None]:
        """Give the records to which a page leads as to the one before and the one after."""
        kind = key[0]
        if kind not in _ORDERED:
            return None, None
        if kind not in self._sequences:
            keys = [item.key for item in self._shelf.kinds[kind]]
            self._sequences[kind] = dict(zip(keys, zip([None, *keys], [*keys[1:], None], strict=False), strict=True))
        return self._sequences[kind][key]

    def _values(self, key: Key) -> Values:
        """Give what a page shows besides records."""
        kind, id_ = key
        if kind == "form" and id_ in self._forms:
            return (("choices", self._forms[id_]),)
        if kind == "neighbourhood" and id_ in self._volunteers:
            return (("volunteers", self._volunteers[id_]),)
        charter: Values = (("charter", self._register.digest),) if kind == "building" else ()
        signed = self._register.signed.get(key)
        return charter if signed is None else (*charter, ("signed", signed))

    def _ties(
        self, outline: Outline, desk: Key | None
    ) -> tuple[tuple[Key, ...], tuple[PlannedGroup, ...], tuple[Key, ...]]:
        """Give the records that a page names, the groups that it shows, and the records that it reads whole."""
        key, shelf = outline.key, self._shelf
        headings = self._headings[key[0]]
        named, linked = _ties(outline, shelf)
        groups = [_group(key, headings[kind], keys, shelf) for kind, keys in linked.items() if kind in headings]
        return (*named, desk) if desk else (*named,), tuple(groups), (key, *linked.get("indicator", ()))


def _desks(forms: Mapping[str, Choices], shelf: Shelf) -> dict[Key, Key]:
    """Give the open form by which one signs up for an event."""
    return {
        ("event", event): ("form", form)
        for form, choices in forms.items()
        if not shelf.items["form", form].sketch.weight
        for source, pairs in choices
        if source == Source.EVENT
        for event, _ in pairs
    }


def _ties(outline: Outline, shelf: Shelf) -> tuple[Iterable[Key], dict[str, list[Key]]]:
    """Give the records that one names and, by kind, those that its page may show as cards: all in order."""
    place_of, in_order = shelf.places.get, shelf.in_order
    linked = set(filter(None, map(place_of, shelf.campaign.referrers.get(outline.key, ()))))
    named: dict[Key, None] = {}
    for field, kind, target in outline.names:
        key = kind, target
        if place := place_of(key):
            named[key] = None
            if field[0] not in _NAMED_IN_FACTS:
                linked.add(place)
    kinds: dict[str, list[Key]] = {}
    for place in sorted(linked):
        key = in_order[place - 1]
        kinds.setdefault(key[0], []).append(key)
    return named, kinds


_NAMED_IN_FACTS = {"neighbourhood", "building", "organisation", "landlord", "portrait", "pilot_site"}
"""Fields that name one record: a line among the page's facts rather than a group of cards."""


def _headings(page_kind: str) -> dict[str, tuple[str, str]]:
    """Give the anchor and the title of each group that pages of a kind may show, by the kind of its records."""
    return {
        kind: (KINDS[kind].section or kind, _TITLES_ON.get((page_kind, kind), title))
        for kind, title in GROUP_TITLES.items()
        if kind != page_kind and (page_kind, kind) not in _UNSHOWN
    }


def _group(key: Key, heading: tuple[str, str], keys: list[Key], shelf: Shelf) -> PlannedGroup:
    if len(keys) <= GROUP_LIMIT:
        return PlannedGroup(*heading, tuple(keys))
    return PlannedGroup(*heading, tuple(keys[:GROUP_LIMIT]), *_whole_list(key, keys[0][0], keys, shelf))


def _whole_list(key: Key, kind: str, keys: list[Key], shelf: Shelf) -> tuple[str, str]:
    """Give where the rest of a group is listed: in the neighbourhood's part of the list if there is one."""
    section = KINDS[kind].section
    if key[0] == "neighbourhood" and _has_part(kind, keys, shelf):
        return f"/{section}/quartier-{key[1]}/", f"{_WHOLE_LISTS[kind]} du quartier"
    return f"/{section}/", _WHOLE_LISTS[kind]


def _has_part(kind: str, keys: list[Key], shelf: Shelf) -> bool:
    if kind == "event":
        # What is to come stands first.
        return shelf.items[keys[0]].sketch.end > shelf.now
    return any(listing.kind == kind and listing.by_neighbourhood for listing in LISTINGS)


def redirects(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages that stand at records' former addresses and lead to the new ones."""
    kinds = [kind.name for kind in KINDS.values() if kind.section is not None]
    return [page for kind in kinds for item in shelf.kinds[kind] for page in redirects_to(item)]


def redirects_to(item: Item) -> list[PlannedPage]:
    """Give those that lead to one record."""
    kind = KINDS[item.key[0]]
    return [
        PlannedPage(
            url=kind.url(alias),
            layout="redirect",
            section=kind.section or "",
            title=f"Page déplacée\u00a0: {item.outline.title}",
            named=(item.key,),
            values=(("target", item.url),),
        )
        for alias in item.outline.aliases
    ]


def withdrawn(shelf: Shelf) -> list[PlannedPage]:
    """Give the pages that stand where another one was taken back. Of a portrait, not even the address is kept."""
    return [
        PlannedPage(kind.url(each), WITHDRAWN, kind.section, "Page retirée", reads=(outline.key,))
        for kind in KINDS.values()
        if kind.section is not None and kind.name != "portrait"
        for outline in shelf.campaign.outlines[kind.name].values()
        if outline.gone
        for each in (outline.id, *outline.aliases)
    ]
