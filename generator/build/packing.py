"""Planned pages as bytes: the same for equal pages, whatever parts they share in memory, in every process.

Groups of cards and links, most of what a page is, are packed as plain tuples: named ones take four times as long.
"""

import pickle
from collections.abc import Callable
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.site.planned import PlannedGroup, PlannedPage
from generator.site.views import Filter, Link

if TYPE_CHECKING:
    from generator.site.documents import PlannedDocument

Links = tuple[Link, ...]

_GROUPS = PlannedPage._fields.index("groups")
_FILTERS = PlannedPage._fields.index("filters")


class Packer:
    """Packs pages. The links of filters, many and the same on all pages of a list, have their digest in their place.

    They are known again by their identity: whoever packs pages holds them meanwhile. `fresh` holds those met for the
    first time, packed, by their digest, until someone takes them away.
    """

    def __init__(self) -> None:
        self.fresh: dict[str, bytes] = {}
        self._digests: dict[int, str] = {}
        self._buffer = BytesIO()
        self._pickler = pickle.Pickler(self._buffer, 5)
        # Otherwise a text met twice is packed as a reference, but only where the two are one object.
        self._pickler.fast = True

    def page(self, page: PlannedPage) -> bytes:
        """Give a page as bytes."""
        fields: list[Any] = list(page)
        fields[_GROUPS] = [tuple(group) for group in page.groups]
        fields[_FILTERS] = [(each.title, self._digest(each.links), *each[2:]) for each in page.filters]
        return self._pack(fields)

    def _digest(self, links: Links) -> str:
        key = id(links)
        if key not in self._digests:
            packed = self._pack([tuple(link) for link in links])
            self._digests[key] = digest = blake2b(packed, digest_size=12).hexdigest()
            self.fresh[digest] = packed
        return self._digests[key]

    def _pack(self, value: object) -> bytes:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._pickler.dump(value)
        return self._buffer.getvalue()


def unpacked_page(packed: bytes, links: Callable[[str], bytes]) -> PlannedPage:
    """Give a page from its bytes; `links` gives those of a filter, packed, by their digest."""
    fields: list[Any] = pickle.loads(packed)
    fields[_GROUPS] = tuple(PlannedGroup(*group) for group in fields[_GROUPS])
    fields[_FILTERS] = tuple(
        Filter(title, tuple(Link(*link) for link in pickle.loads(links(digest))), *marks)
        for title, digest, *marks in fields[_FILTERS]
    )
    return PlannedPage(*fields)


class Offer(NamedTuple):
    """The documents that the page at an address links, by their fingerprints."""

    page: str
    documents: "dict[str, PlannedDocument]"


def packed_offer(offer: Offer) -> bytes:
    """Give an offer as bytes."""
    return pickle.dumps((offer.page, {each: tuple(document) for each, document in offer.documents.items()}), 5)


def unpacked_offer(packed: bytes) -> Offer:
    """Give an offer from its bytes."""
    from generator.site.documents import PlannedDocument

    page, documents = pickle.loads(packed)
    return Offer(page, {each: PlannedDocument(*fields) for each, fields in documents.items()})
