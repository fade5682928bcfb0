"""Titles on social cards: where lines break, when type shrinks, when words are cut."""

from pathlib import Path

import pytest

from generator.documents.lettering import Setting, fitted, font

FILE = (
    Path(__file__).parents[2]
    / "theme/node_modules/@expo-google-fonts/bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf"
)
SIZES = (84, 68, 56, 46, 38)
WIDTH, HEIGHT = 640, 340
LONG = (
    "Après quinze mois d’essai dans 112\u202flogements, qui connaît encore ses voisins\u202f? "
    "La ville étend la démarche et publie aussi tous ses échecs"
)


def set_(text: str, width: int = WIDTH, height: int = HEIGHT) -> Setting:
    return fitted(text, FILE, width, height, SIZES)


@pytest.mark.parametrize("text", ["Kit", "Fête des Voisins", LONG, LONG[:150], "W" * 120, "mot " * 30, "a-" * 60])
def test_every_line_fits(text: str) -> None:
    setting = set_(text)
    assert setting.height <= HEIGHT
    assert all(font(FILE, setting.size).getlength(line) <= WIDTH for line in setting.lines), setting


def test_short_titles_are_large_and_long_ones_whole() -> None:
    assert set_("Fête des Voisins").size == SIZES[0]
    long = set_(LONG)
    assert long.size < SIZES[0]
    assert " ".join(long.lines) == LONG.replace("\u202f", "\u00a0")


def test_marks_never_begin_a_line() -> None:
    for width in range(300, 1000, 20):
        for line in set_(LONG, width).lines:
            assert line[0] not in "?!:;»\u00a0"


def test_no_word_stays_alone_on_the_last_line() -> None:
    for width in range(500, 1100, 20):
        *before, last = set_("Deux rendez-vous pour finir l’année entre voisins et voisines", width).lines
        assert not before or " " in last, (width, before, last)


def test_compound_words_may_break_after_their_hyphen() -> None:
    setting = set_("Arc-en-ciel-sur-Plateau-des-Écoles-de-l’Aubre", 420, 400)
    assert "".join(setting.lines) == "Arc-en-ciel-sur-Plateau-des-Écoles-de-l’Aubre"
    assert len(setting.lines) > 1


def test_a_word_wider_than_the_card_is_cut_with_hyphens() -> None:
    word = "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu"
    setting = set_(word)
    assert "".join(line.removesuffix("-") for line in setting.lines) == word
    assert all(line.endswith("-") for line in setting.lines[:-1])


def test_only_what_can_never_fit_ends_with_an_ellipsis_after_a_whole_word() -> None:
    setting = set_("Une phrase beaucoup trop longue pour tenir, " * 10)
    assert setting.size == SIZES[-1]
    assert setting.lines[-1].endswith("…")
    assert setting.lines[-1][-2].isalpha()
    assert all("…" not in line for line in setting.lines[:-1])


def test_signs_that_the_font_lacks_are_left_out() -> None:
    assert " ".join(set_("Fête 🎉 des Voisins 漢字").lines) == "Fête des Voisins"
    assert set_("🎉").lines == ("…",)
