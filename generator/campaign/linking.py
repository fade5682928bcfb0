"""Outlines to a Campaign: every reference checked, and known from both its ends."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.config import SiteConfig
from generator.problems import Problem, nearest

from .models import KINDS
from .outline import Key, Outline
from .reading import Unread, locate_in
from .references import Named


class Campaign(NamedTuple):
    """All that the town has, as outlines by kind and id.

    `referrers` answers « who points at this record? »: for a key, the keys of the records that name it.
    """

    config: SiteConfig
    outlines: Mapping[str, Mapping[str, Outline]]
    referrers: Mapping[Key, Sequence[Key]]


def link(config: SiteConfig, outlines: Iterable[Outline]) -> Campaign:
    """Sort outlines into a Campaign and follow every reference backwards. Of two with one id, the first stays."""
    by_kind: dict[str, dict[str, Outline]] = {kind: {} for kind in KINDS}
    referrers: defaultdict[Key, list[Key]] = defaultdict(list)
    for each in outlines:
        kind, id_ = each.kind, each.id
        if by_kind[kind].setdefault(id_, each) is each:
            key = kind, id_
            for _, named_kind, named_id in each.names:
                referrers[named_kind, named_id].append(key)
    return Campaign(config, by_kind, dict(referrers))


def check_references(campaign: Campaign, outlines: Iterable[Outline], unread: set[Unread], root: Path) -> list[Problem]:
    """Give a problem for each id that serves twice and each reference to nothing.

    `unread` tells of records that are there but have errors of their own: naming one of them is no mistake.
    """
    problems: list[Problem] = []
    known: dict[str, Collection[str]] = {**campaign.outlines, "theme": {theme.id for theme in campaign.config.themes}}
    astray = any(id_ not in known[kind] for kind, id_ in campaign.referrers)
    for each in outlines:
        first = campaign.outlines[each.kind][each.id]
        if first is not each:
            problems.append(_twice(root, each, first))
        elif not astray:
            continue
        problems += [
            _dangling(root, each, named, known[named.kind])
            for named in each.names
            if named.id not in known[named.kind] and not unread & {(named.kind, named.id), (named.kind, None)}
        ]
    return problems


def check_unique(outlines: Iterable[Outline], root: Path) -> list[Problem]:
    """Give a problem for each value that only one record may bear and that two do: a serial, a step's rank."""
    problems: list[Problem] = []
    owners: dict[tuple[str, str], Outline] = {}
    for each in outlines:
        for claim in each.claims:
            first = owners.setdefault((claim.name, claim.value), each)
            # Two files for one record are told of as such.
            if first.key != each.key:
                where = locate_in(root, each.path, (*each.place, *claim.place))
                message = f"Le {claim.name} « {claim.value} » sert deux fois."
                hint = f"L'autre fiche : « {first.title} », dans {first.path}."
                problems.append(Problem(each.path, *where, "error", "duplicate-value", message, hint))
    return problems


def _dangling(root: Path, outline: Outline, named: Named, known: Iterable[str]) -> Problem:
    if named.kind == "theme":
        name, where = "thème", "site_config.yml"
    else:
        kind = KINDS[named.kind]
        name, where = kind.singular, ("content/" if kind.is_document else "data/") + kind.source
    line, column = locate_in(root, outline.path, (*outline.place, *named.place))
    hint = nearest(named.id, known) or f"Les identifiants possibles se trouvent dans {where}."
    message = f"« {named.id} » ne désigne rien : {name} introuvable."
    return Problem(outline.path, line, column, "error", "unknown-id", message, hint)


def _twice(root: Path, outline: Outline, first: Outline) -> Problem:
    place = locate_in(root, outline.path, (*outline.place, "id")) if outline.place else (0, 0)
    other = first.path
    if first.place:
        other += f", ligne {locate_in(root, first.path, (*first.place, 'id'))[0]}"
    message = f"L'identifiant « {outline.id} » sert deux fois ({KINDS[outline.kind].singular})."
    return Problem(outline.path, *place, "error", "duplicate-id", message, f"L'autre fiche se trouve dans {other}.")
