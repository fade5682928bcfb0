"""All files of a campaign read, linked, checked and planned: what `ville check` verifies and `ville build` renders."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from generator.campaign.charter import read_charter
from generator.campaign.files import SETTINGS, Source, find_sources
from generator.campaign.linking import Campaign, check_references, check_unique, link
from generator.campaign.models import KINDS
from generator.campaign.models.charter import Charter
from generator.campaign.models.honours import Channel
from generator.campaign.models.programme import Alert
from generator.campaign.outline import EVERYWHERE, Key, Outline
from generator.campaign.reading import Unread, locate_in, mentions_in, read_settings
from generator.campaign.rules import Standards
from generator.campaign.tally import read_network
from generator.campaign.versions import check_versions, with_their_kits
from generator.config import SiteConfig
from generator.mapper import Mapper
from generator.problems import Problem, Severity, reason, visible
from generator.site.cards import Pictures, make_cards, picture_limits, picture_path
from generator.site.choices import choices_of
from generator.site.counts import counts_of
from generator.site.feeds.plan import FeedDocument, plan_feeds
from generator.site.images import Derived, Unusable, derive_all
from generator.site.links import check_links, unpublished
from generator.site.pages import Library
from generator.site.plan import plan
from generator.site.planned import PlannedPage
from generator.site.register import Register
from generator.site.seasons import active_alerts, kits_of_the_moment
from generator.site.shelf import Shelf
from generator.site.sketches import Sketch

from .archive import Archive
from .batches import take_in_batches
from .credentials import Signed, current_credentials
from .intake import Intake, Packed
from .sealed import discreet, take_in_sealed
from .signatures import Signature, signature

FILES = {"/robots.txt", "/sitemap.xml"}
"""What the site has besides pages, feeds, pictures and assets."""
FOLDERS = {"/assets/", "/attestations/", "/flux/", "/images/", "/pagefind/"}
"""Where it keeps what is no page."""


@dataclass(slots=True)
class Gathered:
    """A campaign ready to be rendered, and every problem found on the way. Without settings there is no library."""

    problems: list[Problem]
    library: Library | None = None
    outlines: list[Outline] = field(default_factory=list)
    sketches: dict[Key, Sketch] = field(default_factory=dict)
    alerts: list[Alert] = field(default_factory=list)
    pages: list[PlannedPage] = field(default_factory=list)
    feeds: list[FeedDocument] = field(default_factory=list)
    shelf: Shelf | None = None
    signed: Signed = field(default_factory=dict)


def gather(
    root: Path,
    now: datetime,
    executor: Mapper | None,
    *,
    seen: Mapping[str, Signature | None] = MappingProxyType({}),
    afresh: bool = False,
) -> Gathered:
    """Read and plan a whole campaign. Problems are collected from every stage; nothing is raised for bad input.

    Files that an earlier build took in, and that are as they were, are not read again, unless `afresh`. Those already
    `seen` need not be looked at again.
    Raises Damaged when what was kept of them can't be read.
    """
    config, problems = read_settings(root)
    # With faulty settings all the rest is checked, on settings that say nothing.
    settings = config or SiteConfig.blank()
    sources, misplaced = find_sources(root)
    charter, unfit = read_charter(root)
    standards = Standards(config.town.bounds if config else None, charter)
    archive, intakes = take_in_sources(root, sources, standards, now, executor, seen, afresh)
    problems += misplaced + unfit + [problem for intake in intakes for problem in intake.problems]
    unread: set[Unread] = set().union(*(intake.unread for intake in intakes))
    if config is None:
        unread.add(("theme", None))
    records = [record for intake in intakes for record in intake.records]
    outlines = with_their_kits([outline for outline, _, _ in records])
    sketches = {outline.key: drawn for outline, drawn, _ in records if drawn}
    entries = Packed({outline.key: packed for outline, drawn, packed in records if drawn}, archive.read)
    campaign = link(settings, outlines)
    network, miscounted = read_network(root)
    pictures, unusable = make_pictures(campaign, root, executor)
    problems += check_references(campaign, outlines, unread, root) + check_unique(outlines, root)
    problems += miscounted + unusable
    shelf = Shelf(campaign, sketches, now, pictures)
    cards = make_cards(shelf)
    alerts = active_alerts(entries.of("alert"), now)
    written = entries.of("kit")
    problems += check_versions(campaign, entries.of("kit_version"), written, root)
    kits = kits_of_the_moment((kit for kit in written if ("kit", kit.id) in shelf.items), alerts, now)
    forms = {form.id: choices_of(form, shelf, now) for form in entries.of("form")}
    register = Register(charter or Charter(), {})
    signed: Signed = {}
    if config:
        signed, outdated = current_credentials(root, config, register.charter, outlines, entries, now)
        problems += outdated
        register = replace(register, signed={key: len(content) for key, content in signed.items()})
    pages = plan(shelf, kits, forms, counts_of(network), register)
    feeds = plan_feeds(shelf, pictures.within(Channel.FEED))
    files = FILES | {f"/{path}" for document in feeds for path in document.paths}
    hidden = unpublished(campaign)
    problems += _same_url(pages, campaign, root) + check_links(pages, campaign, files, hidden, unread, root)
    problems = discreet(problems)
    if config is None:
        return Gathered(problems)
    alert_kits = tuple(("kit", alert.kit) for alert in alerts)
    library = Library(config, entries, cards, pictures, alert_kits, now, hidden, register.charter)
    library = replace(library, picture=pictures.view("data", config.picture))
    return Gathered(problems, library, outlines, sketches, alerts, pages, feeds, shelf, signed)


def take_in_sources(
    root: Path,
    sources: list[Source],
    standards: Standards,
    now: datetime,
    executor: Mapper | None,
    seen: Mapping[str, Signature | None],
    afresh: bool,
) -> tuple[Archive, list[Intake]]:
    """Give what every source holds, in order, and the archive where the packed records of most of them lie.

    Of sealed drafts, which come last, nothing is ever archived.
    """
    sealed = [source for source in sources if source.is_sealed]
    sources = [source for source in sources if not source.is_sealed]
    archive = Archive.of(root, standards, afresh=afresh)
    taken = {
        path: archive.find(path, seen.get(path) or signature(root, path), now) if path in archive else None
        for path in (source.path for source in sources)
    }
    missing = [source for source in sources if taken[source.path] is None]
    if missing or archive.is_stale():
        archive.begin()
    for batch in take_in_batches(root, missing, standards, now, executor):
        taken |= archive.keep(batch)
    archive.commit()
    intakes = {path: intake for path, intake in taken.items() if intake}
    return archive, [*intakes.values(), *take_in_sealed(root, sealed, standards, now)]


def make_pictures(campaign: Campaign, root: Path, executor: Mapper | None) -> tuple[Pictures, list[Problem]]:
    """Make every picture's derivatives; a picture that can't be used is a problem where it is named.

    Those of records that are not shown yet are made too, so that nothing fails on the day, but stay in the cache. Of
    what was taken back, nothing is made.
    """
    problems: list[Problem] = []
    named: list[tuple[str, Place, str]] = []
    top = os.path.realpath(root)
    portraits = campaign.outlines["portrait"].values()
    limits = picture_limits(portraits)
    taken_back = set(picture_limits(each for each in portraits if each.gone))
    for name, place in _named_pictures(campaign):
        path = picture_path(place.folder if place else "data", name)
        if (
            name
            and path
            and path.startswith(("data/", "content/"))
            and os.path.realpath(root / path).startswith(f"{top}/")
        ):
            named.append((path, place, name))
        else:
            wrong = (
                f"« {visible(name)} » n'est pas un nom d'image possible." if name else "Une image n'a pas de fichier."
            )
            problems += _at(root, place, name, "picture-path", wrong, "Placez l'image dans le dossier de la fiche.")
    cache = root / ".cache" / "pictures"
    try:
        results = derive_all(sorted({root / path for path, _, _ in named if path not in taken_back}), cache, executor)
    except OSError as error:
        message = f"Les images ne peuvent pas être préparées : {reason(error)}."
        hint = "Faites de la place, ou donnez le droit d'écrire dans ce dossier."
        return Pictures({}, cache), [Problem(".cache/pictures", 0, 0, "error", "cache", message, hint)]
    derived: dict[str, Derived] = {}
    for path, place, name in named:
        result = results.get(root / path)
        if isinstance(result, Unusable):
            problems += _at(root, place, name, result.code, f"L'image « {visible(name)} » {result.wrong}", result.hint)
        elif place and not place.shown:
            continue
        elif result is None or Channel.SITE not in limits.get(path, EVERYWHERE):
            message = f"L'image « {visible(name)} » est celle d'un portrait qui n'est pas publié : elle ne paraît pas."
            hint = "Choisissez une autre image, ou vérifiez l'autorisation de ce portrait."
            problems += _at(root, place, name, "picture-without-consent", message, hint, "warning")
        else:
            derived[path] = result
    made = frozenset(each.stem for each in results.values() if isinstance(each, Derived))
    return Pictures(derived, cache, limits, made), problems


Place = Outline | None
"""Who names a picture: a record, or the settings (None)."""


def _named_pictures(campaign: Campaign) -> Iterator[tuple[str, Place]]:
    if campaign.config.picture:
        yield campaign.config.picture.file, None
    for outlines in campaign.outlines.values():
        for outline in outlines.values():
            if outline.gone:
                continue
            if outline.picture:
                yield outline.picture.file, outline
            for file in dict.fromkeys(outline.images):
                yield file, outline


def _at(
    root: Path, place: Place, name: str, code: str, message: str, hint: str, severity: Severity = "error"
) -> list[Problem]:
    """Give a problem for each place where a record or the settings name a picture."""
    path = place.path if place else SETTINGS
    own = place.picture if place else None
    if place is None or (own and own.file == name):
        found = [locate_in(root, path, (*(place.place if place else ()), "picture", "file"))]
    else:
        found = mentions_in(root, path, name, place.place)
    return [Problem(path, *where, severity, code, message, hint) for where in found]


_EXPECTED = {
    "/mentions-legales/": "content/pages/mentions-legales.md",
    "/vie-privee/": "content/pages/vie-privee.md",
    "/accessibilite/": "content/pages/accessibilite.md",
    "/a-propos/": "content/pages/a-propos.md",
    "/participer/devenir-voisin-solidaire/": "data/forms/devenir-voisin-solidaire.yml",
}
"""What every page's footer or the home page leads to, and the file that makes it."""


