"""A small town with keys of its own, and one of each: labels in every state, diplomas with and without a name."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from generator.badges.commands import add_commands
from tests.benchmarks.generate import yaml

BASE = Path(__file__).parents[1] / "campaigns" / "base"
NOW = "2026-11-23T12:00"
LONGEST = (
    "Résidence « L'Œuvre des Bâtisseurs » de la Très-Longue-Avenue-des-Anciens-Combattants-d'Outre-Mer, bât. Z bis"
)


def make_town(folder: Path) -> Path:
    """Write the town, without keys; give its root."""
    root = Path(shutil.copytree(BASE, folder / "town"))
    label("valable", root)
    label("expire", root, serial="IS-2024-002", applied="2024-01-01", granted="2024-02-01", expires="2025-01-31")
    label("retire", root, serial="IS-2026-003", withdrawn="2026-09-15")
    label("a-venir", root, serial="IS-2026-004", granted="2026-12-01", expires="2027-11-30")
    label("le-plus-long", root, serial="IS-2026-000005", title=LONGEST)
    diploma("bv-2026-001", root, holder="Zoë d'Ys")
    diploma("gs-2026-001", root, diploma="gardien-solidaire", serial="GS-2026-001", holder="Ōe Kenzaburō 大江")
    diploma("bv-2026-002", root, serial="BV-2026-002")
    return root


def label(id_: str, root: Path, title: str = "Immeuble", serial: str = "IS-2026-001", **dates: str) -> None:
    """Write a building with its label."""
    given = {"applied": "2026-01-01", "granted": "2026-02-01", "expires": "2027-01-31", **dates}
    place = {"title": title, "summary": "Une phrase.", "neighbourhood": "centre", "address": "1 rue x", "homes": 12}
    survey = {"date": "2026-01-10", "shared_spaces": ["Hall"]}
    write(
        root / f"data/buildings/{id_}.yml",
        place | {"survey": survey, "label": {"level": "engage", "serial": serial, **given}},
    )


def diploma(id_: str, root: Path, **fields: str) -> None:
    """Write a diploma; without `holder`, its holder's name is hidden."""
    given = {
        "title": f"Diplôme {id_}",
        "diploma": "bien-voisiner",
        "serial": "BV-2026-001",
        "date": "2026-05-29",
        "citation": "Pour sa porte ouverte.",
        "neighbourhood": "centre",
        **fields,
    }
    write(root / f"data/awards/{id_}.yml", given)


def write(path: Path, fields: dict[str, Any]) -> None:
    """Write a record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml(fields), "utf-8")


def ville(root: Path, command: str, *arguments: str, now: str = NOW) -> int:
    """Run `ville badges`, as staff would."""
    parser = ArgumentParser()
    add_commands(parser.add_subparsers())
    options = parser.parse_args(["badges", command, "--root", str(root), "--now", now, *arguments])
    status: int = options.run(options)
    return status


def signed(root: Path, serial: str) -> dict[str, Any]:
    """Read a signed credential."""
    found: dict[str, Any] = json.loads((root / f"data/credentials/{serial}.json").read_bytes())
    return found
