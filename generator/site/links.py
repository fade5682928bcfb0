"""Links inside texts: where they lead from a page, and whether they lead anywhere."""

import re
from collections.abc import Set
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from generator.campaign.linking import Campaign
from generator.campaign.markup import Text
from generator.campaign.models import KINDS
from generator.campaign.outline import Outline
from generator.campaign.reading import Entry, Unread, mentions_in
from generator.problems import Problem, Severity, nearest, visible

from .cards import Pictures, picture_path
from .planned import WITHDRAWN, PlannedPage

_HREF = re.compile(r'href="([^"]*)"')
_IMG = re.compile(r"<img\s[^>]*>")
_ANCHOR_ELEMENT = re.compile(r'<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_SRC = re.compile(r'\bsrc="([^"]*)"')


def record_html(html: str, base: str) -> str:
    """Give a record's text with its links climbing to the root: `/kits/x/` becomes `../../kits/x/`."""
    return html.replace('href="/', f'href="{base}/') if 'href="/' in html else html


def document_html(text: Text, entry: Entry, base: str, pictures: Pictures, *, plain: bool = False) -> str:
    """Give a document's text with its links leading to pages, and its images in all their formats.

    With `plain`, in the one that everything can show: feed readers and mail know no other.
    """

    def link(match: re.Match[str]) -> str:
        target = resolve(unescape(match[1]), entry.folder)
        return f'href="{escape(base + target if target.startswith("/") else target)}"'

    def image(match: re.Match[str]) -> str:
        source = _SRC.search(match[0])
        path = picture_path(entry.folder, unquote(unescape(source[1]))) if source else None
        derived = pictures.derived.get(path or "")
        if derived is None:
            return ""
        if plain:
            width, height = derived.sizes[-1]
            tag = _SRC.sub(f'src="{base}/images/{derived.stem}-{width}.jpg"', match[0])
            return tag.replace("<img", f'<img width="{width}" height="{height}"', 1)
        files = {
            ending: ", ".join(f"{base}/images/{derived.stem}-{width}.{ending} {width}w" for width, _ in derived.sizes)
            for ending in ("avif", "webp", "jpg")
        }
        width, height = derived.sizes[-1]
        tag = _SRC.sub(f'src="{base}/images/{derived.stem}-{width}.jpg" srcset="{files["jpg"]}"', match[0])
        tag = tag.replace(
            "<img", f'<img width="{width}" height="{height}" loading="lazy" sizes="(min-width: 45em) 40em, 96vw"', 1
        )
        sources = "".join(
            f'<source type="image/{kind}" srcset="{files[kind]}" sizes="(min-width: 45em) 40em, 96vw">'
            for kind in ("avif", "webp")
        )
        return f"<picture>{sources}{tag}</picture>"

    html = _HREF.sub(link, text.html) if text.links else text.html
    return _IMG.sub(image, html) if text.images else html


def unpublished(campaign: Campaign) -> frozenset[str]:
    """Give the addresses of the records that are there but not shown today."""
    return frozenset(
        KINDS[kind].url(each.id)
        for kind, outlines in campaign.outlines.items()
        if KINDS[kind].section is not None
        for each in outlines.values()
        if not each.shown
    )


def is_unpublished(target: str, folder: str, hidden: Set[str]) -> bool:
    """Tell whether a link written in a file of `folder` leads to one of the hidden addresses."""
    return resolve(target, folder).partition("#")[0] in hidden


def without_hidden(text: Text, folder: str, hidden: Set[str]) -> Text:
    """Give a text whose links to hidden addresses are plain words."""
    if not any(is_unpublished(target, folder, hidden) for target in text.links):
        return text

    def words(match: re.Match[str]) -> str:
        return match[2] if is_unpublished(unescape(match[1]), folder, hidden) else match[0]

    return text._replace(html=_ANCHOR_ELEMENT.sub(words, text.html))


def resolve(target: str, folder: str) -> str:
    """Give the site path that a link written in a file of `folder` leads to: a document's file becomes its page.

    A link within the page (`#x`) stays as it is, and so does what can't be resolved.
    """
    path, mark, anchor = target.partition("#")
    if not path.endswith(".md"):
        return target
    file = picture_path(folder, path)
    parts = file.split("/") if file else []
    if len(parts) != 3 or parts[0] != "content":
        return target
    kind = next((kind for kind in KINDS.values() if kind.is_document and kind.source == parts[1]), None)
    return kind.url(parts[2].removesuffix(".md")) + mark + anchor if kind else target


