"""Templates as code: a dot is an attribute, and says what it says in Jinja's own code."""

from typing import NamedTuple

import pytest
from jinja2 import Environment

from generator.site.plain_code import PlainCode


class Thing(NamedTuple):
    title: str
    others: tuple["Thing", ...] = ()


THING = Thing("Une fête", (Thing("<b>"), Thing("")))


@pytest.fixture(scope="module")
def plain() -> Environment:
    made = Environment(autoescape=True)
    made.code_generator_class = PlainCode
    return made


@pytest.mark.parametrize(
    "source",
    [
        "{{ thing.title }}{{ thing.others[0].title }}{{ (thing.others | last).title }}",
        "{{ thing.title.upper() }}{{ (thing.title ~ '-').title() }}{{ 'x'.upper() }}{{ 1.5.hex() }}",
        "{% for each in thing.others if each.title %}{{ loop.index }}{{ each.title }}{% endfor %}",
        "{% set kept = namespace(last='') %}{% for each in thing.others %}{% set kept.last = each.title %}{% endfor %}"
        "{{ kept.last }}",
    ],
)
def test_an_attribute_says_what_it_says_in_jinja(plain: Environment, source: str) -> None:
    written = Environment(autoescape=True).from_string(source)
    assert plain.from_string(source).render(thing=THING) == written.render(thing=THING)


def test_a_name_that_python_keeps_for_itself_is_still_one_after_a_dot(plain: Environment) -> None:
    thing = type("Box", (), {"class": "box"})()
    assert plain.from_string("{{ thing.class }}").render(thing=thing) == "box"


def test_a_key_is_no_attribute(plain: Environment) -> None:
    assert plain.from_string("{{ thing['title'] }}").render(thing={"title": "Une fête"}) == "Une fête"
    with pytest.raises(AttributeError, match="title"):
        plain.from_string("{{ thing.title }}").render(thing={"title": "Une fête"})
