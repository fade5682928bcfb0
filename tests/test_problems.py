"""How problems are told to people, to programs and to GitHub."""

import errno
import json
import os
from pathlib import Path

import pytest

from generator.problems import PRINTERS, Problem, has_errors, nearest, print_text, reason, visible


def problem(path: str = "a.yml", line: int = 1, column: int = 1, message: str = "Faux.", hint: str = "") -> Problem:
    return Problem(path, line, column, "error", "some-code", message, hint)


def test_a_person_reads_place_sentence_hint_and_the_line_with_a_caret(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("title: x\nsumary: y\n", encoding="utf-8")
    assert print_text([problem(line=2, column=9, hint="Mieux.")], tmp_path) == (
        "a.yml:2:9: erreur [some-code]\n  Faux.\n  → Mieux.\n    2 | sumary: y\n" + " " * 16 + "^\n"
    )


@pytest.mark.parametrize(
    ("content", "line", "column", "shown", "under"),
    [
        (b"\xef\xbb\xbftitle: x\n", 1, 8, "title: x", "x"),
        (b"a: b\r\nc: d\r\n", 2, 4, "c: d", "d"),
        (b"a: b\rc: d\r", 2, 4, "c: d", "d"),
        (b"a:\tb\x1b[31m\n", 1, 4, "a: b [31m", "b"),
        ("a: e\u0301te\u0301 b".encode(), 1, 10, "a: e\u0301te\u0301 b", "b"),
        (b"a: \xe9t\xe9\n", 1, 4, "a: \ufffdt\ufffd", "\ufffd"),
        (b"x" * 300 + b"y" + b"x" * 300, 1, 301, None, "y"),
    ],
)
def test_the_caret_stands_under_the_place(
    tmp_path: Path, content: bytes, line: int, column: int, shown: str | None, under: str
) -> None:
    (tmp_path / "a.yml").write_bytes(content)
    *_, excerpt, caret = print_text([problem(line=line, column=column)], tmp_path).rstrip("\n").split("\n")
    assert shown is None or excerpt == f"    {line} | {shown}"
    visible_columns = [char for char in excerpt if char != "\u0301"]
    assert visible_columns[caret.index("^")] == under
    assert len(excerpt) <= 110


@pytest.mark.parametrize("path", ["absent.yml", "", ".", "a.yml"])
def test_a_line_that_can_not_be_shown_is_left_out(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.yml").write_text("x", encoding="utf-8")
    text = print_text([problem(path=path, line=7)], tmp_path)
    assert "^" not in text
    assert "Faux." in text


def test_a_problem_without_a_file_has_no_place(tmp_path: Path) -> None:
    assert print_text([problem(path="", line=0)], tmp_path) == "erreur [some-code]\n  Faux.\n"


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    problems = [problem("b.yml", 1), problem("a.yml", 10), problem("a.yml", 9)]
    text = print_text(problems, tmp_path)
    assert text.index("a.yml:9") < text.index("a.yml:10") < text.index("b.yml:1")
    assert [each["path"] for each in json.loads(PRINTERS["json"](problems, tmp_path))] == ["a.yml", "a.yml", "b.yml"]


def test_what_a_message_quotes_can_not_steer_a_terminal(tmp_path: Path) -> None:
    text = print_text([problem(path="a\n\x1b[2J.yml", message="« \x1b[31m\u202e »", line=0)], tmp_path)
    assert all(char.isprintable() or char == "\n" for char in text)
    assert text.count("\n") == 2


def test_a_program_reads_json(tmp_path: Path) -> None:
    (each,) = json.loads(PRINTERS["json"]([problem(hint="Écrivez « été ».")], tmp_path))
    assert each == {
        "path": "a.yml", "line": 1, "column": 1, "severity": "error", "code": "some-code", "message": "Faux.",
        "hint": "Écrivez « été ».",
    }  # fmt: skip
    assert json.loads(PRINTERS["json"]([], tmp_path)) == []


def test_github_annotates_the_line(tmp_path: Path) -> None:
    github = PRINTERS["github"]
    assert github([problem("é,a:b.yml", 3, 4, "100 %\nfaux.", "Mieux.")], tmp_path) == (
        "::error file=é%2Ca%3Ab.yml,line=3,col=4,title=some-code::100 %25%0Afaux. Mieux."
    )
    assert github([problem("a.yml", 0, 0)], tmp_path) == "::error file=a.yml,title=some-code::Faux."
    assert github([problem("", 0, 0)], tmp_path) == "::error title=some-code::Faux."


def test_warnings_do_not_forbid_publishing() -> None:
    warning = Problem("a.yml", 1, 1, "warning", "x", "Attention.")
    assert not has_errors([warning])
    assert has_errors([warning, problem()])


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("sumary", ["summary", "title"], "summary"),
        ("Été", ["ete", "hiver"], "ete"),
        ("HABITANT", ["habitants", "ecole"], "habitants"),
        ("zzz", ["summary"], None),
        ("", ["summary"], None),
        ("x", [], None),
        ("initiative-1234", [f"initiative-{number}" for number in range(3000)], "initiative-1234"),
        ("potagers-du-midi", [f"{number}-autre" for number in range(3000)] + ["potager-du-midi"], "potager-du-midi"),
    ],
)
def test_a_mistyped_word_finds_its_neighbour(word: str, known: list[str], found: str | None) -> None:
    assert nearest(word, known) == (f"Vouliez-vous dire « {found} » ?" if found else "")


def test_french_labels_lead_to_what_they_label() -> None:
    assert (
        nearest("quartiers", ["neighbourhood"], {"Quartier": "neighbourhood"})
        == "Vouliez-vous dire « neighbourhood » ?"
    )


def test_invisible_characters_are_shown_by_their_code() -> None:
    assert visible("a\u202eb\u200bc\u00a0d\ne\x07") == "a[U+202E]b[U+200B]c d e[U+0007]"
    assert visible("été « 1 »") == "été « 1 »"


def test_the_system_speaks_french_too() -> None:
    assert reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "disque plein"
    assert reason(OSError(errno.EBADF, "Bad file descriptor")) == "Bad file descriptor"
    assert reason(OSError("étrange")) == "étrange"
