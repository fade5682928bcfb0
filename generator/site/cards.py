"""A Shelf to cards: what each record looks like on other records' pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from generator.campaign.models.honours import Channel
from generator.campaign.models.record import Picture
from generator.campaign.outline import EVERYWHERE, Key, Outline, Shot

from .images import Derived
from .shelf import Item, Shelf
from .views import Card, PictureView


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures at hand: derivatives by path from the campaign's root, and the folder where they lie.

    `limits` holds the channels in which each portrait's own picture may be used, whoever shows it; `made` the stems of
    all that the folder should hold, for what is shown or will be.
    """

    derived: Mapping[str, Derived]
    cache: Path
    limits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    made: frozenset[str] = frozenset()

    def within(self, channel: Channel) -> "Pictures":
        """Give the pictures that may be used in a channel: feeds, press kits, social networks, printed documents."""
        barred = {path for path, channels in self.limits.items() if channel not in channels}
        if not barred:
            return self
        return replace(self, derived={path: each for path, each in self.derived.items() if path not in barred})

    def size(self, url: str) -> int:
        """Give the length in bytes of a derivative, as a feed's enclosure must state it."""
        return (self.cache / url.rsplit("/", 1)[-1]).stat().st_size

    def stem(self, folder: str, name: str) -> str:
        """Give the name that a picture's derivatives share, which changes with its content."""
        derived = self.derived.get(picture_path(folder, name) or "")
        return derived.stem if derived else ""

    def view(self, folder: str, picture: Picture | Shot | None) -> PictureView | None:
        """Give a record's picture for templates; None without a picture, or when its file is unusable."""
        if picture is None:
            return None
        path = picture_path(folder, picture.file) or ""
        derived = self.derived.get(path)
        if derived is None:
            return None
        shareable = Channel.SOCIAL in self.limits.get(path, EVERYWHERE)
        return derived.view(picture)._replace(shareable=shareable)


def picture_limits(portraits: Iterable[Outline]) -> dict[str, tuple[str, ...]]:
    """Give the channels in which each portrait's picture may be used, by path: those that all who are on it accept."""
    limits: dict[str, tuple[str, ...]] = {}
    for portrait in portraits:
        path = picture_path(portrait.folder, portrait.picture.file) if portrait.picture else None
        if path:
            known = limits.get(path, portrait.channels)
            limits[path] = tuple(channel for channel in portrait.channels if channel in known)
    return limits


def picture_path(folder: str, name: str) -> str | None:
    """Give the path from the campaign's root of a picture named in a record of `folder`.

    None for a name that leaves the root, or that no file can bear.
    """
    if "\\" in name or ":" in name or name.startswith("/") or any(ord(char) < 32 for char in name):
        return None
    parts: list[str] = []
    for part in PurePosixPath(folder, name).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def make_cards(shelf: Shelf) -> dict[Key, Card]:
    """Give the card of every record that may be shown."""
    return {item.key: card(item, shelf) for kind in shelf.campaign.outlines for item in shelf.kinds[kind]}


def card(item: Item, shelf: Shelf) -> Card:
    """Give the card of a record."""
    outline, drawn, _, key, url = item
    kicker = drawn.kicker
    if kicker is None:
        place = _place(outline, shelf)
        kicker = place.title if place else "Toute la ville"
    picture = shelf.pictures.view(outline.folder, outline.picture) if outline.picture else None
    return Card(*key, url, outline.title, drawn.summary, kicker, drawn.when, drawn.iso, drawn.tags, picture)


def _place(outline: Outline, shelf: Shelf) -> Outline | None:
    places = outline.neighbourhoods
    return shelf.campaign.outlines["neighbourhood"].get(places[0]) if places else None
