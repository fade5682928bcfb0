"""Planned pages packed: nothing is lost, and equal pages are equal bytes."""

import pickle
from datetime import datetime
from pathlib import Path

from generator.build.gathering import gather
from generator.build.packing import Packer, unpacked_page
from generator.campaign.models.fields import PARIS

NOW = datetime(2026, 11, 23, 12, tzinfo=PARIS)


def test_pages_come_back_as_they_were(campaign: Path) -> None:
    packer = Packer()
    for page in gather(campaign, NOW, None).pages:
        # Their fields hold named tuples, which equal plain ones but don't read alike.
        assert repr(unpacked_page(packer.page(page), packer.fresh.__getitem__)) == repr(page)


def test_equal_pages_are_equal_bytes_whatever_they_share(campaign: Path) -> None:
    pages = gather(campaign, NOW, None).pages
    # All in one piece, equal parts of pages become one; each by itself, they are many.
    together = pickle.loads(pickle.dumps(pages))
    alone = [pickle.loads(pickle.dumps(page)) for page in pages]
    assert [Packer().page(page) for page in together] == [Packer().page(page) for page in alone]
