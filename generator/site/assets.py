"""The site's own files: style sheets, scripts, fonts, drawings.

Each is published under a name that holds a digest of its content, so that a browser may keep it for ever. But for the
palettes: another colour must not touch every page, so they keep their names, and browsers ask whether they changed.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from posixpath import splitext

from generator.site import material
from generator.site.kept import Kept

FOLDER = "/assets/"
THEME = Path(__file__).parent.parent.parent / "theme"
"""The theme that comes with the program."""

PALETTES = ("palette.css", "palette-dark.css")
"""The style sheets that hold nothing but colours: those of the day, and what differs from them in the evening."""

_FONTS = "node_modules/@fontsource-variable"
_ALTCHA = "node_modules/altcha/dist/workers/sha.js"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*([{};,>])\s*|\s+")
_URL = re.compile(r"url\(([\w.-]+)\)")
_ICON = re.compile(r"icon\(([\w/-]+)\)")


@dataclass(frozen=True)
class Assets:
    """Published files by URL from the site's root, and the URL of each by its plain name (`site.css`)."""

    files: dict[str, bytes]
    urls: dict[str, str]

    @cached_property
    def digest(self) -> str:
        """Changes when a file does that is no palette: the names hold the digests of their contents."""
        return _digest("\n".join(sorted(self.files)).encode())

    @property
    def palettes(self) -> bytes:
        """Changes when a palette does. A theme may do without."""
        return b"".join(self.files.get(FOLDER + name, b"") for name in PALETTES)


def theme_folder(root: Path) -> Path:
    """Give the theme's folder: the campaign's own, or the program's."""
    own = root / "theme"
    return own if own.is_dir() else THEME


def collect(theme_dir: Path, kept: Kept | None = None) -> Assets:
    """Read the theme's files, and the fonts that npm installed beside them. Style sheets once made may be `kept`.

    Raises FileNotFoundError when the front-end packages are not installed.
    """
    kept = kept or Kept()
    found = {path.name: path.read_bytes() for path in sorted((theme_dir / "assets").iterdir()) if path.is_file()}
    *fonts, worker = installed(theme_dir)
    found |= {path.name: path.read_bytes() for path in fonts}
    found["altcha-sha.js"] = worker.read_bytes()
    sheets = {name: found.pop(name).decode() for name in sorted(found) if name.endswith(".css")}
    urls = {name: _named(name, content) for name, content in found.items()}
    files = {urls[name]: content for name, content in found.items()}
    for name, sheet in sheets.items():
        made_from = blake2b(repr((sheet, urls)).encode(), digest_size=16).hexdigest()
        content = kept.get(f"style {name}", made_from)
        if content is None:
            content = _style(sheet, urls).encode()
            kept.put(f"style {name}", made_from, content)
        urls[name] = _named(name, content)
        files[urls[name]] = content
    return Assets(files, urls)


def installed(theme_dir: Path) -> list[Path]:
    """Give the files that come from npm: two fonts, and the worker that answers ALTCHA's puzzles.

    A font's file has Latin letters with every French one: the package's other files are never asked for.
    """
    fonts = theme_dir / _FONTS
    return [
        fonts / "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
        fonts / "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
        theme_dir / _ALTCHA,
    ]


def _style(sheet: str, urls: dict[str, str]) -> str:
    """Resolve what a style sheet of the theme names: Material's content rules, its icons, files beside it."""
    if "@material;" in sheet:
        sheet = sheet.replace("@material;", material.content_styles(used_by=sheet))
    sheet = _SPACE.sub(lambda match: match[1] or " ", _COMMENT.sub("", sheet)).strip()
    sheet = _ICON.sub(lambda match: f'url("{material.icon(match[1])}")', sheet)
    return _URL.sub(lambda match: f"url({urls[match[1]].removeprefix(FOLDER)})", sheet)


def _named(name: str, content: bytes) -> str:
    if name in PALETTES:
        return FOLDER + name
    stem, suffix = splitext(name)
    return f"{FOLDER}{stem}.{_digest(content)}{suffix}"


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=4).hexdigest()
