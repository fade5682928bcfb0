"""JSON Schemas (draft 2020-12) of all that staff write, for code editors: French titles, descriptions, accepted values.

An editor reads YAML by YAML's own guesses (`36999` is a number, `on` a boolean), where this project reads text only:
the schemas accept what the site accepts, so that no editor underlines what is right.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from generator.config import SiteConfig

from .files import LABELS
from .models import KINDS, Kind
from .models.charter import Charter

Schema = dict[str, Any]


def write_schemas(output: Path) -> list[str]:
    """Write `<kind>.schema.json` for each kind, the charter and the settings; give the names of the files."""
    output.mkdir(parents=True, exist_ok=True)
    schemas = {kind.name: record_schema(kind) for kind in KINDS.values()}
    schemas["labels"] = _schema(Charter, "Charte du label", f"Le fichier {LABELS}.")
    schemas["site_config"] = _schema(SiteConfig, "Réglages", "Le fichier site_config.yml.")
    for name, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        (output / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return [f"{name}.schema.json" for name in schemas]


def record_schema(kind: Kind) -> Schema:
    """Give the schema of one record of a kind, or of the head of a document."""
    if kind.is_document:
        where = f"L'en-tête d'un document de content/{kind.source}/."
    else:
        where = f"Une fiche de data/{kind.source}/, ou un élément de data/{kind.source}.yml."
    schema = _schema(kind.model, kind.singular[0].upper() + kind.singular[1:], where)
    # A file's name gives the id; a document's body stands below the head.
    schema["required"].remove("id")
    schema["properties"].pop("body", None)
    return schema


def _schema(model: type[BaseModel], title: str, description: str) -> Schema:
    made = model.model_json_schema()
    definitions = {name: _for_editors(part) for name, part in made.pop("$defs", {}).items()}
    schema = {
        "$schema": GenerateJsonSchema.schema_dialect,
        **_for_editors(made),
        "title": title,
        "description": description,
    }
    return schema | {"$defs": definitions} if definitions else schema


def _for_editors(model: Schema) -> Schema:
    """Give a model's or a list of words' schema without what its class says to developers: name and docstring."""
    own = {key: value for key, value in model.items() if key not in ("title", "description")}
    if "properties" in own:
        own["properties"] = {name: _field(field) for name, field in own["properties"].items()}
    return own


def _field(field: Schema) -> Schema:
    """Give a field's schema as YAML's guesses want it; a field without value counts as absent."""
    if "$ref" in field:
        # Pydantic leaves out a title that is also the class's name.
        return {"title": field["$ref"].rpartition("/")[2], **field}
    options = field.get("anyOf", [])
    is_optional = {"type": "null"} in options
    kinds = [_yaml(option) for option in options if option != {"type": "null"}]
    field = {key: value for key, value in field.items() if key != "anyOf" and (key != "default" or value)}
    if not kinds:
        return _yaml(field)
    if is_optional and "$ref" in kinds[0]:
        return field | {"anyOf": [*kinds, {"type": "null"}]}
    return field | kinds[0] | {"type": [*_types(kinds[0]), "null"]}


def _yaml(field: Schema) -> Schema:
    if field.get("type") == "boolean":
        words = {key: value for key, value in field.items() if key not in ("type", "default")}
        return words | {"type": ["boolean", "string"], "enum": [True, False, "oui", "non"]}
    if field.get("type") == "string" and "format" not in field:
        return field | {"type": ["string", "number"]}
    if "items" in field:
        return field | {"items": _yaml(field["items"])}
    return field


def _types(field: Schema) -> list[str]:
    kinds = field["type"]
    return kinds if isinstance(kinds, list) else [kinds]
