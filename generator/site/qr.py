"""QR codes (ISO/IEC 18004): an address as a square that a telephone reads, as vectors for pages and for print."""

from typing import Literal

Use = Literal["screen", "indoors", "outdoors"]

_CORRECTION = {"screen": "m", "indoors": "q", "outdoors": "h"}
"""How much of a code may be lost and still be read: 15 % on a screen, 25 % on paper, 30 % under rain and scratches."""
QUIET = 4
"""Width in modules of the white edge without which readers don't see the code (ISO/IEC 18004, 9.1)."""


def qr_svg(address: str, use: Use) -> str:
    """Give the code of an address as an SVG drawing, black on white, its quiet zone inside; one unit is one module."""
    modules = qr_modules(address, use)
    size = len(modules) + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{_path(modules)}"/></svg>'
    )


def qr_modules(address: str, use: Use) -> list[str]:
    """Give the code's modules line by line, `1` for dark, without the quiet zone.

    The same address always gives the same code: version and mask are chosen by the standard's own rules.
    """
    import segno

    code = segno.make_qr(address, error=_CORRECTION[use], boost_error=False, encoding="utf-8")
    return ["".join("1" if module else "0" for module in row) for row in code.matrix]


def _path(modules: list[str]) -> str:
    """Give SVG path data that draws each run of dark modules in a line as one rectangle."""
    parts = []
    for row, line in enumerate(modules):
        column = 0
        while (start := line.find("1", column)) >= 0:
            end = line.find("0", start)
            column = len(line) if end < 0 else end
            parts.append(f"M{start + QUIET} {row + QUIET}h{column - start}v1h-{column - start}z")
    return "".join(parts)
