"""A town for the tests of this folder."""

from pathlib import Path

import pytest

from tests.collector.town import Town, make_town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return make_town(tmp_path / "ville")
