"""After one edit: a whole `ville build` each, compared byte for byte with a clean one."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from statistics import median

from generator.campaign.models import KINDS
from tests.benchmarks.contenders import NOW, SETTINGS, ours
from tests.benchmarks.markdown_pages import linked, read_records
from tests.benchmarks.measure import Run, repeat, run
from tests.benchmarks.tables import seconds, table

THEME = Path(__file__).parents[2] / "theme"
SHOWN_ON = 50
STORY = "one story"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change: what it is called, what makes it for the nth time in a campaign's folder, and when it is built then."""

    name: str
    make: Callable[[Path, int], None]
    moment: Callable[[int], str] = lambda number: NOW


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a build after an edit took (median, in seconds), how many pages it wrote, and whether it was right."""

    edit: Edit
    runs: int
    seconds: float
    written: int
    same_as_clean: bool


def measure(campaign: Path, folder: Path, runs: int) -> list[Rebuilt]:
    """Make every edit in a copy of a campaign, build after each, and tell what that took."""
    root = lay_out(campaign, folder)
    run(_build(NOW), root)
    # Nothing was built there before, so that was a clean build.
    known = {_state(root, NOW): _digest(root / "site")}
    return [_rebuild(root, edit, runs, known) for edit in edits(root)]


def lay_out(campaign: Path, folder: Path) -> Path:
    """Copy a campaign, with a theme of its own to edit."""
    root = Path(shutil.copytree(campaign, folder, ignore=shutil.ignore_patterns("node_modules", "site", ".cache")))
    shutil.copytree(THEME, root / "theme", ignore=shutil.ignore_patterns("node_modules"))
    (root / "theme/node_modules").symlink_to((THEME / "node_modules").resolve())
    return root


def _rebuild(root: Path, edit: Edit, runs: int, known: dict[str, str]) -> Rebuilt:
    """Edit and build, several times, then compare with a clean build: one known by its sources, or made beside it."""
    taken = timed(root, edit, runs)
    moment = edit.moment(len(taken) - 1)
    state = _state(root, moment)
    if state not in known:
        run([*_build(moment), "--clean", "--output", "clean"], root)
        known[state] = _digest(root / "clean")
        shutil.rmtree(root / "clean")
    same = _digest(root / "site") == known[state]
    written: int = json.loads(taken[-1].output)["written"]
    return Rebuilt(edit, len(taken), median(one.seconds for one in taken), written, same)


def timed(root: Path, edit: Edit, runs: int) -> list[Run]:
    """Edit and build, several times."""

    def once(number: int) -> Run:
        edit.make(root, number)
        return run(_build(edit.moment(number)), root)

    return repeat(once, runs)


def _build(moment: str) -> list[str]:
    return ours("build", "--json", "--now", moment)


def _later(days: int) -> Callable[[int], str]:
    """Give what tells the moment of the nth build, so many days after the one before."""
    return lambda number: (datetime.fromisoformat(NOW) + timedelta(days=days * (number + 1))).isoformat()


def _state(root: Path, moment: str) -> str:
    """Give what stands for all that a build reads."""
    return f"{moment} {_digest(root / SETTINGS, root / 'data', root / 'content', root / 'theme')}"


def _digest(*paths: Path) -> str:
    """Give what stands for the names and bytes of some files, and of all those in some folders."""
    digest = blake2b()
    for top in paths:
        for file in (top, *sorted(top.rglob("*"))):
            if file.is_file():
                content = file.read_bytes()
                digest.update(f"{file.relative_to(top)} {len(content)}\n".encode())
                digest.update(content)
    return digest.hexdigest()


def edits(campaign: Path) -> list[Edit]:
    """Give the edits to make in a campaign."""
    story = min((campaign / "data/portraits").glob("*.yml")).relative_to(campaign)
    shown = _shown_on_many(campaign)
    place = min((campaign / "data/neighbourhoods").glob("*.yml")).relative_to(campaign)

    def added(root: Path, number: int) -> Path:
        return root / story.with_name(f"nouveau-{number}.yml")

    return [
        Edit("nothing", lambda root, number: None),
        Edit(STORY, _replacing(story, r"story: \|\n", "story: |\n  Phrase numéro {}.\n\n")),
        Edit("a record that fifty pages show", _replacing(shown, "(?m)^summary: .*", "summary: Résumé numéro {}.")),
        Edit("a neighbourhood's name", _replacing(place, "(?m)^title: .*", "title: Quartier numéro {}")),
        Edit("a template", _replacing(Path("theme/pages/portrait.html"), r"\Z", "<!-- {} -->")),
        Edit("a record added", lambda root, number: _copy(root / story, added(root, number))),
        Edit("a record removed", lambda root, number: added(root, number).unlink()),
        Edit("the palette", _replacing(Path("theme/assets/palette.css"), "--brand: #......", "--brand: #a0402{}")),
        Edit("a day passes", lambda root, number: None, _later(1)),
        Edit("a month passes", lambda root, number: None, _later(30)),
    ]


def _replacing(path: Path, pattern: str, replacement: str) -> Callable[[Path, int], None]:
    def make(root: Path, number: int) -> None:
        text = (root / path).read_text("utf-8")
        (root / path).write_text(re.sub(pattern, replacement.format(number), text, count=1), "utf-8")

    return make


def _copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def _shown_on_many(campaign: Path) -> Path:
    """Give the file of the record that is linked with as near as can be to fifty others."""
    links = linked(read_records(campaign))
    in_files = [key for key in links if KINDS[key[0]].source not in ("method", "kits")]
    kind, id_ = min(in_files, key=lambda key: abs(sum(map(len, links[key].values())) - SHOWN_ON))
    top, ending = ("content", "md") if KINDS[kind].is_document else ("data", "yml")
    return Path(top, KINDS[kind].source, f"{id_}.{ending}")


def report(rebuilt: list[Rebuilt], hugo: float) -> str:
    """Give the section on edits; `hugo` is the time of its full build."""
    rows = [
        (
            one.edit.name,
            str(one.runs),
            seconds(one.seconds),
            f"{hugo / one.seconds:.0f}" if hugo else "",
            str(one.written),
            "yes" if one.same_as_clean else "NO",
        )
        for one in rebuilt
    ]
    head = ("edit", "runs", "time", "times faster than Hugo's build", "pages written", "bytes equal a clean build's")
    return f"""## After one edit

The whole process of `ville build` after each edit, median of the runs. Hugo has no way to build less than everything
but in its own preview; its full build is that of the table above.

{table(head, rows)}
"""
