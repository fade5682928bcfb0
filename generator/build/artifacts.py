"""The site's files that are not pages: pictures, assets, sitemap, robots, documents, servers' settings."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from html import escape
from pathlib import Path

from generator.site.chrome import Chrome
from generator.site.headers import server_settings
from generator.site.kit_views import text_file, text_path
from generator.site.kits import COPIES
from generator.site.metadata import absolute
from generator.site.offline import WORKER, farewell, worker
from generator.site.pages import Library
from generator.site.planned import WITHDRAWN, PlannedPage

from .credentials import credential_files
from .gathering import Gathered
from .memory import Memory

File = tuple[str, str, Callable[[Path], None]]
"""A file to be: its path from the site's root, the fingerprint of its inputs, and what writes it."""


def other_files(
    gathered: Gathered, library: Library, chrome: Chrome, apart: list[File], memory: Memory, staged: Path
) -> dict[str, str]:
    """Stage every file that is not a page and is not already in place, those made `apart` too.

    Gives the fingerprint of each, by path.
    """
    assets = asset_files(chrome)
    cache = library.pictures.cache
    names = sorted({name for derived in library.pictures.derived.values() for name in derived.names()})
    pictures = [(f"images/{name}", name, partial(copy, cache / name)) for name in names]
    gone = [page.url for page in gathered.pages if page.layout == WITHDRAWN]
    settings = {path: text.encode() for path, text in server_settings(library.config, gone).items()}
    contents = {"robots.txt": _robots(library), **settings}
    contents |= _credentials(gathered, library)
    texts = [_file(path, content) for path, content in contents.items()]
    texts.append(sitemap_file(((page.url, page.layout) for page in gathered.pages), library))
    files: list[File] = [*assets, *pictures, *texts, *apart]
    fingerprints = {}
    for path, fingerprint, stage in files:
        fingerprints[path] = fingerprint
        if not memory.has(path, fingerprint):
            stage(staged / path)
    return fingerprints


def asset_files(chrome: Chrome) -> list[File]:
    """Give the files that pages are dressed in."""
    return [_file(path[1:], content) for path, content in chrome.assets.files.items()]


def _credentials(gathered: Gathered, library: Library) -> dict[str, bytes]:
    gone = [each.key for each in gathered.outlines if each.shown and gathered.sketches[each.key].withdrawn]
    return credential_files(library.config, gathered.signed, library.entries, gone, library.now)


def message_files(pages: list[PlannedPage], library: Library, prints: Mapping[str, str]) -> Iterator[File]:
    """Give each kit's text as a plain file, made from the same inputs as the page of its messages."""
    for page in pages:
        if page.layout == "kit_message":

            def stage(target: Path, page: PlannedPage = page) -> None:
                _write(text_file(page, library), target)

            yield text_path(page)[1:], prints[page.path], stage


def worker_file(pages: list[PlannedPage], chrome: Chrome, prints: Mapping[str, str]) -> File:
    """Give the service worker, or the one that takes it back when the settings want none."""
    content = (
        worker(chrome.theme_dir, pages, prints, chrome.assets) if chrome.config.offline else farewell(chrome.theme_dir)
    )
    return _file(WORKER, content)


def _file(path: str, content: bytes) -> File:
    return path, _digest(content), partial(_write, content)


def _write(content: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def copy(source: Path, target: Path) -> None:
    """Stage a file that lies ready in the cache."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _robots(library: Library) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {absolute(library.config, '/sitemap.xml')}\n".encode()


_UNLISTED = {"redirect", "not_found", "search", WITHDRAWN, *COPIES}


def sitemap_file(pages: Iterable[tuple[str, str]], library: Library) -> File:
    """Give the sitemap (sitemaps.org, protocol 0.9) of all pages meant to be found, given their URLs and layouts."""
    site = escape(absolute(library.config, ""), quote=False)
    urls = escape("\n".join(sorted([url for url, layout in pages if layout not in _UNLISTED])), quote=False)
    before, after = f"<url><loc>{site}", "</loc></url>\n"
    lines = before + urls.replace("\n", after + before) + after
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return _file("sitemap.xml", f"{head}{lines}</urlset>\n".encode())


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()
