"""ALTCHA's proof of work, bound to a form token: the browser pays a second of computing for each sending.

The wire format is ALTCHA's second version, as its widget and workers (npm `altcha` 3) speak it: find the counter
for which SHA-256(salt, nonce, counter) begins with `keyPrefix`. The challenge's nonce is the token's own, so a
solution fits one form and one record: sent again, it can only give the same record.
"""

import hashlib
import json
import secrets
from base64 import b64decode
from typing import Any

from .tokens import LIFETIME, Token, genuine, sign

HARDEST = 50_000
"""The highest counter: at most half a second of computing on a desk, two to three on an old phone."""


def choose() -> int:
    """Give a counter to look for."""
    return HARDEST // 5 + secrets.randbelow(HARDEST * 4 // 5)


def issue(key: bytes, token: Token, written: str, counter: int) -> dict[str, Any]:
    """Give the challenge for a token (`written` is its text), whose solution is `counter`."""
    salt = secrets.token_hex(8)
    parameters = {
        "algorithm": "SHA-256",
        "nonce": token.nonce,
        "salt": salt,
        "cost": 1,
        "keyLength": 32,
        "keyPrefix": _work(salt, token.nonce, counter)[:32],
        "expiresAt": token.issued + LIFETIME,
        "data": {"form": token.form, "token": written},
    }
    return {"parameters": parameters, "signature": sign(key, _canonical(parameters))}


def token_in(payload: str) -> str:
    """Give the form token that a solution carries, empty when there is none. Nothing is proven by it yet."""
    try:
        written = _open(payload)["challenge"]["parameters"]["data"]["token"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return written if isinstance(written, str) else ""


def solved(key: bytes, payload: str, token: Token) -> bool:
    """Tell whether a solution is right, ours, and made for this token. Its age is the token's."""
    try:
        sent = _open(payload)
        parameters, signature = sent["challenge"]["parameters"], sent["challenge"]["signature"]
        counter = sent["solution"]["counter"]
        if not isinstance(signature, str) or not genuine(key, _canonical(parameters), signature):
            return False
        if parameters["nonce"] != token.nonce or type(counter) is not int or not 0 <= counter < 2**32:
            return False
        return _work(parameters["salt"], token.nonce, counter).startswith(parameters["keyPrefix"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _open(payload: str) -> dict[str, Any]:
    return json.loads(b64decode(payload, validate=True))  # type: ignore[no-any-return]


def _canonical(parameters: dict[str, Any]) -> str:
    return json.dumps(parameters, sort_keys=True, separators=(",", ":"))


def _work(salt: str, nonce: str, counter: int) -> str:
    return hashlib.sha256(bytes.fromhex(salt + nonce) + counter.to_bytes(4, "big")).hexdigest()
