"""Documents to take away that are no longer current since words of records changed, or are so again."""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from generator.build.artifacts import File
from generator.build.downloads import link_to, published
from generator.build.fingerprints import DocumentPrints
from generator.build.ledger import Ledger
from generator.build.packing import Offer
from generator.campaign.outline import Key, Outline
from generator.documents.store import Store
from generator.site.documents import PlannedDocument
from generator.site.pages import Library

from .stale import Pages


class Reoffered(NamedTuple):
    """What other documents touch: the pages that link them, the files to publish, the paths of those that go.

    `waiting` is how many more documents have to be made.
    """

    pages: Pages
    files: list[File]
    gone: list[str]
    waiting: int


def reoffer(
    keys: Collection[Key], ledger: Ledger, outline: Callable[[Key], Outline], library: Library, store: Store
) -> Reoffered:
    """Look up anew the documents that are made of some records, and note them.

    `outline` gives that of any record as it is now. Plans hold no more than they did: no record came, went, or changed
    in more than words.
    """
    prints = DocumentPrints(ledger.offers, outline, library)
    pages: Pages = {}
    files: list[File] = []
    gone: list[str] = []
    waiting = 0
    for number, before in {number: offer for key in keys for number, offer in ledger.offers_with(key)}.items():
        after = Offer(before.page, dict(_printed_anew(before, keys, prints)))
        ledger.offer(number, after)
        for former, (current, document) in zip(before.documents, after.documents.items(), strict=True):
            was, is_ = store.find(former), store.find(current)
            waiting += (is_ is None) - (was is None)
            if is_:
                files.append(published(document, is_))
            elif was:
                gone.append(document.url[1:])
        there = ((document, store.find(current)) for current, document in after.documents.items())
        links = tuple(link_to(document, stored) for document, stored in there if stored)
        page = ledger.page(before.page)
        if links != page.downloads:
            page = page._replace(downloads=links)
            pages[page.url] = page, ledger.put(page)
    return Reoffered(pages, files, gone, waiting)


def _printed_anew(offer: Offer, keys: Collection[Key], prints: DocumentPrints) -> Iterator[tuple[str, PlannedDocument]]:
    for fingerprint, document in offer.documents.items():
        is_touched = any(key in keys for key in document.reads)
        yield prints.document(document) if is_touched else fingerprint, document
