"""An output brought up to date from what the last build knew: what changed is read and planned anew, no more."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.build.archive import Archive
from generator.build.artifacts import File, asset_files, message_files, sitemap_file, worker_file
from generator.build.fingerprints import Prints, States, card_state, for_feeds, record_state
from generator.build.ground import Change, Ground, steady_around
from generator.build.index import Damaged
from generator.build.intake import Packed
from generator.build.ledger import Ledger
from generator.build.memory import Memory, program_digest
from generator.build.notes import Note
from generator.build.parts import Forgotten
from generator.build.progress import bar
from generator.build.publish import SEARCH, remove, switch
from generator.build.rendering import rendering
from generator.build.workers import processes
from generator.campaign.outline import Key
from generator.campaign.rules import Standards
from generator.clock import PARIS
from generator.documents.store import Store
from generator.problems import Problem
from generator.site.chrome import Chrome
from generator.site.kept import Kept
from generator.site.offline import is_kept
from generator.site.pages import Library
from generator.site.planned import PlannedPage
from generator.site.seasons import season_to_prepare
from generator.site.theme import dressed_anew

from .asked import Asked
from .fitness import are_planned_alike
from .rereading import Reread, State, reread, touched
from .stale import Pages, Stale
from .telling import Teller
from .unfit import Unfit

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
            yield Known(archive, ledger, library, standards)
    except (Forgotten, Damaged):
        raise Unfit from None


class Done(NamedTuple):
    """What was done: numbers of pages of the site, of those written and of those removed, and what is to be told.

    `waiting` is how many documents wait to be made.
    """

    pages: int
    written: int
    removed: int
    waiting: int
    problems: list[Problem]


class Redrawing:
    """Draws anew what edited files and the passing of time touch, and publishes it, with so many processes."""

    def __init__(
        self,
        root: Path,
        memory: Memory,
        last: Known,
        change: Change,
        now: datetime,
        store: Store,
        staged: Path,
        jobs: int,
    ) -> None:
        assert memory.ground
        self._root = root
        self._memory = memory
        self._ground: Ground = memory.ground
        self._archive, self._ledger, library, self._standards = last
        entries = Packed(self._noted(lambda note: note.entry), self._archive.read)
        self._library = replace(library, now=now, entries=entries, cards=self._noted(lambda note: note.card))
        self._change = change
        self._store = store
        self._staged = staged
        self._jobs = jobs

    def redraw(self, is_whole: Callable[[], bool]) -> Done:
        """Bring the output up to date. Raises Unfit, before it publishes anything, when that takes a whole build."""
        ledger, memory = self._ledger, self._memory
        before: Chrome = ledger.outlook.chrome
        chrome, restyled = self._dress(before)
        chrome.kept = Kept.of(self._root, program_digest())
        prints_of = Prints(self._states(), chrome)
        with ExitStack() as stack:
            teller = Teller(prints_of, memory.fingerprint, chrome.assets.urls, self._staged, self._jobs, stack)
            anew, work = self._read(teller)
            drawn, prints = self._draw(restyled, work, chrome, prints_of)
        others = self._others(drawn, work.library, chrome, prints, chrome is not before)
        for path, fingerprint, stage in [*others, *work.files]:
            if fingerprint != memory.fingerprint(path):
                stage(self._staged / path)
                prints[path] = fingerprint
        loses_pages = any(path.endswith(".html") for path in work.gone)
        if (loses_pages and (memory.output / SEARCH).is_dir()) or not is_whole():
            raise Unfit
        memory.begin()
        switch(self._staged, memory.output)
        removed = remove(memory.output, work.gone)
        ledger.save(memory.publish())
        ground = self._stand(anew, work.waiting)
        memory.renew(prints, work.gone, ground)
        return Done(ground.pages, len(drawn), removed, ground.waiting, anew.problems)

    def _dress(self, before: Chrome) -> tuple[Chrome, Pages]:
        """Give the frame, and the pages whose templates are not as they were."""
        ledger = self._ledger
        if not any(path.startswith("theme/") for path in self._change.edited):
            return before, {}
        chrome = dressed_anew(self._root, before, Kept.of(self._root, program_digest()))
        if chrome.settings_digest != before.settings_digest or (ledger.offers and self._is_printed_anew()):
            raise Unfit
        layouts = {layout for _, layout in ledger.layouts()} - {"page"}  # A page may have a template of its own.
        redrawn = {each for each in layouts if chrome.layout_digest(each, "") != before.layout_digest(each, "")}
        stale = [
            url
            for url, each in ledger.layouts()
            if each in redrawn
            or (each == "page" and chrome.layout_digest(each, url) != before.layout_digest(each, url))
        ]
        ledger.look_out(ledger.outlook._replace(chrome=chrome))
        return chrome, {url: (ledger.page(url), ledger.packed(url)) for url in stale}

    def _is_printed_anew(self) -> bool:
        return any(path.startswith(("theme/documents/", "theme/assets/")) for path in self._change.edited)

    def _read(self, teller: Teller) -> tuple[Reread, Stale]:
        """Read what is not as it was, and give that and what it touches."""
        ground, ledger, library, archive = self._ground, self._ledger, self._library, self._archive
        records = {path: is_ for path, is_ in self._change.edited.items() if not path.startswith("theme/")}
        change = self._change._replace(edited=records)
        turned = self._turned()
        seasons = {season_to_prepare(moment) for moment in (ground.now, library.now)}
        if not change and not turned and len(seasons) == 1:
            return Reread({}, {}, (), (), ground.problems, ground.faulty), Stale(library, {})
        files = touched(ground, change, turned, archive)
        try:
            with processes(self._jobs, bar("Lecture des fiches et des images")) as executor:
                anew = reread(self._root, ground, files, library.now, archive, self._standards, executor)
            if len(seasons) > 1 or any(map(anew.is_restated, anew.keys)):
                if ledger.offers:
                    raise Unfit  # Documents are planned from all records.
                # What plans is loaded only by what is planned anew.
                from .replanning import Replanner

                replanner = Replanner(self._root, archive, ledger, ground, library, anew)
                return anew, replanner.replan(teller, files.last)
            return anew, self._reworded(anew, teller)
        finally:
            if archive.is_open:  # Otherwise another process commits it.
                archive.commit(stale=files.last)

    def _turned(self) -> set[str]:
        """Give the files of the records that turned into something else by themselves."""
        then, now = self._ground.now, self._library.now
        if then == now:
            return set()
        if self._library.config.badge_keys and then.astimezone(PARIS).date() != now.astimezone(PARIS).date():
            raise Unfit  # Attestations and their withdrawals begin with a day.
        found = set()
        for key in self._ledger.turned(then.timestamp(), now.timestamp()):
            if key is None:
                raise Unfit
            found.add(self._ledger.note(key).path)
        return found

    def _reworded(self, anew: Reread, teller: Teller) -> Stale:
        """Give what shows records of which nothing but words changed, and note these."""
        ledger = self._ledger
        words = Packed({key: state.entry for key, state in anew.after.items()}, self._archive.read)
        for key in ledger.outlook.opened.intersection(anew.keys):
            if not are_planned_alike(self._library.entries[key], words[key]):
                raise Unfit
        recarded = set()
        for key, state in anew.after.items():
            before = ledger.note(key)
            after = _reworded(before, state, self._library)
            ledger.change(key, after)
            if after.card_state != before.card_state:
                recarded.add(key)
        touched = ((key, found) for key in anew.keys for found in ledger.pages_with(key))
        pages = {found[0].url: found for key, found in touched if key in found[0].reads or key in recarded}
        documents = map(ledger.document, ledger.places_with(anew.keys, recarded))
        stale = Stale(self._library, pages, partial(teller.tell, documents, self._library))
        return self._reoffered(stale, anew) if ledger.offers else stale

    def _reoffered(self, stale: Stale, anew: Reread) -> Stale:
        """Add the documents to take away that are made of records of which words changed."""
        from .reoffering import reoffer
        from .reopened import Stock

        stock = Stock(self._archive, self._ledger, self._ground, self._library.now, anew)
        offered = reoffer(anew.keys, self._ledger, lambda key: stock.record(key)[0], self._library, self._store)
        return stale._replace(
            pages=stale.pages | offered.pages, files=offered.files, gone=offered.gone, waiting=offered.waiting
        )

    def _draw(
        self, restyled: Pages, work: Stale, chrome: Chrome, fingerprints: Prints
    ) -> tuple[list[PlannedPage], dict[str, str]]:
        """Draw `restyled` pages, and what else is not as it was.

        Gives the pages drawn, and the fingerprints of all files staged, by path.
        """
        known = self._memory.fingerprint
        others = {url: each for url, each in work.pages.items() if url not in restyled}
        prints = {page.path: fingerprints.page(page, packed) for page, packed in others.values()}
        prints = {path: each for path, each in prints.items() if each != known(path)}
        # Another template is another fingerprint: drawing doesn't wait for it.
        sure = [work.pages.get(url, each) for url, each in restyled.items()]
        drawn = [page for page, _ in sure] + [page for page, _ in others.values() if page.path in prints]
        with rendering(drawn, [], work.library, chrome, self._staged, self._jobs) as finish:
            prints |= {page.path: fingerprints.page(page, packed) for page, packed in sure}
            finish()
        return drawn, prints | work.told()

    def _states(self) -> States:
        return States(
            self._ledger.outlook.common,
            self._noted(lambda note: note.state),
            self._noted(lambda note: note.card_state),
            self._noted(lambda note: note.fed),
        )

    def _others(
        self, drawn: list[PlannedPage], library: Library, chrome: Chrome, changed: dict[str, str], restyled: bool
    ) -> Iterator[File]:
        """Give the files that are made of pages or of the theme and may not be as they were."""
        memory, ledger = self._memory, self._ledger
        yield from message_files(drawn, library, changed)
        if ledger.is_mapped_anew:
            yield sitemap_file(ledger.layouts(), library)
        if restyled:
            yield from asset_files(chrome)
        if restyled or any(map(is_kept, drawn)):
            offline = ledger.pages_offline()
            before = {page.path: memory.fingerprint(page.path) for page in offline}
            yield worker_file(offline, chrome, before | changed)

    def _noted(self, column: Callable[[Note], T | None]) -> Mapping[Key, T]:
        """Give one column of the ledger's notes. A record without it was not noted as what it is asked for."""

        def value(key: Key) -> T:
            found = column(self._ledger.note(key))
            if found is None:
                raise Forgotten
            return found

        return Asked(value, self._ledger.keys)

    def _stand(self, anew: Reread, waiting: int) -> Ground:
        """Give what the output stands on now."""
        now = self._library.now
        steady = steady_around(now, self._ledger.moments())
        ground = self._ground.after(self._change)
        return ground._replace(
            now=now,
            steady=steady,
            problems=anew.problems,
            faulty=anew.faulty,
            pages=ground.pages + self._ledger.growth,
            waiting=ground.waiting + waiting,
        )


def _reworded(before: Note, state: State, library: Library) -> Note:
    outline, sketch, entry = state
    card = before.card and before.card._replace(summary=sketch.summary)
    return before._replace(
        state=record_state(outline, library),
        card_state=card_state(sketch, card) if card else "",
        fed=record_state(outline, for_feeds(library)) if before.fed else "",
        card=card,
        item=before.item and before.item._replace(summary=sketch.summary),
        entry=entry,
        path=outline.path,
    )
