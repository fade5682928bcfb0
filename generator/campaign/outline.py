"""A record's outline: the little that the rest of the campaign needs to know of it.

A large town has tens of thousands of records. Linking and planning hold outlines only; whole records stay packed until
their own page is drawn. An outline is plain data, quick to keep from one build to the next.
"""

import types
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from . import sources
from .markup import Text
from .models.documents import PressRelease
from .models.fields import PARIS, Picture, Record, Reference
from .models.honours import CONSENT_NOTICE_DAYS, Award, Channel, Portrait
from .models.places import RENEWAL_NOTICE_DAYS, Building
from .models.programme import Alert, Event, Step
from .reading import Entry

Key = tuple[str, str]
"""A record's kind and id."""


class Named(NamedTuple):
    """A reference as written: where in the record, and the kind and id that it names."""

    place: sources.Path
    kind: str
    id: str


class Shot(NamedTuple):
    """A picture as named by a record: file name, alternative text, credit, caption."""

    file: str
    alt: str
    credit: str
    caption: str | None


class Outline(NamedTuple):
    """What is known of a record without opening it.

    - `path`, `place`: where it is written, for problems; `digest`: stands for all that was written;
    - `names`: its references; `aliases`: its former ids; `neighbourhoods`, `themes`: what lists are narrowed by;
    - `links`, `anchors`, `images`: of its texts; `picture`: its own;
    - `shown`: whether the site may show it; `changes`: the moments (POSIX seconds) at which it turns into something
      else by itself: a label ends, an event is over, an embargo falls.
    """

    kind: str
    id: str
    title: str
    path: str
    place: sources.Path
    digest: str
    names: tuple[Named, ...]
    aliases: tuple[str, ...]
    neighbourhoods: tuple[str, ...]
    themes: tuple[str, ...]
    links: tuple[str, ...]
    anchors: tuple[str, ...]
    images: tuple[str, ...]
    picture: Shot | None
    shown: bool
    changes: tuple[float, ...]

    @property
    def key(self) -> Key:
        """What names it in the whole campaign."""
        return self.kind, self.id

    @property
    def folder(self) -> str:
        """The folder that its pictures' names start from, from the campaign's root."""
        return self.path.rpartition("/")[0]


def outline(entry: Entry, now: datetime) -> Outline:
    """Give the outline of a record at a moment."""
    record: Any = entry.record
    texts = entry.texts.values()
    # Asking a record for a field that its kind does not have is slow, and most records lack most of these.
    fields = vars(record)
    neighbourhood = fields.get("neighbourhood")
    picture: Picture | None = fields.get("picture")
    return Outline(
        kind=entry.kind,
        id=record.id,
        title=record.title,
        path=entry.path,
        place=entry.place,
        digest=entry.digest,
        names=tuple(_names(record)),
        aliases=record.aliases,
        neighbourhoods=(neighbourhood,) if neighbourhood else fields.get("neighbourhoods", ()),
        themes=fields.get("themes", ()),
        links=_links(record, texts),
        anchors=tuple(anchor for text in texts for anchor in text.anchors),
        images=tuple(file for text in texts for file, _ in text.images),
        picture=Shot(picture.file, picture.alt, picture.credit, picture.caption) if picture else None,
        shown=_is_shown(record, now),
        changes=tuple(sorted(moment.timestamp() for moment in _changes(record))),
    )


def _names(record: Any) -> Iterator[Named]:
    """Give the references that pages may follow: a diploma whose holder stays unnamed must not lead to their face."""
    hidden = isinstance(record, Award) and record.holder is None
    return (named for named in references(record) if not (hidden and named.kind == "portrait"))


def _links(record: Any, texts: Iterable[Text]) -> tuple[str, ...]:
    links = [link for text in texts for link in text.links]
    if isinstance(record, Step):
        links.append(record.deliverable.url)
    return tuple(dict.fromkeys(links))


def _is_shown(record: Any, now: datetime) -> bool:
    if isinstance(record, Portrait):
        return record.consent.covers(Channel.SITE, now.astimezone(PARIS).date())
    if isinstance(record, PressRelease):
        return record.date <= now
    return True


def _changes(record: Any) -> Iterator[datetime]:
    """Give the moments at which a record is shown otherwise, though nobody edited it."""
    if isinstance(record, Event | Alert):
        yield record.start
        yield record.end
    elif isinstance(record, PressRelease):
        yield record.date
    elif isinstance(record, Portrait):
        consent = record.consent
        yield _midnight(consent.date)
        yield _midnight(consent.until, days=-CONSENT_NOTICE_DAYS)
        yield _midnight(consent.until, days=1)
        if consent.withdrawn:
            yield _midnight(consent.withdrawn)
    elif isinstance(record, Award) and record.withdrawn:
        yield _midnight(record.withdrawn)
    elif isinstance(record, Building) and record.label:
        label = record.label
        for day in (label.granted, label.withdrawn):
            if day:
                yield _midnight(day)
        if label.expires:
            yield _midnight(label.expires, days=-RENEWAL_NOTICE_DAYS)
            yield _midnight(label.expires, days=1)
    elif verified := vars(record).get("verified"):
        yield _midnight(verified, days=STALE_AFTER_DAYS + 1)


STALE_AFTER_DAYS = 365
"""An initiative not verified for longer says so."""


def _midnight(day: date, days: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(), PARIS)


def references(record: Record) -> Iterator[Named]:
    """Give every reference of a record."""
    for path, kind in _reference_fields(type(record)):
        yield from _follow(record, path, kind, ())


def _follow(value: Any, path: tuple[str, ...], kind: str, place: sources.Path) -> Iterator[Named]:
    if value is None:
        return
    if isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _follow(item, path, kind, (*place, position))
    elif path:
        yield from _follow(getattr(value, path[0]), path[1:], kind, (*place, path[0]))
    else:
        yield Named(place, kind, value)


@cache
def _reference_fields(model: type[BaseModel]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Give the fields of a model, nested ones too, that hold ids, with the kind of each."""
    found: list[tuple[tuple[str, ...], str]] = []
    for name, info in model.model_fields.items():
        kinds = [mark.kind for mark in info.metadata if isinstance(mark, Reference)] or _kinds_in(info.annotation)
        found += [((name,), kind) for kind in kinds]
        for inner in _models_in(info.annotation):
            found += [((name, *path), kind) for path, kind in _reference_fields(inner)]
    return tuple(found)


def _kinds_in(annotation: Any) -> list[str]:
    if get_origin(annotation) is Annotated:
        return [mark.kind for mark in annotation.__metadata__ if isinstance(mark, Reference)]
    if get_origin(annotation) in (Union, types.UnionType, tuple):
        return [kind for part in get_args(annotation) for kind in _kinds_in(part)]
    return []


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, types.UnionType, tuple, Annotated):
        return [model for part in get_args(annotation) for model in _models_in(part)]
    return []
