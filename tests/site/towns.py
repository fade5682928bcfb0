"""Campaigns gathered, planned and viewed, and records to add to them: what the tests of the site's pages start from."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.build.gathering import Gathered, gather
from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from generator.problems import has_errors
from generator.site.pages import Library, view
from generator.site.planned import PlannedPage
from generator.site.views import PageView
from tests.benchmarks.generate import yaml

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)

RECORDS: dict[str, dict[str, Any]] = {
    "neighbourhood": {
        "location": {"lat": "46.83", "lon": "1.25"},
        "lead": {"role": "Porteuse de projet", "email": "quartier@aubrenay.example"},
    },
    "initiative": {"actor": "habitants", "verified": "2026-11-01", "story": "Un café sur le palier."},
    "organisation": {"scope": "local", "type": "association"},
    "scheme": {"owner": "CCAS", "contact": {"role": "Accueil", "phone": "02 61 91 00 01"}},
    "building": {"neighbourhood": "la-gare", "address": "1 rue du Dépôt", "homes": "12"},
    "portrait": {
        "neighbourhood": "la-gare",
        "story": "Elle sonne aux portes.",
        "date": "2026-03-01",
        "consent": {"reference": "A-1", "date": "2026-01-01", "channels": ["site"], "until": "2028-01-01"},
    },
    "award": {
        "diploma": "bien-voisiner",
        "serial": "BV-2026-901",
        "date": "2026-06-01",
        "citation": "Pour sa porte ouverte.",
        "neighbourhood": "la-gare",
    },
    "event": {"start": "2027-05-28 19:00", "end": "2027-05-28 22:30", "place": "Cour"},
    "indicator": {
        "kind": "quantitatif",
        "definition": "Foyers qui se connaissent.",
        "unit": "%",
        "source": "Enquête de la ville",
        "before": {"date": "2025-04-01", "value": "31"},
        "after": {"date": "2026-05-01", "value": "52"},
    },
    "pilot_site": {
        "neighbourhood": "la-gare",
        "hypothesis": "Un café par mois suffit.",
        "protocol": "On compte.",
        "start": "2025-03-01",
    },
    "kit": {"season": "hiver", "updated": "2026-09-01"},
    "press_release": {"date": "2026-05-01 10:00"},
    "lesson": {"date": "2026-05-01"},
    "page": {},
}
"""The least that a valid record of each kind says besides its title and summary."""


def add(root: Path, kind: str, record_id: str, body: str = "", **fields: Any) -> None:
    """Write one more record into a campaign."""
    record: dict[str, Any] = {"title": f"Fiche {record_id}", "summary": "Une phrase.", **RECORDS[kind], **fields}
    if kind in ("award", "indicator"):
        del record["summary"]
    if KINDS[kind].is_document:
        path = root / "content" / KINDS[kind].source / f"{record_id}.md"
        text = f"---\n{yaml(record)}---\n\n{body or 'Un texte.'}\n"
    else:
        path = root / "data" / KINDS[kind].source / f"{record_id}.yml"
        text = yaml(record)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def gathered(root: Path, now: datetime = NOW) -> Gathered:
    """Gather a campaign that has no errors."""
    result = gather(root, now, None)
    assert not has_errors(result.problems), [each for each in result.problems if each.severity == "error"]
    return result


def planned(root: Path, now: datetime = NOW) -> dict[str, PlannedPage]:
    """Give a campaign's planned pages by URL."""
    return {page.url: page for page in gathered(root, now).pages}


def viewer(root: Path, now: datetime = NOW) -> Callable[[str], PageView]:
    """Give a function from a URL to the view of its page."""
    result = gathered(root, now)
    pages = {page.url: page for page in result.pages}
    return lambda url: view(pages[url], library_of(result))


def library_of(result: Gathered) -> Library:
    """Give the library of a campaign that has settings."""
    assert result.library
    return result.library
