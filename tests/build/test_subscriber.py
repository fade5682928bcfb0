"""A year of a town's edits, and those who follow its feeds: nothing old comes as new, nothing new is missed.

Two readers follow along. One is the package `reader`, which keeps what it was shown, as people's applications do: it
has the feed of each kind, in mixed formats. The other reads everything and walks the archives (RFC 5005, section 4).
"""

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import yaml
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from reader import make_reader

from generator.build import build
from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from tests.benchmarks.generate import write_campaign
from tests.site.towns import RECORDS, add

START = datetime(2026, 11, 23, 12, tzinfo=PARIS)
FEEDS = ("presse.xml", "kits.atom", "portraits.json", "initiatives.xml", "agenda.atom", "enseignements.json")

choices = st.integers(min_value=0, max_value=10_000)
pauses = st.integers(min_value=1, max_value=45)


class Walker:
    """Reads a feed and every archive behind it that it has not read yet."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.archives: set[str] = set()

    def read(self, site: Path) -> set[str]:
        """Give the ids that were never there before."""
        found: dict[str, str] = {}
        path = "flux/tout.atom"
        while path:
            parsed = feedparser.parse((site / path).read_bytes())
            assert not parsed.bozo
            found = {entry.id: entry.updated for entry in parsed.entries} | found
            links = [link.href for link in parsed.feed.links if link.rel == "prev-archive"]
            path = f"flux/{links[0].partition('/flux/')[2]}" if links else ""
            if path in self.archives:
                break
            self.archives.add(path)
        new = found.keys() - self.seen.keys()
        self.seen |= found
        return set(new)


class TownAndReaders(RuleBasedStateMachine):
    """Staff write, correct, rename, postpone, take back and move; readers look again after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.root, self.site = self.folder / "campaign", self.folder / "site"
        self.now = START
        self.count = 0
        self.records: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self.outs: dict[str, datetime] = {}
        self.waiting: set[str] = set()
        self.revised: set[str] = set()

    @initialize()
    def begin(self) -> None:
        write_campaign(self.root, records=60, documents=12)
        for file in self.root.glob("data/events/*.yml"):  # What is not written down below has come out already.
            file.write_text(f"publish_at: 2025-01-02 09:00\n{file.read_text('utf-8')}", "utf-8")
        # More than one document holds, so that there are archives, some from years that are over.
        for number in range(60):
            date = START - timedelta(days=9 * number + 1)
            add(self.root, "lesson", f"l-{number:02}", date=f"{date:%Y-%m-%d}")
        self.reader = make_reader(":memory:", feed_root=str(self.site))
        self.walker = Walker()
        self.build()
        for feed in FEEDS:
            self.reader.add_feed(f"flux/{feed}")
        self.announced()
        self.walker.read(self.site)

    def build(self) -> None:
        report = build(self.root, self.site, self.now, 1)
        assert [problem for problem in report.problems if problem.severity == "error"] == []

    def announced(self) -> set[str]:
        """Give the ids that the reader shows as new, and have them read."""
        for feed in FEEDS:
            self.reader.update_feed(f"flux/{feed}")
        entries = list(self.reader.get_entries(read=False))
        for entry in entries:
            self.reader.mark_entry_as_read(entry)
        return {entry.id for entry in entries}

    def save(self, name: str, **changes: Any) -> None:
        kind, record_id, fields = self.records[name]
        fields.update(changes)
        add(self.root, kind, record_id, **fields)

    def write(self, kind: str, out: datetime, **fields: Any) -> None:
        """Add a record that comes out at a moment."""
        self.count += 1
        name = f"{kind}/n-{self.count}"
        self.records[name] = kind, f"n-{self.count}", fields
        self.save(name)
        self.waiting.add(name)
        self.outs[name] = out

    def pick(self, choice: int, *kinds: str) -> str | None:
        names = [name for name, (kind, *_) in self.records.items() if not kinds or kind in kinds]
        return names[choice % len(names)] if names else None

    @rule(days=st.integers(min_value=-3, max_value=20), embargo=st.booleans())
    def write_a_release(self, days: int, embargo: bool) -> None:
        out = self.now.replace(minute=0) + timedelta(days=days)
        field = {"embargo_until": f"{out:%Y-%m-%d %H:%M}"} if embargo else {}
        date = min(out, self.now) if embargo else out
        self.write("press_release", out, date=f"{date:%Y-%m-%d %H:%M}", **field)

    @rule(
        kind=st.sampled_from(["initiative", "kit", "lesson", "portrait"]), days=st.integers(min_value=-9, max_value=20)
    )
    def write_something(self, kind: str, days: int) -> None:
        out = (self.now + timedelta(days=days)).replace(hour=9, minute=0)
        consent = {**RECORDS["portrait"]["consent"], "channels": ["site", "flux"]}
        self.write(
            kind, out, publish_at=f"{out:%Y-%m-%d %H:%M}", **({"consent": consent} if kind == "portrait" else {})
        )

    @rule()
    def write_down_an_initiative_without_a_date(self) -> None:
        day = self.now.replace(hour=0, minute=0)
        self.write("initiative", day, verified=f"{day:%Y-%m-%d}")

    @rule(days=st.integers(min_value=5, max_value=150))
    def announce_an_event(self, days: int) -> None:
        start = (self.now + timedelta(days=days)).replace(hour=19, minute=0)
        times = {"start": f"{start:%Y-%m-%d} 19:00", "end": f"{start:%Y-%m-%d} 22:00"}
        self.write("event", start - timedelta(days=60), **times)

    @rule(choice=choices)
    def correct_a_text(self, choice: int) -> None:
        for file in sorted(self.root.glob("data/initiatives/*.yml"))[choice % 5 :: 5]:
            file.write_text(file.read_text("utf-8").replace("story: |\n", "story: |\n  Et aussi.\n\n", 1), "utf-8")
        if name := self.pick(choice):
            self.save(name, summary=f"Une autre phrase, numéro {choice}.")

    @rule(choice=choices)
    def change_a_title(self, choice: int) -> None:
        if name := self.pick(choice):
            self.save(name, title=f"Autre titre {choice}")

    @rule(choice=choices)
    def say_that_a_text_changed(self, choice: int) -> None:
        if name := self.pick(choice, "press_release", "initiative", "lesson", "portrait", "event"):
            self.save(name, updated=f"{self.now:%Y-%m-%d %H:%M}")
            self.revised.add(name)

    @rule(choice=choices, days=st.integers(min_value=-20, max_value=20))
    def move_a_release_in_time(self, choice: int, days: int) -> None:
        if name := self.pick(choice, "press_release"):
            out = self.now.replace(minute=0) + timedelta(days=days)
            self.save(name, date=f"{out:%Y-%m-%d %H:%M}", embargo_until=None)
            self.outs[name] = out
            self.revised.add(name)

    @rule(choice=choices, days=st.integers(min_value=1, max_value=200))
    def postpone_an_event(self, choice: int, days: int) -> None:
        if name := self.pick(choice, "event"):
            start = (self.now + timedelta(days=days)).replace(hour=19, minute=0)
            self.save(name, start=f"{start:%Y-%m-%d} 19:00", end=f"{start:%Y-%m-%d} 22:00")
            self.outs[name] = start - timedelta(days=60)
            self.revised.add(name)

    @rule(choice=choices)
    def check_an_old_initiative(self, choice: int) -> None:
        files = sorted(self.root.glob("data/initiatives/*.yml"))
        file = files[choice % len(files)]
        record = yaml.safe_load(file.read_text("utf-8"))
        record["verified"] = f"{self.now:%Y-%m-%d}"
        file.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
        self.revised.add(f"initiative/{file.stem}")
        if (name := f"initiative/{file.stem}") in self.records:
            self.records[name][2]["verified"] = record["verified"]

    @rule(choice=choices)
    def change_an_address(self, choice: int) -> None:
        if name := self.pick(choice):
            kind, record_id, fields = self.records[name]
            self.file(name).unlink()
            self.count += 1
            renamed = {**fields, "aliases": [*fields.get("aliases", ()), record_id]}
            self.records[name] = kind, f"renomme-{self.count}", renamed
            self.save(name)

    def file(self, name: str) -> Path:
        kind, record_id, _ = self.records[name]
        folder = "content" if KINDS[kind].is_document else "data"
        return self.root / folder / KINDS[kind].source / f"{record_id}.{'md' if folder == 'content' else 'yml'}"

    @rule(choice=choices)
    def remove_a_record(self, choice: int) -> None:
        if name := self.pick(choice):
            self.file(name).unlink()
            del self.records[name]
            self.waiting.discard(name)

    @rule(name=st.sampled_from(["ville.example", "solidaire.ville.example/quartiers", "autre.example"]))
    def move_the_site(self, name: str) -> None:
        path = self.root / "site_config.yml"
        config = {**yaml.safe_load(path.read_text("utf-8")), "url": f"https://{name}/", "title": name}
        path.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")

    @rule(days=pauses)
    def let_time_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def readers_see_each_new_thing_once(self) -> None:
        if not self.root.exists():
            return
        self.build()
        known = dict(self.walker.seen)
        due = {name for name in self.waiting if self.outs[name] <= self.now}
        assert named(self.announced()) == due
        assert named(self.walker.read(self.site)) == due
        changed = {each for each, moment in known.items() if self.walker.seen[each] != moment}
        assert named(changed) <= self.revised
        self.waiting -= due
        self.now += timedelta(hours=5)

    def teardown(self) -> None:
        if hasattr(self, "reader"):
            self.reader.close()
        shutil.rmtree(self.folder)


def named(ids: set[str]) -> set[str]:
    """Give the records that tags name."""
    return {each.rpartition(":")[2] for each in ids}


TownAndReaders.TestCase.settings = settings(deadline=None, max_examples=4, stateful_step_count=14)
test_a_year_of_edits = TownAndReaders.TestCase
