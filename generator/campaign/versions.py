"""Versions of a kit against the kit itself: a translation must not outlive the text that it translates unnoticed."""

from collections.abc import Iterable
from pathlib import Path

from generator.problems import Problem

from .linking import Campaign
from .models.documents import Kit, KitVersion
from .outline import Outline
from .reading import locate_in


def is_outdated(version: KitVersion, kit: Kit) -> bool:
    """Tell whether a kit changed since a version was made of it."""
    return version.source_updated < kit.updated


def with_their_kits(outlines: list[Outline]) -> list[Outline]:
    """Give all outlines, a version hidden as long as its kit is: it says the same thing in other words."""
    hidden = {each.id for each in outlines if each.kind == "kit" and not each.shown}
    if not hidden:
        return outlines
    return [
        each._replace(channels=()) if each.kind == "kit_version" and each.id.partition(".")[0] in hidden else each
        for each in outlines
    ]


def check_versions(
    campaign: Campaign, versions: Iterable[KitVersion], kits: Iterable[Kit], root: Path
) -> list[Problem]:
    """Give a problem for each version that is older than its kit, or newer than it can be."""
    by_id = {kit.id: kit for kit in kits}
    problems: list[Problem] = []
    for version in versions:
        kit = by_id.get(version.kit)
        if kit is None or version.source_updated == kit.updated:
            continue
        path = campaign.outlines["kit_version"][version.id].path
        place = locate_in(root, path, ("source_updated",))
        said, updated = f"{version.source_updated:%d/%m/%Y}", f"{kit.updated:%d/%m/%Y}"
        if is_outdated(version, kit):
            message = f"Cette version dit le texte du {said}, et le kit a changé le {updated}."
            hint = "Mettez-la à jour, puis changez sa date. En attendant, sa page dit qu'elle est ancienne."
            problems.append(Problem(path, *place, "warning", "outdated-version", message, hint))
        else:
            message = f"Cette version dit un texte du {said}, mais le kit date du {updated}."
            hint = f"Recopiez ici la date « updated » du kit : {kit.updated}."
            problems.append(Problem(path, *place, "error", "dates-out-of-order", message, hint))
    return problems
