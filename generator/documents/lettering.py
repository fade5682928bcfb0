"""Lines of large type on a picture: as large as fits, evenly broken, cut only when nothing else helps."""

from collections.abc import Iterator
from functools import cache
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

_SPACES = str.maketrans({"\u202f": "\u00a0", "\t": " ", "\n": " "})
"""Few fonts have the narrow no-break space."""


class Setting(NamedTuple):
    """A text set in lines: the type's size in pixels, and the distance between lines."""

    lines: tuple[str, ...]
    size: int
    leading: int

    @property
    def height(self) -> int:
        """How high all lines are together."""
        return len(self.lines) * self.leading


def fitted(text: str, file: Path, width: int, height: int, sizes: tuple[int, ...]) -> Setting:
    """Give a text in the largest of `sizes` at which it fits; in the last one, cut with an ellipsis if it must be.

    Lines break at ordinary spaces and after hyphens, never at a no-break space: « Qui vient ? » keeps its mark. They
    are as even as can be, so that no word stays alone on the last one.
    """
    words = list(_words(_drawable(text, file)))
    for size in sizes:
        type_ = font(file, size)
        leading = round(size * 1.14)
        room = height // leading
        whole = max(type_.getlength(word.rstrip()) for word in words) <= width
        if whole and len(_greedy(words, type_, width)) <= room:
            return Setting(tuple(_even(words, type_, width)), size, leading)
    pieces = [piece for word in words for piece in _pieces(word, type_, width)]
    lines = _greedy(pieces, type_, width)
    if len(lines) > room:
        lines = [*lines[: room - 1], _cut(" ".join(lines[room - 1 :]), type_, width)]
    return Setting(tuple(lines), size, leading)


@cache
def font(file: Path, size: int) -> Any:
    """Give a font at a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def _words(text: str) -> Iterator[str]:
    """Cut a text where a line may end: what follows stays with the space or the hyphen before it."""
    word = ""
    for position, char in enumerate(text):
        word += char
        inside = char == "-" and word[:-1].strip() and text[position + 1 : position + 2].isalpha()
        if char == " " or inside:
            yield word
            word = ""
    if word:
        yield word


def _greedy(words: list[str], type_: Any, width: float) -> list[str]:
    lines = [""]
    for word in words:
        if lines[-1] and type_.getlength((lines[-1] + word).rstrip()) > width:
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines]


def _even(words: list[str], type_: Any, width: int) -> list[str]:
    """Break into as few lines as the width allows, as even as can be; one word alone at the end counts as uneven."""
    end = len(words)

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[str, ...]]:
        """Give the least uneven way to set the words from `start` on in so many lines, and how uneven it is."""
        found: tuple[float, tuple[str, ...]] = (inf, ())
        for stop in range(start + 1, end - lines + 2) if lines > 1 else (end,):
            line = "".join(words[start:stop]).rstrip()
            gap = width - type_.getlength(line)
            if gap < 0:
                break
            alone = width if stop == end and start == end - 1 and start else 0
            rest, others = best(stop, lines - 1) if lines > 1 else (0.0, ())
            found = min(found, ((gap + alone) ** 2 + rest, (line, *others)))
        return found

    return list(best(0, len(_greedy(words, type_, width)))[1])


def _pieces(word: str, type_: Any, width: int) -> Iterator[str]:
    """Cut a word wider than a line into parts that are not."""
    while type_.getlength(word.rstrip()) > width:
        end = next(end for end in range(len(word), 0, -1) if end == 1 or type_.getlength(word[:end] + "-") <= width)
        yield f"{word[:end]}-"
        word = word[end:]
    yield word


def _cut(line: str, type_: Any, width: int) -> str:
    """Cut a line after the last word that leaves room for an ellipsis."""
    while line and type_.getlength(f"{line}…") > width:
        shorter = line.rpartition(" ")[0] or line[:-1]
        line = shorter.rstrip(" ,;:–-\u00a0")
    return f"{line}…"


def _drawable(text: str, file: Path) -> str:
    """Give a text without the signs that the font lacks (emoji): they would be drawn as empty boxes."""
    kept = "".join(char for char in text.translate(_SPACES) if _has(file, char))
    return " ".join(word for word in kept.split(" ") if word) or "…"


@cache
def _has(file: Path, char: str) -> bool:
    type_ = font(file, 32)
    return char in " \u00a0" or bytes(type_.getmask(char)) != bytes(type_.getmask("\uffff"))
