"""The forms of a campaign, complete: questions whose choices are records get them.

Reads only what forms need, so that a function starts quickly: `data/forms/` and the records that a question names.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from generator.campaign.faults import Fault
from generator.campaign.models import KINDS
from generator.campaign.models.fields import PARIS, Due
from generator.campaign.models.forms import Choice, Form, Source
from generator.campaign.sources import Value, decode, parse
from generator.site.dates import moment

KIND_OF = {
    Source.NEIGHBOURHOOD: "neighbourhood",
    Source.EVENT: "event",
    Source.BUILDING: "building",
    Source.PILOT_SITE: "pilot_site",
}


class Unreadable(Exception):
    """A form can't be used; the message is a French sentence."""


def all_forms(root: Path) -> dict[str, Form]:
    """Give the campaign's forms by id, closed ones too, as they are written. Raises Unreadable for a faulty file."""
    forms = {}
    for raw in _records(root, "form"):
        try:
            form = Form.model_validate(raw)
        except ValidationError:
            raise Unreadable(f"Le formulaire « {raw.get('id')} » a une erreur : « ville check » la montre.") from None
        forms[form.id] = form
    return forms


def read_forms(root: Path, now: datetime) -> dict[str, Form]:
    """Give the campaign's open forms by id, with their choices.

    Events that are over at `now`, cancelled, taken back or not yet to be seen are no choices. Raises Unreadable for a
    faulty file.
    """
    forms = {name: form for name, form in all_forms(root).items() if not form.closed}
    wanted = {question.source for form in forms.values() for question in form.questions if question.source}
    lists = {source: choices(source, _records(root, KIND_OF[source]), now) for source in wanted}
    complete = (with_choices(form, lists) for form in forms.values())
    return {form.id: form for form in complete if not form.closed}


def choices(source: Source, records: Iterable[Mapping[str, Any]], now: datetime) -> tuple[Choice, ...]:
    """Give the choices that records make: raw ones, or a model's `model_dump()`."""
    if source is not Source.EVENT:
        return tuple(Choice(id=record["id"], label=record["title"]) for record in records)
    dated = sorted((_moment(record["start"]), record["id"], record) for record in records if _is_ahead(record, now))
    return tuple(Choice(id=name, label=f"{record['title']} ({moment(start)})") for start, name, record in dated)


def with_choices(form: Form, lists: Mapping[Source, tuple[Choice, ...]]) -> Form:
    """Give the form with every question's choices filled in.

    A question without any choice left is dropped; if an answer to it is required, the form is closed.
    """
    closed = form.closed
    sections = []
    for section in form.sections:
        questions = []
        for question in section.questions:
            own = lists.get(question.source, ()) if question.source else ()
            filled = question.model_copy(update={"choices": (*own, *question.choices)})
            if filled.choices or not filled.offers_choices:
                questions.append(filled)
            else:
                closed = closed or question.required
        if questions:
            sections.append(section.model_copy(update={"questions": tuple(questions)}))
    return form.model_copy(update={"sections": tuple(sections), "closed": closed})


def record_ids(root: Path, source: Source) -> list[str]:
    """Give the ids of the records that a source names, in the order in which they are written."""
    return [str(record["id"]) for record in _records(root, KIND_OF[source])]


def stamp(root: Path) -> tuple[tuple[str, int], ...]:
    """Give the names and times of the files that forms are made from: it changes when they do."""
    return tuple(
        (str(path), path.stat().st_mtime_ns) for kind in ("form", *KIND_OF.values()) for path in _paths(root, kind)
    )


def _is_ahead(record: Mapping[str, Any], now: datetime) -> bool:
    off = record.get("cancelled") not in {None, False, "non", "no", "false"} or record.get("withdrawn")
    start = record.get("publish_at")
    return not off and _moment(record["end"]) > now and (start is None or _DUE.validate_python(start) <= now)


_DUE: TypeAdapter[datetime] = TypeAdapter(Due, config=ConfigDict(defer_build=True))


def _moment(value: str | datetime) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=PARIS)


def _paths(root: Path, kind: str) -> list[Path]:
    place = root / "data" / KINDS[kind].source
    return [*sorted(place.glob("*.yml")), *(path for path in [place.with_suffix(".yml")] if path.is_file())]


def _records(root: Path, kind: str) -> Iterator[dict[str, Value]]:
    for path in _paths(root, kind):
        try:
            value = parse(decode(path.read_bytes()))
        except Fault as fault:
            raise Unreadable(f"{path.relative_to(root)}, ligne {fault.line} : {fault.message}") from None
        for raw in value if isinstance(value, list) else [value]:
            if isinstance(raw, dict):
                yield {"id": path.stem, **raw}
