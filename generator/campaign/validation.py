"""Raw mappings to typed records, with pydantic's refusals told as French problems."""

import re
import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.problems import Problem, nearest, visible

from .faults import QUOTES_HINT, Path
from .models.record import Record
from .places import Places

M = TypeVar("M", bound=BaseModel)

MAX_DETAILS = 100
"""A record with more errors is told of so many: the others come to light once these are gone."""

Told = tuple[str, str, str]
"""Code, message and hint of a problem."""


def make_ready(models: Iterable[type[BaseModel]]) -> None:
    """Prepare the checks of some models now, so that processes that begin afterwards share them."""
    for model in models:
        model.model_rebuild()


def validate(model: type[M], raw: object, path: str, places: Places, place: Path = ()) -> M | list[Problem]:
    """Give the record that `raw` describes, or every problem that forbids it.

    `path` is the file's path from the root, `place` where `raw` stands in that file.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        details = error.errors(include_url=False)[:MAX_DETAILS]
        return [_problem(detail, model, path, places, place) for detail in details if not _follows(detail, details)]


def salvage(model: type[BaseModel], raw: Mapping[str, object]) -> Any:
    """Give what is right in a faulty record: an object with the model's fields, those in error left empty.

    Its references, links and pictures can be checked, so that one fault does not hide the others. It is no record.
    """
    fields = dict(raw)
    try:
        model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            fields.pop(str(detail["loc"][0]) if detail["loc"] else "", None)
    return _lenient(model).model_validate(fields)


@cache
def _lenient(model: type[BaseModel]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        kind: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        fields[name] = (kind | None, None) if field.is_required() else (kind, field.default)
    return create_model(f"Faulty{model.__name__}", **fields)


def _follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """Tell whether a list is said to be short only because its elements are wrong themselves."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in details
    )


def _problem(detail: ErrorDetails, model: type[BaseModel], path: str, places: Places, place: Path) -> Problem:
    loc = detail["loc"]
    find = places.name if detail["type"] == "extra_forbidden" else places.value
    code, message, hint = _tell(detail, model)
    return Problem(path, *find((*place, *loc)), "error", code, message, hint)


def _tell(detail: ErrorDetails, model: type[BaseModel]) -> Told:
    loc, kind, value, context = detail["loc"], detail["type"], detail["input"], detail.get("ctx", {})
    field, owner = _field(model, loc)
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    about = field.description or "" if field else ""
    if kind == "missing":
        hint = f"Ajoutez « {name}: … »."
        # A record in a file of its own takes its id from the file's name.
        return "missing-field", f"Il manque le champ {_label(name, field)}.", about if about and name != "id" else hint
    if kind == "extra_forbidden":
        return "unknown-field", f"Le champ « {visible(name)} » n'existe pas ici.", _known_fields(name, owner)
    subject = _subject(model, loc, name, field)
    shown = _shown(value)
    if kind == "enum":
        accepted = re.findall("'([^']*)'", str(context.get("expected", "")))
        hint = (isinstance(value, str) and nearest(value, accepted)) or f"Valeurs possibles : {', '.join(accepted)}."
        return "wrong-value", f"{subject} ne peut pas valoir {shown}.", hint
    if value is None:
        return "empty-field", f"{subject} est vide.", about
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        return (
            "wrong-type",
            f"{subject} attend {expected}, pas {shown}.",
            _type_hint(kind, value, name, field) or about or hint,
        )
    if kind in ("string_too_short", "too_short", "empty_field"):
        return "empty-field", f"{subject} est vide.", about
    if kind in ("string_too_long", "too_long"):
        limit = context.get("max_length") or context.get("limit")
        return "too-long", f"{subject} est trop long.", f"{limit} caractères au plus ; il y en a {len(str(value))}."
    if kind in _BOUNDS:
        wrong, limit = _BOUNDS[kind]
        bound = next((context[key] for key in ("ge", "gt", "le", "lt") if key in context), "")
        return "out-of-range", f"{subject} est {wrong} : {shown}.", f"{limit} {bound:g}."
    if kind == "string_pattern_mismatch":
        return "wrong-form", f"{subject} n'a pas la forme attendue : {shown}.", about
    if kind.replace("_", "").isalpha() and detail["msg"][:1].islower():
        # The project's own rules (fields.py) write the end of the sentence: « n'est pas une date … ».
        subject = f"{subject} : {shown}" if isinstance(value, str) else subject
        message, _, hint = detail["msg"].partition(" ; ")
        return kind.replace("_", "-"), f"{subject} {message}.", _date_hint(value) or _sentence(hint)
    return "wrong-value", f"{subject} ne peut pas valoir {shown}.", about


