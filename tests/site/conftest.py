"""Campaigns for the tests of pages: without pictures, which planning never opens and which take longest to make."""

import shutil
from pathlib import Path

import pytest

from generator.build.gathering import Gathered
from tests.benchmarks.generate import write_campaign

from .towns import gathered


@pytest.fixture(scope="session")
def bare_campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the root of a valid campaign with every kind of record and no picture, to read only."""
    root = tmp_path_factory.mktemp("bare")
    write_campaign(root, records=80, documents=20)
    return root


@pytest.fixture(scope="session")
def bare(bare_campaign: Path) -> Gathered:
    """Give that campaign, gathered."""
    return gathered(bare_campaign)


@pytest.fixture
def campaign(bare_campaign: Path, tmp_path: Path) -> Path:
    """Give a copy of that campaign, to add to or to change."""
    return Path(shutil.copytree(bare_campaign, tmp_path / "campaign"))
