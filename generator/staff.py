"""What the commands for staff share: why one can't be done, and keys, whose private halves stay out of the campaign."""

import os
import re
from datetime import date
from pathlib import Path

ENVIRONMENT = "collecteur.env"
"""The collector's own secrets."""


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


def key_folder() -> Path:
    """Give the folder of private keys, unless staff name another."""
    return Path.home() / "cles-ville-solidaire"


def settings_beside(root: Path, folder: Path) -> Path:
    """Give the settings, where a public key goes whose private half goes to `folder`. Raises Trouble."""
    from generator.campaign.files import SETTINGS

    settings = root / SETTINGS
    if folder.resolve().is_relative_to(root.resolve()):
        raise Trouble("La clé privée ne doit pas être dans le dossier du site. Donnez un autre dossier avec --output.")
    if not settings.is_file():
        raise Trouble("Il manque site_config.yml ici. Donnez le dossier de la campagne avec --root.")
    return settings


def make_age_pair(settings: Path, field: str, private: Path, today: date, taken: str, beside: str = "") -> None:
    """Make a pair of keys of age: the private half in a new file, the public one in a field at the settings' end.

    `beside` is the text of a file of secrets beside the private half, `collecteur.env`, if there is one. Raises
    Trouble, with the sentence `taken` when the field is there already; the settings change last.
    """
    import pyrage

    text = settings.read_text("utf-8")
    if re.search(rf"^{field}:", text, re.MULTILINE):
        raise Trouble(taken)
    private.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pair = pyrage.x25519.Identity.generate()
    write_secret(private, f"# créée le {today.isoformat()}\n# clé publique : {pair.to_public()}\n{pair}\n".encode())
    if beside:
        write_secret(private.with_name(ENVIRONMENT), beside.encode())
    with settings.open("a", encoding="utf-8") as file:
        file.write(("" if text.endswith("\n") else "\n") + f"\n{field}: {pair.to_public()}\n")
