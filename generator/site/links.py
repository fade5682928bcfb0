"""Links inside texts: where they lead from a page, and whether they lead anywhere."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import Path

from generator.campaign.linking import Key
from generator.campaign.models import KINDS
from generator.campaign.reading import Entry, find_in
from generator.campaign.markup import Text
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
        target = resolve(unescape(match[1]), entry)
        return f'href="{escape(base + target if target.startswith("/") else target)}"'

    def image(match: re.Match[str]) -> str:
        source = _SRC.search(match[0])
        path = picture_path(entry.folder, unescape(source[1])) if source else None
        derived = pictures.derived.get(path or "")
        if derived is None:
            return ""
        files = {ending: ", ".join(f"{base}/images/{derived.stem}-{width}.{ending} {width}w" for width, _ in derived.sizes) for ending in ("avif", "webp", "jpg")}
        width, height = derived.sizes[-1]
        tag = _SRC.sub(f'src="{base}/images/{derived.stem}-{width}.jpg" srcset="{files["jpg"]}"', match[0])
        tag = tag.replace("<img", f'<img width="{width}" height="{height}" loading="lazy" sizes="(min-width: 45em) 40em, 96vw"', 1)
        sources = "".join(f'<source type="image/{kind}" srcset="{files[kind]}" sizes="(min-width: 45em) 40em, 96vw">' for kind in ("avif", "webp"))
        return f"<picture>{sources}{tag}</picture>"

    html = _HREF.sub(link, text.html) if text.links else text.html
    return _IMG.sub(image, html) if text.images else html


def resolve(target: str, entry: Entry) -> str:
    """Give the site path that a link of an entry's text leads to: a document named by its file becomes its page.

    A link within the page (`#x`) stays as it is, and so does what can't be resolved.
    """
    path, mark, anchor = target.partition("#")
    if not path.endswith(".md"):
        return target
    file = picture_path(entry.folder, path)
    parts = file.split("/") if file else []
    if len(parts) != 3 or parts[0] != "content":
        return target
    kind = next((kind for kind in KINDS.values() if kind.is_document and kind.source == parts[1]), None)
    return kind.url(parts[2].removesuffix(".md")) + mark + anchor if kind else target


def check_links(pages: list[PlannedPage], entries: Mapping[Key, Entry], files: set[str], root: Path) -> list[Problem]:
    """Give a problem for each link of a text that leads to no page or file of the site, or to no anchor in it."""
    by_url = {page.url: page for page in pages}
    problems = []
    for entry in entries.values():
        for text in entry.texts.values():
            for target in dict.fromkeys(text.links):
                fault = _fault(resolve(target, entry), text, by_url, files, entries)
                if fault:
                    place = find_in(root, entry.path, target)
                    problems.append(Problem(entry.path, *place, "error", "broken-link", f"Le lien « {target} » {fault[0]}.", fault[1]))
        deliverable = getattr(entry.record, "deliverable", None)
        if deliverable and deliverable.url.partition("#")[0] not in by_url:
            place = find_in(root, entry.path, deliverable.url)
            message = f"Le livrable mène à « {deliverable.url} », qui n'existe pas."
            problems.append(Problem(entry.path, *place, "error", "broken-link", message, nearest(deliverable.url, by_url)))
    return problems


def _fault(
    target: str, text: Text, by_url: Mapping[str, PlannedPage], files: set[str], entries: Mapping[Key, Entry]
) -> tuple[str, str] | None:
    path, _, anchor = target.partition("#")
    if not path:
        return None if anchor in text.anchors or not anchor else ("ne mène à aucun titre de cette page", nearest(anchor, text.anchors))
    path = path.partition("?")[0]
    if path in files:
        return None
    page = by_url.get(path)
    if page is None:
        if path.startswith("/") and not path.endswith("/") and path + "/" in by_url:
            return "ne mène à aucune page", f"Il manque la barre finale : écrivez {path}/"
        hint = nearest(path, by_url) or "Partez de la racine du site, par exemple /kits/canicule/, ou du fichier, par exemple ../kits/canicule.md."
        return "ne mène à aucune page", hint
    known = set(_anchors(page, entries))
    if anchor and anchor not in known:
        return "ne mène à aucun titre de cette page", nearest(anchor, known)
    return None


def _anchors(page: PlannedPage, entries: Mapping[Key, Entry]) -> Iterator[str]:
    yield "contenu"
    yield from (group.id for group in page.groups)
    if page.key:
        for text in entries[page.key].texts.values():
            yield from text.anchors
