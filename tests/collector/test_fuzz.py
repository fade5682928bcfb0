"""Fuzzed requests: no 500, ever, and always a documented answer.

`VILLE_FUZZ` sets how many requests each test makes (100,000 in all for the full proof).
"""

import contextlib
import json
import os
import random
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.collector.body import read_body
from generator.collector.messages import Answer, Refusal, Request
from generator.collector.running import assemble
from tests.collector.town import SIGN_UP, Running, make_town, proof_for, token_for

EXAMPLES = int(os.environ.get("VILLE_FUZZ", "300"))
ALLOWED = {200, 204, 303, 400, 403, 404, 405, 408, 409, 413, 415, 422, 429, 503}

STRANGE = [
    "\x00",
    "\ud800",
    "\u202e",
    "\ufeff",
    "𝕏",
    "a" * 5000,
    "%00",
    "{{7*7}}",
    "=1+1",
    "\r\nBcc: x",
    "<svg onload=1>",
    "../" * 20,
]


def test_the_description_and_the_collector_agree(collector: Running) -> None:
    found = schemathesis.openapi.from_url(f"{collector.url}/openapi.json")
    addresses = iter(range(1, 10**9))
    checks = [
        schemathesis.checks.not_a_server_error,
        schemathesis.checks.CHECKS.get_one("status_code_conformance"),
        schemathesis.checks.CHECKS.get_one("content_type_conformance"),
    ]

    for described in found.get_all_operations():
        operation: Any = described.ok()  # type: ignore[union-attr]

        @given(case=operation.as_strategy())
        @settings(
            max_examples=max(5, EXAMPLES // 30),
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def answers(case: Any) -> None:
            number = next(addresses)
            case.headers = {
                **(case.headers or {}),
                "x-forwarded-for": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
            }
            response = case.call()
            case.validate_response(response, checks=checks)

        answers()


def mutations(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    """Give a body and headers that were right once."""
    token = token_for()
    body: dict[str, Any] = {**SIGN_UP, "token": token, "altcha": proof_for(token)}
    for _ in range(chance.randint(0, 4)):
        name = chance.choice([*body, "site_web", "inconnu", "__proto__"])
        body[name] = chance.choice([None, True, -1, 1e308, 10**30, [], ["a"] * 50, {}, [[]], *STRANGE])
    kind = chance.choice(
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", ""]
    )
    if kind == "application/json":
        raw = json.dumps(body).encode()
    elif kind.startswith("multipart"):
        raw = b"".join(
            f'--b\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode("utf-8", "surrogatepass")
            for name, value in body.items()
        ) + chance.choice([b"--b--", b"", b"--b\r\n"])
    else:
        raw = "&".join(f"{name}={quote(str(value), errors='surrogatepass')}" for name, value in body.items()).encode()
    changed = bytearray(raw)
    for _ in range(chance.choice([0, 0, 1, 5])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    headers = {"content-type": kind, "accept": chance.choice(["text/html", "application/json", "*/*", "\xff"])}
    for name in chance.sample(
        ["origin", "content-encoding", "host", "expect", "x-forwarded-for", "cookie"], chance.randint(0, 2)
    ):
        headers[name] = chance.choice(["null", "https://autre.example", "gzip", "\xe9", "", "a" * 9000, "1.2.3.4, x"])
    return bytes(changed), headers


def test_mutated_requests_never_break_the_desk(tmp_path: Any) -> None:
    town = make_town(tmp_path)
    desk = assemble(town.root, town.environment).desk
    chance = random.Random(7)
    for number in range(EXAMPLES * 10):
        body, headers = mutations(chance)
        method = chance.choice(["POST", "POST", "POST", "GET", "HEAD", "PUT", "PATCH", "X"])
        path = chance.choice(
            ["/forms/devenir-voisin-solidaire", "/forms/lettre-d-information/confirm", "/challenge", "/forms//", "/%00"]
        )
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        step = desk.open(
            Request(method, path, chance.choice(["", "form=x", "t=%ff", "t=" + "a" * 5000]), headers, body, address)
        )
        if isinstance(step, Answer):
            assert step.status in ALLOWED
            step.body.decode("utf-8")


def test_mutated_requests_never_break_the_server(collector: Running) -> None:
    chance = random.Random(8)
    with httpx.Client(base_url=collector.url) as client:
        for _ in range(EXAMPLES):
            body, headers = mutations(chance)
            raw = {name: value.encode("latin-1") for name, value in headers.items() if name != "host"}
            answer = client.post("/forms/devenir-voisin-solidaire", content=body, headers=raw)  # type: ignore[arg-type]
            assert answer.status_code in ALLOWED
    assert collector.process.poll() is None


@given(
    body=st.binary(max_size=2000),
    kind=st.sampled_from(["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"]),
)
@settings(max_examples=EXAMPLES, deadline=None, database=None)
def test_any_bytes_are_read_or_refused(body: bytes, kind: str) -> None:
    with contextlib.suppress(Refusal):
        fields = read_body(Request("POST", "/", "", {"content-type": kind}, body), frozenset({"plusieurs"}))
        json.dumps(fields, ensure_ascii=False).encode("utf-8")


@given(header=st.text(max_size=200))
@settings(max_examples=EXAMPLES, deadline=None, database=None)
def test_any_content_type_is_read_or_refused(header: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_body(Request("POST", "/", "", {"content-type": f"x{header}"}, b""), frozenset())
    assert refused.value.status == 415
