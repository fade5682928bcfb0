"""Page templates, compiled in one piece, or not at all when an earlier build kept their code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.problems import Problem, visible
from generator.site.kept import Kept

if TYPE_CHECKING:
    from types import CodeType

    from jinja2 import Environment, Template, nodes

    from generator.site.inlining import Inliner

MACROS = "macros.html"
"""The template that holds the macros which all others may call."""


class Templates:
    """Draws with the templates that an environment loads; a name that a template can't know is an error there.

    `stamp` gives, by name, a digest of all that a template's code is made from: what `kept` keeps it under.
    """

    def __init__(
        self,
        environment: Environment,
        filters: Mapping[str, Callable[..., Any]],
        stamp: Callable[[str], str],
        kept: Kept,
    ) -> None:
        """Give every template `filters` to use besides Jinja's own, and the macros."""
        from jinja2 import StrictUndefined

        from generator.site.plain_code import PlainCode

        # Nothing in templates is worth computing ahead, and looking for it takes a tenth of their compiling.
        # What Jinja's own cache holds is compiled in another way.
        self._environment = environment.overlay(undefined=StrictUndefined, optimized=False, bytecode_cache=None)
        self._environment.code_generator_class = PlainCode
        self._environment.filters = {**environment.filters, **filters}
        self._stamp = stamp
        self._kept = kept
        self._made: dict[str, Template] = {}
        module: Any = self.get(MACROS).module
        macros = {name: macro for name, macro in vars(module).items() if not name.startswith("_")}
        self._environment.globals.update(macros)
        self.known: dict[str, Any] = dict(self._environment.globals)
        """What every template may use, by name."""

    def draw(self, name: str, names: dict[str, Any]) -> str:
        """Give what a template says with these names, which are to hold all of `known`.

        Raises UndefinedError where it names what is not there.
        """
        template = self._made.get(name) or self.get(name)
        # A context in one piece: Jinja's own `render` copies its globals one by one for each page.
        context = template.new_context(names, shared=True)
        try:
            return "".join(template.root_render_func(context))
        except AttributeError as error:
            from jinja2 import UndefinedError

            raise UndefinedError(str(error)) from error

    def get(self, name: str) -> Template:
        """Give a template, compiled when first asked for unless its code was kept."""
        if name not in self._made:
            environment = self._environment
            known = environment.globals if name == MACROS else {}
            self._made[name] = environment.template_class.from_code(environment, self._code(name), known)
        return self._made[name]

    def _code(self, name: str) -> CodeType:
        stamp = self._stamp(name)
        code: CodeType | None = self._kept.get(name, stamp)
        if code is None:
            code = self._environment.compile(self._whole(name), name)
            self._kept.put(name, stamp, code)
        return code

    def _whole(self, name: str) -> nodes.Template:
        return self._tree(name) if name == MACROS else self._inliner.whole(name)

    @cached_property
    def _inliner(self) -> Inliner:
        from generator.site.inlining import Inliner

        return Inliner(self._tree, MACROS)

    def _tree(self, name: str) -> nodes.Template:
        loader = self._environment.loader
        assert loader
        source, _, _ = loader.get_source(self._environment, name)
        return self._environment.parse(source, name)


def faulty_template(error: Exception) -> Problem:
    """Tell of a template that can't be drawn: which it is and at what line, where Jinja says so."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    path = f"theme/{name}" if isinstance(name, str) and line else "theme"
    message = f"Une page ne peut pas être dessinée : {visible(str(error))}."
    return Problem(path, line or 0, 0, "error", "template", message, "Corrigez le modèle qui vient de changer.")
