"""A text's safe HTML as a tree that print templates can set: plain data, in which every word is only a word.

Of each element a print template gets what it needs to know and no more. Elements that it can't set give their content.
"""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

Node = str | dict[str, Any]
"""A text, or an element: its name `t`, its content `c`, and what else its kind has."""

DEEPEST = 16
"""How deep elements may nest; below, they give their content. Typst itself stops at about 70 calls."""

_VOID = {"br", "col", "hr", "img", "input", "wbr"}
_SAME = {*"p ul blockquote strong em del ins mark sub code kbd q small caption cite figure figcaption dl dt dd".split()}
_ALIKE = {"b": "strong", "i": "em", "s": "del", "u": "ins"}
_HEADING = re.compile(r"h([1-6])")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "hr", "heading", "box", "table", "dl", "figure", "image", "tab"}


def tree(html: str, address: Callable[[str], str], picture: Callable[[str], str]) -> list[Node]:
    """Give the tree of a rendered text.

    `address` gives the complete address of a link's target, empty when it leads nowhere; `picture` the name of an
    image's file to print, empty when there is none.
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return _Setter(parser.root, address, picture).content(parser.root, 0)


_BLANK = re.compile(r"\[([^\[\]\n]{1,60})\]")


def with_blanks(nodes: list[Node]) -> list[Node]:
    """Give a tree with a line to write on in the place of each `[word]` that says what to write."""
    filled: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            parts = _BLANK.split(node)
            filled += [{"t": "blank", "name": part} if rank % 2 else part for rank, part in enumerate(parts) if part]
        else:
            filled.append(node | {"c": with_blanks(node["c"])} if "c" in node else node)
    return filled


_HEADLINE = 60
"""Signs that a sheet's first line may have to be its headline."""


def headed(nodes: list[Node]) -> tuple[str, list[Node]]:
    """Give a sheet's first line, if it can be its headline, and the rest; else nothing and the whole."""
    first = nodes[0] if nodes else ""
    line = words(first)
    if isinstance(first, dict) and first["t"] == "p" and 0 < len(line) <= _HEADLINE and not _BLANK.search(line):
        return line, nodes[1:]
    return "", nodes


def words(node: Node) -> str:
    """Give the words of a node, without what they mean."""
    return node if isinstance(node, str) else "".join(words(each) for each in node.get("c", ()))


class _Element:
    """An element as parsed, before what it means on paper is known."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.content: list[_Element | str] = []

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def walk(self) -> Iterator["_Element"]:
        for each in self.content:
            if isinstance(each, _Element):
                yield each
                yield from each.walk()

    def of(self, *names: str) -> list["_Element"]:
        return [each for each in self.content if isinstance(each, _Element) and each.name in names]

    def words(self) -> str:
        return "".join(each if isinstance(each, str) else each.words() for each in self.content)


class _Parser(HTMLParser):
    """Reads what the sanitiser wrote: well nested, nothing unknown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].content.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].name == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].content.append(data)


