"""The settings for web servers, asked of the servers themselves: Debian's nginx and Apache, on a built site."""

import http.client
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build import build
from generator.config import SiteConfig
from generator.problems import has_errors
from generator.site.assets import PALETTES
from generator.site.headers import security_headers, server_settings
from tests.benchmarks.generate import write_campaign

from .towns import NOW, add, gathered, library_of

SERVERS = {"nginx": "/usr/sbin/nginx", "apache": "/usr/sbin/apache2"}
"""Debian's: `make test` installs them where it can."""
MODULES = Path("/usr/lib/apache2/modules")
GONE = "/presse/retire/"
PUBLIC_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
REASON = "Un chiffre était faux."


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    """Give a built site with a release taken back, which once had another name.

    Not in pytest's own folder: servers run their workers as another user, who may not enter there.
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        write_campaign(root, records=60, documents=20)
        with (root / "site_config.yml").open("a", encoding="utf-8") as settings:
            settings.write(f"badge_keys: [{PUBLIC_KEY}]\n")
        withdrawn = {"date": "2026-06-01", "reason": REASON}
        add(root, "press_release", "retire", body="Canari.", withdrawn=withdrawn, aliases=["retire-autrefois"])
        report = build(root, root / "site", NOW, 1)
        assert not has_errors(report.problems), report.problems
        yield root / "site"


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, site: Path, tmp_path: Path) -> Iterator[int]:
    """Give the port where a real server serves the site with the settings that came with it."""
    port = _free_port()
    write = _nginx if request.param == "nginx" else _apache
    with _running([SERVERS[request.param], *write(site, tmp_path, port)], port):
        yield port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _nginx(site: Path, folder: Path, port: int) -> list[str]:
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/errors; events {{}} http {{ {temporary} access_log off;"
        f" include /etc/nginx/mime.types; server {{ listen 127.0.0.1:{port}; root {site}; index index.html;"
        f" include {site}/.nginx.conf; }} }}"
    )
    return ["-p", str(folder), "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"]


def _apache(site: Path, folder: Path, port: int) -> list[str]:
    modules = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers")
    loads = "".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so\n" for name in modules)
    (folder / "apache.conf").write_text(
        f"ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/errors\n"
        f"DefaultRuntimeDir {folder}\n{loads}DocumentRoot {site}\nTypesConfig /etc/mime.types\n"
        f"DirectoryIndex index.html\n<Directory {site}>\nAllowOverride All\nRequire all granted\n</Directory>\n"
    )
    return ["-D", "FOREGROUND", "-d", str(folder), "-f", f"{folder}/apache.conf"]


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except ConnectionRefusedError:
                assert process.poll() is None, process.stderr and process.stderr.read()
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()
        if process.stderr:
            process.stderr.close()


def ask(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def test_what_was_taken_back_is_gone_and_its_page_says_why(server: int) -> None:
    for path in (GONE, "/presse/retire-autrefois/"):
        status, headers, body = ask(server, path)
        assert status == 410
        assert headers["content-type"].startswith("text/html")
        assert "Page retirée" in body
        assert REASON.replace("'", "’") in body
        assert "Canari" not in body
        assert 'content="noindex"' in body


def test_other_pages_are_there_and_what_never_was_is_not_found(server: int) -> None:
    assert ask(server, "/presse/").status == 200
    missing = ask(server, "/presse/jamais-paru/")
    assert missing.status == 404
    assert "Page introuvable" in missing.body


def test_hidden_files_are_not_served(server: int) -> None:
    for path in ("/.htaccess", "/.nginx.conf", "/.ville-solidaire"):
        assert ask(server, path).status in (403, 404)


def test_browsers_ask_whether_colours_changed(server: int, bare_campaign: Path) -> None:
    for name in PALETTES:
        answer = ask(server, f"/assets/{name}")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["content-security-policy"]
    assert "cache-control" not in ask(server, "/presse/").headers


def test_feeds_are_sent_as_what_browsers_show(server: int, bare_campaign: Path) -> None:
    expected = security_headers(library_of(gathered(bare_campaign)).config)
    for path in ("/flux/presse.atom", "/flux/presse.xml"):
        answer = ask(server, path)
        assert answer.status == 200
        assert answer.headers["content-type"].partition(";")[0] in ("application/xml", "text/xml")
        assert answer.headers["content-security-policy"] == expected["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/.well-known/did.json", "/attestations/retraits.json"])
def test_a_verifier_in_any_page_of_the_web_may_read_keys_and_withdrawals(
    server: int, bare_campaign: Path, path: str
) -> None:
    answer = ask(server, path)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    expected = security_headers(library_of(gathered(bare_campaign)).config)
    assert {name: answer.headers.get(name.lower()) for name in expected} == expected
    assert "access-control-allow-origin" not in ask(server, "/").headers


@pytest.mark.parametrize("path", ["/", GONE, "/rien/", "/robots.txt"])
def test_every_answer_bears_the_security_headers(server: int, bare_campaign: Path, path: str) -> None:
    expected = security_headers(library_of(gathered(bare_campaign)).config)
    found = ask(server, path).headers
    assert {name: found.get(name.lower()) for name in expected} == expected


def settings(**fields: str) -> SiteConfig:
    return SiteConfig.blank().model_copy(
        update={"url": "https://solidaire.exemple.fr/", "collector_url": None, **fields}
    )


def test_forms_may_reach_the_collector_and_nothing_else() -> None:
    policy = security_headers(settings(collector_url="https://collecte.exemple.fr:8443/aubrenay/"))[
        "Content-Security-Policy"
    ]
    assert "connect-src 'self' https://collecte.exemple.fr:8443;" in policy
    assert "form-action 'self' https://collecte.exemple.fr:8443;" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")


def test_a_site_in_clear_does_not_ask_for_https_for_ever() -> None:
    assert "Strict-Transport-Security" in security_headers(settings())
    assert "Strict-Transport-Security" not in security_headers(settings(url="http://intranet.exemple.fr/"))


def test_a_site_in_a_folder_is_gone_from_that_folder() -> None:
    files = server_settings(settings(url="https://www.exemple.fr/solidaire/"), [GONE])
    assert "location = /solidaire/presse/retire/ {" in files[".nginx.conf"]
    assert "ErrorDocument 404 /solidaire/404.html" in files[".htaccess"]
    assert files["_redirects"] == "/solidaire/presse/retire/ /solidaire/presse/retire/index.html 410!\n"