_EXPECTED = {
    "int_parsing": ("un nombre entier", ""),
    "int_type": ("un nombre entier", ""),
    "int_from_float": ("un nombre entier", ""),
    "int_parsing_size": ("un nombre entier", ""),
    "float_parsing": ("un nombre", ""),
    "float_type": ("un nombre", ""),
    "finite_number": ("un nombre", ""),
    "string_type": ("un texte", ""),
    "bool_type": ("oui ou non", ""),
    "bool_parsing": ("oui ou non", ""),
    "date_type": ("une date", "Par exemple 2026-05-29."),
    "datetime_type": ("une date avec une heure", "Par exemple 2026-05-29 19:00."),
    "tuple_type": ("une liste", ""),
    "model_type": ("un groupe de champs", ""),
}
_BOUNDS = {
    "greater_than_equal": ("trop petit", "Au moins"),
    "greater_than": ("trop petit", "Plus de"),
    "less_than_equal": ("trop grand", "Au plus"),
    "less_than": ("trop grand", "Moins de"),
}


def _label(name: str, field: FieldInfo | None) -> str:
    return f"« {name} »" + (f" ({field.title})" if field and field.title else "")


def _subject(model: type[BaseModel], loc: tuple[int | str, ...], name: str, field: FieldInfo | None) -> str:
    """Name what a sentence is about: the record, a field, or an element of a list."""
    if not loc:
        return "La fiche" if issubclass(model, Record) else "Le fichier"
    if isinstance(loc[-1], int):
        return f"L'élément {loc[-1] + 1} de {_label(name, field)}" if name else f"L'élément {loc[-1] + 1}"
    return f"Le champ {_label(name, field)}"


def _known_fields(name: str, owner: type[BaseModel] | None) -> str:
    fields = owner.model_fields if owner else {}
    by_title = {field.title: known for known, field in fields.items() if field.title}
    return nearest(name, fields, by_title) or f"Champs possibles : {', '.join(fields)}."


def _type_hint(kind: str, value: object, name: str, field: FieldInfo | None) -> str:
    if kind == "tuple_type":
        return f"Écrivez « - » au début de chaque élément, sous « {name}: »."
    if kind == "model_type" and not name:
        return (
            "Une fiche seule n'a pas de tiret."
            if isinstance(value, list)
            else "Écrivez un champ par ligne : « title: … »."
        )
    if kind == "model_type":
        model = _model_in(field.annotation) if field else None
        return f"Champs possibles : {', '.join(model.model_fields)}." if model else ""
    if kind == "string_type":
        return QUOTES_HINT if isinstance(value, dict | list) else ""
    if isinstance(value, str):
        plain = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
        if plain != value and re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", plain):
            return f"Écrivez {plain.split('.')[0] if kind.startswith('int') else plain}."
    return ""


def _date_hint(value: object) -> str:
    found = re.match(r"([0-3]?[0-9])[/.-]([01]?[0-9])[/.-]([0-9]{4})\b", value) if isinstance(value, str) else None
    return f"Écrivez {found[3]}-{int(found[2]):02}-{int(found[1]):02}." if found else ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "un groupe de champs"
    if isinstance(value, list | tuple):
        return "une liste"
    if value is None:
        return "rien"
    text = visible(str(value))
    return f"« {text[:57]}… »" if len(text) > 60 else f"« {text} »"


def _field(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[FieldInfo | None, type[BaseModel] | None]:
    """Give the deepest field that `loc` passes through, and the model that owns the last name."""
    field: FieldInfo | None = None
    owner: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int):
            continue
        if field is not None:
            owner = _model_in(field.annotation)
        field = owner.model_fields.get(part) if owner else None
    return field, owner


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Give the model inside `Model | None`, `tuple[Model, ...]` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Union, types.UnionType, tuple, list, dict, Annotated):
        return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
    return None
