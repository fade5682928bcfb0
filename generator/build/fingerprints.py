"""Fingerprints: for each file of the site, a digest of all that it is made from. Same digest, same bytes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key, Outline
from generator.site.chrome import Chrome
from generator.site.feeds.plan import FEEDS, FeedDocument, PlannedItem
from generator.site.links import is_unpublished
from generator.site.pages import Library
from generator.site.planned import PlannedPage
from generator.site.sketches import Sketch
from generator.site.views import Card, PictureView

if TYPE_CHECKING:
    from generator.site.documents import PlannedDocument


class States(NamedTuple):
    """What stands for each record in fingerprints, by key: for what reads it whole, for what shows its card.

    `fed` holds those of the records that feeds read otherwise than pages do; `common` stands for what all pages share.
    """

    common: str
    records: Mapping[Key, str]
    cards: Mapping[Key, str]
    fed: Mapping[Key, str]


def states_of(outlines: Iterable[Outline], sketches: Mapping[Key, Sketch], library: Library) -> States:
    """Give what stands for every record of a campaign."""
    keyed = {outline.key: outline for outline in outlines}
    records = {key: record_state(outline, library) for key, outline in keyed.items()}
    cards = {key: card_state(sketches[key], card) for key, card in library.cards.items()}
    told = for_feeds(library)
    illustrated = [key for key in cards if key[0] in FEEDS and keyed[key].images]
    return States(_common(library), records, cards, {key: record_state(keyed[key], told) for key in illustrated})


def _common(library: Library) -> str:
    return _digest(repr((library.alert_kits, library.pictures.view("data", library.config.picture))))


def for_feeds(library: Library) -> Library:
    """Give the library without the pictures of those who don't want theirs in feeds."""
    return replace(library, pictures=library.pictures.within(Channel.FEED))


def record_state(outline: Outline, library: Library) -> str:
    """Give what a record's own page depends on besides cards: its text, the pictures in it, the links kept in it."""
    images = [library.pictures.stem(outline.folder, file) for file in outline.images]
    hidden = library.unpublished
    dead = [target for target in outline.links if is_unpublished(target, outline.folder, hidden)] if hidden else []
    return repr((outline.digest, images, dead)) if images or dead else outline.digest


def card_state(sketch: Sketch, card: Card) -> str:
    """Give what stands for a card, in few letters, for it stands on many pages: a digest of all that it shows."""
    return _digest(f"{sketch.digest} {card.kicker} {_picture_state(card.picture)}")


def _picture_state(picture: PictureView | None) -> str:
    return f"{picture.jpeg} {picture.shareable}" if picture else ""


class Prints:
    """Makes the fingerprints of pages and of documents of feeds from the states of the records that they show.

    What stands for an item, which several feeds tell, is known again by its identity: whoever asks holds it meanwhile.
    """

    def __init__(self, states: States, chrome: Chrome) -> None:
        self._states = states
        self._chrome = chrome
        self._items: dict[tuple[int, bool], str] = {}

    def page(self, page: PlannedPage, packed: bytes) -> str:
        """Give the fingerprint of a page, given it packed too, as by `Packer`."""
        states = self._states
        read = " ".join([states.records[key] for key in page.reads])
        shown = "".join([states.cards[key] for key in page.shown()])
        layout = self._chrome.layout_digest(page.layout, page.url)
        inputs = f"{states.common}{layout}{read} {shown}".encode("utf-8", "surrogatepass")
        return blake2b(inputs + packed, digest_size=12).hexdigest()

    def feed(self, document: FeedDocument) -> str:
        """Give the fingerprint that all files of a document share."""
        items = [self._item_state(item, document.whole(item)) for item in document.items]
        return _digest(repr((self._states.common, self._chrome.settings_digest, document.feed, document[2:], items)))

    def _item_state(self, item: PlannedItem, whole: bool) -> str:
        """Give what stands for an item: told in short, it says no more than its card and what was planned of it."""
        key = id(item), whole
        if key not in self._items:
            states = self._states
            text = (states.fed.get(item.key) or states.records[item.key]) if whole else ""
            picture = item.picture and item.picture.jpeg
            planned = (item.name, item.published, item.updated, item.tags, picture)
            self._items[key] = _digest(f"{states.cards[item.key]}{text}{planned}")
        return self._items[key]


class DocumentPrints:
    """Makes the fingerprints of documents from outlines: `common` stands for what all documents are made with."""

    def __init__(self, common: str, outline: Callable[[Key], Outline], library: Library) -> None:
        self._common = common
        self._outline = outline
        self._library = library
        self._allowed = [
            library.pictures,
            *(library.pictures.within(channel) for channel in (Channel.PRINT, Channel.PRESS)),
        ]
        self._state = cache(self._state_of)

    def document(self, document: "PlannedDocument") -> str:
        """Give the fingerprint of all that a document is made from: same fingerprint, same bytes."""
        read = [self._state(key) for key in document.reads]
        named = [self._outline(key).title for key in document.named]
        # A plain tuple is written out twice as fast as a named one.
        return _digest(f"{self._common} {tuple(document)} {read} {named}")

    def _state_of(self, key: Key) -> str:
        outline = self._outline(key)
        files = (*([outline.picture.file] if outline.picture else []), *outline.images)
        pictures = [each.stem(outline.folder, file) for each in self._allowed for file in files]
        shot = tuple(outline.picture) if outline.picture else None
        return f"{record_state(outline, self._library)} {shot} {pictures}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