def missing_pages(pages: list[PlannedPage]) -> list[Problem]:
    """Give a warning for each page that the site leads to everywhere and that nobody wrote."""
    urls = {page.url for page in pages}
    return [
        Problem(
            file, 0, 0, "warning", "missing-page", f"Le site mène à {url}, qui n'existe pas.", "Écrivez ce fichier."
        )
        for url, file in _EXPECTED.items()
        if url not in urls
    ]


def _same_url(pages: list[PlannedPage], campaign: Campaign, root: Path) -> list[Problem]:
    """Give a problem for each record that wants the address of another page."""
    problems = []
    seen: dict[str, PlannedPage] = {}
    for page in pages:
        other = seen.setdefault(page.url, page)
        if other is page and page.url not in FOLDERS:
            continue
        late, early = _maker(page, campaign), None if other is page else _maker(other, campaign)
        if late is None:
            page, late, early = other, early, None
        if late is None:
            continue
        hint = f"L'autre page vient de {early.path}." if early else "Le site s'en sert lui-même."
        hint += " Retirez cet ancien identifiant." if page.layout == "redirect" else " Changez l'identifiant."
        message = f"L'adresse {page.url} est déjà prise."
        problems.append(Problem(late.path, *_claim(page, late, root), "error", "same-url", message, hint))
    return list(dict.fromkeys(problems))


def _maker(page: PlannedPage, campaign: Campaign) -> Outline | None:
    """Give the record that a page comes from, None for a page that the site makes by itself."""
    key = page.key or (page.named[0] if page.layout == "redirect" else None)
    return campaign.outlines[key[0]][key[1]] if key else None


def _claim(page: PlannedPage, maker: Outline, root: Path) -> tuple[int, int]:
    """Give the place where a record claims a page's address: an alias, its id, or its file's name."""
    if page.layout == "redirect":
        rank = max(rank for rank, alias in enumerate(maker.aliases) if KINDS[maker.kind].url(alias) == page.url)
        return locate_in(root, maker.path, (*maker.place, "aliases", rank))
    return locate_in(root, maker.path, (*maker.place, "id")) if maker.place else (0, 0)
