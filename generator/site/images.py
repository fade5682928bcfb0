"""Pictures as browsers want them: three formats, four widths, upright, without a trace of who took them where.

Every derivative is drawn from the pixels alone, so metadata (place, owner, serial numbers, thumbnails) can't follow.
"""

import errno
import hashlib
import json
import os
import stat
import unicodedata
import warnings
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from generator.campaign.models.record import Picture
from generator.campaign.outline import Shot
from generator.mapper import Mapper
from generator.problems import nearest, reason

from .views import Derivative, PictureView

WIDTHS = (240, 320, 640, 1280)
"""Of derivatives, in pixels; the first is for the lists of a telephone, where many come at once."""
MAX_PIXELS = 50_000_000
"""Larger pictures are refused: a picture is decoded whole, 4 bytes a pixel."""
HEAVY_PIXELS = 12_000_000
"""Pictures larger than that are made one at a time, so that memory does not grow with the number of processors."""
MAX_FILE_BYTES = 30_000_000
MAX_HEIGHT = 8_000
"""How high a derivative may be, in pixels: WebP ends at 16,383, and nobody scrolls that far."""

# Not among them: SVG, which may hold scripts, and EPS, which is a program.
_ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "TIFF", "BMP")
_FORMATS = (
    ("avif", "AVIF", {"quality": 45, "speed": 8, "max_threads": 1}),
    ("webp", "WEBP", {"quality": 74, "method": 4}),
    ("jpg", "JPEG", {"quality": 78, "progressive": True, "optimize": True}),
)
_RECIPE = hashlib.blake2b(repr((WIDTHS, _FORMATS, "recipe 2")).encode(), digest_size=4).hexdigest()


class Derived(NamedTuple):
    """The derivatives of one picture file: a stem for their names, and the widths and heights made."""

    stem: str
    sizes: tuple[tuple[int, int], ...]

    def names(self) -> list[str]:
        """Give the file names of all derivatives."""
        return [f"{self.stem}-{width}.{ending}" for width, _ in self.sizes for ending, _, _ in _FORMATS]

    def view(self, picture: Picture | Shot) -> PictureView:
        """Give what templates need to show the picture."""

        def files(ending: str) -> tuple[Derivative, ...]:
            return tuple(Derivative(f"/images/{self.stem}-{width}.{ending}", width) for width, _ in self.sizes)

        width, height = self.sizes[-1]
        return PictureView(
            picture.alt, picture.credit, picture.caption, width, height, files("avif"), files("webp"), files("jpg")
        )


@dataclass(eq=False)
class Unusable(Exception):
    """Why a picture can't be shown: stable code, the end of a French sentence about it, and a hint."""

    code: str
    wrong: str
    hint: str = ""


def derive_all(files: list[Path], cache: Path, executor: Mapper | None) -> dict[Path, Derived | Unusable]:
    """Give the derivatives of each picture file, made where the cache has none yet, on all cores.

    Raises OSError when the cache can't be written.
    """
    if files:
        cache.mkdir(parents=True, exist_ok=True)
    results: dict[Path, Derived | Unusable] = {}
    light: list[tuple[Path, str]] = []
    heavy: list[tuple[Path, str]] = []
    for file in files:
        try:
            stem = _stem(file)
        except Unusable as unusable:
            results[file] = unusable
            continue
        derived = _cached(stem, cache)
        if derived:
            results[file] = derived
        else:
            (heavy if _pixels(file) > HEAVY_PIXELS else light).append((file, stem))
    for works, workers in ((light, executor), (heavy, None)):
        arguments = ([file for file, _ in works], [stem for _, stem in works], [cache] * len(works))
        made = workers.map(derive, *arguments) if workers and len(works) > 1 else map(derive, *arguments)
        results.update(zip((file for file, _ in works), made, strict=True))
    return results


def derive(file: Path, stem: str, cache: Path) -> Derived | Unusable:
    """Make one picture's derivatives in the cache folder. Raises OSError when it can't be written."""
    from PIL import Image

    try:
        picture = upright(file)
    except Unusable as unusable:
        return unusable
    widths = [width for width in WIDTHS if width < picture.width]
    if not widths or widths[-1] < WIDTHS[-1]:
        widths.append(min(picture.width, WIDTHS[-1]))
    sizes = tuple((width, max(1, round(picture.height * width / picture.width))) for width in widths)
    if sizes[-1][1] > MAX_HEIGHT:
        return Unusable("picture-too-large", "est trop haute pour sa largeur.", "Coupez-la en plusieurs images.")
    lengths = []
    for size in sizes:
        resized = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for ending, name, options in _FORMATS:
            lengths.append(_save(resized, cache / f"{stem}-{size[0]}.{ending}", name, options))
    # Written last: its presence says that all derivatives are whole.
    state = {"sizes": sizes, "lengths": lengths}
    _write(cache / f"{stem}.json", json.dumps(state).encode())
    return Derived(stem, sizes)


PRINT_PIXELS = 2480
"""The longest side of a picture to print: the width of an A4 sheet at 300 dots an inch."""


def save_for_print(file: Path, target: Path, *, grey: bool) -> None:
    """Write a picture as print takes it: from the original, as large as paper can show, without a trace of its maker.

    Raises Unusable, and OSError when it can't be written.
    """
    from PIL import Image

    picture = upright(file)
    picture.thumbnail((PRINT_PIXELS, PRINT_PIXELS), Image.Resampling.LANCZOS)
    _save(picture.convert("L") if grey else picture, target, "JPEG", {"quality": 88, "optimize": True})


