"""The search index, made by Pagefind from the finished pages."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from generator.problems import Problem

FOLDER = "pagefind"
_PART = ".pagefind-part"


class NotIndexed(Exception):
    """Why there is no index, as a problem."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem("", 0, 0, "error", code, message, hint)


def index(output: Path) -> int:
    """Index the pages of a built site into its folder `pagefind/`; give how many pages were read.

    All languages are in one index, so that whoever asks in theirs, on the only search page, finds what speaks it. The
    new index takes the old one's place only once it is whole. Raises NotIndexed.
    """
    from pagefind_bin import get_executable

    if not (output / "index.html").is_file():
        raise NotIndexed("no-site", f"Il n'y a pas de site dans {output}.", "Lancez d'abord ville build.")
    part = output / _PART
    shutil.rmtree(part, ignore_errors=True)
    command = [get_executable(), "--site", str(output), "--output-subdir", _PART, "--force-language", "fr"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    found = re.search(r"Indexed (\d+) pages", result.stdout)
    if result.returncode or not found:
        shutil.rmtree(part, ignore_errors=True)
        detail = (result.stderr or result.stdout).strip().splitlines()
        raise NotIndexed("no-index", "Pagefind n'a pas pu faire l'index.", detail[-1] if detail else "")
    old = output / f"{_PART}-old"
    if (output / FOLDER).exists():
        os.replace(output / FOLDER, old)
    os.replace(part, output / FOLDER)
    shutil.rmtree(old, ignore_errors=True)
    return int(found[1])
