"""All files that a build may read, by their signatures: as long as none changes, neither does the site."""

import os
from pathlib import Path
from time import time_ns

from generator.site.assets import installed

from .signatures import THERE, Signature, signed

Inputs = dict[str, Signature | None]
"""The signature of each file, by path; None where it can't be told. Folders are named with a final slash."""

_SETTINGS = "site_config.yml"
_VAULT = "data/signups"
"""Sign-ups come in all day, and no page shows them."""


def inputs(root: Path, theme: Path) -> Inputs:
    """Look at all files that a build of a campaign may read, with a theme."""
    looked_at = time_ns()
    found: Inputs = {}
    _walk(f"{root}/", "data", looked_at, found)
    _walk(f"{root}/", "content", looked_at, found)
    _walk(f"{theme.parent}/", theme.name, looked_at, found)
    for file in (root / _SETTINGS, *installed(theme)):
        try:
            found[file.name] = signed(os.stat(file), looked_at)
        except OSError:
            found[file.name] = None
    return found


def _walk(top: str, folder: str, looked_at: int, found: Inputs) -> None:
    try:
        with os.scandir(top + folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_file(follow_symlinks=False):
                    found[path] = signed(entry.stat(follow_symlinks=False), looked_at)
                elif path == _VAULT or entry.name == "node_modules":
                    continue
                elif entry.is_dir(follow_symlinks=False):
                    found[f"{path}/"] = THERE
                    _walk(top, path, looked_at, found)
                else:
                    found[path] = None  # What a link leads to may change unseen.
    except OSError:
        found[f"{folder}/"] = None
