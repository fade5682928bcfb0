"""All files of a campaign read, linked, checked and planned: what `ville check` verifies and `ville build` renders."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import time_ns

from generator.campaign.files import SETTINGS, Source, find_sources
from generator.campaign.linking import Campaign, check_references, link
from generator.campaign.models.programme import Alert
from generator.campaign.outline import Key, Outline
from generator.campaign.reading import locate_in, mentions_in, read_settings
from generator.campaign.tally import read_network
from generator.config import SiteConfig
from generator.problems import Problem, has_errors
from generator.site.cards import Pictures, make_cards, picture_path
from generator.site.choices import choices_of
from generator.site.counts import counts_of
from generator.site.images import Derived, Unusable, derive_all
from generator.site.links import check_links
from generator.site.listings import Shelf
from generator.site.pages import Library
from generator.site.plan import plan
from generator.site.planned import PlannedPage
from generator.site.seasons import active_alerts, kits_of_the_moment
from generator.site.sketches import Sketch

from .archive import Archive, signature
from .intake import Intake, Packed
from .memory import program_digest
from .workers import take_in_all

FILES = {"/robots.txt", "/sitemap.xml", "/flux/presse.xml"}
"""What the site has besides pages, pictures and assets."""


@dataclass(slots=True)
class Gathered:
    """A campaign ready to be rendered, and every problem found on the way. Without settings there is no library."""

    problems: list[Problem]
    library: Library | None = None
    outlines: list[Outline] = field(default_factory=list)
    sketches: dict[Key, Sketch] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)
    pages: list[PlannedPage] = field(default_factory=list)


def gather(root: Path, now: datetime, executor: Executor | None, *, afresh: bool = False) -> Gathered:
    """Read and plan a whole campaign. Problems are collected from every stage; nothing is raised for bad input.

    Files that an earlier build took in, and that are as they were, are not read again, unless `afresh`.
    Raises Damaged when what was kept of them can't be read.
    """
    config, problems = read_settings(root)
    sources, misplaced = find_sources(root)
    archive, intakes = _take_in(root, sources, config, now, executor, afresh)
    problems += misplaced + [problem for intake in intakes for problem in intake.problems]
    if config is None:
        return Gathered(problems)
    records = [record for intake in intakes for record in intake.records]
    outlines = [outline for outline, _, _ in records]
    sketches = {outline.key: drawn for outline, drawn, _ in records}
    entries = Packed({outline.key: packed for outline, _, packed in records}, archive.read)
    campaign = link(config, outlines)
    network, miscounted = read_network(root)
    pictures, unusable = make_pictures(campaign, root, executor)
    problems += check_references(campaign, outlines, _unread(sources, intakes), root) + miscounted + unusable
    cards = make_cards(campaign, sketches, pictures)
    alerts = active_alerts(entries.of("alert"), now)
    kits = kits_of_the_moment(entries.of("kit"), alerts, now)
    shelf = Shelf(campaign, sketches, now)
    forms = {form.id: choices_of(form, shelf, now) for form in entries.of("form")}
    pages = plan(shelf, kits, forms, counts_of(network))
    problems += _same_url(pages, campaign)
    if not has_errors(problems):
        problems += check_links(pages, campaign, FILES, root)
    library = Library(config, entries, cards, pictures, tuple(("kit", alert.kit) for alert in alerts), now)
    return Gathered(problems, library, outlines, sketches, alerts, pages)


def _take_in(
    root: Path, sources: list[Source], config: SiteConfig | None, now: datetime, executor: Executor | None, afresh: bool
) -> tuple[Archive, list[Intake]]:
    bounds = config.town.bounds if config else None
    folder = root / ".cache" / "records"
    state = f"{program_digest()} {bounds!r}"
    archive = Archive(folder, state) if afresh else Archive.open(folder, state)
    looked_at = time_ns()
    signatures = {source.path: signature(root, source.path) for source in sources}
    taken = {path: archive.find(path, current, now) for path, current in signatures.items()}
    missing = [source for source in sources if taken[source.path] is None]
    found = dict(
        zip((source.path for source in missing), take_in_all(root, missing, bounds, now, executor), strict=True)
    )
    intakes = {path: intake or found[path] for path, intake in taken.items()}
    with suppress(OSError):  # A cache that can't be kept only makes the next build slower.
        archive.save({path: (signatures[path], intake) for path, intake in intakes.items()}, now, looked_at)
    return archive, list(intakes.values())


def _unread(sources: list[Source], intakes: list[Intake]) -> set[Key]:
    """Give the keys of the records that a file should have given, had it no errors."""
    return {
        (source.kind, source.stem)
        for source, intake in zip(sources, intakes, strict=True)
        if not source.is_list and not intake.records
    }


def make_pictures(campaign: Campaign, root: Path, executor: Executor | None) -> tuple[Pictures, list[Problem]]:
    """Make every picture's derivatives; a picture that can't be used is a problem where it is named."""
    problems: list[Problem] = []
    named: list[tuple[str, Place, str]] = []
    for name, place in _named_pictures(campaign):
        path = picture_path(place.folder if place else "data", name)
        if path is None or not (root / path).resolve().is_relative_to(root.resolve()):
            hint = "Placez l'image dans le dossier de la fiche."
            problems.append(
                _at(root, place, name, "picture-path", f"« {name} » n'est pas un nom d'image possible.", hint)
            )
        else:
            named.append((path, place, name))
    cache = root / ".cache" / "pictures"
    results = derive_all(sorted({root / path for path, _, _ in named}), cache, executor)
    derived: dict[str, Derived] = {}
    for path, place, name in named:
        result = results[root / path]
        if isinstance(result, Unusable):
            problems.append(_at(root, place, name, result.code, f"« {name} » : {result.message}", result.hint))
        else:
            derived[path] = result
    return Pictures(derived, cache), problems


Place = Outline | None
"""Who names a picture: a record, or the settings (None)."""


def _named_pictures(campaign: Campaign) -> Iterator[tuple[str, Place]]:
    if campaign.config.picture:
        yield campaign.config.picture.file, None
    for outlines in campaign.outlines.values():
        for outline in outlines.values():
            if outline.shown:
                if outline.picture:
                    yield outline.picture.file, outline
                for file in outline.images:
                    yield file, outline


def _at(root: Path, place: Place, name: str, code: str, message: str, hint: str) -> Problem:
    if place is None:
        return Problem(SETTINGS, *locate_in(root, SETTINGS, ("picture", "file")), "error", code, message, hint)
    if place.picture and place.picture.file == name:
        where = locate_in(root, place.path, (*place.place, "picture", "file"))
    else:
        where = mentions_in(root, place.path, name, place.place)[0]
    return Problem(place.path, *where, "error", code, message, hint)


def _same_url(pages: list[PlannedPage], campaign: Campaign) -> list[Problem]:
    problems = []
    seen: dict[str, PlannedPage] = {}
    for page in pages:
        other = seen.setdefault(page.url, page)
        if other is page:
            continue
        rivals = [_maker(each, campaign) for each in (page, other)]
        path = rivals[0] or rivals[1] or SETTINGS
        rival = next((each for each in reversed(rivals) if each and each != path), "une page faite par le site")
        message = f"Deux pages veulent la même adresse, {page.url}"
        hint = f"L'autre vient de : {rival}. Changez un identifiant, ou retirez un ancien identifiant (aliases)."
        problems.append(Problem(path, 0, 0, "error", "same-url", message, hint))
    return problems


def _maker(page: PlannedPage, campaign: Campaign) -> str | None:
    """Give the file that a page comes from, None for a page that the site makes by itself."""
    key = page.key or (page.named[0] if page.layout == "redirect" else None)
    return campaign.outlines[key[0]][key[1]].path if key else None
