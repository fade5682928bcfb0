"""What is made of the campaign for the press and for networks: releases to read, press kits, social cards."""

from collections.abc import Callable, Iterable, Iterator

from generator.campaign.models import KINDS
from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key

from .cards import picture_path
from .documents import PlannedDocument
from .shelf import Item, Shelf
from .views import PictureView
from .wording import SECTION_TITLES


def _releases(shelf: Shelf) -> Iterator[PlannedDocument]:
    for item in shelf.kinds["press_release"]:
        if item.outline.shown_in(Channel.PRESS):
            page = KINDS["press_release"].url(item.outline.id)
            url = f"{page}communique-{item.outline.id}.pdf"
            yield PlannedDocument("communique", url, page, "Le communiqué", reads=(item.key,))


MAX_PICTURES, MAX_RELEASES = 16, 12
"""A press kit holds that many pictures at most, and that of an operation so many releases, the latest."""


def _press_kits(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Give the press kit of each release, on its page, and of each operation, on the press page."""
    for item in shelf.kinds["press_release"]:
        if item.outline.shown_in(Channel.PRESS):
            page = KINDS["press_release"].url(item.outline.id)
            url = f"{page}dossier-de-presse-{item.outline.id}.zip"
            yield _press_kit(shelf, item, url, page, "Le dossier de presse : textes, chiffres, images")
    for item in shelf.kinds["kit"]:
        if item.outline.shown_in(Channel.PRESS):
            url = f"/presse/dossier-de-presse-{item.outline.id}.zip"
            yield _press_kit(shelf, item, url, "/presse/", item.outline.title)


def _press_kit(shelf: Shelf, item: Item, url: str, page: str, label: str) -> PlannedDocument:
    related = _related(shelf, item)
    releases = [key for key in related if key[0] == "press_release"][:MAX_RELEASES]
    if item.key[0] == "press_release":
        releases = [item.key]
    pictured = _pictured(shelf, dict.fromkeys((item.key, *releases, *related)))
    reads = tuple(dict.fromkeys((item.key, *releases, *pictured, *_measures(item, shelf))))
    values = (("releases", tuple(releases)), ("pictures", pictured))
    return PlannedDocument("dossier-de-presse", url, page, label, reads=reads, values=values)


def _related(shelf: Shelf, item: Item) -> list[Key]:
    """Give the records that one names, and those that name it, if the press may have them: the same order each time."""
    around = [*(named[1:] for named in item.outline.names), *shelf.campaign.referrers.get(item.key, ())]
    known = [key for key in dict.fromkeys(around) if key in shelf.items]
    allowed = [key for key in known if shelf.items[key].outline.shown_in(Channel.PRESS)]
    return sorted(allowed, key=lambda key: (key[0], shelf.places[key]))


def _pictured(shelf: Shelf, keys: Iterable[Key]) -> tuple[Key, ...]:
    """Give the records whose pictures the press may have, each picture once."""
    pictures = shelf.pictures.within(Channel.PRESS)
    shots: dict[str, Key] = {}
    for key in keys:
        outline = shelf.items[key].outline
        path = picture_path(outline.folder, outline.picture.file) if outline.picture else None
        if path and path in pictures.derived:
            shots.setdefault(path, key)
    return tuple(shots.values())[:MAX_PICTURES]


def _measures(item: Item, shelf: Shelf) -> list[Key]:
    """Give the measures of the whole town, and those of the neighbourhoods that a release is about."""
    places = set(item.outline.neighbourhoods)
    measures = [each.outline for each in shelf.kinds["indicator"]]
    return [each.key for each in measures if not each.neighbourhoods or places.intersection(each.neighbourhoods)]


CARDS = "partage"
"""The kind of social cards, which pages show to networks rather than link."""


def _cards(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Give the cards of the home page, of the sections, of each record that networks may show.

    A kit in another language has that of the kit: the type of titles has no letters but Latin ones.
    """
    yield _card("/", shelf.campaign.config.tagline, "", "", None)
    for section, title in SECTION_TITLES.items():
        yield _card(f"/{section}/", title, "", "", None)
    pictures = shelf.pictures.within(Channel.SOCIAL)
    for item in shelf.items.values():
        kind, outline = KINDS[item.outline.kind], item.outline
        if kind.section is None or kind.name == "kit_version" or not outline.shown_in(Channel.SOCIAL):
            continue
        kicker = item.sketch.kicker
        if kicker is None:
            kicker = shelf.neighbourhoods.get(outline.neighbourhoods[0], "") if outline.neighbourhoods else ""
        what = kind.singular[:1].upper() + kind.singular[1:] if kind.section else ""
        words = kicker if kicker.startswith(what) else f"{what} · {kicker}" if kicker else what
        picture = pictures.view(outline.folder, outline.picture)
        yield _card(kind.url(outline.id), outline.title, words, item.sketch.when, picture)


def _card(page: str, title: str, kicker: str, when: str, picture: PictureView | None) -> PlannedDocument:
    file = picture.jpeg[-1].url.rpartition("/")[2] if picture else ""
    values = (("title", title), ("kicker", kicker), ("when", when), ("picture", file))
    return PlannedDocument(CARDS, f"{page}partage.{'jpg' if file else 'png'}", page, title, values=values)


FOR_PRESS: dict[str, Callable[[Shelf], Iterator[PlannedDocument]]] = {
    "communique": _releases,
    "dossier-de-presse": _press_kits,
    CARDS: _cards,
}
"""What plans each kind of document that the press or networks take."""