class _Setter:
    """Turns parsed elements into a template's nodes."""

    def __init__(self, root: _Element, address: Callable[[str], str], picture: Callable[[str], str]) -> None:
        self._address = address
        self._picture = picture
        every = list(root.walk())
        self._notes = {each.attributes["id"]: each for each in every if each.name == "li" and "id" in each.attributes}
        self._noted: set[str] = set()
        self._anchors = {each.attributes.get("id", "") for each in every if _HEADING.fullmatch(each.name)} - {""}
        self._labelled: set[str] = set()
        self._explained: set[str] = set()
        self._level = 1

    def content(self, element: _Element, depth: int) -> list[Node]:
        nodes: list[Node] = []
        for each in element.content:
            if isinstance(each, str):
                text = _SPACES.sub(" ", each)
                if text:
                    nodes.append(text)
            else:
                nodes += self._node(each, depth + 1)
        return _trimmed(nodes)

    def _node(self, element: _Element, depth: int) -> list[Node]:
        name = _ALIKE.get(element.name, element.name)
        if depth > DEEPEST:
            return [_SPACES.sub(" ", element.words())]
        if name in _SPECIAL:
            nodes = _SPECIAL[name](self, element, depth)
        elif name in _SAME:
            nodes = [{"t": name, "c": self.content(element, depth)}]
        elif name in _DROPPED:
            return []
        else:
            nodes = self.content(element, depth)
        language = element.attributes.get("lang")
        if language and nodes:
            return [{"t": "language", "language": language, "dir": element.attributes.get("dir", ""), "c": nodes}]
        return nodes

    def _heading(self, element: _Element, depth: int) -> list[Node]:
        # Levels may not be skipped (ISO 14289-1, 7.4.2); the document's title is the first.
        level = min(max(int(element.name[1]), 2), self._level + 1)
        self._level = level
        anchor = element.attributes.get("id", "")
        if anchor in self._labelled:
            anchor = ""
        self._labelled.add(anchor)
        return [{"t": "heading", "level": level, "id": anchor, "c": self.content(element, depth)}]

    def _a(self, element: _Element, depth: int) -> list[Node]:
        if element.has_class("footnote-backref"):
            return []
        target = element.attributes.get("href", "")
        content = self.content(element, depth)
        if target.startswith("#"):
            return [{"t": "goto", "id": target[1:], "c": content}] if target[1:] in self._anchors else content
        address = self._address(target)
        return [{"t": "link", "url": address, "c": content}] if address and content else content

    def _abbr(self, element: _Element, depth: int) -> list[Node]:
        """Say in full what an abbreviation stands for, the first time."""
        content, meaning = self.content(element, depth), element.attributes.get("title", "")
        if not meaning or meaning in self._explained:
            return content
        self._explained.add(meaning)
        return [*content, f" ({meaning})"]

    def _img(self, element: _Element, depth: int) -> list[Node]:
        alternative = element.attributes.get("alt", "")
        file = self._picture(element.attributes.get("src", ""))
        return [{"t": "image", "file": file, "alt": alternative}] if file and alternative else []

    def _sup(self, element: _Element, depth: int) -> list[Node]:
        mark = next((each for each in element.of("a") if each.has_class("footnote-ref")), None)
        target = mark.attributes.get("href", "#")[1:] if mark else ""
        note = self._notes.get(target)
        if note is None or target in self._noted:
            return [{"t": "sup", "c": self.content(element, depth)}]
        self._noted.add(target)
        return [{"t": "footnote", "c": _inline(self.content(note, depth))}]

    def _div(self, element: _Element, depth: int) -> list[Node]:
        if element.has_class("footnote"):
            return []
        if element.has_class("admonition"):
            return self._box(element, depth, [each for each in element.of("p") if each.has_class("admonition-title")])
        if element.has_class("tabbed-set"):
            return self._tabs(element, depth)
        return self.content(element, depth)

    def _details(self, element: _Element, depth: int) -> list[Node]:
        return self._box(element, depth, element.of("summary"))

    def _box(self, element: _Element, depth: int, titles: list[_Element]) -> list[Node]:
        title = self.content(titles[0], depth) if titles else []
        element.content = [each for each in element.content if each not in titles[:1]]
        kinds = element.attributes.get("class", "").split()
        kind = next((each for each in kinds if each != "admonition"), "note")
        return [{"t": "box", "kind": kind, "title": title, "c": self.content(element, depth)}]

    def _tabs(self, element: _Element, depth: int) -> list[Node]:
        """Set tabs one after the other, each under its title."""
        titles = [each for part in element.of("div") if part.has_class("tabbed-labels") for each in part.of("label")]
        blocks = [each for part in element.of("div") if part.has_class("tabbed-content") for each in part.of("div")]
        nodes: list[Node] = []
        for title, block in zip(titles, blocks, strict=False):
            nodes.append({"t": "tab", "title": self.content(title, depth), "c": self.content(block, depth)})
        return nodes

    def _ol(self, element: _Element, depth: int) -> list[Node]:
        start = element.attributes.get("start", "1")
        number = int(start) if re.fullmatch(r"-?[0-9]{1,6}", start) else 1
        return [{"t": "ol", "start": max(number, 0), "c": self.content(element, depth)}]

    def _li(self, element: _Element, depth: int) -> list[Node]:
        node: dict[str, Any] = {"t": "li", "c": self.content(element, depth)}
        if element.has_class("task-list-item"):
            boxes = [each for each in element.walk() if each.name == "input"]
            node["done"] = bool(boxes and "checked" in boxes[0].attributes)
        return [node]

    def _table(self, element: _Element, depth: int) -> list[Node]:
        parts = element.of("thead", "tbody", "tfoot")
        head = [row for part in parts if part.name == "thead" for row in part.of("tr")]
        body = element.of("tr") + [row for part in parts if part.name != "thead" for row in part.of("tr")]
        rows = [[self._cell(cell, depth) for cell in row.of("td", "th")] for row in (*head, *body)]
        width = max((sum(cell["span"] for cell in row) for row in rows), default=0)
        if not width:
            return []
        for row in rows:
            row += [_EMPTY] * (width - sum(cell["span"] for cell in row))
        lengths = [0] * width
        for row in rows:
            for column, cell in enumerate(row if len(row) == width else ()):
                lengths[column] = max(lengths[column], cell["length"])
        return [{"t": "table", "shares": _shares(lengths), "head": rows[: len(head)], "body": rows[len(head) :]}]

    def _cell(self, element: _Element, depth: int) -> dict[str, Any]:
        span = element.attributes.get("colspan", "1")
        return {
            "c": self.content(element, depth),
            "span": int(span) if re.fullmatch("[1-9]|1[0-9]", span) else 1,
            "align": element.attributes.get("align", ""),
            "length": len(element.words().strip()),
        }


