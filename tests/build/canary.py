"""A canary: a record of any kind that must not be seen before its time, and whose every word bears one name."""

from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

from generator.campaign.models.fields import PARIS
from tests.site.towns import add

CANARY = "zanzibarine"
TIME = datetime(2026, 12, 5, 9, tzinfo=PARIS)
BEFORE, AFTER = TIME - timedelta(seconds=1), TIME
HIDING = {
    "press_release": {"date": "2026-05-01 10:00", "embargo_until": "2026-12-05 09:00"},
    "kit": {"publish_at": "2026-12-05 09:00"},
    "lesson": {"publish_at": "2026-12-05 09:00"},
    "page": {"publish_at": "2026-12-05 09:00"},
    "event": {"publish_at": "2026-12-05 09:00"},
    "initiative": {"publish_at": "2026-12-05 09:00"},
    "portrait": {"publish_at": "2026-12-05 09:00"},
    "award": {"publish_at": "2026-12-05 09:00"},
}
"""How each kind that can wait is told to."""


def lay_canary(root: Path, kind: str) -> None:
    """Add a hidden record whose every text, id and picture bears the canary's name."""
    fields: dict[str, object] = {**HIDING[kind]}
    if kind in ("portrait", "award"):
        fields["neighbourhood"] = min((root / "data/neighbourhoods").glob("*.yml")).stem
    word = f"Le mot {CANARY} ici"
    fields["title"] = word
    if kind == "award":
        fields["citation"] = word
    else:
        fields["summary"] = word
    if kind in ("initiative", "portrait"):
        fields["story"] = word
    folder = root / ("content" if kind in ("press_release", "kit", "lesson", "page") else "data")
    folder /= {"press_release": "press"}.get(kind, f"{kind}s")
    folder.mkdir(exist_ok=True)
    Image.new("RGB", (400, 300), (200, 30, 90)).save(folder / f"{CANARY}.jpg")
    fields["picture"] = {"file": f"{CANARY}.jpg", "alt": word, "credit": word, "caption": word}
    add(root, kind, f"{CANARY}-{kind.replace('_', '-')}", body=f"{word}. ![{word}]({CANARY}.jpg)", **fields)