def sweep(cache: Path, stems: Collection[str]) -> None:
    """Throw away all that the cache holds of pictures other than those of the given stems."""
    state = hashlib.blake2b("\n".join(sorted(stems)).encode(), digest_size=12).hexdigest()
    mark = cache / _SWEPT
    with suppress(OSError):
        # Looking through a folder of a hundred thousand files at each build would cost more than the build.
        if mark.is_file() and mark.read_text("utf-8", errors="replace") == state:
            return
        for name in os.listdir(cache):
            if _stem_of(name) not in stems and name != _SWEPT:
                (cache / name).unlink(missing_ok=True)
        _write(mark, state.encode())


_SWEPT = "swept"


def _stem_of(name: str) -> str:
    """Give the stem of a derivative or of its notes: `arbre-0f3a-320.avif`, `arbre-0f3a.json`."""
    stem, _, ending = name.partition(".")
    return stem if ending.startswith("json") else stem.rpartition("-")[0]


def upright(file: Path) -> Any:
    """Give a picture upright, as plain sRGB pixels on white, at a size close to the largest wanted. Raises Unusable."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # Ours is stricter, and comes before any pixel is decoded.
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=_ACCEPTED) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Unusable("picture-too-large", "est trop grande.", "Réduisez-la à 3 000 pixels de large au plus.")
            opened.draft(None, (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
            opened.load()
            picture = _plain(_upright(_reduced(opened), opened))
            picture.info = {}
            return picture
    except Unusable:
        raise
    except Exception:  # Pillow's decoders raise many kinds of errors on damaged files; each means the same to staff.
        raise _unreadable(file) from None


def _upright(picture: Any, opened: Any) -> Any:
    """Turn a picture the way its camera was held (Exif 2.32, tag Orientation)."""
    orientation = 1
    with suppress(Exception):  # Damaged notes about a picture are no reason to refuse the picture.
        orientation = opened.getexif().get(0x0112, 1)
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return picture.transpose(turns[orientation]) if orientation in turns else picture


def _reduced(picture: Any) -> Any:
    """Shrink early what is much larger than needed: all that follows would hold several copies of it."""
    factor = min(picture.size) // (WIDTHS[-1] * 2)
    return picture.reduce(factor) if factor > 1 and picture.mode in _REDUCIBLE else picture


_REDUCIBLE = {"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"}


def _plain(picture: Any) -> Any:
    """Give sRGB pixels on white, whatever the file's colour mode."""
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        # Pillow cuts 16 bits to 8 from the wrong end.
        picture = _reduced(picture.convert("I").point(lambda value: value * (1 / 256)).convert("L"))
    elif profile and picture.mode in ("RGB", "CMYK", "L"):
        # A damaged profile, or one for another mode: the numbers are read as sRGB, as browsers do.
        with suppress(ImageCms.PyCMSError, OSError):
            srgb = ImageCms.createProfile("sRGB")
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info:
        picture = _reduced(picture.convert("RGBA"))
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _unreadable(file: Path) -> Unusable:
    """Tell of a file that is no picture, or of a kind that is not accepted."""
    try:
        with file.open("rb") as stream:
            start = stream.read(512)
    except OSError:
        start = b""
    hint = "Enregistrez-la à nouveau en JPEG ou en PNG."
    if start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"mif1", b"msf1"):
        return Unusable("unreadable-picture", "est au format HEIC, que les navigateurs ne lisent pas.", hint)
    if b"<svg" in start:
        return Unusable("unreadable-picture", "est au format SVG, qui peut contenir des programmes.", hint)
    return Unusable("unreadable-picture", "ne peut pas être lue.", hint)


def _pixels(file: Path) -> int:
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=_ACCEPTED) as opened:
            return opened.width * opened.height
    except Exception:  # As in upright, which tells of it.
        return 0


def _stem(file: Path) -> str:
    """Give the name that all derivatives share: the file's own name, and a digest of its bytes."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FileNotFoundError
        if found.st_size > MAX_FILE_BYTES:
            raise Unusable("picture-too-large", "dépasse 30 Mo.", "Réduisez-la.")
        digest = hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()
    except OSError as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError) or error.errno == errno.ENAMETOOLONG:
            raise Unusable("missing-picture", "est introuvable.", _neighbour(file)) from None
        raise Unusable("unreadable-picture", f"ne peut pas être lue : {reason(error)}.") from None
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in file.stem.lower()).strip("-")
    return f"{name[:40] or 'image'}-{digest}{_RECIPE}"


def _neighbour(file: Path) -> str:
    """Give a hint at the file that was meant: same folder, name alike but for case, accents or a letter."""
    try:
        names = [each for each in os.listdir(file.parent) if each.isprintable()]
    except OSError:
        return "Vérifiez le nom du dossier."
    if unicodedata.normalize("NFC", file.name) in (unicodedata.normalize("NFC", each) for each in names):
        return "Les accents de son nom ne sont pas écrits de la même façon : renommez le fichier sans accent."
    hint = nearest(file.name, sorted(names))
    return f"{hint} Majuscules et minuscules comptent." if hint else "Vérifiez le nom du fichier et son dossier."


def _cached(stem: str, cache: Path) -> Derived | None:
    """Give the derivatives that the cache holds, None unless every one is there with its right length."""
    try:
        state = json.loads((cache / f"{stem}.json").read_bytes())
        derived = Derived(stem, tuple((int(width), int(height)) for width, height in state["sizes"]))
        found = [
            (cache / f"{stem}-{width}.{ending}").stat().st_size for width, _ in derived.sizes for ending, *_ in _FORMATS
        ]
        return derived if found and found == state["lengths"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _save(picture: Any, path: Path, name: str, options: dict[str, Any]) -> int:
    buffer = BytesIO()
    picture.save(buffer, name, **options)
    _write(path, buffer.getvalue())
    return len(buffer.getvalue())


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
