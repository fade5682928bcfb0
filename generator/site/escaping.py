"""Templates that escape text quickly.

Jinja wraps each escaped value in an object that marks it as safe, then joins the pieces as plain text all the same.
With hundreds of values a page that wrapping is a third of the rendering, and nothing uses it.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

# MarkupSafe has no public name for the C function that `escape` calls before it wraps what it gives. Its public ones
# take four times as long, so does `html.escape`. A test holds what is written here to `escape`.
from markupsafe import _escape_inner as _escape_text  # type: ignore[attr-defined]


def _escape(value: Any) -> str:
    kind = type(value)
    if kind is str:
        escaped: str = _escape_text(value)
        return escaped
    return value if kind is Markup else escape(value)


class EscapingTemplate(Template):
    """A compiled template whose output is escaped by what MarkupSafe escapes with, before it wraps it."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Load compiled code. The name `escape` is what Jinja's compiler calls on every value to print."""
        namespace = {"environment": environment, "__file__": code.co_filename}
        exec(code, namespace)
        namespace["escape"] = _escape
        template = cls._from_namespace(environment, namespace, globals)
        template._uptodate = uptodate
        return template
