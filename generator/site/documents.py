"""Which documents the site gives to take away, and what each one is made from: planned like pages, made apart.

A kind of document is a function that plans it, in `PRINTED` or in the table of another module, and a maker of the same
name in `generator.documents.makers`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS
from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key

from .kits import KIT_TEXTS, SHEETS, language_of
from .metadata import absolute
from .shelf import Item, Shelf


class PlannedDocument(NamedTuple):
    """A document to be: what makes it, where it is published, which page offers it, and what it may read.

    - `kind`: its maker's name, which `ville documents --only` takes;
    - `url`: from the site's root, ends in its format (`/kits/canicule/livret.pdf`); `page`: of the page that links it;
    - `label`: the link's words, without format and size;
    - `reads`: keys of the whole records that its maker may use; `named`: of those whose title and address it may use;
    - `values`: all else that it depends on, the moment included: makers look at no clock;
    - `language`: of what it says (BCP 47).

    As with pages, nothing else of the campaign may be used, settings and pictures of the `reads` apart.
    """

    kind: str
    url: str
    page: str
    label: str
    reads: tuple[Key, ...] = ()
    named: tuple[Key, ...] = ()
    values: tuple[tuple[str, Any], ...] = ()
    language: str = "fr"

    @property
    def format(self) -> str:
        """The format as people name it: PDF, ZIP."""
        return self.url.rpartition(".")[2].upper()


class Style(NamedTuple):
    """A way to print a document: what it adds to the file's name and to the label, and what the maker is told."""

    name: str
    ending: str = ""
    words: str = ""


COLOUR = Style("colour")
BLACK = Style("black", "-noir-et-blanc", ", en noir et blanc")
LARGE = Style("large", "-gros-caracteres", ", en gros caractères")


def _styled(planned: PlannedDocument, *styles: Style) -> Iterator[PlannedDocument]:
    """Give a document in several styles; its address and its label are completed for each."""
    stem, _, ending = planned.url.rpartition(".")
    for style in styles:
        yield planned._replace(
            url=f"{stem}{style.ending}.{ending}",
            label=f"{planned.label}{style.words}",
            values=(*planned.values, ("style", style.name)),
        )


def _printed(kind: str, shelf: Shelf) -> Iterator[Item]:
    return (item for item in shelf.kinds[kind] if item.outline.shown_in(Channel.PRINT))


def _about(item: Item, kind: str, label: str, shelf: Shelf, name: str = "") -> PlannedDocument:
    """Give a document about one record, published beside its page; it may name what the record names."""
    outline = item.outline
    page = KINDS[outline.kind].url(outline.id)
    named = dict.fromkeys((each.kind, each.id) for each in outline.names if each.kind in _NAMED)
    return PlannedDocument(
        kind,
        f"{page}{name or kind}-{outline.id.replace('.', '-')}.pdf",
        page,
        label,
        reads=(item.key,),
        named=tuple(key for key in named if key in shelf.items),
    )


_NAMED = {"neighbourhood", "organisation"}


def _in_language(planned: PlannedDocument, item: Item) -> PlannedDocument:
    """Give a document about a version of a kit its language, told in its link (RGAA 4.1, criterion 6.1)."""
    language = language_of(item.key)
    if item.outline.kind == "kit":
        return planned
    return planned._replace(label=f"{planned.label}, en {language.french}", language=language.tag)


def _kit_texts(shelf: Shelf) -> Iterator[Item]:
    return (item for kind in KIT_TEXTS for item in _printed(kind, shelf))


def _booklets(shelf: Shelf) -> Iterator[PlannedDocument]:
    for item in _kit_texts(shelf):
        planned = _about(item, "livret", "Livret à imprimer", shelf)
        yield from _styled(_in_language(_beside_kit(planned, item, shelf), item), COLOUR, BLACK, LARGE)


