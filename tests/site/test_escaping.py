from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup, escape

from generator.site.escaping import EscapingTemplate


class Word(str):
    """Text of a kind of its own."""


class Safe:
    def __html__(self) -> str:
        return "<b>&amp;</b>"


@pytest.fixture(scope="module")
def environment() -> Environment:
    made = Environment(autoescape=True)
    made.template_class = EscapingTemplate
    return made


@given(text=st.text() | st.text("<>&'\"a’\u202f"))
def test_text_is_escaped_as_markupsafe_does(environment: Environment, text: str) -> None:
    assert environment.from_string("{{ text }}").render(text=text) == str(escape(text))


@pytest.mark.parametrize("value", [Markup("<b>"), Word("<b>"), Safe(), 3, 2.5, Decimal("1"), None, ["<b>"], b"<b>"])
def test_whatever_is_not_text_is_escaped_as_markupsafe_does(environment: Environment, value: object) -> None:
    assert environment.from_string("{{ value }}").render(value=value) == str(escape(value))
