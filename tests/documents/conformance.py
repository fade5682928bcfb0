"""What a machine can tell of a PDF's conformance to PDF/UA-1 (ISO 14289-1), by the Matterhorn Protocol 1.1."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

_LEVEL = re.compile(r"/H([1-6])")


def faults(path: Path) -> list[str]:
    """Give what is wrong with a PDF, each with its checkpoint; nothing for a conforming one."""
    with pikepdf.open(path) as pdf:
        return [
            *_metadata(pdf),
            *_structure(pdf),
            *(fault for page in pdf.pages for fault in _page(page)),
            *(fault for font in _fonts(pdf) for fault in _font(font)),
        ]


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "06-002 no PDF/UA identifier"
        if not metadata.get("dc:title"):
            yield "06-003 no title"
    if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle"):
        yield "07-001 the title is not shown"
    if not root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked"):
        yield "06-001 not marked as tagged"
    if root.get("/MarkInfo", pikepdf.Dictionary()).get("/Suspects"):
        yield "02-004 suspects"
    if not str(root.get("/Lang", "")):
        yield "11-006 no language"
    if "/AcroForm" in root:
        yield "25-001 a form"
    if pdf.is_encrypted:
        yield "26-001 encrypted"


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    """Give every structure element of a PDF, in reading order."""
    found = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(node)
            walk(node.get("/K"))

    walk(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K"))
    return found


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    found = elements(pdf)
    if not found:
        yield "01-005 nothing is tagged"
    level = 0
    for each in found:
        name = str(each.S)
        if name == "/Figure" and not (str(each.get("/Alt", "")) or "/ActualText" in each):
            yield "13-004 a figure without words"
        if name == "/TH" and "/Scope" not in _attributes(each):
            yield "15-003 a header cell without scope"
        if matched := _LEVEL.fullmatch(name):
            following = int(matched[1])
            if following > level + 1:
                yield f"14-003 from heading {level} to {following}"
            level = following
    if not level:
        yield "14-002 no heading"


def _attributes(element: Any) -> set[str]:
    given: Any = element.get("/A", pikepdf.Dictionary())
    parts = given if isinstance(given, pikepdf.Array) else [given]
    return {str(key) for part in parts if isinstance(part, pikepdf.Dictionary) for key in part}


def _page(page: pikepdf.Page) -> Iterator[str]:
    annotations = list(page.obj.get("/Annots", []))
    if annotations and page.obj.get("/Tabs") != "/S":
        yield "28-008 tab order is not that of the structure"
    for annotation in annotations:
        if (
            "/Contents" not in annotation
            and annotation.get("/Subtype") == "/Link"
            and "/StructParent" not in annotation
        ):
            yield "28-011 a link out of the structure"
    depth = tagged = 0
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            depth += 1
            tagged += 1
        elif name == "EMC":
            depth -= 1
        elif name in ("Tj", "TJ", "Do") and depth == 0:
            yield "01-003 something is neither tagged nor an artifact"
            return
    if not tagged:
        yield "01-005 a page without marks"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font" and each.get("/Subtype") == "/Type0":
            yield each


def _font(font: Any) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield "10-001 letters without Unicode"
    for descendant in font.DescendantFonts:
        if not {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys()):
            yield "31-009 a font that is not embedded"
