"""Raw mappings to typed records, with pydantic's refusals told as French problems."""

import types
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.problems import Problem, nearest

from .sources import Path

M = TypeVar("M", bound=BaseModel)

Locate = Callable[[Path], tuple[int, int]]
"""Gives the line and column of a place in the file at hand."""


def validate(model: type[M], raw: object, path: str, locate: Locate, place: Path = ()) -> M | list[Problem]:
    """Give the record that `raw` describes, or every problem that forbids it.

    `path` is the file's path from the root, `place` where `raw` stands in that file.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        return [_problem(detail, model, path, locate, place) for detail in error.errors(include_url=False)]


def _problem(detail: ErrorDetails, model: type[BaseModel], path: str, locate: Locate, place: Path) -> Problem:
    loc = detail["loc"]
    field, owner = _field(model, loc)
    line, column = locate((*place, *loc))
    name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    label = f"« {name} »" + (f" ({field.title})" if field and field.title else "")
    code, message, hint = _sentence(detail, label, name, field, owner)
    return Problem(path, line, column, "error", code, message, hint)


def _sentence(
    detail: ErrorDetails, label: str, name: str, field: FieldInfo | None, owner: type[BaseModel] | None
) -> tuple[str, str, str]:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    shown = _shown(value)
    about = field.description or "" if field else ""
    match kind:
        case "missing":
            return "missing-field", f"Il manque le champ {label}.", about or f"Ajoutez une ligne « {name}: … »."
        case "extra_forbidden":
            known = list(owner.model_fields) if owner else []
            hint = nearest(name, known) or "Champs possibles : " + ", ".join(known) + "."
            return "unknown-field", f"Le champ « {name} » n'existe pas ici.", hint
        case "enum":
            accepted = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            hint = nearest(str(value), accepted.split(", ")) or f"Valeurs possibles : {accepted}."
            return "wrong-value", f"Le champ {label} ne peut pas valoir {shown}.", hint
        case "int_parsing" | "int_type" | "int_from_float":
            return "wrong-type", f"Le champ {label} attend un nombre entier, pas {shown}.", about
        case "float_parsing" | "float_type" | "finite_number":
            return "wrong-type", f"Le champ {label} attend un nombre, pas {shown}.", about
        case "string_type":
            return "wrong-type", f"Le champ {label} attend un texte, pas {shown}.", about
        case "tuple_type" | "list_type" | "set_type":
            hint = f"Écrivez « - » au début de chaque élément, sous « {name}: »."
            return "wrong-type", f"Le champ {label} attend une liste, pas {shown}.", hint
        case "model_type" | "dict_type" | "model_attributes_type":
            return "wrong-type", f"Des champs sont attendus {'sous ' + label if name else 'ici'}, pas {shown}.", about
        case "string_too_short" | "too_short":
            return "empty-field", f"Le champ {label} est vide.", about
        case "string_too_long":
            hint = f"{context['max_length']} caractères au plus ; il y en a {len(str(value))}."
            return "too-long", f"Le champ {label} est trop long.", hint
        case "greater_than_equal" | "greater_than":
            return "out-of-range", f"Le champ {label} est trop petit : {shown}.", f"Au moins {_bound(context)}."
        case "less_than_equal" | "less_than":
            return "out-of-range", f"Le champ {label} est trop grand : {shown}.", f"Au plus {_bound(context)}."
        case "string_pattern_mismatch":
            return "wrong-form", f"Le champ {label} n'a pas la forme attendue : {shown}.", about
        case _ if "error" not in context and kind.replace("_", "").isalpha() and detail["msg"][:1].islower():
            # The project's own rules (fields.py) write the end of the sentence: « n'est pas une date … ».
            return kind.replace("_", "-"), f"Champ {label} : {shown} {_period(detail['msg'])}", ""
        case _:
            return "wrong-value", f"Le champ {label} ne peut pas valoir {shown}.", about


def _period(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else sentence + "."


def _bound(context: dict[str, Any]) -> Any:
    return next((context[key] for key in ("ge", "gt", "le", "lt") if key in context), "")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "un groupe de champs"
    if isinstance(value, list | tuple):
        return "une liste"
    if value is None:
        return "rien"
    text = str(value)
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
