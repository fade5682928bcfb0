"""Planned pages to views: what each page's template reads, drawn from the records that the plan lets it use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from generator.campaign.models.charter import Charter
from generator.campaign.outline import Key
from generator.campaign.reading import Entry
from generator.config import SiteConfig

from . import dates
from .cards import Pictures
from .facts import Named, facts
from .feeds.discovery import known_from
from .layouts import EXTRAS
from .links import document_html, record_html, without_hidden
from .metadata import head, shared_image
from .planned import WITHDRAWN, PlannedPage
from .views import Card, Fact, Group, Link, PageView, PictureView
from .wording import DESCRIPTIONS, SECTION_TITLES


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
    planned = dict(page.values)
    breadcrumbs = _breadcrumbs(page)
    lead = description = page.lead or (own.summary if own else DESCRIPTIONS.get(page.layout, ""))
    picture = own.picture if own else None
    if page.layout == "home":
        picture = library.picture
        lead, description = library.config.tagline, library.config.description
    elif page.layout == "award":
        lead = ""  # The citation stands in full on the page.
    build = EXTRAS.get(page.layout)
    return PageView(
        url=page.url,
        layout=page.layout,
        section=page.section,
        title=page.title,
        head=head(
            library.config,
            planned["target"] if page.layout == "redirect" else page.copy_of or page.url,
            _head_title(page, record),
            description,
            kind=page.key[0] if page.key else None,
            record=record,
            picture=picture,
            image=shared_image(library.config, page.share, picture, library.picture),
            breadcrumbs=breadcrumbs,
            feeds=known_from(page),
            robots="noindex" if page.copy_of or page.layout in _UNINDEXED else "",
            versions=planned.get("versions", ()) if page.key else (),
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
            [
                Group(group.id, group.title, tuple([cards[key] for key in group.keys]), group.more, group.more_text)
                for group in page.groups
            ]
        ),
        cards=tuple([cards[key] for key in page.cards]),
        filters=page.filters,
        pagination=page.pagination,
        previous=_link(page.before, cards),
        following=_link(page.after, cards),
        downloads=page.downloads,
        language=page.language,
        extra=build(page, entries, cards, library) if build else planned,
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
    top = _TOPS.get(page.section)
    above = (_HOME, top) if top and top.url != page.url else (_HOME,)
    return (*above, *page.parents, Link(page.short or page.title, page.url, current=True))


_HOME = Link("Accueil", "/")
_TOPS = {section: Link(title, f"/{section}/") for section, title in SECTION_TITLES.items()}


def _texts(url: str, entry: Entry, library: Library) -> dict[str, Markup]:
    """Give a record's texts with their links and pictures leading to the right place from its page."""
    base = "/".join([".."] * (url.count("/") - 1))
    texts = {}
    for name, written in entry.texts.items():
        text = without_hidden(written, entry.folder, library.unpublished) if library.unpublished else written
        html = document_html(text, entry, base, library.pictures) if name == "body" else record_html(text.html, base)
        texts[name] = Markup(html)
    return texts
