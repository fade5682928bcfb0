import re
from pathlib import Path
from shutil import copytree

import pytest

from generator.site.assets import PALETTES, Assets, collect
from tests.site.samples import THEME


@pytest.fixture(scope="module")
def assets() -> Assets:
    return collect(THEME)


@pytest.fixture(scope="module")
def sheet(assets: Assets) -> str:
    return assets.files[assets.urls["site.css"]].decode()


def test_a_name_holds_a_digest_of_its_content(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    copytree(THEME, theme)
    before = collect(theme)
    (theme / "assets" / "site.js").write_text("// rien\n", "utf-8")
    after = collect(theme)
    assert after.urls["site.js"] != before.urls["site.js"]
    assert re.fullmatch(r"/assets/site\.[0-9a-f]{8}\.js", after.urls["site.js"])
    assert after.digest != before.digest
    assert {**after.urls, "site.js": ""} == {**before.urls, "site.js": ""}


def test_a_style_sheet_is_renamed_when_a_file_that_it_names_changes(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    copytree(THEME, theme)
    before = collect(theme)
    (theme / "assets" / "street.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    assert collect(theme).urls["site.css"] != before.urls["site.css"]


def test_another_colour_changes_no_name(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    copytree(THEME, theme)
    before = collect(theme)
    for name in PALETTES:
        with (theme / "assets" / name).open("a") as sheet:
            sheet.write(":root { --brand: #123456; }")
    after = collect(theme)
    assert after.urls == before.urls
    assert after.digest == before.digest
    assert after.palettes != before.palettes


def test_the_same_theme_gives_the_same_files(assets: Assets) -> None:
    assert collect(THEME) == assets


def test_every_file_that_a_style_sheet_names_is_published(assets: Assets) -> None:
    for url, content in assets.files.items():
        if url.endswith(".css"):
            for target in re.findall(r"url\((?!\"?data:)([^)]*)\)", content.decode()):
                assert f"/assets/{target}" in assets.files


def test_nothing_is_asked_of_another_origin(assets: Assets) -> None:
    for url, content in assets.files.items():
        if url.endswith((".css", ".js", ".svg")):
            addresses = set(re.findall(r"https?:(?://|%2F%2F)[\w.]+", content.decode()))
            assert addresses <= {"http://www.w3.org"}, url


def test_every_custom_property_used_is_defined(assets: Assets, sheet: str) -> None:
    palette = assets.files[assets.urls["palette.css"]].decode()
    used = set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", sheet))
    assert used <= set(re.findall(r"(--[\w-]+):", palette + sheet))


def test_no_instruction_to_the_builder_is_left_in_the_style_sheet(sheet: str) -> None:
    assert not re.search(r"@material|icon\(|/\*", sheet)


@pytest.mark.parametrize("part", [".admonition", ".tabbed-set", ".footnote", "table:not([class])", ".grid", "details"])
def test_material_styles_what_documents_are_written_with(sheet: str, part: str) -> None:
    assert f".md-typeset {part}" in sheet


@pytest.mark.parametrize("part", [".md-nav", ".md-search", ".md-source", ".highlight", "[dir=rtl]"])
def test_what_the_site_draws_itself_is_left_out_of_materials_styles(sheet: str, part: str) -> None:
    assert part not in sheet


def test_missing_front_end_packages_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    with pytest.raises(FileNotFoundError):
        collect(tmp_path)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


TEXTS = {
    "paper": ("ink", "soft", "link", "link-hover", "terracotta-text", "brand"),
    "card": ("ink", "soft", "link", "link-hover", "terracotta-text", "brand"),
    "sun-tint": ("ink", "soft", "link", "link-hover", "sun-text"),
    "teal-tint": ("ink", "link", "teal-text"),
    "leaf-tint": ("ink", "leaf-text"),
    "terracotta-tint": ("terracotta-text",),
    "deep": ("on-deep", "sun"),
    "brand": ("on-brand",),
    "brand-hover": ("on-brand",),
}


@pytest.mark.parametrize("names", [("palette.css",), PALETTES], ids=["day", "evening"])
def test_every_text_keeps_its_contrast_with_its_ground(assets: Assets, names: tuple[str, ...]) -> None:
    """WCAG 2.2, criteria 1.4.3 (4.5:1) and 1.4.11 (3:1 for the edge of a control)."""
    palette: dict[str, str] = {}
    for name in names:
        css = assets.files[assets.urls[name]].decode()
        for block in re.findall(r":root\{([^}]*)\}", css):
            palette |= dict(re.findall(r"--([\w-]+): ?(#[0-9a-f]{6}|#[0-9a-f]{3})(?=[;}]|$)", block))
    for ground, texts in TEXTS.items():
        for text in texts:
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
    for ground in ("paper", "card"):
        assert contrast(palette["edge"], palette[ground]) >= 3, ground
