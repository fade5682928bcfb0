"""ALTCHA's proof of work: wrong, expired, reused, another form's, signature stripped."""

import json
from base64 import b64decode, b64encode
from typing import Any

import pytest

from generator.collector import challenge, tokens
from generator.collector.tokens import Token
from tests.collector.town import Running, payload, proof_for, solve, token_for

KEY = b"key"


def token() -> tuple[str, Token]:
    written = tokens.issue(KEY, "lettre", 1_795_000_000)
    read = tokens.read(KEY, written, "lettre")
    assert isinstance(read, Token)
    return written, read


def asked() -> tuple[dict[str, Any], Token]:
    written, read = token()
    return challenge.issue(KEY, read, written, 12345), read


def changed(proof: str, **parameters: Any) -> str:
    sent = json.loads(b64decode(proof))
    sent["challenge"]["parameters"].update(parameters)
    return b64encode(json.dumps(sent).encode()).decode()


def test_the_solution_that_altcha_finds_is_right() -> None:
    given, read = asked()
    assert challenge.solved(KEY, solve(given), read)
    assert challenge.token_in(solve(given)).startswith("lettre.")


def test_a_wrong_counter_is_refused() -> None:
    given, read = asked()
    for counter in (12344, -1, 2**40, True, "12345", None, 1.5):
        assert not challenge.solved(KEY, payload(given, counter), read)  # type: ignore[arg-type]


def test_an_easier_challenge_of_one_s_own_is_refused() -> None:
    given, read = asked()
    proof = payload(given, 0)
    for easier in ({"keyPrefix": ""}, {"expiresAt": 2**40}, {"salt": "00"}, {"nonce": "00"}):
        assert not challenge.solved(KEY, changed(proof, **easier), read)


def test_a_stripped_or_foreign_signature_is_refused() -> None:
    given, read = asked()
    for signature in ("", "x", None, 1, "é"):
        assert not challenge.solved(KEY, payload({**given, "signature": signature}, 12345), read)
    assert not challenge.solved(b"other", payload(given, 12345), read)


def test_a_solution_serves_one_token_only() -> None:
    given, _ = asked()
    _, other = token()
    assert not challenge.solved(KEY, payload(given, 12345), other)


@pytest.mark.parametrize("junk", ["", "é", "e30=", "W10=", b64encode(b"[" * 50_000).decode(), "bnVsbA==", "AAAA", "a"])
def test_junk_is_no_solution(junk: str) -> None:
    _, read = token()
    assert not challenge.solved(KEY, junk, read)
    assert challenge.token_in(junk) == ""


def test_the_collector_refuses_every_false_proof_and_keeps_nothing(collector: Running) -> None:
    mine, other = token_for(), token_for("lettre-d-information")
    for proof in ("x", proof_for(other, "lettre-d-information"), changed(proof_for(mine), keyPrefix="")):
        answer = collector.sign_up(token=mine, altcha=proof)
        assert (answer.status_code, answer.json()["error"]) == (403, "proof")
    expired = token_for(age=7300)
    answer = collector.sign_up(token=expired)
    assert (answer.status_code, answer.json()["error"]) == (403, "expired")
    assert collector.town.records() == []


def test_a_solution_alone_carries_its_token_and_counts_once(collector: Running) -> None:
    proof = proof_for(token_for())
    first = collector.post(json={**answers(), "altcha": proof})
    again = collector.post(json={**answers(), "altcha": proof})
    other = collector.post(json={**answers(), "altcha": proof, "first_name": "Autre"})
    assert [first.status_code, again.status_code, other.status_code] == [200, 200, 409]
    assert len(collector.town.records()) == 1


def answers() -> dict[str, Any]:
    from tests.collector.town import SIGN_UP

    return SIGN_UP
