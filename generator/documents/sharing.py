"""Social cards: what networks show beside a link to a page. 1200 × 630 pixels, as Open Graph's readers ask.

The ground (bunting, street, the site's name) is the theme's and is drawn once; a page adds its title, where it belongs,
a date, its picture.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from generator.site.documents import PlannedDocument
from generator.site.metadata import CARD_SIZE

from .drawings import drawing
from .lettering import Setting, fitted, font
from .making import Workshop
from .typesetting import FONTS, colours

WIDTH, HEIGHT = CARD_SIZE
_MARGIN, _TOP, _GAP = 64, 76, 18
_BAND = 92
_FLOOR = HEIGHT - _BAND - 96
"""Where the street's roofs begin: no word goes below."""
_WINDOW = (764, 84, 1136, HEIGHT - _BAND)
"""Where a picture stands: a window with a round top, as portraits have on the site."""
_TITLE_SIZES = (104, 94, 84, 76, 68, 62, 56, 50, 46, 42, 38)


def share_card(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a page's card: JPEG with a picture, PNG without one."""
    from PIL import ImageDraw

    values = dict(document.values)
    theme = workshop.theme
    palette = colours(theme)
    card = _ground(theme, workshop.library.config.title).copy()
    draw = ImageDraw.Draw(card)
    width = WIDTH - 2 * _MARGIN
    if values["picture"]:
        _hang(card, workshop.library.pictures.cache / values["picture"])
        width = _WINDOW[0] - 2 * _MARGIN + 12
    kicker = fitted(values["kicker"], text_font(theme), width, 44, (30, 26)) if values["kicker"] else None
    when = fitted(values["when"], text_font(theme), width, 80, (30, 26)) if values["when"] else None
    around = sum(part.height + _GAP for part in (kicker, when) if part)
    title = fitted(values["title"], title_font(theme), width, _FLOOR - _TOP - around, _TITLE_SIZES)
    y = _TOP + (_FLOOR - _TOP - around - title.height) // 3
    for part, file, colour in (
        (kicker, text_font(theme), palette["terracotta-text"]),
        (title, title_font(theme), palette["ink"]),
        (when, text_font(theme), palette["soft"]),
    ):
        if part:
            _write(draw, part, file, y, colour)
            y += part.height + _GAP
    return _encoded(card, bool(values["picture"]))


def title_font(theme: Path) -> Path:
    """Give the font of titles."""
    return theme / FONTS / "bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf"


def text_font(theme: Path) -> Path:
    """Give the font of all else."""
    return theme / FONTS / "atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf"


@cache
def _ground(theme: Path, campaign: str) -> Any:
    from PIL import Image, ImageDraw

    palette = colours(theme)
    card = Image.new("RGB", (WIDTH, HEIGHT), palette["paper"])
    bunting = drawing(theme / "assets/bunting.svg", 200)
    for left in range(0, WIDTH, bunting.width):
        card.paste(bunting, (left, 0), bunting)
    top = HEIGHT - _BAND
    street = drawing(theme / "assets/street.svg", 640)
    for left in (0, street.width):
        card.paste(street, (left, top - street.height + 2), street)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, top, WIDTH, HEIGHT), palette["deep"])
    logo = drawing(theme / "assets/logo.svg", 56)
    card.paste(logo, (_MARGIN, top + (_BAND - logo.height) // 2), logo)
    name = fitted(campaign, title_font(theme), WIDTH - 3 * _MARGIN - logo.width, 48, (38, 32, 26, 22))
    x = _MARGIN + logo.width + 18
    draw.text((x, top + _BAND // 2), name.lines[0], palette["on-deep"], font(title_font(theme), name.size), anchor="lm")
    return card


def _write(draw: Any, setting: Setting, file: Path, y: int, colour: str) -> None:
    for rank, line in enumerate(setting.lines):
        draw.text((_MARGIN, y + rank * setting.leading), line, colour, font(file, setting.size))


def _hang(card: Any, file: Path) -> None:
    """Put a picture into its window."""
    from PIL import Image, ImageOps

    left, top, right, bottom = _WINDOW
    size = (right - left, bottom - top)
    with Image.open(file) as opened:
        # Faces and roofs are in the upper half.
        shown = ImageOps.fit(opened.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    card.paste(shown, (left, top), _window(size))


@cache
def _window(size: tuple[int, int]) -> Any:
    from PIL import Image, ImageDraw

    width, height = size[0] * 4, size[1] * 4
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    draw.ellipse((0, 0, width, width), 255)
    draw.rectangle((0, width // 2, width, height), 255)
    return mask.resize(size, Image.Resampling.LANCZOS)


def _encoded(card: Any, is_photo: bool) -> bytes:
    from PIL import Image

    data = BytesIO()
    if is_photo:
        card.save(data, "JPEG", quality=86, subsampling=0, optimize=True, progressive=True)
    else:
        plain = card.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        plain.save(data, "PNG")
    return data.getvalue()
