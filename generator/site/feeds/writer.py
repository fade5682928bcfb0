"""Planned documents to bytes, in each of their formats."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from generator.site.pages import Library

from .archives import archive, archived
from .channel import Channel, channel
from .items import Told, tell
from .jsonfeed import encoded, json_feed
from .plan import FeedDocument, PlannedItem


class FeedWriter:
    """Writes documents. An item stands in several feeds, and is made once for each format.

    feedgen is imported with the first document to follow: a build that writes none never pays for it.
    """

    def __init__(self, library: Library, assets: dict[str, str]) -> None:
        self._library = library
        self._assets = assets
        self._tellings: dict[tuple[str, bool], Told] = {}
        self._made: defaultdict[str, dict[str, Any]] = defaultdict(dict)

    def files(self, document: FeedDocument) -> Iterator[tuple[str, bytes]]:
        """Give a document's files: path from the site's root, content."""
        about = channel(document, self._library.config, self._assets)
        for ending, path in zip(document.endings, document.paths, strict=True):
            yield path, self._content(ending, document, about)

    def forget(self) -> None:
        """Let go of the items made so far: thousands, once all documents are written."""
        self._tellings.clear()
        self._made.clear()

    def _content(self, ending: str, document: FeedDocument, about: Channel) -> bytes:
        if ending == "json":
            form = "json archive" if document.part else "json"
            return json_feed(about, self._items(form, document, about, encoded))
        if document.part:
            return archive(about, self._items("archive", document, about, archived))
        from .xml import atom, entry, rss

        return (rss if ending == "xml" else atom)(about, self._items("xml", document, about, entry))

    def _items(
        self, form: str, document: FeedDocument, about: Channel, make: Callable[[Told, Channel], Any]
    ) -> list[Any]:
        """Give a document's items in a form, each made when first asked for."""
        made = self._made[form]
        for item in document.items:
            if item.name not in made:
                made[item.name] = make(self._told(item, document.whole(item)), about)
        return [made[item.name] for item in document.items]

    def _told(self, item: PlannedItem, whole: bool) -> Told:
        key = item.name, whole
        found = self._tellings.get(key)
        if found is None:
            found = self._tellings[key] = tell(item, self._library, whole=whole)
        return found
