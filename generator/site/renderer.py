"""Views to pages: each one's head and body from the theme's templates, joined with the frame of its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup, escape

from generator.site.chrome import Chrome
from generator.site.planned import PlannedPage
from generator.site.templates import Templates
from generator.site.views import Card, Derivative, Filter, Link, PageView

_HEAD = "head.html"
_CARD = "card.html"
_FILTERS = "filters.html"
_LINKS = "filter_links.html"
_FEEDS = "feeds.html"
_MARK = b"\x02"
"""Stands for the way to the site's root in what is drawn for pages at any depth. No text may hold it."""
_KEPT = 12_000
"""So many cards in a process, about 1.5 kB each: those of a town of ten thousand records, whose pages share most."""
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_TAG = re.compile(r"<[^>]*>")


class Renderer:
    """Renders whole pages: a head, a body from `theme/pages/<layout>.html`, joined with their frame."""

    def __init__(self, chrome: Chrome) -> None:
        self.chrome = chrome
        self._drawn: dict[int, tuple[object, Markup]] = {}

    def prepare(self, pages: Iterable[PlannedPage]) -> None:
        """Draw the frames of pages and compile what all of them are drawn with, before processes share the work.

        The templates of layouts are left to the processes: most pages of a layout are drawn by one.
        """
        frames = {(page.section, self.chrome.base(page.url), page.language) for page in pages}
        for section, base, language in frames:
            self.chrome.frame(section, base, language)
        for name in (_HEAD, _FEEDS, _CARD) if frames else ():
            self._templates.get(name)

    def encoded(self, view: PageView) -> bytes:
        """Give the HTML of a page as it is published, in UTF-8."""
        base = self.chrome.base(view.url)
        way = base.encode()
        head, body = (part.encode("utf-8", "replace").replace(_MARK, way) for part in self._parts(view, base))
        return self.chrome.frame(view.section, base, view.language).join(head, body)

    def page(self, view: PageView) -> str:
        """Give the HTML of a page as a string."""
        return self.encoded(view).decode()

    def compile(self) -> None:
        """Compile all that pages are drawn with, for other processes to find it kept."""
        for name in self.chrome.templates:
            if name.startswith("pages/") or name in (_HEAD, _CARD, _FILTERS, _LINKS, _FEEDS):
                self._templates.get(name)

    def plain(self, view: PageView) -> str:
        """Give the same HTML with the frame drawn anew: what `page` is checked against."""
        base = self.chrome.base(view.url)
        head, body = (part.replace(_MARK.decode(), base) for part in self._parts(view, base))
        return self.chrome.whole(view.section, base, head, body, view.language)

    def _parts(self, view: PageView, base: str) -> tuple[str, str]:
        names = {**self._templates.known, "page": view, "base": base}
        draw = self._templates.draw
        return draw(_HEAD, names), draw(self.chrome.template(view.layout, view.url), names)

    def _cards(self, cards: Iterable[Card]) -> list[Markup]:
        return [self._once(_CARD, "card", card) for card in cards]

    def _narrowing(self, filters: tuple[Filter, ...]) -> Markup:
        names = {**self._templates.known, "filters": filters, "base": _MARK.decode()}
        return Markup(self._templates.draw(_FILTERS, names))

    def _links(self, shown: Filter) -> Markup:
        """Give a filter's links, the one to the page itself marked."""
        html = self._once(_LINKS, "links", shown.links)
        link = f'href="{_MARK.decode()}{escape(shown.current)}"'
        return Markup(str(html).replace(link, f'{link} aria-current="true"')) if shown.current else html

    def _once(self, template: str, name: str, shown: object) -> Markup:
        """Give the HTML of what stands on many pages, drawn once, with a mark for the way to the root.

        Such things are told apart by identity, which holding them here keeps sound: comparing their content would cost
        as much as the rest of the page.
        """
        found = self._drawn.get(id(shown))
        if found is None:
            if len(self._drawn) >= _KEPT:
                self._drawn.clear()
            names = {**self._templates.known, name: shown, "base": _MARK.decode()}
            html = Markup(self._templates.draw(template, names))
            found = self._drawn[id(shown)] = shown, html
        return found[1]

    @cached_property
    def _templates(self) -> Templates:
        filters: dict[str, Callable[..., Any]] = {
            "srcset": _srcset,
            "headings": _headings,
            "card": partial(self._once, _CARD, "card"),
            "cards": self._cards,
            "narrowing": self._narrowing,
            "links": self._links,
            "feed_links": partial(self._once, _FEEDS, "feeds"),
        }
        return Templates(self.chrome.environment, filters, self.chrome.code_digest, self.chrome.kept)

    def __getstate__(self) -> dict[str, Any]:
        return {"chrome": self.chrome, "_drawn": {}}


def _srcset(derivatives: tuple[Derivative, ...], base: str) -> str:
    return ", ".join(f"{base}{derivative.url} {derivative.width}w" for derivative in derivatives)


def _headings(html: str) -> list[Link]:
    """Give the second-level headings of a rendered text; each link's URL is the heading's identifier."""
    return [Link(Markup(_TAG.sub("", title)), anchor) for anchor, title in _HEADING.findall(html)]
