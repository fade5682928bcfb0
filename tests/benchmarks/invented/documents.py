"""The front matter and Markdown of each kind of document in `content/`."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random

from .cast import KITS, Cast
from .records import TODAY, Fields, day_between, past_day, some_themes
from .words import ITEMS, RICH, WORDS, fill, paragraph, summary


def _body(rng: Random, cast: Cast, headings: Iterable[str]) -> str:
    """Give a document's Markdown: a section under each heading, with a list in one of two."""
    sections = []
    for number, heading in enumerate(headings):
        text = f"## {heading}\n\n{paragraph(rng, 3)}\n"
        if number % 2:
            text += "\n" + "".join(f"- {fill(rng, rng.choice(ITEMS))}\n" for _ in range(4))
        else:
            text += f"\n{fill(rng, rng.choice(RICH))} Voir aussi {cast.link(rng)}.\n"
        sections.append(text)
    return "\n".join(sections)


def _kit(rng: Random, cast: Cast, number: int) -> Fields:
    moments = (*KITS.values(), {"season": "automne"})
    kit = cast.one(rng, "kit")
    note = f'\n!!! tip "Bon à savoir"\n    {paragraph(rng, 1)} Voir [un autre kit](../kits/{kit}.md#apres).\n'
    headings = ("À quoi sert ce kit", "Avant", "Le jour même", "Qui fait quoi", "Accessibilité", "Après")
    return {
        "summary": summary(rng),
        **moments[min(number, len(KITS))],
        "duration": "Deux soirées de préparation",
        "people": "Trois à dix voisins",
        "material": rng.sample(WORDS["material"], 4),
        "themes": some_themes(rng),
        "schemes": cast.some(rng, "scheme", 2),
        "updated": past_day(rng),
        "body": _body(rng, cast, headings) + note,
    }


def _press_release(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "date": f"{day_between(rng, date(2025, 1, 15), TODAY - timedelta(days=1))}T10:00:00",
        "neighbourhoods": cast.some(rng, "neighbourhood", 1),
        "themes": some_themes(rng),
        "kits": cast.some(rng, "kit", 1),
        "initiatives": cast.some(rng, "initiative", 2),
        "portraits": cast.some(rng, "portrait", 1),
        "events": cast.some(rng, "event", 1),
        "body": paragraph(rng, 3) + "\n\n" + _body(rng, cast, ("Les faits", "Ils en parlent", "En pratique")),
    }


def _lesson(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "date": past_day(rng),
        "worked": [paragraph(rng, 1), paragraph(rng, 1)],
        "failed": [paragraph(rng, 1)],
        "advice": [paragraph(rng, 1)],
        "cost": f"{rng.randint(0, 40) * 10} €",
        "initiatives": cast.some(rng, "initiative", 2),
        "events": cast.some(rng, "event", 2),
        "kits": cast.some(rng, "kit", 1),
        "buildings": cast.some(rng, "building", 1),
        "body": _body(rng, cast, ("Le contexte", "Ce que nous avons essayé", "Ce que nous retenons")),
    }


def _page(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "order": number + 1,
        "body": _body(rng, cast, ("En bref", "En détail", "Pour nous joindre")),
    }


DOCUMENTS: dict[str, Callable[[Random, Cast, int], Fields]] = {
    "kit": _kit, "press_release": _press_release, "lesson": _lesson, "page": _page,
}  # fmt: skip
"""What makes the front matter of each kind, and its Markdown under `body`."""
