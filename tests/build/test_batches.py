"""Files taken in together give what each gives alone, and what is kept of them comes back from the index."""

import pickle
import time
from datetime import datetime
from pathlib import Path

import pytest

from generator.build.batches import Batch, packed_index, take_in_batch, unpacked
from generator.build.intake import Intake, Span, take_in, take_in_each
from generator.campaign.charter import read_charter
from generator.campaign.files import find_sources
from generator.campaign.models.fields import PARIS
from generator.campaign.rules import Standards
from tests.campaign.test_campaigns import CASES, lay

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)


def opened(intake: Intake) -> Intake:
    """Give an intake with its records unpacked: equal ones may be packed with other references inside."""
    records = [
        (outline, sketch, pickle.loads(packed) if packed and isinstance(packed, bytes) else packed)
        for outline, sketch, packed in intake.records
    ]
    return intake._replace(records=records)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_files_read_together_give_what_each_gives_alone(case: Path, tmp_path: Path) -> None:
    root = lay(case, tmp_path / "campaign")
    standards = Standards(charter=read_charter(root)[0])
    sources = [source for source in find_sources(root)[0] if not source.is_sealed]
    together = take_in_each(root, sources, standards, NOW)
    alone = [take_in(root, source, standards, NOW) for source in sources]
    assert [opened(intake) for intake in together] == [opened(intake) for intake in alone]


@pytest.fixture
def batch(small_campaign: Path) -> Batch:
    time.sleep(0.03)  # Of files just written, nothing is kept.
    return take_in_batch(small_campaign, Standards(), NOW, find_sources(small_campaign)[0])


def test_what_is_kept_comes_back_with_its_records_where_they_lie(batch: Batch) -> None:
    kept = unpacked(batch.kept, 0)
    assert any(each.intake.records for each in kept.values())
    assert unpacked(packed_index(kept), 0) == kept
    for path, moved in unpacked(batch.kept, 1_000).items():
        first = kept[path].intake
        spans = [(at, other) for (_, _, at), (_, _, other) in zip(first.records, moved.intake.records, strict=True)]
        for at, other in spans:
            assert isinstance(at, Span)
            assert other == at._replace(start=at.start + 1_000)
        assert [record[:2] for record in moved.intake.records] == [record[:2] for record in first.records]


def test_records_that_name_one_thing_in_one_place_share_the_reference(batch: Batch) -> None:
    outlines = [outline for each in unpacked(batch.kept, 0).values() for outline, _, _ in each.intake.records]
    named = [named for outline in outlines for named in outline.names if len(named.place) == 1]
    assert len({id(each) for each in named}) == len(set(named)) < len(named)
