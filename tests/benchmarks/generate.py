"""Write a campaign of any size, to test and measure with: `generate.py --records N --documents M DIR`.

The folder is a complete, valid campaign root: settings, records of every kind in about the example's proportions,
each with a story of about 1.5 kB, kits, press releases, lessons and pages, all linked to each other. Places and
schemes are rarer than in the example, so that a neighbourhood keeps about 200 records however large the town.
The same arguments give the same bytes.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageOps

# The benchmarks are scripts: run from anywhere, they find their own folder and the project.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.vocabulary import ITEMS, RICH, WORDS, fill, paragraph, summary

TODAY = date(2026, 11, 23)
BOUNDS = {"south": 46.80, "west": 1.20, "north": 46.87, "east": 1.31}
THEMES = {
    "isolement": "Rompre l'isolement",
    "entraide": "Entraide",
    "convivialite": "Convivialité",
    "jardins": "Jardins et nature",
    "enfance": "Enfance et familles",
    "savoirs": "Partage de savoirs",
    "urgence": "Urgence",
}
NEIGHBOURHOODS = ("Centre ancien", "Les Tilleuls", "La Fontaine", "Rives de l'Aubre", "Plateau des Écoles", "La Gare")
KITS = {
    "Fête des Voisins": {"season": "printemps"},
    "Noël des Voisins": {"season": "hiver"},
    "Été des Voisins": {"season": "ete"},
    "Coronavirus": {"emergency": "epidemie"},
    "Canicule": {"emergency": "canicule"},
    "Inondation": {"emergency": "inondation"},
}
BANDS = ("moins-d-un-quart", "un-quart-a-la-moitie", "la-moitie-aux-trois-quarts", "plus-des-trois-quarts")
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

FOLDERS = {
    "initiative": "data/initiatives", "organisation": "data/organisations", "scheme": "data/schemes",
    "building": "data/buildings", "portrait": "data/portraits", "award": "data/awards", "event": "data/events",
    "indicator": "data/indicators", "pilot_site": "data/pilot_sites", "form": "data/forms",
    "neighbourhood": "data/neighbourhoods", "alert": "data/alerts",
    "kit": "content/kits", "press_release": "content/press", "lesson": "content/lessons", "page": "content/pages",
}  # fmt: skip
SECTIONS = {"initiative": "initiatives", "kit": "kits", "neighbourhood": "quartiers", "event": "agenda"}
PICTURED = ("kit", "neighbourhood", "portrait", "initiative", "event", "building", "organisation")
"""Which records get the pictures, in this order."""

Fields = dict[str, Any]


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
        kind = rng.choice(tuple(SECTIONS))
        target = self.one(rng, kind)
        return f"[{self.titles[kind][target]}](/{SECTIONS[kind]}/{target}/)"


def write_campaign(root: Path, records: int, documents: int, pictures: int = 0, seed: int = 1) -> None:
    """Write a campaign of so many records, documents and pictures into a folder that is new or empty.

    Raises ValueError when the counts are too small for a campaign with every kind of record, or too many pictures.
    """
    counts = FIXED | share(records - sum(FIXED.values()), RECORD_SHARES) | share(documents, DOCUMENT_SHARES)
    cast = _cast(counts)
    drawn = _drawn(cast, pictures)
    _write(root / "site_config.yml", yaml(_settings()))
    _write(root / "data/method.yml", yaml(_method(Random(f"{seed}:method"), cast)))
    for kind, folder in FOLDERS.items():
        rng = Random(f"{seed}:{kind}")
        make = _DOCUMENTS.get(kind) or _RECORDS[kind]
        for number, id_ in enumerate(cast.ids[kind]):
            fields = make(rng, cast, number)
            fields = {"title": cast.titles[kind][id_]} | fields
            body = fields.pop("body", None)
            if (kind, id_) in drawn:
                fields["picture"] = _picture(root / folder / f"{id_}.jpg", rng, kind == "portrait")
            if body is None:
                _write(root / folder / f"{id_}.yml", yaml(fields))
            else:
                _write(root / folder / f"{id_}.md", f"---\n{yaml(fields)}---\n\n{body}")


def share(total: int, shares: dict[str, int]) -> dict[str, int]:
    """Split a total between kinds by their shares, each getting its least number first; the rest goes to the first."""
    spare = total - sum(LEAST[kind] for kind in shares)
    if spare < 0:
        raise ValueError(f"{-spare} more are needed to have some of every kind: {', '.join(shares)}")
    counts = {kind: LEAST[kind] + spare * part // sum(shares.values()) for kind, part in shares.items()}
    first = next(iter(shares))
    counts[first] += total - sum(counts.values())
    return counts


def yaml(value: Fields, indent: str = "") -> str:
    """Give a mapping as the YAML that a person would write: plain words, quotes only where needed, texts as blocks."""
    lines: list[str] = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines.append(f"{indent}{key}:\n{yaml(item, indent + '  ')}")
        elif isinstance(item, list):
            if item:
                lines.append(f"{indent}{key}:\n")
                lines += [f"{indent}  - {_item(entry, indent)}\n" for entry in item]
        elif isinstance(item, str) and "\n" in item:
            lines.append(f"{indent}{key}: |\n")
            lines += [f"{indent}  {line}\n" if line else "\n" for line in item.rstrip("\n").split("\n")]
        else:
            lines.append(f"{indent}{key}: {_scalar(item)}\n")
    return "".join(lines)


_PLAIN = re.compile(r"[\w«/+][^\n\t:#\"]*(?<! )").fullmatch


def _item(entry: Any, indent: str) -> str:
    if isinstance(entry, dict):
        return yaml(entry, indent + "    ").strip()
    return _scalar(entry)


def _scalar(value: object) -> str:
    text = str(value)
    return text if _PLAIN(text) else json.dumps(text, ensure_ascii=False)


def slug(text: str) -> str:
    """Give an id made of a title: lower-case letters without accents, digits, hyphens."""
    text = text.lower().replace("œ", "oe").replace("’", "'")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _cast(counts: dict[str, int]) -> Cast:
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


def _drawn(cast: Cast, pictures: int) -> set[tuple[str, str]]:
    candidates = [(kind, id_) for kind in PICTURED for id_ in cast.ids[kind]]
    if pictures > len(candidates):
        raise ValueError(f"at most {len(candidates)} of these records can have a picture")
    return set(candidates[:pictures])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _picture(path: Path, rng: Random, upright: bool) -> Fields:
    """Draw a picture of circles on a gradient; its size is that of the example's."""
    size = (1200, 1500) if upright else (1600, 1067)
    sky = Image.linear_gradient("L").resize(size)
    image = ImageOps.colorize(sky, (rng.randint(160, 255), 220, rng.randint(160, 255)), (90, rng.randint(60, 160), 90))
    pen = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, r = rng.randint(0, size[0]), rng.randint(0, size[1]), rng.randint(40, 260)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=(rng.randint(0, 255), rng.randint(0, 255), rng.randint(0, 255)))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=85)
    return {"file": path.name, "alt": f"Dessin : {fill(rng, '{action} {where}')}", "credit": "Ville d'Aubrenay"}


