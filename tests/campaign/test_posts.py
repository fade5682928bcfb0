import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.posts import NETWORKS, with_address

PAGE = "https://solidaire.aubrenay.example/presse/fete-des-voisins-2026/"


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        # X, « Counting characters »: Latin letters and usual marks count one, the rest two, any address 23.
        ("x", "Été « à deux »", 14),
        ("x", "12\u202f000 €", 10),
        ("x", "e\u0301te\u0301", 3),
        ("x", "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f 1\ufe0f\u20e3 🇫🇷", 11),
        ("x", f"Lire {PAGE}.", 29),
        ("x", "漢字", 4),
        # Mastodon: what a reader sees as one sign, any address 23.
        ("mastodon", "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇫🇷 e\u0301", 7),
        ("mastodon", f"Lire {PAGE}, puis venir.", 41),
        # Bluesky: the same signs, addresses as its editor shows them: « solidaire.aubrenay.example/presse/fete-… ».
        ("bluesky", "👩\u200d👩\u200d👧\u200d👦 👍🏽", 3),
        ("bluesky", PAGE, len("solidaire.aubrenay.example/presse/fete-...")),
        ("bluesky", "https://ville.example/presse/", len("ville.example/presse")),
        # The others: each character, addresses whole.
        ("facebook", "👍🏽", 2),
        ("linkedin", PAGE, len(PAGE)),
    ],
)
def test_each_network_counts_in_its_own_way(network: str, text: str, length: int) -> None:
    assert NETWORKS[network].length(text) == length


def test_the_address_ends_a_post_unless_it_is_in_it() -> None:
    assert with_address("Venez !", PAGE) == f"Venez !\n\n{PAGE}"
    assert with_address(f"Voyez {PAGE}", PAGE) == f"Voyez {PAGE}"


@pytest.mark.parametrize("network", ["mastodon", "x"])
@given(text=st.text(st.characters(max_codepoint=0x2FF) | st.sampled_from("’…–«»†‰\u202f\n")))
def test_ordinary_signs_count_the_same_beside_one_that_joins(network: str, text: str) -> None:
    assert NETWORKS[network].length(f"{text} e\u0301") == NETWORKS[network].length(text) + 2
