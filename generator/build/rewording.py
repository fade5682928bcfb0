"""Records whose words changed and nothing else: read anew, and the pages that show them drawn from the ledger."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.campaign.files import Source
from generator.campaign.outline import Key, Outline
from generator.campaign.rules import Standards
from generator.site.feeds.plan import FeedDocument
from generator.site.kept import Kept
from generator.site.offline import is_kept
from generator.site.pages import Library
from generator.site.planned import PlannedPage
from generator.site.sketches import Sketch

from .archive import Archive
from .artifacts import File, message_files, worker_file
from .batches import take_in_batch
from .fingerprints import Prints, States, card_state, for_feeds, record_state
from .ground import Ground
from .index import Damaged
from .inputs import Inputs
from .intake import Intake, Packed, Span
from .ledger import Ledger
from .memory import Memory, program_digest
from .notes import Forgotten, Note
from .packing import Packer
from .publish import switch
from .rendering import render
from .retouch import Unfit

T = TypeVar("T")


class Known(NamedTuple):
    """What the last build of an output knew, opened: what it read, what it planned, and what it drew with."""

    archive: Archive
    ledger: Ledger
    library: Library
    standards: Standards


@contextmanager
def known(root: Path, memory: Memory) -> Iterator[Known]:
    """Open what the last build knew. Raises Unfit where it doesn't hold what it should."""
    try:
        with closing(Ledger.open(memory.folder, memory.as_of)) as ledger:
            library = ledger.outlook.library
            standards = Standards(library.config.town.bounds, library.charter)
            archive = Archive.of(root, standards)
            entries = Packed(Noted(ledger, lambda note: note.entry), archive.read)
            library = replace(library, entries=entries, cards=Noted(ledger, lambda note: note.card))
            yield Known(archive, ledger, library, standards)
    except (Forgotten, Damaged):
        raise Unfit from None


def redraw(
    root: Path, memory: Memory, last: Known, edited: Inputs, now: datetime, staged: Path, is_whole: Callable[[], bool]
) -> int:
    """Draw anew what edited files touch, and publish it. Gives how many pages were written.

    Raises Unfit, before it publishes anything, when more than words changed, or when the output is not whole.
    """
    assert memory.ground
    pages, prints = _draw(root, memory, last, list(edited), now, staged)
    if not is_whole():
        raise Unfit
    memory.begin()
    switch(staged, memory.output)
    last.ledger.save(memory.publish())
    memory.renew(prints, memory.ground.after(edited))
    return pages


def _draw(
    root: Path, memory: Memory, last: Known, edited: list[str], now: datetime, staged: Path
) -> tuple[int, dict[str, str]]:
    """Stage what edited files touch; give the number of pages, and the fingerprints of what was staged, by path."""
    assert memory.ground
    ledger, library, chrome = last.ledger, replace(last.library, now=now), last.ledger.outlook.chrome
    reworded = _reworded(root, memory.ground, edited, now, last.archive, last.standards)
    if not ledger.outlook.opened.isdisjoint(reworded):
        raise Unfit
    recarded = set()
    for key, (outline, sketch, entry) in reworded.items():
        before = ledger.note(key)
        after = _note(before, outline, sketch, entry, library)
        ledger.change(key, after)
        if after.card_state != before.card_state:
            recarded.add(key)
    pages, feeds, prints = _stale(memory, ledger, reworded.keys(), recarded)
    chrome.kept = Kept.of(root, program_digest())
    render(pages, feeds, library, chrome, staged, 1)
    for path, fingerprint, stage in list(_made_of(pages, library, ledger, memory, prints)):
        if fingerprint != memory.fingerprint(path):
            stage(staged / path)
            prints[path] = fingerprint
    return len(pages), prints


def _made_of(
    pages: list[PlannedPage], library: Library, ledger: Ledger, memory: Memory, changed: dict[str, str]
) -> Iterator[File]:
    """Give the files that are made of pages: texts of messages, the worker that keeps pages readable offline."""
    yield from message_files(pages, library, changed)
    if any(is_kept(page) for page in pages):
        offline = ledger.pages_offline()
        before = {page.path: memory.fingerprint(page.path) for page in offline}
        yield worker_file(offline, ledger.outlook.chrome, before | changed)


