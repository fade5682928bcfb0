"""The short way of a build: pages that a change of words touches are drawn anew, from what the last build noted.

A whole build plans the site from all outlines. When nothing changed but the words of some records, and all that the
rest of the campaign knows them by is the same, it would plan the same again. What the ledger noted is then enough to
draw the pages concerned. Whatever doesn't fit is left to a whole build, before anything is published.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from generator.documents.store import Store
from generator.site.assets import theme_folder

from .beside import beside
from .ground import Ground
from .inputs import Inputs, inputs
from .memory import Memory
from .publish import Refused, staging

if TYPE_CHECKING:
    from generator.build import Report

    from .rewording import Known


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
        with (
            Store.opened(root) as store,
            staging(output) as staged,
            beside(partial(_edited, root, ground)) as look,
            beside(memory.is_whole, patiently=True) as is_whole,
            ExitStack() as stack,
        ):
            last = cache(partial(_opened, root, memory, stack))
            _load_until(look.is_done, last)
            edited = look.answer()
            if store or edited is None or not _are_few_records(edited):
                return None
            written = _redraw(root, memory, last, edited, now, staged, is_whole.answer)
        return Report(ground.pages, written, ground.pages - written, problems=list(ground.problems))
    except (Unfit, Refused, OSError):
        return None


def _edited(root: Path, ground: Ground) -> Inputs | None:
    """Give the edited files, None when some came or went."""
    seen = inputs(root, theme_folder(root))
    edited = ground.edited(seen)
    return None if edited is None else {path: seen[path] for path in edited}


def _are_few_records(edited: Inputs) -> bool:
    return len(edited) <= _FEW and all(path.startswith(("data/", "content/")) for path in edited)


_FEW = 50
"""Of more files, a whole build makes shorter work: it reads them on all cores."""


def _opened(root: Path, memory: Memory, stack: ExitStack) -> "Known":
    """Open what the last build knew, until the stack lets go of it."""
    from .rewording import known

    return stack.enter_context(known(root, memory))


def _load_until(is_known: Callable[[], bool], last: Callable[[], "Known"]) -> None:
    """Load what reads and draws, then what the last build knew, as long as it isn't known what there is to draw."""
    for module in _LOADED:
        if is_known():
            return
        import_module(module, __package__)
    if not is_known():
        last()


_LOADED = ("pydantic", "generator.campaign.models", "generator.campaign.reading", "generator.site.pages", ".rewording")
"""That takes longer than to look at every file: some of it is loaded meanwhile, part by part."""


def _redraw(
    root: Path,
    memory: Memory,
    last: Callable[[], "Known"],
    edited: Inputs,
    now: datetime,
    staged: Path,
    is_whole: Callable[[], bool],
) -> int:
    if not edited:
        if not is_whole():
            raise Unfit
        return 0
    from .rewording import redraw

    return redraw(root, memory, last(), edited, now, staged, is_whole)
