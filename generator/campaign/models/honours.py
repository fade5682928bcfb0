"""Those whom the town honours: portraits of volunteers, diplomas."""

import datetime
from enum import StrEnum

from pydantic import Field

from .fields import (
    REVISED,
    BuildingId,
    Day,
    InitiativeId,
    Markdown,
    Model,
    NeighbourhoodId,
    PortraitId,
    Prose,
    Revision,
    YesNo,
)
from .record import Picture, Scheduled


class Channel(StrEnum):
    """Where a portrait may be shown."""

    SITE = "site"
    FEED = "flux"
    PRESS = "presse"
    SOCIAL = "reseaux-sociaux"
    PRINT = "imprime"


CONSENT_NOTICE_DAYS = 60
"""How long before its end a release is told to staff, in days."""


class Consent(Model):
    """The written release behind a portrait. The signed paper itself stays at the town hall."""

    reference: Prose = Field(title="Référence", description="Numéro du document signé, conservé en mairie.")
    date: Day = Field(title="Signé le")
    channels: tuple[Channel, ...] = Field(
        title="Usages acceptés", description="site, flux, presse, reseaux-sociaux, imprime.", min_length=1
    )
    until: Day = Field(title="Valable jusqu'au", description="Le portrait disparaît après ce jour.")
    withdrawn: Day | None = Field(None, title="Retiré le", description="Le portrait disparaît dès ce jour.")
    minor: YesNo = Field(False, title="Personne mineure")
    parents_signed: YesNo = Field(
        False, title="Signature des deux parents", description="Exigée pour une personne mineure."
    )

    def covers(self, channel: Channel, today: datetime.date) -> bool:
        """Tell whether the release allows a channel on a given day."""
        return (
            channel in self.channels
            and self.date <= today <= self.until
            and not (self.withdrawn and self.withdrawn <= today)
        )


class Portrait(Scheduled):
    """A volunteer, told with their written agreement."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    quote: Prose | None = Field(None, title="Citation", description="Ses mots, sans guillemets.")
    story: Markdown = Field(title="Récit")
    neighbourhood: NeighbourhoodId = Field(title="Quartier")
    building: BuildingId | None = Field(None, title="Immeuble")
    initiatives: tuple[InitiativeId, ...] = Field((), title="Initiatives")
    since: Day | None = Field(None, title="Voisin solidaire depuis le")
    date: Day = Field(title="Date du portrait")
    updated: Revision | None = Field(None, title="Mis à jour le", description=REVISED)
    picture: Picture | None = Field(None, title="Portrait")
    example: YesNo = Field(False, title="Exemple", description="oui pour une personne inventée.")
    consent: Consent = Field(title="Autorisation écrite")


class Diploma(StrEnum):
    """The two diplomas of the seed's step 8."""

    GOOD_NEIGHBOUR = "bien-voisiner"
    GUARDIAN = "gardien-solidaire"


class Award(Scheduled):
    """A diploma « Bien Voisiner » or « Gardien Solidaire »."""

    diploma: Diploma = Field(title="Diplôme", description="bien-voisiner ou gardien-solidaire.")
    serial: str = Field(title="Numéro", description="Par exemple BV-2026-001.", pattern=r"^[A-Z]{2}-\d{4}-\d{3,6}$")
    date: Day = Field(title="Remis le")
    citation: Prose = Field(title="Motif", description="Pourquoi ce diplôme est remis.")
    neighbourhood: NeighbourhoodId = Field(title="Quartier")
    holder: Prose | None = Field(None, title="Titulaire", description="Vide pour ne pas montrer le nom.")
    portrait: PortraitId | None = Field(None, title="Portrait")
    building: BuildingId | None = Field(None, title="Immeuble")
    withdrawn: Day | None = Field(None, title="Retiré le")
    picture: Picture | None = Field(None, title="Image")

    def is_withdrawn(self, today: datetime.date) -> bool:
        """Tell whether the diploma no longer counts on a given day."""
        return self.withdrawn is not None and self.withdrawn <= today
