"""Templates compiled ahead of a first build: the very ones that its pages are drawn with."""

from datetime import datetime
from pathlib import Path

from generator.build import build
from generator.build.compiling import compiling
from generator.campaign.models.fields import PARIS

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)


def _kept(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / ".cache/templates").iterdir()}


def test_pages_are_drawn_with_templates_compiled_ahead(campaign: Path, tmp_path: Path) -> None:
    with compiling(campaign, 2, clean=False) as question:
        assert question
        question.answer()
    ahead = _kept(campaign)
    build(campaign, tmp_path / "site", NOW, 1)
    assert len(ahead) > 20
    assert ahead.items() < _kept(campaign).items()


def test_nothing_is_compiled_ahead_where_it_is_of_no_use(campaign: Path, tmp_path: Path) -> None:
    with compiling(campaign, 1, clean=False) as alone, compiling(campaign, 2, clean=True) as clean:
        assert alone is clean is None
    build(campaign, tmp_path / "site", NOW, 1)
    with compiling(campaign, 2, clean=False) as again:
        assert again is None