def _day(rng: Random, start: date, end: date) -> date:
    return start + timedelta(days=int(rng.random() * ((end - start).days + 1)))


def _past(rng: Random) -> date:
    return _day(rng, date(2025, 1, 15), TODAY)


def _point(rng: Random) -> Fields:
    south, west, north, east = BOUNDS.values()
    return {
        "lat": f"{south + (north - south) * (0.05 + 0.9 * rng.random()):.5f}",
        "lon": f"{west + (east - west) * (0.05 + 0.9 * rng.random()):.5f}",
    }


def _contact(rng: Random, role: str) -> Fields:
    number = rng.randint(0, 9999)
    return {
        "role": role,
        "email": f"contact{number}@aubrenay.example",
        "phone": f"02 61 91 {number // 100:02} {number % 100:02}",
    }


def _address(rng: Random) -> str:
    return f"{rng.randint(1, 140)} {rng.choice(WORDS['street'])}"


def _themes(rng: Random) -> list[str]:
    return rng.sample(tuple(THEMES), rng.randint(1, 3))


def _quotes(rng: Random, count: int) -> list[str]:
    return [fill(rng, "{thing}") for _ in range(count)]


def story(rng: Random, cast: Cast) -> str:
    """Give a record's text, about 1.5 kB of CommonMark: paragraphs, a list, bold, links, now and then more."""
    blocks = [paragraph(rng, 4), fill(rng, rng.choice(RICH)), f"{paragraph(rng, 2)} À lire : {cast.link(rng)}."]
    turn = rng.random()
    mark = "1." if turn < 0.2 else "-"
    blocks.insert(1, "\n".join(f"{mark} {fill(rng, rng.choice(ITEMS))}" for _ in range(3)))
    if turn > 0.7:
        blocks.insert(1, fill(rng, "> Un soir, {result}. Je me suis dit : *on continue*."))
    if turn > 0.9:
        blocks.insert(3, f"## Comment venir\n\n{paragraph(rng, 1)} Voir {cast.link(rng)}.")
    blocks.append(paragraph(rng, 3))
    return "\n\n".join(blocks) + "\n"


