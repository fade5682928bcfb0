"""From saving a file to the page that shows it, in a real browser: `ville serve`, Chromium, a story edited.

python tests/benchmarks/preview.py --records 10000
"""

import argparse
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

# The benchmarks are scripts: run from anywhere, they find the project.
sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.generate import write_campaign

PORT = 8768
NOW = "2026-11-23T12:00"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
"""Chromium's sandbox asks for rights that a container's administrator does not have."""
_REST = 4.0
"""Seconds between two saves: the build of the whole site that follows the first is over."""


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
            text = source.replace("story: |\n", f"story: |\n  Phrase numéro {run}.\n\n")
            taken.append(_until_shown(page, record, text, f"Phrase numéro {run}."))
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


@contextmanager
def _serving(root: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", str(PORT), "--now", NOW]
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


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description="Measure the preview, from a save to the page that shows it.")
    parser.add_argument("--records", type=int, default=10_000, metavar="N")
    parser.add_argument("--documents", type=int, default=250, metavar="M")
    parser.add_argument("--runs", type=int, default=10, metavar="R")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        root = Path(folder) / "campaign"
        write_campaign(root, options.records, options.documents)
        taken = save_to_reload(root, options.runs)
    print(f"save to reloaded page: median {median(taken):.0f} ms, worst {max(taken):.0f} ms of {len(taken)}")


if __name__ == "__main__":
    main()
