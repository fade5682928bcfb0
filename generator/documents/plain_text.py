"""A text's tree as plain text, for who pastes it elsewhere, and its tables as rows, for who counts with them."""

import re
from collections.abc import Iterator
from textwrap import fill, indent
from typing import Any

from .prose import Node

WIDTH = 76

_INLINE = {
    *"strong em del ins mark sub sup code kbd q small cite link goto language caption br footnote abbr".split(),
}


def plain_text(nodes: list[Node]) -> str:
    """Give nodes as paragraphs of at most 76 signs a line; links keep their address, tables their columns."""
    return "\n\n".join(_paragraphs(nodes, WIDTH))


def tables(nodes: list[Node]) -> Iterator[tuple[str, list[list[str]]]]:
    """Give each table of a text: the heading that it stands under, its rows, those of its head first."""
    heading = ""
    for node in nodes:
        if isinstance(node, str):
            continue
        if node["t"] == "heading":
            heading = words(node["c"])
        elif node["t"] == "table":
            yield heading, [[words(cell["c"]) for cell in row] for row in (*node["head"], *node["body"])]
        else:
            for inner, rows in tables(node.get("c", [])):
                yield inner or heading, rows


def words(nodes: list[Node]) -> str:
    """Give all words of nodes on one line, without addresses."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node["t"] == "br":
            parts.append(" ")
        elif node["t"] not in ("footnote", "image"):
            parts.append(words(node.get("c", [])))
    return re.sub(r"[ \n]+", " ", "".join(parts)).strip()


def _paragraphs(nodes: list[Node], width: int) -> list[str]:
    """Give the blocks of nodes; words that stand outside any block make one together."""
    blocks: list[str] = []
    loose: list[Node] = []
    for node in [*nodes, None]:
        if node is not None and (isinstance(node, str) or node["t"] in _INLINE):
            loose.append(node)
            continue
        if text := _inline(loose).strip():
            blocks.append(filled(text, width))
        loose = []
        if node is not None:
            blocks += _block(node, width)
    return blocks


def _block(node: dict[str, Any], width: int) -> list[str]:
    kind = node["t"]
    if kind in ("ul", "ol"):
        items = [each for each in node["c"] if not isinstance(each, str) and each["t"] == "li"]
        marks = [f"{node['start'] + rank}. " if kind == "ol" else "- " for rank in range(len(items))]
        return ["\n".join(_item(mark, item, width) for mark, item in zip(marks, items, strict=True))]
    if kind == "heading":
        heading = words(node["c"])
        return [filled(heading.upper() if node["level"] == 2 else heading, width)]
    if kind == "table":
        rows = [" | ".join(words(cell["c"]) for cell in row) for row in (*node["head"], *node["body"])]
        return ["\n".join(rows)]
    if kind == "blockquote":
        return [indent("\n\n".join(_paragraphs(node["c"], width - 2)), "> ", lambda line: True)]
    if kind in ("box", "tab"):
        title = [words(node["title"])] if node["title"] else []
        return [*title, *_paragraphs(node["c"], width)]
    if kind == "hr":
        return ["* * *"]
    return _paragraphs(node.get("c", []), width)


def _item(mark: str, item: dict[str, Any], width: int) -> str:
    text = "\n".join(_paragraphs(item["c"], width - len(mark)))
    return mark + indent(text, " " * len(mark)).lstrip()


def _inline(nodes: list[Node]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node["t"] == "br":
            parts.append("\n")
        elif node["t"] == "link":
            text = _inline(node["c"])
            address = node["url"].removeprefix("mailto:").removeprefix("tel:")
            parts.append(text if address in text else f"{text} ({address})")
        elif node["t"] == "footnote":
            parts.append(f" ({_inline(node['c']).strip()})")
        else:
            parts.append(_inline(node.get("c", [])))
    return "".join(parts)


def filled(text: str, width: int = WIDTH) -> str:
    """Give a text in lines that are no longer, addresses apart."""
    lines = (re.sub(" +", " ", line).strip() for line in text.split("\n"))
    return "\n".join(fill(line, width, break_long_words=False, break_on_hyphens=False) for line in lines)
