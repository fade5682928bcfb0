"""Documents to HTML by Python-Markdown, with the extensions that Material for MkDocs styles."""

from collections.abc import Mapping
from functools import cache
from typing import Any


def to_html(text: str, *, keeps_lines: bool) -> str:
    """Give a document's body as HTML, with its lines as written or flowing. HTML written there stays."""
    converter, patterns, processors = _converter(keeps_lines)
    converter.reset()
    # Every pattern is tried on every piece of text, every processor on every block. Those whose sign stands nowhere in
    # a document can be spared; but where HTML is written, it may make what a processor goes on with.
    converter.treeprocessors["inline"].inlinePatterns = [each for each, sign in patterns if sign in text]
    converter.parser.blockprocessors = [each for each, sign in processors if sign in text or "<" in text]
    return str(converter.convert(text))


_PATTERN_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "link": "[",
    "image_link": "![",
    "entity": "&",
    **dict.fromkeys(("reference", "short_reference", "image_reference", "short_image_ref"), "]:"),
    **dict.fromkeys(("autolink", "automail", "html"), "<"),
}
"""What a document must hold for an inline pattern of Python-Markdown's to find anything in it."""
_PROCESSOR_SIGNS = {
    "admonition": "!!!",
    "details": "???",
    "tabbed": "===",
    "table": "|",
    "quote": ">",
    "footnote": "[^",
    "abbr": "*[",
    "reference": "]:",
    "markdown_block": "<",
    **dict.fromkeys(("deflist", "defindent"), ":"),
}
"""The same for its processors of blocks."""

_Signed = list[tuple[Any, str]]
"""Parts of Python-Markdown, each with its sign; without one, it is always needed."""


def _signed(registry: Any, signs: Mapping[str, str]) -> _Signed:
    known = {id(registry[name]): sign for name, sign in signs.items()}
    return [(each, known.get(id(each), "")) for each in registry]


def begin_afresh() -> None:
    """Forget the converters: one that was interrupted is not as it was."""
    _converter.cache_clear()


@cache
def _converter(keeps_lines: bool) -> tuple[Any, _Signed, _Signed]:
    """Give a converter, its inline patterns and its processors of blocks."""
    import markdown

    converter = markdown.Markdown(
        extensions=[
            *(["nl2br"] if keeps_lines else []),
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
    patterns = _signed(converter.inlinePatterns, _PATTERN_SIGNS)
    return converter, patterns, _signed(converter.parser.blockprocessors, _PROCESSOR_SIGNS)
