"""The letter to subscribers, written from the campaign as it stands."""

from datetime import date, datetime
from pathlib import Path

from generator.problems import Problem, has_errors, reason
from generator.site.assets import theme_folder
from generator.site.newsletter import draw, newsletter

from .gathering import gather
from .progress import bar
from .workers import processes

Written = tuple[list[Path], list[Problem]]
"""The files written, or why there is none."""


def write_newsletter(root: Path, output: Path, since: date, now: datetime, jobs: int) -> Written:
    """Write the letter about what came since a day.

    Its addresses lead to pages and pictures of the site as `ville build` makes it at the same moment.
    """
    with processes(jobs, bar("Lecture des fiches et des images")) as executor:
        gathered = gather(root, now, executor)
    if gathered.library is None or has_errors(gathered.problems):
        return [], gathered.problems
    letter = newsletter(gathered.library, since)
    if letter is None:
        message = f"Rien de nouveau depuis le {since:%d/%m/%Y}, et aucun rendez-vous proche : pas de lettre."
        return [], [Problem("", 0, 0, "error", "empty-newsletter", message, "Donnez un jour plus ancien à --since.")]
    files = []
    try:
        output.mkdir(parents=True, exist_ok=True)
        for ending, content in draw(letter, gathered.library, theme_folder(root)).items():
            file = output / f"lettre-{letter.day}.{ending}"
            file.write_bytes(content)
            files.append(file)
    except OSError as error:
        message = f"La lettre ne peut pas être écrite : {reason(error)}."
        return [], [Problem("", 0, 0, "error", "system", message, f"Fichier concerné : {error.filename}.")]
    return files, []
