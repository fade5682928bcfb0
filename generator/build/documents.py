"""`ville documents`: makes every planned document that the store does not hold yet, on all cores."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from generator.campaign.models.honours import Channel
from generator.documents.making import Unmade, Workshop, make
from generator.documents.store import WORKING, Store, sweep
from generator.problems import Problem, Severity, has_errors, reason
from generator.site.assets import theme_folder
from generator.site.documents import PlannedDocument

from . import fit_to_print
from .downloads import planned_documents
from .gathering import Gathered, gather
from .index import Damaged
from .progress import bar
from .workers import pool, processes


@dataclass(slots=True)
class Made:
    """What a run did: numbers of documents made, still good, thrown away; seconds; every problem met."""

    made: int = 0
    kept: int = 0
    swept: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)


def make_documents(root: Path, now: datetime, jobs: int, only: str | None = None) -> Made:
    """Make the documents of a campaign, those of one kind with `only`. Faulty records stop it, as they stop a build."""
    start = perf_counter()
    report = Made()
    with processes(jobs, bar("Lecture des fiches et des images")) as executor:
        try:
            gathered = gather(root, now, executor)
        except Damaged:
            gathered = gather(root, now, executor, afresh=True)
    report.problems = fit_to_print(gathered)
    if gathered.library and not has_errors(gathered.problems):
        try:
            _make_all(root, gathered, jobs, only, report)
        except OSError as error:
            message = f"Les documents ne peuvent pas être gardés : {reason(error)}."
            hint = "Faites de la place, ou donnez le droit d'écrire dans ce dossier."
            report.problems.append(Problem(".cache/documents", 0, 0, "error", "cache", message, hint))
    report.seconds = perf_counter() - start
    return report


@dataclass(frozen=True, slots=True)
class _Bench:
    """What worker processes find in the memory they inherit."""

    todo: list[tuple[str, PlannedDocument]]
    workshop: Workshop
    store: Store


_bench: _Bench | None = None


def _make_all(root: Path, gathered: Gathered, jobs: int, only: str | None, report: Made) -> None:
    global _bench
    assert gathered.library
    planned = planned_documents(root, gathered, gathered.library)
    (root / ".cache" / "documents").mkdir(parents=True, exist_ok=True)
    with Store.opened(root) as store, TemporaryDirectory(prefix=WORKING, dir=store.folder) as pictures:
        wanted = [pair for pair in planned.items() if only in (None, pair[1].kind)]
        todo = [pair for pair in wanted if not ((found := store.find(pair[0])) and found.is_whole())]
        report.kept = len(wanted) - len(todo)
        printable = gathered.library.pictures.within(Channel.PRINT)
        workshop = Workshop(root, theme_folder(root), gathered.library, Path(pictures), printable)
        _bench = _Bench(todo, workshop, store)
        failures: dict[Failure, list[PlannedDocument]] = {}
        tell = bar("Mise en page des documents")
        try:
            # Typst must not run in this process: its threads would be missing in whatever is forked from it later.
            with pool(jobs) as workshops:
                for rank, failure in enumerate(workshops.map(_make, range(len(todo)))):
                    if failure is None:
                        report.made += 1
                    else:
                        failures.setdefault(failure, []).append(todo[rank][1])
                    tell(rank + 1, len(todo))
        finally:
            _bench = None
    report.problems += [_problem(failure, among, gathered) for failure, among in failures.items()]
    if only is None:
        report.swept = sweep(root, planned)


Failure = tuple[Severity, str, str]
"""Why a document could not be made: how grave, the end of a sentence about it, a hint."""


def _make(rank: int) -> Failure | None:
    assert _bench
    fingerprint, document = _bench.todo[rank]
    try:
        content = make(document, _bench.workshop)
    except Unmade as failure:
        return failure.severity, failure.wrong, failure.hint
    _bench.store.keep(fingerprint, content)
    return None


def _problem(failure: Failure, documents: list[PlannedDocument], gathered: Gathered) -> Problem:
    """Give one problem for all documents that failed alike, in the file of the record that the first one is about."""
    assert gathered.shelf
    severity, wrong, hint = failure
    first, others = documents[0], len(documents) - 1
    path = gathered.shelf.items[first.reads[0]].outline.path if first.reads else ""
    more = f" (et {others} autre{'s' if others > 1 else ''})" if others else ""
    return Problem(path, 0, 0, severity, "document", f"Le document {first.url}{more} {wrong}", hint)
