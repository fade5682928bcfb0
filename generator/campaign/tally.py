"""The counts of sign-ups, read from the one file that `ville signups tally` writes."""

from functools import partial
from pathlib import Path

from generator.problems import Problem

from . import sources
from .faults import Fault
from .files import NETWORK, read_bytes
from .models.network import Network
from .reading import locate_in
from .validation import validate


def read_network(root: Path) -> tuple[Network | None, list[Problem]]:
    """Read `data/network.yml`: the counts, None while there are none, or what is wrong with them."""
    if not (root / NETWORK).exists():
        return None, []
    try:
        raw = sources.parse(sources.decode(read_bytes(root, NETWORK)))
    except Fault as fault:
        return None, [Problem(NETWORK, fault.line, fault.column, "error", fault.code, fault.message, fault.hint)]
    result = validate(Network, raw or {}, NETWORK, partial(locate_in, root, NETWORK))
    return (None, result) if isinstance(result, list) else (result, [])
