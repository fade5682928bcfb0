"""The campaign as the last build knew it, opened record by record and kind by kind, with what was read anew in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from generator.build.archive import Archive
from generator.build.ground import Ground
from generator.build.ledger import Ledger
from generator.campaign.linking import Campaign
from generator.campaign.models import KINDS
from generator.campaign.outline import Key, Outline
from generator.config import SiteConfig
from generator.site.cards import Pictures
from generator.site.shelf import Item, Shelf
from generator.site.sketches import Sketch

from .asked import Asked
from .rereading import Reread
from .unfit import Unfit

Known = tuple[Outline, Sketch]


class Stock:
    """What is known of records. Whatever is asked of it raises Unfit where the archive lacks it, Damaged."""

    def __init__(self, archive: Archive, ledger: Ledger, ground: Ground, now: datetime, anew: Reread) -> None:
        self._archive = archive
        self._ledger = ledger
        self._ground = ground
        self._now = now
        self._anew = anew
        self._kinds: dict[str, dict[str, Known]] = {}

    def record(self, key: Key) -> Known:
        """Give one record. Raises KeyError when there is none."""
        if key[0] in self._kinds:
            return self._kinds[key[0]][key[1]]
        if key in self._anew.after:
            return self._anew.after[key][:2]
        if key in self._anew.before or key not in self._ledger:
            raise KeyError(key)
        found = {outline.key: (outline, sketch) for outline, sketch in self._in_file(self._ledger.note(key).path)}
        return found[key]

    def of(self, kind: str) -> Mapping[str, Known]:
        """Give all records of a kind, by id."""
        if kind not in self._kinds:
            top = "content" if KINDS[kind].is_document else "data"
            places = f"{top}/{KINDS[kind].source}/", f"{top}/{KINDS[kind].source}.y"
            paths = [path for path in self._archive.paths() if path.startswith(places) and path not in self._anew.files]
            known = [record for path in sorted(paths) for record in self._in_file(path)]
            known += [state[:2] for state in self._anew.after.values()]
            self._kinds[kind] = {outline.id: (outline, sketch) for outline, sketch in known if outline.kind == kind}
        return self._kinds[kind]

    def _in_file(self, path: str) -> Iterator[Known]:
        kept = self._archive.kept(path)
        if kept is None or not self._ground.has(path, kept.signature) or not kept.is_current(self._now):
            raise Unfit
        for outline, sketch, _ in kept.intake.records:
            if sketch is None:
                raise Unfit
            yield outline, sketch

    def referrers(self, key: Key) -> Sequence[Key]:
        """Give the records that name a record."""
        return self._ledger.note(key).referrers if key in self._ledger else ()


class ReopenedShelf(Shelf):
    """A shelf that knows of most kinds no more than their order: `unordered` are the kinds to be put in order anew."""

    def __init__(
        self,
        stock: Stock,
        ledger: Ledger,
        config: SiteConfig,
        now: datetime,
        pictures: Pictures,
        unordered: Collection[str],
    ) -> None:
        def outlines(kind: str) -> Mapping[str, Outline]:
            return Asked(lambda id_: stock.record((kind, id_))[0], lambda: stock.of(kind))

        def item(key: Key) -> Item:
            kind = KINDS[key[0]]
            return Item(*stock.record(key), 0, key, kind.url(key[1]) if kind.section is not None else "")

        campaign = Campaign(config, Asked(outlines, lambda: KINDS), Asked(stock.referrers, ledger.keys))
        super().__init__(campaign, Asked(lambda key: stock.record(key)[1], ledger.keys), now, pictures)
        self.items = Asked(item, ledger.keys)
        self._ledger = ledger
        self.unordered = unordered

    def on_pages(self, kind: str) -> Sequence[Key]:
        """Give the keys of a kind's records in the order in which other records' pages show them."""
        return super().on_pages(kind) if kind in self.unordered else self._ledger.on_pages(kind)
