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
from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key
from generator.documents.store import Store
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
from .fingerprints import record_state
from .gathering import Gathered


@dataclass(slots=True)
class Downloads:
    """The files to publish, how many documents wait to be made, and the fingerprints of all that a store may hold."""

    files: list[File] = field(default_factory=list)
    waiting: int = 0
    current: frozenset[str] = frozenset()


@contextmanager
def offered(root: Path, gathered: Gathered, library: Library) -> Iterator[Downloads]:
    """Let each planned page link its documents that are at hand, and hold these still until they are published."""
    with Store.opened(root) as store:
        downloads = Downloads()
        if store:
            _offer(root, gathered, library, store, downloads)
        yield downloads


def _offer(root: Path, gathered: Gathered, library: Library, store: Store, downloads: Downloads) -> None:
    links: defaultdict[str, list[Download]] = defaultdict(list)
    cards: dict[str, Link] = {}
    planned = planned_documents(root, gathered, library)
    downloads.current = frozenset(planned)
    for fingerprint, document in planned.items():
        stored = store.find(fingerprint)
        if stored is None:
            downloads.waiting += 1
            continue
        if document.kind == CARDS:
            cards[document.page] = Link(document.label, document.url)
        else:
            size = dates.weight(stored.size)
            link = Download(document.label, document.url, document.format, size, document.language)
            links[document.page].append(link)
        downloads.files.append((document.url[1:], stored.path.name, partial(copy, stored.path)))
    gathered.pages = [
        page._replace(downloads=tuple(links.get(page.url, ())), share=_share(page, cards)) for page in gathered.pages
    ]


def _share(page: PlannedPage, cards: dict[str, Link]) -> Link | None:
    """Give a page's card: its own, else that of the page above, else the home page's."""
    addresses = (page.url, *(parent.url for parent in reversed(page.parents)), f"/{page.section}/", "/")
    return next((cards[address] for address in addresses if address in cards), None)


def planned_documents(root: Path, gathered: Gathered, library: Library) -> dict[str, PlannedDocument]:
    """Give every document of the site by the fingerprint of all that it is made from: same fingerprint, same bytes."""
    assert gathered.shelf
    outlines = {outline.key: outline for outline in gathered.outlines}
    allowed = [library.pictures, *(library.pictures.within(channel) for channel in (Channel.PRINT, Channel.PRESS))]
    common = blake2b(digest_size=12)
    settings = f"{library.config.model_dump_json()} {library.charter!r}"
    common.update(f"{_program_state()} {settings} {_theme_state(theme_folder(root))}".encode())

    @cache
    def state(key: Key) -> str:
        outline = outlines[key]
        files = (*([outline.picture.file] if outline.picture else []), *outline.images)
        pictures = [each.stem(outline.folder, file) for each in allowed for file in files]
        shot = tuple(outline.picture) if outline.picture else None
        return f"{record_state(outline, library)} {shot} {pictures}"

    def fingerprint(document: PlannedDocument) -> str:
        read = [state(key) for key in document.reads]
        named = [outlines[key].title for key in document.named]
        digest = common.copy()
        # A plain tuple is written out twice as fast as a named one.
        digest.update(f"{tuple(document)} {read} {named}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    return {fingerprint(document): document for document in plan_documents(gathered.shelf)}


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
