"""`ville badges`, as staff use it: keys, signatures, and what a verification says."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from generator.build import build
from generator.campaign.models.fields import PARIS
from generator.signups.leaks import leaks

from .town import NOW, diploma, label, make_town, signed, ville

Capture = pytest.CaptureFixture[str]


def snapshot(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data/credentials").iterdir()}


def test_keygen_writes_the_public_key_into_the_settings_and_the_private_one_elsewhere(town: Path) -> None:
    (private,) = (town.parent / "cles").iterdir()
    assert private.stat().st_mode & 0o777 == 0o600
    secret = private.read_bytes()
    assert all(secret not in path.read_bytes() for path in town.rglob("*") if path.is_file())
    assert "\nbadge_keys:\n  - z6Mk" in (town / "site_config.yml").read_text("utf-8")


def test_keygen_never_writes_the_private_key_into_the_campaign(tmp_path: Path, capsys: Capture) -> None:
    root = make_town(tmp_path)
    assert ville(root, "keygen", "--output", str(root / "cles")) == 1
    assert "dossier du site" in capsys.readouterr().err
    assert not (root / "cles").exists()


def test_a_second_key_comes_before_the_first_which_stays_known(town: Path, key: str, capsys: Capture) -> None:
    before = snapshot(town)
    assert ville(town, "keygen", "--output", str(town.parent / "cles")) == 0
    text = (town / "site_config.yml").read_text("utf-8")
    assert text.count("  - z6Mk") == 2
    assert ville(town, "sign", "--key", key) == 1
    assert "première clé" in capsys.readouterr().err
    assert ville(town, "sign", "--key", str(town.parent / "cles/cle-attestations-2026-11-23.pem")) == 0
    assert snapshot(town) == before


def test_a_private_key_left_in_the_campaign_is_an_error(town: Path, key: str) -> None:
    (town / "cle-attestations.pem").write_bytes(Path(key).read_bytes())
    assert [problem.code for problem in leaks(town)] == ["private-key"]


def test_a_private_key_written_as_multikey_is_an_error_too(town: Path) -> None:
    (town / "data/notes.txt").write_text("secretKeyMultibase: z3u2" + "e" * 44, "utf-8")
    assert [problem.code for problem in leaks(town)] == ["private-key"]


def test_what_is_to_come_is_not_signed(town: Path) -> None:
    assert snapshot(town).keys() == {
        "IS-2024-002.json",
        "IS-2026-001.json",
        "IS-2026-003.json",
        "IS-2026-000005.json",
        "BV-2026-001.json",
        "BV-2026-002.json",
        "GS-2026-001.json",
    }


def test_signing_again_changes_nothing_until_a_record_does(town: Path, key: str) -> None:
    before = snapshot(town)
    assert ville(town, "sign", "--key", key) == 0
    assert snapshot(town) == before
    label("valable", town, title="Immeuble du Parc")
    assert ville(town, "sign", "--key", key) == 0
    assert {name for name, content in snapshot(town).items() if content != before.get(name)} == {"IS-2026-001.json"}
    label("valable", town)
    assert ville(town, "sign", "--key", key) == 0
    assert snapshot(town) == before


def test_a_file_that_was_tampered_with_is_signed_again(town: Path, key: str) -> None:
    before = snapshot(town)
    file = town / "data/credentials/IS-2026-001.json"
    file.write_text(file.read_text("utf-8").replace('"proofValue": "z', '"proofValue": "z2'), "utf-8")
    assert ville(town, "sign", "--key", key) == 0
    assert snapshot(town) == before


def test_the_key_may_come_from_the_environment(town: Path, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(town)
    for file in (town / "data/credentials").iterdir():
        file.unlink()
    monkeypatch.setenv("VILLE_BADGES_KEY", Path(key).read_text("utf-8").replace("\n", "\\n"))
    assert ville(town, "sign", "--key", "/nulle/part", now="2026-08-01T12:00") == 0
    assert snapshot(town) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--key", "/nulle/part.pem"], "n'est pas ici"),
        (["--key", __file__], "ne contient pas la clé"),
        (["BV-2026-009"], "Vouliez-vous dire « BV-2026-00"),
    ],
)
def test_what_can_t_be_signed_is_told_in_a_sentence(
    town: Path, key: str, capsys: Capture, arguments: list[str], said: str
) -> None:
    assert ville(town, "sign", "--key", key, *arguments) == 1
    assert said in capsys.readouterr().err


def test_nothing_is_signed_while_a_record_has_errors(town: Path, key: str, capsys: Capture) -> None:
    before = snapshot(town)
    diploma("faux", town, serial="BV-2026-002", holder="X")
    assert ville(town, "sign", "--key", key) == 1
    error = capsys.readouterr().err
    assert "duplicate-value" in error
    assert "Corrigez d'abord" in error
    assert snapshot(town) == before


# --- verifying


def verified(town: Path, capsys: Capture, *arguments: str, now: str = NOW) -> tuple[bool, str]:
    capsys.readouterr()
    status = ville(town, "verify", *arguments, now=now)
    return status == 0, capsys.readouterr().out.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("serial", "good", "said"),
    [
        ("IS-2026-001", True, "Vaut du 1er février 2026 au 31 janvier 2027 inclus."),
        ("IS-2024-002", False, "a expiré après le 31 janvier 2025."),
        ("IS-2026-003", False, "attestation retirée (Retiré le 15 septembre 2026)."),
        ("BV-2026-001", True, "Pour : Zoë d’Ys."),
        ("BV-2026-002", True, "Le nom du titulaire n'est pas publié"),
    ],
)
def test_a_verification_says_what_counts(town: Path, capsys: Capture, serial: str, good: bool, said: str) -> None:
    found, output = verified(town, capsys, str(town / f"data/credentials/{serial}.json"))
    assert found is good
    assert said in output
    assert "La signature est juste" in output
    assert (" : VALABLE\n" in output) is good
    assert (" : NON VALABLE\n" in output) is not good


def test_a_changed_word_is_told(town: Path, capsys: Capture) -> None:
    file = town / "data/credentials/BV-2026-001.json"
    file.write_text(file.read_text("utf-8").replace("Zoë", "Chloë"), "utf-8")
    found, output = verified(town, capsys, str(file))
    assert not found
    assert "La signature est fausse" in output


def test_a_name_that_stands_twice_is_no_way_round(town: Path, capsys: Capture) -> None:
    file = town / "data/credentials/IS-2024-002.json"
    file.write_text(file.read_text("utf-8").replace("{", '{"validUntil": "2099-01-01T00:00:00Z",', 1), "utf-8")
    assert not verified(town, capsys, str(file))[0]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"type": 3}',
        "[" * 100_000,
        '{"type": ["OpenBadgeCredential"]}',
        '{"type": "OpenBadgeCredential", "issuer": "x", "credentialSubject": [], "proof": []}',
        "\x00\xff",
    ],
)
def test_what_is_no_credential_is_told_in_a_sentence(town: Path, capsys: Capture, content: str) -> None:
    file = town.parent / "essai.json"
    file.write_text(content, "utf-8")
    found, output = verified(town, capsys, str(file))
    assert not found
    assert "Ce n'est pas une attestation" in output


@pytest.mark.parametrize(
    "change",
    [
        {"validFrom": "hier"},
        {"validFrom": "2026-02-01"},
        {"validFrom": None},
        {"credentialStatus": {"id": "x", "type": "BitstringStatusListEntry"}},
        {"credentialStatus": "x"},
        {"proof": [{}]},
        {"issuer": {"id": "did:key:z6Mk", "name": "x"}},
        {"issuer": {"id": "did:web:[", "name": "x"}},
        {"issuer": {"id": "did:web:localhost%3A9", "name": "x"}},
        {"credentialSubject": {"achievement": {"name": "x"}, "identifier": [{"hashed": True}]}},
    ],
)
def test_a_credential_with_a_faulty_part_never_counts(town: Path, capsys: Capture, change: dict[str, Any]) -> None:
    file = town.parent / "essai.json"
    file.write_text(json.dumps(signed(town, "IS-2026-001") | change), "utf-8")
    assert not verified(town, capsys, str(file))[0]


def test_the_code_on_the_paper_proves_who_the_hidden_holder_is(town: Path, key: str, capsys: Capture) -> None:
    capsys.readouterr()
    assert ville(town, "sign", "--key", key, "BV-2026-002") == 0
    code = capsys.readouterr().out.split(" : ")[-1].strip()
    file = str(town / "data/credentials/BV-2026-002.json")
    assert "Le code est bien celui du titulaire." in verified(town, capsys, file, "--code", code)[1]
    assert not verified(town, capsys, file, "--code", "AAAA-BBBB-CCCC-DDDD")[0]
    assert all(code.encode() not in path.read_bytes() for path in town.rglob("*") if path.is_file())


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Give a folder and the address under which it is served."""
    folder = tmp_path / "web"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("folder", ["", "/campagne/solidaire"])
def test_anyone_can_verify_over_the_web_from_the_verification_page(
    tmp_path: Path, web: tuple[Path, str], capsys: Capture, folder: str
) -> None:
    """The issuer's keys and the withdrawals are then those that the site publishes, wherever it stands."""
    root, base = make_town(tmp_path), web[1] + folder
    settings = root / "site_config.yml"
    settings.write_text(settings.read_text("utf-8").replace("https://essai.example/", f"{base}/"), "utf-8")
    ville(root, "keygen", "--output", str(tmp_path / "cles"))
    ville(root, "sign", "--key", str(tmp_path / "cles/cle-attestations.pem"), now="2026-08-01T12:00")
    report = build(root, web[0] / folder.strip("/"), datetime.fromisoformat(NOW).replace(tzinfo=PARIS), 1)
    assert [problem for problem in report.problems if problem.severity == "error"] == []
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    pages = {"immeubles/valable": True, "distinctions/bv-2026-002": True, "immeubles/retire": False}
    for page, good in pages.items():
        found, output = verified(elsewhere, capsys, f"{base}/{page}/")
        assert found is good, output
        assert "La signature est juste" in output
    assert not verified(elsewhere, capsys, f"{base}/immeubles/a-venir/")[0]
