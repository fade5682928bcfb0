"""All files of a campaign read, linked, checked and planned: what `ville check` verifies and `ville build` renders."""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from generator.campaign import rules
from generator.campaign.files import SETTINGS, find_sources
from generator.campaign.linking import Campaign, Key, link
from generator.campaign.models.fields import Picture
from generator.campaign.reading import Entry, find_in, locate_in, read_settings
from generator.campaign.visibility import published
from generator.problems import Problem, has_errors
from generator.site.cards import Pictures, make_cards, picture_path
from generator.site.images import Derived, Unusable, derive_all
from generator.site.links import check_links
from generator.site.pages import Library
from generator.site.plan import plan
from generator.site.planned import PlannedPage
from generator.site.seasons import active_alerts

from .workers import read_all

FILES = {"/robots.txt", "/sitemap.xml", "/flux/presse.xml"}
"""What the site has besides pages, pictures and assets."""


@dataclass(slots=True)
class Gathered:
    """A campaign ready to be rendered, and every problem found on the way. Without settings there is no library."""

    problems: list[Problem]
    campaign: Campaign | None = None
    library: Library | None = None
    pages: list[PlannedPage] = field(default_factory=list)


def gather(root: Path, now: datetime, executor: Executor | None) -> Gathered:
    """Read and plan a whole campaign. Problems are collected from every stage; nothing is raised for bad input."""
    config, problems = read_settings(root)
    sources, misplaced = find_sources(root)
    problems += misplaced
    readings = read_all(root, sources, executor)
    problems += [problem for reading in readings for problem in reading.problems]
    entries = [entry for reading in readings for entry in reading.entries]
    if config is None:
        return Gathered(problems)
    everything, dangling = link(config, entries, root)
    problems += dangling + rules.check(everything, now, root)
    campaign, _ = link(config, published(entries, now), root)
    pictures, unusable = _pictures(campaign, root, executor)
    problems += unusable
    if has_errors(problems):
        return Gathered(problems)
    cards = make_cards(campaign, pictures, now)
    pages = plan(campaign, cards, now)
    by_key = {entry.key: entry for records in campaign.entries.values() for entry in records.values()}
    problems += _same_url(pages, by_key)
    problems += check_links(pages, by_key, FILES, root)
    alert_kits = tuple(("kit", alert.kit) for alert in active_alerts(campaign, now))
    library = Library(config, by_key, cards, pictures, alert_kits, now)
    return Gathered(problems, campaign, library, pages)


def _pictures(campaign: Campaign, root: Path, executor: Executor | None) -> tuple[Pictures, list[Problem]]:
    """Make every picture's derivatives; a picture that can't be used is a problem where it is named."""
    problems: list[Problem] = []
    named: list[tuple[str, tuple[str, Any]]] = []
    for name, place in _named_pictures(campaign):
        path = picture_path(place[1], name)
        if path is None or not (root / path).resolve().is_relative_to(root.resolve()):
            hint = "Placez l'image dans le dossier de la fiche."
            problems.append(_at(root, place, name, "picture-path", f"« {name} » n'est pas un nom d'image possible.", hint))
        else:
            named.append((path, (name, place)))
    cache = root / ".cache" / "pictures"
    results = derive_all([root / path for path in dict(named)], cache, executor)
    derived: dict[str, Derived] = {}
    for path, (name, place) in named:
        result = results[root / path]
        if isinstance(result, Unusable):
            problems.append(_at(root, place, name, result.code, f"« {name} » : {result.message}", result.hint))
        else:
            derived[path] = result
    return Pictures(derived, cache), problems


Place = tuple[Entry | None, str]
"""Who names a picture (None: the settings), and the folder that its name starts from."""


def _named_pictures(campaign: Campaign) -> Iterable[tuple[str, Place]]:
    picture: Picture | None = campaign.config.picture
    if picture:
        yield picture.file, (None, "data")
    for records in campaign.entries.values():
        for entry in records.values():
            picture = getattr(entry.record, "picture", None)
            if picture:
                yield picture.file, (entry, entry.folder)
            for text in entry.texts.values():
                for source, _ in text.images:
                    yield source, (entry, entry.folder)


def _at(root: Path, place: Place, name: str, code: str, message: str, hint: str) -> Problem:
    entry = place[0]
    if entry is None:
        return Problem(SETTINGS, *locate_in(root, SETTINGS, ("picture", "file")), "error", code, message, hint)
    picture = getattr(entry.record, "picture", None)
    if picture and picture.file == name:
        return Problem(
            entry.path, *locate_in(root, entry.path, (*entry.place, "picture", "file")), "error", code, message, hint
        )
    return Problem(entry.path, *find_in(root, entry.path, name), "error", code, message, hint)


def _same_url(pages: list[PlannedPage], entries: dict[Key, Entry]) -> list[Problem]:
    problems = []
    seen: dict[str, PlannedPage] = {}
    for page in pages:
        other = seen.setdefault(page.url, page)
        if other is page:
            continue
        key = page.key or (page.reads[0] if page.reads else None) or other.key
        path = entries[key].path if key else SETTINGS
        rival = entries[other.key].path if other.key and other.key != key else "une page faite par le site"
        message = f"Deux pages veulent la même adresse, {page.url}"
        hint = f"L'autre : {rival}. Changez un identifiant, ou retirez l'alias."
        problems.append(Problem(path, 0, 0, "error", "same-url", message, hint))
    return problems


