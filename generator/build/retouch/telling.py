"""Documents of feeds looked at again, and written where they are not as they were."""

from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from generator.build.archive import Archive
from generator.build.beside import beside
from generator.build.fingerprints import Prints, for_feeds
from generator.build.rendering import write_feeds
from generator.site.feeds.plan import FeedDocument
from generator.site.feeds.writer import FeedWriter
from generator.site.pages import Library

Told = Callable[[], dict[str, str]]
"""Gives the fingerprints of the files that were written, by path."""


class Teller:
    """Writes documents into the staging folder; `known` gives the fingerprint of each file of the site.

    The processes that it has end with `stack`.
    """

    def __init__(
        self,
        prints: Prints,
        known: Callable[[str], str],
        assets: dict[str, str],
        staged: Path,
        jobs: int,
        stack: ExitStack,
    ) -> None:
        self._prints = prints
        self._known = known
        self._assets = assets
        self._staged = staged
        self._jobs = jobs
        self._stack = stack

    def tell(self, documents: Iterable[FeedDocument], library: Library) -> dict[str, str]:
        """Write documents, and give the fingerprints of their files, by path."""
        found = [(document, self._prints.feed(document)) for document in documents]
        anew = [(each, is_) for each, is_ in found if any(self._known(path) != is_ for path in each.paths)]
        write_feeds([each for each, _ in anew], FeedWriter(for_feeds(library), self._assets), self._staged)
        return {path: is_ for each, is_ in anew for path in each.paths}

    def meanwhile(
        self, documents: Iterable[FeedDocument], library: Library, archive: Archive, outdated: Collection[str]
    ) -> Told:
        """Have another process do so at once, which goes through the documents, and then commit the archive.

        It does both before the stack is left, whatever happens. Without another process the archive is left as it is.
        """
        if self._jobs == 1:
            return partial(self.tell, documents, library)

        def tell_and_commit() -> dict[str, str]:
            found = self.tell(documents, library)
            archive.commit(stale=outdated)
            return found

        told = self._stack.enter_context(beside(tell_and_commit)).answer
        self._stack.callback(told)
        archive.let_go()
        return told
