"""A campaign whose feeds are long enough to have archives, with pictures, corrections and every kind of text."""

from datetime import datetime, timedelta
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.site.towns import add

from .documents import feeds


@pytest.fixture(scope="session")
def press_room(bare_campaign: Path, small_campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a campaign with 130 press releases since 2025, the newest with a picture and links, to read only."""
    campaign = Path(copytree(bare_campaign, tmp_path_factory.mktemp("press") / "campaign"))
    for file in (campaign / "content/press").glob("*.md"):
        file.unlink()
    for number in range(130):
        date = datetime(2025, 2, 3, 10) + timedelta(days=4 * number)  # noqa: DTZ001 (as written by staff)
        add(campaign, "press_release", f"c-{number:03}", date=f"{date:%Y-%m-%d %H:%M}", neighbourhoods=["la-gare"])
    picture = next((small_campaign / "content/kits").glob("*.jpg"))
    copy(picture, campaign / "content/press/photo.jpg")
    body = (
        "Voir [l'agenda](/agenda/), [le kit](../kits/canicule.md) et [les chiffres](#chiffres).\n\n## Chiffres\n\n"
        "![Une cour en fête.](photo.jpg)\n\n- [ ] Prévenir\n\nUn `]]>` de plus."
    )
    view = {"file": "photo.jpg", "alt": "Dessin : une fête.", "credit": "Ville d'Aubrenay", "caption": "La fête"}
    add(
        campaign, "press_release", "hier", title="A <b> & B ]]> C", date="2026-11-22 10:00",
        updated="2026-11-22 15:30", themes=["entraide"], picture=view, body=body,
    )  # fmt: skip
    add(campaign, "press_release", "demain", title="Secret", date="2026-11-24 10:00")
    return campaign


@pytest.fixture(scope="session")
def press(press_room: Path) -> dict[str, bytes]:
    """Give all documents of its feeds by address."""
    return feeds(press_room)


@pytest.fixture
def announced(press: dict[str, bytes], press_room: Path, tmp_path: Path) -> Path:
    """Give a copy of that campaign, to change."""
    return Path(copytree(press_room, tmp_path / "campaign"))
