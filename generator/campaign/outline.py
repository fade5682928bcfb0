"""A record's outline: the little that the rest of the campaign needs to know of it.

A large town has tens of thousands of records. Linking and planning hold outlines only; whole records stay packed until
their own page is drawn. An outline is plain data, quick to keep from one build to the next.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from sys import intern
from typing import Any, NamedTuple

from . import sources
from .markup import Text
from .models.documents import KitVersion
from .models.fields import PARIS
from .models.honours import CONSENT_NOTICE_DAYS, Award, Channel, Portrait
from .models.places import RENEWAL_NOTICE_DAYS, Building, Label
from .models.programme import Alert, Event, Step
from .models.record import Picture, Record, Retractable
from .moments import due, published, updated
from .reading import Entry
from .references import Named, references

Key = tuple[str, str]
"""A record's kind and id."""


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
    gone = _is_gone(record, now)
    return Outline(
        kind=entry.kind,
        id=record.id,
        title=record.title,
        path=entry.path,
        place=entry.place,
        digest=entry.digest,
        names=_names(record),
        claims=_claims(record),
        aliases=record.aliases,
        neighbourhoods=(intern(neighbourhood),) if neighbourhood else fields.get("neighbourhoods", ()),
        themes=fields.get("themes", ()),
        links=_links(record, texts),
        anchors=tuple([anchor for text in texts for anchor in text.anchors]),
        images=tuple([file for text in texts for file, _ in text.images]),
        picture=Shot(picture.file, picture.alt, picture.credit, picture.caption) if picture else None,
        channels=() if gone else _channels(record, now),
        gone=gone,
        changes=tuple(sorted([change.moment.timestamp() for change in changes(record)])),
    )


def _names(record: Any) -> tuple[Named, ...]:
    """Give the references that pages may follow: a diploma whose holder stays unnamed must not lead to their face."""
    found = references(record)
    if type(record) is Award and record.holder is None:
        return tuple([named for named in found if named.kind != "portrait"])
    return tuple(found)


def _claims(record: Any) -> tuple[Claim, ...]:
    kind = type(record)
    if kind is Award:
        return (Claim(("serial",), "numéro", record.serial),)
    if kind is Building and record.label and record.label.serial:
        return (Claim(("label", "serial"), "numéro", record.label.serial),)
    if kind is Step:
        return (Claim(("number",), "rang", str(record.number)),)
    return ()


def _links(record: Any, texts: Iterable[Text]) -> tuple[str, ...]:
    links = [link for text in texts for link in text.links]
    if type(record) is Step:
        links.append(record.deliverable.url)
    return tuple(dict.fromkeys(links))


def retracted(record: Record) -> datetime | None:
    """Give the moment from which a record is taken back, None when it is not."""
    if type(record) is Portrait:
        consent = record.consent
        end = _midnight(consent.until, days=1)
        return min(end, _midnight(consent.withdrawn)) if consent.withdrawn else end
    if vars(record).get("withdrawn") and isinstance(record, Retractable) and record.withdrawn:
        # On the very day when it came out, from the moment when it did.
        return max(_midnight(record.withdrawn.date), due(record) or _ALWAYS, key=datetime.timestamp)
    return None


_ALWAYS = datetime.fromtimestamp(0, PARIS)


def _channels(record: Any, now: datetime) -> tuple[str, ...]:
    """Give where a record that was not taken back may be shown."""
    start = due(record)
    if start and now.timestamp() < start.timestamp():
        return ()
    kind = type(record)
    if kind is KitVersion and not record.is_shown:
        return ()
    if kind is Portrait:
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


def changes(record: Any) -> Iterator[Change]:
    """Give every moment at which a record turns into something else by itself."""
    start, told = due(record), published(record)
    if start:
        yield Change(start, "une parution ou la fin d'un embargo")
    if told:
        yield Change(told, "l'annonce d'une nouveauté dans les flux")
        yield Change(updated(record, told), "l'annonce d'une mise à jour dans les flux")
    if end := retracted(record):
        yield Change(end, "un retrait ou la fin d'une autorisation")
    kind = type(record)
    if kind is Event:
        yield Change(record.start, "le début d'un rendez-vous")
        yield Change(record.end, "la fin d'un rendez-vous")
    elif kind is Alert:
        yield Change(record.start, "le début d'une alerte")
        yield Change(record.end, "la fin d'une alerte")
    elif kind is Portrait:
        yield Change(_midnight(record.consent.date), "le début d'une autorisation")
        yield Change(_midnight(record.consent.until, days=-CONSENT_NOTICE_DAYS), "")
    elif kind is Award:
        yield Change(_midnight(record.date), "la remise d'un diplôme")
        if record.withdrawn:
            yield Change(_midnight(record.withdrawn), "le retrait d'un diplôme")
    elif kind is Building and record.label:
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
    return datetime.combine(day + timedelta(days=days) if days else day, _MIDNIGHT, PARIS)


_MIDNIGHT = time()
