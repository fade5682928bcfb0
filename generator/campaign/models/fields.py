"""Field types shared by every kind of record.

YAML scalars reach these types as text (see `generator.campaign.sources`), so each type decides what its
words mean: a postcode stays text, `non` is a word in a title and a refusal in a yes-or-no field.
"""

import os
import re
import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from types import ModuleType
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.clock import PARIS as PARIS
from generator.typography import french, unbroken

from .languages import LANGUAGES

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"

# WHATWG HTML, « valid e-mail address », with a dot required in the domain: the browser and the collector
# apply this same production.
EMAIL = (
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$"
)

PHONE = r"^\+?[0-9](?:[ .]?[0-9]){1,14}$"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_YEARS = range(1800, 2200)
"""The years that a date may bear: one outside is a slip of the finger."""

# Source: Microsoft, « Naming Files, Paths, and Namespaces »: no file or folder may bear these names.
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_LINE_END = re.compile(r"[ \t]*\n\s*")
_YES = frozenset({"oui", "yes", "true", "vrai", "on"})
_NO = frozenset({"non", "no", "false", "faux", "off"})


# No other package has a say in the checks. Looking for one through all that is installed takes longer than checking,
# and what would look loads the standard library's e-mail parser with it.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
_no_plugins = ModuleType("pydantic.plugin._loader")
vars(_no_plugins)["get_plugins"] = tuple
sys.modules.setdefault(_no_plugins.__name__, _no_plugins)


class Model(BaseModel):
    """A value that the campaign owns: unknown fields refused, never changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a text field as the id of a record of the given kind; `linking` checks it."""

    kind: str


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _DAY.fullmatch(value):
        raise PydanticCustomError("day_form", "n'est pas une date ; la forme attendue est 2026-05-29")
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(
            "day_impossible", "n'existe pas dans le calendrier ; vérifiez le jour et le mois"
        ) from None
    _check_year(day.year)
    return day


