"""Pictures for the press, as other programs read them: words inside, pixels untouched, no trace of their making."""

from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFile, IptcImagePlugin

from generator.documents.captions import Captioned, Words, captioned
from generator.site.images import Unusable

WORDS = Words(
    title="Noël des Voisins & cie",
    caption="Des voisins <à table>, « ensemble ».",
    alt="Une longue table",
    credit="Photo : Léa Martin, pour la Ville d'Aubrenay",
    source="Aubrenay",
    terms="Usage éditorial gratuit, avec crédit.",
    page="https://solidaire.aubrenay.example/presse/#conditions",
)
SECRET = b"Canari"


def painting(size: tuple[int, int] = (60, 40)) -> Image.Image:
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.paste("red", (0, 0, size[0] // 3, size[1] // 3))
    return picture


def secretive(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (46.0, 50.0, 0.0), 3: "E", 4: (1.0, 15.0, 0.0)}
    return exif


def saved(folder: Path, name: str, picture: Image.Image, **options: Any) -> Path:
    picture.save(folder / name, **options)
    return folder / name


def opened(result: Captioned) -> ImageFile.ImageFile:
    picture = Image.open(BytesIO(result.content))
    picture.load()
    return picture


def xmp(picture: Image.Image) -> dict[str, str]:
    """Give the texts of a picture's XMP by the name of their property."""
    data = picture.info.get("xmp") or picture.info["XML:com.adobe.xmp"]
    (description,) = ElementTree.fromstring(data).iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    return {each.tag.rpartition("}")[2]: "".join(each.itertext()).strip() for each in description}


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"quality": 30, "subsampling": 0}, {"restart_marker_rows": 1}]
)
def test_an_upright_jpeg_keeps_its_pixels_and_says_all(tmp_path: Path, options: dict[str, Any]) -> None:
    file = saved(tmp_path, "a.jpg", painting(), exif=secretive(), comment=SECRET, **options)
    with file.open("ab") as stream:
        stream.write(SECRET)  # Telephones hide a film or a second picture behind the first.
    result = captioned(file, WORDS)
    assert SECRET not in result.content
    assert result[1:] == ("jpg", 60, 40)
    picture = opened(result)
    assert not picture.getexif()
    assert ImageChops.difference(picture, Image.open(file)).getbbox() is None
    found = xmp(picture)
    assert found["title"] == WORDS.title
    assert found["description"] == WORDS.caption
    assert found["creator"] == found["Credit"] == found["rights"] == WORDS.credit
    assert found["UsageTerms"] == found["Instructions"] == WORDS.terms
    assert found["WebStatement"] == WORDS.page
    assert found["AltTextAccessibility"] == WORDS.alt
    iptc = IptcImagePlugin.getiptcinfo(picture)
    assert iptc
    assert iptc[(1, 90)] == b"\x1b%G"
    assert iptc[(2, 120)] == WORDS.caption.encode()
    assert iptc[(2, 116)] == WORDS.credit.encode()
    assert iptc[(2, 40)] == WORDS.terms.encode()
    assert iptc[(2, 110)] == WORDS.credit.encode()[:32].decode("utf-8", "ignore").strip().encode()


def test_a_png_keeps_its_pixels_and_its_transparency(tmp_path: Path) -> None:
    plain = painting().convert("RGBA")
    plain.putalpha(128)
    result = captioned(saved(tmp_path, "a.png", plain, exif=secretive()), WORDS)
    assert SECRET not in result.content
    picture = opened(result)
    assert (picture.format, result.ending) == ("PNG", "png")
    assert picture.tobytes() == plain.tobytes()
    assert xmp(picture)["description"] == WORDS.caption


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_turned_picture_stands_upright(tmp_path: Path, orientation: int) -> None:
    file = saved(tmp_path, "a.jpg", painting(), exif=secretive(orientation), quality=95)
    result = captioned(file, WORDS)
    assert SECRET not in result.content
    assert opened(result).size == ((60, 40) if orientation < 5 else (40, 60)) == result[2:]
    assert xmp(opened(result))["title"] == WORDS.title


def test_the_colour_profile_stays(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name in ("a.jpg", "a.png"):
        assert (
            opened(captioned(saved(tmp_path, name, painting(), icc_profile=profile), WORDS)).info["icc_profile"]
            == profile
        )


@pytest.mark.parametrize("name", ["a.webp", "a.gif", "a.tiff", "a.bmp", "a.avif"])
def test_other_kinds_become_jpeg(tmp_path: Path, name: str) -> None:
    result = captioned(saved(tmp_path, name, painting()), WORDS)
    assert (opened(result).format, result.ending) == ("JPEG", "jpg")
    assert xmp(opened(result))["Credit"] == WORDS.credit


def test_a_four_colour_picture_is_made_fit_for_screens(tmp_path: Path) -> None:
    assert opened(captioned(saved(tmp_path, "a.jpg", painting().convert("CMYK")), WORDS)).mode == "RGB"


def test_words_too_long_for_iim_are_cut_between_letters(tmp_path: Path) -> None:
    words = WORDS._replace(credit="é" * 100, caption="à" * 3000)
    picture = opened(captioned(saved(tmp_path, "a.jpg", painting()), words))
    iptc = IptcImagePlugin.getiptcinfo(picture)
    assert iptc
    assert iptc[(2, 80)] == ("é" * 16).encode()
    assert iptc[(2, 120)] == ("à" * 1000).encode()
    assert xmp(picture)["description"] == "à" * 3000


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    file = saved(tmp_path, "a.jpg", painting(), exif=secretive(6))
    assert captioned(file, WORDS) == captioned(file, WORDS)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>"])
def test_a_damaged_picture_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(Unusable):
        captioned(tmp_path / "a.jpg", WORDS)
