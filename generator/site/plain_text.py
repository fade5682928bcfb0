"""A document's HTML to plain text, to be pasted into a message: no markup is left that a phone would show as it is."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

from generator.typography import NARROW, NO_BREAK

_SPACE = re.compile(r"[ \t\r\n]+")
_BLOCKS = frozenset("p li dt dd h2 h3 h4 h5 h6 summary tr caption figcaption pre".split())
_SKIPPED = frozenset({"footnote-backref", "headerlink"})


class Part(NamedTuple):
    """A part of a text: its heading, empty before the first one, and what stands below it."""

    title: str
    text: str


@lru_cache(maxsize=1_000)
def parts(html: str, colon: str) -> tuple[Part, ...]:
    """Give a text's second-level parts as plain text, those without a word left out.

    Links in `html` are complete addresses. `colon` is how the language writes one, with its spaces. A paragraph is a
    single line: the message that it is pasted into wraps it. A kit's are asked for twice, by a page and by a file.
    """
    writer = _Writer(colon)
    writer.feed(html)
    writer.close()
    return tuple([part for part in writer.parts() if part.text])


def whole(title: str, summary: str, address: str, found: Iterable[Part]) -> str:
    """Give a whole text as a file: its title, what it is about, its parts, and where it comes from."""
    body = [f"{part.title.upper()}\n\n{part.text}" if part.title else part.text for part in found]
    return "\n\n\n".join([f"{title.upper()}\n\n{summary}", *body, address]) + "\n"


class _Writer(HTMLParser):
    """Turns elements into lines as they come."""

    def __init__(self, colon: str) -> None:
        super().__init__(convert_charrefs=True)
        self._colon = colon
        self._found: list[tuple[str, list[tuple[bool, str]]]] = [("", [])]
        self._words: list[str] = []
        self._mark = ""
        self._lists: list[int | None] = []
        self._links: list[str] = []
        self._cells: list[str] = []
        self._heads: list[str] = []
        self._tabs: list[str] = []
        self._told: set[str] = set()
        self._skipping = False

    def parts(self) -> list[Part]:
        """Give what was written, part by part."""
        self._flush()
        return [Part(title, _joined(lines)) for title, lines in self._found]

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = attributes.get("class", "").split()
        if tag in _BLOCKS or tag in ("ul", "ol", "div", "blockquote", "table", "details", "dl"):
            self._flush()
        if tag == "table":
            self._heads = []
        elif tag in ("ul", "ol"):
            self._lists.append(int(attributes.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._mark = self._next_mark()
        elif tag == "input" and attributes.get("type") == "checkbox":
            self._mark = "☑ " if "checked" in attributes else "☐ "
        elif tag == "br":
            self._words.append("\v")
        elif tag == "a":
            self._link(attributes.get("href", ""), classes)
        elif tag == "abbr" and attributes.get("title") and attributes["title"] not in self._told:
            self._told.add(attributes["title"])
            self._links.append(attributes["title"])
        elif tag == "abbr":
            self._links.append("")
        elif tag == "div" and "tabbed-block" in classes and self._tabs:
            self._write(self._tabs.pop(0) + self._colon.rstrip(" "))
        elif tag == "p" and "admonition-title" in classes:
            self._mark = "⚠ "

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "abbr") and self._links:
            self._close_link()
        elif tag in ("td", "th"):
            self._cells.append(self._take())
        elif tag == "tr":
            self._row()
        elif tag == "label" and self._mark[:1] not in ("☐", "☑"):
            self._tabs.append(self._take())
        elif tag == "h2":
            self._found.append((self._take(), []))
        elif tag in _BLOCKS or tag in ("div", "blockquote"):
            self._flush()
        elif tag in ("ul", "ol") and self._lists:
            self._flush()
            self._lists.pop()

    def _next_mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "• "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "

    def _link(self, href: str, classes: list[str]) -> None:
        self._skipping = bool(_SKIPPED.intersection(classes))
        self._links.append("" if href.startswith(("#", "tel:")) else href.removeprefix("mailto:"))
        if "footnote-ref" in classes:
            self._words.append("[")
            self._links[-1] = "]"

    def _close_link(self) -> None:
        """Write what a link leads to, or what an abbreviation stands for, unless the words say it already."""
        more, self._skipping = self._links.pop(), False
        if more == "]":
            self._words.append(more)
        elif more and not "".join(self._words).rstrip().endswith(more):
            self._words.append(f" ({more})")

    def _row(self) -> None:
        """Write a row as a line, its other columns named when there are several."""
        first, *others = self._cells or [""]
        if not self._heads:
            self._heads = self._cells
        elif len(others) > 1:
            said = [f"{head}{self._colon}{cell}" for head, cell in zip(self._heads[1:], others, strict=False) if cell]
            self._write(f"• {first}{self._colon}{' ; '.join(said)}", is_item=True)
        elif first or others:
            self._write(f"• {self._colon.join([first, *others])}", is_item=True)
        self._cells = []

    def _take(self) -> str:
        """Give the words read since the last line, as one line but for its forced breaks."""
        text = _SPACE.sub(" ", "".join(self._words)).replace(NARROW, NO_BREAK)
        self._words = []
        return "\n".join(line.strip(" ") for line in text.split("\v")).strip("\n")

    def _flush(self) -> None:
        if self._cells:
            return
        text = self._take()
        if not text:
            return
        mark, self._mark = self._mark, ""
        indent = "  " * (len(self._lists) - 1)
        self._write(indent + mark + text, is_item=bool(self._lists))

    def _write(self, line: str, *, is_item: bool = False) -> None:
        self._found[-1][1].append((is_item, line))


def _joined(lines: list[tuple[bool, str]]) -> str:
    """Give lines as a text: the items of a list touch, paragraphs stand apart."""
    text = ""
    before = False
    for is_item, line in lines:
        text += ("\n" if is_item and before else "\n\n" if text else "") + line
        before = is_item
    return text
