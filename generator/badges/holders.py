"""Holders whose name is not published: the code on their paper diploma proves that it is theirs.

A name hashed with a published salt is soon guessed: a town has few names. So what the credential holds is the salted
hash of a code of eighty bits that only the paper bears. The code comes from the private key and the serial: nothing to
store, and staff can print it again.
"""

import hmac
from base64 import b32encode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.site.credentials import Document


def code(key: Ed25519PrivateKey, serial: str) -> str:
    """Give the code of a diploma's holder: four groups of four letters and figures."""
    letters = b32encode(_secret(key, "code", serial)[:10]).decode()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def identity(key: Ed25519PrivateKey, serial: str) -> Document:
    """Give the identity that the credential of a hidden holder bears (Open Badges 3.0, IdentityObject)."""
    salt = _secret(key, "salt", serial).hex()[:32]
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": _hash(code(key, serial), salt),
        "identityType": "identifier",
        "salt": salt,
    }


def is_holder(identity: Document, given: str) -> bool:
    """Tell whether a code, however it is typed, is that of an identity."""
    letters = "".join(char for char in given.upper() if char.isalnum())
    plain = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    return hmac.compare_digest(_hash(plain, str(identity["salt"])), str(identity["identityHash"]))


def _secret(key: Ed25519PrivateKey, purpose: str, serial: str) -> bytes:
    return hmac.digest(key.private_bytes_raw(), f"ville-solidaire {purpose} {serial}".encode(), sha256)


def _hash(text: str, salt: str) -> str:
    return f"sha256${sha256((text + salt).encode()).hexdigest()}"
