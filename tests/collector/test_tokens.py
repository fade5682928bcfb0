"""Form tokens: forged, early, expired, from another form, under a clock that jumps."""

import pytest

from generator.collector import tokens
from generator.collector.tokens import LIFETIME, Doubt, Token

KEY = b"key"
NOW = 1_795_000_000.0
DAY = 86400


def opened(form: str = "lettre", now: float = NOW) -> str:
    return tokens.issue(KEY, form, now)


def read(written: str, form: str = "lettre") -> Token | Doubt:
    return tokens.read(KEY, written, form)


def test_a_token_says_when_its_form_was_opened() -> None:
    token = read(opened())
    assert isinstance(token, Token)
    assert (token.form, token.issued) == ("lettre", int(NOW))


@pytest.mark.parametrize("change", ["x", "", ".", "a.b.c.d", "é" * 50, "\x00", "a" * 5000, "lettre.1.00."])
def test_a_forged_token_is_nothing(change: str) -> None:
    assert read(change) is Doubt.FORGED


def test_every_changed_character_is_noticed() -> None:
    written = opened()
    for place in range(len(written)):
        other = "0" if written[place] != "0" else "1"
        assert read(written[:place] + other + written[place + 1 :]) is Doubt.FORGED


def test_another_form_s_token_or_another_key_s_is_forged() -> None:
    assert read(opened("autre")) is Doubt.FORGED
    assert tokens.read(b"other", opened(), "lettre") is Doubt.FORGED


@pytest.mark.parametrize(
    ("later", "doubt"),
    [(1, Doubt.EARLY), (2, None), (3600, None), (LIFETIME, None), (LIFETIME + 1, Doubt.EXPIRED)],
)
def test_a_token_has_an_age(later: float, doubt: Doubt | None) -> None:
    token = read(opened())
    assert isinstance(token, Token)
    assert tokens.age(token, token.issued + later) is doubt


@pytest.mark.parametrize(("jump", "doubt"), [(DAY, Doubt.EXPIRED), (-DAY, Doubt.EARLY)])
def test_a_clock_that_jumps_a_day_lets_nothing_in(jump: float, doubt: Doubt) -> None:
    token = read(opened())
    assert isinstance(token, Token)
    assert tokens.age(token, NOW + jump) is doubt


def test_tokens_never_repeat() -> None:
    assert len({opened() for _ in range(1000)}) == 1000
