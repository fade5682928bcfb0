"""How the site is made. Read `build` from top to bottom: it names each stage once."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter

from generator.problems import Problem, has_errors

from .publish import Refused


@dataclass(slots=True)
class Report:
    """What a build did: numbers of HTML pages, seconds, and every problem met."""

    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)

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


def build(root: Path, output: Path, now: datetime, jobs: int, *, clean: bool = False) -> Report:
    """Make the site of a campaign. With errors, nothing is published and the last good site stays as it was."""
    from generator.site.theme import make_chrome

    from .artifacts import other_files
    from .gathering import gather
    from .memory import Memory
    from .publish import prune, staging, switch
    from .rendering import fingerprints, render
    from .workers import processes

    start = perf_counter()
    report = Report()
    with processes(jobs) as executor:
        gathered = gather(root, now, executor)
    report.problems = gathered.problems
    if gathered.library is None or has_errors(gathered.problems):
        report.seconds = perf_counter() - start
        return report
    library = gathered.library
    chrome = make_chrome(root, library.config, gathered.alerts, library.cards)
    try:
        with staging(output) as staged:
            memory = Memory.load(root, output, clean)
            prints = fingerprints(gathered, library, chrome)
            stale = [page for page in gathered.pages if not memory.has(page.path, prints[page.path])]
            render(stale, library, chrome, staged, jobs)
            others = other_files(gathered, library, chrome, memory, staged)
            memory.begin()
            switch(staged, output)
            report.removed = prune(output, {page.path for page in gathered.pages} | others.keys())
            memory.save(prints | others)
    except Refused as refused:
        report.problems.append(refused.problem)
    except OSError as error:
        message = f"L'écriture du site a échoué : {error.strerror}."
        report.problems.append(Problem("", 0, 0, "error", "output", message, "Le site déjà publié reste en place."))
    else:
        report.pages = len(gathered.pages)
        report.written = len(stale)
        report.unchanged = report.pages - report.written
    report.seconds = perf_counter() - start
    return report
