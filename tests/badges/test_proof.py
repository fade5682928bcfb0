"""Signatures: the standard's own example, and nothing else than what was signed."""

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from generator.badges import holders
from generator.badges.proof import is_signed_by, multikey, public_key, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))

# W3C, « Data Integrity EdDSA Cryptosuites v1.0 », appendix B.2, Representation: eddsa-jcs-2022.
VECTOR_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
_CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
VECTOR: dict[str, Any] = {
    "@context": _CONTEXTS,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    "proof": {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": f"did:key:{VECTOR_KEY}#{VECTOR_KEY}",
        "proofPurpose": "assertionMethod",
        "@context": _CONTEXTS,
        "proofValue": "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX",
    },
}


def test_the_standard_s_own_example_is_signed_by_its_key() -> None:
    assert is_signed_by(VECTOR, public_key(VECTOR_KEY))


def test_the_standard_s_own_example_with_another_word_is_not() -> None:
    assert not is_signed_by({**VECTOR, "name": "Alumni credential"}, public_key(VECTOR_KEY))


leaves = (
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.floats(allow_nan=False, width=32) | st.text()
)
json_values = st.recursive(
    leaves.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values)
def test_what_is_signed_is_signed_by_that_key_and_nothing_else_is(value: Any, other: Any) -> None:
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "value": value}
    signed = sign(document, KEY, "did:web:x#y")
    assert is_signed_by(signed, KEY.public_key())
    assert not is_signed_by(signed, OTHER.public_key())
    assert signed == sign(copy.deepcopy(document), KEY, "did:web:x#y")
    if repr(other) != repr(value) and other != value:
        assert not is_signed_by({**signed, "value": other}, KEY.public_key())


@pytest.mark.parametrize("value", ["", "z", "zzz", "m6Mk", "z0OIl", 7, None, "z" * 5000])
def test_a_signature_that_is_none_is_refused(value: Any) -> None:
    signed = sign({"@context": []}, KEY, "did:web:x#y")
    assert not is_signed_by({**signed, "proof": signed["proof"] | {"proofValue": value}}, KEY.public_key())


def test_a_document_with_more_contexts_than_its_proof_is_refused() -> None:
    signed = sign({"@context": ["a"]}, KEY, "did:web:x#y")
    assert not is_signed_by({**signed, "@context": ["a", "b"]}, KEY.public_key())


@given(st.binary(min_size=32, max_size=32))
def test_a_public_key_survives_its_writing(seed: bytes) -> None:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    assert public_key(multikey(public)) == public
    assert multikey(public).startswith("z6Mk")


def test_a_hidden_holder_is_known_by_their_code_alone() -> None:
    identity, code = holders.identity(KEY, "BV-2026-003"), holders.code(KEY, "BV-2026-003")
    assert holders.is_holder(identity, code)
    assert holders.is_holder(identity, code.lower().replace("-", " "))
    assert not holders.is_holder(identity, holders.code(KEY, "BV-2026-004"))
    assert not holders.is_holder(identity, holders.code(OTHER, "BV-2026-003"))
    assert code not in str(identity)
    assert len(code.replace("-", "")) == 16
