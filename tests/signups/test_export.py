"""The export: every name exactly as it was written, and nothing that a spreadsheet would run."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.collector.town import Town
from tests.signups.staff import confirm, sign_up, ville

NAUGHTY = [line for line in (Path(__file__).parent / "naughty.txt").read_text("utf-8").split("\n") if line]
NAUGHTY += ["deux\r\nlignes", "\ttabulation", "\rretour", "cloche \x07 et échappement \x1b", "a" * 120]


def filled(town: Town, form: str = "csv") -> Path:
    for text in NAUGHTY:
        sign_up(town, first_name=text, message=text)
    confirm(town)
    output = town.root.parent / f"export.{form}"
    assert ville(town, "export", "devenir-voisin-solidaire", "--output", str(output)) == 0
    return output


def test_a_csv_keeps_every_text_and_runs_none(town: Town) -> None:
    data = filled(town).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    cells = [row["first_name"] for row in rows]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert sorted(cell.removeprefix("'") for cell in cells) == sorted(text.removeprefix("'") for text in NAUGHTY)
    assert rows[0]["neighbourhood"] == "La Gare"
    assert rows[0]["i_can"].startswith("faire des courses")
    assert rows[0]["confirmation"] == "confirmé"


def test_an_xlsx_keeps_every_text_as_text(town: Town) -> None:
    sheet = openpyxl.load_workbook(filled(town, "xlsx")).active
    assert sheet is not None
    header = [cell.value for cell in next(sheet.iter_rows())]
    column = header.index("first_name") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    texts = {str(cell.value) for cell in cells}
    for text in ("O'Neil", "=cmd|' /C calc'!A0", "+33 6 39 98 00 01", "{{ 7*7 }}", "李"):
        assert text in texts


def test_what_was_not_confirmed_is_left_out_unless_asked_for(town: Town) -> None:
    sign_up(town)
    output = town.root.parent / "e.csv"
    ville(town, "export", "devenir-voisin-solidaire", "--output", str(output))
    assert len(output.read_text("utf-8-sig").splitlines()) == 1
    ville(town, "export", "devenir-voisin-solidaire", "--all", "--output", str(output))
    assert "à confirmer" in output.read_text("utf-8-sig")
    assert output.stat().st_mode & 0o077 == 0


def test_an_export_never_lands_in_the_site_s_folder(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    inside = town.root / "data" / "export.csv"
    assert ville(town, "export", "devenir-voisin-solidaire", "--output", str(inside)) == 1
    assert not inside.exists()
    assert "hors du dossier du site" in capsys.readouterr().err


def test_another_key_opens_nothing(town: Town, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import pyrage

    sign_up(town)
    stranger = Town(town.root, str(pyrage.x25519.Identity.generate()), town.environment)
    output = tmp_path / "x.csv"
    assert ville(stranger, "export", "devenir-voisin-solidaire", "--all", "--output", str(output)) == 1
    assert "ne s'ouvre pas" in capsys.readouterr().err
    assert not output.exists()
