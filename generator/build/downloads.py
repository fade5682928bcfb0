"""Documents made earlier and still current: looked up in the store, linked by their pages, published beside them.

A build never makes a document. Without a store it does not even plan them.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

import pydantic

import generator
from generator.documents.store import Store, Stored
from generator.documents.typesetting import FONTS
from generator.site import dates
from generator.site.assets import theme_folder
from generator.site.document_plans import plan_documents
from generator.site.documents import PlannedDocument
from generator.site.pages import Library
from generator.site.planned import PlannedPage
from generator.site.press_documents import CARDS
from generator.site.views import Download, Link

from .artifacts import File, copy
from .fingerprints import DocumentPrints
from .gathering import Gathered


@dataclass(slots=True)
class Downloads:
    """The files to publish, how many documents wait to be made, and all that are planned, by their fingerprints.

    `common` stands for what every document is made with; `state` for the store that holds those at hand.
    """

    files: list[File] = field(default_factory=list)
    waiting: int = 0
    planned: dict[str, PlannedDocument] = field(default_factory=dict)
    common: str = ""
    state: bytes = b""


@contextmanager
def offered(root: Path, gathered: Gathered, library: Library) -> Iterator[Downloads]:
    """Let each planned page link its documents that are at hand, and hold these still until they are published."""
    with Store.opened(root) as store:
        downloads = Downloads(state=store.state())
        if store:
            _offer(root, gathered, library, store, downloads)
        yield downloads


def _offer(root: Path, gathered: Gathered, library: Library, store: Store, downloads: Downloads) -> None:
    links: defaultdict[str, list[Download]] = defaultdict(list)
    cards: dict[str, Link] = {}
    downloads.common = _common_state(root, library)
    downloads.planned = _planned(downloads.common, gathered, library)
    for fingerprint, document in downloads.planned.items():
        stored = store.find(fingerprint)
        if stored is None:
            downloads.waiting += 1
            continue
        if document.kind == CARDS:
            cards[document.page] = Link(document.label, document.url)
        else:
            links[document.page].append(link_to(document, stored))
        downloads.files.append(published(document, stored))
    gathered.pages = [
        page._replace(downloads=tuple(links.get(page.url, ())), share=_share(page, cards)) for page in gathered.pages
    ]


def link_to(document: PlannedDocument, stored: Stored) -> Download:
    """Give the link to a document at hand."""
    return Download(document.label, document.url, document.format, dates.weight(stored.size), document.language)


def published(document: PlannedDocument, stored: Stored) -> File:
    """Give a document at hand as a file of the site."""
    return document.url[1:], stored.path.name, partial(copy, stored.path)


def _share(page: PlannedPage, cards: dict[str, Link]) -> Link | None:
    """Give a page's card: its own, else that of the page above, else the home page's."""
    addresses = (page.url, *(parent.url for parent in reversed(page.parents)), f"/{page.section}/", "/")
    return next((cards[address] for address in addresses if address in cards), None)


def planned_documents(root: Path, gathered: Gathered, library: Library) -> dict[str, PlannedDocument]:
    """Give every document of the site by its fingerprint."""
    return _planned(_common_state(root, library), gathered, library)


def _planned(common: str, gathered: Gathered, library: Library) -> dict[str, PlannedDocument]:
    assert gathered.shelf
    outlines = {outline.key: outline for outline in gathered.outlines}
    prints = DocumentPrints(common, outlines.__getitem__, library)
    return {prints.document(document): document for document in plan_documents(gathered.shelf)}


def _common_state(root: Path, library: Library) -> str:
    """Give what stands for all that every document is made with."""
    settings = f"{library.config.model_dump_json()} {library.charter!r}"
    text = f"{_program_state()} {settings} {_theme_state(theme_folder(root))}"
    return blake2b(text.encode(), digest_size=12).hexdigest()


@cache
def _program_state() -> str:
    """Give what changes with the program's own text and the versions of its packages, and with nothing else.

    Times of files are not in it: a store may go from one fresh machine to the next, as continuous integration needs.
    """
    folder = Path(generator.__file__).parent
    state = blake2b(digest_size=12)
    rooms = (folder / room for room in ("campaign", "documents", "site"))
    for path in sorted([*folder.glob("*.py"), *(path for room in rooms for path in room.rglob("*.py"))]):
        state.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    packages = Path(pydantic.__file__).parent.parent
    state.update(repr(sorted(name for name in os.listdir(packages) if name.endswith(".dist-info"))).encode())
    return state.hexdigest()


def _theme_state(theme: Path) -> str:
    """Give what changes with the theme's part of every document: print templates, drawings, colours, fonts."""
    state = blake2b(digest_size=12)
    for path in sorted(
        [*(theme / "documents").glob("*"), *(theme / "assets").glob("*.svg"), theme / "assets/palette.css"]
    ):
        state.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    for path in sorted((theme / FONTS).glob("*/package.json")):
        state.update(path.read_bytes())
    return state.hexdigest()
