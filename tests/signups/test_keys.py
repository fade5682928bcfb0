"""Making the keys: the private half stays out of the site, and what runs on them runs."""

from pathlib import Path

import pytest

from generator.collector.running import assemble
from generator.collector.settings import NotReady
from tests.collector.town import Town
from tests.signups.staff import ville


@pytest.fixture
def keyless(town: Town) -> Town:
    settings = town.root / "site_config.yml"
    lines = [line for line in settings.read_text("utf-8").splitlines() if not line.startswith("signups_public_key")]
    settings.write_text("\n".join(lines), "utf-8")
    return town


def test_without_keys_the_collector_says_which_command_makes_them(keyless: Town) -> None:
    with pytest.raises(NotReady, match="ville signups keygen"):
        assemble(keyless.root, keyless.environment)


@pytest.mark.parametrize("name", ["VILLE_SECRET", "VILLE_MAIL_KEY"])
def test_without_a_secret_the_collector_says_which_one(town: Town, name: str) -> None:
    town.environment[name] = "court"
    with pytest.raises(NotReady, match=name):
        assemble(town.root, town.environment)


def test_keygen_makes_all_that_a_collector_and_staff_need(
    keyless: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cles"
    assert ville(keyless, "keygen", "--output", str(folder)) == 0
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "cle-privee.txt": 0o600,
        "collecteur.env": 0o600,
    }
    environment = dict(line.split("=", 1) for line in (folder / "collecteur.env").read_text().splitlines())
    assert assemble(keyless.root, environment).vault
    private = (folder / "cle-privee.txt").read_text().split("\n")[2]
    assert private.startswith("AGE-SECRET-KEY-1")
    printed = capsys.readouterr().out
    assert private not in printed
    assert "jamais dans git" in printed
    assert not [
        path for path in keyless.root.rglob("*") if path.is_file() and private in path.read_text("utf-8", "replace")
    ]


def test_keygen_replaces_no_key(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (town.root / "site_config.yml").read_bytes()
    assert ville(town, "keygen", "--output", str(tmp_path / "cles")) == 1
    assert (town.root / "site_config.yml").read_bytes() == before
    assert "déjà inscrite" in capsys.readouterr().err


def test_keygen_puts_no_secret_in_the_site_s_folder(keyless: Town) -> None:
    assert ville(keyless, "keygen", "--output", str(keyless.root / "data" / "cles")) == 1
    assert not (keyless.root / "data" / "cles").exists()
