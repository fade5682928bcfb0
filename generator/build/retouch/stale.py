"""What may not be as it was, of all that a site is made of."""

from collections.abc import Sequence
from typing import NamedTuple

from generator.build.artifacts import File
from generator.site.pages import Library
from generator.site.planned import PlannedPage

from .telling import Told

Pages = dict[str, tuple[PlannedPage, bytes]]
"""Pages by address, each packed too."""


class Stale(NamedTuple):
    """What to look at: pages and other files, and the paths of those that went.

    `library` is what to draw with; `told` tells of the documents of feeds; `waiting` is how many more documents to take
    away wait to be made.
    """

    library: Library
    pages: Pages
    told: Told = dict
    files: Sequence[File] = ()
    gone: Sequence[str] = ()
    waiting: int = 0
