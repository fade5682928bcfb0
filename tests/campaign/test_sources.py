"""YAML as plain text: what is read, what is refused, and where everything stands."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.places import Places
from generator.campaign.sources import MAX_FAULTS, Fault, Value, decode, parse, parse_all


def faults(text: str) -> list[tuple[int, int, str]]:
    """Give the place and code of each fault of a text."""
    try:
        decoded = decode(text.encode("utf-8", "surrogatepass"))
    except Fault as fault:
        return [(fault.line, fault.column, fault.code)]
    return [(fault.line, fault.column, fault.code) for fault in parse_all(decoded)[1]]


def test_every_scalar_is_the_text_that_was_written() -> None:
    text = "a: no\nb: on\nc: 08:30\nd: 01000\ne: 1_000\nf: 2026-02-30\ng: NaN\nh: 0x1F\ni: 'null'\nj: 1.50\n"
    assert parse(text) == {
        "a": "no", "b": "on", "c": "08:30", "d": "01000", "e": "1_000", "f": "2026-02-30", "g": "NaN", "h": "0x1F",
        "i": "null", "j": "1.50",
    }  # fmt: skip


def test_a_field_left_empty_is_left_out() -> None:
    assert parse("a:\nb: ~\nc: null\nd: ''\ne: [ , ~]\n".replace("[ , ~]", "[~]")) == {"d": "", "e": [None]}
    assert parse("") is None
    assert parse("# rien\n") is None


def test_marks_of_order_line_ends_and_invisible_characters_change_nothing() -> None:
    assert parse(decode("\ufeffa: b\r\nc: d\r".encode())) == {"a": "b", "c": "d"}
    assert decode("a\u200bb\u202ec\u2066d\u2028e\u0085f".encode()) == "abcd e f"
    assert parse('a: "x\\u202ey\\u2028z"') == {"a": "xy z"}
    assert decode("famille 👨\u200d👩\u200d👧, 10\u00a0000".encode()) == "famille 👨\u200d👩\u200d👧, 10\u00a0000"


def test_no_break_spaces_of_a_french_keyboard_count_as_spaces_where_yaml_wants_some() -> None:
    text = decode("a:\n\u00a0 b:\u00a0c\u00a0!\n \u202fd: e\nf: |\n  g\u00a0: h\n".encode())
    assert parse(text) == {"a": {"b": "c\u00a0!", "d": "e"}, "f": "g\u00a0: h\n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c\n", (1, 5, "yaml-syntax")),
        ("a: x\nb:y\n", (2, 2, "yaml-syntax")),
        ("a:x\nb: y\n", (1, 2, "yaml-syntax")),
        ("a: x\nmot\nb: y\n", (2, 1, "yaml-syntax")),
        ("mot\nb: y\n", (1, 1, "yaml-syntax")),
        ("a: x\n  b: y\n", (2, 3, "yaml-syntax")),
        ("a:\n    b: x\n  c: y\n", (3, 3, "yaml-syntax")),
        ("  a: x\nb: y\n", (2, 1, "yaml-syntax")),
        ('a: "x\nb: y\n', (1, 4, "yaml-syntax")),
        ('a: x\nb: "y\nc: "z"\n', (2, 4, "yaml-syntax")),
        ("a: 'l'été'\n", (1, 7, "yaml-syntax")),
        ('a: "b" c\n', (1, 8, "yaml-syntax")),
        ("a: [b, c\n", (1, 4, "yaml-syntax")),
        ("a: [b, c\nd: e\n", (1, 4, "yaml-syntax")),
        ("a: [\n", (1, 4, "yaml-syntax")),
        ("a: {b: c\nd: e\n", (1, 4, "yaml-syntax")),
        ("a: [b,, c]\n", (1, 7, "yaml-syntax")),
        ('a: ["b" "c"]\n', (1, 9, "yaml-syntax")),
        ("a:\n\tb: c\n", (2, 1, "tab")),
        ("a:\n  b: c\n\td: e\n", (3, 1, "tab")),
        ("a: |\n\tb\n", (2, 1, "tab")),
        ("a: @b\n", (1, 4, "yaml-syntax")),
        ("a: `b`\n", (1, 4, "yaml-syntax")),
        ("a: **b**\n", (1, 4, "yaml-feature")),
        ("a: & b\n", (1, 4, "yaml-feature")),
        ("a: !Été\n", (1, 4, "yaml-feature")),
        ("a: !!str b\n", (1, 4, "yaml-feature")),
        ("a: ! b\n", (1, 4, "yaml-feature")),
        ("a: | b\n  c\n", (1, 6, "yaml-syntax")),
        ("a: - b\n", (1, 4, "yaml-syntax")),
        ('a: "C:\\d"\n', (1, 7, "yaml-syntax")),
        ('a: "\\ud800"\n', (1, 7, "yaml-syntax")),
        ('a: "\\x07"\n', (1, 4, "forbidden-character")),
        ("- a: b\n c: d\n", (2, 2, "yaml-syntax")),
        ("a: b\n---\nc: d\n", (2, 1, "several-documents")),
        ("a: b\n...\nc\n", (3, 1, "yaml-syntax")),
        ("? [a]\n: b\n", (1, 3, "yaml-syntax")),
        ("a: {{ 7*7 }}\n", (1, 5, "yaml-syntax")),
        ("%FOO\n---\na: b\n", (1, 1, "yaml-feature")),
        ("a: b\nà: \x07\n", (2, 4, "forbidden-character")),
        ("a: b\n\x0cc: d\n", (2, 1, "forbidden-character")),
    ],
)
def test_a_fault_is_told_where_it_must_be_mended(text: str, expected: tuple[int, int, str]) -> None:
    assert faults(text) == [expected]


def test_faults_that_leave_the_rest_readable_are_told_together() -> None:
    value, found = parse_all("a: &x b\na: c\nd: *x\ne: !!int 1\nf: {g: h, g: i}\n")
    assert value == {"a": "c", "d": "*x", "e": "1", "f": {"g": "i"}}
    assert [(fault.line, fault.column, fault.code) for fault in found] == [
        (1, 4, "yaml-feature"), (2, 1, "duplicate-key"), (3, 4, "yaml-feature"), (4, 4, "yaml-feature"),
        (5, 11, "duplicate-key"),
    ]  # fmt: skip


def test_a_text_with_too_many_faults_is_given_up() -> None:
    value, found = parse_all("a: b\n" * 1000)
    assert value is None
    assert len(found) == MAX_FAULTS + 1


def test_an_alias_bomb_stays_small() -> None:
    bomb = "".join(f"{chr(97 + n)}: &{chr(97 + n)} [{', '.join([f'*{chr(96 + n)}'] * 9)}]\n" for n in range(1, 26))
    assert parse_all("a: &a [x]\n" + bomb)[0] is None


def test_bytes_that_are_not_utf_8_are_told_by_line_and_character() -> None:
    with pytest.raises(Fault) as refusal:
        decode("ligne\nété ".encode() + "fête".encode("latin-1"))
    assert (refusal.value.line, refusal.value.column, refusal.value.code) == (2, 6, "not-utf-8")


TEXT = """\
a: b
c:
  d: [e, {f: g}]
  h:
    - i: j
      k: l
    -
      m: n
