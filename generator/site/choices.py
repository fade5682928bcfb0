"""What a form's questions can be answered with, when the answers are records of the campaign."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from generator.campaign.models.fields import PARIS
from generator.campaign.models.forms import Choice, Form, Source
from generator.collector.forms import KIND_OF, choices, with_choices

from .shelf import Item, Shelf

Choices = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""By source, the ids and labels to choose from: plain data, for a planned page to hold."""


def choices_of(
    form: Form, shelf: Shelf, now: datetime, last: Choices = (), kinds: Collection[str] = tuple(KIND_OF.values())
) -> Choices:
    """Give the records that a form's questions offer, those of other kinds than `kinds` as they `last` were."""
    known = dict(last)
    sources = dict.fromkeys(question.source for question in form.questions if question.source)
    found = {
        source.value: _offered(source, shelf, now) if KIND_OF[source] in kinds else known.get(source.value)
        for source in sources
    }
    return tuple((source, pairs) for source, pairs in found.items() if pairs is not None)


def _offered(source: Source, shelf: Shelf, now: datetime) -> tuple[tuple[str, str], ...] | None:
    """Give the choices of a kind, None where there is no record of it."""
    records = [_raw(item) for item in shelf.kinds[KIND_OF[source]]]
    return tuple((choice.id, choice.label) for choice in choices(source, records, now)) if records else None


def complete(form: Form, given: Choices) -> Form:
    """Give a form with the choices that its page was planned with."""
    lists = {source: tuple(Choice(id=each, label=label) for each, label in pairs) for source, pairs in given}
    return with_choices(form, {source: lists[source.value] for source in KIND_OF if source.value in lists})


def _raw(item: Item) -> dict[str, Any]:
    end = datetime.fromtimestamp(item.sketch.end, PARIS)
    cancelled = bool(item.sketch.weight)
    return {
        "id": item.outline.id,
        "title": item.outline.title,
        "start": item.sketch.iso,
        "end": end,
        "cancelled": cancelled,
    }
