"""All files that a build may read, by their signatures: as long as none changes, neither does the site."""

import os
from pathlib import Path

from generator.site.assets import installed

from .signatures import THERE, Signature, opened, settled, signed

Inputs = dict[str, Signature | None]
"""The signature of each file, by path; None where it can't be told. Folders are named with a final slash."""

_SETTINGS = "site_config.yml"
_VAULT = "data/signups"
"""Sign-ups come in all day, and no page shows them."""


def inputs(root: Path, theme: Path) -> Inputs:
    """Look at all files that a build of a campaign may read, with a theme."""
    before = settled()
    found: Inputs = {}
    for folder in (root / "data", root / "content", theme):
        try:
            with opened(folder) as handle:
                _walk(handle, folder.name, before, found)
        except OSError:
            found[f"{folder.name}/"] = None
    for file in (root / _SETTINGS, *installed(theme)):
        try:
            found[file.name] = signed(os.stat(file), before)
        except OSError:
            found[file.name] = None
    return found


def _walk(handle: int, folder: str, before: int, found: Inputs) -> None:
    with os.scandir(handle) as entries:
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.is_file(follow_symlinks=False):
                found[path] = signed(entry.stat(follow_symlinks=False), before)
            elif path == _VAULT or entry.name == "node_modules":
                continue
            elif entry.is_dir(follow_symlinks=False):
                found[f"{path}/"] = THERE
                try:
                    with opened(entry.name, handle) as inner:
                        _walk(inner, path, before, found)
                except OSError:
                    found[f"{path}/"] = None
            else:
                found[path] = None  # What a link leads to may change unseen.
