"""A record's facts, as the lines of the list beside its text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator.campaign.models.actors import Actor
from generator.campaign.models.fields import PARIS
from generator.campaign.models.places import Band
from generator.campaign.outline import Key
from generator.config import SiteConfig

from . import dates
from .sketches import (
    DECISIONS,
    DIPLOMAS,
    EMERGENCIES,
    LABEL_LEVELS,
    LABEL_STATES,
    ORGANISATION_TYPES,
    SEASONS,
    STATUSES,
)
from .views import Card, Fact

ACTORS = {
    Actor.RESIDENTS: "Des habitants",
    Actor.ASSOCIATION: "Une association",
    Actor.SHOP: "Un commerçant",
    Actor.LANDLORD: "Un bailleur",
    Actor.CO_OWNERS: "Une copropriété",
    Actor.TOWN: "Un service municipal",
    Actor.COMPANY: "Une entreprise",
    Actor.SCHOOL: "Une école",
}
BANDS = {
    Band.UNKNOWN: "Non relevé",
    Band.FEW: "Moins d’un quart des foyers",
    Band.SOME: "D’un quart à la moitié des foyers",
    Band.MANY: "De la moitié aux trois quarts des foyers",
    Band.MOST: "Plus des trois quarts des foyers",
}


@dataclass(frozen=True, slots=True)
class Named:
    """What facts may use besides the record: the cards of the records it names, the settings, the day."""

    cards: Mapping[Key, Card]
    config: SiteConfig
    now: datetime

    def link(self, label: str, kind: str, record_id: str | None) -> Iterator[Fact]:
        """Give the fact that leads to another record's page, if that one is shown."""
        card = self.cards.get((kind, record_id)) if record_id else None
        if card:
            yield Fact(label, card.title, card.url)


def facts(kind: str, record: Any, named: Named) -> tuple[Fact, ...]:
    """Give the facts of a record's page; kinds without any give none."""
    return tuple(_FACTS[kind](record, named)) if kind in _FACTS else ()


def _short(url: str) -> str:
    return url.partition("://")[2].rstrip("/")


def _themes(record: Any, named: Named) -> Iterator[Fact]:
    titles = {theme.id: theme.title for theme in named.config.themes}
    if record.themes:
        label = "Thèmes" if len(record.themes) > 1 else "Thème"
        yield Fact(label, ", ".join(titles[theme] for theme in record.themes))


def _neighbourhood(record: Any, named: Named) -> Iterator[Fact]:
    if record.population is not None:
        yield Fact("Habitants", dates.number(record.population))


def _initiative(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Porteur", ACTORS[record.actor])
    yield from named.link("Organisation", "organisation", record.organisation)
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    if record.neighbourhood is None:
        yield Fact("Quartier", "Toute la ville")
    if record.address:
        yield Fact("Lieu", record.address)
    yield Fact("État", STATUSES[record.status][0])
    if record.since:
        yield Fact("Depuis", dates.day(record.since))
    yield from _themes(record, named)
    yield Fact("Fiche vérifiée le", dates.day(record.verified))


def _organisation(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Nature", ORGANISATION_TYPES[record.type])
    if record.agreement:
        until = f", jusqu’au {dates.day(record.agreement.until)}" if record.agreement.until else ""
        yield Fact("Convention", f"Signée le {dates.day(record.agreement.signed)}{until}")
    if record.url:
        yield Fact("Site web", _short(record.url), record.url)


def _scheme(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Service responsable", record.owner)
    if record.legal_basis:
        yield Fact("Texte de référence", record.legal_basis)
    if record.url:
        yield Fact("Page officielle", _short(record.url), record.url)


def _building(record: Any, named: Named) -> Iterator[Fact]:
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    yield Fact("Adresse", f"{record.address}, {record.postcode}" if record.postcode else record.address)
    yield Fact("Logements", dates.number(record.homes))
    yield from named.link("Bailleur ou syndicat", "organisation", record.landlord)
    if record.label:
        label = record.label
        yield Fact("Label", LABEL_STATES[label.state(named.now.astimezone(PARIS).date())][0])
        if label.level:
            yield Fact("Niveau", LABEL_LEVELS[label.level])
        yield Fact("Candidature", dates.day(label.applied))
        if label.granted:
            yield Fact("Attribué le", dates.day(label.granted))
        if label.expires:
            yield Fact("Valable jusqu’au", dates.day(label.expires))
        if label.withdrawn:
            yield Fact("Retiré le", dates.day(label.withdrawn))
    if record.survey:
        survey = record.survey
        if survey.shared_spaces:
            yield Fact("Lieux partagés", ", ".join(survey.shared_spaces))
        yield Fact("Gardien", "Oui" if survey.guardian else "Non")
        yield Fact("Accès de plain-pied", "Oui" if survey.step_free else "Non")
        yield Fact("Ascenseur", "Oui" if survey.lift else "Non")
        yield Fact("Voisins qui se connaissent", BANDS[survey.know_each_other])
        yield Fact("Foyers prêts à aider", BANDS[survey.willing])
        yield Fact("Relevé du", dates.day(survey.date))


def _portrait(record: Any, named: Named) -> Iterator[Fact]:
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    yield from named.link("Immeuble", "building", record.building)
    if record.since:
        yield Fact("Voisin solidaire depuis", dates.day(record.since))
    yield Fact("Portrait du", dates.day(record.date))


def _award(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Diplôme", DIPLOMAS[record.diploma])
    yield Fact("Numéro", record.serial)
    yield Fact("Titulaire", record.holder or "Nom non publié, à la demande de la personne")
    yield from named.link("Portrait", "portrait", record.portrait)
    yield from named.link("Immeuble", "building", record.building)
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    yield Fact("Remis le", dates.day(record.date))
    if record.withdrawn:
        yield Fact("Retiré le", dates.day(record.withdrawn))


def _event(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Quand", dates.span(record.start, record.end))
    yield Fact("Où", f"{record.place}, {record.address}" if record.address else record.place)
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    if record.accessibility:
        yield Fact("Accessibilité", record.accessibility)
    yield from _themes(record, named)
    if record.url:
        yield Fact("Inscription", "S’inscrire en ligne", record.url)


def _pilot_site(record: Any, named: Named) -> Iterator[Fact]:
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    yield Fact("Début", dates.day(record.start))
    if record.end:
        yield Fact("Fin", dates.day(record.end))
    yield Fact("Décision", DECISIONS[record.decision][0])


def _kit(record: Any, named: Named) -> Iterator[Fact]:
    if record.emergency:
        yield Fact("Urgence", EMERGENCIES[record.emergency])
    else:
        yield Fact("Saison", SEASONS[record.season])
    if record.trigger:
        yield Fact("Quand l’utiliser", record.trigger)
    if record.duration:
        yield Fact("Préparation", record.duration)
    if record.people:
        yield Fact("Combien de voisins", record.people)
    yield from _themes(record, named)
    yield Fact("Mis à jour le", dates.day(record.updated))


def _press_release(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Date", dates.moment(record.date))


def _lesson(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Date", dates.day(record.date))
    if record.cost:
        yield Fact("Coût", record.cost)


_FACTS: dict[str, Callable[[Any, Named], Iterator[Fact]]] = {
    "neighbourhood": _neighbourhood,
    "initiative": _initiative,
    "organisation": _organisation,
    "scheme": _scheme,
    "building": _building,
    "portrait": _portrait,
    "award": _award,
    "event": _event,
    "pilot_site": _pilot_site,
    "kit": _kit,
    "press_release": _press_release,
    "lesson": _lesson,
}
