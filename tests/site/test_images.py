"""Pictures as they come out of cameras, phones, drawing programs and bad intentions."""

import io
import json
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from generator.campaign.models.record import Picture
from generator.site.images import Derived, Unusable, derive_all

SECRETS = (b"Lea Martin", b"SN-123456", b"2026:10:01", b"Exif", b"secret comment", b"photoshop", b"adobe:ns")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def outcome(folder: Path, name: str, content: bytes) -> Derived | Unusable:
    file = folder / name
    file.write_bytes(content)
    return derive_all([file], folder / "cache", None)[file]


def derived(folder: Path, name: str, content: bytes) -> Derived:
    result = outcome(folder, name, content)
    assert isinstance(result, Derived), result
    return result


def refused(folder: Path, name: str, content: bytes) -> Unusable:
    result = outcome(folder, name, content)
    assert isinstance(result, Unusable), result
    assert result.wrong.endswith(".")
    return result


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def flag(mode: str = "RGB", size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Draw a flag: left half red, right half blue."""
    picture = Image.new("RGB", size, (220, 20, 20))
    picture.paste((20, 20, 220), (size[0] // 2, 0, size[0], size[1]))
    return picture.quantize(4) if mode == "P" else picture.convert(mode)


def derivatives(folder: Path, result: Derived) -> list[Image.Image]:
    pictures: list[Image.Image] = [Image.open(folder / "cache" / name) for name in result.names()]
    for picture in pictures:
        picture.load()
    return pictures


def near(color: Any, expected: tuple[int, int, int], margin: int = 40) -> bool:
    return all(abs(one - other) <= margin for one, other in zip(color, expected, strict=True))


def test_each_picture_comes_in_three_formats_and_at_most_three_widths(folder: Path) -> None:
    result = derived(folder, "Place de l'Église.PNG", saved(flag(size=(2000, 1000)), "PNG"))
    assert result.sizes == ((240, 120), (320, 160), (640, 320), (1280, 640))
    assert [(picture.format, picture.size) for picture in derivatives(folder, result)] == [
        (kind, size) for size in result.sizes for kind in ("AVIF", "WEBP", "JPEG")
    ]
    assert result.stem.startswith("place-de-l--glise-")


def test_a_small_picture_keeps_its_size(folder: Path) -> None:
    assert derived(folder, "a.png", saved(flag(size=(100, 50)), "PNG")).sizes == ((100, 50),)


def test_a_picture_of_one_pixel_is_a_picture(folder: Path) -> None:
    assert derived(folder, "a.png", saved(flag(size=(1, 1)), "PNG")).sizes == ((1, 1),)


def test_its_view_tells_templates_the_largest_size(folder: Path) -> None:
    view = derived(folder, "a.png", saved(flag(size=(700, 350)), "PNG")).view(
        Picture(file="a.png", alt="Un drapeau", credit="La ville")
    )
    assert (view.width, view.height) == (700, 350)
    assert [each.width for each in view.avif] == [240, 320, 640, 700]


@pytest.mark.parametrize(
    ("orientation", "red_is_at"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_stands_upright_however_the_camera_was_held(
    folder: Path, kind: str, orientation: int, red_is_at: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    result = derived(folder, "a", saved(flag(), kind, exif=exif))
    turned = red_is_at in ("top", "bottom")
    assert result.sizes[-1] == ((40, 80) if turned else (80, 40))
    for picture in derivatives(folder, result):
        width, height = picture.size
        places = {
            "left": (width // 4, height // 2), "right": (width * 3 // 4, height // 2),
            "top": (width // 2, height // 4), "bottom": (width // 2, height * 3 // 4),
        }  # fmt: skip
        assert near(picture.convert("RGB").getpixel(places[red_is_at]), (220, 20, 20))
        assert picture.getexif().get(0x0112, 1) == 1


def photograph() -> bytes:
    """Take a JPEG that says where, when, by whom and with what it was taken."""
    exif = Image.Exif()
    exif[0x013B] = exif[0x8298] = "Lea Martin"
    exif[0xC62F] = "SN-123456"
    exif.get_ifd(0x8769)[0x9003] = "2026:10:01 12:00:00"
    exif.get_ifd(0x8825)[2] = (46.0, 49.0, 12.0)
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><creator>Lea Martin</creator></x:xmpmeta>'
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(flag(), "JPEG", exif=exif, comment=b"secret comment", xmp=packet, icc_profile=profile)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_derivative_tells_who_took_it_where_or_with_what(folder: Path, kind: str) -> None:
    content = photograph()
    if kind != "JPEG":
        with Image.open(io.BytesIO(content)) as photo:
            notes = PngImagePlugin.PngInfo()
            notes.add_itxt("Author", "Lea Martin")
            notes.add_text("Comment", "secret comment", zip=True)
            more = {"pnginfo": notes} if kind == "PNG" else {"xmp": photo.info["xmp"]}
            content = saved(photo, kind, exif=photo.getexif(), **more)
    assert b"Lea Martin" in content
    result = derived(folder, "a.jpg", content)
    for name, picture in zip(result.names(), derivatives(folder, result), strict=True):
        content = (folder / "cache" / name).read_bytes()
        assert not [secret for secret in SECRETS if secret in content], name
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & picture.info.keys()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16", "F"])
def test_every_colour_mode_gives_a_plain_picture(folder: Path, mode: str) -> None:
    kind = {"CMYK": "JPEG", "YCbCr": "JPEG", "F": "TIFF"}.get(mode, "PNG")
    deep = {"I;16": 40_000, "F": 156.0}
    picture = Image.new(mode, (80, 40), deep[mode]) if mode in deep else flag(mode)
    pictures = derivatives(folder, derived(folder, "a", saved(picture, kind)))
    assert {each.mode for each in pictures} == {"RGB"}
    if mode in deep:
        assert near(pictures[-1].getpixel((20, 20)), (156, 156, 156), 4)
    elif mode not in ("1", "L", "LA"):
        assert near(pictures[-1].getpixel((20, 20)), (220, 20, 20))


def test_what_is_transparent_turns_white(folder: Path) -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    palette = flag("P", (50, 50))
    for name, content in (
        ("alpha.png", saved(clear, "PNG")),
        ("palette.gif", saved(palette, "GIF", transparency=palette.getpixel((10, 10)))),
        ("colour.png", saved(Image.new("RGB", (50, 50)), "PNG", transparency=(0, 0, 0))),
    ):
        for picture in derivatives(folder, derived(folder, name, content)):
            assert near(picture.convert("RGB").getpixel((5, 25)), (255, 255, 255)), name


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_stops_at_its_first_frame(folder: Path, kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), color) for color in ((220, 20, 20), (20, 20, 220))]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    for picture in derivatives(folder, derived(folder, "a.gif", content)):
        assert getattr(picture, "n_frames", 1) == 1
        assert near(picture.convert("RGB").getpixel((30, 20)), (220, 20, 20))


def test_a_damaged_colour_profile_is_left_aside(folder: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for number, broken in enumerate((profile[:100], b"x", profile.replace(b"RGB ", b"CMYK"))):
        result = derived(folder, f"{number}.png", saved(flag(), "PNG", icc_profile=broken))
        assert near(derivatives(folder, result)[-1].getpixel((20, 20)), (220, 20, 20))


def test_a_wrong_extension_does_no_harm(folder: Path) -> None:
    assert derived(folder, "a.jpg", saved(flag(), "PNG")).sizes == ((80, 40),)


def test_a_picture_that_is_also_an_archive_or_a_page_loses_its_other_life(folder: Path) -> None:
    hidden = b"PK\x03\x04 <script>alert(1)</script>"
    result = derived(folder, "a.jpg", saved(flag(), "JPEG", comment=b"<script>alert(1)</script>") + hidden)
    for name in result.names():
        assert b"<script>" not in (folder / "cache" / name).read_bytes()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int) -> bytes:
    """Give a black PNG of one bit a pixel: any size, few bytes."""
    compressor = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join(compressor.compress(row) for _ in range(height)) + compressor.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("words.jpg", b"pas une image", "unreadable-picture"),
        ("empty.jpg", b"", "unreadable-picture"),
        ("cut.jpg", saved(flag(), "JPEG")[:600], "unreadable-picture"),
        ("cut.png", saved(flag(), "PNG")[:-60], "unreadable-picture"),
        ("cut.webp", saved(flag(), "WEBP")[:-60], "unreadable-picture"),
        ("nothing.png", png_of(0, 0), "unreadable-picture"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unreadable-picture"),
        ("phone.heic", b"\x00\x00\x00\x18ftypheic" + bytes(100), "unreadable-picture"),
        ("program.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "unreadable-picture"),
        ("bomb.png", png_of(20_000, 20_000), "picture-too-large"),
        ("lie.png", png_of(100, 100).replace(struct.pack(">II", 100, 100), struct.pack(">II", 60_000, 60_000)), ""),
        ("tower.png", png_of(100, 20_000), "picture-too-large"),
        ("ribbon.png", png_of(1, 60_000), "picture-too-large"),
    ],
)
def test_what_can_not_be_shown_is_refused(folder: Path, name: str, content: bytes, code: str) -> None:
    result = refused(folder, name, content)
    assert result.code == (code or "unreadable-picture") or (not code and result.code == "picture-too-large")
    assert not list((folder / "cache").iterdir())


@pytest.mark.parametrize("byte", range(0, 640, 16))
def test_a_damaged_byte_gives_a_picture_or_a_refusal(folder: Path, byte: int) -> None:
    content = bytearray(saved(flag(size=(40, 20)), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01"))
    content[byte % len(content)] ^= 0xFF
    assert isinstance(outcome(folder, "a.jpg", bytes(content)), Derived | Unusable)


def test_a_file_too_heavy_is_not_even_read(folder: Path) -> None:
    file = folder / "a.jpg"
    with file.open("wb") as stream:
        stream.truncate(40_000_000)
    result = derive_all([file], folder / "cache", None)[file]
    assert isinstance(result, Unusable)
    assert result.code == "picture-too-large"


def test_missing_pictures_get_a_hint_at_their_neighbours(folder: Path) -> None:
    (folder / "Léa.jpg").write_bytes(b"")
    (folder / "e\u0301te\u0301.jpg").write_bytes(b"")
    (folder / "dossier.jpg").mkdir()
    files = [folder / name for name in ("lea.jpg", "été.jpg", "zzz.png", "dossier.jpg", "sous/a.jpg", "a" * 300)]
    results = derive_all(files, folder / "cache", None)
    hints = {}
    for file, result in results.items():
        assert isinstance(result, Unusable)
        assert result.code == "missing-picture"
        hints[file.name] = result.hint
    assert hints["lea.jpg"].startswith("Vouliez-vous dire « Léa.jpg » ?")
    assert "sans accent" in hints["été.jpg"]
    assert hints["zzz.png"] == "Vérifiez le nom du fichier et son dossier."
    assert hints["a.jpg"] == "Vérifiez le nom du dossier."


def test_derivatives_are_made_once_and_again_only_when_damaged(folder: Path) -> None:
    content = saved(flag(), "PNG")
    result = derived(folder, "a.png", content)
    made = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in (folder / "cache").iterdir()}
    assert derived(folder, "a.png", content) == result
    assert {path.name: path.stat().st_mtime_ns for path in (folder / "cache").iterdir()} == {
        name: when for name, (_, when) in made.items()
    }
    for damage in ("cut", "lost", "index"):
        victim = folder / "cache" / result.names()[0]
        if damage == "cut":
            victim.write_bytes(victim.read_bytes()[:-1])
        elif damage == "lost":
            victim.unlink()
        else:
            (folder / "cache" / f"{result.stem}.json").write_text(json.dumps({"sizes": "x"}))
        assert derived(folder, "a.png", content) == result
        assert {path.name: path.read_bytes() for path in (folder / "cache").iterdir()} == {
            name: content for name, (content, _) in made.items()
        }


def test_other_pixels_under_the_same_name_have_another_address(folder: Path) -> None:
    first = derived(folder, "a.png", saved(flag(), "PNG"))
    assert derived(folder, "a.png", saved(flag("L"), "PNG")).stem != first.stem


HEAVY: dict[str, Callable[[], bytes]] = {
    "colours and transparency": lambda: saved(
        Image.new("RGBA", (7000, 7000), (9, 99, 199, 99)), "PNG", compress_level=1
    ),
    "sixteen bits": lambda: saved(Image.new("I;16", (7000, 7000), 40_000), "PNG", compress_level=1),
    "progressive": lambda: saved(Image.new("RGB", (7000, 7000), (9, 99, 199)), "JPEG", progressive=True),
}


@pytest.mark.parametrize("kind", HEAVY)
def test_the_largest_pictures_stay_under_a_gigabyte(folder: Path, kind: str) -> None:
    file = folder / "a"
    file.write_bytes(HEAVY[kind]())
    program = (
        "import resource, sys; from pathlib import Path; from generator.site.images import derive_all;"
        "file = Path(sys.argv[1]); result = derive_all([file], file.parent / 'cache', None)[file];"
        "print(type(result).__name__, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2], preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)),
    )  # fmt: skip
    outcome, kilobytes = done.stdout.split()
    assert outcome == "Derived"
    assert int(kilobytes) < 1_000_000
    assert done.stderr == ""
