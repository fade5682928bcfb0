"""What a build publishes for whoever verifies a label or a diploma, and what it keeps to itself."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from generator.build import Report, build
from generator.campaign.models.fields import PARIS
from tests.badges.town import diploma, label, make_town, ville

SIGNING_DAY = "2026-12-05T12:00"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Give a town whose labels and diplomas are all signed, but those withdrawn by then."""
    root = make_town(tmp_path)
    ville(root, "keygen", "--output", str(tmp_path / "cles"))
    ville(root, "sign", "--key", str(tmp_path / "cles/cle-attestations.pem"), now="2026-08-01T12:00")
    ville(root, "sign", "--key", str(tmp_path / "cles/cle-attestations.pem"), now=SIGNING_DAY)
    return root


def built(root: Path, now: str = "2026-11-23T12:00") -> tuple[Path, Report]:
    report = build(root, root / "site", datetime.fromisoformat(now).replace(tzinfo=PARIS), 1)
    assert not [problem for problem in report.problems if problem.severity == "error"], report.problems
    return root / "site", report


def warnings(report: Report) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in report.problems if problem.code.startswith("credential")]


def test_credentials_are_published_beside_their_pages_byte_for_byte(town: Path) -> None:
    site, report = built(town)
    assert warnings(report) == []
    for serial, page in (("IS-2026-001", "immeubles/valable"), ("BV-2026-002", "distinctions/bv-2026-002")):
        signed = (town / f"data/credentials/{serial}.json").read_bytes()
        assert (site / page / "attestation.json").read_bytes() == signed
        assert "attestation.json" in (site / page / "index.html").read_text("utf-8")


def test_what_is_to_come_waits_for_its_day(town: Path) -> None:
    site, report = built(town)
    assert (town / "data/credentials/IS-2026-004.json").exists()
    assert warnings(report) == []
    assert not (site / "immeubles/a-venir/attestation.json").exists()
    assert all(b"IS-2026-004" not in path.read_bytes() for path in site.rglob("*") if path.is_file())
    assert (built(town, "2026-12-01T00:00")[0] / "immeubles/a-venir/attestation.json").exists()


def test_a_record_that_changed_since_it_was_signed_loses_its_credential_and_staff_are_told(town: Path) -> None:
    built(town)
    label("valable", town, title="Immeuble du Parc")
    site, report = built(town)
    assert warnings(report) == [("data/credentials/IS-2026-001.json", "credential-outdated")]
    assert not (site / "immeubles/valable/attestation.json").exists()
    assert "attestation.json" not in (site / "immeubles/valable/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"proof": 3}', '{"proof": {"verificationMethod": []}}', "[" * 99_999]
)
def test_a_file_that_is_no_credential_is_not_published(town: Path, content: str) -> None:
    (town / "data/credentials/BV-2026-002.json").write_text(content, "utf-8")
    site, report = built(town)
    assert warnings(report) == [("data/credentials/BV-2026-002.json", "credential-outdated")]
    assert not (site / "distinctions/bv-2026-002/attestation.json").exists()


def test_a_credential_of_nothing_is_told(town: Path) -> None:
    (town / "data/awards/bv-2026-001.yml").unlink()
    assert warnings(built(town)[1]) == [("data/credentials/BV-2026-001.json", "credential-unknown")]


def test_a_holder_whose_name_is_hidden_after_all_is_no_longer_named(town: Path) -> None:
    diploma("bv-2026-001", town)
    site, report = built(town)
    assert warnings(report) == [("data/credentials/BV-2026-001.json", "credential-outdated")]
    assert all("Zoë".encode() not in path.read_bytes() for path in site.rglob("*") if path.is_file())


def test_a_withdrawal_enters_the_list_on_its_day_and_not_before(town: Path) -> None:
    def listed(now: str) -> list[str]:
        found: dict[str, Any] = json.loads((built(town, now)[0] / "attestations/retraits.json").read_bytes())
        return [each["id"] for each in found["revokedCredentials"]]

    assert listed("2026-09-14T23:59") == []
    assert listed("2026-09-15T00:00") == ["https://essai.example/immeubles/retire/attestation.json"]


@pytest.mark.parametrize(
    ("url", "path", "did"),
    [
        ("https://essai.example/", ".well-known/did.json", "did:web:essai.example"),
        ("https://essai.example:8443", ".well-known/did.json", "did:web:essai.example%3A8443"),
        ("https://essai.example/voisins/", "did.json", "did:web:essai.example:voisins"),
        ("https://Essai.example/l'été/x", "did.json", "did:web:essai.example:l%27%C3%A9t%C3%A9:x"),
    ],
)
def test_the_issuer_s_keys_are_published_where_did_web_looks_for_them(
    town: Path, url: str, path: str, did: str
) -> None:
    settings = town / "site_config.yml"
    settings.write_text(settings.read_text("utf-8").replace("url: https://essai.example/", f'url: "{url}"'), "utf-8")
    document = json.loads((built(town)[0] / path).read_bytes())
    assert document["id"] == did
    (method,) = document["verificationMethod"]
    assert document["assertionMethod"] == [method["id"]]
    assert method["id"] == f"{did}#{method['publicKeyMultibase']}"


def test_without_a_public_key_nothing_is_published(tmp_path: Path) -> None:
    site, report = built(make_town(tmp_path))
    assert warnings(report) == []
    assert not (site / "attestations").exists()
    assert not list(site.rglob("did.json"))


def test_a_build_never_loads_what_signs(town: Path) -> None:
    code = (
        "import sys; from generator.cli import main; status = main(sys.argv[1:]); "
        "assert not {'cryptography', 'rfc8785'} & sys.modules.keys(); sys.exit(status)"
    )
    command = [sys.executable, "-c", code, "build", "--root", str(town), "--now", "2026-11-23T12:00"]
    assert subprocess.run(command, check=False).returncode == 0
