"""What the renderer spares itself: templates and frames that an earlier build kept, what stands on many pages."""

from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from generator.site.assets import Assets, collect
from generator.site.chrome import MENU, Chrome
from generator.site.kept import Kept
from generator.site.planned import PlannedPage
from generator.site.renderer import Renderer
from generator.site.views import PageView
from tests.site.samples import ALERT, CONFIG, THEME, card, every_layout, group, page


@pytest.fixture(scope="module")
def assets() -> Assets:
    return collect(THEME)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, assets: Assets) -> Path:
    """Give a folder where a build of every layout left what it made."""
    folder = tmp_path_factory.mktemp("templates")
    renderer = Renderer(chrome(assets, folder))
    for view in every_layout():
        renderer.page(view)
    return folder


def chrome(assets: Assets, folder: Path | None = None, theme: Path = THEME) -> Chrome:
    kept = Kept(folder, "program") if folder else Kept()
    return Chrome(CONFIG, theme, MENU, (), assets, kept)


@pytest.mark.parametrize("view", every_layout(), ids=lambda view: view.url)
def test_what_an_earlier_build_kept_draws_the_same_page(assets: Assets, folder: Path, view: PageView) -> None:
    assert Renderer(chrome(assets, folder)).page(view) == Renderer(chrome(assets)).page(view)


def test_with_all_kept_nothing_is_compiled_again(assets: Assets, folder: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    renderer = Renderer(chrome(assets, folder))
    for view in every_layout():
        renderer.page(view)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("pages/event.html", "{% block actions %}", "{% block actions %}<!-- new -->"),
        ("pages/detail.html", "En bref", "En un mot"),
        ("macros.html", '<dl class="facts">', "<dl>"),
        ("head.html", "<title>", "<title>Nouveau "),
        ("card.html", "<article", "<section"),
        ("main.html", "#b5452c", "#000"),
    ],
)
def test_a_template_that_changed_is_not_drawn_as_it_was(
    tmp_path: Path, assets: Assets, folder: Path, name: str, before: str, after: str
) -> None:
    theme = Path(copytree(THEME, tmp_path / "theme", ignore=ignore_patterns("node_modules")))
    (theme / name).write_text((theme / name).read_text("utf-8").replace(before, after), "utf-8")
    view = page("event", "/agenda/fete/", groups=(group("initiative", 1),))
    drawn = Renderer(chrome(assets, Path(copytree(folder, tmp_path / "kept")), theme)).page(view)
    assert drawn == Renderer(chrome(assets, theme=theme)).page(view)
    assert drawn != Renderer(chrome(assets)).page(view)


def test_an_alert_is_in_a_frame_at_once(assets: Assets, folder: Path) -> None:
    alerted = replace(chrome(assets, folder), alerts=(ALERT,))
    assert ALERT.title in Renderer(alerted).page(page("event", "/agenda/fete/"))


def test_what_is_prepared_is_all_that_pages_share(tmp_path: Path, assets: Assets) -> None:
    Renderer(chrome(assets, tmp_path)).prepare([PlannedPage("/agenda/fete/", "event", "agenda", "Fête")])
    shared = set(tmp_path.iterdir())
    Renderer(chrome(assets, tmp_path)).page(page("event", "/agenda/fete/"))
    assert len(set(tmp_path.iterdir()) - shared) == 1  # The layout's own template.


def test_with_no_page_to_draw_nothing_is_prepared(tmp_path: Path, assets: Assets) -> None:
    Renderer(chrome(assets, tmp_path)).prepare([])
    assert not list(tmp_path.iterdir())


def test_more_cards_than_are_held_are_all_drawn(assets: Assets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.site.renderer._KEPT", 3)
    renderer = Renderer(chrome(assets))
    cards = tuple(card("initiative", id=f"i-{rank}", title=f"Titre {rank}.") for rank in range(10))
    for _ in range(2):
        html = renderer.page(page("list", "/initiatives/", cards=cards, groups=()))
        assert [f"Titre {rank}." in html for rank in range(10)] == [True] * 10


def test_what_utf_8_can_not_write_becomes_a_question_mark(assets: Assets) -> None:
    html = Renderer(chrome(assets)).encoded(page("event", "/agenda/fete/", title="a\udcffb"))
    assert b">a?b</h1>" in html