def _moment(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if not _MOMENT.fullmatch(value):
        raise PydanticCustomError(
            "moment_form", "n'est pas une date avec une heure ; la forme attendue est 2026-05-29 19:00"
        )
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(
            "day_impossible", "n'existe pas dans le calendrier ; vérifiez le jour et l'heure"
        ) from None
    _check_year(moment.year)
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def _due(value: Any) -> Any:
    moment = _moment(value)
    if not isinstance(moment, datetime) or moment.tzinfo is not PARIS:
        return moment
    # An hour that comes twice (October) or never (March) means two moments: `fold` chooses (PEP 495).
    return max(moment, moment.replace(fold=1), key=datetime.timestamp)


def _revision(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return datetime.combine(_day(value), time(), PARIS)
    return _moment(value)


def _check_year(year: int) -> None:
    if year not in _YEARS:
        raise PydanticCustomError("day_far", "est trop loin d'aujourd'hui ; vérifiez l'année")


def _yes_or_no(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    word = value.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise PydanticCustomError("yes_or_no", "doit valoir oui ou non")


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in {"http", "https"} or "." not in host or re.search(r"[\s<>\"]", value):
        raise PydanticCustomError(
            "url_form", "n'est pas une adresse web ; la forme attendue est https://exemple.fr/page"
        )
    return value


def _matching(pattern: str, code: str, message: str) -> AfterValidator:
    matches = re.compile(pattern, re.ASCII).fullmatch

    def check(value: str) -> str:
        if not matches(value):
            raise PydanticCustomError(code, message)
        return value

    return AfterValidator(check)


_is_slug = re.compile(SLUG, re.ASCII).fullmatch


def _slug(value: str) -> str:
    if not _is_slug(value):
        raise PydanticCustomError(
            "slug_form", "n'est pas un identifiant ; lettres minuscules sans accent, chiffres et tirets"
        )
    if value in _RESERVED:
        raise PydanticCustomError("slug_reserved", "est un nom que Windows garde pour lui ; choisissez-en un autre")
    return value


def _prose(value: str) -> str:
    return french(_words(value))


def _words(value: str) -> str:
    text = value.strip()
    if not text:
        raise PydanticCustomError("empty_field", "est vide")
    if len(text) > MAX_PROSE:
        raise PydanticCustomError("too_long", "est trop long ; {limit} caractères au plus", {"limit": MAX_PROSE})
    return _LINE_END.sub(" ", text) if "\n" in text else text


def _post(value: str) -> str:
    paragraphs = re.split(r"\n[ \t]*\n\s*", _not_blank(value).strip())
    return french("\n\n".join(_LINE_END.sub(" ", paragraph) for paragraph in paragraphs))


def _not_blank(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty_field", "est vide")
    return value


Slug = Annotated[
    str,
    Field(max_length=80),
    AfterValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": SLUG, "maxLength": 80}),
]
"""An id: lower-case letters, digits and hyphens; it is also the last part of the page's URL."""

MAX_PROSE = 600

Prose = Annotated[str, Field(min_length=1), AfterValidator(_prose)]
"""One line or short paragraph of plain text for people, MAX_PROSE signs at most, with French typography applied."""

Post = Annotated[str, Field(min_length=1), AfterValidator(_post)]
"""A text for a social network: plain paragraphs, with French typography applied."""

Words = Annotated[str, Field(min_length=1), AfterValidator(_words), AfterValidator(unbroken)]
"""The same in any language: typography as written."""

Markdown = Annotated[str, Field(min_length=1, max_length=100_000), AfterValidator(_not_blank)]
"""CommonMark text without raw HTML; `generator.campaign.markup` renders it."""

Url = Annotated[str, AfterValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]

Email = Annotated[
    str,
    Field(max_length=254),
    _matching(EMAIL, "email_form", "n'est pas une adresse électronique ; la forme attendue est nom@exemple.fr"),
    WithJsonSchema({"type": "string", "format": "email"}),
]

Phone = Annotated[
    str,
    AfterValidator(lambda value: value.replace("\u00a0", " ").replace("\u202f", " ")),
    _matching(PHONE, "phone_form", "n'est pas un numéro de téléphone ; la forme attendue est 02 00 00 00 00"),
    WithJsonSchema({"type": "string", "pattern": PHONE}),
]

Postcode = Annotated[
    str,
    _matching(r"^\d{5}$", "postcode_form", "n'est pas un code postal ; cinq chiffres sont attendus"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{5}$"}),
]

Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar day, written 2026-05-29."""

Moment = Annotated[
    datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"}),
]
"""A day and an hour; without an offset, the hour is that of Europe/Paris. Always aware."""

Due = Annotated[
    datetime,
    BeforeValidator(_due),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}"}),
]
"""A Moment before which something must stay hidden: of the two that an hour may mean when clocks change, the later."""

Revision = Annotated[
    datetime,
    BeforeValidator(_revision),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?"}),
]
"""When a text last changed for its readers: a Moment, or a day, which stands for its first instant in Paris."""

REVISED = (
    "Quand le fond a changé, avec l'heure si besoin. Les abonnés aux flux le voient ; une faute corrigée n'en est pas."
)

YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""oui or non (yes, no, true, false, on, off are understood too)."""


NeighbourhoodId = Annotated[Slug, Reference("neighbourhood")]
InitiativeId = Annotated[Slug, Reference("initiative")]
OrganisationId = Annotated[Slug, Reference("organisation")]
SchemeId = Annotated[Slug, Reference("scheme")]
BuildingId = Annotated[Slug, Reference("building")]
PortraitId = Annotated[Slug, Reference("portrait")]
EventId = Annotated[Slug, Reference("event")]
PilotSiteId = Annotated[Slug, Reference("pilot_site")]
IndicatorId = Annotated[Slug, Reference("indicator")]
StepId = Annotated[Slug, Reference("step")]
KitId = Annotated[Slug, Reference("kit")]
FormId = Annotated[Slug, Reference("form")]
ThemeId = Annotated[Slug, Reference("theme")]


def _version_id(value: str) -> str:
    kit, dot, language = value.partition(".")
    if not (dot and re.fullmatch(SLUG, kit) and language in LANGUAGES and len(value) <= 80):
        raise PydanticCustomError("slug_form", "n'est pas l'identifiant d'un kit, un point et un code de langue")
    return value


VersionId = Annotated[str, AfterValidator(_version_id)]
"""A kit's id, a dot and the code of one of LANGUAGES: `canicule.en`."""
