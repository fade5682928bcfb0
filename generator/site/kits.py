"""The forms that a kit takes besides its page: other languages, easy reading, texts to paste, sheets to fill in."""

from generator.campaign.models import KINDS
from generator.campaign.models.languages import FALC, FRENCH, LANGUAGES, Language
from generator.campaign.outline import Key, Outline

from .planned import PlannedPage
from .shelf import Shelf
from .sketches import EMERGENCY
from .views import Link, VersionView

READING = "lecture-confortable"
MESSAGE = "message"
SHEETS = {"affiche": "laffiche", "invitation": "linvitation"}
"""Sheets to fill in, each with the anchor of the heading that its text follows in the kit."""

_SHEET_TITLES = {"affiche": "Votre affiche", "invitation": "Votre invitation"}
_SHEET_WAYS = {"affiche": "Remplir et imprimer l’affiche", "invitation": "Remplir et imprimer l’invitation"}

COPIES = {"kit_reading", "kit_message", "kit_sheet"}
"""The layouts of the pages that show another one's text."""

KIT_TEXTS = ("kit", "kit_version")
"""Kinds whose text is a kit's, in whatever language."""


def language_of(key: Key) -> Language:
    """Give the language of a kit or of a version."""
    return LANGUAGES[key[1].partition(".")[2]] if key[0] == "kit_version" else FRENCH


def with_forms(page: PlannedPage, shelf: Shelf) -> PlannedPage:
    """Give the planned page of a kit or of a version, leading to the other languages and forms."""
    assert page.key
    key, kit = page.key, _kit(page.key)
    language = language_of(key)
    is_emergency = kit in shelf.items and shelf.items[kit].sketch.group == EMERGENCY
    page = page._replace(
        language=language.tag,
        values=(
            ("versions", _versions(key, shelf)),
            ("ways", tuple(_ways(page.url, shelf.items[key].outline))),
            ("offline", language.offline if is_emergency else ""),
        ),
    )
    if key == kit or kit not in shelf.items:
        return page
    parent = Link(shelf.items[kit].outline.title, KINDS["kit"].url(kit[1]))
    return page._replace(reads=(key, kit), parents=(parent,), short=_name(key))


def emergency_page(shelf: Shelf) -> PlannedPage:
    """Give the page of emergencies: the alerts under way, whom to call, the kits and their languages."""
    kits = [item.key for item in shelf.kinds["kit"] if item.sketch.group == EMERGENCY]
    versions = tuple((key, tuple(each for each in _versions(key, shelf) if not each.current)) for key in kits)
    values = (("versions", versions), ("offline", FRENCH.offline))
    return PlannedPage("/urgence/", "emergency", "urgence", "En cas d’urgence", cards=tuple(kits), values=values)


def other_forms(page: PlannedPage, shelf: Shelf) -> list[PlannedPage]:
    """Give the pages that show the text of a kit's or of a version's page in another form."""
    assert page.key
    key = page.key
    outline = shelf.items[key].outline
    parents = (*page.parents, Link(page.short or page.title, page.url))

    def form(name: str, layout: str, title: str, short: str, language: str = "fr") -> PlannedPage:
        return PlannedPage(
            url=f"{page.url}{name}/",
            layout=layout,
            section=page.section,
            title=title,
            short=short,
            key=key,
            reads=(key,),
            parents=parents,
            copy_of=page.url,
            language=language,
            values=(("form", name),),
        )

    return [
        form(READING, "kit_reading", page.title, "Lecture confortable", page.language),
        form(MESSAGE, "kit_message", "Des textes à coller dans un message", "Message"),
        *(form(name, "kit_sheet", _SHEET_TITLES[name], name.capitalize()) for name in _sheets(outline)),
    ]


def _versions(key: Key, shelf: Shelf) -> tuple[VersionView, ...]:
    """Give the languages in which a kit may be read, French first; none when it is in French only."""
    kit = _kit(key)
    others = [
        each for each in shelf.campaign.referrers.get(kit, ()) if each[0] == "kit_version" and each in shelf.items
    ]
    # Easy-to-read French comes right after French.
    others.sort(key=lambda each: (not each[1].endswith(f".{FALC}"), each[1]))
    return tuple(_version(each, each == key) for each in (kit, *others)) if others else ()


def _kit(key: Key) -> Key:
    return "kit", key[1].partition(".")[0]


def _version(key: Key, current: bool) -> VersionView:
    language = language_of(key)
    indexed = "" if key[1].endswith(f".{FALC}") else language.tag
    return VersionView(language.own, KINDS[key[0]].url(key[1]), language.tag, language.direction, indexed, current)


def _ways(url: str, outline: Outline) -> list[Link]:
    return [
        Link("Lecture confortable", f"{url}{READING}/"),
        Link("Coller le texte dans un message", f"{url}{MESSAGE}/"),
        *(Link(_SHEET_WAYS[name], f"{url}{name}/") for name in _sheets(outline)),
    ]


def _sheets(outline: Outline) -> list[str]:
    return [name for name, anchor in SHEETS.items() if anchor in outline.anchors]


def _name(key: Key) -> str:
    french = language_of(key).french
    return french[0].upper() + french[1:]
