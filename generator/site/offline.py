"""The emergency pages that stay readable without a network: which they are, and the service worker that keeps them."""

import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from .assets import PALETTES, Assets
from .planned import PlannedPage

WORKER = "sw.js"
"""Where the worker stands: what lies beside and below it is in its scope (W3C, Service Workers)."""

_ASSETS = (
    "site.css",
    "early.js",
    "site.js",
    "logo.svg",
    "bunting.svg",
    "street.svg",
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "bricolage-grotesque-latin-wght-normal.woff2",
)
"""What these pages are dressed in. Pictures stay away: their texts stand in for them."""

_COMMENT = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)


def worker(theme_dir: Path, pages: list[PlannedPage], prints: Mapping[str, str], assets: Assets) -> bytes:
    """Give the worker's script. It changes when a page that it keeps does, which makes browsers renew their copies.

    The page of emergencies, which comes first, and the kits in French are kept from the first visit of any page on;
    other languages once they are visited.
    """
    kept = sorted((page for page in pages if is_kept(page)), key=lambda page: (page.layout != "emergency", page.url))
    listed = {
        "first": [page.url[1:] for page in kept if page.layout != "kit_version"],
        "visited": [page.url[1:] for page in kept if page.layout == "kit_version"],
        "assets": [assets.urls[name][1:] for name in _ASSETS],
        "palettes": [assets.urls[name][1:] for name in PALETTES if name in assets.urls],
    }
    source = (theme_dir / "worker.js").read_text("utf-8")
    state = repr((listed, [prints[page.path] for page in kept], source, assets.palettes))
    version = blake2b(state.encode(), digest_size=6).hexdigest()
    head = f'const KEPT = {json.dumps(listed, separators=(",", ":"))};\nconst VERSION = "{version}";\n'
    return (head + _COMMENT.sub("", source)).encode()


def farewell(theme_dir: Path) -> bytes:
    """Give the script that takes the worker and its copies back from people's devices."""
    return _COMMENT.sub("", (theme_dir / "worker-off.js").read_text("utf-8")).encode()


def is_kept(page: PlannedPage) -> bool:
    """Tell whether a page stays readable without a network: it has the words that say so."""
    return page.layout == "emergency" or bool(dict(page.values).get("offline"))
