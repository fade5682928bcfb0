"""Planned documents to bytes, in each of their formats."""

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
        self._made: dict[tuple[str, str, bool], Any] = {}

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
        def all_in(form: str, make: Callable[[Told, Channel], Any]) -> list[Any]:
            return [self._in(form, item, document.whole(item), about, make) for item in document.items]

        if ending == "json":
            return json_feed(about, all_in("json", encoded))
        if document.part:
            return archive(about, all_in("archive", archived))
        from .xml import atom, entry, rss

        return (rss if ending == "xml" else atom)(about, all_in("xml", entry))

    def _in(
        self, form: str, item: PlannedItem, whole: bool, about: Channel, make: Callable[[Told, Channel], Any]
    ) -> Any:
        """Give an item in a form, made when first asked for."""
        key = form, item.name, whole
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = make(self._told(item, whole), about)
        return found

    def _told(self, item: PlannedItem, whole: bool) -> Told:
        key = item.name, whole
        found = self._tellings.get(key)
        if found is None:
            found = self._tellings[key] = tell(item, self._library, whole=whole)
        return found
