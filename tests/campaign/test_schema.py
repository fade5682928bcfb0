"""What code editors are told: the schemas accept what the site accepts, in French."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.campaign.files import METHOD, SETTINGS, find_sources
from generator.campaign.models import KINDS
from generator.campaign.schema import record_schema, write_schemas

EXAMPLE = Path(__file__).parents[2]


class EditorsYaml(yaml.SafeLoader):
    """YAML as editors read it: with its guesses, but for dates, which they leave as text."""


EditorsYaml.yaml_implicit_resolvers = {
    first: [(tag, words) for tag, words in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("schemas")
    names = write_schemas(folder)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    return {name.removesuffix(".schema.json"): json.loads((folder / name).read_bytes()) for name in names}


def records(root: Path) -> Iterator[tuple[str, Any]]:
    """Give every record of a campaign, as an editor reads it, with its kind."""
    for source in find_sources(root)[0]:
        text = (root / source.path).read_text(encoding="utf-8")
        if KINDS[source.kind].is_document:
            text, _ = YAMLHandler().split(text)
        value = yaml.load(text, EditorsYaml)
        if source.path == METHOD:
            yield from (("step", each) for each in value["steps"])
            yield from (("factor", each) for each in value["factors"])
        elif source.is_list:
            yield from ((source.kind, each) for each in value)
        else:
            yield source.kind, value


def test_there_is_one_schema_a_kind_one_for_the_charter_and_one_for_the_settings(schemas: dict[str, Any]) -> None:
    assert schemas.keys() == KINDS.keys() | {"labels", "site_config"}
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert "$id" not in schema


def test_titles_and_descriptions_are_for_staff(schemas: dict[str, Any]) -> None:
    assert schemas["neighbourhood"]["title"] == "Quartier"
    assert schemas["event"]["title"] == "Rendez-vous"
    for kind in KINDS.values():
        schema = schemas[kind.name]
        assert kind.model.__doc__
        assert kind.model.__doc__.split("\n")[0] not in json.dumps(schema, ensure_ascii=False)
        assert all("title" in field for field in schema["properties"].values()), kind.name
        for definition in schema.get("$defs", {}).values():
            assert "description" not in definition
            assert all("title" in field for field in definition.get("properties", {}).values())


@pytest.mark.parametrize("root", [EXAMPLE, EXAMPLE / "tests" / "campaigns" / "base"], ids=["example", "base"])
def test_every_record_that_the_site_takes_is_taken(root: Path, schemas: dict[str, Any]) -> None:
    validators = {name: jsonschema_rs.validator_for(schema) for name, schema in schemas.items()}
    for kind, record in records(root):
        validators[kind].validate(record)
    validators["site_config"].validate(yaml.load((root / SETTINGS).read_text(encoding="utf-8"), EditorsYaml))


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({}, True),
        ({"network": "oui"}, True),
        ({"network": True}, True),
        ({"network": "peut-être"}, False),
        ({"title": 2026}, True),
        ({"url": None}, True),
        ({"scope": "mondial"}, False),
        ({"titre": "x"}, False),
        ({"title": ["x"]}, False),
        ({"contact": {"role": "x", "mail": "y"}}, False),
        ({"neighbourhoods": ["Le Centre"]}, False),
    ],
)
def test_faults_are_underlined(changes: dict[str, Any], valid: bool) -> None:
    record = {"title": "Asso", "summary": "x", "scope": "local", "type": "association", **changes}
    assert jsonschema_rs.is_valid(record_schema(KINDS["organisation"]), record) is valid


def test_the_head_of_a_document_has_no_body() -> None:
    assert "body" not in record_schema(KINDS["kit"])["properties"]
