"""The plain reader of YAML says what libyaml says, or nothing."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.campaign import libyaml, plain, sources

CAMPAIGNS = Path(__file__).parents[2]

PIECES = [
    *["\n"] * 8, *["  "] * 6, *[" "] * 3, *["- "] * 4, *["a: "] * 3, *["b:"] * 3, *["a: |\n"] * 2, "key: ", "id: x",
    "mot", "d'un mot", "null", "~", "# note", " # note", "#", ":", "-", "- -", "---", "...", "'", '"', '"mot"', "'mot'",
    '""', "''", "|", "|-", ">", ">-\n", "[a, b]", "[a b]", "[]", "{}", "[", "]", "{", "}", "&a ", "*a", "!t ", "? ",
    *["\n  "] * 4, *["\n    "] * 2, "\n\n  ", "\n   ", "x '", "' y", "|-\n  ", "l''été",
    "@", "`", ",", "\\", "\t", "é", "…", "\u00a0", "\u202f", "12", "-1.5", "08:30", "http://mot", "a:b", "a: b", "%",
]  # fmt: skip


@settings(max_examples=2_000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("a: |\n    x\n  y\nb: z\n")
@example("a: |\n\n  x\n   \n  y\n\n")
@example("- a:\n  - x\n  b: c\n- d\n")
@example("a:\n- x\nb:\n  - y\n")
@example("a: b\n c\n")
@example("- a: b\n  c\n")
@example("- a: b\n   c\n")
@example("a: b\n\n  c\n\n\n  d\n\nb: c\n")
@example("a: b\n  - c\n")
@example("a: b\n  c:\n")
@example("a: 'b ''c''  \n\n  d\n  '\n")
@example('a: "b\n  c"\n  d\n')
@example("a: |-\n  x\n\n\nb: c\n")
@example("  a: |\n   x\n  \n    \n")
@example("a:\na: b\n")
@example("a: ---\n")
def test_what_is_read_plainly_is_what_libyaml_reads(text: str) -> None:
    with suppress(sources.Fault, plain.Declined):
        text = sources.decode(text.encode())
        assert plain.parse(text) == libyaml.build(text, [])


def test_plain_texts_keep_the_order_of_their_fields() -> None:
    text = "b:\n  - x\na: 1\nc: |\n  y\n"
    parsed = libyaml.build(text, [])
    assert isinstance(parsed, dict)
    assert list(plain.parse(text)) == list(parsed) == ["b", "a", "c"]


@pytest.mark.parametrize("path", sorted((CAMPAIGNS / "data").rglob("*.yml")), ids=lambda path: path.name)
def test_the_example_town_is_read_alike(path: Path) -> None:
    with suppress(plain.Declined):
        text = sources.decode(path.read_bytes())
        assert plain.parse(text) == libyaml.build(text, [])


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  x\n",
        "a: b\n",
        "- a\n- b\n",
        'a: "b : c"\n',
        "a: [b, c]\n",
        "a: -1.5\n",
        "a:\n  b: c\n",
        "# x\n\na: b\n",
        "a: |-\n  x\n",
        "a: b\n  c\n",
        "- b\n  c\n- a: b\n    c\n  b: c\n",
        "a: 'l''été\n\n  suivant'\nb:\n- c\n",
        "a: 'b\n\n  ## c'\n",
    ],
)
def test_usual_texts_are_not_declined(text: str) -> None:
    assert plain.parse(text) == libyaml.build(text, [])
