"""French typography: spaces, quotation marks, apostrophes, numbers, ordinals.

Source: Imprimerie nationale, « Lexique des règles typographiques en usage » (1990): a narrow no-break space
before ; ! ? and inside « », a no-break space before the colon, thousands and units bound to their numbers.

Every story passes here, so each rule is a plain replacement, or a pattern that begins with the signs it is about: the
regular expression engine then skips ordinary letters. Patterns find only what has to change, from the first of a run
of signs on, so that no text can make them try the run again from every sign.
"""

import re
from html import unescape

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_SPACES = f" {NO_BREAK}{NARROW}"
_QUOTED = re.compile(r'(?<!")"([^"\n]+)"(?!")')
# The space goes before ; ! ? that end a word, never inside an emoticon or a code.
_HIGH = re.compile(r"[;!?](?<=[^\s\x00(;!?].)[;!?]*+(?=[\s)»”\x00]|\Z)")
_HIGH_AMID_TAGS = re.compile(r"[;!?](?<=[^\s\x00>(;!?].)[;!?]*+(?=[\s)»”\x00<]|\Z)")
_UNIT = r"[ \u00a0](?=(?:%|€|°C|km|kg|cm|m²|m|h|min|ans|mois|jours|euros|habitants)(?!\w))|(?:è?me|ième|ère)\b"
# What repeats the groups of figures gives none back, possessive or not: of two such repeats, one in the other, Python
# 3.11.2 (Debian 12) loses its place.
_NUMBER = re.compile(rf"[0-9](?<![0-9].)[0-9]*+(?:((?:[ \u00a0][0-9]++)+)({_UNIT})?|({_UNIT}))")
_TELEPHONE = re.compile(r"0\d(?: \d\d){4}|0 800(?: \d\d){3}|33 \d(?: \d\d){4}|\d{4}(?: \d\d){3}")
_SPACED_TELEPHONE = re.compile(rf"(?<![0-9])(?:{_TELEPHONE.pattern})(?![0-9])")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_TITLE = re.compile(r"M(M\.|mes|me|\.) (?=[A-ZÀ-Ý])")
_NUMERO = re.compile(r"n° ?(?=\d)")
_CAPITAL_NUMERO = re.compile(r"N(?=° ?\d)")
# Without the sentence's own punctuation at its end.
_URL = r"""(?:https?://|www\.)[^\s<>«»"\x00]*[^\s<>«»"\x00.,;:!?…)’']"""
_WEB_ADDRESS = re.compile(f"({_URL})")
_ADDRESS = re.compile(rf"({_URL}|(?<![\w.+-])[\w.+-]++@[\w.-]+\w)")
_KEPT = "\x01"


def french(text: str) -> str:
    """Give a plain text with French typography. Applying it twice changes nothing more.

    Web and mail addresses stay as they are.
    """
    return _around_addresses(text, _HIGH) if _holds_addresses(text) else _prose(text, _HIGH)


def _holds_addresses(text: str) -> bool:
    return "://" in text or "@" in text or "www." in text


def _around_addresses(text: str, high: re.Pattern[str]) -> str:
    text = text.replace(_KEPT, "")
    pieces = (_ADDRESS if "@" in text else _WEB_ADDRESS).split(text)
    return _filled(_prose(_KEPT.join(pieces[::2]), high).split(_KEPT), pieces[1::2])


def _filled(pieces: list[str], kept: list[str]) -> str:
    """Put what was kept apart back between the pieces."""
    joined = [pieces[0]]
    for each, piece in zip(kept, pieces[1:], strict=True):
        joined += (each, piece)
    return "".join(joined)


def _prose(text: str, high: re.Pattern[str]) -> str:
    if "'" in text:
        text = text.replace("'", "’")
    if "..." in text:
        text = text.replace("...", "…")
    text = _points(text, high)
    if "«" in text:
        first, *others = text.split("«")
        text = f"«{NARROW}".join([first, *(piece.lstrip(_SPACES) for piece in others)])
    if "»" in text:
        *others, last = text.split("»")
        text = f"{NARROW}»".join([*(piece.rstrip(_SPACES) for piece in others), last])
    if _has_figures(text):
        text = _NUMBER.sub(_number, text)
    if "M" in text:
        text = _TITLE.sub(rf"M\1{NO_BREAK}", text)
    if "°" in text:
        text = _NUMERO.sub(f"n°{NO_BREAK}", _CAPITAL_NUMERO.sub("n", text))
    return text


def _points(text: str, high: re.Pattern[str]) -> str:
    """Put the right space before : ; ! ? and the right quotation marks; `high` finds those that lack any space."""
    if ":" in text:
        text = text.replace(" :", f"{NO_BREAK}:")
    lack_space = False
    for sign in ";!?":
        if sign in text:
            spaced, number = text.count(f" {sign}"), text.count(sign)
            lack_space |= number > spaced
            if spaced:
                text = text.replace(f" {sign}", f"{NARROW}{sign}")
    if '"' in text:
        text = _QUOTED.sub(rf"«{NARROW}\1{NARROW}»", text)
    return high.sub(rf"{NARROW}\g<0>", text) if lack_space else text


