"""Emergency pages are there when the network is not, say of when they are, and never hide what is new."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.browser.conftest import Handler, build, serve

CAMPAIGNS = Path(__file__).parents[1] / "campaigns"
READY = "navigator.serviceWorker.ready.then((found) => found.active.state)"
KIT = "/kits/canicule/"


class Host:
    """A host that can be unplugged: it serves a folder at one address, or nothing answers there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._plugged = ExitStack()
        self.address = self._plugged.enter_context(serve(folder))

    def unplug(self) -> None:
        self._plugged.close()

    def plug(self) -> None:
        self._plugged.enter_context(serve(self.folder, int(self.address.rpartition(":")[2])))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a small campaign, its emergency kit in four languages, and its site in a folder of a host."""
    folder = tmp_path_factory.mktemp("offline")
    shutil.copytree(CAMPAIGNS / "base", folder / "campaign")
    shutil.copytree(CAMPAIGNS / "valid" / "kit-versions", folder / "campaign", dirs_exist_ok=True)
    build(folder / "campaign", folder / "host" / "solidaire")
    return folder


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """Give the campaign, to be changed at will; its site lies beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "campaign"


@pytest.fixture
def host(root: Path) -> Iterator[Host]:
    host = Host(root.parent / "host")
    yield host
    host.unplug()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="fr-FR")
    yield context.new_page()
    context.close()


def come(page: Page, host: Host, path: str) -> None:
    page.goto(f"{host.address}/solidaire{path}")
    assert page.evaluate(READY) in ("activating", "activated")


def again(page: Page, root: Path, old: str, new: str) -> None:
    """Change the kit's text and build the site again."""
    path = root / "content/kits/canicule.md"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    build(root, root.parent / "host" / "solidaire")


def test_a_kit_is_read_without_a_network_after_a_visit_of_any_page_and_says_of_when_it_is(
    page: Page, host: Host
) -> None:
    come(page, host, "/participer/")
    host.unplug()
    page.goto(f"{host.address}/solidaire{KIT}")
    assert page.get_by_text("Repérez vos voisins isolés.").is_visible()
    said = page.locator(".offline").inner_text()
    assert said.startswith("Le réseau ne répond pas. Cette page date du ")
    assert page.locator(".offline time").inner_text()
    assert page.evaluate("getComputedStyle(document.querySelector('.offline')).fontWeight") == "700"


def test_with_a_network_no_page_says_that_it_is_a_copy(page: Page, host: Host) -> None:
    come(page, host, KIT)
    page.reload()
    assert page.get_by_text("Repérez vos voisins isolés.").is_visible()
    assert not page.locator(".offline").is_visible()


def test_another_language_is_kept_once_visited_and_says_so_in_its_own_words(page: Page, host: Host) -> None:
    come(page, host, f"{KIT}ar/")
    host.unplug()
    page.reload()
    assert page.get_by_text("اشرب.").is_visible()
    assert page.locator(".offline").inner_text().startswith("الشبكة لا تستجيب.")
    assert any(figure in page.locator(".offline time").inner_text() for figure in "0123456789")


def test_any_other_page_leads_to_the_emergencies(page: Page, host: Host) -> None:
    come(page, host, "/")
    host.unplug()
    page.goto(f"{host.address}/solidaire/agenda/")
    assert page.url == f"{host.address}/solidaire/urgence/"
    assert page.get_by_role("heading", name="En cas d’urgence").is_visible()
    assert page.locator(".offline").is_visible()
    # A copy can't know what is under way.
    assert not page.get_by_text("Aucune alerte n’est en cours.").is_visible()
    page.get_by_role("link", name="Canicule", exact=True).click()
    assert page.get_by_text("Passez les voir.").is_visible()


def test_new_advice_is_seen_at_once_and_kept_in_its_turn(page: Page, host: Host, root: Path) -> None:
    come(page, host, KIT)
    again(page, root, "Passez les voir.", "Appelez-les deux fois.")
    page.reload()
    assert page.get_by_text("Appelez-les deux fois.").is_visible()
    assert not page.locator(".offline").is_visible()
    host.unplug()
    page.reload()
    assert page.get_by_text("Appelez-les deux fois.").is_visible()
    assert page.locator(".offline").is_visible()
    host.plug()
    page.reload()
    assert not page.locator(".offline").is_visible()


def test_a_new_build_leaves_one_set_of_copies(page: Page, host: Host, root: Path) -> None:
    come(page, host, "/")
    before = page.evaluate("caches.keys()")
    again(page, root, "Passez les voir.", "Appelez-les.")
    page.evaluate(
        """navigator.serviceWorker.ready.then((found) => new Promise((resolve) => {
            found.addEventListener("updatefound", () => {
                const worker = found.installing;
                worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
            });
            found.update();
        }))"""
    )
    after = page.evaluate("caches.keys()")
    assert len(before) == len(after) == 1
    assert before != after


def test_a_network_too_slow_is_not_waited_for(page: Page, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    come(page, host, KIT)
    answered = Event()
    monkeypatch.setattr(Handler, "handle", lambda self: answered.wait(60))
    try:
        page.reload()
        assert page.locator(".offline").is_visible()
    finally:
        answered.set()


def test_a_town_may_take_it_all_back(page: Page, host: Host, root: Path) -> None:
    come(page, host, KIT)
    with (root / "site_config.yml").open("a", encoding="utf-8") as settings:
        settings.write("\noffline: non\n")
    build(root, root.parent / "host" / "solidaire")
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    page.evaluate(
        """async () => {
            const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
            while (await navigator.serviceWorker.getRegistration()) await pause();
        }"""
    )
    assert page.evaluate("caches.keys()") == []
    host.unplug()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(f"{host.address}/solidaire{KIT}")


def test_the_worker_is_small() -> None:
    assert (CAMPAIGNS.parents[1] / "theme" / "worker.js").stat().st_size < 3_000
