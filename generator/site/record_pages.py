"""The pages of records: what each one shows of the others that it names and that name it."""

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import Any

from generator.campaign.models import KINDS, Kind
from generator.campaign.models.forms import Source
from generator.campaign.outline import Key

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
    values = _values(shelf, forms, counts, register)
    desks = _desks(forms, shelf)
    pages = {kind.name: _of_kind(kind, shelf, values) for kind in KINDS.values() if kind.section is not None}
    pages["event"] = [_with_desk(page, desks) for page in pages["event"]]
    return pages


def _values(shelf: Shelf, forms: Mapping[str, Choices], counts: Counts, register: Register) -> dict[Key, Values]:
    """Give what pages show besides records, by the key of their own."""
    charter = (("charter", register.digest),)
    signed: dict[Key, Values] = {key: (("signed", length),) for key, length in register.signed.items()}
    return (
        signed
        | {item.key: charter + signed.get(item.key, ()) for item in shelf.kinds["building"]}
        | {("form", form): (("choices", choices),) for form, choices in forms.items()}
        | {("neighbourhood", place): (("volunteers", number),) for place, number in counts.neighbourhoods}
    )


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


def _with_desk(page: PlannedPage, desks: Mapping[Key, Key]) -> PlannedPage:
    desk = desks.get(page.key) if page.key else None
    return page._replace(named=(*page.named, desk), values=(("desk", desk),)) if desk else page


def _of_kind(kind: Kind, shelf: Shelf, values: Mapping[Key, Values]) -> list[PlannedPage]:
    items = shelf.kinds[kind.name]
    headings = _headings(kind.name)
    around: list[Key | None] = [None, *(item.key for item in items), None] if kind.name in _ORDERED else []
    ends = zip(around, around[2:], strict=False) if around else repeat((None, None))
    pages = []
    for item, (before, after) in zip(items, ends, strict=False):
        named, linked = _ties(item, shelf)
        groups = [_group(item.key, headings[other], keys, shelf) for other, keys in linked.items() if other in headings]
        pages.append(
            PlannedPage(
                url=item.url,
                layout=kind.name,
                section=kind.section or "",
                title=item.outline.title,
                key=item.key,
                groups=tuple(groups),
                named=tuple(named),
                reads=(item.key, *linked.get("indicator", ())),
                before=before,
                after=after,
                values=values.get(item.key, ()),
            )
        )
    return pages


def _ties(item: Item, shelf: Shelf) -> tuple[Iterable[Key], dict[str, list[Key]]]:
    """Give the records that one names and, by kind, those that its page may show as cards: all in order."""
    place_of, in_order = shelf.places.get, shelf.in_order
    linked = set(filter(None, map(place_of, shelf.campaign.referrers.get(item.key, ()))))
    named: dict[Key, None] = {}
    for field, kind, target in item.outline.names:
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
    return [
        PlannedPage(
            url=kind.url(alias),
            layout="redirect",
            section=kind.section,
            title=f"Page déplacée\u00a0: {item.outline.title}",
            named=(item.key,),
            values=(("target", item.url),),
        )
        for kind in KINDS.values()
        if kind.section is not None
        for item in shelf.kinds[kind.name]
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
