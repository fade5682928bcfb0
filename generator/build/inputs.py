"""All files that a build may read, by their signatures: as long as none changes, neither does the site."""

import os
from collections.abc import Iterator
from pathlib import Path
from time import time_ns

from generator.site.assets import installed

from .signatures import Signature, signed

Inputs = dict[str, Signature | None]
"""The signature of each file, by path; None where it can't be told. Folders are named with a final slash."""

_SETTINGS = "site_config.yml"
_VAULT = "data/signups"
"""Sign-ups come in all day, and no page shows them."""


def inputs(root: Path, theme: Path) -> Inputs:
    """Look at all files that a build of a campaign may read, with a theme."""
    looked_at = time_ns()
    found: Inputs = dict(_walk(root, "data", looked_at)) | dict(_walk(root, "content", looked_at))
    found |= dict(_walk(theme.parent, theme.name, looked_at))
    for file in (root / _SETTINGS, *installed(theme)):
        try:
            found[file.name] = signed(os.stat(file), looked_at)
        except OSError:
            found[file.name] = None
    return found


def _walk(top: Path, folder: str, looked_at: int) -> Iterator[tuple[str, Signature | None]]:
    try:
        with os.scandir(top / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if path != _VAULT and entry.name != "node_modules":
                        yield f"{path}/", (0, 0, 0, 0)
                        yield from _walk(top, path, looked_at)
                elif entry.is_symlink():
                    if entry.name != "node_modules":
                        yield path, None  # What it leads to may change unseen.
                else:
                    yield path, signed(entry.stat(follow_symlinks=False), looked_at)
    except OSError:
        yield f"{folder}/", None
