"""What libyaml says of a text that is not YAML, told to the person who wrote it.

libyaml names the place where it gave up. What must change often stands before: the quotation mark left open, the
line without a colon. Each case here looks for that.
"""

import re

import yaml
from yaml import events

from .faults import QUOTES_HINT, Fault

FEATURE = (
    "yaml-feature",
    "Une valeur ne peut pas commencer par « & », « * » ou « ! ».",
    "Mettez-la entre guillemets droits ; si vous vouliez répéter une valeur d'ailleurs, recopiez-la.",
)
"""Code, message and hint for anchors, aliases and tags."""

_FIELD = re.compile(r"\s*(?:- +)?[\w-]+:(?:\s|$)")
_GLUED = re.compile(r"\s*(?:- +)?[a-z_]+:(?=[^\s/])")


def explain(text: str, error: yaml.MarkedYAMLError, last: events.Event | None) -> Fault:
    """Give the fault that an error of libyaml stands for; `last` is the last thing that could be read before it."""
    lines = text.split("\n")
    mark, origin = error.problem_mark, error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    first = (origin.line, origin.column) if origin else (line, column)
    problem = error.problem or ""
    return (
        _tab(lines, line)
        or _quotes(problem, first, last, line, column)
        or _bracket(problem, lines, first, last, line)
        or _colon(problem, lines, first, line, column)
        or _named(problem, first, line, column)
        or _fault(line, column, "Cette ligne n'a pas la forme attendue.", QUOTES_HINT)
    )


def _fault(line: int, column: int, message: str, hint: str, code: str = "yaml-syntax") -> Fault:
    return Fault(line + 1, column + 1, code, message, hint)


def _tab(lines: list[str], line: int) -> Fault | None:
    for number in range(min(line, len(lines) - 1), max(line - 3, -1), -1):
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
        if "\t" in indent:
            message = "Une tabulation sert de retrait."
            return _fault(number, indent.index("\t"), message, "Remplacez-la par des espaces.", "tab")
    return None


def _quotes(problem: str, first: tuple[int, int], last: events.Event | None, line: int, column: int) -> Fault | None:
    """Tell of quotation marks that are not closed, or closed too early."""
    unclosed = "Les guillemets ouverts ici ne sont pas fermés."
    if problem in ("found unexpected end of stream", "found unexpected document indicator"):
        return _fault(*first, unclosed, "Ajoutez le guillemet manquant à la fin de la valeur.")
    if not isinstance(last, events.ScalarEvent) or last.style not in ('"', "'"):
        return None
    assert last.start_mark
    assert last.end_mark
    if last.end_mark.line != line:
        return None
    if last.start_mark.line != line:
        return _fault(
            last.start_mark.line,
            last.start_mark.column,
            unclosed,
            "Ajoutez le guillemet manquant à la fin de la valeur.",
        )
    if problem.startswith("did not find expected"):
        hint = (
            "Dans une valeur entre apostrophes, doublez chaque apostrophe, ou entourez la valeur de guillemets droits."
            if last.style == "'"
            else "Mettez toute la valeur entre guillemets, et des guillemets « » ou des apostrophes à l'intérieur."
        )
        return _fault(line, column, "Du texte suit des guillemets déjà fermés.", hint)
    return None


def _bracket(
    problem: str, lines: list[str], first: tuple[int, int], last: events.Event | None, line: int
) -> Fault | None:
    """Tell of a bracket left open when another field, or the end of the file, follows."""
    at_end = line >= len(lines) - 1
    if "expected node content" in problem and at_end and last and last.start_mark:
        first = last.start_mark.line, last.start_mark.column
    elif "',' or" not in problem or line == first[0] or not (at_end or _FIELD.match(lines[line])):
        return None
    return _fault(*first, "Ce crochet ou cette accolade n'est pas fermé.", "Ajoutez le signe manquant.")


