"""Campaigns gathered, planned and viewed, and records to add to them: what the tests of the site's pages start from."""

import json
from collections.abc import Callable, Iterable
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


def add(root: Path, kind: str, record_id: str, body: str = "Un texte.", **fields: Any) -> None:
    """Write one more record into a campaign; a field that is None is left out."""
    folder = root / ("content" if KINDS[kind].is_document else "data") / KINDS[kind].source
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml(_record(kind, record_id, fields))
    if KINDS[kind].is_document:
        (folder / f"{record_id}.md").write_text(f"---\n{text}---\n\n{body}\n", "utf-8")
    else:
        (folder / f"{record_id}.yml").write_text(text, "utf-8")


def add_many(root: Path, kind: str, ids: Iterable[str], **fields: Any) -> None:
    """Write a list of records, all alike but for what only one may bear, into one file."""
    records = [{"id": each, **_record(kind, each, fields)} for each in ids]
    if kind == "award":
        records = [each | {"serial": f"BV-2026-{rank:04}"} for rank, each in enumerate(records)]
    (root / "data" / f"{KINDS[kind].source}.yml").write_text(json.dumps(records), "utf-8")


def _record(kind: str, record_id: str, fields: dict[str, Any]) -> dict[str, Any]:
    least = {"title": f"Fiche {record_id}", "summary": "Une phrase.", **RECORDS[kind]}
    if kind in ("award", "indicator"):
        del least["summary"]
    return {name: value for name, value in {**least, **fields}.items() if value is not None}


SIGN_UP = """
title: S'inscrire à un rendez-vous
summary: Réservez votre place.
sections:
  - title: Vous
    questions:
      - {id: event, type: choix, label: Lequel ?, source: agenda}
      - {id: place, type: choix, label: Quartier, source: quartiers}
thanks: Merci.
privacy: {purpose: Préparer, legal_basis: mission-d-interet-public, recipients: [l'équipe], retention_months: 3}
"""
"""A form whose questions offer the events to come and the neighbourhoods."""


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
    return views_of(gathered(root, now))


def views_of(result: Gathered) -> Callable[[str], PageView]:
    """Give the same of a campaign already gathered."""
    pages = {page.url: page for page in result.pages}
    return lambda url: view(pages[url], library_of(result))


def library_of(result: Gathered) -> Library:
    """Give the library of a campaign that has settings."""
    assert result.library
    return result.library
