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
from .models.documents import KitVersion
from .models.fields import PARIS, Picture, Record, Reference, Retractable
from .models.honours import CONSENT_NOTICE_DAYS, Award, Channel, Portrait
from .models.places import RENEWAL_NOTICE_DAYS, Building, Label
from .models.programme import Alert, Event, Step
from .moments import due, published, updated
from .reading import Entry

Key = tuple[str, str]
"""A record's kind and id."""


class Named(NamedTuple):
    """A reference as written: where in the record, and the kind and id that it names."""

    place: sources.Path
    kind: str
    id: str


class Claim(NamedTuple):
    """A value that no other record may bear: where in the record, what it is called, and the value."""

    place: sources.Path
    name: str
    value: str


class Shot(NamedTuple):
    """A picture as named by a record: file name, alternative text, credit, caption."""

    file: str
    alt: str
    credit: str
    caption: str | None


class Outline(NamedTuple):
    """What is known of a record without opening it.

    - `path`, `place`: where it is written, for problems; `digest`: stands for all that was written;
    - `names`: its references; `claims`: what it alone may bear; `aliases`: its former ids;
    - `neighbourhoods`, `themes`: what lists are narrowed by;
    - `links`, `anchors`, `images`: of its texts; `picture`: its own;
    - `channels`: where it may be shown now; `gone`: whether it was taken back, for good;
    - `changes`: the moments (POSIX seconds) at which it turns into something else by itself: a label ends, an event is
      over, an embargo falls.
    """

    kind: str
    id: str
    title: str
    path: str
    place: sources.Path
    digest: str
    names: tuple[Named, ...]
    claims: tuple[Claim, ...]
    aliases: tuple[str, ...]
    neighbourhoods: tuple[str, ...]
    themes: tuple[str, ...]
    links: tuple[str, ...]
    anchors: tuple[str, ...]
    images: tuple[str, ...]
    picture: Shot | None
    channels: tuple[str, ...]
    gone: bool
    changes: tuple[float, ...]

    @property
    def key(self) -> Key:
        """What names it in the whole campaign."""
        return self.kind, self.id

    @property
    def folder(self) -> str:
        """The folder that its pictures' names start from, from the campaign's root."""
        return self.path.rpartition("/")[0]

    @property
    def shown(self) -> bool:
        """Whether the site may show it."""
        return Channel.SITE in self.channels

    def shown_in(self, channel: Channel) -> bool:
        """Tell whether it may be shown in a channel: feeds, press kits, social networks, printed documents."""
        return channel in self.channels


EVERYWHERE = tuple(channel.value for channel in Channel)
"""All channels: those of whatever asks for nobody's permission."""


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
        claims=tuple(_claims(record)),
        aliases=record.aliases,
        neighbourhoods=(neighbourhood,) if neighbourhood else fields.get("neighbourhoods", ()),
        themes=fields.get("themes", ()),
        links=_links(record, texts),
        anchors=tuple(anchor for text in texts for anchor in text.anchors),
        images=tuple(file for text in texts for file, _ in text.images),
        picture=Shot(picture.file, picture.alt, picture.credit, picture.caption) if picture else None,
        channels=_channels(record, now),
        gone=_is_gone(record, now),
        changes=tuple(sorted(change.moment.timestamp() for change in changes(record))),
    )


def _names(record: Any) -> Iterator[Named]:
    """Give the references that pages may follow: a diploma whose holder stays unnamed must not lead to their face."""
    hidden = isinstance(record, Award) and record.holder is None
    return (named for named in references(record) if not (hidden and named.kind == "portrait"))


def _claims(record: Any) -> Iterator[Claim]:
    if isinstance(record, Award):
        yield Claim(("serial",), "numéro", record.serial)
    elif isinstance(record, Building) and record.label and record.label.serial:
        yield Claim(("label", "serial"), "numéro", record.label.serial)
    elif isinstance(record, Step):
        yield Claim(("number",), "rang", str(record.number))


def _links(record: Any, texts: Iterable[Text]) -> tuple[str, ...]:
    links = [link for text in texts for link in text.links]
    if isinstance(record, Step):
        links.append(record.deliverable.url)
    return tuple(dict.fromkeys(links))


def retracted(record: Record) -> datetime | None:
    """Give the moment from which a record is taken back, None when it is not."""
    if isinstance(record, Portrait):
        consent = record.consent
        end = _midnight(consent.until, days=1)
        return min(end, _midnight(consent.withdrawn)) if consent.withdrawn else end
    if isinstance(record, Retractable) and record.withdrawn:
        # On the very day when it came out, from the moment when it did.
        return max(_midnight(record.withdrawn.date), due(record) or _ALWAYS, key=datetime.timestamp)
    return None


_ALWAYS = datetime.fromtimestamp(0, PARIS)


def _channels(record: Record, now: datetime) -> tuple[str, ...]:
    start = due(record)
    if (start and now.timestamp() < start.timestamp()) or _is_gone(record, now):
        return ()
    if isinstance(record, KitVersion) and not record.is_shown:
        return ()
    if isinstance(record, Portrait):
        today = now.astimezone(PARIS).date()
        return tuple(channel.value for channel in record.consent.channels if record.consent.covers(channel, today))
    return EVERYWHERE


def _is_gone(record: Record, now: datetime) -> bool:
    end = retracted(record)
    return end is not None and end.timestamp() <= now.timestamp()


class Change(NamedTuple):
    """A moment at which a record turns into something else, though nobody edited it, and what happens, in French.

    Nothing is said of what only staff are told.
    """

    moment: datetime
    what: str


def changes(record: Record) -> Iterator[Change]:
    """Give every moment at which a record turns into something else by itself."""
    start, told = due(record), published(record)
    if start:
        yield Change(start, "une parution ou la fin d'un embargo")
    if told:
        yield Change(told, "l'annonce d'une nouveauté dans les flux")
        yield Change(updated(record, told), "l'annonce d'une mise à jour dans les flux")
    if end := retracted(record):
        yield Change(end, "un retrait ou la fin d'une autorisation")
    if isinstance(record, Event):
        yield Change(record.start, "le début d'un rendez-vous")
        yield Change(record.end, "la fin d'un rendez-vous")
    elif isinstance(record, Alert):
        yield Change(record.start, "le début d'une alerte")
        yield Change(record.end, "la fin d'une alerte")
    elif isinstance(record, Portrait):
        yield Change(_midnight(record.consent.date), "le début d'une autorisation")
        yield Change(_midnight(record.consent.until, days=-CONSENT_NOTICE_DAYS), "")
    elif isinstance(record, Award):
        yield Change(_midnight(record.date), "la remise d'un diplôme")
        if record.withdrawn:
            yield Change(_midnight(record.withdrawn), "le retrait d'un diplôme")
    elif isinstance(record, Building) and record.label:
        yield from _label_changes(record.label)
    elif verified := vars(record).get("verified"):
        yield Change(_midnight(verified, days=STALE_AFTER_DAYS + 1), "une fiche à vérifier")


def _label_changes(label: Label) -> Iterator[Change]:
    if label.granted:
        yield Change(_midnight(label.granted), "l'attribution d'un label")
    if label.withdrawn:
        yield Change(_midnight(label.withdrawn), "le retrait d'un label")
    if label.expires:
        yield Change(_midnight(label.expires, days=-RENEWAL_NOTICE_DAYS), "un label à renouveler")
        yield Change(_midnight(label.expires, days=1), "la fin d'un label")


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
