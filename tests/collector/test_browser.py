"""A resident signs up on the built site, in a real browser, with and without scripts; staff export the row."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pyrage
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.campaign.reading import read_settings
from generator.site.headers import security_headers
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.collector.town import REPOSITORY, SECRET, Running, Town, free_port, running
from tests.signups.staff import confirm, ville

FORM = "/participer/devenir-voisin-solidaire/"
HOSTILE = '"><script>alert(1)</script>'


@dataclass
class Place:
    """A town's built site, served, with its collector at another address."""

    site: str
    collector: Running
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def place(small_campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    root = tmp_path_factory.mktemp("town") / "ville"
    shutil.copytree(small_campaign, root)
    shutil.rmtree(root / "data" / "forms")
    shutil.copytree(REPOSITORY / "data" / "forms", root / "data" / "forms")
    identity, collecting, showing = pyrage.x25519.Identity.generate(), free_port(), free_port()
    site, collector_url = f"http://127.0.0.1:{showing}", f"http://127.0.0.1:{collecting}"
    settings = root / "site_config.yml"
    kept = [
        line for line in settings.read_text("utf-8").splitlines() if not line.startswith(("url:", "collector_url:"))
    ]
    ours = [f"url: {site}/", f"collector_url: {collector_url}", f"signups_public_key: {identity.to_public()}", ""]
    settings.write_text("\n".join([*kept, *ours]), "utf-8")
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--output", str(root / "site")]
    subprocess.run([*command, "--now", "2026-11-23T10:00"], cwd=REPOSITORY, check=True, capture_output=True)
    config, _ = read_settings(root)
    assert config
    handler = partial(Handler, security_headers(config), directory=str(root / "site"))
    environment = {"VILLE_SECRET": SECRET, "VILLE_MAIL_KEY": str(pyrage.x25519.Identity.generate())}
    town = Town(root, str(identity), environment)
    server = ThreadingHTTPServer(("127.0.0.1", showing), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    with running(town, port=collecting) as collector:
        yield Place(site, collector)
    server.shutdown()
    server.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Serves the site with the headers that are shipped with it."""

    def __init__(self, headers: dict[str, str], *args: Any, **options: Any) -> None:
        self._shipped = headers
        super().__init__(*args, **options)

    def end_headers(self) -> None:
        for name, value in self._shipped.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def open_page(browser: Browser, place: Place, *, scripts: bool) -> Page:
    """Open the form's page on a phone; whatever the browser complains about is noted."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 360, "height": 800}, locale="fr-FR")
    page = context.new_page()
    place.complaints.clear()
    page.on("dialog", lambda dialog: note(place, "error", f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: place.complaints.append(f"error {error}"))
    page.on("console", lambda message: note(place, message.type, message.text))
    page.goto(place.site + FORM)
    return page


def note(place: Place, kind: str, text: str) -> None:
    # The browser itself logs an answer of 400 and above; those are expected.
    if kind == "error" and "the server responded with a status of" not in text:
        place.complaints.append(text)


def fill(page: Page, first_name: str) -> None:
    page.get_by_label("16 ans ou plus").check()
    page.get_by_label("Prénom", exact=True).fill(first_name)
    page.get_by_label("Nom", exact=True).fill("O'Neil-N'Guyen")
    page.get_by_label("Adresse électronique").fill("zoe@courrier.example")
    page.get_by_label("Quartier", exact=True).select_option(index=1)
    page.get_by_label("faire des courses ou aller à la pharmacie").check()
    page.get_by_label("rencontrer mes voisins").check()
    page.get_by_label("Un mot pour le référent").fill(f"Bonjour !\n{HOSTILE}")
    page.get_by_label("J’agis à titre bénévole").check()


def names(place: Place) -> list[str]:
    return [record["answers"]["first_name"] for record in place.collector.town.records()]


def test_with_scripts_errors_are_told_before_sending_and_thanks_replace_the_form(
    browser: Browser, place: Place
) -> None:
    page = open_page(browser, place, scripts=True)
    page.get_by_role("button", name="M’inscrire").click()
    summary = page.locator(".form-error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(6)
    summary.get_by_role("link", name="Prénom").click()
    expect(page.get_by_label("Prénom", exact=True)).to_be_focused()
    page.get_by_label("Moins de 16 ans").check()
    page.get_by_role("button", name="M’inscrire").click()
    expect(summary).to_contain_text("papier")
    fill(page, "Zoë avec")
    page.get_by_role("button", name="M’inscrire").dblclick()
    expect(page.locator(".form-thanks")).to_contain_text("Ouvrez votre messagerie", timeout=30_000)
    expect(page.locator(".form-thanks")).to_be_focused()
    assert names(place).count("Zoë avec") == 1
    assert place.complaints == []


def test_with_scripts_a_lost_answer_is_sent_again_and_kept_once(browser: Browser, place: Place) -> None:
    page = open_page(browser, place, scripts=True)
    fill(page, "Deux fois")
    lost: list[int] = []

    def lose_first(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/forms/**", lose_first)
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.locator(".form-status")).to_contain_text("renvoyer", timeout=30_000)
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.locator(".form-thanks")).to_be_visible(timeout=30_000)
    assert lost == [200]
    assert names(place).count("Deux fois") == 1


def test_with_scripts_the_proof_of_work_goes_along(browser: Browser, place: Place) -> None:
    page = open_page(browser, place, scripts=True)
    fill(page, "Preuve")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.get_by_role("button", name="M’inscrire").click()
    body = json.loads(sent.value.post_data or "")
    assert len(body["altcha"]) > 100
    expect(page.locator(".form-thanks")).to_be_visible(timeout=30_000)


def test_without_scripts_answers_are_read_over_once_then_kept(browser: Browser, place: Place) -> None:
    page = open_page(browser, place, scripts=False)
    fill(page, "Zoë sans")
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.locator(".form-notice")).to_contain_text("Rien n’est encore envoyé")
    assert page.get_by_label("Prénom", exact=True).input_value() == "Zoë sans"
    # A browser sends a line end as two characters.
    assert page.get_by_label("Un mot pour le référent").input_value() == f"Bonjour !\n{HOSTILE}"
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Confirmer l’envoi").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("c’est bien arrivé")
    assert page.url.endswith("/forms/devenir-voisin-solidaire/thanks")
    page.reload()
    assert names(place).count("Zoë sans") == 1
    assert place.complaints == []


def test_without_scripts_what_is_wrong_is_told_beside_what_was_typed(browser: Browser, place: Place) -> None:
    page = open_page(browser, place, scripts=False)
    # The browser's own check of required fields would stop the sending: this is what the collector says.
    page.goto(f"{place.collector.url}/forms/devenir-voisin-solidaire")
    fill(page, HOSTILE)
    page.get_by_role("textbox", name="Téléphone").fill("06 39 98 00 00")
    page.get_by_label("Moins de 16 ans").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="M’inscrire").click()
    expect(page.locator(".form-error-summary")).to_contain_text("papier")
    assert page.get_by_label("Prénom", exact=True).input_value() == HOSTILE
    expect(page.get_by_label("Moins de 16 ans")).to_have_attribute("aria-invalid", "true")
    assert place.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_collector_s_own_pages_pass_axe(browser: Browser, place: Place, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 360, "height": 800})
    page = context.new_page()
    # The page forbids every script: axe needs the browser to look away.
    page.route("**/*", lambda route: without_policy(route))
    for path in ("/forms/devenir-voisin-solidaire", "/forms/lettre-d-information/thanks", "/forms/inconnu"):
        page.goto(place.collector.url + path)
        assert Axe().run(page).response["violations"] == []
    for box in page.locator("input:visible, button:visible, select:visible").all():
        size = box.bounding_box()
        assert size is not None
        assert size["height"] >= 24


def without_policy(route: Any) -> None:
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "content-security-policy"}
    route.fulfill(response=answer, headers=headers)


def test_staff_export_what_both_browsers_sent(browser: Browser, place: Place, tmp_path: Path) -> None:
    town = place.collector.town
    confirm(town)
    output = tmp_path / "voisins.csv"
    assert ville(town, "export", "devenir-voisin-solidaire", "--output", str(output)) == 0
    rows = list(csv.DictReader(io.StringIO(output.read_text("utf-8-sig"), newline=""), delimiter=";"))
    kept = {row["first_name"]: row for row in rows}
    assert {"Zoë avec", "Zoë sans", "Deux fois", "Preuve"} <= set(kept)
    for row in kept.values():
        assert row["last_name"] == "O'Neil-N'Guyen"
        assert row["i_can"] == "faire des courses ou aller à la pharmacie"
        assert HOSTILE in row["message"]
