"""`ville documents`: makes every planned document that the store does not hold yet, on all cores."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from generator.documents.making import Unmade, Workshop, make
from generator.documents.store import Store, sweep
from generator.problems import Problem, has_errors, reason
from generator.site.documents import PlannedDocument
from generator.site.theme import theme_folder

from . import fit_to_print
from .archive import Damaged
from .downloads import planned_documents
from .gathering import Gathered, gather
from .progress import bar
from .workers import processes


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
    with Store.opened(root) as store, TemporaryDirectory(prefix="ville-documents-") as pictures:
        wanted = [(print_, each) for print_, each in planned.items() if only in (None, each.kind)]
        todo = [(print_, each) for print_, each in wanted if not ((found := store.find(print_)) and found.is_whole())]
        report.kept = len(wanted) - len(todo)
        _bench = _Bench(todo, Workshop(root, theme_folder(root), gathered.library, Path(pictures)), store)
        tell = bar("Mise en page des documents")
        try:
            # Typst must not run in this process: its threads would be missing in whatever is forked from it later.
            with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
                for rank, problem in enumerate(pool.map(_make, range(len(todo)))):
                    if problem is None:
                        report.made += 1
                    else:
                        report.problems.append(_located(problem, todo[rank][1], gathered))
                    tell(rank + 1, len(todo))
        finally:
            _bench = None
    if only is None:
        report.swept = sweep(root, planned)


def _make(rank: int) -> Problem | None:
    assert _bench
    fingerprint, document = _bench.todo[rank]
    try:
        content = make(document, _bench.workshop)
    except Unmade as failure:
        message = f"Le document {document.url} {failure.wrong}"
        return Problem("", 0, 0, "error", "document", message, failure.hint)
    _bench.store.keep(fingerprint, content)
    return None


def _located(problem: Problem, document: PlannedDocument, gathered: Gathered) -> Problem:
    """Give a problem the file of the record that the document is about."""
    assert gathered.shelf
    key = document.reads[0] if document.reads else None
    return Problem(
        gathered.shelf.items[key].outline.path if key else "",
        0,
        0,
        problem.severity,
        problem.code,
        problem.message,
        problem.hint,
    )
