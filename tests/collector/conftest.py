"""A town and its collector for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collector.town import Running, Town, make_town, running


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return make_town(tmp_path)


@pytest.fixture(scope="module")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a collector, shared by the tests of a module."""
    with running(make_town(tmp_path_factory.mktemp("town"))) as found:
        yield found
