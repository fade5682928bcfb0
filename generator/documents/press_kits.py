"""The press kit of a release or of an operation, in a ZIP: texts, figures, pictures with credits, logos, contacts.

An operation is a kit (Fête des Voisins) with all the releases about it.
"""

import csv
import re
from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO, StringIO
from textwrap import indent
from typing import Any, NamedTuple

from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from generator.campaign.models.record import Picture
from generator.campaign.outline import Key
from generator.site import dates
from generator.site.cards import picture_path
from generator.site.documents import PlannedDocument
from generator.site.images import Unusable
from generator.site.metadata import absolute
from generator.site.sketches import plain_letters
from generator.typography import NO_BREAK

from .captions import Captioned, Words, captioned
from .drawings import drawing
from .kits import booklet
from .making import Unmade, Workshop
from .plain_text import WIDTH, filled, plain_text, tables
from .releases import Release, contact_line, for_press
from .setting import text_tree
from .zipping import zipped

LOGO_WIDTH = 2000


def press_kit(document: PlannedDocument, workshop: Workshop) -> bytes:
    """Give a press kit. Its first read is what it is about; its values name the releases, and the records pictured."""
    values = dict(document.values)
    workshop = for_press(workshop)
    library = workshop.library
    releases = [Release(key, document, workshop) for key in values["releases"]]
    subject: Any = library.entries[document.reads[0]].record
    shots = _shots(values["pictures"], document, workshop)
    files = {
        **_texts(releases),
        **(_kit_texts(document, workshop) if document.reads[0][0] == "kit" else {}),
        "chiffres/chiffres-cles.csv": _rows(_key_figures(document, workshop)),
        **_tables(releases),
        **{f"images/{shot.name}": shot.picture.content for shot in shots},
        **_logos(workshop),
        "contacts.txt": _lines(_contacts(releases, workshop)),
    }
    if shots:
        files["images/CREDITS.txt"] = _lines(_credits(shots))
        files["images/credits.csv"] = _rows([_COLUMNS, *(_credit_row(shot) for shot in shots)])
    if releases:
        files["reseaux-sociaux.txt"] = _lines("\n\n\n".join(release.posts() for release in releases))
    files["LISEZ-MOI.txt"] = _lines(_guide(subject.title, files, document, workshop))
    moments = [release.record.date.astimezone(PARIS) for release in releases]
    if document.reads[0][0] == "kit":
        moments.append(datetime.combine(subject.updated, time(12), PARIS))
    return zipped(f"dossier-de-presse-{subject.id}", files, max(moments))


