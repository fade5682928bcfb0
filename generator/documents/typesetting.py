"""Typst: data and a print template of the theme to a tagged PDF (PDF/UA-1, ISO 14289-1), the same bytes each time.

Whatever a record says reaches a template as data (JSON), never as code. Fonts are those that npm installed for the
theme, and no other, so that every machine sets the same lines.
"""

import json
import re
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Any
from unicodedata import category

from .making import Unmade, Workshop

FONTS = "node_modules/@expo-google-fonts"

_ROUNDS = 8
"""Typst names a few characters that it lacks at a time; so many times we leave them out and ask again."""
_LACKING = re.compile(r'(?:the text|disallowed codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_COLOUR = re.compile(r"^\s*--([a-z-]+):\s*(#[0-9a-fA-F]{3,6});", re.MULTILINE)


def typeset(template: str, data: dict[str, Any], workshop: Workshop) -> bytes:
    """Give the PDF that `theme/documents/<template>.typ` makes of `data`; pictures are in the workshop's folder.

    Signs that the fonts lack (emoji) are left out. Raises Unmade for letters that they lack, and for a faulty template;
    RuntimeError in a process that others may be forked from, where Typst's threads would be their deadlock.
    """
    check_in_worker()
    import typst

    files = dict(_templates(workshop.theme))
    files["main.typ"] = f'#import "/{template}.typ": document\n#document(json("/data.json"))\n'.encode()
    text = json.dumps({**_cuttable(data), "colours": colours(workshop.theme)}, ensure_ascii=False)
    for _ in range(_ROUNDS):
        files["data.json"] = text.encode("utf-8", "replace")
        try:
            compiler = typst.Compiler(
                files, root=str(workshop.pictures), font_paths=_fonts(workshop.theme), ignore_system_fonts=True
            )
            pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
        except typst.TypstError as error:
            lacking = {_plain(each) for each in _LACKING.findall(error.diagnostic)}
            spared = _without(text, lacking)
            if spared == text:
                raise _faulty(error) from None
            text = spared
            continue
        assert isinstance(pdf, bytes)
        return pdf
    raise Unmade("contient trop de signes que ses polices n'ont pas.", "Retirez les signes rares de cette fiche.")


def check_in_worker() -> None:
    """Raise RuntimeError in a process that others may be forked from."""
    if parent_process() is None:
        raise RuntimeError("documents are typeset in worker processes only")


_ENDLESS = re.compile(r"[^\W_]{25}(?=[^\W_]{5})")
_EXACT = {"file", "id", "page", "qr", "url"}


def _cuttable(value: Any) -> Any:
    """Give data in which words too long for any line may be cut, addresses apart."""
    if isinstance(value, dict):
        return {name: each if name in _EXACT else _cuttable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cuttable(each) for each in value]
    return _ENDLESS.sub("\\g<0>\u200b", value) if isinstance(value, str) else value


def _without(text: str, lacking: set[str]) -> str:
    letters = sorted(each for each in lacking if category(each[0]).startswith("L"))
    if letters:
        raise Unmade(
            f"contient des lettres que ses polices n'ont pas : {' '.join(letters[:10])}.",
            "Elles ont les lettres latines, cyrilliques et arabes : écrivez ces mots autrement.",
        )
    for each in sorted(lacking, key=len, reverse=True):
        text = text.replace(each, "")
    return text


def _plain(quoted: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], quoted)


def _faulty(error: Any) -> Unmade:
    wrong = " ".join(str(error.diagnostic).split())[:400]
    return Unmade(f"n'a pas pu être mis en page : {wrong}", "Vérifiez les modèles de theme/documents/.", "error")


@cache
def _fonts(theme: Path) -> Any:
    import typst

    folder = theme / FONTS
    if not folder.is_dir():
        raise Unmade("n'a pas de polices.", "Installez-les : make setup.", "error")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@cache
def _templates(theme: Path) -> dict[str, bytes]:
    found = {path.name: path.read_bytes() for path in sorted((theme / "documents").glob("*.typ"))}
    return found | {path.name: path.read_bytes() for path in sorted((theme / "assets").glob("*.svg"))}


@cache
def colours(theme: Path) -> dict[str, str]:
    """Give the site's own colours by name, those of the day."""
    return dict(_COLOUR.findall((theme / "assets/palette.css").read_text("utf-8")))
