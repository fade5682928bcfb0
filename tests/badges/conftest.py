"""A town with keys, everything that can be attested today signed."""

from pathlib import Path

import pytest

from .town import make_town, ville


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the root of a town whose private key is in its folder's `cles`, beside it."""
    monkeypatch.delenv("VILLE_BADGES_KEY", raising=False)
    root = make_town(tmp_path)
    assert ville(root, "keygen", "--output", str(tmp_path / "cles")) == 0
    assert ville(root, "sign", "--key", str(tmp_path / "cles/cle-attestations.pem"), now="2026-08-01T12:00") == 0
    return root


@pytest.fixture
def key(town: Path) -> str:
    """Give the path of the town's private key."""
    return str(town.parent / "cles/cle-attestations.pem")
