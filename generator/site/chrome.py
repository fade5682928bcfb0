"""The site's frame and pages: Material's templates, overridden by those of `theme/`.

The frame (head, header, menu, banner, footer) is the same on thousands of pages, so it is drawn once for each menu
section, URL depth and language, as three pieces of text. A page is then its own head and body joined with these pieces.
Jinja is imported by the first drawing only: a build in which nothing changed never pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from markupsafe import Markup

from generator.config import SiteConfig
from generator.site import material
from generator.site.assets import Assets
from generator.site.views import AlertView, Card, Derivative, Filter, Link, PageView

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.runtime import Context

_HEAD_MARK = "\x02head\x03"
_BODY_MARK = "\x02body\x03"
_KEPT = 50_000
_PAGE_TEMPLATE = re.compile(r"""["'](pages/[^"']+)["']""")
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Menu:
    """The links of every page: the header's, and those that the footer adds."""

    main: tuple[Link, ...]
    more: tuple[Link, ...]


MENU = Menu(
    main=(
        Link("Participer", "/participer/"),
        Link("Kits", "/kits/"),
        Link("Près de chez moi", "/quartiers/"),
        Link("Initiatives", "/initiatives/"),
        Link("Portraits", "/portraits/"),
        Link("Agenda", "/agenda/"),
        Link("La méthode", "/methode/"),
        Link("Presse", "/presse/"),
    ),
    more=(
        Link("En cas d’urgence", "/urgence/"),
        Link("Partenaires", "/partenaires/"),
        Link("Dispositifs", "/dispositifs/"),
        Link("Immeubles solidaires", "/immeubles/"),
        Link("Diplômes", "/distinctions/"),
        Link("Sites pilotes", "/sites-pilotes/"),
        Link("Ce qui a changé", "/impact/"),
        Link("Ce que nous avons appris", "/enseignements/"),
        Link("À propos", "/a-propos/"),
    ),
)
"""The menu of a site that has every kind of page."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page without its own parts: what comes before them, between head and body, and after."""

    start: str
    middle: str
    end: str

    def join(self, head: str, body: str) -> str:
        """Give the whole page."""
        return f"{self.start}{head}{self.middle}{body}{self.end}"


