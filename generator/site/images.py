"""Pictures as browsers want them: three formats, three widths, upright, without a trace of who took them where.

Every derivative is drawn from the pixels alone, so metadata (place, owner, serial numbers, thumbnails) can't follow.
"""

import hashlib
import os
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.campaign.models.fields import Picture
from generator.campaign.outline import Shot

from .views import Derivative, PictureView

WIDTHS = (320, 640, 1280)
MAX_PIXELS = 50_000_000
"""Larger pictures are refused: a picture is decoded whole, 4 bytes a pixel."""
MAX_FILE_BYTES = 30_000_000

_FORMATS = (
    ("avif", "AVIF", {"quality": 55, "speed": 8}),
    ("webp", "WEBP", {"quality": 74, "method": 4}),
    ("jpg", "JPEG", {"quality": 78, "progressive": True, "optimize": True}),
)
_RECIPE = hashlib.blake2b(repr((WIDTHS, _FORMATS, "recipe 1")).encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Derived:
    """The derivatives of one picture file: a stem for their names, and the widths and heights made."""

    stem: str
    sizes: tuple[tuple[int, int], ...]

    def names(self) -> list[str]:
        """Give the file names of all derivatives."""
        return [f"{self.stem}-{width}.{ending}" for ending, _, _ in _FORMATS for width, _ in self.sizes]

    def view(self, picture: Picture | Shot) -> PictureView:
        """Give what templates need to show the picture."""

        def files(ending: str) -> tuple[Derivative, ...]:
            return tuple(Derivative(f"/images/{self.stem}-{width}.{ending}", width) for width, _ in self.sizes)

        width, height = self.sizes[-1]
        return PictureView(
            picture.alt, picture.credit, picture.caption, width, height, files("avif"), files("webp"), files("jpg")
        )


@dataclass(frozen=True, slots=True)
class Unusable(Exception):
    """Why a picture can't be shown: stable code, French message and hint."""

    code: str
    message: str
    hint: str = ""


def derive_all(files: list[Path], cache: Path, executor: Executor | None) -> dict[Path, Derived | Unusable]:
    """Give the derivatives of each picture file, made where the cache has none yet, on all cores."""
    cache.mkdir(parents=True, exist_ok=True)
    results: dict[Path, Derived | Unusable] = {}
    waiting: list[tuple[Path, str]] = []
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
            waiting.append((file, stem))
    arguments = ([file for file, _ in waiting], [stem for _, stem in waiting], [cache] * len(waiting))
    made = executor.map(derive, *arguments) if executor and len(waiting) > 1 else map(derive, *arguments)
    results.update(zip((file for file, _ in waiting), made, strict=True))
    return results


def derive(file: Path, stem: str, cache: Path) -> Derived | Unusable:
    """Make one picture's derivatives in the cache folder."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(file) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            if opened.format == "JPEG":
                opened.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
            picture = _plain(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError:
        return Unusable("picture-too-large", "L'image est trop grande.", "Réduisez-la à 3 000 pixels de large au plus.")
    except Exception:  # Pillow's decoders raise many kinds of errors on damaged files; each means the same to staff.
        return Unusable(
            "unreadable-picture", "L'image ne peut pas être lue.", "Enregistrez-la à nouveau en JPEG ou en PNG."
        )
    widths = [width for width in WIDTHS if width < picture.width] or []
    if not widths or widths[-1] < WIDTHS[-1]:
        widths.append(min(picture.width, WIDTHS[-1]))
    sizes = tuple((width, max(1, round(picture.height * width / picture.width))) for width in widths)
    derived = Derived(stem, sizes)
    for size in sizes:
        resized = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        for ending, name, options in _FORMATS:
            _save(resized, cache / f"{stem}-{size[0]}.{ending}", name, options)
    # Written last: its presence says that all derivatives are whole.
    _write(cache / f"{stem}.sizes", " ".join(f"{width}x{height}" for width, height in sizes).encode())
    return derived


def _plain(picture: Any) -> Any:
    """Give the first frame as sRGB pixels on white, whatever the file's colour mode."""
    from io import BytesIO

    from PIL import Image, ImageCms

    picture.load()
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            srgb = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(BytesIO(profile)), srgb, outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            pass  # A damaged profile: the numbers are read as sRGB, as browsers do.
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    plain = picture.convert("RGB")
    plain.info = {}
    return plain


def _stem(file: Path) -> str:
    """Give the name that all derivatives share: the file's own name, and a digest of its bytes."""
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise Unusable("picture-too-large", "Le fichier de l'image dépasse 30 Mo.", "Réduisez l'image.")
        digest = hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()
    except OSError as error:
        if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError):
            raise Unusable(
                "missing-picture", "L'image est introuvable.", "Vérifiez le nom du fichier et son dossier."
            ) from None
        raise Unusable(
            "unreadable-picture", f"L'image ne peut pas être lue ({os.strerror(error.errno or 0)})."
        ) from None
    name = "".join(char if char.isascii() and char.isalnum() else "-" for char in file.stem.lower()).strip("-")
    return f"{name[:40] or 'image'}-{digest}{_RECIPE}"


def _cached(stem: str, cache: Path) -> Derived | None:
    try:
        words = (cache / f"{stem}.sizes").read_text().split()
        derived = Derived(stem, tuple((int(word.split("x")[0]), int(word.split("x")[1])) for word in words))
    except (OSError, ValueError, IndexError):
        return None
    return derived if derived.sizes and all((cache / name).is_file() for name in derived.names()) else None


def _save(picture: Any, path: Path, name: str, options: dict[str, Any]) -> None:
    from io import BytesIO

    buffer = BytesIO()
    picture.save(buffer, name, **options)
    _write(path, buffer.getvalue())


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(path)
