"""Data Integrity proofs, cryptosuite eddsa-jcs-2022: a JSON document signed, and the signature checked.

Sources: W3C, « Data Integrity EdDSA Cryptosuites v1.0 », section 3.3; RFC 8785 (JCS); RFC 8032 (Ed25519); W3C,
« Controlled Identifiers v1.0 », section 2.2.2 (Multikey).
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from generator.site.credentials import Document

SUITE = "eddsa-jcs-2022"

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"
"""What a public Ed25519 key begins with, as multicodec writes it."""


def multikey(key: Ed25519PublicKey) -> str:
    """Give a public key as a Multikey value: `z6Mk…`."""
    return _encode(_ED25519 + key.public_bytes_raw())


def public_key(value: str) -> Ed25519PublicKey:
    """Read a Multikey value. Raises ValueError when it is no Ed25519 key."""
    content = _decode(value)
    if content[:2] != _ED25519 or len(content) != 34:
        raise ValueError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(content[2:])


def sign(document: Mapping[str, Any], key: Ed25519PrivateKey, method: str) -> Document:
    """Give a document with its proof; the same document and key give the same bytes.

    `method` is the complete name of the key: the issuer's identifier, `#`, the public key.
    """
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
        "@context": document["@context"],
    }
    return {**document, "proof": proof | {"proofValue": _encode(key.sign(_digests(document, proof)))}}


def is_signed_by(signed: Mapping[str, Any], key: Ed25519PublicKey) -> bool:
    """Tell whether a document with a proof is, to the letter, what the key's owner signed."""
    proof = dict(signed["proof"])
    document = {name: value for name, value in signed.items() if name != "proof"}
    # Section 3.3.2 lets contexts follow that nobody signed; here, none may.
    if proof.get("@context", document.get("@context")) != document.get("@context"):
        return False
    try:
        key.verify(_decode(proof.pop("proofValue")), _digests(document, proof))
    except (InvalidSignature, KeyError, TypeError, ValueError, rfc8785.CanonicalizationError):
        return False
    return True


def _digests(document: Mapping[str, Any], proof: Mapping[str, Any]) -> bytes:
    return sha256(rfc8785.dumps(dict(proof))).digest() + sha256(rfc8785.dumps(dict(document))).digest()


def _encode(content: bytes) -> str:
    """Give bytes in base 58 as multibase writes it."""
    number = int.from_bytes(content)
    text = ""
    while number:
        number, rest = divmod(number, 58)
        text = _ALPHABET[rest] + text
    return "z" + "1" * (len(content) - len(content.lstrip(b"\0"))) + text


def _decode(text: object) -> bytes:
    """Read what `_encode` gives. Raises ValueError."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > 200:
        raise ValueError("not base 58")
    number = 0
    for char in text[1:]:
        number = number * 58 + _ALPHABET.index(char)
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
