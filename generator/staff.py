"""What the commands for staff share: why one can't be done, and files that only their owner may read."""

import os
from pathlib import Path


class Trouble(Exception):
    """A staff command can't do what it was asked; the message is a French sentence."""


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file that nobody else may read. Raises Trouble rather than replace one."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Trouble(f"{path} existe déjà. Donnez un autre dossier avec --output.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
