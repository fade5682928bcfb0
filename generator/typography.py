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
        ((?:[ \u00a0](?=(?:%|€|°C|km|kg|cm|m²|m|h|min|ans|mois|jours|euros|habitants)(?!\w))|è?me\b|ième\b)?)""",
    re.VERBOSE,
)
_TELEPHONE = re.compile(r"0\d(?: \d\d){4}|0 800(?: \d\d){3}|33 \d(?: \d\d){4}|\d{4}(?: \d\d){3}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3})+")
_TITLE = re.compile(r"M(M\.|mes|me|\.) (?=[A-ZÀ-Ý])")
_NUMERO = re.compile(r"n° ?(?=\d)", re.IGNORECASE)


def french(text: str) -> str:
    """Give a plain text with French typography. Applying it twice changes nothing more."""
    for plain, right in _PLAIN:
        if plain in text:
            text = text.replace(plain, right)
    if '"' in text:
        text = _QUOTED.sub(rf"«{NARROW}\1{NARROW}»", text)
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
    return number + (NARROW if suffix in f" {NO_BREAK}" else "e")


# Tags, with whole elements whose text is not prose taken as one tag.
_MARKUP = re.compile(r"<(?:(pre|code|kbd|samp|script|style|textarea)\b.*?</\1\s*>|[^>]*>)", re.DOTALL)
_ORDINAL = re.compile(r"\b(?:(1)(er|re|ers|res)|([2-9]|[1-9]\d+)(es?)|([IVX]{1,5})(e)(?=\s+siècle))\b")


def french_html(html: str) -> str:
    """Give an HTML fragment with French typography in its prose: never in tags, attributes, code or scripts."""
    marks = [match[0] for match in _MARKUP.finditer(html)]
    # NUL can't stand in HTML: it holds the tags' places while the prose is one text, so that rules see across tags.
    prose = _MARKUP.sub("\x00", html.replace("\x00", ""))
    if "&" in prose:
        prose = escape(french(unescape(prose)), quote=False)
    else:
        prose = french(prose)
    pieces = _ORDINAL.sub(_superscript, prose).split("\x00")
    joined = [pieces[0]]
    for mark, piece in zip(marks, pieces[1:], strict=True):
        joined += (mark, piece)
    return "".join(joined)


def _superscript(match: re.Match[str]) -> str:
    number = match[1] or match[3] or match[5]
    return f"{number}<sup>{match[2] or match[4] or match[6]}</sup>"
