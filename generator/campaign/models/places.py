"""Places: neighbourhoods, buildings with their label, pilot sites."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from .fields import (
    BuildingId,
    Day,
    Markdown,
    Model,
    NeighbourhoodId,
    OrganisationId,
    PilotSiteId,
    Postcode,
    Prose,
    Slug,
    YesNo,
)
from .record import Contact, Location, Picture, Record


class Neighbourhood(Record):
    """A quartier, with the project lead whom every neighbourhood must have."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    description: Markdown | None = Field(None, title="Présentation", description="Texte de la page.")
    location: Location = Field(title="Emplacement", description="Centre du quartier.")
    population: int | None = Field(None, title="Habitants", description="Nombre d'habitants.", ge=0)
    picture: Picture | None = Field(None, title="Image")
    lead: Contact = Field(title="Porteur de projet", description="La personne qui porte la campagne dans ce quartier.")


class LabelState(StrEnum):
    """Where a building stands on a given day."""

    NONE = "none"
    CANDIDATE = "candidate"
    LABELLED = "labelled"
    RENEWAL_DUE = "renewal_due"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


RENEWAL_NOTICE_DAYS = 60
"""How long before its end a label is shown as due for renewal, in days."""


class Label(Model):
    """The « immeuble solidaire » label of one building."""

    level: Slug | None = Field(None, title="Niveau", description="Un niveau de la charte, par exemple solidaire.")
    serial: str | None = Field(
        None, title="Numéro", description="Par exemple IS-2026-001.", pattern=r"^IS-\d{4}-\d{3,6}$"
    )
    applied: Day = Field(title="Candidature", description="Date du dépôt du dossier.")
    granted: Day | None = Field(None, title="Attribution", description="Date de la décision du jury.")
    expires: Day | None = Field(None, title="Fin de validité", description="Dernier jour de validité.")
    withdrawn: Day | None = Field(None, title="Retrait", description="Date du retrait, s'il a eu lieu.")

    def state(self, today: date) -> LabelState:
        """Give the label's state on a day: what a visitor of the public register must read."""
        if self.withdrawn and self.withdrawn <= today:
            return LabelState.WITHDRAWN
        if self.granted is None or self.granted > today:
            return LabelState.CANDIDATE
        if self.expires and self.expires < today:
            return LabelState.EXPIRED
        if self.expires and (self.expires - today).days <= RENEWAL_NOTICE_DAYS:
            return LabelState.RENEWAL_DUE
        return LabelState.LABELLED


class Band(StrEnum):
    """A share of a building's households, in bands so that no household can be told."""

    UNKNOWN = "inconnu"
    FEW = "moins-d-un-quart"
    SOME = "un-quart-a-la-moitie"
    MANY = "la-moitie-aux-trois-quarts"
    MOST = "plus-des-trois-quarts"


class Evidence(Model):
    """What a visit saw of one criterion of the charter. Never a word about one household."""

    criterion: Slug = Field(title="Critère", description="Son identifiant dans la charte, data/labels.yml.")
    seen: Prose = Field(title="Constat", description="Ce que la visite a vu ; jamais un nom, jamais un foyer.")


class BuildingSurvey(Model):
    """État des lieux (the building) and état des liens (its people, in aggregate)."""

    date: Day = Field(title="Date du relevé")
    shared_spaces: tuple[Prose, ...] = Field((), title="Lieux partagés", description="Jardin, local commun, hall…")
    guardian: YesNo = Field(False, title="Gardien", description="oui s'il y a un gardien ou une gardienne.")
    lift: YesNo = Field(False, title="Ascenseur")
    step_free: YesNo = Field(False, title="Accès de plain-pied")
    answers: int | None = Field(
        None, title="Foyers qui ont répondu", description="Combien, pour l'état des liens.", ge=0
    )
    know_each_other: Band = Field(
        Band.UNKNOWN, title="Voisins qui se connaissent", description="Part des foyers, par tranche."
    )
    willing: Band = Field(Band.UNKNOWN, title="Foyers prêts à aider", description="Part des foyers, par tranche.")
    evidence: tuple[Evidence, ...] = Field((), title="Preuves", description="Ce que la visite a vu, par critère.")


class Building(Record):
    """A building or housing estate of the public register."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    description: Markdown | None = Field(None, title="Présentation", description="Texte de la page.")
    neighbourhood: NeighbourhoodId = Field(title="Quartier")
    address: Prose = Field(title="Adresse", description="Numéro et rue de l'immeuble, jamais d'un logement.")
    postcode: Postcode | None = Field(None, title="Code postal")
    location: Location | None = Field(None, title="Emplacement")
    homes: int = Field(title="Logements", description="Nombre de logements.", ge=1)
    landlord: OrganisationId | None = Field(None, title="Bailleur ou syndicat")
    picture: Picture | None = Field(None, title="Image")
    survey: BuildingSurvey | None = Field(None, title="État des lieux et état des liens")
    label: Label | None = Field(None, title="Label « immeuble solidaire »")

    def hides_shares(self, threshold: int) -> bool:
        """Tell whether shares of households stay unsaid: fewer than `threshold` live there, or answered."""
        answers = self.survey.answers if self.survey else None
        return self.homes < threshold or (answers is not None and answers < threshold)


class Decision(StrEnum):
    """What the town decided at the end of a pilot."""

    RUNNING = "en-cours"
    EXTEND = "etendre"
    ADAPT = "adapter"
    STOP = "arreter"


class PilotSite(Record):
    """A place where an approach is tried and measured before it spreads."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    neighbourhood: NeighbourhoodId = Field(title="Quartier")
    buildings: tuple[BuildingId, ...] = Field((), title="Immeubles concernés")
    hypothesis: Prose = Field(title="Hypothèse", description="Ce que l'essai cherche à vérifier.")
    protocol: Markdown = Field(title="Protocole", description="Comment on mesure, avec qui, quand.")
    start: Day = Field(title="Début")
    end: Day | None = Field(None, title="Fin")
    decision: Decision = Field(Decision.RUNNING, title="Décision", description="en-cours, etendre, adapter ou arreter.")
    decision_reason: Prose | None = Field(None, title="Motif de la décision")
    failed: tuple[Prose, ...] = Field((), title="Ce qui n'a pas marché")


class IndicatorKind(StrEnum):
    """How an indicator is known."""

    QUANTITATIVE = "quantitatif"
    QUALITATIVE = "qualitatif"


class Measure(Model):
    """One reading of an indicator."""

    date: Day = Field(title="Date de la mesure")
    value: float = Field(title="Valeur", description="Un nombre, avec un point pour la virgule.")
    sample: int | None = Field(None, title="Effectif", description="Nombre de réponses ou de cas.", ge=0)


class Indicator(Record):
    """A figure or a finding, before and after: the seed's step 9."""

    kind: IndicatorKind = Field(title="Nature", description="quantitatif ou qualitatif.")
    definition: Prose = Field(title="Définition", description="Ce que compte l'indicateur, et comment.")
    unit: Prose = Field(title="Unité", description="Par exemple : personnes, % des foyers.")
    source: Prose = Field(title="Source", description="Qui a mesuré, et par quel moyen.")
    pilot_site: PilotSiteId | None = Field(None, title="Site pilote")
    neighbourhood: NeighbourhoodId | None = Field(None, title="Quartier")
    before: Measure = Field(title="Avant")
    after: Measure | None = Field(None, title="Après")
    quotes: tuple[Prose, ...] = Field((), title="Paroles d'habitants")
