"""Form tokens: when a form was opened, proven by a signature, with nothing kept on the server.

A token's nonce also names the record that the form becomes, so one token makes one record however often it is
sent (see `generator.collector.vault`).
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum

LIFETIME = 2 * 3600
"""Seconds during which a form can be sent."""

TOO_EARLY = 2
"""Seconds that a person needs, at the very least, to answer a form."""


class Doubt(StrEnum):
    """Why a token is not accepted."""

    FORGED = "forged"
    EARLY = "early"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Token:
    """A form opened at a moment (seconds since 1970). `nonce` is 32 hexadecimal digits."""

    form: str
    issued: int
    nonce: str


def derive(secret: bytes, purpose: str) -> bytes:
    """Give a key for one purpose: what signs tokens signs nothing else."""
    return hmac.digest(secret, purpose.encode(), hashlib.sha256)


def sign(key: bytes, text: str) -> str:
    """Give the signature of a text, safe in an address."""
    return urlsafe_b64encode(hmac.digest(key, text.encode(), hashlib.sha256)[:24]).decode()


def genuine(key: bytes, text: str, signature: str) -> bool:
    """Tell whether a signature is the one of a text, in a time that gives nothing away."""
    return hmac.compare_digest(sign(key, text).encode(), signature.encode())


def issue(key: bytes, form: str, now: float) -> str:
    """Give a new token for a form."""
    text = f"{form}.{int(now)}.{secrets.token_hex(16)}"
    return f"{text}.{sign(key, text)}"


def read(key: bytes, written: str, form: str) -> Token | Doubt:
    """Give what a token says, whatever its age: it may have made its record already."""
    text, _, signature = written.rpartition(".")
    # The signature covers the text, so a genuine one has the shape that `issue` gave it.
    if len(written) > 200 or not genuine(key, text, signature):
        return Doubt.FORGED
    name, issued, nonce = text.split(".")
    return Token(name, int(issued), nonce) if name == form else Doubt.FORGED


def age(token: Token, now: float) -> Doubt | None:
    """Tell why a token is too young or too old, None when it is neither.

    A clock that went back shows as a token from the future: too early, like any other.
    """
    seconds = now - token.issued
    if seconds < TOO_EARLY:
        return Doubt.EARLY
    return Doubt.EXPIRED if seconds > LIFETIME else None
