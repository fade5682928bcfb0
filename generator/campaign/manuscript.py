"""A file of the campaign as text: its YAML head, its Markdown body if any, and where everything in it stands."""

import re
from html import escape
from urllib.parse import quote, unquote

from .faults import Fault, Path
from .markup import EXTERNAL
from .places import Places

_HOW = "Un document commence par « --- », ses champs, puis « --- » seul sur une ligne."


class Manuscript:
    """The text of one file. For a record or the settings, `head` is all of it; a document has its `body` below.

    Places are lines and columns of the file, from 1, and positions count its characters.
    """

    def __init__(self, path: str, text: str) -> None:
        """Take in a text, named by its file. Raises Fault when it is empty, or a document without its head."""
        if not text.strip():
            raise empty()
        self.text = text
        self.head, self._end = _split(text) if path.endswith(".md") else (text, len(text))
        self.body = text[self._end :]
        self.places = Places(self.head)

    def body_place(self) -> tuple[int, int]:
        """Give the place where the body's first words stand."""
        return self._place(self._end + len(self.body) - len(self.body.lstrip()))

    def mentions(self, target: str, place: Path) -> list[tuple[int, int]]:
        """Give every place where the texts of the record at `place` name a link's or an image's target.

        In a document, its body is searched. When nothing is found (a target put together by a reference), the nearest
        place around is given.
        """
        start, end = (self._end, len(self.text)) if self.body else self.places.span(place)
        found = [match.end() for match in _mention(target).finditer(self.text, start, end)]
        if found:
            return [self._place(position) for position in found]
        return [self.body_place() if self.body else self.places.value(place)]

    def bare_images(self, file: str) -> list[tuple[int, int]]:
        """Give every place where the body shows an image without a word for who can't see it."""
        name = f"(?:{'|'.join(re.escape(form) for form in (file, quote(file), escape(file)))})"
        no_alt = r"(?![^>]*\salt=[\"']?[^\"'\s>])"
        bare = re.compile(rf"!\[\s*\]\(\s*<?{name}[\s)>]|<img\b{no_alt}[^>]*\ssrc=[\"']?{name}[\s\"'>]", re.IGNORECASE)
        return [self._place(match.start()) for match in bare.finditer(self.text, self._end)] or self.mentions(file, ())

    def element(self, name: str) -> tuple[int, int]:
        """Give the place of the first HTML element of a name in the body."""
        found = re.compile(rf"<{name}\b", re.IGNORECASE).search(self.text, self._end)
        return self._place(found.start()) if found else self.body_place()

    def _place(self, position: int) -> tuple[int, int]:
        return self.text.count("\n", 0, position) + 1, position - self.text.rfind("\n", 0, position)


def empty() -> Fault:
    """Give the fault of a file that holds nothing."""
    return Fault(1, 1, "empty-file", "Le fichier est vide.", "Remplissez-le ou supprimez-le.")


def _split(text: str) -> tuple[str, int]:
    """Give a document's head, and the position where its body begins.

    The head keeps the positions it has in the file: what opens it is replaced by spaces.
    """
    from frontmatter.default_handlers import YAMLHandler

    boundary = YAMLHandler.FM_BOUNDARY
    assert boundary
    opening = boundary.match(text)
    if opening is None:
        raise Fault(1, 1, "no-front-matter", "L'en-tête du document manque.", _HOW)
    closing = boundary.search(text, opening.end())
    if closing is None:
        raise Fault(1, 1, "no-front-matter", "L'en-tête du document n'est pas fermé.", _HOW)
    return opening[0].replace("-", " ") + text[opening.end() : closing.start()], closing.end()


def _mention(target: str) -> re.Pattern[str]:
    """Give the pattern of what comes right before a target, as Markdown, HTML or a field `url` writes it.

    An empty target stands for any that can't be one: none, or a forbidden or unfinished address.
    """
    if not target:
        return re.compile(rf"\]\(\s*<?(?=>?\s*\)|(?!{EXTERNAL})[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
    forms = "|".join(
        sorted({re.escape(form) for form in (target, unquote(target), quote(target), escape(target))}, reverse=True)
    )
    before = r"""\(\s*<?|\]:\s*<?|=\s*["']?|^\s*(?:- +)?url:\s+["']?"""
    return re.compile(rf"""(?:{before})(?=(?:{forms})(?:[\s)>"']|$))""", re.MULTILINE)
