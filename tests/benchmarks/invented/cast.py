"""Everyone's names before anything is written: how many records of each kind, their ids and titles."""

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from generator.campaign.models import KINDS

from .words import WORDS

NEIGHBOURHOODS = ("Centre ancien", "Les Tilleuls", "La Fontaine", "Rives de l'Aubre", "Plateau des Écoles", "La Gare")
KITS = {
    "Fête des Voisins": {"season": "printemps"},
    "Noël des Voisins": {"season": "hiver"},
    "Été des Voisins": {"season": "ete"},
    "Coronavirus": {"emergency": "epidemie"},
    "Canicule": {"emergency": "canicule"},
    "Inondation": {"emergency": "inondation"},
}
PAGES = ("À propos", "Mentions légales", "Vie privée", "Accessibilité")
STEPS = (
    "Recenser", "Greffer", "Choisir les sites", "Sensibiliser", "Recruter", "Outiller", "Animer", "Valoriser",
    "Évaluer",
)  # fmt: skip
FORMS = (
    "Devenir voisin solidaire", "Proposer une initiative", "Proposer un immeuble", "Proposer un diplôme",
    "S'inscrire à un rendez-vous", "Enquête climat social", "Lettre d'information",
)  # fmt: skip
FACTORS = ("Portage politique", "Porteurs de projet", "Simplicité", "Durée", "Évaluation", "Partenaires")

FIXED = {"step": len(STEPS), "factor": len(FACTORS), "alert": 2, "form": len(FORMS)}
LEAST = {
    "neighbourhood": 6, "scheme": 5, "pilot_site": 2, "initiative": 6, "organisation": 4, "building": 3, "portrait": 2,
    "event": 2, "award": 1, "indicator": 1, "kit": 6, "page": 4, "press_release": 1, "lesson": 1,
}  # fmt: skip
RECORD_SHARES = {
    "initiative": 48, "organisation": 42, "building": 24, "event": 24, "portrait": 20, "award": 12, "indicator": 12,
    "neighbourhood": 1, "scheme": 1, "pilot_site": 1,
}  # fmt: skip
DOCUMENT_SHARES = {"press_release": 6, "kit": 5, "lesson": 5, "page": 3}

TITLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "neighbourhood": (("Les hauts", "Les jardins", "Le village", "Les bords"), WORDS["place"]),
    "scheme": (("Registre des aînés", "Portage de repas", "Plan d'urgence", "Navette", "Téléalarme"), WORDS["place"]),
    "pilot_site": (("Site pilote", "Essai"), WORDS["place"]),
    "initiative": (WORDS["doing"], WORDS["place"]),
    "organisation": (WORDS["group"], WORDS["place"]),
    "building": (tuple(f"Bâtiment {letter}" for letter in "ABCDEFGH"), WORDS["place"]),
    "portrait": (WORDS["first"], WORDS["last"]),
    "award": (("Cage d'escalier", "Équipe", "Gardienne"), WORDS["place"]),
    "event": (WORDS["meeting"], WORDS["place"]),
    "indicator": (("Voisins qui se connaissent", "Coups de main rendus", "Foyers prêts à aider"), WORDS["place"]),
    "kit": (("Galette des voisins", "Rentrée", "Grand froid", "Bienvenue", "Jardinage"), WORDS["place"]),
    "press_release": (("La ville honore les voisins", "Rendez-vous dimanche", "Nouveau label"), WORDS["place"]),
    "lesson": (("Bilan de l'été", "Retour d'expérience", "Ce que l'hiver nous a appris"), WORDS["place"]),
    "page": (("Aide-mémoire", "Questions fréquentes", "Histoire"), WORDS["place"]),
}

LINKED = ("initiative", "kit", "neighbourhood", "event")
"""Kinds that texts link to."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone's ids and titles, known before the first record is written so that any can name any other."""

    titles: dict[str, dict[str, str]]
    ids: dict[str, list[str]]

    def some(self, rng: Random, kind: str, most: int, least: int = 0) -> list[str]:
        """Give a few ids of a kind, each once."""
        ids = self.ids[kind]
        return list(dict.fromkeys(ids[int(rng.random() * len(ids))] for _ in range(rng.randint(least, most))))

    def one(self, rng: Random, kind: str) -> str:
        """Give one id of a kind."""
        return self.ids[kind][int(rng.random() * len(self.ids[kind]))]

    def link(self, rng: Random) -> str:
        """Give a Markdown link to some page of the site."""
        kind = rng.choice(LINKED)
        target = self.one(rng, kind)
        return f"[{self.titles[kind][target]}]({KINDS[kind].url(target)})"


def count_kinds(records: int, documents: int) -> dict[str, int]:
    """Give how many there are of each kind. Raises ValueError when there are too few for every kind to have some."""
    return FIXED | _share(records - sum(FIXED.values()), RECORD_SHARES) | _share(documents, DOCUMENT_SHARES)


def slug(text: str) -> str:
    """Give an id made of a title: lower-case letters without accents, digits, hyphens."""
    text = text.lower().replace("œ", "oe").replace("’", "'")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def make_cast(counts: dict[str, int]) -> Cast:
    """Name so many records of each kind."""
    fixed = {"form": FORMS, "neighbourhood": NEIGHBOURHOODS, "kit": tuple(KITS), "page": PAGES}
    titles: dict[str, dict[str, str]] = {}
    for kind in (*RECORD_SHARES, *DOCUMENT_SHARES, "form", "alert"):
        known = fixed.get(kind, ())
        names = dict.fromkeys(map(slug, known))
        titles[kind] = dict(zip(names, known, strict=True))
        for number in range(counts[kind] - len(known)):
            title = f"Alerte {number + 1}" if kind == "alert" else _title(kind, number)
            titles[kind][f"{slug(title)}"] = _adorned(title, number) if kind == "initiative" else title
    return Cast(titles, {kind: list(names) for kind, names in titles.items()})


def _title(kind: str, number: int) -> str:
    """Give the title of a kind's record: each pair of words once, then again with a number."""
    firsts, seconds = TITLES[kind]
    turn, rest = divmod(number, len(firsts) * len(seconds))
    title = f"{firsts[rest % len(firsts)]} {seconds[rest // len(firsts)]}"
    return f"{title}, n° {turn + 1}" if turn else title


def _adorned(title: str, number: int) -> str:
    """Give some titles what real ones have: guillemets, straight quotes, emoji, length."""
    if number % 37 == 5:
        return f"« {title} » 🌻"
    if number % 41 == 7:
        return f"{title} : le \"vrai\" mode d'emploi pour tenir tout l'hiver"
    return title


def _share(total: int, shares: dict[str, int]) -> dict[str, int]:
    """Split a total between kinds by their shares, each getting its least number first; the rest goes to the first."""
    spare = total - sum(LEAST[kind] for kind in shares)
    if spare < 0:
        raise ValueError(f"{-spare} more are needed to have some of every kind: {', '.join(shares)}")
    counts = {kind: LEAST[kind] + spare * part // sum(shares.values()) for kind, part in shares.items()}
    first = next(iter(shares))
    counts[first] += total - sum(counts.values())
    return counts