def check_links(
    pages: list[PlannedPage], campaign: Campaign, files: set[str], hidden: Set[str], unread: set[Unread], root: Path
) -> list[Problem]:
    """Give a problem for each link of a text that leads to no page or file of the site, or to no anchor in it.

    `hidden` are the addresses of the records that are there but not shown.

    A link to a page that has errors of its own (`unread`) is no mistake. One to a page that is not shown today is worth
    a warning only: the day when a portrait's release ends must not stop the site from being published without it.
    """
    site = _Site(pages, campaign, files, hidden, unread)
    problems: list[Problem] = []
    for outlines in campaign.outlines.values():
        for outline in outlines.values():
            for target in outline.links:
                if target in site.pages:
                    continue
                fault = site.fault(resolve(target, outline.folder), outline)
                if fault is None:
                    continue
                severity, wrong, hint = fault
                code = "broken-link" if severity == "error" else HIDDEN_LINK
                message = f"Le lien « {visible(unquote(target))} » {wrong}." if target else f"Un lien {wrong}."
                problems += [
                    Problem(outline.path, *place, severity, code, message, hint)
                    for place in mentions_in(root, outline.path, target, outline.place)
                ]
    return problems


HIDDEN_LINK = "hidden-link"
"""The code of a link to a page that is not shown today."""

Wrong = tuple[Severity, str, str]
"""What is wrong with a link: how grave, the end of the sentence, a hint."""

_FROM_ROOT = "Partez de la racine du site, par exemple /kits/canicule/, ou du fichier, par exemple ../kits/canicule.md."
_ABROAD = "L'adresse d'un autre site commence par https://, une adresse électronique par mailto:."
_LISTS = re.compile(r"/[a-z-]+/(?:page|quartier|theme)-")


class _Site:
    """All that a link may lead to."""

    def __init__(
        self, pages: list[PlannedPage], campaign: Campaign, files: set[str], hidden: Set[str], unread: set[Unread]
    ) -> None:
        self.pages = {page.url: page for page in pages if page.layout != WITHDRAWN}
        self._campaign = campaign
        self._files = files
        kinds = [(KINDS[kind], each) for kind, each in unread if kind in KINDS and KINDS[kind].section is not None]
        self._unread = {kind.url(each) for kind, each in kinds if each}
        self._unread_sections = {kind.section for kind, each in kinds if each is None}
        self._hidden = hidden

    def fault(self, target: str, outline: Outline) -> Wrong | None:
        """Give what is wrong with a link of a record's texts, None when it leads somewhere."""
        path, _, anchor = target.partition("#")
        path = path.partition("?")[0]
        if not target:
            return "error", "n'a pas d'adresse, ou une adresse interdite", _ABROAD
        if not path:
            return self._anchor_fault(anchor, set(outline.anchors), "de ce texte")
        if path in self._files:
            return None
        page = self.pages.get(path)
        if page:
            return self._anchor_fault(anchor, self._anchors(page), "de la page")
        return self._page_fault(path, outline)

    def _page_fault(self, path: str, outline: Outline) -> Wrong | None:
        if self._may_be(path):
            return None
        if path in self._hidden:
            hint = "Retirez-le, ou vérifiez la date ou l'autorisation de cette page."
            return ("warning", "mène à une page qui n'est pas publiée aujourd'hui", hint) if outline.shown else None
        if not path.startswith("/"):
            looks_abroad = path.startswith("www.") or "@" in path or re.match(r"[a-z0-9-]+\.[a-z]{2,}(?:/|$)", path)
            hint = _ABROAD if looks_abroad else _FROM_ROOT
        elif path.startswith("//"):
            hint = _ABROAD
        elif path + "/" in self.pages:
            hint = f"Il manque la barre finale : écrivez {path}/"
        else:
            hint = nearest(path, self.pages) or _FROM_ROOT
        return "error", "ne mène à aucune page", hint

    def _may_be(self, path: str) -> bool:
        """Tell whether a page with errors of its own may stand at an address, or the list that would hold it."""
        name = path.strip("/")
        if f"/{name}/" in self._unread or name.rpartition("/")[0] in self._unread_sections:
            return True
        return bool((self._unread or self._unread_sections) and _LISTS.match(path))

    def _anchor_fault(self, anchor: str, known: set[str], where: str) -> Wrong | None:
        if not anchor or anchor in known:
            return None
        return "error", f"ne mène à aucun titre {where}", nearest(anchor, known) or "Vérifiez ce qui suit le signe #."

    def _anchors(self, page: PlannedPage) -> set[str]:
        own = self._campaign.outlines[page.key[0]][page.key[1]].anchors if page.key else ()
        return {"contenu", *own, *(group.id for group in page.groups)}