@dataclass
class Chrome:
    """Draws frames.

    `theme_dir` holds the templates that override Material's. Their texts and the frames drawn travel with the object
    when it is pickled, so that another machine can draw too; templates compiled do not.
    """

    config: SiteConfig
    theme_dir: Path
    menu: Menu
    alerts: tuple[AlertView, ...]
    assets: Assets
    _frames: dict[tuple[str, str, str], Frame] = field(default_factory=dict, init=False, repr=False)
    _layouts: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def templates(self) -> dict[str, str]:
        """Give the theme's templates: the text of each by its name, in order."""
        places = ("*.html", "pages/*.html", "partials/**/*.html")
        paths = sorted(path for place in places for path in self.theme_dir.glob(place))
        return {path.relative_to(self.theme_dir).as_posix(): path.read_text("utf-8") for path in paths}

    @cached_property
    def digest(self) -> str:
        """Changes with anything that a frame or a template's output depends on, page views aside."""
        return _digest(self._common, self.templates)

    def layout_digest(self, layout: str, url: str) -> str:
        """Tell, in a digest, all that the page of a layout at an address is made from, its view aside."""
        name = self.template(layout, url)
        if name not in self._layouts:
            self._layouts[name] = _digest(self._common, self._with_named([name]))
        return self._layouts[name]

    @cached_property
    def _common(self) -> str:
        """Stands for what every page is made from: settings, frame, and the templates that are of no layout."""
        settings = (self.config.model_dump_json(), self.menu, self.alerts, self.assets.digest)
        base = (material.templates() / "base.html").read_text("utf-8")
        shared = [name for name in self.templates if not name.startswith("pages/")]
        return _digest(f"{settings!r}{base}", self._with_named(shared))

    def _with_named(self, names: list[str]) -> dict[str, str]:
        """Give the texts of templates, and of the page templates that they name, and so on."""
        found: dict[str, str] = {}
        for name in (waiting := list(names)):
            if name in self.templates and name not in found:
                found[name] = self.templates[name]
                waiting += _PAGE_TEMPLATE.findall(found[name])
        return found

    def template(self, layout: str, url: str) -> str:
        """Give the name of a page's template: a document may have its own, named after its id."""
        own = f"pages{url[:-1]}.html" if layout == "page" else ""
        return own if own in self.templates else f"pages/{layout}.html"

    def base(self, url: str) -> str:
        """Give the way from a page back to the site's root, without a final slash: `../..` for `/kits/canicule/`.

        The page for addresses that don't exist is shown at any depth: its way is complete, from the domain.
        """
        if not url.endswith("/"):
            return urlsplit(str(self.config.url)).path.rstrip("/")
        depth = url.count("/") - 1
        return "/".join([".."] * depth) or "."

    def frame(self, section: str, base: str, language: str = "fr") -> Frame:
        """Give the frame of a section's pages at one depth; sections out of the menu share theirs."""
        if f"/{section}/" not in {link.url for link in self.menu.main}:
            section = ""
        key = (section, base, language)
        if key not in self._frames:
            start, _, rest = self.whole(section, base, _HEAD_MARK, _BODY_MARK, language).partition(_HEAD_MARK)
            self._frames[key] = Frame(start, *rest.split(_BODY_MARK))
        return self._frames[key]

    def whole(self, section: str, base: str, head: str, body: str, language: str = "fr") -> str:
        """Give a whole page straight from the templates; `frame` and `join` give the same, faster.

        Around a page in another language, what the frame says in French is marked as French.
        """
        config = material.template_settings(language)
        french = Markup(' lang="fr" dir="ltr"') if language != "fr" else ""
        head, body = Markup(head), Markup(body)
        return self._main.render(section=section, base=base, config=config, french=french, head=head, body=body)

    @cached_property
    def environment(self) -> Environment:
        """Give the templates: the theme's first, then Material's."""
        from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, pass_context

        from generator.site.escaping import EscapingTemplate

        environment = Environment(
            loader=ChoiceLoader([DictLoader(self.templates), FileSystemLoader(material.templates())]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.template_class = EscapingTemplate
        environment.filters["url"] = pass_context(_url)
        environment.filters["script_tag"] = str
        environment.globals.update(site=self.config, menu=self.menu, alerts=self.alerts, assets=self.assets.urls)
        return environment

    @cached_property
    def _main(self) -> Template:
        # Material's skip link leads to the first entry of the page's table of contents.
        return self.environment.get_template("main.html", globals={"page": {"toc": [{"url": "#contenu"}]}})

    def __getstate__(self) -> dict[str, Any]:
        drawn = {name: value for name, value in vars(self).items() if name not in {"environment", "_main"}}
        return {**drawn, "templates": self.templates}


class Renderer:
    """Renders whole pages: a head, a body from `theme/pages/<layout>.html`, joined with their frame."""

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome
        self._drawn: dict[tuple[int, str], tuple[object, Markup]] = {}

    def page(self, view: PageView) -> str:
        """Give the HTML of a page."""
        base = self.chrome.base(view.url)
        return self.chrome.frame(view.section, base, view.language).join(*self._parts(view, base))

    def plain(self, view: PageView) -> str:
        """Give the same HTML with the frame drawn anew: what `page` is checked against."""
        base = self.chrome.base(view.url)
        return self.chrome.whole(view.section, base, *self._parts(view, base), view.language)

    def _parts(self, view: PageView, base: str) -> tuple[str, str]:
        names = {
            "page": view,
            "base": base,
            "card": partial(self._card, base),
            "narrowing": partial(self._filters, base),
        }
        return self._draw("head.html", names), self._draw(self.chrome.template(view.layout, view.url), names)

    def _draw(self, name: str, names: dict[str, Any]) -> str:
        """Render with a context made in one piece: Jinja's own `render` copies its globals one by one for each page."""
        template = self._environment.get_template(name)
        context = template.new_context({**self._globals, **names}, shared=True)
        return "".join(template.root_render_func(context))

    def _card(self, base: str, card: Card) -> Markup:
        return self._once("card.html", "card", card, base)

    def _filters(self, base: str, filters: tuple[Filter, ...]) -> Markup:
        return self._once("filters.html", "filters", filters, base)

    def _once(self, template: str, name: str, shown: object, base: str) -> Markup:
        """Give the HTML of what stands on many pages, drawn once for each depth.

        Such things are told apart by identity, which holding them here keeps sound: comparing their content would cost
        as much as the rest of the page.
        """
        key = (id(shown), base)
        if key not in self._drawn:
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            self._drawn[key] = (shown, Markup(self._draw(template, {name: shown, "base": base})))
        return self._drawn[key][1]

    @cached_property
    def _globals(self) -> dict[str, Any]:
        """Give what every template may use besides its page."""
        return dict(self._environment.globals)

    @cached_property
    def _environment(self) -> Environment:
        """Give the page templates, compiled when first drawn. A name that a view does not have is an error there."""
        from jinja2 import StrictUndefined

        environment = self.chrome.environment.overlay(undefined=StrictUndefined)
        environment.globals.update(srcset=_srcset, headings=_headings)
        macros: Any = environment.get_template("macros.html").module
        environment.globals.update({name: macro for name, macro in vars(macros).items() if not name.startswith("_")})
        return environment

    def __getstate__(self) -> dict[str, Any]:
        return {"chrome": self.chrome, "_drawn": {}}


def _url(context: Context, target: str) -> str:
    """Material's filter `url`: leads from the page to a path from the site's root."""
    return target if target.startswith("#") else f"{context['base']}/{target.lstrip('/')}"


def _srcset(base: str, derivatives: tuple[Derivative, ...]) -> str:
    return ", ".join(f"{base}{derivative.url} {derivative.width}w" for derivative in derivatives)


def _headings(html: str) -> list[Link]:
    """Give the second-level headings of a rendered text; each link's URL is the heading's identifier."""
    return [Link(Markup(_TAG.sub("", title)), anchor) for anchor, title in _HEADING.findall(html)]


def _digest(common: str, templates: Mapping[str, str]) -> str:
    return blake2b(repr((common, sorted(templates.items()))).encode(), digest_size=16).hexdigest()
