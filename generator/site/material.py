"""What the site takes from Material for MkDocs: templates, icons, and the style rules for written content.

Nothing else in the package knows how Material is laid out; the templates that extend its own are in `theme/`.
MkDocs itself is not used: Material is read as the folder of files that its wheel installs.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

# Parts of Material's content styles for features that this site does not have.
_UNUSED = re.compile(
    r"md-(?!typeset)|rtl|arithmatex|katex|mjx|critic|\.keys|highlight|tabbed-(?:control|button)|linenos"
    r"|columnheader|task-list-(?:control|indicator)|\.js |gemoji|emojione|\[align|\[data-preview|\[role=dialog"
    r"|\.focus-visible|iframe|kbd"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_LOGICAL = {
    f"{name}{side}": f"{logical}{end}"
    for name, logical in (
        ("margin-", "margin-inline-"),
        ("padding-", "padding-inline-"),
        ("border-", "border-inline-"),
        ("float:", "float:inline-"),
        ("", "inset-inline-"),
    )
    for side, end in (("left", "start"), ("right", "end"))
}
_SIDE = re.compile(r"(?:margin-|padding-|border-|float:|(?<![\w-]))(?:left|right)")
_BRACE_OR_STRING = re.compile(r"\"[^\"]*\"|'[^']*'|[{}]")
_DECLARATION = re.compile(r"(--[\w-]+):((?:\"[^\"]*\"|[^;\"])*);?")
_USE = re.compile(r"var\(\s*(--[\w-]+)")
_SELECTOR_COMMA = re.compile(r",(?![^(\[]*[)\]])")


@cache
def templates() -> Path:
    """Give the folder of Material's templates, which also holds its assets and icons."""
    spec = find_spec("material")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("mkdocs-material is not installed")
    return Path(spec.submodule_search_locations[0]) / "templates"


def icon(name: str) -> str:
    """Give an icon of Material as a `data:` URL for CSS, by its name in Material's sets: `material/calendar`."""
    svg = (templates() / ".icons" / f"{name}.svg").read_text("utf-8").strip().replace('"', "'")
    return "data:image/svg+xml," + quote(svg, safe="/:=' ,()")


def content_styles(used_by: str) -> str:
    """Give Material's rules for written content: text, tables, admonitions, tabs, footnotes, grids.

    Only a quarter of Material's style sheet is about content; the rest draws a header, a drawer and a search
    box that this site replaces. Custom properties that neither these rules nor `used_by` (the site's own
    style sheet) refer to are left out.
    """
    (sheet,) = (templates() / "assets" / "stylesheets").glob("main.*.min.css")
    # Rules for texts from left to right become rules for both ways; Material's own scripts never run.
    text = _RULE.sub(_for_both_ways, sheet.read_text("utf-8")).replace(".no-js ", "")
    css = "".join(_select(text))
    return _without_unused_properties(css, used_by)


def _for_both_ways(rule: re.Match[str]) -> str:
    """Write a rule in logical terms: where a line begins rather than on the left (CSS Logical Properties, level 1)."""
    if "[dir=ltr]" not in rule[1]:
        return rule[0]
    body = rule[2].replace("border-top-left-radius", "border-start-start-radius")
    return rule[1].replace("[dir=ltr] ", "") + "{" + _SIDE.sub(lambda side: _LOGICAL[side[0]], body) + "}"


def template_settings(language: str) -> SimpleNamespace:
    """Give what Material's templates read under the name `config`, with all that is optional left out."""
    return SimpleNamespace(
        theme=SimpleNamespace(language=language, icon=SimpleNamespace(), font=False, palette=None, features=[]),
        extra=SimpleNamespace(),
        plugins={},
    )


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Give each top-level rule: what stands before its braces, and what stands between them."""
    depth = start = opened = 0
    for token in _BRACE_OR_STRING.finditer(css):
        if token[0] == "{":
            depth += 1
            opened = token.start() if depth == 1 else opened
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].rpartition(";")[2].strip(), css[opened + 1 : token.start()]
                start = token.end()


def _select(css: str) -> Iterator[str]:
    for prelude, body in _rules(css):
        if prelude.startswith("@media"):
            inner = "".join(_select(body))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            continue
        elif ":root" in prelude.split(","):
            yield f":root{{{body}}}"
        else:
            kept = [
                part for part in _SELECTOR_COMMA.split(prelude) if ".md-typeset" in part and not _UNUSED.search(part)
            ]
            if kept:
                yield f"{','.join(kept)}{{{body}}}"


def _without_unused_properties(css: str, used_by: str) -> str:
    rules = list(_rules(css))
    properties = {name: value for head, body in rules if head == ":root" for name, value in _DECLARATION.findall(body)}
    others = "".join(f"{head}{{{body}}}" for head, body in rules if head != ":root")
    used: set[str] = set()
    found = set(_USE.findall(others + used_by))
    while found:
        used |= found
        found = {name for value in map(properties.get, found) if value for name in _USE.findall(value)} - used
    root = ";".join(f"{name}:{value}" for name, value in properties.items() if name in used)
    return f":root{{{root}}}{others}"
