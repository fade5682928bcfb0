"""Marker strings sent as personal data are found nowhere but inside sealed files."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.collector.town import REPOSITORY, SIGN_UP, Running, Town, make_town, proof_for, running, token_for
from tests.signups.staff import confirm, ville

MARK = "Q7marqueurZ"
PERSONAL = {
    "first_name": f"{MARK}prenom",
    "last_name": f"{MARK}nom",
    "email": f"{MARK}@courrier.example",
    "street": f"{MARK}rue",
    "message": f"{MARK}message",
}
NUMBER = "06 39 98 98 76"


def holders(folder: Path) -> list[str]:
    """Give the files under a folder that hold a marker in clear."""
    words = [MARK.encode(), MARK.lower().encode(), NUMBER.encode(), NUMBER.replace(" ", "").encode(), b"203.0.113.77"]
    return [
        str(path) for path in folder.rglob("*") if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def send_everything(collector: Running) -> None:
    """Send the markers in every way that can succeed or fail."""
    person = {**SIGN_UP, **PERSONAL, "phone": NUMBER}
    form = "devenir-voisin-solidaire"
    origin = {"x-forwarded-for": "203.0.113.77"}
    token = token_for()
    for body in (
        {**person, "token": token, "altcha": proof_for(token)},
        {**person, "token": token, "altcha": proof_for(token), "first_name": f"{MARK}autre"},
        {**person, "token": MARK},
        {**person, "token": token_for(), "altcha": MARK},
        {**person, "token": token_for(), "email": MARK},
        {**person, "token": token_for(), "site_web": MARK},
        {**person, "token": token_for(age=9000)},
        {**person, MARK: MARK},
        {**person, "first_name": {MARK: MARK}},
    ):
        collector.post(form, json=body, headers=origin)
        with contextlib.suppress(TypeError):
            collector.post(form, data=body, headers=origin)
    collector.post(form, content=f'{{"first_name": "{MARK}', headers={"content-type": "application/json", **origin})
    collector.post(form, files={"photo": (f"{MARK}.png", MARK.encode())}, headers=origin)
    for path in (f"/{MARK}", f"/forms/{MARK}", f"/challenge?form={MARK}", f"/forms/{form}/confirm?t={MARK}"):
        httpx.get(collector.url + path, headers={"referer": MARK, **origin})


def test_markers_are_in_sealed_files_only(tmp_path: Path) -> None:
    town = make_town(tmp_path / "ville")
    home = tmp_path / "home"
    home.mkdir()
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with (tmp_path / "journal").open("wb") as log:
        options = {"stdout": log, "stderr": log, "cwd": home, "before": "import faulthandler; faulthandler.enable()"}
        with running(town, **options) as collector:
            send_everything(collector)
            assert any(record["answers"]["first_name"] == f"{MARK}prenom" for record in town.records())
            assert MARK.encode() not in Path(f"/proc/{collector.process.pid}/environ").read_bytes()
            # A crash that would leave the memory in a core file.
            os.kill(collector.process.pid, signal.SIGABRT)
            collector.process.wait()
    confirm(town)
    assert ville(town, "tally") == 0
    assert ville(town, "list") == 0
    assert holders(tmp_path) == []


def test_the_site_built_beside_the_vault_holds_none(town: Town, tmp_path: Path, small_campaign: Path) -> None:
    import shutil

    with running(town) as collector:
        send_everything(collector)
    root = tmp_path / "campagne"
    shutil.copytree(small_campaign, root)
    shutil.copytree(town.signups, root / "data" / "signups")
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--output", str(root / "site")]
    subprocess.run([*command, "--now", "2026-11-23T10:00"], cwd=REPOSITORY, check=True, capture_output=True)
    assert list((root / "site").glob("**/*.html"))
    assert holders(root) == []
    assert not list((root / "site").rglob("*.age"))
