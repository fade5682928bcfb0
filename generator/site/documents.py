"""Which documents the site gives to take away, and what each one is made from: planned like pages, made apart.

A kind of document is a function here that plans it, and a maker of the same name in `generator.documents.makers`.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from generator.campaign.models import KINDS
from generator.campaign.models.honours import Channel
from generator.campaign.outline import Key

from .listings import Shelf
from .pages import SECTION_TITLES
from .views import PictureView


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


COLOUR = ("", "", "colour")
BLACK = ("-noir-et-blanc", " en noir et blanc", "black")
LARGE = ("-gros-caracteres", " en gros caractères", "large")
"""Ways to print a document: what each adds to its file's name and to its label, and what its maker is told."""


def plan_documents(shelf: Shelf) -> list[PlannedDocument]:
    """Give every document of the site: only those of records that it shows."""
    return [document for plan in PLANS.values() for document in plan(shelf)]


def _booklets(shelf: Shelf) -> Iterator[PlannedDocument]:
    for item in shelf.kinds["kit"]:
        page = KINDS["kit"].url(item.outline.id)
        for ending, words, style in (COLOUR, BLACK, LARGE):
            yield PlannedDocument(
                "livret",
                f"{page}livret-{item.outline.id}{ending}.pdf",
                page,
                f"Livret à imprimer{words}",
                reads=(item.key,),
                values=(("style", style),),
            )


CARDS = "partage"
"""The kind of social cards, which pages show to networks rather than link."""


def _cards(shelf: Shelf) -> Iterator[PlannedDocument]:
    """Give the cards of the home page, of the sections, of each record that networks may show.

    A kit in another language has that of the kit: the type of titles has no letters but Latin ones.
    """
    yield _card("/", shelf.campaign.config.tagline, "", "", None)
    for section, title in SECTION_TITLES.items():
        yield _card(f"/{section}/", title, "", "", None)
    pictures = shelf.pictures.within(Channel.SOCIAL)
    for item in shelf.items.values():
        kind, outline = KINDS[item.outline.kind], item.outline
        if kind.section is None or kind.name == "kit_version" or not outline.shown_in(Channel.SOCIAL):
            continue
        kicker = item.sketch.kicker
        if kicker is None:
            kicker = shelf.neighbourhoods.get(outline.neighbourhoods[0], "") if outline.neighbourhoods else ""
        what = kind.singular[:1].upper() + kind.singular[1:] if kind.section else ""
        words = kicker if kicker.startswith(what) else f"{what} · {kicker}" if kicker else what
        picture = pictures.view(outline.folder, outline.picture)
        yield _card(kind.url(outline.id), outline.title, words, item.sketch.when, picture)


def _card(page: str, title: str, kicker: str, when: str, picture: PictureView | None) -> PlannedDocument:
    file = picture.jpeg[-1].url.rpartition("/")[2] if picture else ""
    values = (("title", title), ("kicker", kicker), ("when", when), ("picture", file))
    return PlannedDocument(CARDS, f"{page}partage.{'jpg' if file else 'png'}", page, title, values=values)


PLANS: dict[str, Callable[[Shelf], Iterator[PlannedDocument]]] = {
    "livret": _booklets,
    CARDS: _cards,
}
"""What plans each kind of document."""
