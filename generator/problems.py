"""Problems found in a campaign, as values, and how they are printed for people and machines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in one place of the campaign's files.

    `path` is relative to the root, with `/`. `line` and `column` count from 1; 0 means the file as a whole.
    `code` never changes (`missing-field`), `message` and `hint` are French sentences: what is wrong, what to do.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""

    def as_json(self) -> dict[str, str | int]:
        """Give the object that `--json` prints."""
        return asdict(self)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything forbids publishing."""
    return any(problem.severity == "error" for problem in problems)


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the hint « vouliez-vous dire … ? » for a mistyped word, or an empty text when nothing is near."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"Vouliez-vous dire « {found[0]} » ?" if found else ""


def print_text(problems: Sequence[Problem], root: Path) -> str:
    """Give the problems for a person: sentence, hint, and the faulty line with a caret under the place."""
    return "\n".join(_paragraph(problem, root) for problem in sorted(problems))


def print_json(problems: Sequence[Problem], root: Path) -> str:
    """Give the problems as one JSON array."""
    return json.dumps([problem.as_json() for problem in sorted(problems)], ensure_ascii=False, indent=2)


def print_github(problems: Sequence[Problem], root: Path) -> str:
    """Give the problems as GitHub workflow commands, which annotate the pull request's lines.

    Source: GitHub documentation, « Workflow commands for GitHub Actions », error and warning.
    """
    return "\n".join(
        f"::{problem.severity} file={_property(problem.path)},line={problem.line or 1},col={problem.column or 1},"
        f"title={_property(problem.code)}::{_data(_sentence(problem))}"
        for problem in sorted(problems)
    )


PRINTERS = {"text": print_text, "json": print_json, "github": print_github}


def _sentence(problem: Problem) -> str:
    return f"{problem.message} {problem.hint}".strip()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _paragraph(problem: Problem, root: Path) -> str:
    place = problem.path + (f":{problem.line}:{problem.column}" if problem.line else "")
    word = "erreur" if problem.severity == "error" else "attention"
    lines = [f"{place}: {word} [{problem.code}]", f"  {problem.message}"]
    if problem.hint:
        lines.append(f"  → {problem.hint}")
    lines += _excerpt(problem, root)
    return "\n".join(lines) + "\n"


_EXCERPT = 100


def _excerpt(problem: Problem, root: Path) -> list[str]:
    """Give the faulty line and a caret, or nothing when the file can't be shown."""
    if not problem.line:
        return []
    try:
        with (root / problem.path).open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, 1):
                if number == problem.line:
                    break
            else:
                return []
    except OSError:
        return []
    start = max(0, problem.column - _EXCERPT // 2)
    shown = "".join(char if char.isprintable() else " " for char in line.rstrip("\n")[start : start + _EXCERPT])
    margin = f"{problem.line:>5} | "
    return [f"{margin}{shown}", " " * (len(margin) + max(problem.column - 1 - start, 0)) + "^"]
