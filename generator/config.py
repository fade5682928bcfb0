"""One town's settings, `site_config.yml`, as types."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from generator.campaign.models.fields import Email, Model, Phone, Postcode, Prose, Slug, Url, YesNo
from generator.campaign.models.record import Contact, Picture


class Bounds(Model):
    """The rectangle that holds the town, WGS 84, decimal degrees."""

    south: float = Field(title="Sud", ge=-90, le=90)
    west: float = Field(title="Ouest", ge=-180, le=180)
    north: float = Field(title="Nord", ge=-90, le=90)
    east: float = Field(title="Est", ge=-180, le=180)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.south >= self.north:
            raise PydanticCustomError("bounds_order", "a un sud au nord de son nord ; échangez « south » et « north »")
        if self.west >= self.east:
            raise PydanticCustomError("bounds_order", "a un ouest à l'est de son est ; échangez « west » et « east »")
        return self

    def contain(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies in the town."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


class Town(Model):
    """The commune that publishes the site, as its legal notice must name it (loi 2004-575, art. 1-1)."""

    name: Prose = Field(title="Commune", description="Nom de la commune.")
    address: Prose = Field(title="Adresse de la mairie")
    postcode: Postcode = Field(title="Code postal")
    phone: Phone = Field(title="Téléphone")
    email: Email = Field(title="Adresse électronique")
    website: Url | None = Field(None, title="Site de la ville")
    director: Prose = Field(title="Directeur de la publication", description="En général, le ou la maire.")
    bounds: Bounds = Field(title="Limites", description="Rectangle qui contient la commune.")
    example: YesNo = Field(False, title="Commune fictive", description="oui : chaque page le dit.")


class Host(Model):
    """Who hosts the site, as the legal notice must name it."""

    name: Prose = Field(title="Nom")
    address: Prose = Field(title="Adresse")
    phone: Phone = Field(title="Téléphone")


class Theme(Model):
    """A theme that sorts initiatives, events and kits."""

    id: Slug = Field(title="Identifiant")
    title: Prose = Field(title="Nom")


def _distinct(themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
    seen: set[str] = set()
    for theme in themes:
        if theme.id in seen:
            raise PydanticCustomError("theme_twice", "a deux éléments du même identifiant, {id}", {"id": theme.id})
        seen.add(theme.id)
    return themes


class Figure(Model):
    """A survey figure shown on the home page, with its source and date."""

    value: Prose = Field(title="Chiffre", description="Par exemple : 90 %.")
    text: Prose = Field(title="Ce qu'il dit")
    source: Prose = Field(title="Source", description="Enquête et date.")


class Spokesperson(Contact):
    """Who speaks for the town, and about what."""

    topics: Prose = Field(title="Sujets", description="Ce dont cette personne peut parler.")


class Press(Model):
    """What the press room offers besides releases: who answers and when, and what may be done with texts and images."""

    on_call: Contact | None = Field(
        None,
        title="Permanence",
        description="Qui répond quand le contact presse se repose.",
    )
    spokespeople: tuple[Spokesperson, ...] = Field((), title="Porte-parole")
    terms: tuple[Prose, ...] = Field((), title="Conditions de reprise", description="Des textes, chiffres et images.")
    licence: Prose | None = Field(
        None, title="Licence des images", description="En une phrase : elle est écrite dans chaque image remise."
    )
    licence_url: Url | None = Field(None, title="Texte de la licence")


class Newsletter(Model):
    """What the letter needs of the tool that sends it."""

    unsubscribe: str = Field(
        "{{ unsubscribe }}",
        title="Lien de désinscription",
        description="Le repère de l'outil d'envoi : {{ unsubscribe }} (Brevo), *|UNSUB|* (Mailchimp), "
        "[[UNSUB_LINK_FR]] (Mailjet), ou une adresse complète.",
        min_length=1,
        max_length=300,
    )


class Accessibility(Model):
    """What the accessibility statement says (décret 2019-768, art. 4).

    Without a valid audit the state can only be « non conforme »: the share of criteria met is read from the
    audit, never set by hand.
    """

    audited_on: Prose | None = Field(None, title="Date de l'audit")
    auditor: Prose | None = Field(None, title="Auditeur")
    criteria_met: int | None = Field(
        None, title="Critères respectés", description="En %, d'après l'audit.", ge=0, le=100
    )
    known_issues: tuple[Prose, ...] = Field((), title="Défauts connus")
    plan_url: Url | None = Field(None, title="Schéma pluriannuel")

    @property
    def state(self) -> str:
        """Give the compulsory mention: non, partiellement or totalement conforme."""
        if self.audited_on is None or self.criteria_met is None or self.criteria_met < 50:
            return "non conforme"
        return "totalement conforme" if self.criteria_met == 100 else "partiellement conforme"


class Feeds(Model):
    """What the feeds need to know besides the records."""

    identity: str | None = Field(
        None,
        title="Identité des flux",
        description=(
            "Un nom de domaine ou une adresse de la commune, une virgule, un jour où ils étaient à elle. À ne plus "
            "jamais changer, même si l'adresse du site change : chez les abonnés, tout reparaîtrait comme neuf."
        ),
        # RFC 4151, section 2.1: « taggingEntity ».
        pattern=r"^(?:[a-z0-9._-]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)+,\d{4}(?:-\d{2}){0,2}$",
    )
    hub: Url | None = Field(
        None, title="Relais WebSub", description="Adresse du service qui prévient les lecteurs de flux."
    )


class SiteConfig(Model):
    """Everything that differs from one town to the next."""

    title: Prose = Field(title="Nom de la campagne")
    tagline: Prose = Field(title="Accroche", description="Une phrase qui dit ce qu'est le site.")
    description: Prose = Field(title="Description", description="Pour les moteurs de recherche.", max_length=300)
    url: Url = Field(title="Adresse du site", description="Par exemple https://solidaire.exemple.fr/.")
    town: Town = Field(title="Commune")
    host: Host = Field(title="Hébergeur")
    contact: Contact = Field(title="Contact de la campagne")
    press_contact: Contact = Field(title="Contact presse", description="Joignable aussi hors des heures de bureau.")
    press: Press = Field(Press.model_construct(), title="Espace presse")
    newsletter: Newsletter = Field(Newsletter.model_construct(), title="Lettre d'information")
    dpo: Contact = Field(title="Délégué à la protection des données")
    themes: Annotated[tuple[Theme, ...], AfterValidator(_distinct)] = Field((), title="Thèmes")
    figures: tuple[Figure, ...] = Field((), title="Chiffres d'enquête")
    accessibility: Accessibility = Field(Accessibility.model_construct(), title="Accessibilité")
    picture: Picture | None = Field(None, title="Image d'accueil", description="Fichier pris dans data/.")
    feeds: Feeds = Field(Feeds.model_construct(), title="Flux")
    repository: Url | None = Field(None, title="Dépôt des sources")
    collector_url: Url | None = Field(
        None, title="Adresse du collecteur", description="Où vont les formulaires ; vide : la même adresse que le site."
    )
    count_threshold: int = Field(
        5, title="Seuil d'affichage", description="Un nombre d'inscrits plus petit n'est jamais montré.", ge=2
    )
    offline: YesNo = Field(
        True,
        title="Pages d'urgence sans réseau",
        description="non : les appareils effacent les copies qu'ils gardaient, à leur prochaine visite.",
    )
    signups_public_key: str | None = Field(
        None,
        title="Clé publique des inscriptions",
        description="Ce que « ville signups keygen » affiche. La clé privée ne va jamais dans ce dépôt.",
        pattern=r"^age1[02-9ac-hj-np-z]{58}$",
    )
    badge_keys: tuple[Annotated[str, Field(pattern=r"^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$")], ...] = Field(
        (),
        title="Clés publiques des attestations",
        description="Ce que « ville badges keygen » affiche. La première signe ; les suivantes ont signé avant elle.",
    )
    press_public_key: str | None = Field(
        None,
        title="Clé publique de la presse",
        description="Ce que « ville press keygen » inscrit. Elle scelle les communiqués sous embargo.",
        pattern=r"^age1[02-9ac-hj-np-z]{58}$",
    )
    signups_store: str | None = Field(
        None,
        title="Coffre des inscriptions",
        description="Vide : le dossier data/signups ; sinon un espace S3, par exemple s3://inscriptions/aubrenay.",
        pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[a-zA-Z0-9_-]+)*$",
    )

    @classmethod
    def blank(cls) -> "SiteConfig":
        """Give settings that say nothing, on which all the rest can be checked when the real ones have errors."""
        fields: dict[str, Any] = {"title": ""}
        return cls.model_construct(**fields)
