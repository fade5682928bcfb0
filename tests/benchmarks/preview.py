"""From saving a file to the page that shows it, in a real browser: `ville serve`, Chromium, a story edited.

python tests/benchmarks/preview.py --records 10000
"""

import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.contenders import NOW, ours

PORT = 8768
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
"""Chromium's sandbox asks for rights that a container's administrator does not have."""
_REST = 1.0
"""Seconds from when the whole site says what was saved to the next save: its build is over, the machine at rest."""
_PATIENCE = 60.0
"""Seconds that the whole site may take to say it."""


def save_to_reload(root: Path, runs: int) -> list[float]:
    """Give the milliseconds from a save to the event `load` of the page that shows it, for each run."""
    record = min((root / "data/portraits").glob("*.yml"))
    source = record.read_text("utf-8")
    with _serving(root) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"{address}/portraits/{record.stem}/")
        taken = []
        for run in range(runs + 1):
            time.sleep(_REST)
            words = f"Phrase numéro {run}."
            text = source.replace("story: |\n", f"story: |\n  {words}\n\n")
            taken.append(_until_shown(page, record, text, words))
            _until_published(root / f".cache/preview/portraits/{record.stem}/index.html", words)
        browser.close()
    return taken[1:]


def _until_shown(page: Page, record: Path, text: str, words: str) -> float:
    start = time.time()
    with page.expect_event("load"):
        record.write_text(text, "utf-8")
    # The browser's own clock, which is the machine's: what Playwright's messages take is not counted.
    shown: float = page.evaluate(
        "performance.timeOrigin + performance.timing.loadEventEnd - performance.timing.navigationStart"
    )
    if words not in page.inner_text("main"):
        raise RuntimeError(f"{words} is not on the page")
    return shown - start * 1000


def _until_published(page: Path, words: str) -> None:
    """Wait for the build of the whole site that follows a save: the next one is not to be measured beside it."""
    end = time.monotonic() + _PATIENCE
    while words not in page.read_text("utf-8"):
        if time.monotonic() > end:
            raise RuntimeError(f"{words} is not in {page}")
        time.sleep(0.1)


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    command = ours("serve", "--root", str(root), "--port", str(PORT), "--now", NOW)
    address = f"http://127.0.0.1:{PORT}"
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                try:
                    urllib.request.urlopen(address).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield address
        finally:
            process.terminate()


def report(campaign: Path, work: Path, runs: int) -> str:
    """Measure the preview of a campaign; give the section."""
    taken = save_to_reload(Path(shutil.copytree(campaign, work / "previewed")), runs)
    return f"""## From a save to the page in the browser

`ville serve`, the page of a portrait open in Chromium, its story saved: until the event `load` of the page that shows
it. Median {median(taken):.0f} ms, worst {max(taken):.0f} ms of {len(taken)}.
"""
