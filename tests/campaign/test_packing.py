"""Records packed as plain data come back as they were, but for what their texts were made from."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from generator.campaign.files import find_sources
from generator.campaign.models import KINDS
from generator.campaign.models.documents import PressRelease
from generator.campaign.packing import pack, unpack
from generator.campaign.reading import Entry, read_source
from generator.campaign.records import TEXT_FIELDS

EXAMPLE = Path(__file__).parents[2]


def entries(root: Path) -> list[Entry]:
    return [entry for source in find_sources(root)[0] for entry in read_source(root, source).entries]


@pytest.fixture(scope="module")
def read(small_campaign: Path) -> list[Entry]:
    return entries(small_campaign) + entries(EXAMPLE)


def test_every_kind_of_record_comes_back_as_it_was(read: list[Entry]) -> None:
    assert {entry.kind for entry in read} == set(KINDS)
    for entry in read:
        back = pickle.loads(pickle.dumps(entry))
        whole = entry._replace(record=entry.record.model_copy(update=dict.fromkeys(entry.texts, "")))
        assert back == whole
        assert repr(back) == repr(whole)
        assert back.record.model_copy() == whole.record


def test_every_text_is_packed_as_html_alone(read: list[Entry]) -> None:
    texts = [entry for entry in read if entry.texts]
    assert {name for entry in texts for name in entry.texts} == {*TEXT_FIELDS, "body"}
    for entry in texts:
        back = pickle.loads(pickle.dumps(entry))
        assert back.texts == entry.texts
        assert not any(vars(back.record)[name] for name in entry.texts)


def test_what_is_packed_is_plain(read: list[Entry]) -> None:
    def check(value: Any) -> None:
        if type(value) is tuple:
            for each in value:
                check(each)
        else:
            assert type(value) in (str, int, float, bool, type(None)), value

    for entry in read:
        check(pack(entry.record))


@pytest.mark.parametrize(
    "written", ["2026-10-25 02:30", "2026-12-05 09:00+04:00", "2026-12-05 09:00Z", "2026-03-29 02:30"]
)
def test_moments_keep_their_zone_and_their_fold(written: str) -> None:
    release = PressRelease.model_validate({"id": "a", "title": "A", "summary": "B", "date": written})
    back = unpack(PressRelease, pack(release)).date
    assert (back.isoformat(), back.fold, back.utcoffset()) == (
        release.date.isoformat(), release.date.fold, release.date.utcoffset(),
    )  # fmt: skip
    assert back.tzinfo == release.date.tzinfo
