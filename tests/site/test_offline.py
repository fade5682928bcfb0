"""The service worker's script: which pages it keeps, and when it changes."""

import re
from pathlib import Path

from generator.build.gathering import Gathered
from generator.campaign.models.languages import LANGUAGES
from generator.site import material
from generator.site.assets import Assets, collect
from generator.site.offline import farewell, is_kept, worker

from .samples import THEME

ASSETS = collect(THEME)


def script(result: Gathered, **prints: str) -> str:
    given = {page.path: "as it was" for page in result.pages}
    given |= {f"{name.replace('_', '/')}/index.html": print for name, print in prints.items()}
    return worker(THEME, result.pages, given, ASSETS).decode()


def test_it_keeps_the_page_of_emergencies_first_and_every_emergency_kit(bare: Gathered) -> None:
    kept = [page.url for page in bare.pages if is_kept(page)]
    assert "/urgence/" in kept
    assert all(f'"{url[1:]}"' in script(bare) for url in kept)
    assert script(bare).startswith('const KEPT = {"first":["urgence/",')
    assert "noel" not in script(bare)


def test_it_changes_with_what_it_keeps_and_with_nothing_else(bare: Gathered) -> None:
    assert script(bare) == script(bare, agenda="new")
    assert script(bare) != script(bare, urgence="new")


def test_the_files_that_it_keeps_are_on_the_site(bare: Gathered) -> None:
    for name in ("assets", "palettes"):
        listed = re.search(rf'"{name}":\[([^]]*)\]', script(bare))
        assert listed
        paths = re.findall('"([^"]+)"', listed[1])
        assert paths
        assert all(f"/{path}" in ASSETS.files for path in paths)


def test_it_changes_with_a_colour_whose_style_sheet_keeps_its_name(bare: Gathered) -> None:
    given = {page.path: "as it was" for page in bare.pages}
    other = Assets({**ASSETS.files, "/assets/palette.css": b":root{--brand:#123456}"}, ASSETS.urls)
    assert worker(THEME, bare.pages, given, other) != worker(THEME, bare.pages, given, ASSETS)


def test_the_scripts_bear_no_comment() -> None:
    assert "//" not in farewell(THEME).decode()


def test_every_language_has_its_frame_and_its_words() -> None:
    folder = Path(material.templates()) / "partials" / "languages"
    for code, language in LANGUAGES.items():
        assert (folder / f"{language.tag}.html").is_file(), code
        assert language.offline.count("{}") == 1, code
        assert "112" in language.offline, code
        assert language.outdated, code
