"""What personal data looks like in a text: addresses, telephone numbers, private keys."""

import re
from collections.abc import Iterator

_LOCAL = re.compile(r"[a-zA-Z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,24}")
# Numbers that can be a person's: those in 08 and 09 69 are services', short ones public. Each pattern begins with a
# plain figure, which the regular expression engine finds quickly, and only then looks at what stands before it.
_REST = r"[ .\u00a0\u202f]?(?!9[ .\u00a0\u202f]?69)[1-79](?:[ .\u00a0\u202f-]?\d\d){4}(?!\d)"
_PHONES = (
    re.compile(rf"0(?<![\d.,/-]0){_REST}"),
    re.compile(rf"33(?:(?<=\+33)|(?<=\b0033))[ .\u00a0\u202f]?(?:\(0\))?{_REST}"),
)
_BEFORE = re.compile(r"[0-9A-Za-z]*$")
_AFTER = re.compile(r"[0-9A-Za-z]*")
_DIGEST = 32
"""So many letters and figures without a break are a digest or a signature, whose figures mean nothing."""
_KEYS = (
    re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}"),
    re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    # W3C, « Controlled Identifiers v1.0 », 2.2.2: how a secret Ed25519 key begins as a Multikey.
    re.compile(r"\bz3u2[1-9A-HJ-NP-Za-km-z]{43,44}\b"),
)


def emails(text: str) -> Iterator[tuple[int, str]]:
    """Give each e-mail address of a text, with its place."""
    at = text.find("@")
    while at >= 0:
        local = _LOCAL.search(text, max(0, at - 64), at)
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            yield local.start(), f"{local[0]}@{domain[0]}"
        at = text.find("@", at + 1)


def phones(text: str) -> Iterator[tuple[int, str]]:
    """Give each French telephone number of a text, with its place."""
    for pattern in _PHONES:
        for match in pattern.finditer(text):
            if not _is_in_digest(text, *match.span()):
                yield match.start(), match[0]


def _is_in_digest(text: str, start: int, end: int) -> bool:
    before = _BEFORE.search(text, max(0, start - _DIGEST), start)
    after = _AFTER.match(text, end, end + _DIGEST)
    return sum(len(match[0]) for match in (before, after) if match) + end - start >= _DIGEST


def keys(text: str) -> Iterator[tuple[int, str]]:
    """Give each private key of a text, with its place."""
    for pattern in _KEYS:
        for match in pattern.finditer(text):
            yield match.start(), match[0]


def digits(phone: str) -> str:
    """Give a French number in one form: « +33 (0)6 39 98 00 01 » and « 06.39.98.00.01 » are the same."""
    only = re.sub(r"\D", "", phone.replace("(0)", ""))
    return "0" + only.removeprefix("0033").removeprefix("33") if len(only) > 10 else only


def without_contacts(text: str) -> str:
    """Give a text with its addresses and numbers taken out."""
    for found in (emails, phones):
        for _, words in list(found(text)):
            text = text.replace(words, "[coordonnée retirée]")
    return text
