"""QR codes read back by a decoder."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from generator.site.qr import QUIET, Use, qr_modules, qr_svg

ADDRESS = "https://solidaire.aubrenay.example/immeubles/cite-des-cheminots/"


def drawn(svg: str, module: int = 6) -> Image.Image:
    """Draw the rectangles of a code's path, as a browser would."""
    size = int(svg.partition('viewBox="0 0 ')[2].partition(" ")[0])
    picture = Image.new("L", (size * module, size * module), 255)
    pen = ImageDraw.Draw(picture)
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        left, top = int(column) * module, int(row) * module
        pen.rectangle((left, top, left + int(width) * module - 1, top + module - 1), fill=0)
    return picture


@pytest.mark.parametrize("use", ["screen", "indoors", "outdoors"])
@pytest.mark.parametrize("address", [ADDRESS, "https://a.fr/", ADDRESS + "é" * 60])
def test_a_code_says_the_address(address: str, use: Use) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(drawn(qr_svg(address, use)))] == [address]


def test_a_code_has_its_quiet_zone() -> None:
    picture = drawn(qr_svg(ADDRESS, "outdoors"), 1)
    assert picture.getbbox() == (0, 0, picture.width, picture.height)
    dark = Image.eval(picture, lambda value: 255 - value).getbbox()
    assert dark == (QUIET, QUIET, picture.width - QUIET, picture.height - QUIET)


def test_a_code_for_outdoors_is_read_through_a_scratch() -> None:
    picture = drawn(qr_svg(ADDRESS, "outdoors"))
    middle = picture.height // 2
    ImageDraw.Draw(picture).rectangle((0, middle, picture.width, middle + 14), fill=255)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_codes_are_always_the_same() -> None:
    assert qr_modules(ADDRESS, "indoors") == qr_modules(ADDRESS, "indoors")