def _initiative(rng: Random, cast: Cast, number: int) -> Fields:
    actors = ("habitants", "association", "commercant", "bailleur", "copropriete", "service-municipal", "ecole")
    fields: Fields = {
        "summary": summary(rng),
        "actor": rng.choice(actors),
        "status": rng.choices(("active", "en-projet", "en-pause", "terminee"), (16, 2, 1, 1))[0],
    }
    if number % 12:
        fields["neighbourhood"] = cast.one(rng, "neighbourhood")
    return fields | {
        "themes": _themes(rng),
        "organisation": cast.one(rng, "organisation"),
        "schemes": cast.some(rng, "scheme", 2),
        "kits": cast.some(rng, "kit", 2),
        "offers": _quotes(rng, 2),
        "needs": _quotes(rng, rng.randint(0, 2)),
        "since": _past(rng),
        "verified": _past(rng),
        "address": _address(rng),
        "location": _point(rng),
        "contact": _contact(rng, "Porteuse ou porteur de l'initiative"),
        "story": story(rng, cast),
    }


def _organisation(rng: Random, cast: Cast, number: int) -> Fields:
    types = ("association", "commerce", "bailleur", "copropriete", "entreprise", "institution", "media")
    signed = _past(rng)
    return {
        "summary": summary(rng),
        "scope": "national" if number % 4 == 0 else "local",
        "type": rng.choice(types),
        "network": "oui" if number % 2 else "non",
        "brings": _quotes(rng, 2),
        "neighbourhoods": cast.some(rng, "neighbourhood", 3, 1),
        "contact": _contact(rng, "Accueil"),
        "url": "https://www.service-public.fr/",
        "agreement": {"signed": signed, "until": signed + timedelta(days=1095)},
        "description": story(rng, cast),
    }


def _scheme(rng: Random, cast: Cast, number: int) -> Fields:
    graft = {
        "title": fill(rng, "{thing}"),
        "description": paragraph(rng, 2),
        "kit": cast.one(rng, "kit"),
        "initiatives": cast.some(rng, "initiative", 3, 1),
    }
    return {
        "summary": summary(rng),
        "owner": "Centre communal d'action sociale",
        "legal_basis": "Code de l'action sociale et des familles, art. L121-6-1",
        "grafts": [graft],
        "kits": cast.some(rng, "kit", 2),
        "contact": _contact(rng, "Accueil social"),
        "description": story(rng, cast),
    }


def _building(rng: Random, cast: Cast, number: int) -> Fields:
    applied = _day(rng, date(2025, 1, 15), date(2026, 6, 1))
    label: Fields = {"applied": applied}
    if number % 5:
        granted = applied + timedelta(days=60)
        level = rng.choice(("engage", "solidaire", "exemplaire"))
        label = {"level": level, "applied": applied, "granted": granted, "expires": granted + timedelta(days=730)}
    survey = {
        "date": applied,
        "shared_spaces": ["Hall", "Cour plantée"],
        "guardian": "oui" if number % 3 else "non",
        "lift": "oui" if number % 2 else "non",
        "step_free": "oui",
        "know_each_other": rng.choice(BANDS),
        "willing": rng.choice(BANDS),
    }
    return {
        "summary": summary(rng),
        "neighbourhood": cast.one(rng, "neighbourhood"),
        "address": _address(rng),
        "postcode": "36999",
        "location": _point(rng),
        "homes": rng.randint(6, 120),
        "landlord": cast.one(rng, "organisation"),
        "survey": survey,
        "label": label,
        "description": story(rng, cast),
    }


def _portrait(rng: Random, cast: Cast, number: int) -> Fields:
    signed = _past(rng)
    consent = {
        "reference": f"DI-2026-{number + 1:05}",
        "date": signed,
        "channels": ["site", "flux", "presse"],
        "until": signed + timedelta(days=1095),
    }
    return {
        "summary": summary(rng),
        "quote": fill(rng, "{action}, c'est ma façon d'habiter ici ; {result}"),
        "neighbourhood": cast.one(rng, "neighbourhood"),
        "building": cast.one(rng, "building"),
        "initiatives": cast.some(rng, "initiative", 3, 1),
        "since": _day(rng, date(2025, 1, 15), date(2025, 12, 31)),
        "date": signed,
        "example": "oui",
        "consent": consent,
        "story": story(rng, cast),
    }


