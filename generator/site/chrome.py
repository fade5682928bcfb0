"""The site's frame and pages: Material's templates, overridden by those of `theme/`.

The frame (head, header, menu, banner, footer) is the same on thousands of pages, so it is drawn once for each menu
section, URL depth and language, as three pieces of text. A page is then its own head and body joined with these pieces.
Jinja is imported by the first drawing only: a build in which nothing changed never pays for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from generator.config import SiteConfig
from generator.site import material
from generator.site.assets import Assets
from generator.site.kept import Kept
from generator.site.views import AlertView, Link

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.runtime import Context

_HEAD_MARK = "\x02head\x03"
_BODY_MARK = "\x02body\x03"
_PAGE_TEMPLATE = re.compile(r"""["'](pages/[^"']+)["']""")


class Menu(NamedTuple):
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


class Frame(NamedTuple):
    """A page without its own parts, in UTF-8: what comes before them, between head and body, and after."""

    start: bytes
    middle: bytes
    end: bytes

    def join(self, head: bytes, body: bytes) -> bytes:
        """Give the whole page."""
        return b"".join((self.start, head, self.middle, body, self.end))


@dataclass
class Chrome:
    """Draws frames.

    `theme_dir` holds the templates that override Material's. Their texts and the frames drawn travel with the object
    when it is pickled, so that another machine can draw too; templates compiled do not. Builds to come find both in
    `kept`.
    """

    config: SiteConfig
    theme_dir: Path
    menu: Menu
    alerts: tuple[AlertView, ...]
    assets: Assets
    kept: Kept = field(default_factory=Kept)
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

    @cached_property
    def settings_digest(self) -> str:
        """Changes with anything that what no template draws depends on: the settings, the names of assets."""
        return _digest(f"{self.config.model_dump_json()}{self.assets.digest}", {})

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
        return _digest(f"{settings!r}{base}{self._shared}", {})

    @cached_property
    def _shared(self) -> str:
        """Stands for the texts of the templates that are of no layout."""
        return _digest("", {name: text for name, text in self.templates.items() if not name.startswith("pages/")})

    def code_digest(self, template: str) -> str:
        """Tell, in a digest, all that the code of a template is made from."""
        return _digest(self._shared, self._with_named([template]))

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
        key = (section, base, language)
        found = self._frames.get(key)
        if found is None:
            if section and f"/{section}/" not in {link.url for link in self.menu.main}:
                found = self.frame("", base, language)
            self._frames[key] = found = found or self._draw_frame(*key)
        return found

    def _draw_frame(self, section: str, base: str, language: str) -> Frame:
        name = f"frame {section} {base} {language}"
        parts = self.kept.get(name, self._common)
        if parts is None:
            start, _, rest = self.whole(section, base, _HEAD_MARK, _BODY_MARK, language).partition(_HEAD_MARK)
            parts = tuple(part.encode("utf-8", "replace") for part in (start, *rest.split(_BODY_MARK)))
            self.kept.put(name, self._common, parts)
        return Frame(*parts)

    def whole(self, section: str, base: str, head: str, body: str, language: str = "fr") -> str:
        """Give a whole page straight from the templates; `frame` and `join` give the same, faster.

        Around a page in another language, what the frame says in French is marked as French.
        """
        config = material.template_settings(language)
        french = Markup(' lang="fr" dir="ltr"') if language != "fr" else ""
        head, body = Markup(head), Markup(body)
        return self._main.render(section=section, base=base, config=config, french=french, head=head, body=body)

    def compile(self) -> None:
        """Compile what frames are drawn with, to be kept: one is drawn, whatever the settings don't say."""
        from jinja2 import ChainableUndefined

        self.environment.undefined = ChainableUndefined
        self.whole("", ".", "", "")

    @cached_property
    def environment(self) -> Environment:
        """Give the templates: the theme's first, then Material's."""
        from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, pass_context

        from generator.site.bytecode import KeptBytecode
        from generator.site.escaping import EscapingTemplate

        environment = Environment(
            loader=ChoiceLoader([DictLoader(self.templates), FileSystemLoader(material.templates())]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=KeptBytecode(self.kept),
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
        return {**drawn, "templates": self.templates, "kept": Kept()}


def _url(context: Context, target: str) -> str:
    """Material's filter `url`: leads from the page to a path from the site's root."""
    return target if target.startswith("#") else f"{context['base']}/{target.lstrip('/')}"


def _digest(common: str, templates: Mapping[str, str]) -> str:
    return blake2b(repr((common, sorted(templates.items()))).encode(), digest_size=16).hexdigest()
