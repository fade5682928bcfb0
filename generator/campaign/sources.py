"""YAML text to plain mappings, safely.

Every scalar stays text: YAML's guesses (`no` as false, `01000` as 512, `08:30` as 510) are left aside, and each
model gives its fields their types. Most texts are plain YAML, which is read by line; libyaml reads all others.
"""

import re
from contextlib import suppress

from . import plain
from .faults import Fault as Fault
from .faults import Path as Path

Value = str | None | list["Value"] | dict[str, "Value"]
"""What a YAML document holds: text, nothing, a list or a mapping."""

MAX_DEPTH = 20
MAX_BYTES = 1_000_000
MAX_FAULTS = 50
"""A text with more is not a text that slipped: nothing of it is kept."""

_DROPPED = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""Zero-width spaces and bidirectional controls: they turn or hide what a reader sees."""
_BREAKS = "\x85\u2028\u2029"
"""YAML and some browsers break lines at these, editors don't."""
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff"
"""Control characters and non-characters, which neither YAML nor XML may hold."""

_UNWANTED = re.compile(f"[{_DROPPED}{_BREAKS}{_FORBIDDEN}]")
_dropped, _breaks, _forbidden = (re.compile(f"[{chars}]") for chars in (_DROPPED, _BREAKS, _FORBIDDEN))

_ORDINARY = bytes([*range(0x20, 0x7F), *b"\t\n\r"])

# Alt and the space bar of a French keyboard give a no-break space, which YAML takes for a letter.
_MARGIN = re.compile(r"^[ \xa0\u202f]*(?:-[ \xa0\u202f]+)?(?:[a-z_]+:[ \xa0\u202f]+)?", re.MULTILINE)
_LINE_END = re.compile("[\xa0\u202f]+$", re.MULTILINE)


def decode(data: bytes) -> str:
    """Give the text of a file: UTF-8, with or without a byte-order mark, any line ends.

    Invisible characters that turn or hide text are dropped; no-break spaces where YAML wants plain ones are replaced.
    Raises Fault when the bytes are not UTF-8, hold control characters, or are too many.
    """
    if len(data) > MAX_BYTES:
        message = f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo."
        raise Fault(0, 0, "file-too-long", message, "Coupez-le en plusieurs fichiers.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf_8(data, error.start) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Most texts hold none but ordinary signs: without ASCII's, what is left to look through is short.
    if _UNWANTED.search(data.translate(None, _ORDINARY).decode("utf-8")):
        text = _breaks.sub(" ", _dropped.sub("", text))
        if "\x00" in text:  # The mark of UTF-16, and of files that are no text.
            raise _not_utf_8(data, data.index(b"\x00"))
        if forbidden := _forbidden.search(text):
            raise _forbidden_character(text, forbidden.start())
    if "\xa0" in text or "\u202f" in text:
        text = _LINE_END.sub("", text)
        text = _MARGIN.sub(lambda match: match[0].replace("\xa0", " ").replace("\u202f", " "), text)
    return text


def cleaned(text: str) -> str:
    """Give a text without the characters that `decode` drops or refuses: what an escape or an entity brought in."""
    return _forbidden.sub("", _breaks.sub(" ", _dropped.sub("", text))) if _UNWANTED.search(text) else text


def holds_forbidden(text: str) -> bool:
    """Tell whether a text holds what no file may hold."""
    return bool(_forbidden.search(text))


def _not_utf_8(data: bytes, position: int) -> Fault:
    before = data[:position].decode("utf-8")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    hint = "Enregistrez-le en UTF-8 (menu « Enregistrer sous », choix « Encodage »)."
    return Fault(line, column, "not-utf-8", "Le fichier n'est pas en UTF-8.", hint)


def _forbidden_character(text: str, position: int) -> Fault:
    line, column = text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    message = "Un caractère invisible et interdit se trouve ici."
    return Fault(line, column, "forbidden-character", message, "Effacez-le, ou retapez le mot.")


def parse(text: str) -> Value:
    """Give the value of a YAML document, every scalar as text; a field left empty is left out.

    Raises the first Fault, if any.
    """
    value, faults = parse_all(text)
    if faults:
        raise faults[0]
    return value


def parse_all(text: str) -> tuple[Value, list[Fault]]:
    """Give the value of a YAML document, and every fault in it.

    Two fields of one name, anchors and tags leave the rest readable. After an error of syntax, or deeper than
    MAX_DEPTH, nothing is sure any more: the value is None.
    """
    faults: list[Fault] = []
    with suppress(plain.Declined):
        return plain.parse(text), faults
    from .libyaml import build

    try:
        return build(text, faults), faults
    except Fault as fault:
        return None, [*faults, fault]


def cut_values(text: str) -> list[tuple[int, int]]:
    """Give the places where YAML cuts a value, taking its end for a comment: `title: Fête #voisins`."""
    if "#" not in text or not _CUT.search(text):
        return []
    from .libyaml import ends

    cuts = ((line, column, _HASH.match(text, position)) for line, column, position in ends(text))
    return [(line, column + len(cut[0])) for line, column, cut in cuts if cut]


_CUT = re.compile(r" #\w")
_HASH = re.compile(r" +#(?=\w)")
