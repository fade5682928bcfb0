"""Sign-ups as a table, for a spreadsheet: the form's questions are its columns."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from generator.campaign.models.forms import Form
from generator.collector.draw import shown

from .archive import Signup

FIRST = ("id", "date", "confirmation", "version_du_texte")
"""Columns before the form's own."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def columns(form: Form) -> list[str]:
    """Give the names of the table's columns."""
    return [*FIRST, *(question.id for question in form.questions)]


def row(form: Form, signup: Signup, record: dict[str, Any]) -> list[str]:
    """Give a submission's cells, choices in words."""
    confirmed = {True: "confirmé", False: "à confirmer", None: ""}[signup.confirmed]
    answers = record["answers"]
    cells = [record["id"], record["at"], confirmed, record["text_version"]]
    return cells + [shown(question, answers.get(question.id)) for question in form.questions]


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Give a CSV file as French spreadsheets open it: semicolons, UTF-8 with its mark.

    A cell that a spreadsheet would run as a formula begins with an apostrophe (OWASP, « CSV Injection »).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    writer.writerows([_inert(cell) for cell in cells] for cells in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Give an Excel workbook in which every cell is text, never a formula or a link."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Inscriptions")
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        sheet.write_string(0, column, name, bold)
    for line, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell)
    book.close()
    return out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
