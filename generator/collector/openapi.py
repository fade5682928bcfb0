"""The OpenAPI description of the collector, made from the forms themselves."""

from collections.abc import Iterable
from typing import Any

from generator.campaign.models.forms import Form, Question, QuestionType
from generator.config import SiteConfig

from .validation import longest

_ERROR = {"$ref": "#/components/schemas/Refusal"}
_TEXT = {"type": "string"}


def describe(forms: Iterable[Form], config: SiteConfig) -> dict[str, Any]:
    """Give the description, version 3.1, of every address for these forms."""
    paths: dict[str, Any] = {
        "/health": {"get": _reading("health", "Dit que le collecteur répond.")},
        "/openapi.json": {"get": _reading("openapi", "Cette description.")},
        "/challenge": {
            "get": {
                **_reading("challenge", "Une preuve de travail ALTCHA, liée à un nouveau jeton du formulaire.", 404),
                "parameters": [{"name": "form", "in": "query", "required": True, "schema": _TEXT}],
            }
        },
    }
    for form in forms:
        paths[f"/forms/{form.id}"] = {"get": _form(form), "post": _submit(form)}
        paths[f"/forms/{form.id}/thanks"] = {"get": _page(f"{form.id}-thanks", "La page de remerciement.")}
        paths[f"/forms/{form.id}/confirm"] = _confirm(form)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Collecteur de {config.title}", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": {
                "Refusal": {
                    "type": "object",
                    "required": ["error", "message"],
                    "properties": {
                        "error": _TEXT,
                        "message": _TEXT,
                        "errors": {"type": "object", "additionalProperties": _TEXT},
                    },
                },
                "Kept": {
                    "type": "object",
                    "required": ["status", "message"],
                    "properties": {"status": {"enum": ["kept", "to-confirm", "confirmed"]}, "message": _TEXT},
                },
            }
        },
    }


def _reading(name: str, summary: str, *refused: int) -> dict[str, Any]:
    return {"operationId": name, "summary": summary, "responses": {"200": _json({}), **_refusals(*refused)}}


def _page(name: str, summary: str) -> dict[str, Any]:
    return {"operationId": name, "summary": summary, "responses": {"200": _html("La page.")}}


def _form(form: Form) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}, "text/html": {"schema": _TEXT}}
    return {
        "operationId": f"{form.id}-token",
        "summary": f"Le jeton, les limites et la preuve de travail du formulaire « {form.title} », ou sa page.",
        "responses": {"200": {"description": "Le jeton, ou la page.", "content": content}},
    }


def _submit(form: Form) -> dict[str, Any]:
    content = {kind: {"schema": schema(form)} for kind in ("application/json", "application/x-www-form-urlencoded")}
    content["multipart/form-data"] = {"schema": schema(form)}
    return {
        "operationId": form.id,
        "summary": form.title,
        "description": form.summary,
        "requestBody": {"required": True, "content": content},
        "responses": {
            "200": _both("L'envoi est gardé ; sans jeton ni script, la page qui le fait relire.", "Kept"),
            "303": {
                "description": "L'envoi est gardé : la page de remerciement.",
                "headers": {"Location": {"schema": _TEXT}},
            },
            **_refusals(400, 403, 404, 409, 413, 415, 422, 429, 503),
        },
    }


def _confirm(form: Form) -> dict[str, Any]:
    mark = {"name": "t", "in": "query", "required": True, "schema": _TEXT}
    body = {"type": "object", "required": ["t"], "properties": {"t": _TEXT}}
    return {
        "get": {
            "operationId": f"{form.id}-confirm-page",
            "summary": "La page du lien de confirmation.",
            "parameters": [mark],
            "responses": {"200": _html("La page."), **_refusals(403)},
        },
        "post": {
            "operationId": f"{form.id}-confirm",
            "summary": "Confirme un envoi.",
            "requestBody": {
                "required": True,
                "content": {
                    kind: {"schema": body} for kind in ("application/x-www-form-urlencoded", "application/json")
                },
            },
            "responses": {"200": _both("C'est confirmé.", "Kept"), **_refusals(400, 403, 404, 413, 415, 503)},
        },
    }


def schema(form: Form) -> dict[str, Any]:
    """Give the JSON Schema of what a form takes."""
    properties: dict[str, Any] = {question.id: _question(question) for question in form.questions}
    properties["token"] = {"type": "string", "description": "Le jeton du formulaire."}
    properties["altcha"] = {"type": "string", "description": "La preuve de travail ALTCHA, en base 64."}
    required = [question.id for question in form.questions if question.required]
    return {"type": "object", "properties": properties, "required": required}


def _question(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"title": question.label}
    ids = [choice.id for choice in question.choices if choice.stops is None]
    match question.type:
        case QuestionType.EMAIL:
            found |= {"type": "string", "format": "email", "maxLength": longest(question)}
        case QuestionType.DATE:
            found |= {"type": "string", "format": "date"}
        case QuestionType.NUMBER:
            found |= {"type": "integer"}
            found |= {"minimum": question.min} if question.min is not None else {}
            found |= {"maximum": question.max} if question.max is not None else {}
        case QuestionType.CHOICE:
            found |= {"type": "string", "enum": ids}
        case QuestionType.CHOICES:
            found |= {"type": "array", "items": {"type": "string", "enum": ids}, "uniqueItems": True}
        case QuestionType.CONSENT:
            found |= {"type": "string", "enum": ["oui"]} if question.required else {"type": "string"}
        case QuestionType.PHONE:
            found |= {"type": "string", "maxLength": 25}
        case _:
            found |= {"type": "string", "maxLength": longest(question)}
    return found


def _refusals(*statuses: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": "Refusé ; la phrase dit pourquoi et que faire.",
            "content": {"application/json": {"schema": _ERROR}, "text/html": {"schema": _TEXT}},
            **({"headers": {"Retry-After": {"schema": {"type": "integer"}}}} if status in {429, 503} else {}),
        }
        for status in statuses
    }


def _json(value: dict[str, Any]) -> dict[str, Any]:
    return {"description": "Trouvé.", "content": {"application/json": {"schema": value}}}


def _html(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"text/html": {"schema": _TEXT}}}


def _both(description: str, name: str) -> dict[str, Any]:
    kept = {"schema": {"$ref": f"#/components/schemas/{name}"}}
    return {"description": description, "content": {"application/json": kept, "text/html": {"schema": _TEXT}}}
