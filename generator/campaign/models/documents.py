"""Markdown documents: kits, press releases, lessons, pages. The fields are their front matter."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic.json_schema import SkipJsonSchema

from generator.typography import french

from .fields import (
    REVISED,
    BuildingId,
    Day,
    Due,
    EventId,
    InitiativeId,
    KitId,
    Model,
    NeighbourhoodId,
    PortraitId,
    Post,
    Prose,
    Reference,
    Revision,
    SchemeId,
    ThemeId,
    VersionId,
    Words,
)
from .languages import FALC
from .record import Contact, Picture, Retractable


class Document(Retractable):
    """Front matter that every document carries; `body` is the Markdown below it."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    body: str = Field("", title="Texte", description="Le texte Markdown sous l'en-tête.")


class Illustrated(Document):
    """A document that may have a picture of its own."""

    picture: Picture | None = Field(None, title="Image")


class Season(StrEnum):
    """When a seasonal kit is for."""

    SPRING = "printemps"
    SUMMER = "ete"
    AUTUMN = "automne"
    WINTER = "hiver"


class Emergency(StrEnum):
    """What an emergency kit answers."""

    HEATWAVE = "canicule"
    FLOOD = "inondation"
    EPIDEMIC = "epidemie"


class Kit(Illustrated):
    """A kit that residents use to organise: for a season, or for an emergency."""

    season: Season | None = Field(None, title="Saison", description="printemps, ete, automne ou hiver.")
    emergency: Emergency | None = Field(None, title="Urgence", description="canicule, inondation ou epidemie.")
    trigger: Prose | None = Field(None, title="Quand l'utiliser", description="Par exemple : dès la vigilance orange.")
    duration: Prose | None = Field(None, title="Temps de préparation")
    people: Prose | None = Field(None, title="Combien de voisins")
    material: tuple[Prose, ...] = Field((), title="Matériel")
    themes: tuple[ThemeId, ...] = Field((), title="Thèmes")
    schemes: tuple[SchemeId, ...] = Field((), title="Dispositifs")
    updated: Day = Field(title="Mis à jour le")


class Social(Model):
    """Texts ready to post about a release, where its title and summary would not do; the page's address is added."""

    mastodon: Post | None = Field(None, title="Mastodon")
    bluesky: Post | None = Field(None, title="Bluesky")
    x: Post | None = Field(None, title="X")
    facebook: Post | None = Field(None, title="Facebook")
    linkedin: Post | None = Field(None, title="LinkedIn")
    instagram: Post | None = Field(None, title="Instagram")


class KitVersion(Document):
    """A kit in another language, or in easy-to-read French. Its file bears the names of both: `canicule.en.md`."""

    id: VersionId = Field(title="Identifiant", description="Le nom du kit, un point et le code de la langue.")
    title: Words = Field(title="Titre", description="Dans la langue de cette version.", max_length=120)
    aliases: tuple[VersionId, ...] = Field((), title="Anciens identifiants")
    summary: Words = Field(title="Résumé", description="Une phrase, dans la langue de cette version.", max_length=300)
    kit: SkipJsonSchema[Annotated[str, Reference("kit")]] = Field(title="Kit", description="Le nom du fichier le dit.")
    language: SkipJsonSchema[str] = Field(title="Langue", description="Le nom du fichier la dit.")
    source_updated: Day = Field(
        title="Date du texte traduit", description="La date « updated » du kit dont cette version dit le texte."
    )
    falc_reviewed_by: Prose | None = Field(
        None,
        title="Relecture FALC",
        description="Le groupe de personnes déficientes intellectuelles qui a relu ; vide : le texte n'est pas publié.",
    )

    @field_validator("title", "summary")
    @classmethod
    def _in_french(cls, value: str, info: ValidationInfo) -> str:
        return french(value) if str(info.data.get("id")).endswith(f".{FALC}") else value

    @property
    def is_shown(self) -> bool:
        """Whether it may be published: easy-to-read French is once those it is for have read it."""
        return self.language != FALC or self.falc_reviewed_by is not None


class PressRelease(Illustrated):
    """A press release or media alert."""

    date: Due = Field(
        title="Date", description="Par exemple 2026-05-20 10:00 (heure de Paris). Rien n'en paraît avant."
    )
    embargo_until: Due | None = Field(
        None,
        title="Sous embargo jusqu'au",
        description="Rien n'en paraît avant, par exemple 2026-05-20 10:00 (heure de Paris).",
    )
    updated: Revision | None = Field(None, title="Mis à jour le", description=REVISED)
    contact: Contact | None = Field(None, title="Contact presse", description="Vide : le contact presse de la ville.")
    social: Social = Field(
        Social.model_construct(), title="Réseaux sociaux", description="Vide : le titre et le résumé."
    )
    neighbourhoods: tuple[NeighbourhoodId, ...] = Field((), title="Quartiers")
    themes: tuple[ThemeId, ...] = Field((), title="Thèmes")
    kits: tuple[KitId, ...] = Field((), title="Kits")
    initiatives: tuple[InitiativeId, ...] = Field((), title="Initiatives")
    portraits: tuple[PortraitId, ...] = Field((), title="Portraits")
    events: tuple[EventId, ...] = Field((), title="Dates")


class Lesson(Illustrated):
    """What was learnt from an action: the seed's « capitaliser »."""

    date: Day = Field(title="Date")
    updated: Revision | None = Field(None, title="Mis à jour le", description=REVISED)
    worked: tuple[Prose, ...] = Field((), title="Ce qui a marché")
    failed: tuple[Prose, ...] = Field((), title="Ce qui n'a pas marché")
    advice: tuple[Prose, ...] = Field((), title="Conseils pour la suite")
    cost: Prose | None = Field(None, title="Coût")
    initiatives: tuple[InitiativeId, ...] = Field((), title="Initiatives")
    events: tuple[EventId, ...] = Field((), title="Dates")
    kits: tuple[KitId, ...] = Field((), title="Kits")
    schemes: tuple[SchemeId, ...] = Field((), title="Dispositifs")
    buildings: tuple[BuildingId, ...] = Field((), title="Immeubles")


class Page(Illustrated):
    """Any other page: its id is its address."""

    order: int = Field(100, title="Rang", description="Les petits nombres viennent d'abord dans les menus.")
