"""Markdown to safe HTML with French typography: two renderers by trust, one sanitiser.

Documents are written by staff, with Material's extensions (Python-Markdown). Text fields of records may begin as
a resident's words: CommonMark without raw HTML (cmark-gfm). Both pass the same sanitiser (nh3).
"""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape
from typing import Any, NamedTuple, NoReturn
from urllib.parse import unquote

from generator.typography import french_html, unbroken_html

from . import commonmark, python_markdown
from .faults import Fault
from .models.languages import FALC
from .sources import cleaned

MAX_DEPTH = 100
"""How deep elements may nest: the sanitiser's time grows with the square of it."""
MAX_SECONDS = 3
"""Processor time that one document may take: Python-Markdown's patterns can be led to try for hours."""


class Text(NamedTuple):
    """A rendered text. Internal links in `html` begin with `/`, the site's root.

    `anchors` are the ids inside, `links` the targets of its internal links as written (empty for a link without a
    permitted target), `images` the files it shows with their alternative texts; an image stands in `html` as
    `<img src="file" alt="…">`. `left_out` names the HTML elements that the text held and may not.
    """

    html: str
    anchors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


_ANCHOR = re.compile(r'<[^>]*\sid="([^"]+)"')
_LINK = re.compile(r"<a(?:\s[^>]*)?>")
_HREF = re.compile(r'\shref="([^"]*)"')
_NAMED = re.compile(r'\s(?:id|class)="')
_IMAGE = re.compile(r"<img\s[^>]*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
_TASK = re.compile(r'(<li class="task-list-item">(?:\s*<p>)?)(<input [^>]*>) *(.*?)(?=</p>|\s*<[uo]l|</li>)', re.DOTALL)
_HEADER_CELL = re.compile(r"<th(?=[ >])")
EXTERNAL = r"https?://[^/?#\s.)]+\.[^/?#\s)]|mailto:[^@\s)]+@|tel:\+?[0-9]"
"""How the address of something outside the site begins, case apart."""
_EXTERNAL = re.compile(EXTERNAL, re.IGNORECASE)
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]*)")
# Elements that hold nothing, and those that HTML closes by itself when the next one begins.
_LEVEL = frozenset({"br", "col", "hr", "img", "input", "wbr", "p", "li", "dt", "dd", "tr", "td", "th"})


_ENTITY = re.compile("&[#A-Za-z]")
# cmark writes U+FFFE and U+FFFF as bytes that are not UTF-8.
_NONCHARACTER = re.compile("&#(?:x0*fff[ef]|0*6553[45]);", re.IGNORECASE)


def render_record(text: str) -> Text:
    """Render a record's text field: CommonMark with tables, raw HTML and images left out.

    Raises Fault when it can't be: quotations or lists nested without end.
    """
    if "&#" in text:
        text = _NONCHARACTER.sub("", text)
    html = commonmark.to_html(text)
    _check_depth(html)
    has_entities = "&" in text and _ENTITY.search(text) is not None
    if not has_entities and (plain := spared(html)) is not None:
        return _finished(plain)
    left_out = ("img",) if "<img" in html else ()
    if left_out:
        html = _IMAGE.sub("", html)
    if "<!-- raw HTML omitted -->" in html:
        left_out = (*left_out, "html")
        html = html.replace("<!-- raw HTML omitted -->", "")
    return _finished(_clean(html, has_entities), left_out)


def spared(html: str) -> str | None:
    """Give HTML of cmark's as the sanitiser would, None where it takes the sanitiser to know.

    Most texts are so plain that it takes none: elements of Markdown without attributes, or with those that hold numbers
    and words only, links to what can be no other thing than a page.
    """
    tags = _PLAIN_TAG.findall(html)
    names = set(tags)
    if len(tags) != html.count("<") or not names <= _PLAIN:
        return None
    if tags.count("/a") > 1 and not all("</a>" in each for each in html.split("<a ")[1:]):
        return None  # A link in a link, which HTML ends where the inner one begins.
    if "br /" in names or "hr /" in names:
        html = html.replace("<br />", "<br>").replace("<hr />", "<hr>")
    if "&" in html:
        html = html.replace("&quot;", '"')
    return html.replace("\xa0", "&nbsp;") if "\xa0" in html else html


