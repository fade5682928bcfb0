"""Forms as data: one definition draws, validates, documents and exports.

`generator.collector.draw` makes its HTML, `generator.collector.validation` checks what residents send,
`generator.collector.openapi` documents its address and `generator.signups.export` names its columns from it.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from .fields import Day, Email, Model, Prose, Slug, YesNo
from .record import Record

RESERVED = frozenset({"token", "altcha", "site_web", "form", "id"})
"""Names that the collector keeps for itself; `site_web` is the trap for robots."""


def _column(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", value):
        raise PydanticCustomError("column_form", "n'est pas un nom de champ ; minuscules sans accent, chiffres et _")
    if value in RESERVED:
        raise PydanticCustomError("column_reserved", "est un nom réservé ; choisissez-en un autre")
    return value


Column = Annotated[str, Field(max_length=40), AfterValidator(_column)]
"""A question's name in what is sent, and its column in the export."""


class QuestionType(StrEnum):
    """What an answer is."""

    TEXT = "texte"
    LONG_TEXT = "texte-long"
    EMAIL = "courriel"
    PHONE = "telephone"
    CHOICE = "choix"
    CHOICES = "choix-multiples"
    DATE = "date"
    NUMBER = "nombre"
    CONSENT = "consentement"


class Source(StrEnum):
    """Records that a question can take its choices from."""

    NEIGHBOURHOOD = "quartiers"
    EVENT = "agenda"
    BUILDING = "immeubles"
    PILOT_SITE = "sites-pilotes"


class Choice(Model):
    """One possible answer."""

    id: Slug = Field(title="Identifiant")
    label: Prose = Field(title="Intitulé")
    stops: Prose | None = Field(
        None,
        title="Motif d'arrêt",
        description="Ce choix empêche l'envoi ; la phrase dit pourquoi et que faire (par exemple avant 16 ans).",
    )


class Question(Model):
    """One field of a form."""

    id: Column = Field(title="Nom", description="Nom de la colonne dans l'export : minuscules, chiffres et _.")
    type: QuestionType = Field(
        title="Nature",
        description="texte, texte-long, courriel, telephone, choix, choix-multiples, date, nombre ou consentement.",
    )
    label: Prose = Field(title="Intitulé", description="La question, telle qu'elle est posée.")
    help: Prose | None = Field(None, title="Aide", description="Une phrase sous l'intitulé.")
    required: YesNo = Field(True, title="Obligatoire")
    max_length: int = Field(120, title="Longueur", description="Nombre de signes permis.", ge=1, le=2000)
    min: int | None = Field(None, title="Plus petit nombre")
    max: int | None = Field(None, title="Plus grand nombre")
    first_day: Day | None = Field(None, title="Première date permise")
    last_day: Day | None = Field(None, title="Dernière date permise")
    choices: tuple[Choice, ...] = Field((), title="Choix")
    source: Source | None = Field(
        None, title="Choix pris dans", description="quartiers, agenda, immeubles ou sites-pilotes."
    )
    autocomplete: str | None = Field(
        None,
        title="Remplissage automatique",
        description="Mot du standard HTML, par exemple given-name, family-name, street-address.",
        pattern=r"^[a-z0-9 -]+$",
    )
    fills: Slug | None = Field(
        None,
        title="Champ de la fiche",
        description="Champ public que la réponse remplit quand la proposition est retenue. Jamais une coordonnée.",
    )

    @property
    def offers_choices(self) -> bool:
        """Whether the answer is taken from a list."""
        return self.type in {QuestionType.CHOICE, QuestionType.CHOICES}

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.offers_choices and not self.choices and self.source is None:
            raise PydanticCustomError("choices_missing", "est un choix sans liste ; donnez « choices » ou « source »")
        if not self.offers_choices and (self.choices or self.source):
            raise PydanticCustomError("choices_unused", "n'est pas un choix ; retirez « choices » et « source »")
        if self.fills and self.type in {QuestionType.EMAIL, QuestionType.PHONE, QuestionType.CONSENT}:
            raise PydanticCustomError("fills_personal", "est une coordonnée, que nulle fiche publique ne montre")
        return self


class Section(Model):
    """Questions that belong together, under one heading."""

    title: Prose = Field(title="Titre")
    help: Prose | None = Field(None, title="Aide")
    questions: tuple[Question, ...] = Field(title="Questions", min_length=1)


class LegalBasis(StrEnum):
    """Why the town may keep the answers (RGPD, article 6)."""

    PUBLIC_TASK = "mission-d-interet-public"
    CONSENT = "consentement"


class Privacy(Model):
    """What the RGPD notice says (articles 13 and 5-1-e); controller, DPO and rights come from the settings."""

    purpose: Prose = Field(title="Finalité", description="À quoi servent les réponses.")
    legal_basis: LegalBasis = Field(title="Base légale", description="mission-d-interet-public ou consentement.")
    recipients: tuple[Prose, ...] = Field(title="Destinataires", min_length=1)
    retention_months: int = Field(title="Durée de conservation", description="En mois, après l'envoi.", ge=1, le=60)
    anonymous: YesNo = Field(
        False, title="Anonyme", description="oui si rien, dans les réponses, ne permet de savoir qui a répondu."
    )


class Form(Record):
    """A form that residents fill in."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    intro: tuple[Prose, ...] = Field((), title="Introduction", description="Paragraphes avant les questions.")
    duration: Prose | None = Field(None, title="Temps", description="Par exemple : 3 minutes.")
    sections: tuple[Section, ...] = Field(title="Parties", min_length=1)
    submit: Prose = Field("Envoyer", title="Bouton", description="Texte du bouton d'envoi.")
    thanks: Prose = Field(title="Remerciement", description="Ce qui s'affiche après l'envoi, et ce qui va suivre.")
    confirm: Column | None = Field(
        None,
        title="Confirmation",
        description="Nom de la question « courriel » à laquelle part un message de confirmation (double accord).",
    )
    notify: Email | None = Field(
        None,
        title="Qui prévenir",
        description="Boîte de fonction prévenue qu'une réponse est arrivée ; le message n'en dit pas le contenu.",
    )
    becomes: Slug | None = Field(
        None, title="Devient une fiche", description="initiative : une réponse retenue donne un brouillon de fiche."
    )
    privacy: Privacy = Field(title="Données personnelles")
    closed: YesNo = Field(False, title="Fermé", description="oui : le formulaire ne prend plus de réponse.")
    order: int = Field(100, title="Rang", description="Les petits nombres viennent d'abord dans la liste.")

    @property
    def questions(self) -> Iterator[Question]:
        """Give every question in the order of the page."""
        for section in self.sections:
            yield from section.questions

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        names = [question.id for question in self.questions]
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("question_twice", "a deux questions du même nom : {name}", {"name": name})
        emails = {question.id for question in self.questions if question.type is QuestionType.EMAIL}
        if self.confirm is not None and self.confirm not in emails:
            raise PydanticCustomError("confirm_email", "demande une confirmation sans question « courriel » de ce nom")
        if self.privacy.legal_basis is LegalBasis.CONSENT and not any(
            question.type is QuestionType.CONSENT for question in self.questions
        ):
            raise PydanticCustomError("consent_missing", "repose sur le consentement sans case à cocher pour le donner")
        return self