def _shares(lengths: list[int]) -> list[float]:
    """Give each column's share of the width by its longest cell; 0 for one that takes what its few words need."""
    narrow = [length <= 20 for length in lengths]
    if all(narrow) or sum(length for length, few in zip(lengths, narrow, strict=True) if few) > 40:
        narrow = [False] * len(lengths)
    # The square root leaves room for short words beside long sentences.
    return [0 if few else round(max(length, 4) ** 0.5, 2) for length, few in zip(lengths, narrow, strict=True)]


_SPECIAL: dict[str, Callable[[_Setter, _Element, int], list[Node]]] = {
    **{f"h{level}": _Setter._heading for level in range(1, 7)},
    "a": _Setter._a,
    "abbr": _Setter._abbr,
    "br": lambda setter, element, depth: [{"t": "br"}],
    "details": _Setter._details,
    "div": _Setter._div,
    "hr": lambda setter, element, depth: [{"t": "hr"}],
    "img": _Setter._img,
    "li": _Setter._li,
    "ol": _Setter._ol,
    "pre": lambda setter, element, depth: [{"t": "pre", "lines": element.words().strip("\n").split("\n")}],
    "sup": _Setter._sup,
    "table": _Setter._table,
}
_DROPPED = {"col", "colgroup", "input", "wbr"}
_EMPTY: dict[str, Any] = {"c": [], "span": 1, "align": "", "length": 0}


def _inline(nodes: list[Node]) -> list[Node]:
    """Give a note's content without its paragraphs: Typst sets it on the line of its number."""
    flat: list[Node] = []
    for node in nodes:
        flat += node["c"] if isinstance(node, dict) and node["t"] == "p" else [node]
    return flat


def _trimmed(nodes: list[Node]) -> list[Node]:
    """Leave out the spaces beside blocks, where they mean nothing."""
    kept: list[Node] = []
    for rank, node in enumerate(nodes):
        if isinstance(node, str) and not node.strip(" "):
            near = [nodes[other] for other in (rank - 1, rank + 1) if 0 <= other < len(nodes)]
            if len(near) < 2 or any(isinstance(each, dict) and each["t"] in _BLOCKS for each in near):
                continue
        kept.append(node)
    return kept
