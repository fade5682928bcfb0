"""A record as read, and as it is kept until its page is drawn."""

from typing import Any, NamedTuple

from . import markup, sources
from .models import KINDS
from .models.record import Record
from .packing import Values, pack, unpack


class Entry(NamedTuple):
    """A record as read: its kind, its fields, its texts as HTML, and the place where it was written.

    `digest` stands for all that was written in it: two entries with one digest make the same page. When the record
    is not `sound`, it only holds what is right of it, for the rest to be checked.
    """

    kind: str
    record: Record
    path: str
    place: sources.Path
    texts: dict[str, markup.Text]
    digest: str
    sound: bool = True

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle a sound entry as plain data. Of its texts, the HTML is all that anyone asks for from then on."""
        texts = {name: tuple(text) for name, text in self.texts.items()}
        return _entry, (self.kind, pack(self.record, texts), self.path, self.place, texts, self.digest)

    @property
    def key(self) -> tuple[str, str]:
        """What names it in the whole campaign: kind and id."""
        return self.kind, self.record.id

    @property
    def folder(self) -> str:
        """The folder that its pictures' names start from, from the campaign's root."""
        return self.path.rsplit("/", 1)[0]


def _entry(
    kind: str, packed: Values, path: str, place: sources.Path, texts: dict[str, tuple[Any, ...]], digest: str
) -> Entry:
    record = unpack(KINDS[kind].model, packed)
    return Entry(kind, record, path, place, {name: markup.Text(*text) for name, text in texts.items()}, digest)