def _beside_kit(planned: PlannedDocument, item: Item, shelf: Shelf) -> PlannedDocument:
    """Let what is printed of a version show its kit's picture."""
    kit = ("kit", item.outline.id.partition(".")[0])
    return planned._replace(reads=(item.key, kit)) if kit != item.key and kit in shelf.items else planned


def _sheets(name: str, label: str) -> Callable[[Shelf], Iterator[PlannedDocument]]:
    """Give what plans the sheets of kits whose text has a part for them."""

    def plan(shelf: Shelf) -> Iterator[PlannedDocument]:
        for item in _kit_texts(shelf):
            if SHEETS[name] in item.outline.anchors:
                planned = _about(item, name, label, shelf)
                yield from _styled(_in_language(_beside_kit(planned, item, shelf), item), COLOUR, BLACK)

    return plan


def _door_hangers(shelf: Shelf) -> Iterator[PlannedDocument]:
    for item in _printed("neighbourhood", shelf):
        yield from _styled(_about(item, "accroche-porte", "Accroche-porte à découper", shelf), COLOUR, BLACK)


def _lobby_posters(shelf: Shelf) -> Iterator[PlannedDocument]:
    for item in _printed("neighbourhood", shelf):
        yield from _styled(_about(item, "affiche-de-hall", "Affiche pour le hall de l’immeuble", shelf), COLOUR, BLACK)


def _event_sheets(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Plan the sheets of the events to come that are not off."""
    for item in _printed("event", shelf):
        if item.sketch.end > shelf.now and not item.sketch.weight:
            yield from _styled(_about(item, "rendez-vous", "Fiche à imprimer", shelf), COLOUR, BLACK)


def _programmes(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Plan one programme a year, for each year in which something is still to come."""
    years: defaultdict[int, list[Item]] = defaultdict(list)
    for item in _printed("event", shelf):
        years[datetime.fromtimestamp(item.sketch.start, PARIS).year].append(item)
    for year, items in years.items():
        if any(item.sketch.end > shelf.now for item in items):
            planned = PlannedDocument(
                "programme",
                f"/agenda/programme-{year}.pdf",
                "/agenda/",
                f"Programme {year} à imprimer",
                reads=tuple(item.key for item in items),
                values=(("year", year),),
            )
            yield from _styled(planned, COLOUR, BLACK)


def _plaques(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Plan the plaques of buildings whose label is valid."""
    for item in _printed("building", shelf):
        for paper in ("A4", "A5") if item.sketch.honoured else ():
            planned = _about(item, "plaque", f"Plaque du label, format {paper}", shelf, f"plaque-{paper.lower()}")
            yield from _styled(planned._replace(values=(("paper", paper.lower()),)), COLOUR, BLACK)


def _diplomas(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Plan the diplomas that were not taken back."""
    for item in _printed("award", shelf):
        if item.sketch.honoured:
            yield from _styled(_about(item, "diplome", "Diplôme à imprimer", shelf), COLOUR, BLACK)


def _codes(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Plan the QR code of each verification page: those of labels that have a serial, and of diplomas."""
    for kind in ("building", "award"):
        for item in shelf.kinds[kind]:
            if item.outline.claims:
                page = KINDS[kind].url(item.outline.id)
                values = (("address", absolute(shelf.campaign.config, page)),)
                yield PlannedDocument("code-qr", f"{page}{CODE}", page, "Code QR de cette page", values=values)


CODE = "code-qr.svg"
"""What the QR code of a page is called, beside it."""


PRINTED: dict[str, Callable[[Shelf], Iterator[PlannedDocument]]] = {
    "livret": _booklets,
    "affiche": _sheets("affiche", "Affiche à compléter"),
    "invitation": _sheets("invitation", "Invitations à compléter"),
    "accroche-porte": _door_hangers,
    "affiche-de-hall": _lobby_posters,
    "rendez-vous": _event_sheets,
    "programme": _programmes,
    "plaque": _plaques,
    "diplome": _diplomas,
    "code-qr": _codes,
}
"""What plans each kind of document to print."""
