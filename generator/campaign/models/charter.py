"""The charter of the label « immeuble solidaire »: what is asked, how it is proved, what each level takes."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .fields import Day, Model, Prose, Slug
from .places import Band


class About(StrEnum):
    """The two halves of a survey."""

    PLACE = "lieux"
    TIES = "liens"


class Finding(StrEnum):
    """A line of a building's survey that can prove a criterion by itself."""

    SHARED_SPACES = "shared_spaces"
    GUARDIAN = "guardian"
    LIFT = "lift"
    STEP_FREE = "step_free"
    KNOW_EACH_OTHER = "know_each_other"
    WILLING = "willing"


SHARES = frozenset({Finding.KNOW_EACH_OTHER, Finding.WILLING})
"""Findings that are a share of the households: those that must not show where there are too few."""


class Criterion(Model):
    """One thing that the charter asks of a building, and what proves it.

    With `finding`, the survey's own line proves it: a yes, or at least `at_least` (a number of places, a share of
    households). Otherwise, or besides, the survey's `evidence` says what the visit saw.
    """

    id: Slug = Field(title="Identifiant")
    title: Prose = Field(title="Titre", description="Quelques mots.", max_length=120)
    asks: Prose = Field(title="Ce qui est demandé", description="Une phrase.")
    evidence: Prose = Field(title="Preuve", description="Ce que le jury regarde pendant la visite.")
    about: About = Field(title="Sujet", description="lieux (l'immeuble) ou liens (ceux qui y vivent).")
    finding: Finding | None = Field(
        None, title="Ligne du relevé", description="Celle qui le prouve à elle seule, par exemple guardian."
    )
    at_least: str | None = Field(
        None, title="Au moins", description="Un nombre de lieux, ou une tranche : un-quart-a-la-moitie."
    )
    since: Day | None = Field(None, title="Demandé depuis le", description="Vide : depuis la première charte.")
    until: Day | None = Field(None, title="Demandé jusqu'au", description="Vide : toujours demandé.")

    @model_validator(mode="after")
    def _can_be_measured(self) -> Self:
        if self.finding is Finding.SHARED_SPACES:
            if not (self.at_least and self.at_least.isascii() and self.at_least.isdigit() and int(self.at_least)):
                raise PydanticCustomError("at_least_places", "demande un nombre dans « at_least » ; par exemple 1")
        elif self.finding in SHARES:
            if self.at_least not in set(Band) - {Band.UNKNOWN}:
                raise PydanticCustomError(
                    "at_least_share", "demande une part dans « at_least » ; par exemple un-quart-a-la-moitie"
                )
        elif self.at_least is not None:
            raise PydanticCustomError("at_least_useless", "n'a rien à compter ; retirez « at_least »")
        return self


class Level(Model):
    """A level of the label. A building reaches it once it has those below, all of `required`, and `minimum` in all."""

    id: Slug = Field(title="Identifiant")
    title: Prose = Field(title="Nom", description="Un mot, affiché après « Niveau ».", max_length=40)
    summary: Prose = Field(title="Résumé", description="Ce que ce niveau veut dire, en une phrase.")
    months: int = Field(title="Durée", description="Validité en mois, au plus.", ge=1, le=120)
    required: tuple[Slug, ...] = Field((), title="Critères exigés", description="Leurs identifiants.")
    minimum: int = Field(0, title="Critères remplis", description="Combien au moins, en tout.", ge=0)


class Charter(Model):
    """The whole charter, `data/labels.yml`. An empty one has no level to give."""

    title: Prose = Field("La charte du label", title="Titre")
    summary: Prose = Field("", title="Résumé", description="Une phrase.", max_length=300)
    adopted: Day | None = Field(None, title="Adoptée le")
    jury: Prose | None = Field(None, title="Jury", description="Qui décide, par fonctions.")
    criteria: tuple[Criterion, ...] = Field((), title="Critères", max_length=100)
    levels: tuple[Level, ...] = Field((), title="Niveaux", description="Du premier au plus haut.", max_length=10)

    def level(self, level_id: str | None) -> Level | None:
        """Give a level by its id."""
        return next((level for level in self.levels if level.id == level_id), None)
