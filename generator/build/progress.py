"""How far a build has come, for a person who waits: a bar on the terminal, nothing elsewhere."""

import sys
from collections.abc import Callable

Tell = Callable[[int, int], None]
"""Takes how much is done, and how much there is to do."""

_WIDTH = 30


def bar(doing: str) -> Tell:
    """Give what draws a bar on standard error and wipes it out at the end; silence when no terminal shows it."""

    def draw(done: int, total: int) -> None:
        filled = _WIDTH * done // max(total, 1)
        text = "" if done >= total else f"{doing} {'█' * filled}{'░' * (_WIDTH - filled)} {100 * done // total} %"
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    return draw if sys.stderr.isatty() else silent


def silent(done: int, total: int) -> None:
    """Tell nothing."""
