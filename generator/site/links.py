"""Links inside texts: where they lead from a page, and whether they lead anywhere."""

import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path

from generator.campaign.linking import Campaign
from generator.campaign.markup import Text
from generator.campaign.models import KINDS
from generator.campaign.outline import Outline
from generator.campaign.reading import Entry, mentions_in
from generator.problems import Problem, nearest

from .cards import Pictures, picture_path
from .planned import PlannedPage

_HREF = re.compile(r'href="([^"]*)"')
_IMG = re.compile(r"<img\s[^>]*>")
_SRC = re.compile(r'\bsrc="([^"]*)"')


def record_html(html: str, base: str) -> str:
    """Give a record's text with its links climbing to the root: `/kits/x/` becomes `../../kits/x/`."""
    return html.replace('href="/', f'href="{base}/') if 'href="/' in html else html


def document_html(text: Text, entry: Entry, base: str, pictures: Pictures) -> str:
    """Give a document's text with its links leading to pages, and its images in all their formats."""

    def link(match: re.Match[str]) -> str:
        target = resolve(unescape(match[1]), entry.folder)
        return f'href="{escape(base + target if target.startswith("/") else target)}"'

    def image(match: re.Match[str]) -> str:
        source = _SRC.search(match[0])
        path = picture_path(entry.folder, unescape(source[1])) if source else None
        derived = pictures.derived.get(path or "")
        if derived is None:
            return ""
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


def check_links(pages: list[PlannedPage], campaign: Campaign, files: set[str], root: Path) -> list[Problem]:
    """Give a problem for each link of a text that leads to no page or file of the site, or to no anchor in it."""
    by_url = {page.url: page for page in pages}
    problems = []
    for outlines in campaign.outlines.values():
        for outline in outlines.values():
            for target in outline.links:
                fault = _fault(resolve(target, outline.folder), outline, by_url, files, campaign)
                if fault:
                    message = f"Le lien « {target} » {fault[0]}."
                    problems += [
                        Problem(outline.path, *place, "error", "broken-link", message, fault[1])
                        for place in mentions_in(root, outline.path, target, outline.place)
                    ]
    return problems


def _fault(
    target: str, outline: Outline, by_url: Mapping[str, PlannedPage], files: set[str], campaign: Campaign
) -> tuple[str, str] | None:
    path, _, anchor = target.partition("#")
    if not path:
        known = outline.anchors
        return (
            None if not anchor or anchor in known else ("ne mène à aucun titre de cette page", nearest(anchor, known))
        )
    path = path.partition("?")[0]
    if path in files:
        return None
    page = by_url.get(path)
    if page is None:
        if path.startswith("/") and not path.endswith("/") and path + "/" in by_url:
            return "ne mène à aucune page", f"Il manque la barre finale : écrivez {path}/"
        return "ne mène à aucune page", nearest(path, by_url) or _HOW
    if anchor and anchor not in _anchors(page, campaign):
        return "ne mène à aucun titre de cette page", nearest(anchor, _anchors(page, campaign))
    return None


_HOW = "Partez de la racine du site, par exemple /kits/canicule/, ou du fichier, par exemple ../kits/canicule.md."


def _anchors(page: PlannedPage, campaign: Campaign) -> set[str]:
    own = campaign.outlines[page.key[0]][page.key[1]].anchors if page.key else ()
    return {"contenu", *own, *(group.id for group in page.groups)}
