"""A campaign as a folder of Markdown pages, for generators that know nothing else: MkDocs, Zensical, Pelican.

They get the work done for them, and none of it is counted in their time: links between records are followed both
ways, facts and cards are HTML already, lists are cut into pages of 50.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from generator.campaign.models import KINDS, Kind

TEXTS = ("body", "story", "description", "protocol", "citation", "thanks")
LISTED = 50
CARDS = 12
FACTS = {
    "address": "Adresse", "actor": "Porteur", "status": "État", "type": "Nature", "homes": "Logements",
    "start": "Début", "end": "Fin", "place": "Lieu", "serial": "Numéro", "since": "Depuis le",
    "verified": "Vérifiée le", "updated": "Mis à jour le",
}  # fmt: skip
REFERENCES: dict[str, dict[str, str]] = {
    "initiative": {
        "neighbourhood": "neighbourhood", "organisation": "organisation", "schemes": "scheme", "kits": "kit",
    },
    "organisation": {"neighbourhoods": "neighbourhood"},
    "scheme": {"kits": "kit"},
    "building": {"neighbourhood": "neighbourhood", "landlord": "organisation"},
    "portrait": {"neighbourhood": "neighbourhood", "building": "building", "initiatives": "initiative"},
    "award": {"neighbourhood": "neighbourhood", "portrait": "portrait", "building": "building"},
    "event": {
        "neighbourhood": "neighbourhood", "kits": "kit", "schemes": "scheme", "organisations": "organisation",
    },
    "pilot_site": {"neighbourhood": "neighbourhood", "buildings": "building"},
    "kit": {"schemes": "scheme"},
    "press_release": {
        "neighbourhoods": "neighbourhood", "kits": "kit", "initiatives": "initiative", "portraits": "portrait",
        "events": "event",
    },
    "lesson": {"initiatives": "initiative", "events": "event", "kits": "kit", "buildings": "building"},
}  # fmt: skip
"""Which fields of which records name others: those that every contender's pages show as cards."""

_APART = ("step", "kit_version")

Records = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """A page: URL, file, title, summary, Markdown, and the HTML that follows: facts and cards of linked records."""

    url: str
    file: str
    title: str
    summary: str
    body: str
    html: str


@cache
def read_records(root: Path) -> Records:
    """Give the fields of every record and document that has a page, by kind and id; a document's `body` included."""
    records: Records = {}
    # Steps have a file of their own; versions of a kit are files beside it, which no generated campaign has.
    for kind in (kind for kind in KINDS.values() if kind.section is not None and kind.name not in _APART):
        folder = root / ("content" if kind.is_document else "data") / kind.source
        files = sorted(folder.glob("*.md" if kind.is_document else "*.yml"))
        records[kind.name] = {file.stem: _fields(file.read_text("utf-8"), kind) for file in files}
    steps = _load((root / "data/method.yml").read_text("utf-8"))["steps"]
    return records | {"step": {step["id"]: step for step in steps}}


def write_json(root: Path, folder: Path) -> None:
    """Write a campaign's data as JSON: each folder of `data/` as one file, other files and the settings likewise."""
    for path in [*sorted((root / "data").iterdir()), root / "site_config.yml"]:
        if path.is_dir():
            found: Any = {file.stem: _load(file.read_text("utf-8")) for file in sorted(path.glob("*.yml"))}
        else:
            found = _load(path.read_text("utf-8"))
        (folder / f"{path.stem}.json").write_text(json.dumps(found), "utf-8")


def markdown_pages(root: Path) -> Iterator[MarkdownPage]:
    """Give a campaign's pages, lists and home."""
    records = read_records(root)
    links = linked(records)
    cards = {
        (name, id_): _card(KINDS[name], id_, fields)
        for name, entries in records.items()
        for id_, fields in entries.items()
    }
    for name, entries in records.items():
        kind = KINDS[name]
        for id_, fields in entries.items():
            groups = links.get((name, id_), {})
            html = _facts(fields)
            for other, ids in groups.items():
                html += f"<h2>{KINDS[other].plural.capitalize()}</h2>\n"
                html += _list([cards[other, target] for target in ids[:CARDS]])
            body = next((fields[text] for text in TEXTS if text in fields), "")
            file = f"{kind.url(id_).strip('/')}.md"
            yield MarkdownPage(kind.url(id_), file, fields["title"], fields.get("summary", ""), body, html)
        if kind.section:
            yield from _lists(kind, [cards[name, id_] for id_ in entries])
    home = "".join(_list([cards[name, id_] for id_ in list(records[name])[:6]]) for name in ("kit", "initiative"))
    yield MarkdownPage("/", "index.md", "Aubrenay solidaire", "", "", home)


def _load(text: str) -> Any:
    return yaml.load(text, yaml.CBaseLoader)


def _fields(text: str, kind: Kind) -> dict[str, Any]:
    if not kind.is_document:
        fields: dict[str, Any] = _load(text)
        return fields
    _, front, body = text.split("---\n", 2)
    return {**_load(front), "body": body.strip()}


def linked(records: Records) -> dict[tuple[str, str], dict[str, list[str]]]:
    """Give who is linked with whom, both ways: by kind and id, the ids of each kind."""
    links: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, fields in REFERENCES.items():
        for id_, record in records[kind].items():
            for field, other in fields.items():
                value = record.get(field, [])
                for target in [value] if isinstance(value, str) else value:
                    links[kind, id_][other].append(target)
                    links[other, target][kind].append(id_)
    return links


def _card(kind: Kind, id_: str, fields: dict[str, Any]) -> str:
    return (
        f'<li class="card"><p class="kicker">{kind.singular.capitalize()}</p>'
        f'<h3><a href="{kind.url(id_)}">{escape(fields["title"])}</a></h3>'
        f"<p>{escape(fields.get('summary', ''))}</p></li>"
    )


def _list(cards: list[str]) -> str:
    return '<ul class="cards">\n' + "\n".join(cards) + "\n</ul>\n"


def _facts(fields: dict[str, Any]) -> str:
    facts = [f"<dt>{label}</dt><dd>{escape(fields[field])}</dd>" for field, label in FACTS.items() if field in fields]
    contact = fields.get("contact")
    if contact:
        mail = f'<a href="mailto:{contact["email"]}">{contact["email"]}</a>'
        facts.append(f"<dt>{escape(contact['role'])}</dt><dd>{mail}</dd><dd>{contact['phone']}</dd>")
    return "<dl>\n" + "\n".join(facts) + "\n</dl>\n"


def _lists(kind: Kind, cards: list[str]) -> Iterator[MarkdownPage]:
    total = -(-len(cards) // LISTED)
    urls = [f"/{kind.section}/" if number == 0 else f"/{kind.section}/page/{number + 1}/" for number in range(total)]
    pager = " ".join(f'<a href="{url}">{number + 1}</a>' for number, url in enumerate(urls))
    for number, url in enumerate(urls):
        shown = _list(cards[number * LISTED : (number + 1) * LISTED])
        file = url.strip("/") + (".md" if number else "/index.md")
        yield MarkdownPage(url, file, kind.plural.capitalize(), "", "", f"{shown}<p>{pager}</p>\n")