def _colon(problem: str, lines: list[str], first: tuple[int, int], line: int, column: int) -> Fault | None:
    """Tell of a colon too many, too few, or without its space, and of a field that stands too far right."""
    if problem == "could not find expected ':'":
        line, column = first
        if glued := _GLUED.match(lines[line]):
            return _fault(line, glued.end() - 1, *_NO_SPACE)
        return _fault(line, column, "Il manque un deux-points après le nom du champ.", "Écrivez « champ: valeur ».")
    if problem != "mapping values are not allowed in this context":
        return None
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), None)
    if above is not None and _FIELD.fullmatch(lines[line][: column + 1]):
        if glued := _GLUED.match(lines[above]):
            return _fault(above, glued.end() - 1, *_NO_SPACE)
        if not _FIELD.match(lines[above]):
            start = len(lines[above]) - len(lines[above].lstrip())
            return _fault(above, start, "Cette ligne n'est pas un champ.", "Écrivez « champ: valeur ».")
        start = len(lines[line]) - len(lines[line].lstrip())
        return _fault(
            line, start, "Cette ligne est plus à droite que celle du dessus.", "Alignez les champs d'un même groupe."
        )
    return _fault(line, column, "Un deux-points de trop se trouve sur cette ligne.", QUOTES_HINT)


_NO_SPACE = ("Il manque une espace après le deux-points.", "Écrivez « champ: valeur ».")


def _named(problem: str, first: tuple[int, int], line: int, column: int) -> Fault | None:
    for words, at_origin, code, message, hint in _MESSAGES:
        if words in problem:
            return _fault(*(first if at_origin else (line, column)), message, hint, code)
    return None


_BACKSLASH = "Une barre oblique inverse suivie d'un signe n'a pas de sens entre guillemets droits."
_ALIGN = "Alignez les champs d'un même groupe."
_DIRECTIVE = ("yaml-feature", "Une ligne ne peut pas commencer par « % ».", "Retirez-la.")
# Words of libyaml, whether the place to show is where it began to read the value; code, message, hint.
_MESSAGES = (
    ("cannot start any token", False, "yaml-syntax", "Une valeur ne peut pas commencer par ce signe.", QUOTES_HINT),
    ("alphabetic or numeric character", True, *FEATURE),
    ("did not find expected whitespace or line break", True, *FEATURE),
    (" tag", True, *FEATURE),
    ("found unknown escape character", False, "yaml-syntax", _BACKSLASH, "Doublez-la : \\\\."),
    ("expected hexdecimal number", False, "yaml-syntax", _BACKSLASH, "Doublez-la : \\\\."),
    ("invalid Unicode character", False, "yaml-syntax", "Ce code ne désigne aucun caractère.", "Tapez le caractère."),
    (
        "expected comment or line break", False, "yaml-syntax",
        "Rien ne peut suivre « | » ou « > » sur la même ligne.",
        "Passez à la ligne et décalez le texte de deux espaces.",
    ),
    (
        "block sequence entries are not allowed", False, "yaml-syntax",
        "Une liste ne peut pas commencer ici.",
        "Passez à la ligne avant le tiret, ou mettez la valeur entre guillemets droits.",
    ),
    (
        "did not find expected key", False, "yaml-syntax",
        "Le retrait de cette ligne ne va pas avec les lignes au-dessus.", _ALIGN,
    ),
    (
        "did not find expected '-'", False, "yaml-syntax",
        "Un élément de liste est attendu ici.",
        "Commencez-le par un tiret, et alignez les tirets ; ses autres champs s'alignent sur le premier.",
    ),
    (
        "',' or", False, "yaml-syntax",
        "Il manque une virgule, ou le signe qui ferme la liste.", "Ajoutez le signe manquant.",
    ),
    (
        "expected node content", False, "yaml-syntax",
        "Il manque une valeur avant ce signe.", "Ajoutez-la, ou retirez la virgule.",
    ),
    (
        "<document start>", False, "yaml-syntax",
        "Cette ligne ne va pas avec ce qui précède.", "Chaque champ s'écrit « champ: valeur », aligné sur le premier.",
    ),
    ("directive", True, *_DIRECTIVE),
    ("incompatible YAML document", True, *_DIRECTIVE),
)  # fmt: skip
