"""The counts of sign-ups, read from the one file that `ville signups tally` writes."""

from pathlib import Path

from generator.problems import Problem

from .files import NETWORK
from .models.network import Network
from .reading import read_one


def read_network(root: Path) -> tuple[Network | None, list[Problem]]:
    """Read `data/network.yml`: the counts, None while there are none, or what is wrong with them."""
    if not (root / NETWORK).exists():
        return None, []
    return read_one(root, NETWORK, Network)
