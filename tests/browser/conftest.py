"""The example site, built and served as it will be, and a browser to look at it.

Chromium is the machine's own: `make test` installs it where it can.
"""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copy, copytree
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.campaign.reading import read_settings
from generator.site.headers import ATOM_TYPE, security_headers

ROOT = Path(__file__).parents[2]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

TODAY = "2026-11-23T10:00"

ALERT = """
- id: crue-de-novembre
  title: Vigilance rouge crues sur l'Aubre
  kind: inondation
  level: rouge
  message: Ne descendez ni à la cave ni au garage. Montez à l'étage, appelez vos deux voisins de chaîne.
  start: 2026-11-22 06:00
  end: 2026-11-25 20:00
  kit: inondation
"""

# A moved page sends on at once, before anything could look at it; the other two are what layouts begin with.
UNSEEN = {"redirect", "detail", "overview"}
LAYOUTS = sorted(path.stem for path in (ROOT / "theme" / "pages").glob("*.html") if path.stem not in UNSEEN)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder with the headers that are shipped, and compressed as a host would."""

    config, _ = read_settings(ROOT)
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".atom": ATOM_TYPE}

    def log_message(self, *args: Any) -> None:
        return

    def end_headers(self) -> None:
        assert self.config
        for name, value in security_headers(self.config).items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in {".html", ".css", ".js", ".svg"} or not path.exists():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def build(root: Path, output: Path) -> Path:
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--output", str(output), "--now", TODAY]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return output


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = build(ROOT, tmp_path_factory.mktemp("ordinary") / "site")
    subprocess.run([sys.executable, "-m", "generator", "index", "--output", str(site)], cwd=ROOT, check=True)
    return site


@pytest.fixture(scope="session")
def origin(folder: Path) -> Iterator[str]:
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def alerted_origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("flood")
    for part in ("data", "content"):
        copytree(ROOT / part, root / part)
    copy(ROOT / "site_config.yml", root)
    with (root / "data" / "alerts.yml").open("a", encoding="utf-8") as alerts:
        alerts.write(ALERT)
    with serve(build(root, root / "site")) as address:
        yield address


@pytest.fixture(scope="session")
def addresses(folder: Path) -> dict[str, str]:
    """Give the path of one page of each layout: the longest, which has most on it."""
    longest: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.html")):
        marked = re.search(r'class="page page--(\w+)"', path.read_text("utf-8"))
        layout = marked[1] if marked else "home"
        if layout not in longest or path.stat().st_size > longest[layout].stat().st_size:
            longest[layout] = path
    return {
        layout: f"/{path.relative_to(folder).as_posix()}".removesuffix("index.html") for layout, path in longest.items()
    }


# Of each module, not of the session: an open Playwright keeps an event loop running, where asyncio.run() fails.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens an address in a browser of its own, 360 or 1440 pixels wide or as asked."""
    contexts = []

    def open_page(address: str, width: int = 1440, **settings: Any) -> Page:
        settings = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce", **settings}
        context = browser.new_context(locale="fr-FR", **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