def _award(rng: Random, cast: Cast, number: int) -> Fields:
    diploma, prefix = (("bien-voisiner", "BV"), ("gardien-solidaire", "GS"))[number % 2]
    day = _past(rng)
    return {
        "diploma": diploma,
        "serial": f"{prefix}-{day.year}-{number + 1:05}",
        "date": day,
        "citation": paragraph(rng, 2),
        "neighbourhood": cast.one(rng, "neighbourhood"),
        "portrait": cast.one(rng, "portrait"),
        "building": cast.one(rng, "building"),
    }


def _event(rng: Random, cast: Cast, number: int) -> Fields:
    day = _day(rng, date(2025, 1, 15), date(2027, 12, 15))
    hour = rng.randint(9, 19)
    return {
        "summary": summary(rng),
        "start": f"{day} {hour:02}:00",
        "end": f"{day} {hour + 2:02}:30",
        "place": fill(rng, "{where}"),
        "address": _address(rng),
        "location": _point(rng),
        "accessibility": "Accès de plain-pied, boucle magnétique à l'accueil.",
        "neighbourhood": cast.one(rng, "neighbourhood"),
        "themes": _themes(rng),
        "kits": cast.some(rng, "kit", 2),
        "schemes": cast.some(rng, "scheme", 1),
        "organisations": cast.some(rng, "organisation", 2, 1),
        "description": story(rng, cast),
    }


def _indicator(rng: Random, cast: Cast, number: int) -> Fields:
    before = rng.randint(10, 50)
    return {
        "kind": "quantitatif" if number % 3 else "qualitatif",
        "definition": "Part des foyers qui ont répondu oui à la question du porte-à-porte.",
        "unit": "% des foyers",
        "source": "Enquête des porteurs de projet, en porte-à-porte",
        "pilot_site": cast.one(rng, "pilot_site"),
        "before": {"date": "2025-03-01", "value": before, "sample": rng.randint(40, 300)},
        "after": {"date": "2026-09-01", "value": before + rng.randint(0, 40), "sample": rng.randint(40, 300)},
        "quotes": [fill(rng, "Maintenant, {result}.")],
    }


def _pilot_site(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "neighbourhood": cast.one(rng, "neighbourhood"),
        "buildings": cast.some(rng, "building", 3, 1),
        "hypothesis": fill(rng, "Avec {thing}, {result}."),
        "start": _day(rng, date(2025, 1, 15), date(2025, 12, 31)),
        "end": "2027-06-30",
        "decision": "en-cours",
        "failed": [paragraph(rng, 1)],
        "protocol": story(rng, cast),
    }


def _neighbourhood(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "location": _point(rng),
        "population": rng.randint(900, 6000),
        "lead": _contact(rng, "Porteuse ou porteur de projet") | {"name": fill(rng, "{first} {last}")},
        "description": story(rng, cast),
    }


def _alert(rng: Random, cast: Cast, number: int) -> Fields:
    kind, start, end = (("canicule", "2026-07-10", "2026-07-18"), ("inondation", "2027-02-01", "2027-02-05"))[number]
    return {
        "kind": kind,
        "level": "orange",
        "message": "Prenez des nouvelles de vos voisins, et suivez les consignes du kit.",
        "start": f"{start} 08:00",
        "end": f"{end} 20:00",
        "kit": kind,
    }


def _form(rng: Random, cast: Cast, number: int) -> Fields:
    questions = [
        {"id": "prenom", "type": "texte", "label": "Votre prénom", "autocomplete": "given-name"},
        {"id": "courriel", "type": "courriel", "label": "Votre adresse électronique", "autocomplete": "email"},
        {"id": "quartier", "type": "choix", "label": "Votre quartier", "source": "quartiers"},
        {"id": "message", "type": "texte-long", "label": "Votre message", "required": "non", "max_length": 600},
    ]
    privacy = {
        "purpose": "Répondre à votre demande.",
        "legal_basis": "mission-d-interet-public",
        "recipients": ["L'équipe de la campagne"],
        "retention_months": 24,
    }
    return {
        "summary": summary(rng),
        "sections": [{"title": "Vous et nous", "questions": questions}],
        "thanks": "Merci, nous vous répondons sous dix jours.",
        "confirm": "courriel",
        "privacy": privacy,
        "order": number + 1,
    }


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
        "themes": _themes(rng),
        "schemes": cast.some(rng, "scheme", 2),
        "updated": _past(rng),
        "body": _body(rng, cast, headings) + note,
    }


