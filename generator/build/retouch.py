"""The short way of a build: pages that a change of words touches are drawn anew, from what the last build noted.

A whole build plans the site from all outlines. When nothing changed but the words of some records, and all that the
rest of the campaign knows them by is the same, it would plan the same again. What the ledger noted is then enough to
draw the pages concerned. Whatever doesn't fit is left to a whole build, before anything is published.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.documents.store import Store
from generator.site.assets import theme_folder

from .inputs import Inputs, inputs
from .memory import Memory
from .publish import Refused, staging

if TYPE_CHECKING:
    from generator.build import Report


class Unfit(Exception):
    """What changed takes a whole build."""


def retouch(root: Path, output: Path, now: datetime) -> "Report | None":
    """Bring an output up to date; None when that takes a whole build."""
    from generator.build import Report

    try:
        memory = Memory.load(root, output)
        ground = memory.ground
        if ground is None or not ground.holds_at(now):
            return None
        # Documents made of a record are planned with its page, and no longer current once its words change.
        with Store.opened(root) as store, staging(output) as staged, _beside(memory.is_whole) as is_whole:
            seen = inputs(root, theme_folder(root))
            edited = ground.edited(seen)
            if store or edited is None or not _are_few_records(edited):
                return None
            written = _redraw(root, memory, {path: seen[path] for path in edited}, now, staged, is_whole)
        return Report(ground.pages, written, ground.pages - written, problems=list(ground.problems))
    except (Unfit, Refused, OSError):
        return None


def _are_few_records(paths: list[str]) -> bool:
    return len(paths) <= _FEW and all(path.startswith(("data/", "content/")) for path in paths)


_FEW = 50
"""Of more files, a whole build makes shorter work: it reads them on all cores."""


@contextmanager
def _beside(check: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Run a check in a process of its own meanwhile, and give what waits for its answer."""
    process = os.fork()
    if not process:
        try:
            os._exit(0 if check() else 1)
        finally:
            os._exit(1)

    @cache
    def answer() -> bool:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0

    try:
        yield answer
    finally:
        answer()


def _redraw(
    root: Path, memory: Memory, edited: Inputs, now: datetime, staged: Path, is_whole: Callable[[], bool]
) -> int:
    if not edited:
        if not is_whole():
            raise Unfit
        return 0
    # What reads and draws takes longer to load than all else takes to find that there is nothing to do.
    from .rewording import redraw

    return redraw(root, memory, edited, now, staged, is_whole)
