"""The social networks that a press release is posted to, and how each counts the length of a post.

Sources: X, « Counting characters » (twitter-text configuration 3: weights, 23 for any address, emoji as two); Mastodon,
`StatusLengthValidator` (graphemes, 23 for any address); Bluesky, lexicon `app.bsky.feed.post` (300 graphemes) and its
own editor, which shortens addresses before it counts; Facebook, LinkedIn and Instagram, help pages (plain characters).
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

_ADDRESS = re.compile(r"https?://[^\s<>«»]*[^\s<>«».,;:!?…)’']")
_X_LIGHT = (range(0x1100), range(0x2000, 0x200E), range(0x2010, 0x2020), range(0x2032, 0x2038))
_X_HEAVY = re.compile(f"[^{''.join(f'{chr(light[0])}-{chr(light[-1])}' for light in _X_LIGHT)}]")
_REGIONAL = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_SINGLE = re.compile("[\n -~\xa0-\u02ff\u2010-\u2027\u202f]*")
"""Latin letters, digits and ordinary signs, of which none joins another."""
_JOINER, _EMOJI_STYLE, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"


def _graphemes(text: str) -> list[str]:
    """Cut a text into what readers see as single signs (Unicode annex 29, for Latin writing and emoji)."""
    if _SINGLE.fullmatch(text):
        return list(text)
    found: list[str] = []
    for char in text:
        last = found[-1] if found else ""
        flag = len(last) == 1 and ord(last) in _REGIONAL and ord(char) in _REGIONAL
        goes_on = char == _JOINER or unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me")
        if last and (flag or goes_on or last[-1] == _JOINER or ord(char) in _SKIN_TONES or last + char == "\r\n"):
            found[-1] += char
        else:
            found.append(char)
    return found


def _count_graphemes(text: str) -> int:
    return len(_graphemes(text))


def _count_weights(text: str) -> int:
    if _SINGLE.fullmatch(text):
        return len(text) + len(_X_HEAVY.findall(text))
    return sum(_weight(grapheme) for grapheme in _graphemes(unicodedata.normalize("NFC", text)))


def _weight(grapheme: str) -> int:
    joined = len(grapheme) > 1
    if joined and (grapheme[-1] in (_EMOJI_STYLE, _KEYCAP) or ord(grapheme[0]) >= 0x1F000 or _JOINER in grapheme):
        return 2
    return sum(1 if any(ord(char) in light for light in _X_LIGHT) else 2 for char in grapheme)


def _fixed(address: str) -> str:
    return "x" * 23


def _short(address: str) -> str:
    """Give an address as Bluesky's editor shows and counts it: the host, and the beginning of the path."""
    parts = urlsplit(address)
    path = address.partition(parts.netloc)[2].removesuffix("/")
    return parts.netloc + (f"{path[:13]}..." if len(path) > 15 else path)


def _whole(address: str) -> str:
    return address


class Network(NamedTuple):
    """A network: the longest post that it takes, how it counts signs, and what it counts for an address."""

    id: str
    title: str
    limit: int
    count: Callable[[str], int] = len
    shown: Callable[[str], str] = _whole

    def length(self, post: str) -> int:
        """Give the length of a post as this network counts it."""
        return self.count(_ADDRESS.sub(lambda match: self.shown(match[0]), post))


NETWORKS = {
    network.id: network
    for network in (
        Network("mastodon", "Mastodon", 500, _count_graphemes, _fixed),
        Network("bluesky", "Bluesky", 300, _count_graphemes, _short),
        Network("x", "X", 280, _count_weights, _fixed),
        Network("facebook", "Facebook", 63_206),
        Network("linkedin", "LinkedIn", 3_000),
        Network("instagram", "Instagram", 2_200),
    )
}
"""Every network, by the name of its field in a release's `social:`."""


def with_address(text: str, address: str) -> str:
    """Give a post that ends with the page's address, unless its author already put it in."""
    return text if address in text else f"{text}\n\n{address}"
