"""Sealing a press release before its time, and opening it again: one file takes the place of the other."""

import os
import re
import secrets
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.campaign import sealing
from generator.campaign.faults import Fault
from generator.campaign.files import Source, read_bytes
from generator.campaign.reading import read_settings, read_source
from generator.problems import has_errors, print_text
from generator.staff import Trouble, make_age_pair, settings_beside

FOLDER = "content/press"
PRIVATE = "cle-presse.txt"

ADVICE = """La clé privée de la presse est dans {private}

  C'est elle, et elle seule, qui ouvre les communiqués scellés.
  1. Copiez-la sur deux supports rangés dans deux coffres différents. Jamais dans git, jamais par courriel.
  2. Donnez-la à ce qui construit le site, dans la variable {variable} : sur GitHub, un « secret » de ce nom
     (Settings, Secrets and variables, Actions). Sans elle, le site se construit sans ces communiqués.

La clé publique est inscrite dans {settings} : elle peut être publiée.
Pour sceller un communiqué : ville press seal content/press/mon-communique.md
"""


def make_key(root: Path, folder: Path, today: date) -> str:
    """Make the press key; give what staff must know. Raises Trouble rather than put it in the wrong place."""
    settings = settings_beside(root, folder)
    taken = (
        "Une clé de presse est déjà inscrite dans site_config.yml. Avec une autre, ce qui est déjà scellé ne "
        "s'ouvrirait plus : retirez d'abord cette ligne, si c'est bien ce que vous voulez."
    )
    make_age_pair(settings, "press_public_key", folder / PRIVATE, today, taken)
    return ADVICE.format(private=folder / PRIVATE, variable=sealing.VARIABLE, settings=settings)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A draft once sealed: its new path from the root, the pictures it names, whether git ever kept it in clear."""

    path: str
    pictures: tuple[str, ...]
    is_in_history: bool


def seal(root: Path, file: Path) -> Sealed:
    """Put a sealed file in the place of a release, under a name that says nothing. Raises Trouble.

    Its id, which was its file's name, goes inside.
    """
    path = _path(root, file, ".md")
    config, problems = read_settings(root)
    if config is None:
        raise Trouble(print_text(problems, root))
    if config.press_public_key is None:
        raise Trouble("Il n'y a pas encore de clé de presse : ville press keygen.")
    source = Source(path, "press_release", False)
    reading = read_source(root, source)
    if has_errors(reading.problems):
        raise Trouble(
            f"{print_text(reading.problems, root)}\nCorrigez d'abord : une fois scellé, cela ne se voit plus."
        )
    text = read_bytes(root, path).decode("utf-8-sig")
    sealed = f"{FOLDER}/scelle-{secrets.token_hex(4)}.md{sealing.ENDING}"
    write(root / sealed, sealing.seal(_with_id(text, source.stem).encode(), config.press_public_key))
    (root / path).unlink()
    entry = reading.entries[0]
    own = vars(entry.record).get("picture")
    pictures = [own.file] if own else []
    pictures += [file for text in entry.texts.values() for file, _ in text.images]
    return Sealed(sealed, tuple(dict.fromkeys(pictures)), _is_in_history(root, path))


def unseal(root: Path, file: Path, key_file: Path, environment: Mapping[str, str]) -> str:
    """Put the release in clear in the place of a sealed file; give its path from the root. Raises Trouble."""
    path = _path(root, file, f".md{sealing.ENDING}")
    given = environment if environment.get(sealing.VARIABLE) else {sealing.VARIABLE: str(key_file)}
    try:
        key = sealing.press_key(given)
        text = sealing.unseal(read_bytes(root, path), key or "").decode("utf-8")
    except Fault as fault:
        raise Trouble(f"{fault.message} {fault.hint}") from None
    except UnicodeDecodeError:
        raise Trouble(f"{path} ne contient pas un communiqué.") from None
    found = re.search(r"^id:[ ]*([a-z0-9-]+)[ ]*$", text, re.MULTILINE)
    name = found[1] if found else Source(path, "press_release", False).stem
    clear = f"{FOLDER}/{name}.md"
    write(root / clear, text.encode())
    (root / path).unlink()
    return clear


def _path(root: Path, file: Path, ending: str) -> str:
    """Give the path from the root of a file of the press folder."""
    for candidate in (file, root / file):
        if candidate.is_file() and candidate.name.endswith(ending):
            if candidate.resolve().parent == (root / FOLDER).resolve():
                return f"{FOLDER}/{candidate.name}"
            break
    raise Trouble(f"{file} n'est pas un fichier en {ending} du dossier {FOLDER}/.")


def _with_id(text: str, name: str) -> str:
    """Give a document whose head names its id."""
    head = text.partition("\n---")[0]
    if re.search(r"^id:", head, re.MULTILINE):
        return text
    first, end, rest = text.partition("\n")
    return f"{first}{end}id: {name}{end}{rest}"


def write(file: Path, content: bytes) -> None:
    """Write a new file that will outlive a power cut. Raises Trouble rather than replace one."""
    try:
        with file.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        raise Trouble(f"{file} existe déjà : renommez-le d'abord.") from None


def _is_in_history(root: Path, path: str) -> bool:
    command = ["git", "-C", str(root), "log", "--all", "--oneline", "-1", "--", path]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return found.returncode == 0 and bool(found.stdout.strip())
