"""Texts made to run in a reader's browser, put wherever a campaign takes words: Chromium runs none of them.

The pages are opened without the site's Content-Security-Policy, which would hide a hole.
"""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.campaign.test_markup import ATTACKS, RENDERERS

from .conftest import ROOT, build

RUN = "document.title=0;alert(1)"
WORDS = f"</title></script><script>{RUN}</script><img src=x onerror={RUN}>\" onmouseover={RUN} x=' {{{{ 7*7 }}}} <!--"


def publishable(renderer: str) -> str:
    """Give the attacks that the checks of links and images do not refuse, in one text."""
    texts = {attack: RENDERERS[renderer](attack) for attack in ATTACKS}
    return "\n\n".join(attack for attack, text in texts.items() if not text.links and not text.images)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a campaign whose every text is an attack."""
    root = Path(copytree(ROOT / "tests" / "campaigns" / "base", tmp_path_factory.mktemp("hostile") / "campaign"))
    short = WORDS[:118]
    story = publishable("record")
    record = {
        "title": short, "summary": WORDS, "story": story, "actor": "habitants", "neighbourhood": "centre",
        "verified": "2026-10-01", "address": WORDS, "offers": [WORDS], "needs": [WORDS], "themes": ["jardins"],
        "contact": {"role": WORDS, "name": WORDS, "hours": WORDS},
    }  # fmt: skip
    event = {
        "title": short, "summary": WORDS, "start": "2026-12-01 19:00", "end": "2026-12-01 20:00", "place": WORDS,
        "description": story, "neighbourhood": "centre", "address": WORDS, "accessibility": WORDS,
    }  # fmt: skip
    for path, value in (("data/initiatives/essai.yml", record), ("data/events/essai.yml", event)):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(json.dumps(value), encoding="utf-8")
    head = {"title": short, "summary": WORDS, "season": "hiver", "updated": "2026-10-01", "trigger": WORDS}
    body = publishable("document")
    (root / "content/kits/essai.md").write_text(f"---\n{json.dumps(head)}\n---\n\n{body}\n", encoding="utf-8")
    return build(root, root / "site")


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Give a page, and what happens in it that should not."""
    context = browser.new_context()
    page = context.new_page()
    events: list[str] = []

    def dismiss(dialog: Any) -> None:
        events.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("framenavigated", lambda frame: events.append(f"went to {frame.url}"))
    page.on("request", lambda request: events.append(f"asked {request.url}"))
    yield page, events
    context.close()


TOUCH = """() => document.querySelectorAll('main *, body > *').forEach((element) => {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'click', 'toggle', 'load', 'error'])
        element.dispatchEvent(new Event(kind, {bubbles: true}));
})"""


@pytest.mark.parametrize("renderer", RENDERERS)
def test_no_rendered_text_runs(watched: tuple[Page, list[str]], renderer: str) -> None:
    page, events = watched
    for attack in ATTACKS:
        page.set_content(f"<title>t</title><main>{RENDERERS[renderer](attack).html}</main>")
        page.evaluate(TOUCH)
        for href in page.eval_on_selector_all("a[href]", "links => links.map((link) => link.protocol)"):
            assert href in ("http:", "https:", "mailto:", "tel:", "about:", ":", ""), attack
        assert page.title() == "t", attack
    assert [event for event in events if not event.startswith("went to about:blank")] == []


def serve_plainly(folder: Path) -> ThreadingHTTPServer:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.mark.parametrize(
    "path", ["", "initiatives/", "initiatives/essai/", "agenda/", "agenda/essai/", "kits/essai/", "quartiers/centre/"]
)
def test_no_page_runs_what_its_records_say(watched: tuple[Page, list[str]], hostile: Path, path: str) -> None:
    page, events = watched
    server = serve_plainly(hostile)
    origin = f"http://127.0.0.1:{server.server_port}/"
    page.goto(origin + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(TOUCH.replace("'click', ", ""))
    assert page.title() != "0"
    assert "49" not in page.inner_text("main")
    assert "7*7" in page.content()
    assert [event for event in events if not event.startswith((f"asked {origin}", f"went to {origin}{path}"))] == []
    server.shutdown()
    server.server_close()
