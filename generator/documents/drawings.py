"""The theme's drawings (SVG) as pixels, by Typst, which draws the same on every machine."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from .typesetting import check_in_worker

_SIZE = re.compile(rb'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')


@cache
def drawing(file: Path, width: int) -> Any:
    """Give a drawing that wide, as a Pillow image with a transparent ground. Keep it as it is: others use it too.

    Raises RuntimeError as `typeset` does.
    """
    check_in_worker()
    import typst
    from PIL import Image

    svg = file.read_bytes()
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError(f"{file.name} lacks a viewBox that begins at 0 0")
    height = float(found[2]) * width / float(found[1])
    page = (
        f'#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: none)\n#image("/drawing.svg", width: 100%)'
    )
    files: Any = {"main.typ": page.encode(), "drawing.svg": svg}
    compiler = typst.Compiler(files, root=str(file.parent))
    png = compiler.compile(format="png", ppi=72)
    assert isinstance(png, bytes)
    return Image.open(BytesIO(png)).convert("RGBA")
