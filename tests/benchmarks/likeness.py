"""Whether peers draw what we draw: the same facts, and the same cards, on the pages of the same records."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from generator.campaign.models import KINDS
from tests.benchmarks.contenders import OURS
from tests.benchmarks.tables import table

EACH = 10
"""One page in so many is compared."""

_FACT = re.compile(r"<div[^>]*><dt>(.*?)</dt>\s*<dd>(.*?)</dd>", re.DOTALL)
_GROUP = re.compile(r'<section class="group group--([\w-]+)".*?</section>', re.DOTALL)
_CARD = re.compile(r'card__title"><a href="([^"]*)"')
_TAG = re.compile("<[^>]*>")
_CLIMB = re.compile(r"^(?:\.\./)+")
_TYPOGRAPHY = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a record's page shows: its facts, each a label and a value, and its cards, as addresses by section."""

    facts: tuple[tuple[str, str], ...]
    groups: dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many pages of records were compared, on how many the facts are ours; the same for groups of cards."""

    pages: int
    same_facts: int
    groups: int
    same_groups: int


def read(page: Path) -> Shown:
    """Give what a page shows; French typography, which only ours has, makes no difference."""
    html = page.read_text("utf-8")
    main = html[html.index('id="contenu"') : html.index("<footer")]
    facts = tuple(sorted((_plain(label), _plain(value)) for label, value in _FACT.findall(main)))
    groups = {
        match[1]: frozenset(_CLIMB.sub("/", address) for address in _CARD.findall(match[0]))
        for match in _GROUP.finditer(main)
    }
    return Shown(facts, groups)


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html)).translate(_TYPOGRAPHY).replace("1er ", "1 ").strip()


def compare(ours: Path, other: Path, each: int = EACH) -> Likeness:
    """Compare the sites in two folders, on one record's page in so many; one that the other lacks is not like ours."""
    pages = same_facts = groups = same_groups = 0
    for path in _records(ours)[::each]:
        own = read(ours / path)
        found = read(other / path) if (other / path).is_file() else Shown((), {})
        pages += 1
        same_facts += found.facts == own.facts
        groups += len(own.groups)
        same_groups += sum(found.groups.get(section) == cards for section, cards in own.groups.items())
    return Likeness(pages, same_facts, groups, same_groups)


def _records(site: Path) -> list[Path]:
    """Give the pages of records, from the site's root: what is not a part of a list, nor another form of a kit."""
    sections = sorted(kind.section for kind in KINDS.values() if kind.section)
    found = (page for section in dict.fromkeys(sections) for page in sorted((site / section).glob("*/index.html")))
    return [page.relative_to(site) for page in found if 'class="page__body"' in page.read_text("utf-8")]


def report(sites: Sequence[tuple[str, Path]]) -> str:
    """Give the section on sites, each with its name; ours comes first, those without our markup are left out."""
    (_, ours), *others = sites
    rows = []
    for name, site in others:
        found = compare(ours, site)
        facts = f"{found.same_facts} of {found.pages}"
        rows.append((name, facts, f"{found.same_groups} of {found.groups}"))
    return f"""## Do they draw the same?

One record's page in {EACH}, beside that of {OURS.name}: on how many the facts are the same, labels and values, and
how many groups of linked cards hold the same cards. Groups of more than twelve show the first twelve in the order of
titles, which each sorts by its own rules.

{table(("", "pages with the same facts", "groups with the same cards"), rows)}
"""
