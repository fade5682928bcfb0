"""Templates in one piece, held to what Jinja makes of the same templates as they are written."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, Template, UndefinedError, nodes

from generator.site.inlining import Inliner
from tests.site.samples import THEME

MACROS = """
{% macro tag(text, tone="plain") %}<b class="{{ tone }}">{{ text }}</b>{% endmacro %}
{% macro pair(first, second=none) %}({{ tag(first) }}{{ tag(second, tone="dark") }}){% endmacro %}
{% macro kept(text) %}{% set text = text ~ "!" %}{{ text }}{% endmacro %}
{% macro titled(text) %}{{ title }}: {{ text }}{% endmacro %}
{% macro again(text) %}{{ text }}{{ again(text[1:]) if text }}{% endmacro %}
{% macro framed() %}[{{ caller() }}]{% endmacro %}
{% macro rest(first) %}{{ first }}{{ varargs | join("+") }}{% endmacro %}
{% macro twice(text, copy=text) %}{{ text }}{{ copy }}{% endmacro %}
{% macro site_name() %}{{ site }}{% endmacro %}
"""
TEMPLATES = {
    "base": "<{% block a %}a{% endblock %}|{% if words %}{% block b scoped %}b{% block c %}c{% endblock %}"
    "{% endblock %}{% endif %}|{% for word in words %}{{ word }}{% block d scoped %}{% endblock %}{% endfor %}>",
    "alone": "{{ words | length }}{{ tag(words[0]) }}{{ words }}",
    "child": "{% extends 'base' %}\n text {% block a %}A{% endblock %}{% block c %}{{ super() }}C{% endblock %}",
    "grandchild": "{% extends 'child' %}{% block a %}1{{ super() }}2{{ super() }}{% endblock %}",
    "names before": "{% extends 'base' %}{% set x = 3 %}{% block a %}{{ x }}{% endblock %}",
    "names in a block": "{% extends 'base' %}{% block a %}{% set word = 3 %}{{ word }}{% endblock %}",
    "unknown block": "{% extends 'base' %}{% block z %}z{% endblock %}",
    "super in an expression": "{% extends 'base' %}{% block a %}{{ super() | upper }}{% endblock %}",
    "a block again": "{% extends 'base' %}{% block a %}{{ self.c() }}{% endblock %}",
    "text before": "text{% extends 'base' %}{% block a %}{% endblock %}",
    "any parent": "{% extends parent %}{% block a %}A{% endblock %}",
    "a parent or none": "{% if words %}{% extends 'base' %}{% endif %}{% block a %}A{% endblock %}",
    "macros": "{{ tag('<x>') }} {{ tag(tone='a', text='b') }} {{ pair('x', second=words[0]) }} {{ pair('x') }}",
    "macros in places": "{% for word in words %}{{ tag(word) if loop.first }}{{ tag(word) }}{% else %}none{% endfor %}"
    "{% set t = tag('t') %}{{ t }}{{ tag(tag('in')) }}{{ [tag('list')] | join }}",
    "macro in a block": "{% extends 'base' %}{% block d %}{{ tag(word) }}{% endblock %}",
    "a macro that names": "{{ kept('x') }}{% set text = 'mine' %}{{ text }}{{ kept('y') }}{{ text }}",
    "a macro that borrows": "{% set title = 'not meant' %}{{ titled('x') }}",
    "a macro by another name": "{% set tag = titled %}{{ tag('x') }}",
    "a loop by a macro's name": "{% for tag in words %}{{ tag }}{% endfor %}{{ pair('x', 'y') }}",
    "a macro that calls itself": "{{ again('abc') }}",
    "a macro with a block": "{% call framed() %}in{% endcall %}{{ rest(1, 2, 3) }}",
    "a macro whose default is another argument": "{{ twice('x') }}{{ twice('x', 'y') }}",
    "arguments in a list": "{{ tag(*words[:1]) }}{{ tag(**{'text': 'x'}) }}",
    "a macro of its own": "{% macro own(x) %}{{ tag(x) }}{% endmacro %}{{ own('<') }}{{ own(words[0]) }}",
    "a global shadowed": "{% set site = 'mine' %}{{ site_name() }}{{ site }}",
    "included": "{% set x = 1 %}{% include 'alone' %}{{ x }}",
}


def loaded(environment: Environment, name: str) -> nodes.Template:
    assert environment.loader
    return environment.parse(environment.loader.get_source(environment, name)[0], name)


@pytest.fixture(scope="module")
def environment() -> Environment:
    made = Environment(
        loader=DictLoader({**TEMPLATES, "macros": MACROS}), autoescape=True, trim_blocks=True, undefined=StrictUndefined
    )
    made.globals.update(site="Ville", title="Global")
    module = made.get_template("macros").module
    made.globals.update({name: macro for name, macro in vars(module).items() if not name.startswith("_")})
    return made


@pytest.fixture(scope="module")
def pieces(environment: Environment) -> dict[str, Template]:
    inliner = Inliner(partial(loaded, environment), "macros")
    codes = {name: environment.compile(inliner.whole(name), name) for name in TEMPLATES}
    return {name: Template.from_code(environment, code, environment.globals) for name, code in codes.items()}


def said(template: Template, words: list[str]) -> str:
    """Give what a template says, or the error that Jinja finds in it."""
    try:
        return template.render(words=words, parent="base")
    except UndefinedError as error:
        return f"error: {error}"


@pytest.mark.parametrize("name", TEMPLATES)
@given(words=st.lists(st.text("ab<&'", max_size=3), max_size=3))
def test_a_template_in_one_piece_says_what_it_says_as_written(
    environment: Environment, pieces: dict[str, Template], name: str, words: list[str]
) -> None:
    assert said(pieces[name], words) == said(environment.get_template(name), words)


def test_the_sites_own_templates_are_all_in_one_piece() -> None:
    environment = Environment(loader=FileSystemLoader(THEME), trim_blocks=True, lstrip_blocks=True)
    inliner = Inliner(partial(loaded, environment), "macros.html")
    for path in sorted(THEME.glob("pages/*.html")):
        tree = inliner.whole(f"pages/{path.name}")
        assert not list(tree.find_all((nodes.Extends, nodes.Block))), path.name
