"""`ville serve`, as someone at work sees it: a real server, a real browser, a file saved in between."""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, ROOT

PORT = 8767
ADDRESS = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def preview(campaign: Path) -> Iterator[Path]:
    shutil.copytree(ROOT / "theme", campaign / "theme", ignore=shutil.ignore_patterns("node_modules"))
    (campaign / "theme/node_modules").symlink_to(ROOT / "theme/node_modules")
    command = [sys.executable, "-m", "generator", "serve", "--root", str(campaign), "--port", str(PORT)]
    with subprocess.Popen([*command, "--now", "2026-11-23T12:00"], cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        for _ in range(600):
            try:
                urllib.request.urlopen(ADDRESS).close()
                break
            except OSError:
                time.sleep(0.1)
        yield campaign
        process.terminate()


def status(path: str) -> int:
    try:
        with urllib.request.urlopen(ADDRESS + path) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_a_save_shows_in_the_open_page_errors_above_it_and_mending_brings_it_back(preview: Path) -> None:
    record = min((preview / "data/portraits").glob("*.yml"))
    source = record.read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 800, "height": 300})
        page.goto(f"{ADDRESS}/portraits/{record.stem}/")
        page.evaluate("scrollTo(0, 200)")

        record.write_text(source.replace("story: |\n", "story: |\n  Une phrase tout juste écrite.\n\n"))
        expect(page.get_by_text("Une phrase tout juste écrite.")).to_be_visible(timeout=30_000)
        assert abs(page.evaluate("scrollY") - 200) < 20  # the font's arrival may move the text a little

        record.write_text(re.sub("^neighbourhood: .*$", "neighbourhood: nulle-part", source, flags=re.MULTILINE))
        panel = page.get_by_role("alert")
        expect(panel).to_contain_text(f"data/portraits/{record.name}", timeout=30_000)
        expect(panel).to_contain_text("« nulle-part »")
        expect(page.locator("h1")).to_be_visible()

        record.write_text(source)
        expect(panel).to_have_count(0, timeout=30_000)
        browser.close()


def test_the_open_page_follows_a_record_to_its_new_address(preview: Path) -> None:
    record = min((preview / "data/portraits").glob("*.yml"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"{ADDRESS}/portraits/{record.stem}/")
        record.rename(record.with_stem("zoe-martin"))
        for other in [*(preview / "data").rglob("*.yml"), *(preview / "content").rglob("*.md")]:
            if record.stem in (text := other.read_text()):
                other.write_text(text.replace(record.stem, "zoe-martin"))
        page.wait_for_url(f"{ADDRESS}/portraits/zoe-martin/", timeout=30_000)
        expect(page.locator("h1")).to_be_visible()
        browser.close()


def test_a_template_being_written_shows_its_mistake_and_the_preview_outlives_it(preview: Path) -> None:
    template = preview / "theme/pages/kit.html"
    kit = min((preview / "content/kits").glob("*.md"))
    source = template.read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page()
        page.goto(f"{ADDRESS}/kits/{kit.stem}/")
        template.write_text(source + "\n{% if %}")
        panel = page.get_by_role("alert")
        expect(panel).to_contain_text("theme/pages/kit.html", timeout=30_000)

        template.write_text(source.replace("{% endfor %}", "{% endfor %}<p>Une ligne du modèle.</p>", 1))
        expect(page.get_by_text("Une ligne du modèle.")).to_be_visible(timeout=30_000)
        expect(panel).to_have_count(0, timeout=30_000)
        browser.close()


def test_another_colour_shows_in_the_open_page(preview: Path) -> None:
    palette = preview / "theme/assets/palette.css"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(color_scheme="light")
        page.goto(f"{ADDRESS}/kits/")
        palette.write_text(palette.read_text().replace("--paper: #fff8ec", "--paper: #123456"))
        expect(page.locator("body")).to_have_css("background-color", "rgb(18, 52, 86)", timeout=30_000)
        browser.close()


def test_only_the_site_is_served(preview: Path) -> None:
    assert status("/kits/") == 200
    assert status("/n-existe-pas/") == 404
    assert status("/__apercu/preview.py") == 404
    assert status("/%2e%2e/%2e%2e/site_config.yml") == 404


def test_without_keys_a_form_says_what_to_do(preview: Path) -> None:
    assert status("/health") == 503
