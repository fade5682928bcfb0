"""The promise of the incremental build: after any edits, its bytes are those of a clean build."""

import os
import re
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zlib import crc32

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PIL import Image

from generator.badges.keys import PRIVATE, make_key, read_key
from generator.badges.register import read_register
from generator.badges.signing import sign_all
from generator.build import build
from generator.campaign.models.fields import PARIS
from generator.editing.withdrawal import withdraw
from generator.staff import Trouble
from tests.benchmarks.generate import write_campaign

from .printing import put_at_hand
from .snapshots import snapshot

THEME = Path(__file__).parents[2] / "theme"
START = datetime(2026, 11, 23, 12, tzinfo=PARIS)
LEAP = timedelta(days=45)
"""Far enough for labels, releases, events and press dates to turn."""

texts = st.sampled_from(["Un café.", "Zoë & l'été <b>à</b> 20 h !", "« Bien Voisiner »", "{{ 7*7 }}", "1er étage"])
choices = st.integers(min_value=0, max_value=10_000)


class EditingStaff(RuleBasedStateMachine):
    """Edits a campaign as people do, builds now and then, and compares with a clean build."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "campaign"
        self.now = START
        self.edits = 0

    @initialize(seed=st.integers(min_value=1, max_value=4))
    def begin(self, seed: int) -> None:
        write_campaign(self.root, records=60, documents=20, pictures=1, seed=seed)
        shutil.copytree(THEME, self.root / "theme", ignore=shutil.ignore_patterns("node_modules"))
        (self.root / "theme/node_modules").symlink_to(THEME / "node_modules")
        self.keys = self.folder / "keys"
        if seed % 2:  # A town that signs has more to make anew as days pass.
            make_key(self.root, self.keys, self.now.date())
        self.build(self.folder / "site")
        self.memory_name = next((self.root / ".cache/builds").iterdir()).name
        self._keep()

    def build(self, output: Path) -> None:
        time.sleep(0.03)  # What was just edited could change again unseen: a build would never take the short way.
        report = build(self.root, output, self.now, 1)
        self.failed = [problem for problem in report.problems if problem.severity == "error"]

    def pick(self, pattern: str, choice: int) -> Path | None:
        found = sorted(self.root.glob(pattern))
        return found[choice % len(found)] if found else None

    @rule()
    def sign_what_can_be_signed(self) -> None:
        if not self.keys.exists():
            return
        key = read_key(self.keys / PRIVATE, None)
        with suppress(Trouble):  # Nothing is signed while a record has errors.
            list(sign_all(self.root, read_register(self.root, self.now), key, ()))

    @rule(choice=choices, minimum=st.integers(min_value=0, max_value=7))
    def change_the_charter(self, choice: int, minimum: int) -> None:
        path = self.root / "data/labels.yml"
        lines = path.read_text().split("\n")
        places = [rank for rank, line in enumerate(lines) if "minimum:" in line]
        place = places[choice % len(places)]
        lines[place] = f"    minimum: {minimum}"
        path.write_text("\n".join(lines))

    @rule(choice=choices)
    def withdraw_a_label_or_a_diploma(self, choice: int) -> None:
        path = self.pick("data/buildings/*.yml" if choice % 2 else "data/awards/*.yml", choice)
        if path and "withdrawn:" not in (source := path.read_text()):
            line = f"withdrawn: {self.now.date() + timedelta(days=choice % 60)}\n"
            path.write_text(
                re.sub(r"^( *)(granted: .*|citation: .*)\n", rf"\g<0>\g<1>{line}", source, flags=re.MULTILINE)
            )

    @rule(choice=choices, text=texts)
    def edit_a_story(self, choice: int, text: str) -> None:
        path = self.pick("data/*/*.yml", choice)
        if path and "story: |\n" in (source := path.read_text()):
            path.write_text(source.replace("story: |\n", f"story: |\n  {text}\n\n"))

    @rule(choice=choices, text=texts)
    def edit_a_summary(self, choice: int, text: str) -> None:
        path = self.pick("*/*/*.*", choice)
        if path and path.suffix in (".yml", ".md"):
            summary = f'summary: "{text} {self.edits}"'
            path.write_text(re.sub("^summary: .*$", summary, path.read_text(), flags=re.MULTILINE))

    @rule(choice=choices, text=texts)
    def rename_a_record_in_words(self, choice: int, text: str) -> None:
        path = self.pick("data/*/*.yml", choice)
        if path:
            lines = path.read_text().split("\n")
            lines = [f'title: "{text} {self.edits}"' if line.startswith("title:") else line for line in lines]
            path.write_text("\n".join(lines))

    @rule(choice=choices)
    def change_an_id(self, choice: int) -> None:
        path = self.pick("data/initiatives/*.yml", choice)
        if path:
            alias = f"aliases: [{path.stem}]\n"
            source = path.read_text()
            if "aliases" not in source:
                path.rename(path.with_name(f"renomme-{self.edits}.yml")).write_text(alias + source)

    @rule(choice=choices)
    def add_a_record(self, choice: int) -> None:
        path = self.pick("data/portraits/*.yml", choice)
        if path:
            shutil.copy(path, path.with_name(f"nouveau-{self.edits}.yml"))

    @rule(choice=choices)
    def add_a_record_of_any_kind(self, choice: int) -> None:
        path = self.pick("data/*/*.yml", choice)
        if path:
            # No two may bear one serial.
            text = re.sub("(?m)^( *serial: ..)-.*$", rf"\1-2026-9{self.edits:03}", path.read_text())
            path.with_name(f"nouveau-{self.edits}.yml").write_text(text)

    @rule(choice=choices)
    def move_a_record_to_another_neighbourhood(self, choice: int) -> None:
        path, place = self.pick("data/*/*.yml", choice), self.pick("data/neighbourhoods/*.yml", choice // 7)
        if path and place:
            text = re.sub("(?m)^neighbourhood: .*$", f"neighbourhood: {place.stem}", path.read_text())
            path.write_text(text)

    @rule(choice=choices, text=texts)
    def rename_a_neighbourhood(self, choice: int, text: str) -> None:
        path = self.pick("data/neighbourhoods/*.yml", choice)
        if path:
            path.write_text(re.sub("(?m)^title: .*$", f'title: "{text} {self.edits}"', path.read_text()))

    @rule(choice=choices, days=st.integers(min_value=-2, max_value=4))
    def schedule_a_record(self, choice: int, days: int) -> None:
        path = self.pick(("data/initiatives/*.yml", "data/events/*.yml", "data/awards/*.yml")[choice % 3], choice)
        if path and "publish_at" not in (source := path.read_text()):
            path.write_text(f"{source}publish_at: {self.now + timedelta(days=days):%Y-%m-%d %H:%M}\n")

    @rule(choice=choices)
    def remove_a_record(self, choice: int) -> None:
        path = self.pick("data/*/*.yml", choice)
        if path:
            path.unlink()

    @rule(choice=choices, text=texts)
    def edit_a_document(self, choice: int, text: str) -> None:
        path = self.pick("content/*/*.md", choice)
        if path:
            path.write_text(path.read_text() + f"\n{text}\n")

    @rule(choice=choices)
    def add_a_document(self, choice: int) -> None:
        path = self.pick("content/*/*.md", choice)
        if path:
            shutil.copy(path, path.with_name(f"nouveau-{self.edits}.md"))

    @rule(choice=choices)
    def rename_a_document(self, choice: int) -> None:
        path = self.pick("content/*/*.md", choice)
        if path:
            source = path.read_text()
            for other in (*self.root.glob("data/**/*.yml"), *self.root.glob("content/**/*.md")):
                other.write_text(other.read_text().replace(path.stem, f"autre-{self.edits}"))
            path.write_text(source)
            path.rename(path.with_name(f"autre-{self.edits}.md"))

    @rule(choice=choices)
    def remove_a_document(self, choice: int) -> None:
        path = self.pick("content/*/*.md", choice)
        if path:
            path.unlink()

    @rule(choice=choices)
    def add_a_picture(self, choice: int) -> None:
        path = self.pick("data/initiatives/*.yml", choice)
        if path and "picture:" not in (source := path.read_text()):
            Image.new("RGB", (500 + choice % 900, 300), (90, choice % 256, 90)).save(path.with_suffix(".jpg"))
            path.write_text(f"{source}picture:\n  file: {path.stem}.jpg\n  alt: Un dessin.\n  credit: La ville\n")

    @rule(choice=choices)
    def rename_a_picture(self, choice: int) -> None:
        path = self.pick("data/**/*.jpg", choice)
        if path:
            name = f"image-{self.edits}.jpg"
            for record in path.parent.glob("*.yml"):
                record.write_text(record.read_text().replace(f"file: {path.name}", f"file: {name}"))
            path.rename(path.with_name(name))

    @rule(choice=choices)
    def take_a_picture_away(self, choice: int) -> None:
        for path in sorted(self.root.glob("data/initiatives/*.yml"))[choice % 3 :: 3]:
            path.write_text(re.sub(r"^picture:\n(  .*\n)+", "", path.read_text(), flags=re.MULTILINE))

    @rule(choice=choices)
    def remove_a_picture(self, choice: int) -> None:
        path = self.pick("data/**/*.jpg", choice)
        if path:
            path.unlink()

    @rule(choice=choices)
    def change_a_picture(self, choice: int) -> None:
        path = self.pick("data/**/*.jpg", choice)
        if path:
            Image.new("RGB", (400, 300), (choice % 256, 90, 90)).save(path)

    @rule(text=texts)
    def change_the_settings(self, text: str) -> None:
        path = self.root / "site_config.yml"
        lines = path.read_text().split("\n")
        path.write_text("\n".join(f'tagline: "{text}"' if line.startswith("tagline:") else line for line in lines))

    @rule(text=texts)
    def rename_a_theme(self, text: str) -> None:
        path = self.root / "site_config.yml"
        path.write_text(re.sub("title: .*(?=\n  - id)", f'title: "{text} {self.edits}"', path.read_text(), count=1))

    @rule(choice=choices)
    def add_a_template_of_its_own_to_a_page(self, choice: int) -> None:
        page = self.pick("content/pages/*.md", choice)
        if page:
            template = self.root / f"theme/pages/{page.stem}.html"
            template.write_text(f"{{% extends 'pages/page.html' %}}\n<!-- {choice} -->")

    @rule(choice=choices)
    def rename_a_template(self, choice: int) -> None:
        page, template = self.pick("content/pages/*.md", choice), self.pick("theme/pages/page*.html", 0)
        own = [
            path
            for path in (self.root / "theme/pages").glob("*.html")
            if "extends 'pages/page.html'" in path.read_text()
        ]
        if page and template and own:
            own[0].rename(template.with_name(f"{page.stem}.html"))

    @rule()
    def remove_the_templates_of_single_pages(self) -> None:
        for template in self.templates_of_single_pages():
            template.unlink()

    def templates_of_single_pages(self) -> list[Path]:
        found = sorted((self.root / "theme/pages").glob("*.html"))
        return [path for path in found if "extends 'pages/page.html'" in path.read_text()]

    @rule(choice=choices)
    def edit_a_template(self, choice: int) -> None:
        path = self.pick("theme/pages/*.html", choice)
        if path:
            path.write_text(path.read_text() + f"\n<!-- {choice} -->")

    @rule(choice=choices)
    def edit_the_style(self, choice: int) -> None:
        with (self.root / "theme/assets/site.css").open("a") as sheet:
            sheet.write(f"\n.essai-{choice} {{ color: red; }}")

    @rule(choice=choices, days=st.integers(min_value=-60, max_value=60))
    def schedule_a_document(self, choice: int, days: int) -> None:
        path = self.pick("content/*/*.md", choice)
        if path and "publish_at" not in (source := path.read_text()):
            moment = f"{self.now + timedelta(days=days):%Y-%m-%d %H:%M}"
            path.write_text(source.replace("---\n", f"---\npublish_at: {moment}\n", 1))

    @rule(choice=choices)
    def take_a_document_back(self, choice: int) -> None:
        path = self.pick("content/*/*.md", choice)
        if path and "withdrawn" not in (source := path.read_text()):
            day = f"{self.now + LEAP:%Y-%m-%d}"
            path.write_text(source.replace("---\n", f"---\nwithdrawn: {{date: {day}, reason: Erreur.}}\n", 1))

    @rule(choice=choices)
    def take_a_portrait_back(self, choice: int) -> None:
        path = self.pick("data/portraits/*.yml", choice)
        if path:
            with suppress(Trouble):
                withdraw(self.root, path.stem, self.now.date())

    @rule(steps=st.integers(min_value=-3, max_value=6))
    def let_time_pass(self, steps: int) -> None:
        self.now += steps * LEAP

    @rule(hours=st.integers(min_value=-72, max_value=96))
    def let_hours_pass(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(choice=choices)
    def make_some_documents(self, choice: int) -> None:
        put_at_hand(self.root, self.now, lambda document: crc32(document.url.encode()) % 3 == choice % 3)

    @rule(choice=choices)
    def lose_a_document(self, choice: int) -> None:
        path = self.pick(".cache/documents/*", choice)
        if path:
            path.unlink()

    @rule(choice=choices)
    def change_a_colour(self, choice: int) -> None:
        with (self.root / "theme/assets/palette.css").open("a") as sheet:
            sheet.write(f"\n:root {{ --essai: #{choice:06}; }}")

    @rule(damage=st.sampled_from([b"", b"{}", b"\x00" * 100]))
    def damage_the_cache(self, damage: bytes) -> None:
        for path in (self.root / ".cache").rglob("*"):
            if path.is_file() and path.suffix != ".sizes":
                path.write_bytes(damage)

    @rule(choice=choices)
    def cut_a_file_of_the_cache_short(self, choice: int) -> None:
        path = self.pick(".cache/**/*.*", choice) or self.pick(".cache/records/*", choice)
        if path and path.is_file():
            path.write_bytes(path.read_bytes()[: choice % (path.stat().st_size + 1)])

    @rule()
    def drop_the_cache(self) -> None:
        shutil.rmtree(self.root / ".cache", ignore_errors=True)

    @rule()
    def keep_a_copy_of_the_cache(self) -> None:
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        if (self.root / ".cache").exists():
            shutil.copytree(self.root / ".cache", self.folder / "kept")

    @rule()
    def bring_an_old_cache_back(self) -> None:
        if (self.folder / "kept").exists():
            self.drop_the_cache()
            shutil.copytree(self.folder / "kept", self.root / ".cache")

    @rule()
    def put_the_cache_of_another_town_in_its_place(self) -> None:
        other = self.folder / "other"
        if not other.exists():
            write_campaign(other, records=60, documents=20, seed=9)
            build(other, other / "site", self.now, 1)
        self.drop_the_cache()
        shutil.copytree(other / ".cache", self.root / ".cache")
        for memory in (self.root / ".cache/builds").iterdir():
            memory.rename(memory.with_name(self.memory_name))

    @rule(moment=st.floats(min_value=0.0, max_value=0.6))
    def interrupt_a_build(self, moment: float) -> None:
        process = os.fork()
        if not process:
            self.build(self.folder / "site")
            os._exit(0)
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)

    @invariant()
    def incremental_equals_clean(self) -> None:
        if not self.root.exists():
            return
        self.edits += 1
        before = snapshot(self.folder / "site")
        self.build(self.folder / "site")
        if self.failed:
            assert snapshot(self.folder / "site") == before
            self._put_back()
            return
        self._keep()
        # In a folder of its own, so that nothing mends the cache on the way.
        elsewhere = self.folder / "elsewhere"
        shutil.copytree(self.folder / "good", elsewhere, symlinks=True)
        if (documents := self.root / ".cache/documents").exists():
            shutil.copytree(documents, elsewhere / ".cache/documents")
        report = build(elsewhere, elsewhere / "site", self.now, 1)
        assert report.written == report.pages
        assert snapshot(self.folder / "site") == snapshot(elsewhere / "site")
        shutil.rmtree(elsewhere)

    def _keep(self) -> None:
        shutil.rmtree(self.folder / "good", ignore_errors=True)
        shutil.copytree(self.root, self.folder / "good", symlinks=True, ignore=shutil.ignore_patterns(".cache"))

    def _put_back(self) -> None:
        """Undo what led to errors, as staff would: with errors in the way, no edit that follows would be built."""
        for name in ("data", "content", "theme", "site_config.yml"):
            there, good = self.root / name, self.folder / "good" / name
            if there.is_dir():
                shutil.rmtree(there)
                shutil.copytree(good, there, symlinks=True)
            else:
                shutil.copy(good, there)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


EditingStaff.TestCase.settings = settings(
    max_examples=int(os.environ.get("EDIT_SEQUENCES", "4")), stateful_step_count=12, deadline=None
)
TestIncrementalBuild = EditingStaff.TestCase
