"""Pictures: the same derivatives of the same files, ours and Hugo's.

Both make AVIF, WebP and JPEG at the same widths, upright, without metadata. Timed is the whole process: ours as a build
does it (`pictures.py FOLDER`), Hugo's as a site of one page that asks for all of them.
"""

import math
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median

# The benchmarks are scripts: run from anywhere, they find the project.
sys.path.insert(0, str(Path(__file__).parents[2]))

from PIL import Image, ImageChops, ImageOps, ImageStat

from generator.build.workers import available_jobs, processes
from generator.site.images import WIDTHS, derive_all
from tests.benchmarks.contenders import HUGO, PEERS
from tests.benchmarks.generate import write_campaign
from tests.benchmarks.measure import Run, repeat, run
from tests.benchmarks.tables import ratio, seconds, table

FORMATS = ("avif", "webp", "jpg")
_ORIENTATION, _MAKE, _GPS, _LATITUDE = 0x0112, 0x010F, 0x8825, 2
_HELD_UPRIGHT = 6


def derive(folder: Path) -> None:
    """Make the derivatives of all pictures of a folder, as a build does."""
    with processes(available_jobs()) as executor:
        derive_all(sorted(folder.glob("*.jpg")), folder / "derived", executor)


def report(count: int, work: Path, runs: int) -> str:
    """Measure both on so many pictures; give the section. The ratio is to the first row."""
    sources = _take_pictures(count, work / "pictures")
    hugo = work / "hugo-pictures"
    shutil.copytree(PEERS / "hugo-pictures", hugo)
    shutil.copytree(sources, hugo / "assets")
    measures = [
        ("Ville Solidaire", [sys.executable, __file__, str(sources)], sources, sources / "derived"),
        (f"Hugo {HUGO.version()}", HUGO.command(), hugo, hugo / "site"),
    ]
    rows, first = [], 0.0
    for name, command, folder, made in measures:

        def once(_: int, command: Sequence[str] = command, folder: Path = folder) -> Run:
            for left in ("derived", "site", "resources"):
                shutil.rmtree(folder / left, ignore_errors=True)
            return run(command, folder)

        taken = repeat(once, runs)
        time = median(one.seconds for one in taken)
        first = first or time
        found = [_weight_and_likeness(made, sources, ending) for ending in FORMATS]
        untold = "yes" if _is_clean(made, sources) else "NO"
        rows.append((name, str(len(taken)), seconds(time), ratio(time / first), *found, untold))
    head = ("", "runs", "time", "ratio", *(f"{ending}: size, likeness" for ending in FORMATS), "upright, no metadata")
    return f"""## {count} pictures

1600 × 1067 and 1200 × 1500 pixels, into {len(FORMATS)} formats at {len(WIDTHS)} widths, from nothing, each with its own
default quality. Likeness is the mean peak signal-to-noise ratio of the widest derivatives, in decibels, against the
picture itself at that width: more is closer.

{table(head, rows)}
"""


def _take_pictures(count: int, folder: Path) -> Path:
    """Draw pictures, and let each bear what a telephone writes: how it was held, its maker, the place."""
    write_campaign(folder.with_name("pictured"), 300, 20, count)
    folder.mkdir()
    for number, path in enumerate(sorted(folder.with_name("pictured").rglob("*.jpg"))):
        with Image.open(path) as picture:
            exif = picture.getexif()
            exif[_MAKE] = "Fabricant"
            exif[_ORIENTATION] = _HELD_UPRIGHT
            exif[_GPS] = {1: "N", _LATITUDE: (46.0, 49.0, 0.0)}
            picture.save(folder / f"{number:03}.jpg", exif=exif, quality=90)
    return folder


def _weight_and_likeness(made: Path, sources: Path, ending: str) -> str:
    files = sorted(made.glob(f"*.{ending}"))
    likeness = []
    for source in sorted(sources.glob("*.jpg")):
        widest = max(
            (file for file in files if file.name.startswith(source.stem)), key=lambda file: file.stat().st_size
        )
        likeness.append(_likeness(source, widest))
    return f"{sum(map(_size, files)) / 1e6:.2f} MB, {mean(likeness):.1f} dB"


def _size(file: Path) -> int:
    return file.stat().st_size


def _likeness(source: Path, derivative: Path) -> float:
    with Image.open(source) as opened, Image.open(derivative) as other:
        own = ImageOps.exif_transpose(opened).convert("RGB").resize(other.size, Image.Resampling.LANCZOS)
        error = mean(ImageStat.Stat(ImageChops.difference(own, other.convert("RGB"))).sum2) / (own.width * own.height)
    return 10 * math.log10(255**2 / error)


def _is_clean(made: Path, sources: Path) -> bool:
    """Tell whether every derivative stands as its picture was held, and says nothing of the place or the telephone."""
    for source in sources.glob("*.jpg"):
        with Image.open(source) as opened:
            upright = ImageOps.exif_transpose(opened)
            is_wide = upright.width > upright.height
        for file in (file for ending in FORMATS for file in made.glob(f"{source.stem}*.{ending}")):
            with Image.open(file) as picture:
                if len(picture.getexif()) or (picture.width > picture.height) != is_wide:
                    return False
    return True


if __name__ == "__main__":
    derive(Path(sys.argv[1]))
