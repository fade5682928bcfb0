"""Run when the program is set up: what every first build would begin by making of the program's own theme.

That is its templates compiled and its style sheets, for `Kept` to find. Builds do as well without, a bit later.
"""

from generator.config import SiteConfig
from generator.site.assets import THEME, collect
from generator.site.chrome import MENU, Chrome
from generator.site.kept import SET_UP, Kept
from generator.site.renderer import Renderer

from .memory import program_digest


def compile_theme(kept: Kept) -> None:
    """Compile the templates of the program's theme and make its style sheets, to be kept."""
    # Settings and alerts are given to templates when they draw.
    chrome = Chrome(SiteConfig.blank(), THEME, MENU, (), collect(THEME, kept), kept)
    chrome.compile()
    Renderer(chrome).compile()


if __name__ == "__main__":
    compile_theme(Kept(SET_UP, program_digest()))
