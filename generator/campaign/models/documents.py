"""Markdown documents: kits, press releases, lessons, pages. The fields are their front matter."""

from enum import StrEnum

from pydantic import Field

from .fields import (
    BuildingId,
    Contact,
    Day,
    Due,
    EventId,
    InitiativeId,
    KitId,
    Model,
    NeighbourhoodId,
    Picture,
    PortraitId,
    Post,
    Prose,
    Retractable,
    SchemeId,
    ThemeId,
)


class Document(Retractable):
    """Front matter that every document carries; `body` is the Markdown below it."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
    picture: Picture | None = Field(None, title="Image")
    body: str = Field("", title="Texte", description="Le texte Markdown sous l'en-tête.")


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


class Kit(Document):
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


class PressRelease(Document):
    """A press release or media alert."""

    date: Due = Field(
        title="Date", description="Par exemple 2026-05-20 10:00 (heure de Paris). Rien n'en paraît avant."
    )
    embargo_until: Due | None = Field(
        None,
        title="Sous embargo jusqu'au",
        description="Rien n'en paraît avant, par exemple 2026-05-20 10:00 (heure de Paris).",
    )
    contact: Contact | None = Field(None, title="Contact presse", description="Vide : le contact presse de la ville.")
    social: Social = Field(Social(), title="Réseaux sociaux", description="Vide : le titre et le résumé.")
    neighbourhoods: tuple[NeighbourhoodId, ...] = Field((), title="Quartiers")
    themes: tuple[ThemeId, ...] = Field((), title="Thèmes")
    kits: tuple[KitId, ...] = Field((), title="Kits")
    initiatives: tuple[InitiativeId, ...] = Field((), title="Initiatives")
    portraits: tuple[PortraitId, ...] = Field((), title="Portraits")
    events: tuple[EventId, ...] = Field((), title="Dates")


class Lesson(Document):
    """What was learnt from an action: the seed's « capitaliser »."""

    date: Day = Field(title="Date")
    worked: tuple[Prose, ...] = Field((), title="Ce qui a marché")
    failed: tuple[Prose, ...] = Field((), title="Ce qui n'a pas marché")
    advice: tuple[Prose, ...] = Field((), title="Conseils pour la suite")
    cost: Prose | None = Field(None, title="Coût")
    initiatives: tuple[InitiativeId, ...] = Field((), title="Initiatives")
    events: tuple[EventId, ...] = Field((), title="Dates")
    kits: tuple[KitId, ...] = Field((), title="Kits")
    schemes: tuple[SchemeId, ...] = Field((), title="Dispositifs")
    buildings: tuple[BuildingId, ...] = Field((), title="Immeubles")


class Page(Document):
    """Any other page: its id is its address."""

    order: int = Field(100, title="Rang", description="Les petits nombres viennent d'abord dans les menus.")