_PLAIN = frozenset({"", "br /", "hr /"}).union(
    *((name, f"/{name}") for name in "p ul ol li em strong a blockquote h1 h2 h3 h4 h5 h6 code pre".split()),
    *((name, f"/{name}") for name in "table thead tbody tr th td".split()),
)
_PATH = "(?:[A-Za-z0-9/.#?=_+-]|&amp;)*"
_PLAIN_TAG = re.compile(
    rf"""<(?:a[ ]href="(?:(?:https?://(?:[a-z]+(?:-[a-z]+)*\.)+[a-z]+)?/{_PATH}|mailto:[a-z0-9.-]+@[a-z0-9.-]+)"
        |ol[ ]start="[0-9]+"|t[hd][ ]align="[a-z]+"|([^>]*))>""",
    re.VERBOSE,
)
"""Gives nothing for a tag whose attributes are plain, and what is written in any other tag."""


def render_document(text: str, language: str | None = None) -> Text:
    """Render a document's body: Markdown with the extensions that Material for MkDocs styles.

    `language` is the code of one of LANGUAGES, None for French. Easy-to-read French keeps its lines as written.

    Raises Fault when it can't be: nested without end, or made to keep the renderer busy.
    """
    try:
        with _time_limit():
            html = python_markdown.to_html(text, keeps_lines=language == FALC)
    except (RecursionError, _TimeIsUp):
        python_markdown.begin_afresh()
        raise _too_complex() from None
    # A box to tick is named by its line (RGAA 4.1, criterion 11.1).
    html = _TASK.sub(r"\1<label>\2 \3</label>", html)
    _check_depth(html)
    elements = {name for _, name in _ELEMENT.findall(html)}
    clean = _clean(html, has_entities="&" in text)
    return _finished(clean, tuple(sorted(elements - _TAGS)), is_french=language in (None, FALC))


class _TimeIsUp(BaseException):
    """Said to a renderer that takes too long; no Exception, because some of its parts catch them all and go on."""


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise _TimeIsUp in the block once it has used MAX_SECONDS of processor time; in the main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS, 0.5)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _time_is_up(*_: object) -> NoReturn:
    raise _TimeIsUp


def _too_complex() -> Fault:
    hint = "Cherchez des crochets, des citations ou des listes imbriqués par erreur."
    return Fault(0, 0, "too-complex", "Ce texte est trop compliqué pour être mis en page.", hint)


def _clean(html: str, has_entities: bool) -> str:
    clean = sanitised(html)
    # An entity may stand for a character that may not be written plainly.
    return cleaned(clean) if has_entities else clean


def _finished(clean: str, left_out: tuple[str, ...] = (), is_french: bool = True) -> Text:
    """Give HTML that is safe with its typography, as the page takes it."""
    html = french_html(clean) if is_french else unbroken_html(clean)
    if "<h1" in html:
        # The page's title is the only first-level heading (RGAA 4.1, criterion 9.1).
        html = html.replace("<h1", "<h2").replace("</h1>", "</h2>")
    if "<th" in html:
        # The header cells of a Markdown table head its columns (criterion 5.7).
        html = _HEADER_CELL.sub('<th scope="col"', html)
    return Text(
        html,
        tuple(_ANCHOR.findall(html)) if ' id="' in html else (),
        tuple(_links(html)) if "<a" in html else (),
        tuple(_image(tag) for tag in _IMAGE.findall(html)) if "<img" in html else (),
        left_out,
    )


def _check_depth(html: str) -> None:
    if html.count("<") > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        raise _too_complex()


def _depth(html: str) -> int:
    """Give how deep elements nest, those left open included."""
    depth = deepest = 0
    for closing, name in _ELEMENT.findall(html):
        if name not in _LEVEL:
            depth += -1 if closing else 1
            deepest = max(depth, deepest)
    return deepest


def _links(html: str) -> Iterator[str]:
    """Give the targets to check: those inside the site, and whatever is no complete address elsewhere."""
    for tag in _LINK.findall(html):
        href = _HREF.search(tag)
        target = unescape(href[1]) if href else ""
        if not _EXTERNAL.match(target) and (href or not _NAMED.search(tag)):
            yield target


def _image(tag: str) -> tuple[str, str]:
    attributes = dict(_ATTRIBUTE.findall(tag))
    return unquote(unescape(attributes.get("src", ""))), unescape(attributes.get("alt", ""))


_TAGS = {
    *"a abbr aside b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption".split(),
    *"figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q s small span strong sub".split(),
    *"summary sup table tbody td tfoot th thead tr u ul".split(),
}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "role"},
    "a": {"href", "hreflang"},
    "details": {"open"},
    "img": {"src", "alt"},
    "input": {"name", "checked", "disabled"},
    "label": {"for"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
}


def sanitised(html: str) -> str:
    """Give HTML with what texts may hold, and nothing else."""
    return str(_sanitiser().clean(html))


@cache
def _sanitiser() -> Any:
    import nh3

    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"input": {"type": {"checkbox", "radio"}}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
