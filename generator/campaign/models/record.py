"""What every record carries, and the parts that several kinds of records share."""

from pydantic import Field

from .fields import Day, Due, Email, Model, Phone, Prose, Slug, Url


class Location(Model):
    """A point on the map, WGS 84, in decimal degrees."""

    lat: float = Field(title="Latitude", description="En degrés, par exemple 47.394.", ge=-90, le=90)
    lon: float = Field(title="Longitude", description="En degrés, par exemple 0.684.", ge=-180, le=180)


class Picture(Model):
    """A picture file beside the record, with what a reader who can't see it needs."""

    file: str = Field(
        title="Fichier",
        description="Nom du fichier, dans le dossier de la fiche (par exemple photos/lea.jpg).",
        min_length=1,
        max_length=200,
    )
    alt: Prose = Field(title="Texte de remplacement", description="Ce que montre l'image, pour qui ne la voit pas.")
    credit: Prose = Field(title="Crédit", description="Auteur de l'image.")
    caption: Prose | None = Field(None, title="Légende", description="Phrase affichée sous l'image.")
    licence: Prose | None = Field(
        None,
        title="Licence",
        description="Ce que la presse peut en faire. Vide : la licence de la ville.",
    )


class Contact(Model):
    """Whom to ask, by role: a function's mailbox rather than a person's."""

    role: Prose = Field(title="Fonction", description="Qui répond, par exemple : Référente du potager.")
    name: Prose | None = Field(None, title="Nom", description="Facultatif, avec l'accord de la personne.")
    email: Email | None = Field(None, title="Adresse électronique", description="Boîte de fonction de préférence.")
    phone: Phone | None = Field(None, title="Téléphone", description="Par exemple 02 00 00 00 00.")
    url: Url | None = Field(None, title="Page web", description="Adresse complète, avec https://.")
    hours: Prose | None = Field(None, title="Permanence", description="Jours, heures et lieu où venir.")


class Record(Model):
    """What every kind of record carries."""

    id: Slug = Field(
        title="Identifiant", description="Nom du fichier sans son extension ; il fait l'adresse de la page."
    )
    title: Prose = Field(title="Titre", description="Nom affiché partout, 120 caractères au plus.", max_length=120)
    aliases: tuple[Slug, ...] = Field(
        (),
        title="Anciens identifiants",
        description="Du plus ancien au plus récent. Leurs adresses renvoient vers la page.",
    )


class Scheduled(Record):
    """A record that may be written before it may be seen."""

    publish_at: Due | None = Field(
        None,
        title="Publier le",
        description="Rien n'en paraît avant, par exemple 2026-05-20 10:00 (heure de Paris). Vide : tout de suite.",
    )


class Withdrawal(Model):
    """That a page was taken back, as its address says from then on."""

    date: Day = Field(title="Retiré le", description="La page disparaît dès ce jour.")
    reason: Prose | None = Field(None, title="Motif", description="Une phrase, affichée à la place de la page.")


class Retractable(Scheduled):
    """A record whose page, once taken back, says so."""

    withdrawn: Withdrawal | None = Field(
        None, title="Retrait", description="La page dit qu'elle a été retirée, et quitte les listes et les flux."
    )