"o": |
  p
'q r': s
"""


@pytest.mark.parametrize(
    ("path", "value", "name"),
    [
        (("a",), (1, 4), (1, 1)),
        (("c",), (2, 1), (2, 1)),
        (("c", "d"), (3, 3), (3, 3)),
        (("c", "d", 0), (3, 7), (3, 7)),
        (("c", "d", 1), (3, 10), (3, 10)),
        (("c", "d", 1, "f"), (3, 14), (3, 11)),
        (("c", "h", 0), (5, 7), (5, 7)),
        (("c", "h", 0, "k"), (6, 10), (6, 7)),
        (("c", "h", 1, "m"), (8, 10), (8, 7)),
        (("o",), (9, 6), (9, 1)),
        (("q r",), (11, 8), (11, 1)),
        (("c", "h", 1, "absent"), (8, 7), (8, 7)),
        (("c", "absent", 3, "x"), (2, 1), (2, 1)),
        (("absent",), (1, 1), (1, 1)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_places_are_those_of_values_and_names(
    path: tuple[str | int, ...], value: tuple[int, int], name: tuple[int, int]
) -> None:
    places = Places(TEXT)
    assert places.value(path) == value
    assert places.name(path) == name


def test_spans_hold_the_text_of_values() -> None:
    places = Places(TEXT)
    start, end = places.span(("c", "h", 0))
    assert TEXT[start:end].split() == ["i:", "j", "k:", "l"]
    start, end = places.span(("o",))
    assert TEXT[start:end] == "|\n  p\n"
    assert places.span(("absent",)) == (0, len(TEXT))


def test_places_are_known_up_to_the_first_error() -> None:
    places = Places("a: b\nc: d: e\nf: g\n")
    assert places.value(("a",)) == (1, 4)
    assert places.value(("f",)) == (1, 1)


words = st.text(alphabet="aéN0123 -:#'\"[]{},&*!|>%@\\\n\u00a0", max_size=12)
documents: st.SearchStrategy[Any] = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


def walk(value: Value, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Value]]:
    """Give every value of a document, with its path."""
    children: list[tuple[str | int, Value]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    return [(path, value), *(each for key, child in children for each in walk(child, (*path, key)))]


@given(documents, st.booleans(), st.sampled_from([None, "'", '"', "|"]))
def test_documents_are_read_as_pyyaml_reads_them(document: Any, flow: bool, style: str | None) -> None:
    text = yaml.dump(document, allow_unicode=True, default_flow_style=flow, default_style=style)
    text = text.replace("!!str ", "").replace("\x85", " ")
    assert parse(text) == yaml.load(text, yaml.BaseLoader)


@given(documents, st.booleans())
def test_places_lead_back_to_what_was_written(document: Any, flow: bool) -> None:
    text = yaml.dump(document, allow_unicode=True, default_flow_style=flow, default_style='"', width=10_000)
    places, lines = Places(text), text.split("\n")
    for path, value in walk(parse(text)):
        line, column = places.value(path)
        start, end = places.span(path)
        assert text[:start].count("\n") + 1 == line or not isinstance(value, str)
        if isinstance(value, str):
            assert yaml.load(text[start:end], yaml.BaseLoader) == value
            assert lines[line - 1][column - 1] == '"'


@given(st.text(max_size=200) | st.text(alphabet="ab:- \n\t'\"[]{},&*!|>%@#?\u00a0", max_size=80))
def test_any_text_is_read_or_refused_within_itself(text: str) -> None:
    for line, column, code in faults(text.replace("\ud800", "")):
        assert code
        plain = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 0 < line <= len(plain) + 1
        assert column > 0
