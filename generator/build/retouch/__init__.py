"""The short way of a build: from what the last build noted, no further than what changed touches.

A whole build plans the site from all outlines. When few records changed, came or went, or a template did, or time
passed, it would plan nearly the same again. What the ledger noted is then enough to plan and draw the pages concerned.
Whatever doesn't fit is left to a whole build, before anything is published.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.build.beside import beside
from generator.build.ground import Change, Ground
from generator.build.inputs import inputs
from generator.build.memory import Memory
from generator.build.parts import Forgotten
from generator.build.publish import Refused, staging
from generator.documents.store import Store
from generator.site.assets import theme_folder

from .unfit import Unfit

if TYPE_CHECKING:
    from generator.build import Report

    from .redrawing import Done, Known


def retouch(root: Path, output: Path, now: datetime, jobs: int) -> "Report | None":
    """Bring an output up to date; None when that takes a whole build."""
    from generator.build import Report

    try:
        with (
            Store.opened(root) as store,
            beside(partial(_look, root, output, store)) as look,
            ExitStack() as stack,
        ):
            memory = Memory.load(root, output)
            ground = memory.ground
            if ground is None:
                return None
            staged = stack.enter_context(staging(output))
            is_whole = stack.enter_context(beside(memory.is_whole, patiently=True))
            last = cache(partial(_opened, root, memory, stack))
            _load_until(look.is_done, last)
            seen = look.answer()
            if seen is None or seen.since != memory.as_of or seen.has_other_documents or not _is_small(seen.change):
                return None
            change = seen.change
            if not change and ground.holds_at(now):
                return _unchanged(ground) if is_whole.answer() else None
            done = _redraw(root, memory, last(), change, now, store, staged, jobs, is_whole.answer)
        unchanged = done.pages - done.written
        return Report(done.pages, done.written, unchanged, done.removed, done.waiting, problems=done.problems)
    except (Unfit, Refused, Forgotten, OSError):
        return None


class _Seen(NamedTuple):
    """What is not as it was when the output was published, `since`, and whether the documents at hand are others."""

    since: int
    change: Change
    has_other_documents: bool


def _look(root: Path, output: Path, store: Store) -> _Seen | None:
    """Look at every file and document, None where it isn't known how they were."""
    there = inputs(root, theme_folder(root))
    memory = Memory.load(root, output)
    if memory.ground is None:
        return None
    return _Seen(memory.as_of, memory.ground.change(there), store.state() != memory.ground.store)


def _is_small(change: Change) -> bool:
    paths = [*change.edited, *change.came]
    return len(paths) <= _FEW and all(path.startswith(("data/", "content/", "theme/")) for path in paths)


_FEW = 50
"""Of more files, a whole build makes shorter work: it reads them on all cores."""


def _unchanged(ground: Ground) -> "Report":
    from generator.build import Report

    return Report(ground.pages, 0, ground.pages, 0, ground.waiting, problems=list(ground.problems))


def _opened(root: Path, memory: Memory, stack: ExitStack) -> "Known":
    """Open what the last build knew, until the stack lets go of it."""
    from .redrawing import known

    return stack.enter_context(known(root, memory))


def _load_until(is_known: Callable[[], bool], last: Callable[[], "Known"]) -> None:
    """Load what reads and draws, then what the last build knew, as long as it isn't known what there is to draw."""
    for module in _LOADED:
        if is_known():
            return
        import_module(module, __package__)
    if not is_known():
        last()


_LOADED = ("pydantic", "generator.campaign.models", "generator.campaign.reading", "generator.site.pages", ".redrawing")
"""That takes longer than to look at every file: some of it is loaded meanwhile, part by part."""


def _redraw(
    root: Path,
    memory: Memory,
    last: "Known",
    change: Change,
    now: datetime,
    store: Store,
    staged: Path,
    jobs: int,
    is_whole: Callable[[], bool],
) -> "Done":
    from .redrawing import Redrawing

    return Redrawing(root, memory, last, change, now, store, staged, jobs).redraw(is_whole)
