"""What happens and when: events, emergencies, the method's nine steps."""

from enum import StrEnum

from pydantic import Field

from .fields import (
    REVISED,
    FormId,
    KitId,
    Markdown,
    Model,
    Moment,
    NeighbourhoodId,
    OrganisationId,
    Prose,
    Revision,
    SchemeId,
    ThemeId,
    Url,
    YesNo,
)
from .record import Location, Picture, Record, Retractable


class Event(Retractable):
    """A date of the year's programme."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    description: Markdown | None = Field(None, title="Présentation", description="Texte de la page.")
    start: Moment = Field(title="Début", description="Par exemple 2026-05-29 19:00 (heure de Paris).")
    end: Moment = Field(title="Fin", description="Par exemple 2026-05-29 22:30 (heure de Paris).")
    place: Prose = Field(title="Lieu")
    address: Prose | None = Field(None, title="Adresse")
    location: Location | None = Field(None, title="Emplacement")
    accessibility: Prose | None = Field(None, title="Accessibilité du lieu")
    neighbourhood: NeighbourhoodId | None = Field(
        None, title="Quartier", description="Vide quand toute la ville est invitée."
    )
    themes: tuple[ThemeId, ...] = Field((), title="Thèmes")
    kits: tuple[KitId, ...] = Field((), title="Kits", description="Les kits qui servent ce jour-là.")
    schemes: tuple[SchemeId, ...] = Field((), title="Dispositifs")
    organisations: tuple[OrganisationId, ...] = Field((), title="Organisateurs")
    updated: Revision | None = Field(None, title="Mis à jour le", description=REVISED)
    cancelled: YesNo = Field(False, title="Annulé")
    url: Url | None = Field(None, title="Inscription en ligne")
    picture: Picture | None = Field(None, title="Image")


class AlertLevel(StrEnum):
    """Colours of Météo-France's vigilance, from the one that calls for care."""

    YELLOW = "jaune"
    ORANGE = "orange"
    RED = "rouge"


class AlertKind(StrEnum):
    """What the alert is about."""

    HEATWAVE = "canicule"
    FLOOD = "inondation"
    EPIDEMIC = "epidemie"
    COLD = "grand-froid"
    STORM = "tempete"


class Alert(Record):
    """An emergency: a banner on every page between its two dates."""

    kind: AlertKind = Field(title="Nature", description="canicule, inondation, epidemie, grand-froid ou tempete.")
    level: AlertLevel = Field(title="Niveau", description="jaune, orange ou rouge.")
    message: Prose = Field(title="Message", description="Ce qu'il faut faire, en une phrase.", max_length=200)
    start: Moment = Field(title="Début")
    end: Moment = Field(title="Fin")
    kit: KitId = Field(title="Kit", description="Le kit mis en avant.")
    neighbourhoods: tuple[NeighbourhoodId, ...] = Field((), title="Quartiers", description="Vide pour toute la ville.")


class Deliverable(Model):
    """What a step of the method produces."""

    title: Prose = Field(title="Titre")
    description: Prose = Field(title="Description")
    url: str = Field(
        title="Page du site", description="Adresse sur ce site, par exemple /initiatives/.", pattern=r"^/[a-z0-9/#-]*$"
    )


class Step(Record):
    """One of the method's nine steps."""

    number: int = Field(title="Rang", ge=1, le=99)
    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    description: Markdown = Field(title="Présentation")
    deliverable: Deliverable = Field(title="Livrable")
    actions: tuple[Prose, ...] = Field((), title="Ce que fait la mairie")
    forms: tuple[FormId, ...] = Field((), title="Formulaires")


class FactorStatus(StrEnum):
    """How far a key success factor is met."""

    PLANNED = "prevu"
    STARTED = "engage"
    MET = "acquis"


class Factor(Record):
    """A key success factor, with who answers for it and how one can tell."""

    summary: Prose = Field(title="Résumé", description="Ce que la mairie s'engage à faire.")
    owner: Prose = Field(title="Responsable")
    evidence: Prose = Field(title="Preuve", description="Ce qui permet de le vérifier.")
    status: FactorStatus = Field(title="État", description="prevu, engage ou acquis.")