def _texts(releases: list[Release]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for release in releases:
        stem = f"communiques/{release.record.id}"
        files |= {
            f"{stem}.html": release.html().encode(),
            f"{stem}.txt": _lines(release.text()),
            f"{stem}.pdf": release.pdf(),
        }
    return files


def _kit_texts(document: PlannedDocument, workshop: Workshop) -> dict[str, bytes]:
    entry = workshop.library.entries[document.reads[0]]
    kit: Any = entry.record
    body = text_tree(entry.texts["body"], entry, document, workshop)
    text = "\n\n".join([kit.title.upper(), plain_text([kit.summary]), plain_text(body)])
    own = document._replace(page=KINDS["kit"].url(kit.id), reads=(entry.key,))
    return {f"kit/{kit.id}.txt": _lines(text), f"kit/{kit.id}.pdf": booklet(own, workshop)}


def _key_figures(document: PlannedDocument, workshop: Workshop) -> list[list[str]]:
    """Give the town's figures, each with its source, and its date where it was measured."""
    rows = [["Chiffre", "Ce qu’il dit", "Date", "Source"]]
    rows += [[each.value, each.text, "", each.source] for each in workshop.library.config.figures]
    for key in document.reads:
        if key[0] == "indicator":
            record: Any = workshop.library.entries[key].record
            for measure in (record.before, record.after):
                if measure:
                    text = f"{record.title}, {record.unit}"
                    rows.append([dates.number(measure.value), text, measure.date.isoformat(), record.source])
    return rows


def _tables(releases: list[Release]) -> dict[str, bytes]:
    """Give each table of the releases as a file, named after its release and its heading."""
    files: dict[str, bytes] = {}
    for release in releases:
        for heading, rows in tables(release.tree()):
            name = _free(f"chiffres/{release.record.id}-{_ascii(heading)}", ".csv", files)
            files[name] = _rows(rows)
    return files


class Shot(NamedTuple):
    """A picture in the kit: its file's name, itself, what is said of it."""

    name: str
    picture: Captioned
    words: Words


def _shots(keys: Iterable[Key], document: PlannedDocument, workshop: Workshop) -> list[Shot]:
    config = workshop.library.config
    shots: dict[str, Shot] = {}
    for key in keys:
        entry = workshop.library.entries[key]
        record: Any = entry.record
        shown: Picture = record.picture
        path = picture_path(entry.folder, shown.file)
        assert path
        words = Words(
            title=record.title,
            caption=shown.caption or f"{record.title}. {shown.alt}",
            alt=shown.alt,
            credit=shown.credit,
            source=config.town.name,
            terms=shown.licence or config.press.licence or "",
            page=absolute(config, "/presse/#conditions"),
        )
        try:
            picture = captioned(workshop.root / path, words)
        except Unusable as unusable:
            raise Unmade(f"a une image qui {unusable.wrong}", unusable.hint) from None
        name = _free(_ascii(path.rpartition("/")[2].rpartition(".")[0]), f".{picture.ending}", shots)
        shots[name] = Shot(name, picture, words)
    return list(shots.values())


_COLUMNS = ["Fichier", "Largeur", "Hauteur", "Sujet", "Légende", "Description", "Crédit", "Licence", "Conditions"]


def _credit_row(shot: Shot) -> list[str]:
    words, picture = shot.words, shot.picture
    size = [str(picture.width), str(picture.height)]
    return [shot.name, *size, words.title, words.caption, words.alt, words.credit, words.terms, words.page]


def _credits(shots: list[Shot]) -> str:
    parts = []
    for shot in shots:
        size = f"{dates.number(shot.picture.width)} × {dates.number(shot.picture.height)} pixels"
        lines = [
            f"{shot.name} ({size})",
            f"Légende{NO_BREAK}: {shot.words.caption}",
            f"Crédit{NO_BREAK}: {shot.words.credit}",
            f"Licence{NO_BREAK}: {shot.words.terms}" if shot.words.terms else "",
            f"Conditions{NO_BREAK}: {shot.words.page}",
        ]
        parts.append("\n".join(indent(filled(line, WIDTH - 2), "  ").lstrip() for line in lines if line))
    return "\n\n".join(parts)


def _logos(workshop: Workshop) -> dict[str, bytes]:
    assets = workshop.theme / "assets"
    data = BytesIO()
    drawing(assets / "logo.svg", LOGO_WIDTH).save(data, "PNG")
    names = {"logo.svg": "logo.svg", "logo-mono.svg": "logo-monochrome.svg"}
    return {f"logos/{new}": (assets / old).read_bytes() for old, new in names.items()} | {
        "logos/logo.png": data.getvalue()
    }


def _contacts(releases: list[Release], workshop: Workshop) -> str:
    config = workshop.library.config
    own = [release.contact for release in releases]
    contacts = [(f"Contact presse{NO_BREAK}: ", each) for each in dict.fromkeys([*own, config.press_contact])]
    if config.press.on_call:
        contacts.append((f"En dehors de ces heures{NO_BREAK}: ", config.press.on_call))
    contacts += [(f"{person.topics}{NO_BREAK}: ", person) for person in config.press.spokespeople]
    return "\n\n".join(filled(label + contact_line(contact)) for label, contact in contacts)


_CONTENTS = {
    "communiques/": "chaque communiqué en HTML, en texte et en PDF",
    "kit/": "le kit des habitants, en texte et en PDF",
    "chiffres/": "les chiffres et leurs sources, en CSV à points-virgules",
    "images/": "en haute définition, crédit et licence dans chaque fichier et dans CREDITS.txt",
    "logos/": "en SVG et en PNG",
    "contacts.txt": "qui répond, et quand",
    "reseaux-sociaux.txt": "des textes prêts à publier",
}


def _guide(title: str, files: Iterable[str], document: PlannedDocument, workshop: Workshop) -> str:
    config = workshop.library.config
    present = {name for name in _CONTENTS if any(each.startswith(name) for each in files)}
    contents = [f"{name}{NO_BREAK}: {what}" for name, what in _CONTENTS.items() if name in present]
    about = [
        f"{title.upper()}\nDossier de presse, {config.title}",
        "\n".join(contents),
        *config.press.terms,
        f"Licence des images{NO_BREAK}: {config.press.licence}" if config.press.licence else "",
        f"Toujours à jour{NO_BREAK}: {absolute(config, document.page)}",
    ]
    if config.town.example:
        about.append(f"{config.town.name} est une commune fictive{NO_BREAK}: ce dossier est un exemple.")
    return "\n\n".join(filled(part) for part in about if part)


def _lines(text: str) -> bytes:
    """Give a text as every computer's plainest program reads it: UTF-8 that says so, lines ended as on Windows."""
    return ("\ufeff" + text.rstrip("\n") + "\n").replace("\n", "\r\n").encode()


def _rows(rows: list[list[str]]) -> bytes:
    """Give rows as French spreadsheets open them: semicolons, UTF-8 that says so."""
    text = StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()


def _ascii(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", plain_letters(text)).strip("-")[:60] or "sans-titre"


def _free(stem: str, ending: str, taken: Iterable[str]) -> str:
    """Give a name that nothing bears yet."""
    name, rank = f"{stem}{ending}", 2
    while name in taken:
        name, rank = f"{stem}-{rank}{ending}", rank + 1
    return name
