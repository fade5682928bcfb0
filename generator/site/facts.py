"""A record's facts, as the lines of the list beside its text."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from generator.campaign.models.actors import Actor, Scope
from generator.campaign.models.charter import Charter
from generator.campaign.models.fields import PARIS
from generator.campaign.models.places import Band, BuildingSurvey, Label, LabelState
from generator.campaign.outline import Key
from generator.config import SiteConfig
from generator.typography import NO_BREAK

from . import dates
from .legal import LEGAL, short
from .sketches import (
    DECISIONS,
    DIPLOMAS,
    EMERGENCIES,
    LABEL_STATES,
    ORGANISATION_TYPES,
    SEASONS,
    STATUSES,
    VALID,
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
    Band.FEW: "Moins d’un quart des foyers",
    Band.SOME: "D’un quart à la moitié des foyers",
    Band.MANY: "De la moitié aux trois quarts des foyers",
    Band.MOST: "Plus des trois quarts des foyers",
}


class Named(NamedTuple):
    """What facts may use besides the record: the cards of those it names, the settings, the day, the charter."""

    cards: Mapping[Key, Card]
    config: SiteConfig
    now: datetime
    charter: Charter

    def link(self, label: str, kind: str, record_id: str | None) -> Iterator[Fact]:
        """Give the fact that leads to another record's page, if that one is shown."""
        card = self.cards.get((kind, record_id)) if record_id else None
        if card:
            yield Fact(label, card.title, card.url)


def facts(kind: str, record: Any, named: Named) -> tuple[Fact, ...]:
    """Give the facts of a record's page; kinds without any give none."""
    if kind == "page":
        return tuple(LEGAL[record.id](named.config)) if record.id in LEGAL else ()
    return tuple(_FACTS[kind](record, named)) if kind in _FACTS else ()


def _updated(record: Any) -> Iterator[Fact]:
    if record.updated:
        yield Fact("Mis à jour le", dates.day(record.updated.astimezone(PARIS).date()))


def _themes(record: Any, named: Named) -> Iterator[Fact]:
    if record.themes:
        titles = {theme.id: theme.title for theme in named.config.themes}
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
        yield Fact("Depuis le", dates.day(record.since))
    yield from _themes(record, named)
    yield Fact("Fiche vérifiée le", dates.day(record.verified))
    yield from _updated(record)


def _organisation(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Nature", ORGANISATION_TYPES[record.type])
    if record.network:
        yield Fact("Réseau", "National" if record.scope is Scope.NATIONAL else "Local")
    if record.agreement:
        until = f", jusqu’au {dates.day(record.agreement.until)}" if record.agreement.until else ""
        yield Fact("Convention", f"Signée le {dates.day(record.agreement.signed)}{until}")
    if record.url:
        yield Fact("Site web", short(record.url), record.url)


def _scheme(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Service responsable", record.owner)
    if record.legal_basis:
        yield Fact("Texte de référence", record.legal_basis)
    if record.url:
        yield Fact("Page officielle", short(record.url), record.url)


def _building(record: Any, named: Named) -> Iterator[Fact]:
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    town = f", {record.postcode}{NO_BREAK}{named.config.town.name}" if record.postcode else ""
    yield Fact("Adresse", f"{record.address}{town}")
    yield Fact("Logements", dates.number(record.homes))
    yield from named.link("Bailleur ou syndicat", "organisation", record.landlord)
    if record.label:
        yield from _label(record.label, named.charter, named.now.astimezone(PARIS).date())
    if record.survey:
        yield from _survey(record.survey, record.hides_shares(named.config.count_threshold))


def _label(label: Label, charter: Charter, today: date) -> Iterator[Fact]:
    """Give what the register says on a day: nothing that is still to come."""
    state = label.state(today)
    yield Fact("État", LABEL_STATES[state][0])
    yield Fact("Candidature", dates.day(label.applied))
    if state is LabelState.CANDIDATE or label.granted is None:
        return
    level = charter.level(label.level)
    if level:
        yield Fact("Niveau" if state in VALID else "Niveau atteint", level.title)
    if label.serial:
        yield Fact("Numéro", label.serial)
    yield Fact("Attribué le", dates.day(label.granted))
    if label.withdrawn and state is LabelState.WITHDRAWN:
        yield Fact("Retiré le", dates.day(label.withdrawn))
    elif label.expires:
        yield Fact("Expiré le" if state is LabelState.EXPIRED else "Valable jusqu’au", dates.day(label.expires))


def _survey(survey: BuildingSurvey, hides_shares: bool) -> Iterator[Fact]:
    if survey.shared_spaces:
        first, *others = survey.shared_spaces
        yield Fact("Lieux partagés", ", ".join([first, *(each[0].lower() + each[1:] for each in others)]))
    yield Fact("Gardien", "Oui" if survey.guardian else "Non")
    yield Fact("Accès de plain-pied", "Oui" if survey.step_free else "Non")
    yield Fact("Ascenseur", "Oui" if survey.lift else "Non")
    if survey.know_each_other is not Band.UNKNOWN and not hides_shares:
        yield Fact("Voisins qui se connaissent", BANDS[survey.know_each_other])
    if survey.willing is not Band.UNKNOWN and not hides_shares:
        yield Fact("Foyers prêts à aider", BANDS[survey.willing])
    if survey.answers is not None and not hides_shares:
        yield Fact("Foyers qui ont répondu", dates.number(survey.answers))
    yield Fact("Relevé du", dates.day(survey.date))


def _portrait(record: Any, named: Named) -> Iterator[Fact]:
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    yield from named.link("Immeuble", "building", record.building)
    if record.since:
        yield Fact("Dans le réseau depuis le", dates.day(record.since))
    yield Fact("Portrait du", dates.day(record.date))
    yield from _updated(record)
    if record.example:
        yield Fact("Exemple", "Personne inventée")


def _award(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Diplôme", DIPLOMAS[record.diploma])
    yield Fact("Numéro", record.serial)
    portrait = named.cards.get(("portrait", record.portrait))
    yield Fact("Titulaire", record.holder or "Nom non publié", portrait.url if portrait and record.holder else "")
    yield from named.link("Immeuble", "building", record.building)
    yield from named.link("Quartier", "neighbourhood", record.neighbourhood)
    yield Fact("Remis le", dates.day(record.date))
    if record.is_withdrawn(named.now.astimezone(PARIS).date()):
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
    yield from _updated(record)


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
    yield from _updated(record)


def _lesson(record: Any, named: Named) -> Iterator[Fact]:
    yield Fact("Date", dates.day(record.date))
    yield from _updated(record)
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
