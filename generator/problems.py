"""Problems found in a campaign, as values, and how they are printed for people and machines."""

import errno
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple
from unicodedata import combining, normalize

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """Something wrong in one place of the campaign's files.

    `path` is relative to the root, with `/`; empty when no file is at fault. `line` and `column` count from 1; 0 means
    the file as a whole. `code` never changes (`missing-field`), `message` and `hint` are French sentences: what is
    wrong, what to do.
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
        fields: dict[str, str | int] = self._asdict()
        return fields


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether anything forbids publishing."""
    return any(problem.severity == "error" for problem in problems)


def nearest(word: str, known: Iterable[str], labels: Mapping[str, str] = MappingProxyType({})) -> str:
    """Give the hint « vouliez-vous dire … ? » for a mistyped word, or an empty text when nothing is near.

    Case and accents count for nothing. `labels` gives other words for what is known.
    """
    from difflib import get_close_matches

    plain = {_plain(label): each for label, each in labels.items()} | {_plain(each): each for each in known}
    wanted = _plain(word)
    # Comparing with ten thousand ids takes a second: among so many, only those that begin or end alike are near.
    among = (
        [each for each in plain if each[:3] == wanted[:3] or each[-4:] == wanted[-4:]] if len(plain) > 500 else plain
    )
    found = get_close_matches(wanted, among, n=1, cutoff=0.6)
    return f"Vouliez-vous dire « {plain[found[0]]} » ?" if found else ""


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(char for char in normalize("NFKD", word.lower()) if not combining(char))


def visible(text: str) -> str:
    """Give a text on one line, its invisible characters (controls, direction marks) shown by their code."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else f"[U+{ord(char):04X}]" for char in text)


def reason(error: OSError) -> str:
    """Give in French why the system refused something."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule",
    errno.ENOENT: "introuvable",
    errno.EEXIST: "un fichier porte ce nom",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ELOOP: "le lien tourne en rond",
    errno.ENAMETOOLONG: "nom trop long",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota atteint",
    errno.EIO: "disque en panne",
    errno.EMFILE: "trop de fichiers ouverts",
}


def print_text(problems: Sequence[Problem], root: Path) -> str:
    """Give the problems for a person: sentence, hint, and the faulty line with a caret under the place."""
    paragraphs = []
    lines: list[str] = []
    path = None
    for problem in sorted(problems):
        if problem.line and problem.path != path:
            path, lines = problem.path, _lines(root / problem.path)
        paragraphs.append(_paragraph(problem, lines))
    return "\n".join(paragraphs)


def print_json(problems: Sequence[Problem], root: Path) -> str:
    """Give the problems as one JSON array."""
    return json.dumps([problem.as_json() for problem in sorted(problems)], ensure_ascii=False, indent=2)


def print_github(problems: Sequence[Problem], root: Path) -> str:
    """Give the problems as GitHub workflow commands, which annotate the pull request's lines.

    Source: GitHub documentation, « Workflow commands for GitHub Actions », error and warning.
    """
    return "\n".join(_command(problem) for problem in sorted(problems))


PRINTERS = {"text": print_text, "json": print_json, "github": print_github}


def _command(problem: Problem) -> str:
    place = {"file": problem.path} if problem.path else {}
    if problem.line:
        place |= {"line": str(problem.line), "col": str(problem.column)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in (*place.items(), ("title", problem.code)))
    return f"::{problem.severity} {properties}::{_data(f'{problem.message} {problem.hint}'.strip())}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _paragraph(problem: Problem, lines: list[str]) -> str:
    place = visible(problem.path) + (f":{problem.line}:{problem.column}" if problem.line else "")
    word = "erreur" if problem.severity == "error" else "attention"
    text = [f"{place}{': ' if place else ''}{word} [{problem.code}]", f"  {visible(problem.message)}"]
    if problem.hint:
        text.append(f"  → {visible(problem.hint)}")
    if 0 < problem.line <= len(lines):
        text += _excerpt(problem, lines[problem.line - 1])
    return "\n".join(text) + "\n"


_WIDTH = 100


def _lines(file: Path) -> list[str]:
    """Give a file's lines, or nothing when they can't be shown."""
    try:
        return file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except OSError:
        return []


def _excerpt(problem: Problem, line: str) -> list[str]:
    """Give the faulty line, cut to what fits, and a caret under the place."""
    start = max(0, problem.column - _WIDTH // 2)
    shown = "".join(char if char.isprintable() else " " for char in line[start : start + _WIDTH])
    margin = f"{problem.line:>5} | "
    before = shown[: max(problem.column - 1 - start, 0)]
    return [f"{margin}{shown}", " " * (len(margin) + sum(not combining(char) for char in before)) + "^"]
