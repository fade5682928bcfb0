"""The site's files that are not pages: pictures, assets, feed, sitemap, robots."""

import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from xml.sax.saxutils import escape

from generator.site.chrome import Chrome
from generator.site.feeds import press_feed
from generator.site.metadata import absolute
from generator.site.pages import Library
from generator.site.planned import PlannedPage

from .memory import Memory
from .publish import write


def other_files(
    pages: list[PlannedPage], library: Library, chrome: Chrome, memory: Memory, staged: Path
) -> dict[str, str]:
    """Stage every file that is not a page and is not already in place; give the fingerprint of each, by path."""
    fingerprints: dict[str, str] = {}

    def put(path: str, fingerprint: str, stage: Callable[[], None]) -> None:
        fingerprints[path] = fingerprint
        if not memory.has(path, fingerprint):
            stage()

    for path, content in chrome.assets.files.items():
        put(path[1:], path, lambda path=path, content=content: write(staged, path[1:], content))
    cache = library.pictures.cache
    for name in sorted({name for derived in library.pictures.derived.values() for name in derived.names()}):
        put(f"images/{name}", name, lambda name=name: _copy(cache / name, staged / "images" / name))
    for path, content in (("robots.txt", _robots(library)), ("sitemap.xml", _sitemap(pages, library))):
        put(path, _digest(content), lambda path=path, content=content: write(staged, path, content))
    releases = [entry for key, entry in library.entries.items() if key[0] == "press_release"]
    settings = repr((library.config, [(entry.digest, library.pictures.view(entry.folder, getattr(entry.record, "picture", None))) for entry in releases]))
    put("flux/presse.xml", _digest(settings.encode()), lambda: write(staged, "flux/presse.xml", press_feed(library.config, releases, library.pictures)))
    return fingerprints


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)


def _robots(library: Library) -> bytes:
    return f"User-agent: *\nAllow: /\nSitemap: {absolute(library.config, '/sitemap.xml')}\n".encode()


def _sitemap(pages: list[PlannedPage], library: Library) -> bytes:
    """Give the sitemap (sitemaps.org, protocol 0.9) of all pages meant to be found."""
    urls = sorted(page.url for page in pages if page.layout not in ("redirect", "not_found", "search"))
    lines = "".join(f"<url><loc>{escape(absolute(library.config, url))}</loc></url>\n" for url in urls)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{lines}</urlset>\n".encode()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()