class Noted(Mapping[Key, T]):
    """One column of a ledger's notes, by record. A record without it was not noted as what it is asked for."""

    def __init__(self, ledger: Ledger, column: Callable[[Note], T | None]) -> None:
        self._ledger = ledger
        self._column = column

    def __getitem__(self, key: Key) -> T:
        value = self._column(self._ledger.note(key))
        if value is None:
            raise Forgotten
        return value

    def __iter__(self) -> Iterator[Key]:
        return iter(self._ledger.keys())

    def __len__(self) -> int:
        return len(self._ledger.keys())


Reworded = dict[Key, tuple[Outline, Sketch, Span]]


def _reworded(
    root: Path,
    ground: Ground,
    edited: list[str],
    now: datetime,
    archive: Archive,
    standards: Standards,
) -> Reworded:
    """Give the records whose words changed, as the archive has them from now on."""
    if any(ground.found_fault(path) for path in edited):
        raise Unfit
    last = {path: archive.find(path, ground.signature(path), now) for path in edited}
    sources = []
    for path, intake in last.items():
        if intake is None or not intake.records:
            raise Unfit
        first = intake.records[0][0]
        sources.append(Source(path, first.kind, bool(first.place)))
    archive.begin()
    batch = take_in_batch(root, standards, now, sources)
    taken = archive.keep(batch)
    archive.commit(stale=edited)
    found: Reworded = {}
    for path, before in last.items():
        assert before
        after = taken[path]
        if path in batch.apart or _station(before) != _station(after):
            raise Unfit
        for (was, *_), (outline, sketch, entry) in zip(before.records, after.records, strict=True):
            if outline.digest != was.digest:
                if sketch is None or not isinstance(entry, Span) or outline.gone:
                    raise Unfit
                found[outline.key] = outline, sketch, entry
    return found


def _station(intake: Intake) -> object:
    """Give what the plan, lists and other records know a file's records by: all but their words, and what is wrong."""
    records = [
        (outline._replace(digest=""), sketch and sketch._replace(summary="", digest=""))
        for outline, sketch, _ in intake.records
    ]
    return records, intake.problems, intake.unread


def _note(before: Note, outline: Outline, sketch: Sketch, entry: Span, library: Library) -> Note:
    card = before.card and before.card._replace(summary=sketch.summary)
    return Note(
        record_state(outline, library),
        card_state(sketch, card) if card else "",
        record_state(outline, for_feeds(library)) if before.fed else "",
        card,
        before.item and before.item._replace(summary=sketch.summary),
        entry,
    )


def _stale(
    memory: Memory, ledger: Ledger, keys: Collection[Key], recarded: Collection[Key]
) -> tuple[list[PlannedPage], list[FeedDocument], dict[str, str]]:
    """Give the pages and the documents of feeds to draw anew, and the fingerprint of each of their files by path.

    `recarded` are those of the records whose cards changed too.
    """
    states = States(
        ledger.outlook.common,
        Noted(ledger, lambda note: note.state),
        Noted(ledger, lambda note: note.card_state),
        Noted(ledger, lambda note: note.fed),
    )
    fingerprints, packer = Prints(states, ledger.outlook.chrome), Packer()
    prints: dict[str, str] = {}
    touched = ((key, page) for key in keys for page in ledger.pages_with(key))
    pages = {page.path: page for key, page in touched if key in page.reads or key in recarded}
    for path, page in pages.items():
        prints[path] = fingerprints.page(page, packer.page(page))
    documents = list(ledger.documents_with(keys, recarded))
    for document in documents:
        prints |= dict.fromkeys(document.paths, fingerprints.feed(document))
    stale = {path: each for path, each in prints.items() if each != memory.fingerprint(path)}
    drawn = [page for path, page in pages.items() if path in stale]
    return drawn, [each for each in documents if not stale.keys().isdisjoint(each.paths)], stale
