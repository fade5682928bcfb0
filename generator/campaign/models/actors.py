"""Those who act: initiatives, organisations and networks, institutional schemes."""

from enum import StrEnum

from pydantic import Field

from .fields import (
    REVISED,
    Day,
    InitiativeId,
    KitId,
    Markdown,
    Model,
    NeighbourhoodId,
    OrganisationId,
    Prose,
    Revision,
    SchemeId,
    ThemeId,
    Url,
    YesNo,
)
from .record import Contact, Location, Picture, Record, Retractable


class Actor(StrEnum):
    """Who carries an initiative."""

    RESIDENTS = "habitants"
    ASSOCIATION = "association"
    SHOP = "commercant"
    LANDLORD = "bailleur"
    CO_OWNERS = "copropriete"
    TOWN = "service-municipal"
    COMPANY = "entreprise"
    SCHOOL = "ecole"


class InitiativeStatus(StrEnum):
    """How far an initiative has come."""

    PLANNED = "en-projet"
    ACTIVE = "active"
    PAUSED = "en-pause"
    ENDED = "terminee"


class Initiative(Retractable):
    """A neighbourly action found by the census: an entry of the map of generosity."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    story: Markdown = Field(title="Récit", description="Ce qui se passe, pour qui, comment s'y joindre.")
    actor: Actor = Field(
        title="Porteur",
        description="habitants, association, commercant, bailleur, copropriete, service-municipal, entreprise, ecole.",
    )
    status: InitiativeStatus = Field(
        InitiativeStatus.ACTIVE, title="État", description="en-projet, active, en-pause ou terminee."
    )
    neighbourhood: NeighbourhoodId | None = Field(
        None, title="Quartier", description="Vide quand l'initiative concerne toute la ville."
    )
    themes: tuple[ThemeId, ...] = Field((), title="Thèmes", description="Identifiants des thèmes de site_config.yml.")
    organisation: OrganisationId | None = Field(None, title="Organisation")
    schemes: tuple[SchemeId, ...] = Field((), title="Dispositifs liés")
    kits: tuple[KitId, ...] = Field((), title="Kits utilisés")
    offers: tuple[Prose, ...] = Field((), title="Ce qui est proposé")
    needs: tuple[Prose, ...] = Field((), title="Ce qui est recherché")
    since: Day | None = Field(None, title="Depuis le")
    updated: Revision | None = Field(None, title="Mise à jour le", description=REVISED)
    verified: Day = Field(title="Vérifiée le", description="Dernier jour où un agent a vérifié la fiche.")
    address: Prose | None = Field(None, title="Lieu")
    location: Location | None = Field(None, title="Emplacement")
    contact: Contact | None = Field(None, title="Contact")
    picture: Picture | None = Field(None, title="Image")


class Scope(StrEnum):
    """How far an organisation reaches."""

    LOCAL = "local"
    NATIONAL = "national"


class OrganisationType(StrEnum):
    """What an organisation is."""

    ASSOCIATION = "association"
    SHOP = "commerce"
    LANDLORD = "bailleur"
    CO_OWNERS = "copropriete"
    COMPANY = "entreprise"
    INSTITUTION = "institution"
    MEDIA = "media"


class Agreement(Model):
    """The convention signed between the town and an organisation."""

    signed: Day = Field(title="Signée le")
    until: Day | None = Field(None, title="Valable jusqu'au")


class Organisation(Record):
    """A partner: association, shopkeeper, landlord, co-owners' union; local or national network."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    description: Markdown | None = Field(None, title="Présentation", description="Texte de la page.")
    scope: Scope = Field(title="Portée", description="local ou national.")
    type: OrganisationType = Field(
        title="Nature",
        description="association, commerce, bailleur, copropriete, entreprise, institution ou media.",
    )
    network: YesNo = Field(
        False, title="Réseau", description="oui si l'organisation relaie la campagne auprès de ses propres membres."
    )
    brings: tuple[Prose, ...] = Field((), title="Ce qu'elle apporte")
    neighbourhoods: tuple[NeighbourhoodId, ...] = Field((), title="Quartiers")
    contact: Contact | None = Field(None, title="Contact")
    url: Url | None = Field(None, title="Site web")
    agreement: Agreement | None = Field(None, title="Convention")
    picture: Picture | None = Field(None, title="Logo ou image")


class Graft(Model):
    """A residents' tool added to an institutional scheme: the seed's step 2."""

    title: Prose = Field(title="Titre")
    description: Prose = Field(title="Description", description="Ce que font les voisins, et ce qu'ils ne font pas.")
    kit: KitId | None = Field(None, title="Kit")
    initiatives: tuple[InitiativeId, ...] = Field((), title="Initiatives")


class Scheme(Record):
    """An institutional scheme (dispositif) and what is grafted on it."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    description: Markdown | None = Field(None, title="Présentation", description="Texte de la page.")
    owner: Prose = Field(title="Service responsable")
    legal_basis: Prose | None = Field(None, title="Texte de référence")
    grafts: tuple[Graft, ...] = Field((), title="Ce qui s'y greffe")
    kits: tuple[KitId, ...] = Field((), title="Kits")
    contact: Contact = Field(title="Contact")
    url: Url | None = Field(None, title="Page officielle")
    picture: Picture | None = Field(None, title="Image")
