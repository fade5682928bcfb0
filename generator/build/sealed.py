"""Sealed drafts in a build: opened in this process alone, told of without a word of what they say.

They go to no worker, no archive, no log. Until their embargo falls they are records that are not shown, like others.
"""

import os
from datetime import datetime
from pathlib import Path

from generator.campaign.faults import Fault
from generator.campaign.files import Source
from generator.campaign.outline import Outline
from generator.campaign.reading import locate_in
from generator.campaign.rules import Standards
from generator.campaign.sealing import ENDING, VARIABLE, press_key
from generator.problems import Problem, has_errors

from .intake import Intake, take_in


def take_in_sealed(root: Path, sources: list[Source], standards: Standards, now: datetime) -> list[Intake]:
    """Give what sealed drafts hold. Without the press key they are left out, which is a warning and no error."""
    if not sources:
        return []
    try:
        key = press_key(os.environ)
    except Fault as fault:
        problem = Problem("", 0, 0, "error", fault.code, fault.message, fault.hint)
        return [_nothing(problem)]
    if key is None:
        several = len(sources) > 1
        count = f"{len(sources)} brouillons scellés sont laissés" if several else "Un brouillon scellé est laissé"
        message = f"{count} de côté : la clé de presse n'est pas là."
        hint = f"Pour les publier une fois l'embargo passé, donnez la clé dans la variable {VARIABLE}."
        return [_nothing(Problem("content/press", 0, 0, "warning", "sealed-drafts", message, hint))]
    return [take_in(root, source, standards, now, key) for source in sources]


def _nothing(problem: Problem) -> Intake:
    # A link to a release may be right: any may be among those that are sealed.
    return Intake([], [problem], frozenset({("press_release", None)}))


def discreet(problems: list[Problem]) -> list[Problem]:
    """Give the problems, the errors of each sealed draft as one that quotes nothing of it, its warnings not at all."""
    told: list[Problem] = []
    hidden: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.path.endswith(ENDING) and problem.code != "sealed-unopened":
            hidden.setdefault(problem.path, []).append(problem)
        else:
            told.append(problem)
    for path, own in hidden.items():
        if has_errors(own):
            message = "Le texte scellé dans ce fichier a des erreurs."
            hint = f"Ouvrez-le : ville press open {path}. Puis « ville check » les montre."
            told.append(Problem(path, 0, 0, "error", "sealed-draft", message, hint))
    return told


def in_clear(outlines: list[Outline], now: datetime, root: Path) -> list[Problem]:
    """Give a warning for each release that has yet to come out and that anyone can read in the folder."""
    return [
        Problem(
            each.path,
            *locate_in(root, each.path, ("date",)),
            "warning",
            "embargo-in-clear",
            "Ce communiqué n'a pas encore paru, et se lit en clair dans ce dossier.",
            f"Scellez-le : ville press seal {each.path}.",
        )
        for each in outlines
        if each.kind == "press_release" and not each.path.endswith(ENDING)
        # With errors, it is not shown either, but for another reason.
        if not each.shown and not each.gone and any(change > now.timestamp() for change in each.changes)
    ]