def _has_figures(text: str) -> bool:
    # A search for one sign is so quick that ten of them beat a pattern.
    return any(map(text.__contains__, "0123456789"))


def _number(match: re.Match[str]) -> str:
    rest, suffix = match[1], match[2] or match[3]
    number = match[0][: len(match[0]) - len(suffix)] if suffix else match[0]
    if rest:
        plain = number.replace(NO_BREAK, " ")
        if _TELEPHONE.fullmatch(plain):
            number = plain.replace(" ", NO_BREAK)
        elif _THOUSANDS.fullmatch(plain):
            number = plain.replace(" ", NARROW)
    if suffix in _ENDINGS:
        return number + _ENDINGS[suffix]
    return number + NARROW if suffix else number


_ENDINGS = {"ème": "e", "me": "e", "ième": "e", "ère": "re"}
"""Ordinals as often written, and as they should be: 2e, 1re."""

_TAG = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
_TAG_WITH_ATTRIBUTES = re.compile(r'(<[a-z][a-z0-9]* [^>"]*(?:"[^"]*"[^>"]*)*>)')
_CODE_TAG = re.compile("<(?:pre|code|kbd|samp)")
_CODE = frozenset({"pre", "code", "kbd", "samp", "script", "style", "textarea"})
_ORDINAL = re.compile(r"([0-9IVX](?<!\w.)[0-9IVX]*+)(ers?|res?|es?)(?!\w)")
_CENTURY = re.compile(r"\s+siècle")


def french_html(html: str) -> str:
    """Give an HTML fragment, as the sanitiser writes it, with French typography in its prose.

    Tags, attributes, code and scripts stay as they are. Straight quotation marks left in texts become `&quot;`, so
    that `="` is found in tags only.
    """
    html = html.replace("\x00", "")
    # NUL can't stand in HTML: it holds the tags' places while the prose is one text, so that rules see across tags.
    if "&" in html or _CODE_TAG.search(html):
        texts, tags = _without_code(*_apart(html, _TAG))
        prose = french(unescape("\x00".join(texts)))
        prose = prose.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    else:
        # Among signs that mean themselves, tags without attributes can stay: no rule touches them.
        texts, tags = _apart(html, _TAG_WITH_ATTRIBUTES)
        prose = "\x00".join(texts)
        apply = _around_addresses if _holds_addresses(prose) else _prose
        prose = apply(prose, _HIGH_AMID_TAGS)
    if '"' in prose:
        prose = prose.replace('"', "&quot;")
    if _has_figures(prose) or "siècle" in prose:
        prose = _ORDINAL.sub(_superscript, prose)
    return _filled(prose.split("\x00"), tags)


def _apart(html: str, tag: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """Give the texts of a fragment, and the tags between them."""
    parts = tag.split(html)
    return parts[::2], parts[1::2]


def unbroken(text: str) -> str:
    """Give a text in any language with the parts of telephone numbers bound together.

    Beside words that run from right to left, plain spaces would put these parts in the wrong order (Unicode, UAX 9).
    """
    return _SPACED_TELEPHONE.sub(lambda match: match[0].replace(" ", NO_BREAK), text)


def unbroken_html(html: str) -> str:
    """Give an HTML fragment in any language, `unbroken`, with quotation marks as `french_html` leaves them."""
    parts = _TAG.split(html.replace("\x00", ""))
    parts[::2] = [unbroken(text).replace('"', "&quot;") for text in parts[::2]]
    return "".join(parts)


def _without_code(texts: list[str], tags: list[str]) -> tuple[list[str], list[str]]:
    """Give the texts around code, and as one tag each element that holds code."""
    outside: list[list[str]] = [[texts[0]]]
    kept: list[list[str]] = []
    depth = 0
    for tag, text in zip(tags, texts[1:], strict=True):
        if depth:
            kept[-1].append(tag)
        else:
            kept.append([tag])
            outside.append([])
        if _name(tag) in _CODE:
            depth = max(0, depth - 1) if tag[1] == "/" else depth + 1
        if depth:
            kept[-1].append(text.replace('"', "&quot;"))
        else:
            outside[-1].append(text)
    return ["".join(pieces) for pieces in outside], ["".join(pieces) for pieces in kept]


def _name(tag: str) -> str:
    return tag.strip("</>").partition(" ")[0]


def _superscript(match: re.Match[str]) -> str:
    number, suffix = match.groups()
    if number.isdigit():
        right = number == "1" if suffix not in ("e", "es") else number != "1" and number[0] != "0"
    else:
        right = suffix == "e" and number.isalpha() and _CENTURY.match(match.string, match.end()) is not None
    return f"{number}<sup>{suffix}</sup>" if right else match[0]
