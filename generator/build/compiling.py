"""Templates compiled ahead for a first build: by another process, on a core that is idle until files are read."""

from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from generator.site.assets import Assets, theme_folder
from generator.site.kept import Kept

from .beside import Question, beside
from .memory import program_digest


def compiling(root: Path, jobs: int, clean: bool) -> AbstractContextManager[Question[None] | None]:
    """Have all templates compiled meanwhile, unless an earlier build did, or what it keeps is not to be used.

    Nobody waits for it: what it has not come to when the `with` ends is compiled by those who draw with it.
    """
    kept = Kept.of(root, program_digest())
    return (
        nullcontext()
        if jobs == 1 or clean or kept.is_there()
        else beside(partial(_compile, root, kept), patiently=True)
    )


def _compile(root: Path, kept: Kept) -> None:
    from generator.config import SiteConfig
    from generator.site.chrome import MENU, Chrome
    from generator.site.renderer import Renderer

    # Settings, alerts and assets are given to templates when they draw.
    chrome = Chrome(SiteConfig.blank(), theme_folder(root), MENU, (), Assets({}, {}), kept)
    Renderer(chrome).compile()
