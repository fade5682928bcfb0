"""Planned pages as bytes: the same for equal pages, whatever parts they share in memory, in every process."""

import pickle
from collections.abc import Callable
from hashlib import blake2b
from io import BytesIO

from generator.site.planned import PlannedPage
from generator.site.views import Filter

Filters = tuple[Filter, ...]

_FILTERS = PlannedPage._fields.index("filters")


class Packer:
    """Packs pages. Filters, long and the same on all pages of a list, have their digest in their place.

    Equal filters are known again by their identity: whoever packs pages holds them meanwhile. `fresh` holds those met
    for the first time, packed, by their digest, until someone takes them away.
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
        if not page.filters:
            return self._pack(tuple(page))
        fields = list(page)
        fields[_FILTERS] = self._digest(page.filters)
        return self._pack(tuple(fields))

    def _digest(self, filters: Filters) -> str:
        key = id(filters)
        if key not in self._digests:
            packed = self._pack(filters)
            self._digests[key] = digest = blake2b(packed, digest_size=12).hexdigest()
            self.fresh[digest] = packed
        return self._digests[key]

    def _pack(self, value: object) -> bytes:
        self._buffer.seek(0)
        self._buffer.truncate()
        self._pickler.dump(value)
        return self._buffer.getvalue()


def unpacked_page(packed: bytes, filters: Callable[[str], bytes]) -> PlannedPage:
    """Give a page from its bytes; `filters` gives packed ones by their digest."""
    page = PlannedPage(*pickle.loads(packed))
    return page._replace(filters=pickle.loads(filters(str(page.filters)))) if page.filters else page
