"""Markdown to safe HTML with French typography: two renderers by trust, one sanitiser.

Documents are written by staff, with Material's extensions (Python-Markdown). Text fields of records may begin as
a resident's words: CommonMark without raw HTML (cmark-gfm). Both pass the same sanitiser (nh3).
"""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from generator.typography import french_html


@dataclass(frozen=True, slots=True)
class Text:
    """A rendered text. Internal links in `html` begin with `/`, the site's root.

    `anchors` are the ids inside, `links` the targets of its internal links as written, `images` the files it shows
    with their alternative texts; an image stands in `html` as `<img src="file" alt="…">`.
    """

    html: str
    anchors: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()


_ANCHOR = re.compile(r'<[^>]*\sid="([^"]+)"')
_LINK = re.compile(r'<a\s[^>]*href="([^"]*)"')
_IMAGE = re.compile(r"<img\s[^>]*>")
_ATTRIBUTE = re.compile(r'\b(src|alt)="([^"]*)"')
_TASK = re.compile(r'(<li class="task-list-item">(?:\s*<p>)?)(<input [^>]*>) *(.*?)(?=</p>|\s*<[uo]l|</li>)', re.DOTALL)
_HEADER_CELL = re.compile(r"<th(?=[ >])")
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def render_record(text: str) -> Text:
    """Render a record's text field: CommonMark with tables, raw HTML and images left out."""
    import cmarkgfm
    from cmarkgfm.cmark import Options

    html = cmarkgfm.markdown_to_html_with_extensions(text, Options.CMARK_OPT_DEFAULT, ["table", "autolink"])
    html = html.replace("<!-- raw HTML omitted -->", "")
    return _finish(_IMAGE.sub("", html) if "<img" in html else html)


def render_document(text: str) -> Text:
    """Render a document's body: Markdown with the extensions that Material for MkDocs styles."""
    converter = _converter()
    converter.reset()
    # A box to tick is named by its line (RGAA 4.1, criterion 11.1).
    return _finish(_TASK.sub(r"\1<label>\2 \3</label>", converter.convert(text)))


def _finish(html: str) -> Text:
    html = french_html(_sanitiser().clean(html))
    if "<h1" in html:
        # The page's title is the only first-level heading (RGAA 4.1, criterion 9.1).
        html = html.replace("<h1", "<h2").replace("</h1>", "</h2>")
    if "<th" in html:
        # The header cells of a Markdown table head its columns (criterion 5.7).
        html = _HEADER_CELL.sub('<th scope="col"', html)
    links = tuple(unescape(target) for target in _LINK.findall(html)) if "<a " in html else ()
    return Text(
        html,
        tuple(_ANCHOR.findall(html)) if ' id="' in html else (),
        tuple(link for link in links if link and not _EXTERNAL.match(link) and not link.startswith("//")),
        tuple(_image(tag) for tag in _IMAGE.findall(html)) if "<img" in html else (),
    )


def _image(tag: str) -> tuple[str, str]:
    attributes = dict(_ATTRIBUTE.findall(tag))
    return unescape(attributes.get("src", "")), unescape(attributes.get("alt", ""))


@cache
def _converter() -> Any:
    import markdown

    return markdown.Markdown(
        extensions=[
            "abbr",
            "admonition",
            "attr_list",
            "def_list",
            "footnotes",
            "md_in_html",
            "tables",
            "toc",
            "pymdownx.details",
            "pymdownx.superfences",
            "pymdownx.tabbed",
            "pymdownx.tasklist",
        ],
        extension_configs={
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.tasklist": {"clickable_checkbox": True},
            "footnotes": {"BACKLINK_TITLE": "Revenir au texte, note {}", "BACKLINK_TEXT": "↩"},
        },
        output_format="html",
    )


_TAGS = {
    *"a abbr aside b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure".split(),
    *"h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q s small span strong sub summary sup".split(),
    *"table tbody td tfoot th thead tr u ul".split(),
}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "role"},
    "a": {"href", "hreflang"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "input": {"name", "checked", "disabled"},
    "label": {"for"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
}


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
