"""The fields of each kind of record in `data/`, made of invented words, linked with each other."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from generator.campaign.models.places import RENEWAL_NOTICE_DAYS

from .cast import FACTORS, STEPS, Cast, slug
from .words import ITEMS, RICH, WORDS, fill, paragraph, summary

Fields = dict[str, Any]

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
LEVELS = {"engage": 1, "solidaire": 2, "exemplaire": 3}
"""The levels of the label, with the years that each lasts."""
SEEN = {"rendez-vous": "Un rendez-vous par an", "absences": "Prendre des nouvelles", "urgence": "Savoir quoi faire"}
"""The criteria of the charter that a visit proves, with their titles."""
BANDS = ("moins-d-un-quart", "un-quart-a-la-moitie", "la-moitie-aux-trois-quarts", "plus-des-trois-quarts")


def day_between(rng: Random, start: date, end: date) -> date:
    """Give a day between two days, both included."""
    return start + timedelta(days=int(rng.random() * ((end - start).days + 1)))


def past_day(rng: Random) -> date:
    """Give a day since the campaign began."""
    return day_between(rng, date(2025, 1, 15), TODAY)


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


def some_themes(rng: Random) -> list[str]:
    """Give one to three themes, each once."""
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
        "themes": some_themes(rng),
        "organisation": cast.one(rng, "organisation"),
        "schemes": cast.some(rng, "scheme", 2),
        "kits": cast.some(rng, "kit", 2),
        "offers": _quotes(rng, 2),
        "needs": _quotes(rng, rng.randint(0, 2)),
        "since": past_day(rng),
        "verified": past_day(rng),
        "address": _address(rng),
        "location": _point(rng),
        "contact": _contact(rng, "Porteuse ou porteur de l'initiative"),
        "story": story(rng, cast),
    }


def _organisation(rng: Random, cast: Cast, number: int) -> Fields:
    types = ("association", "commerce", "bailleur", "copropriete", "entreprise", "institution", "media")
    signed = past_day(rng)
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
    applied = day_between(rng, date(2025, 1, 15), date(2026, 6, 1))
    label: Fields = {"applied": applied}
    if number % 5:
        granted = applied + timedelta(days=60)
        level = rng.choice(tuple(LEVELS))
        validity = timedelta(days=365 * LEVELS[level] - 1)
        if 0 <= (granted + validity - TODAY).days <= RENEWAL_NOTICE_DAYS:
            # A label soon to be renewed is a warning, and this campaign has none.
            applied, granted = applied - timedelta(days=90), granted - timedelta(days=90)
        label = {
            "level": level,
            "serial": f"IS-{granted.year}-{number + 1:05}",
            "applied": applied,
            "granted": granted,
            "expires": granted + validity,
        }
    survey = {
        "date": applied,
        "shared_spaces": ["Hall", "Cour plantée"],
        "guardian": "oui" if number % 3 else "non",
        "lift": "oui" if number % 2 else "non",
        "step_free": "oui",
        "answers": 5 + number % 40,
        "know_each_other": rng.choice(BANDS),
        "willing": rng.choice(BANDS),
        "evidence": [{"criterion": each, "seen": fill(rng, "{thing}, {where}.")} for each in SEEN],
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
    signed = past_day(rng)
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
        "since": day_between(rng, date(2025, 1, 15), date(2025, 12, 31)),
        "date": signed,
        "example": "oui",
        "consent": consent,
        "story": story(rng, cast),
    }


def _award(rng: Random, cast: Cast, number: int) -> Fields:
    diploma, prefix = (("bien-voisiner", "BV"), ("gardien-solidaire", "GS"))[number % 2]
    day = past_day(rng)
    portrait = cast.one(rng, "portrait")
    return {
        "diploma": diploma,
        "serial": f"{prefix}-{day.year}-{number + 1:05}",
        "date": day,
        "citation": paragraph(rng, 2),
        "neighbourhood": cast.one(rng, "neighbourhood"),
        "holder": portrait.replace("-", " ").title(),
        "portrait": portrait,
        "building": cast.one(rng, "building"),
    }


def _event(rng: Random, cast: Cast, number: int) -> Fields:
    day = day_between(rng, date(2025, 1, 15), date(2027, 12, 15))
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
        "themes": some_themes(rng),
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
        "start": day_between(rng, date(2025, 1, 15), date(2025, 12, 31)),
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


def method(rng: Random, cast: Cast) -> Fields:
    """Give the one file that holds two lists: the method's steps and its success factors."""
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


def charter() -> Fields:
    """Give the label's charter: each generated building meets enough of it for any level."""

    def criterion(id_: str, title: str, about: str, **measure: str) -> Fields:
        texts = {"asks": f"{title}, pour tous.", "evidence": "Ce que la visite a vu."}
        return {"id": id_, "title": title, "about": about} | texts | measure

    criteria = [
        criterion("lieu-partage", "Un lieu partagé", "lieux", finding="shared_spaces", at_least="1"),
        criterion("presence", "Une présence", "lieux", finding="guardian"),
        criterion("voisins-connus", "On se connaît", "liens", finding="know_each_other", at_least=BANDS[1]),
        *(criterion(id_, title, "liens") for id_, title in SEEN.items()),
    ]
    levels = [
        {"id": id_, "title": id_.capitalize(), "summary": "Un niveau.", "months": 12 * years, "minimum": years + 1}
        for id_, years in LEVELS.items()
    ]
    return {"title": "La charte du label", "adopted": "2025-01-10", "criteria": criteria, "levels": levels}


def settings() -> Fields:
    """Give the town's settings."""

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


RECORDS: dict[str, Callable[[Random, Cast, int], Fields]] = {
    "initiative": _initiative, "organisation": _organisation, "scheme": _scheme, "building": _building,
    "portrait": _portrait, "award": _award, "event": _event, "indicator": _indicator, "pilot_site": _pilot_site,
    "neighbourhood": _neighbourhood, "alert": _alert, "form": _form,
}  # fmt: skip
"""What makes the fields of each kind, from the record's place among its kind."""
