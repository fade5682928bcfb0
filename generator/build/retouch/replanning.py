"""What the last build planned, planned anew where records came, went, or changed in more than their words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from generator.build.archive import Archive
from generator.build.ground import Ground
from generator.build.ledger import Ledger
from generator.campaign.models import KINDS
from generator.campaign.outline import Key
from generator.campaign.tally import read_network
from generator.collector.forms import KIND_OF
from generator.site.choices import Choices, choices_of
from generator.site.counts import counts_of
from generator.site.feeds.plan import Feed, FeedDocument, neighbourhood_feed
from generator.site.pages import Library
from generator.site.planned import path_of
from generator.site.record_pages import RecordPlanner
from generator.site.register import Register
from generator.site.replanning import BY_PLACE, LISTS, Changes, overviews_of, replan
from generator.site.seasons import active_alerts, kits_of_the_moment, season_to_prepare

from .differences import Differences, names
from .fitness import check_fit
from .refollowing import Followed, followed, refollow
from .renoting import Noted, hidden_anew, renote
from .reopened import ReopenedShelf, Stock
from .rereading import Reread
from .stale import Pages, Stale
from .telling import Teller
from .unfit import Unfit


class Replanner:
    """Plans anew what records touch, and notes it."""

    def __init__(
        self, root: Path, archive: Archive, ledger: Ledger, ground: Ground, library: Library, anew: Reread
    ) -> None:
        self._root = root
        self._archive = archive
        self._ledger = ledger
        self._ground = ground
        self._anew = anew
        self._keys = anew.keys
        self._library = library
        self._stock = Stock(archive, ledger, ground, library.now, anew)
        self._differences = Differences(anew, ground.now.timestamp(), library.now.timestamp())
        self._listed = {key[0] for key in self._keys if self._differences.in_lists(key)}
        self._shelf = ReopenedShelf(
            self._stock, ledger, library.config, library.now, library.pictures, frozenset(self._listed)
        )
        self._noted: Noted = {}
        self._pages: Pages = {}
        self._gone: set[str] = set()

    def replan(self, teller: Teller, outdated: Collection[str]) -> Stale:
        """Plan anew what the records touch; `outdated` files hold something else than the archive says.

        Raises Unfit where that takes a whole build.
        """
        check_fit(self._anew, self._keys, self._ledger, self._library)
        numbers = {kind: self._ledger.number(kind) for kind in KINDS}
        self._library = hidden_anew(self._anew, self._ledger, self._library)
        self._noted = renote(self._anew, self._differences, self._ledger, self._shelf, self._library)
        for kind in self._shelf.unordered:
            self._ledger.reorder(kind, self._shelf.on_pages(kind))
        documents, feeds_gone = self._follow()
        told = teller.meanwhile(documents, self._library, self._archive, outdated)
        self._plan_pages(numbers)
        for key in self._noted:
            self._look_at_pages_with(key)
        for url in self._gone:
            self._ledger.take_away(url)
        gone = self._anew.before.keys() - self._anew.after.keys()
        changes = {key: state.outline.changes for key, state in self._anew.after.items()}
        self._ledger.turns(changes | dict.fromkeys(gone, ()))
        for key in gone:
            self._ledger.drop(key)
        files = [path_of(url) for url in sorted(self._gone)] + feeds_gone
        return Stale(self._library, self._pages, told, gone=files)

    def _plan_pages(self, numbers: Mapping[str, int]) -> None:
        ledger, shelf, charter = self._ledger, self._shelf, self._library.charter
        counts = counts_of(read_network(self._root)[0])
        kinds = {key[0] for key in self._noted}
        lists = kinds | BY_PLACE if "neighbourhood" in self._listed else kinds
        planner = RecordPlanner(shelf, dict(self._forms(kinds)), counts, Register(charter, {}))
        own = [key for key in self._keys if self._differences.on_its_page(key)]
        moved = [key for key in self._keys if self._differences.among_others(key)]
        tied = {each for key in moved for each in (*self._ties(key), *self._neighbours(key, planner))}
        if any(kind == "kit_version" for kind, _ in tied):
            raise Unfit
        changes = Changes(lists, own, [key for key in tied if key in shelf.places and KINDS[key[0]].section])
        overviews = overviews_of(kinds | self._season(), shelf, counts, self._kits(), ledger.page, numbers)
        anew = replan(changes, shelf, planner, ledger.page, lambda key: self._stock.record(key)[0], charter)
        pages = [*anew, *overviews]
        sections = tuple(f"/{KINDS[kind].section}/" for kind in lists if KINDS[kind].section)
        former = {url for url in ledger.having(LISTS) if url.startswith(sections)}
        former.update(url for key in own for url in self._urls(key))
        self._gone = former.difference(page.url for page in pages)
        for page in pages:
            before = ledger.packed(page.url) if ledger.layout(page.url) else b""
            packed = ledger.put(page)
            # Most pages of a list come out as they were; a fingerprint takes longer than to see it.
            if packed != before or not self._noted.keys().isdisjoint((*page.reads, *page.shown())):
                self._pages[page.url] = page, packed

    def _forms(self, kinds: Set[str]) -> Iterator[tuple[str, Choices]]:
        """Give the choices that each form offers, and note those that changed."""
        for url in self._ledger.having({"form"}):
            page = self._ledger.page(url)
            key = page.key
            assert key
            choices: Choices = dict(page.values)["choices"]
            if not kinds.isdisjoint(KIND_OF.values()):
                form: Any = self._library.entries[key].record
                anew = choices_of(form, self._shelf, self._library.now, choices, kinds)
                if anew != choices:
                    page = page._replace(values=(("choices", anew),))
                    self._pages[url] = page, self._ledger.put(page)
                    choices = anew
            yield key[1], choices

    def _season(self) -> set[str]:
        """Give the kind that has another order on the home page, if another season is to be prepared."""
        seasons = season_to_prepare(self._ground.now), season_to_prepare(self._library.now)
        return {"kit"} if seasons[0] != seasons[1] else set()

    def _kits(self) -> list[str]:
        """Give the kits in their order on the home page, where that is another one."""
        if not self._season():
            return []
        now = self._library.now
        records = {kind: [self._library.entries[key].record for key in self._ledger.on_pages(kind)] for kind in _URGENT}
        kits: Any = records["kit"]
        alerts: Any = records["alert"]
        return kits_of_the_moment(kits, active_alerts(alerts, now), now)

    def _ties(self, key: Key) -> set[Key]:
        """Give the records that one names or named, and those that name it."""
        found = set(self._stock.referrers(key))
        for state in (self._anew.before.get(key), self._anew.after.get(key)):
            found |= names(state)
        if key not in self._anew.before and key not in self._anew.after:
            named = self._stock.record(key)[0].names
            found.update([(each.kind, each.id) for each in named if each.kind in KINDS])
        return found

    def _neighbours(self, key: Key, planner: RecordPlanner) -> Iterator[Key]:
        """Give the records whose pages lead to one as to the one before or after, or did."""
        page = self._ledger.page(self._own(key)) if self._ledger.layout(self._own(key)) else None
        places = [(page.before, page.after)] if page else []
        if key in self._shelf.places:
            places.append(planner.around(key))
        return (each for around in places for each in around if each)

    def _own(self, key: Key) -> str:
        """Give the address of a record's page, nothing for a kind that has none."""
        kind = KINDS[key[0]]
        return kind.url(key[1]) if kind.section is not None else ""

    def _urls(self, key: Key) -> list[str]:
        """Give the addresses of a record's page and of those that lead to it, as they were."""
        before = self._anew.before.get(key)
        aliases = before.outline.aliases if before else self._stock.record(key)[0].aliases
        urls = [self._own((key[0], each)) for each in (key[1], *aliases)]
        return [url for url in urls if self._ledger.layout(url)]

    def _look_at_pages_with(self, key: Key) -> None:
        """Look at the pages of records that show one whose card or text is another now; lists were planned anew."""
        urls = [self._own(each) for each in self._ties(key)]
        if self._ledger.layout(self._own(key)):
            page = self._ledger.page(self._own(key))
            urls += [self._own(each) for each in (page.before, page.after) if each]
        for url in (*self._urls(key), *urls):
            if url not in self._pages and url not in self._gone and self._ledger.layout(url):
                page = self._ledger.page(url)
                if key in page.reads or key in page.shown():
                    self._pages[url] = page, self._ledger.packed(url)

    def _follow(self) -> tuple[Iterable[FeedDocument], list[str]]:
        """Give the documents of feeds to look at, each opened as it is reached, and the files of those that went."""
        ledger, anew = self._ledger, self._anew
        there = [key for key in self._noted if key in anew.after or key not in anew.before]
        moved: dict[Key, Followed | None] = {}
        for key in self._keys:
            old = self._noted[key]
            was, told = bool(old and old.item), key in there and bool(ledger.note(key).item)
            if was != told or (told and self._differences.in_feeds(key)):
                after = anew.after.get(key)
                moved[key] = followed(after.outline, after.sketch.published) if told and after else None
        places = [key for key in self._keys if key[0] == "neighbourhood" and self._differences.in_name(key)]
        named = {feed.name: feed if key in there else None for key in places for feed in (self._feed(key),)}
        changed, gone = refollow(ledger, moved, named) if moved or named else ([], [])
        recarded = {key for key in there if self._is_recarded(key)}
        touched = {(each.feed.name, each.part): each for each in (*ledger.places_with(there, recarded), *changed)}
        files = [path for place in gone for path in FeedDocument(place.feed, (), place.part).paths]
        return map(ledger.document, touched.values()), files

    def _feed(self, key: Key) -> Feed:
        state = self._anew.after.get(key) or self._anew.before[key]
        return neighbourhood_feed(key[1], state.outline.title)

    def _is_recarded(self, key: Key) -> bool:
        old = self._noted[key]
        return old is None or old.card_state != self._ledger.note(key).card_state


_URGENT = ("kit", "alert")
