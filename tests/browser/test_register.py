"""The register on a narrow phone, with the longest names and sixty criteria: nothing runs out of the page."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.badges.town import LONGEST, diploma, write

from .conftest import ROOT, build, serve

ID = "residence-au-nom-si-long-qu-il-en-fait-quatre-vingts-signes-a-lui-tout-seul-vrai"
PAGES = (f"/immeubles/{ID}/", "/immeubles/charte/", "/immeubles/", "/distinctions/bv-2026-001/", "/distinctions/")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(copytree(ROOT / "tests/campaigns/base", tmp_path_factory.mktemp("register") / "town"))
    criteria = [
        {
            "id": f"c{rank}",
            "title": ("Un critère au nom interminable, " * 4)[:119] if rank % 2 else "Anticonstitutionnellement" * 4,
            "asks": "Ce qui est demandé est long. " * 15,
            "evidence": "La preuve. " * 40,
            "about": "liens" if rank % 3 else "lieux",
        }
        for rank in range(60)
    ]
    level = {
        "id": "engage",
        "title": "Extraordinairement-exemplaire-et-durable",
        "summary": "Un niveau. " * 50,
        "months": 120,
        "required": [each["id"] for each in criteria],
        "minimum": 60,
    }
    charter = {"title": "La charte au titre interminable " * 3, "criteria": criteria, "levels": [level]}
    (root / "data/labels.yml").write_text(json.dumps(charter), "utf-8")
    building: dict[str, Any] = {
        "title": LONGEST[:120],
        "summary": "Une phrase.",
        "neighbourhood": "centre",
        "address": "1234 avenue-des-Anciens-Combattants-d'Outre-Mer-et-d'Ailleurs-encore",
        "homes": 12,
        "survey": {
            "date": "2026-01-10",
            "shared_spaces": ["Hall"],
            "evidence": [{"criterion": "c1", "seen": "Vu. " * 100}],
        },
        "label": {
            "level": "engage",
            "serial": "IS-2026-000005",
            "applied": "2026-01-01",
            "granted": "2026-02-01",
            "expires": "2027-01-31",
        },
    }
    write(root / f"data/buildings/{ID}.yml", building)
    diploma("bv-2026-001", root, title=LONGEST[:120], holder="Marie-" * 30 + "Antoinette", citation="Pour tout. " * 50)
    return build(root, root / "site")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_out_of_the_page(visit: Callable[..., Page], town: Path, width: int) -> None:
    with serve(town) as base:
        page = visit(base, width)
        for url in PAGES:
            page.goto(base + url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