def _press_release(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "date": f"{_day(rng, date(2025, 1, 15), TODAY - timedelta(days=1))}T10:00:00",
        "neighbourhoods": cast.some(rng, "neighbourhood", 1),
        "themes": _themes(rng),
        "kits": cast.some(rng, "kit", 1),
        "initiatives": cast.some(rng, "initiative", 2),
        "portraits": cast.some(rng, "portrait", 1),
        "events": cast.some(rng, "event", 1),
        "body": paragraph(rng, 3) + "\n\n" + _body(rng, cast, ("Les faits", "Ils en parlent", "En pratique")),
    }


def _lesson(rng: Random, cast: Cast, number: int) -> Fields:
    return {
        "summary": summary(rng),
        "date": _past(rng),
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


def _method(rng: Random, cast: Cast) -> Fields:
    return {"steps": list(_steps(rng, cast)), "factors": list(_factors(rng))}


def _steps(rng: Random, cast: Cast) -> Iterator[Fields]:
    for number, title in enumerate(STEPS, start=1):
        deliverable = {"title": fill(rng, "{thing}"), "description": paragraph(rng, 1), "url": "/initiatives/"}
        yield {
            "id": slug(title),
            "title": title,
            "number": number,
            "summary": summary(rng),
            "deliverable": deliverable,
            "actions": [paragraph(rng, 1)],
            "description": story(rng, cast),
        }


def _factors(rng: Random) -> Iterator[Fields]:
    for title in FACTORS:
        yield {
            "id": slug(title),
            "title": title,
            "summary": summary(rng),
            "owner": "Direction des solidarités",
            "evidence": paragraph(rng, 1),
            "status": rng.choice(("prevu", "engage", "acquis")),
        }


def _settings() -> Fields:
    def office(role: str, number: int) -> Fields:
        return {"role": role, "email": f"bureau{number}@aubrenay.example", "phone": f"02 61 91 00 {number:02}"}

    town = {
        "name": "Aubrenay",
        "address": "1 place de la Mairie, 36999 Aubrenay",
        "postcode": "36999",
        "phone": "02 61 91 00 00",
        "email": "mairie@aubrenay.example",
        "director": "Camille Ferrand, maire d'Aubrenay",
        "bounds": BOUNDS,
        "example": "oui",
    }
    return {
        "title": "Aubrenay solidaire",
        "tagline": "Ici, on peut compter sur ses voisins.",
        "description": "La campagne de la ville d'Aubrenay pour l'entraide entre voisins.",
        "url": "https://solidaire.aubrenay.example/",
        "town": town,
        "host": {"name": "Hébergeur", "address": "2 rue de la Fibre, 36999 Aubrenay", "phone": "02 61 91 00 01"},
        "contact": office("Équipe de la campagne", 2),
        "press_contact": office("Service de presse", 3),
        "dpo": office("Délégué à la protection des données", 4),
        "themes": [{"id": id_, "title": title} for id_, title in THEMES.items()],
        "figures": [
            {"value": "90 %", "text": "des habitants saluent leurs voisins", "source": "Enquête inventée, mars 2026"}
        ],
    }


_RECORDS = {
    "initiative": _initiative, "organisation": _organisation, "scheme": _scheme, "building": _building,
    "portrait": _portrait, "award": _award, "event": _event, "indicator": _indicator, "pilot_site": _pilot_site,
    "neighbourhood": _neighbourhood, "alert": _alert, "form": _form,
}  # fmt: skip
_DOCUMENTS = {"kit": _kit, "press_release": _press_release, "lesson": _lesson, "page": _page}


def main() -> None:
    """Read the command line and write the campaign."""
    parser = argparse.ArgumentParser(description="Write a campaign of any size into DIR.")
    parser.add_argument("--records", type=int, required=True, metavar="N")
    parser.add_argument("--documents", type=int, required=True, metavar="M")
    parser.add_argument("--pictures", type=int, default=0, metavar="P", help="records and kits with a picture")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("dir", type=Path, metavar="DIR", help="a new or empty folder")
    options = parser.parse_args()
    if options.dir.exists() and any(options.dir.iterdir()):
        parser.error(f"{options.dir} is not empty")
    try:
        write_campaign(options.dir, options.records, options.documents, options.pictures, options.seed)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
