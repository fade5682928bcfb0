"""Pages drawn on other machines: a Dask cluster, reached through its `concurrent.futures` executor.

A worker needs nothing but this program, in the same edition: what a page shows and the theme's templates come with the
work, and HTML goes back. Only this side reads the campaign and writes the site.
"""

import pickle
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

import generator
from generator.campaign.outline import Key
from generator.site.assets import Assets
from generator.site.chrome import Chrome
from generator.site.pages import Library, view
from generator.site.planned import PlannedPage
from generator.site.renderer import Renderer
from generator.site.views import Card

from .intake import Packed
from .publish import Refused

PATIENCE = 5
"""Seconds in which the scheduler must answer, and then a first worker be there."""
PARCEL = 100
"""Pages in a parcel."""
AHEAD = 4
"""Parcels under way for each thread of the cluster: enough to keep it busy, few enough to hold in memory."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Work for one worker: pages, and all that they read. `common`, pickled, is the same in every parcel of a build."""

    edition: str
    common: bytes
    pages: list[PlannedPage]
    entries: Packed
    cards: dict[Key, Card]


class OtherEdition(Exception):
    """A worker's program might not draw the same bytes."""


def draw_on(address: str, pages: list[PlannedPage], library: Library, chrome: Chrome) -> Iterator[bytes]:
    """Give each page's HTML, in order, drawn on the cluster whose scheduler listens at `address` (`tcp://host:8786`).

    A worker that dies costs time: Dask hands its work to another. Raises Refused when the cluster can't do the work.
    """
    with connected(address) as (executor, threads):
        try:
            for drawn in _in_order(executor, parcels(pages, library, chrome), AHEAD * threads):
                yield from drawn
        except Exception as error:  # Dask's own, and whatever a machine that goes wrong may raise.
            raise _failure(error) from error


def _failure(error: Exception) -> Refused:
    # Without the program, a worker raises ModuleNotFoundError; a scheduler, a RuntimeError that names the step.
    if isinstance(error, OtherEdition | ModuleNotFoundError) or "deserialization" in str(error):
        return Refused(
            "cluster",
            "Une machine de la grappe Dask n'a pas ce programme, ou pas la même version.",
            "Installez partout la même version, avec les mêmes paquets, et redémarrez l'ordonnanceur et les machines.",
        )
    return Refused(
        "cluster",
        f"La grappe Dask n'a pas pu dessiner les pages ({type(error).__name__}).",
        "Le site déjà publié reste en place. Regardez ce que disent ses machines, puis recommencez.",
    )


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """Give a cluster's executor and its number of threads. Raises Refused when nobody answers or works there."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise Refused(
            "cluster",
            "--dask demande le paquet « distributed », qui n'est pas installé.",
            "Installez-le avec : .venv/bin/pip install distributed",
        ) from None
    connect: Any = Client  # It comes without types.
    try:
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except OSError:
        raise Refused(
            "cluster",
            f"Aucun ordonnanceur Dask ne répond à l'adresse « {address} ».",
            "Vérifiez l'adresse, par exemple tcp://192.0.2.10:8786, et que « dask scheduler » y tourne.",
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise Refused(
                "cluster",
                f"Aucune machine ne travaille pour l'ordonnanceur Dask « {address} ».",
                f"Démarrez-en au moins une avec : dask worker {address}",
            ) from None
        yield client.get_executor(pure=False), sum(client.nthreads().values())


def parcels(pages: list[PlannedPage], library: Library, chrome: Chrome) -> Iterator[Parcel]:
    """Give pages to draw as parcels."""
    entries = library.entries
    assert isinstance(entries, Packed)
    bare = replace(chrome, assets=Assets({}, chrome.assets.urls))
    common = pickle.dumps((replace(library, entries={}, cards={}), bare), 5)
    for start in range(0, len(pages), PARCEL):
        chunk = pages[start : start + PARCEL]
        cards = {key: library.cards[key] for page in chunk for key in page.shown()}
        yield Parcel(edition(), common, chunk, entries.part({key for page in chunk for key in page.reads}), cards)


def _in_order(executor: Executor, work: Iterable[Parcel], most: int) -> Iterator[list[bytes]]:
    """Give the results of parcels in order, with so many at most sent and not yet back."""
    under_way: deque[Future[list[bytes]]] = deque()
    for parcel in work:
        under_way.append(executor.submit(draw, parcel))
        if len(under_way) >= most:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


_drawing = Lock()
"""A worker's threads take turns: Python would let only one of them draw at a time anyway."""


def draw(parcel: Parcel) -> list[bytes]:
    """Draw a parcel's pages; this is what runs on a worker. Raises OtherEdition."""
    if parcel.edition != edition():
        raise OtherEdition
    with _drawing:
        common, renderer = _unpacked(parcel.common)
        library = replace(common, entries=parcel.entries, cards=parcel.cards)
        return [renderer.encoded(view(page, library)) for page in parcel.pages]


@lru_cache(maxsize=1)
def _unpacked(common: bytes) -> tuple[Library, Renderer]:
    """Give what all pages of a build share, unpacked once in each process, where its templates stay compiled."""
    library, chrome = pickle.loads(common)
    return library, Renderer(chrome)


@cache
def edition() -> str:
    """Give a digest of all code that decides on a page's bytes: the same on machines that draw alike."""
    folder = Path(generator.__file__).parent
    state = blake2b(repr(sys.version_info[:2]).encode(), digest_size=12)
    for package in ("jinja2", "markupsafe", "mkdocs-material", "pydantic"):
        state.update(f"{package} {version(package)};".encode())
    for path in sorted(folder.rglob("*.py")):
        state.update(f"{path.relative_to(folder).as_posix()};".encode() + path.read_bytes())
    return state.hexdigest()
