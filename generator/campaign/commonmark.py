"""CommonMark to HTML by cmark-gfm, the C library that the package `cmarkgfm` brings.

The package's own functions never free what the library gives them: each text would leave fifty kilobytes behind it for
good, and half a gigabyte is soon gone. So its few functions are called from here, as cmark-gfm's header tells to.
"""

from collections.abc import Callable
from ctypes import PyDLL, c_char_p, c_int, c_size_t, c_void_p, string_at
from functools import cache
from typing import Any

_EXTENSIONS = (b"table", b"autolink")
_OPTIONS = 0
"""CMARK_OPT_DEFAULT: raw HTML is left out."""


def to_html(text: str) -> str:
    """Give a text of CommonMark with tables as HTML; raw HTML becomes the comment `<!-- raw HTML omitted -->`."""
    return _renderer()(text)


@cache
def _renderer() -> Callable[[str], str]:
    from cmarkgfm import _cmark

    # Threads take turns: while it reads a text, the library has the signs of its extensions in one global table.
    library, standard = PyDLL(_cmark.__file__), PyDLL(None)

    def function(name: str, result: Any, *arguments: Any, source: PyDLL = library) -> Any:
        found = getattr(source, name)
        found.restype, found.argtypes = result, arguments
        return found

    function("cmark_gfm_core_extensions_ensure_registered", None)()
    find = function("cmark_find_syntax_extension", c_void_p, c_char_p)
    extensions = [find(name) for name in _EXTENSIONS]
    begin = function("cmark_parser_new", c_void_p, c_int)
    attach = function("cmark_parser_attach_syntax_extension", c_int, c_void_p, c_void_p)
    feed = function("cmark_parser_feed", None, c_void_p, c_char_p, c_size_t)
    finish = function("cmark_parser_finish", c_void_p, c_void_p)
    attached = function("cmark_parser_get_syntax_extensions", c_void_p, c_void_p)
    render = function("cmark_render_html", c_void_p, c_void_p, c_int, c_void_p)
    free_parser = function("cmark_parser_free", None, c_void_p)
    free_nodes = function("cmark_node_free", None, c_void_p)
    free = function("free", None, c_void_p, source=standard)

    def rendered(text: str) -> str:
        data = text.encode()
        parser = begin(_OPTIONS)
        for extension in extensions:
            attach(parser, extension)
        feed(parser, data, len(data))
        nodes = finish(parser)
        written = render(nodes, _OPTIONS, attached(parser))
        html = string_at(written).decode()
        free(written)
        free_nodes(nodes)
        free_parser(parser)
        return html

    return rendered
