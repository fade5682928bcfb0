"""The YAML that people and programs write: fields and items, lists, and blocks of text under `|`.

libyaml tells of each scalar through three objects, which takes longer than all checks of a record. This reads the plain
part of YAML line by line, in a third of the time, and declines whatever else it meets: `sources` then asks libyaml.
What it doesn't decline, libyaml reads the same (YAML 1.1, https://yaml.org/spec/1.1/): a test holds both together.
"""

import re
from functools import cache
from typing import Any

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for no value (YAML 1.1, type « null »)."""


class Declined(Exception):
    """The text is not plain, or not sound."""


_BLOCK = r"\|-?\n(?:(?:\1 .*| *)\n)*+"
_SCALAR = r"[^ \n].*(?:\n+(?(2)\1   +|\1 +)[^ \n].*)*"
_FIELD = rf"([A-Za-z_][A-Za-z0-9_]{{0,60}}):(?: *\n| +(?:({_BLOCK})|({_SCALAR})\n))"
_LINE = re.compile(rf"( {{0,8}})(?:(- )?{_FIELD}|- {{1,3}}({_SCALAR})\n)|(?: *(?:#.*)?\n)++|(.+)")
"""Groups: the indent, which keeps nesting far from what `sources` refuses; the sign of an item that is a group, a
field, its block or its value; or an item that is a scalar; or a line that is none of these, not empty, no comment.
A scalar goes on over the lines that lie deeper than its field."""
_QUOTED = re.compile(r""""[^"\\]*" *|'[^']*(?:''[^']*)*' *""")
_NEGATIVE = re.compile("-[0-9]")
_WORDS = re.compile(r"\[ *[a-z0-9][a-z0-9-]*(?: *, *[a-z0-9][a-z0-9-]*)* *\] *")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BLANK = re.compile(r"\n +\n")
_FOLD = re.compile(r"(?<! ) *(\n+) *")


def parse(text: str) -> Any:
    """Give the value of a plain YAML text, every scalar as text; a field left empty is left out. Raises Declined."""
    top: Any = {}
    groups: list[tuple[int, Any]] = [(-1, top)]  # The groups and lists that are open, with their indents.
    at, current = groups[-1]
    name: str | None = _TOP  # The field that waits for its value.
    for spaces, dash, key, block, value, item, other in _lines(text):
        if not key and not item:
            if other:
                raise Declined
            continue
        indent, is_item = len(spaces), bool(dash or item)
        if indent != at or name is not None or is_item is not (type(current) is list):
            at, current = _turn(groups, name, indent, is_item)
            name = None
        if item:
            current.append(_scalar(item))
            continue
        if dash:
            current.append({})
            at, current = indent + len(dash), current[-1]
            groups.append((at, current))
        if key in current or key in NOTHING:
            raise Declined
        if block:
            current[key] = _text(block, at)
        elif not value:
            name = key
        elif (scalar := _scalar(value)) is not None:
            current[key] = scalar
    if not top:
        raise Declined
    return top[_TOP]


_TOP = ""


def _lines(text: str) -> list[tuple[str, ...]]:
    """Give the groups of `_LINE` for each line, a block with its field."""
    if "\t" in text or not text.endswith("\n"):
        raise Declined
    return _LINE.findall(text)


def _turn(groups: list[tuple[int, Any]], name: str | None, indent: int, is_item: bool) -> tuple[int, Any]:
    """Open the group or list that a line begins under a field, or close those that it ends; give where it goes."""
    at, current = groups[-1]
    if name is not None and (indent > at or (is_item and indent == at and type(current) is dict)):
        current[name] = [] if is_item else {}
        groups.append((indent, current[name]))
    while indent < groups[-1][0] or (indent == groups[-1][0] and not is_item and type(groups[-1][1]) is list):
        groups.pop()
    at, current = groups[-1]
    if indent != at or (type(current) is list) is not is_item:
        raise Declined
    return at, current


def _scalar(written: str) -> Any:
    """Give the value of a scalar, or of a list of words."""
    if "\n" in written:
        written = _FOLD.sub(_folded, written)
        if written[0] not in "\"'" and (":\n" in written or "\n#" in written):
            raise Declined
    if written[0] not in _INDICATORS or _NEGATIVE.match(written):
        if ": " in written or " #" in written:
            raise Declined
        value = written.rstrip(" ")
        if value[-1] == ":":
            raise Declined
        return None if value in NOTHING else value
    if _QUOTED.fullmatch(written):
        text = written.rstrip(" ")[1:-1]
        return text.replace("''", "'") if written[0] == "'" else text
    if _WORDS.fullmatch(written):
        return [None if word.strip() in NOTHING else word.strip() for word in written.rstrip(" ")[1:-1].split(",")]
    raise Declined


def _folded(breaks: re.Match[str]) -> str:
    """Give what line breaks in a scalar stand for: one is a space, more are one less (YAML 1.1, 4.2.6)."""
    return breaks[1][1:] or " "


def _text(block: str, indent: int) -> str:
    """Give the text of a block, which its sign begins; `indent` is that of its field."""
    lines = block.lstrip("|-").rstrip("\n") + "\n"
    first = lines.lstrip("\n")
    depth = len(first) - len(first.lstrip(" "))
    margin = "\n" + " " * depth
    if depth <= indent or _BLANK.search(lines) or _shallower(depth).search(lines):
        raise Declined
    return lines.replace(margin, "\n")[1 : -1 if block[1] == "-" else None]


@cache
def _shallower(depth: int) -> re.Pattern[str]:
    return re.compile(rf"\n {{0,{depth - 1}}}[^ \n]")
