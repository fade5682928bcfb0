"""How the site is made. Read `build` from top to bottom: it names each stage once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from generator.problems import Problem, has_errors, reason

if TYPE_CHECKING:
    from generator.site.chrome import Chrome
    from generator.site.feeds.plan import FeedDocument
    from generator.site.planned import PlannedPage

    from .downloads import Downloads
    from .fingerprints import Prints
    from .gathering import Gathered
    from .ground import Ground
    from .inputs import Inputs
    from .memory import Memory
    from .new_ledger import NewLedger


@dataclass(slots=True)
class Report:
    """What a build did: numbers of HTML pages, of documents that wait to be made, seconds, and every problem met.

    `known` is all that it knew of the site that it published.
    """

    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    waiting: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)
    known: "tuple[Gathered, Chrome] | None" = None

    def as_json(self) -> dict[str, object]:
        """Give the object that `--json` prints."""
        return {
            "pages": self.pages,
            "written": self.written,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "seconds": round(self.seconds, 3),
            "problems": [problem.as_json() for problem in sorted(self.problems)],
        }


def build(
    root: Path, output: Path, now: datetime, jobs: int, *, clean: bool = False, dask: str | None = None
) -> Report:
    """Make the site of a campaign. With errors, nothing is published and the last good site stays as it was.

    It takes `jobs` processes; with the address of a Dask scheduler, that cluster draws the pages. An edit that changes
    no more than words takes the short way (`retouch`), unless all is asked for afresh.
    """
    from .retouch import retouch

    start = perf_counter()
    report = None if clean or dask else retouch(root, output, now, jobs)
    report = report or build_whole(root, output, now, jobs, clean=clean, dask=dask)
    report.seconds = perf_counter() - start
    return report


def build_whole(
    root: Path, output: Path, now: datetime, jobs: int, *, clean: bool = False, dask: str | None = None
) -> Report:
    """Make the site as `build` does, planning it anew."""
    from .archive import damaged
    from .index import Damaged
    from .publish import Refused

    start = perf_counter()
    order, report = _Order(root, output, now, jobs, clean, dask), Report()
    try:
        try:
            _build(order, report)
        except Damaged:
            _build(order._replace(clean=True), report)
            report.problems.append(damaged())
    except Refused as refused:
        report.problems.append(refused.problem)
    except OSError as error:
        message = f"La construction s'est arrêtée : {reason(error)}."
        hint = f"Fichier concerné : {error.filename}. Le site déjà publié reste en place." if error.filename else ""
        report.problems.append(Problem("", 0, 0, "error", "system", message, hint))
    except Exception as error:
        from jinja2 import TemplateError

        from generator.site.templates import faulty_template

        if not isinstance(error, TemplateError):
            raise
        report.problems.append(faulty_template(error))
    report.seconds = perf_counter() - start
    return report


class _Order(NamedTuple):
    """What is asked for: see `build`."""

    root: Path
    output: Path
    now: datetime
    jobs: int
    clean: bool
    dask: str | None


def _build(order: _Order, report: Report) -> None:
    """Read and plan the campaign, and publish its site unless there are errors.

    Other processes look at all files while this one loads what it takes.
    """
    from generator.site.assets import theme_folder

    from .beside import beside, in_turn
    from .inputs import inputs
    from .memory import whole_since

    root, jobs = order.root, order.jobs
    ask = beside if jobs > 1 else in_turn
    with ask(partial(whole_since, root, order.output), patiently=True) as whole:
        with ask(partial(inputs, root, theme_folder(root))) as look:
            from .gathering import gather
            from .progress import bar
            from .workers import processes

            read = look.answer()
            with processes(jobs, bar("Lecture des fiches et des images")) as executor:
                gathered = gather(root, order.now, executor, seen=read, afresh=order.clean)
        report.problems = fit_to_print(gathered)
        if not has_errors(gathered.problems):
            _publish(order, gathered, read, whole.answer, report)


def _publish(
    order: _Order, gathered: "Gathered", read: "Inputs", whole_since: Callable[[], int], report: Report
) -> None:
    """Draw what is not as it was, put it in place, and note what the next build will ask for."""
    from generator.site.kept import Kept
    from generator.site.theme import make_chrome

    from .artifacts import message_files, other_files, worker_file
    from .downloads import offered
    from .fingerprints import Prints, states_of
    from .forgetting import forget
    from .memory import Memory, program_digest
    from .new_ledger import new_ledger
    from .publish import remove, staging, strangers, switch
    from .rendering import rendering

    root, output, now, jobs, clean, dask = order
    library = gathered.library
    assert library
    kept = Kept.of(root, program_digest(), afresh=clean)
    chrome = make_chrome(root, library.config, gathered.alerts, library.cards, kept)
    with staging(output) as staged, offered(root, gathered, library) as downloads:
        memory = Memory.load(root, output, clean)
        memory.confirm()
        if memory.as_of and memory.as_of == whole_since():
            memory.trust()
        states = states_of(gathered.outlines, gathered.sketches, library)
        with new_ledger(memory.folder) as ledger:
            prints = cache(partial(_prints, gathered, Prints(states, chrome), ledger))
            stale, feeds = _stale(gathered, memory, prints)
            with rendering(stale, feeds, library, chrome, staged, jobs, dask) as finish:
                apart = [*downloads.files, *message_files(gathered.pages, library, prints())]
                apart.append(worker_file(gathered.pages, chrome, prints()))
                made = prints() | other_files(gathered, library, chrome, apart, memory, staged)
                # Drawing opens more records than planning did.
                ledger.note(gathered, states, chrome, downloads)
                finish()
            gone = memory.gone(made) if memory.as_of else strangers(output, made.keys())
            memory.begin()
            switch(staged, output)
            report.removed = remove(output, gone)
            published = memory.publish()
            ground = _ground(gathered, read, now, report.problems, downloads)
            if ground:
                ledger.save(published)
            memory.save(made, ground)
    report.problems += forget(root, output, library, downloads, took_away=bool(report.removed))
    report.known = gathered, chrome
    report.pages, report.written, report.waiting = len(gathered.pages), len(stale), downloads.waiting
    report.unchanged = report.pages - report.written


def _stale(
    gathered: "Gathered", memory: "Memory", prints: Callable[[], dict[str, str]]
) -> tuple[list["PlannedPage"], list["FeedDocument"]]:
    """Give the pages and the documents of feeds to draw: where nothing is known, all, whatever their fingerprints."""
    if not memory.as_of:
        return gathered.pages, gathered.feeds
    pages = [page for page in gathered.pages if not memory.has(page.path, prints()[page.path])]
    feeds = [each for each in gathered.feeds if not all(memory.has(path, prints()[path]) for path in each.paths)]
    return pages, feeds


def _prints(gathered: "Gathered", prints: "Prints", ledger: "NewLedger") -> dict[str, str]:
    """Give the fingerprint of each page and each file of a feed, by path, and note the pages in the ledger."""
    found = {page.path: prints.page(page, ledger.add(page)) for page in gathered.pages}
    for document in gathered.feeds:
        found |= dict.fromkeys(document.paths, prints.feed(document))
    return found


def _ground(
    gathered: "Gathered", read: "Inputs", now: datetime, told: list[Problem], downloads: "Downloads"
) -> "Ground | None":
    """Give what the build stood on; None with sealed drafts, which nothing but a whole build may open.

    None too when it told of something that was taken back, by its name: what was told would be kept.
    """
    from generator.campaign.sealing import ENDING

    from .ground import Ground, alias, by_column, steady_around

    taken_back = [each.id for each in gathered.outlines if each.gone]
    tells = any(name in f"{problem.message} {problem.hint}" for problem in told for name in taken_back)
    if tells or any(path.endswith(ENDING) for path in read):
        return None
    steady = steady_around(now, sorted(change for outline in gathered.outlines for change in outline.changes))
    names = alias("\0".join(read))
    faulty = frozenset(alias(problem.path) for problem in gathered.problems)
    pages = len(gathered.pages)
    return Ground(by_column(read), names, faulty, now, steady, pages, told, downloads.state, downloads.waiting)


def fit_to_print(gathered: "Gathered") -> list[Problem]:
    """Give the problems that a build tells: the log of a public repository is public.

    A warning that names what is not shown yet, or no longer, is for `ville check` alone.
    """
    from generator.site.links import HIDDEN_LINK

    hidden = {outline.path for outline in gathered.outlines if not outline.shown}
    return [
        problem
        for problem in gathered.problems
        if problem.severity == "error" or (problem.path not in hidden and problem.code != HIDDEN_LINK)
    ]
