"""The same requests through the server, the function and the preview get the same answers."""

import asyncio
import contextlib
import json
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from generator.collector import functions
from generator.collector.app import Door
from generator.collector.running import assemble
from tests.collector.town import SIGN_UP, Town, free_port, make_town, proof_for, running, token_for


@dataclass
class Answered:
    status: int
    headers: dict[str, str]
    text: str


Ask = Callable[..., Answered]
FORM = "/forms/devenir-voisin-solidaire"


@pytest.fixture(scope="module", params=["server", "function", "old-function", "preview"])
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, Ask]]:
    town = make_town(tmp_path_factory.mktemp("town"))
    with {"server": by_server, "preview": by_preview}.get(request.param, by_function(request.param))(town) as ask:
        yield town, ask


@contextlib.contextmanager
def by_server(town: Town) -> Iterator[Ask]:
    with running(town) as collector:
        yield over_http(collector.url)


@contextlib.contextmanager
def by_preview(town: Town) -> Iterator[Ask]:
    """Put the collector's routes beside a site's, in one application."""
    door = Door(assemble(town.root, town.environment))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        async with door.running():
            yield

    site = Mount("/", PlainTextResponse("le site"))
    port = free_port()
    config = uvicorn.Config(Starlette(routes=[*door.routes(), site], lifespan=lifespan), port=port, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        thread.join(0.02)
    try:
        yield over_http(f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join()


def over_http(url: str) -> Ask:
    def ask(method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Answered:
        answer = httpx.request(method, url + path, headers=headers, content=body or None)
        return Answered(answer.status_code, dict(answer.headers), answer.text)

    return ask


def by_function(shape: str) -> Callable[[Town], Any]:
    @contextlib.contextmanager
    def opened(town: Town) -> Iterator[Ask]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**town.environment, "VILLE_ROOT": str(town.root)}.items():
                patch.setenv(name, value)
            functions.collector.cache_clear()
            yield lambda *asked, **options: by_event(shape, *asked, **options)
            functions.collector.cache_clear()

    return opened


def by_event(shape: str, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Answered:
    plain, _, query = path.partition("?")
    event: dict[str, Any] = {"headers": headers or {}, "body": b64encode(body).decode(), "isBase64Encoded": True}
    if shape == "function":
        about = {"http": {"method": method, "sourceIp": "192.0.2.7"}}
        event |= {"version": "2.0", "rawPath": plain, "rawQueryString": query, "requestContext": about}
    else:
        pairs = dict(pair.split("=", 1) for pair in query.split("&") if pair)
        event |= {"httpMethod": method, "path": plain, "queryStringParameters": pairs}
    answer = functions.handler(event)
    return Answered(answer["statusCode"], answer["headers"], answer["body"])


PAGE = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}
SCRIPT = {"accept": "application/json", "content-type": "application/json"}


def encoded(**answers: Any) -> bytes:
    return urlencode(answers, doseq=True).encode()


def test_a_script_gets_a_token_and_limits(door: tuple[Town, Ask]) -> None:
    answer = door[1]("GET", FORM)
    assert answer.status == 200
    assert '"token"' in answer.text
    assert '"challenge"' in answer.text


def test_a_browser_gets_the_form(door: tuple[Town, Ask]) -> None:
    answer = door[1]("GET", FORM, {"accept": "text/html"})
    assert answer.status == 200
    assert 'name="token"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_script_s_sign_up_is_kept_once_however_often_it_is_sent(door: tuple[Town, Ask]) -> None:
    town, ask = door
    token = token_for()
    body = json.dumps({**SIGN_UP, "first_name": "Une fois", "token": token, "altcha": proof_for(token)}).encode()
    answers = [ask("POST", FORM, SCRIPT, body) for _ in range(3)]
    assert [(answer.status, answer.text) for answer in answers] == [(200, answers[0].text)] * 3
    assert [record["answers"]["first_name"] for record in town.records()].count("Une fois") == 1


def test_a_browser_s_sign_up_leads_to_thanks(door: tuple[Town, Ask]) -> None:
    town, ask = door
    answer = ask("POST", FORM, PAGE, encoded(**{**SIGN_UP, "first_name": "Page", "token": token_for()}))
    assert answer.status == 303
    assert answer.headers["location"] == f"{FORM}/thanks"
    assert ask("GET", answer.headers["location"], PAGE).status == 200
    assert any(record["answers"]["first_name"] == "Page" for record in town.records())


def test_a_browser_without_token_is_shown_its_answers_with_one(door: tuple[Town, Ask]) -> None:
    answer = door[1]("POST", FORM, PAGE, encoded(**{**SIGN_UP, "street": "rue <script>"}))
    assert answer.status == 200
    assert 'name="token"' in answer.text
    assert 'value="rue &lt;script&gt;"' in answer.text
    assert 'value="courses" checked' in answer.text


def test_wrong_answers_come_back_with_what_was_typed(door: tuple[Town, Ask]) -> None:
    answer = door[1]("POST", FORM, PAGE, encoded(**{**SIGN_UP, "email": "pas une adresse", "token": token_for()}))
    assert answer.status == 422
    assert 'value="pas une adresse"' in answer.text
    assert 'href="#email"' in answer.text


def test_under_sixteen_is_sent_to_paper(door: tuple[Town, Ask]) -> None:
    town, ask = door
    young = {**SIGN_UP, "age": "moins-de-seize-ans", "first_name": "Jeune", "token": token_for()}
    answer = ask("POST", FORM, PAGE, encoded(**young))
    assert answer.status == 422
    assert "papier" in answer.text
    assert not any(record["answers"]["first_name"] == "Jeune" for record in town.records())


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", "/forms/inconnu", {}, b"", 404),
        ("DELETE", FORM, {}, b"", 405),
        ("PUT", "/health", {}, b"", 405),
        ("POST", FORM, SCRIPT, b"{", 400),
        ("POST", FORM, SCRIPT, b"[" * 10_000, 400),
        ("POST", FORM, SCRIPT, b'{"email": "\\ud800"}', 400),
        ("POST", FORM, SCRIPT, b"{}", 403),
        ("POST", FORM, PAGE, b"email=\xff", 400),
        ("POST", FORM, PAGE, b"email=a&email=b", 400),
        ("POST", FORM, PAGE, b"email=%00", 400),
        ("POST", FORM, PAGE, b"&".join(b"f%d=1" % number for number in range(1000)), 400),
        ("POST", FORM, PAGE, b"message=" + b"x" * 70_000, 413),
        ("POST", FORM, {"content-type": "text/plain"}, b"x", 415),
        ("POST", FORM, {}, b"x", 415),
        ("POST", FORM, {**SCRIPT, "content-encoding": "gzip"}, b"x", 415),
        ("POST", FORM, {"content-type": "application/json; charset=latin-1"}, b"{}", 415),
        ("POST", FORM, {**PAGE, "origin": "https://autre.example"}, b"email=a", 403),
        ("GET", "/challenge?form=inconnu", {}, b"", 404),
        ("GET", f"{FORM}/confirm?t=forge", {}, b"", 403),
        ("POST", f"{FORM}/confirm", PAGE, b"t=forge", 403),
    ],
)
def test_what_is_wrong_gets_its_status_and_a_french_sentence(
    door: tuple[Town, Ask], method: str, path: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    answer = door[1](method, path, headers, body)
    assert answer.status == status
    assert any(word in answer.text for word in ("formulaire", "adresse", "envoi", "lien", "réponses"))
    assert "Traceback" not in answer.text


def test_a_method_that_is_not_allowed_is_told_which_ones_are(door: tuple[Town, Ask]) -> None:
    assert door[1]("PUT", FORM).headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_the_site_s_own_pages_may_call_from_its_own_address(door: tuple[Town, Ask]) -> None:
    site = {"origin": "https://solidaire.aubrenay.example"}
    assert door[1]("GET", FORM, site).headers["access-control-allow-origin"] == site["origin"]
    assert door[1]("OPTIONS", FORM, site).status == 204
    other = door[1]("GET", FORM, {"origin": "https://autre.example"})
    assert "access-control-allow-origin" not in other.headers


def test_files_are_refused(door: tuple[Town, Ask]) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="x.png"\r\n\r\nx\r\n--b--\r\n'
    assert door[1]("POST", FORM, {"content-type": "multipart/form-data; boundary=b"}, body).status == 415


def test_multipart_without_files_is_read(door: tuple[Town, Ask]) -> None:
    town, ask = door
    answers = {**SIGN_UP, "first_name": "Élie", "i_can": "courses", "token": token_for()}
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in answers.items()
    )
    kind = {"content-type": "multipart/form-data; boundary=b"}
    assert ask("POST", FORM, kind, f"{parts}--b--\r\n".encode()).status == 422  # i_would_like is a list, as text
    answers["i_would_like"] = "rencontrer"
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in answers.items()
    )
    assert ask("POST", FORM, kind, f"{parts}--b--\r\n".encode()).status == 303
    assert ask("POST", FORM, kind, f"{parts}--b".encode()[:-30]).status == 400
    assert any(record["answers"]["first_name"] == "Élie" for record in town.records())


def test_a_page_of_the_collector_is_not_cached_and_runs_nothing(door: tuple[Town, Ask]) -> None:
    answer = door[1]("GET", FORM, {"accept": "text/html"})
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_every_path_exists_for_the_description(door: tuple[Town, Ask], tmp_path: Path) -> None:
    description = door[1]("GET", "/openapi.json").text
    assert '"/forms/lettre-d-information"' in description
