"""A town with forms and keys of its own, and the collector as a real process of it."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pyrage

from generator.collector import challenge, tokens
from generator.collector.core import Keys

REPOSITORY = Path(__file__).resolve().parents[2]
SECRET = "un secret pour les essais, assez long pour servir"

SIGN_UP: dict[str, Any] = {
    "age": "seize-ans-ou-plus",
    "first_name": "Zoë",
    "last_name": "d'Ys-N'Guyen",
    "email": "zoe@courrier.example",
    "phone": "06 39 98 01 02",
    "neighbourhood": "la-gare",
    "street": "12 rue du Dépôt",
    "i_can": ["courses", "numerique"],
    "i_would_like": ["rencontrer"],
    "message": "Bonjour !",
    "charter": "oui",
}
"""A complete answer to the form `devenir-voisin-solidaire`."""


@dataclass(frozen=True, slots=True)
class Town:
    """A campaign's folder, with its private key and the collector's environment."""

    root: Path
    private_key: str
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def signups(self) -> Path:
        """The vault's folder."""
        return self.root / "data" / "signups"

    def opened(self, path: Path) -> dict[str, Any]:
        """Open a sealed file."""
        identity = pyrage.x25519.Identity.from_str(self.private_key)
        return dict(json.loads(pyrage.decrypt(path.read_bytes(), [identity])))

    def records(self, form: str = "*") -> list[dict[str, Any]]:
        """Open every submission that is kept."""
        found = sorted(self.signups.glob(f"{form}/*/*.age"))
        return [self.opened(path) for path in found if not path.name.endswith(".confirmed.age")]


def make_town(root: Path, settings: str = "") -> Town:
    """Make a town with the example's forms, neighbourhoods, events and pilot sites."""
    for part in ("forms", "neighbourhoods.yml", "events", "pilot_sites.yml"):
        source, target = REPOSITORY / "data" / part, root / "data" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.jpg"))
        else:
            shutil.copy(source, target)
    identity = pyrage.x25519.Identity.generate()
    config = (REPOSITORY / "site_config.yml").read_text("utf-8")
    lines = [line for line in config.splitlines() if not line.startswith(("signups_", "collector_url"))]
    text = "\n".join([*lines, f"signups_public_key: {identity.to_public()}", settings, ""])
    (root / "site_config.yml").write_text(text, "utf-8")
    mail_key = str(pyrage.x25519.Identity.generate())
    return Town(root, str(identity), {"VILLE_SECRET": SECRET, "VILLE_MAIL_KEY": mail_key})


def token_for(form: str = "devenir-voisin-solidaire", *, age: float = 10) -> str:
    """Give a token issued some seconds ago, signed as the collector signs."""
    return tokens.issue(Keys.of(SECRET.encode()).tokens, form, time.time() - age)


def proof_for(token: str, form: str = "devenir-voisin-solidaire") -> str:
    """Give a solved proof of work, without the work: whoever knows the secret may choose the solution."""
    keys = Keys.of(SECRET.encode())
    read = tokens.read(keys.tokens, token, form)
    assert isinstance(read, tokens.Token)
    counter = challenge.choose()
    return payload(challenge.issue(keys.challenges, read, token, counter), counter)


def payload(asked: Mapping[str, Any], counter: int) -> str:
    """Give a solution as ALTCHA sends it."""
    return b64encode(json.dumps({"challenge": asked, "solution": {"counter": counter}}).encode()).decode()


def solve(asked: Mapping[str, Any]) -> str:
    """Solve a challenge as ALTCHA's worker does."""
    parameters = asked["parameters"]
    start = bytes.fromhex(parameters["salt"] + parameters["nonce"])
    wanted = bytes.fromhex(parameters["keyPrefix"])
    for counter in range(challenge.HARDEST + 1):
        if hashlib.sha256(start + counter.to_bytes(4, "big")).digest().startswith(wanted):
            return payload(asked, counter)
    raise AssertionError("no solution")


def free_port() -> int:
    """Give a port that nothing listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Running:
    """A collector at work."""

    town: Town
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def post(self, form: str = "devenir-voisin-solidaire", **options: Any) -> httpx.Response:
        """Send something to a form."""
        return httpx.post(f"{self.url}/forms/{form}", timeout=30, **options)

    def sign_up(self, **changed: Any) -> httpx.Response:
        """Send a sign-up as a script does, with a fresh token and its proof unless `changed` has them."""
        token = changed.pop("token", None) or token_for()
        proof = {"altcha": changed.pop("altcha", None) or proof_for(token)}
        return self.post(json={**SIGN_UP, "token": token, **proof, **changed})

    def kill(self) -> None:
        """Kill it at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


COMMAND = "import sys; from generator.collector.server import serve; from pathlib import Path; "


def start(town: Town, *, port: int = 0, processes: int = 1, before: str = "", **options: Any) -> Running:
    """Start a collector as a process of its own; `before` is Python that runs first in it."""
    port = port or free_port()
    code = f"{COMMAND}{before}\nserve(Path(sys.argv[1]), '127.0.0.1', {port}, {processes})"
    environment = {**os.environ, **town.environment, "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(town.root)], env=environment, start_new_session=True, **options
    )
    for _ in range(300):
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                return Running(town, port, process)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError("the collector did not start")


@contextlib.contextmanager
def running(town: Town, **options: Any) -> Iterator[Running]:
    """Run a collector for the length of a block."""
    collector = start(town, **options)
    try:
        yield collector
    finally:
        if collector.process.poll() is None:
            os.killpg(collector.process.pid, signal.SIGTERM)
            try:
                collector.process.wait(20)
            except subprocess.TimeoutExpired:
                collector.kill()
