from typing import Any

import pytest

from generator.campaign.models.documents import PressRelease
from generator.campaign.posts import NETWORKS
from generator.site.posts import posts

PAGE = "https://solidaire.aubrenay.example/presse/fete/"


def release(**fields: Any) -> PressRelease:
    return PressRelease.model_validate(
        {"id": "fete", "title": "La fête approche", "summary": "Le 29 mai.", "date": "2026-05-12 10:00", **fields}
    )


def test_networks_with_the_same_words_share_one_post() -> None:
    (post,) = posts(release(), PAGE)
    assert post.text == f"La fête approche\n\nLe 29 mai.\n\n{PAGE}"
    assert [share.network for share in post.shares] == [network.title for network in NETWORKS.values()]


def test_staff_words_stand_for_the_network_they_were_written_for() -> None:
    found = posts(release(social={"x": "Le 29 mai, tous dehors\u202f!\n\n#FêteDesVoisins"}), PAGE)
    texts = {share.network: post.text for post in found for share in post.shares}
    assert texts["X"] == f"Le 29 mai, tous dehors\u202f!\n\n#FêteDesVoisins\n\n{PAGE}"
    assert texts["Mastodon"].startswith("La fête approche\n\n")


@pytest.mark.parametrize("sign", ["a", "é", "€", "👍🏽", "\u202f! "])
def test_composed_posts_fit_every_network_however_long_the_release(sign: str) -> None:
    long = release(id="x" * 80, title=sign * (120 // len(sign)), summary=("mot " + sign) * (300 // (4 + len(sign))))
    for post in posts(long, f"https://{'x' * 40}/presse/{'x' * 80}/"):
        for share in post.shares:
            network = next(each for each in NETWORKS.values() if each.title == share.network)
            assert network.length(post.text) <= network.limit, (share.network, post.text)
            assert post.text.startswith(long.title)
            assert "…" in post.text or long.summary in post.text
