"""French typography: spaces, quotation marks, apostrophes, numbers, ordinals.

Source: Imprimerie nationale, « Lexique des règles typographiques en usage » (1990): a narrow no-break space
before ; ! ? and inside « », a no-break space before the colon, thousands and units bound to their numbers.

Every sign-up page and story passes here, so each rule is a plain replacement or a pattern that begins with the
sign it is about: the regular expression engine then skips ordinary letters without trying any rule.
"""

import re
from html import escape, unescape

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_PLAIN = (
    ("'", "’"),
    ("...", "…"),
    (" ;", f"{NARROW};"),
    (" !", f"{NARROW}!"),
    (" ?", f"{NARROW}?"),
    (" :", f"{NO_BREAK}:"),
)
_QUOTED = re.compile(r'"([^"\n]+)"')
_HIGH = re.compile(r"[;!?]+(?=[\s)»”\x00]|$)")
_OPENING = re.compile("«[ \u00a0\u202f]*")
_CLOSING = re.compile("[ \u00a0\u202f]*»")
_NUMBER = re.compile(
    r"""[0-9]+
        ((?:[ \u00a0][0-9]+)*)
        ((?:[ \u00a0](?=(?:%|€|°C|km|kg|cm|m²|m|h|min|ans|mois|jours|euros|habitants)(?!\w))|(?:è?me|ième|ers?|res?|es?)\b)?)""",
    re.VERBOSE,
)
_TELEPHONE = re.compile(r"0\d(?: \d\d){4}|0 800(?: \d\d){3}|33 \d(?: \d\d){4}|\d{4}(?: \d\d){3}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_TITLE = re.compile(r"M(M\.|mes|me|\.) (?=[A-ZÀ-Ý])")
_NUMERO = re.compile(r"n° ?(?=\d)", re.IGNORECASE)


def french(text: str) -> str:
    """Give a plain text with French typography. Applying it twice changes nothing more."""
    return _french(text).replace(_RAISED, "")


def _french(text: str) -> str:
    for plain, right in _PLAIN:
        if plain in text:
            text = text.replace(plain, right)
    if '"' in text:
        text = _QUOTED.sub(rf"«{NARROW}\1{NARROW}»", text)
    if "!" in text or "?" in text or ";" in text:
        text = _HIGH.sub(_high, text)
    if "«" in text:
        text = _CLOSING.sub(f"{NARROW}»", _OPENING.sub(f"«{NARROW}", text))
    text = _NUMBER.sub(_number, text)
    if "M" in text:
        text = _TITLE.sub(rf"M\1{NO_BREAK}", text)
    return _NUMERO.sub(f"n°{NO_BREAK}", text) if "°" in text else text


def _high(match: re.Match[str]) -> str:
    start = match.start()
    before = match.string[start - 1] if start else "\x00"
    return match[0] if before.isspace() or before in "\x00(" else NARROW + match[0]


def _number(match: re.Match[str]) -> str:
    text = match[0]
    rest, suffix = match[1], match[2]
    if not rest and not suffix:
        return text
    number = text[: len(text) - len(suffix)]
    if rest:
        plain = number.replace(NO_BREAK, " ")
        if _TELEPHONE.fullmatch(plain):
            number = plain.replace(" ", NO_BREAK)
        elif _THOUSANDS.fullmatch(plain):
            number = plain.replace(" ", NARROW)
    if not suffix:
        return number
    if suffix in f" {NO_BREAK}":
        return number + NARROW
    return number + (_RAISED if _is_ordinal(match) else "") + ("e" if suffix.endswith("me") else suffix)


_RAISED = "\x01"
"""Stands before an ordinal's letters, which only HTML can raise."""


def _is_ordinal(match: re.Match[str]) -> bool:
    start = match.start()
    first = match[0][: -len(match[2])] == "1"
    alone = not start or not (match.string[start - 1].isalnum() or match.string[start - 1] in "-.,")
    return alone and not match[1] and first == match[2].startswith(("er", "re"))


# Tags, with whole elements whose text is not prose taken as one tag.
_MARKUP = re.compile(r"(<(?:(pre|code|kbd|samp|script|style|textarea)\b.*?</\2\s*>|[^>]*>))", re.DOTALL)
_RAISE = re.compile(f"{_RAISED}([a-z]+)")
_CENTURY = re.compile(r"\b([IVX]{1,5})e(?=\s+siècle)")


def french_html(html: str) -> str:
    """Give an HTML fragment with French typography in its prose: never in tags, attributes, code or scripts."""
    parts = _MARKUP.split(html.replace("\x00", "").replace(_RAISED, ""))
    # Text, markup, name of a skipped element, text, … NUL can't stand in HTML: it holds the markup's places while the
    # prose is one text, so that rules see across tags.
    prose = "\x00".join(parts[::3])
    prose = escape(_french(unescape(prose)), quote=False) if "&" in prose else _french(prose)
    if _RAISED in prose:
        prose = _RAISE.sub(r"<sup>\1</sup>", prose)
    if "siècle" in prose:
        prose = _CENTURY.sub(r"\1<sup>e</sup>", prose)
    parts[::3] = prose.split("\x00")
    parts[2::3] = [""] * len(parts[2::3])
    return "".join(parts)
