"""Write a campaign of any size, to test and measure with: `generate.py --records N --documents M DIR`.

The folder is a complete, valid campaign root: settings, records of every kind in about the example's proportions,
each with a story of about 1.5 kB, kits, press releases, lessons and pages, all linked to each other. Places and
schemes are rarer than in the example, so that a neighbourhood keeps about 200 records however large the town.
The same arguments give the same bytes.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageOps

# The benchmarks are scripts: run from anywhere, they find the project.
sys.path.insert(0, str(Path(__file__).parents[2]))

from generator.campaign.models import KINDS
from tests.benchmarks.invented.cast import Cast, count_kinds, make_cast
from tests.benchmarks.invented.documents import DOCUMENTS
from tests.benchmarks.invented.records import RECORDS, Fields, charter, method, settings
from tests.benchmarks.invented.words import fill

PICTURED = ("kit", "neighbourhood", "portrait", "initiative", "event", "building", "organisation")
"""Which records get the pictures, in this order."""


def write_campaign(root: Path, records: int, documents: int, pictures: int = 0, seed: int = 1) -> None:
    """Write a campaign of so many records, documents and pictures into a folder that is new or empty.

    Raises ValueError when the counts are too small for a campaign with every kind of record, or too many pictures.
    """
    cast = make_cast(count_kinds(records, documents))
    drawn = _drawn(cast, pictures)
    _write(root / "site_config.yml", yaml(settings()))
    _write(root / "data/labels.yml", yaml(charter()))
    _write(root / "data/method.yml", yaml(method(Random(f"{seed}:method"), cast)))
    for kind, make in (RECORDS | DOCUMENTS).items():
        rng = Random(f"{seed}:{kind}")
        folder = root / ("content" if kind in DOCUMENTS else "data") / KINDS[kind].source
        for number, (id_, title) in enumerate(cast.titles[kind].items()):
            fields: Fields = {"title": title} | make(rng, cast, number)
            body = fields.pop("body", None)
            if (kind, id_) in drawn:
                fields["picture"] = _picture(folder / f"{id_}.jpg", rng, kind == "portrait")
            if body is None:
                _write(folder / f"{id_}.yml", yaml(fields))
            else:
                _write(folder / f"{id_}.md", f"---\n{yaml(fields)}---\n\n{body}")


def yaml(value: Fields, indent: str = "") -> str:
    """Give a mapping as the YAML that a person would write: plain words, quotes only where needed, texts as blocks."""
    lines: list[str] = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines.append(f"{indent}{key}:\n{yaml(item, indent + '  ')}")
        elif isinstance(item, list):
            if item:
                lines.append(f"{indent}{key}:\n")
                lines += [f"{indent}  - {_item(entry, indent)}\n" for entry in item]
        elif isinstance(item, str) and "\n" in item:
            lines.append(f"{indent}{key}: |\n")
            lines += [f"{indent}  {line}\n" if line else "\n" for line in item.rstrip("\n").split("\n")]
        else:
            lines.append(f"{indent}{key}: {_scalar(item)}\n")
    return "".join(lines)


_PLAIN = re.compile(r"[\w«/+][^\n\t:#\"]*(?<! )").fullmatch


def _item(entry: Any, indent: str) -> str:
    if isinstance(entry, dict):
        return yaml(entry, indent + "    ").strip()
    return _scalar(entry)


def _scalar(value: object) -> str:
    text = str(value)
    return text if _PLAIN(text) else json.dumps(text, ensure_ascii=False)


def _drawn(cast: Cast, pictures: int) -> set[tuple[str, str]]:
    candidates = [(kind, id_) for kind in PICTURED for id_ in cast.ids[kind]]
    if pictures > len(candidates):
        raise ValueError(f"at most {len(candidates)} of these records can have a picture")
    return set(candidates[:pictures])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _picture(path: Path, rng: Random, upright: bool) -> Fields:
    """Draw a picture of circles on a gradient; its size is that of the example's."""
    size = (1200, 1500) if upright else (1600, 1067)
    sky = Image.linear_gradient("L").resize(size)
    image = ImageOps.colorize(sky, (rng.randint(160, 255), 220, rng.randint(160, 255)), (90, rng.randint(60, 160), 90))
    pen = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, r = rng.randint(0, size[0]), rng.randint(0, size[1]), rng.randint(40, 260)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(rng.randint(0, 255), rng.randint(0, 255), rng.randint(0, 255)))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=85)
    return {"file": path.name, "alt": f"Dessin : {fill(rng, '{action} {where}')}", "credit": "Ville d'Aubrenay"}


def main() -> None:
    """Read the command line and write the campaign."""
    parser = argparse.ArgumentParser(description="Write a campaign of any size into DIR.")
    parser.add_argument("--records", type=int, required=True, metavar="N")
    parser.add_argument("--documents", type=int, required=True, metavar="M")
    parser.add_argument("--pictures", type=int, default=0, metavar="P", help="records and kits with a picture")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("dir", type=Path, metavar="DIR", help="a new or empty folder")
    options = parser.parse_args()
    if options.dir.exists() and any(options.dir.iterdir()):
        parser.error(f"{options.dir} is not empty")
    try:
        write_campaign(options.dir, options.records, options.documents, options.pictures, options.seed)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
