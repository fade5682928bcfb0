"""The theme compiled when the program is set up: first builds find it, and do as well without."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from jinja2 import Environment

from generator.build import build
from generator.build.compiling import compile_theme
from generator.build.memory import program_digest
from generator.campaign.models.fields import PARIS
from generator.site import kept
from generator.site.assets import THEME
from generator.site.kept import Kept

from .snapshots import snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the theme compiled, to read only."""
    folder = tmp_path_factory.mktemp("compiled")
    compile_theme(Kept(folder, program_digest()))
    return folder


@pytest.fixture
def without(campaign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give the site as a build makes it that finds nothing compiled."""
    monkeypatch.setattr(kept, "SET_UP", tmp_path / "nothing")
    build(campaign, tmp_path / "without", NOW, 1)
    shutil.rmtree(campaign / ".cache")
    return _site(tmp_path / "without")


def _site(output: Path) -> dict[str, str]:
    return {path: digest for path, digest in snapshot(output).items() if path != ".ville-solidaire"}


def _refused(*_: object, **__: object) -> None:
    raise AssertionError("A template is compiled.")


def _made(campaign: Path) -> set[str]:
    return {path.name for path in (campaign / ".cache/templates").iterdir()}


@pytest.mark.parametrize("clean", [False, True])
def test_a_first_build_makes_nothing_that_is_there(
    compiled: Path,
    without: dict[str, str],
    campaign: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clean: bool,
) -> None:
    there = snapshot(compiled)
    monkeypatch.setattr(kept, "SET_UP", compiled)
    monkeypatch.setattr(Environment, "compile", _refused)
    build(campaign, tmp_path / "site", NOW, 1, clean=clean)
    assert len(there) > 40
    assert not there.keys() & _made(campaign)
    assert snapshot(compiled) == there
    assert _site(tmp_path / "site") == without


def test_a_theme_of_the_campaign_s_own_is_drawn_as_it_is_written(
    compiled: Path, campaign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Path(shutil.copytree(THEME, campaign / "theme", ignore=shutil.ignore_patterns("node_modules")))
    (theme / "node_modules").symlink_to(THEME / "node_modules")
    for name, word in (("pages/detail.html", "<h1"), ("partials/footer.html", "<footer")):
        template = theme / name
        template.write_text(template.read_text().replace(word, f"<!-- à nous -->{word}"))
    monkeypatch.setattr(kept, "SET_UP", compiled)
    build(campaign, tmp_path / "site", NOW, 1)
    portrait = next((tmp_path / "site/portraits").glob("*/index.html")).read_text()
    assert "<!-- à nous --><h1" in portrait
    assert "<!-- à nous --><footer" in portrait


def test_what_another_version_compiled_or_what_is_damaged_is_not_used(
    compiled: Path, without: dict[str, str], campaign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = Path(shutil.copytree(compiled, tmp_path / "foreign"))
    compile_theme(Kept(foreign, "another version"))
    for rank, file in enumerate(sorted(foreign.iterdir())):
        if rank % 2:
            file.write_bytes((compiled / file.name).read_bytes()[:-1])
    monkeypatch.setattr(kept, "SET_UP", foreign)
    build(campaign, tmp_path / "site", NOW, 1)
    assert _site(tmp_path / "site") == without
    assert len(_made(campaign) & snapshot(foreign).keys()) > 30
