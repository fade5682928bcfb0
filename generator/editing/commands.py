"""`ville portraits` and `ville press`: agreements taken back, releases sealed before their time."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from generator.arguments import Commands, add_command, add_family
from generator.clock import PARIS
from generator.staff import Trouble, key_folder

ADVICE = """L'autorisation est retirée à partir du {day} ({path}, ligne {line}).

Au prochain « ville build », le site et son cache ne gardent rien de ce portrait : ni page, ni image, ni article de
flux, ni document. « ville index » refait la recherche. Reste à votre charge :
  - l'historique de git, et ce que la presse, les réseaux sociaux ou l'imprimeur ont déjà repris ;
  - le récit et l'image, qui restent dans le dossier : supprimez-les une fois la demande classée ;
  - ce que d'autres fiches disent encore de la personne{mentions}
"""


def add_commands(commands: Commands) -> None:
    """Add `portraits` and `press` to the command line."""
    text = "retirer l'autorisation d'un portrait"
    portraits = add_family(commands, "portraits", text, description="Retire l'autorisation d'un portrait.")
    take_back = _add(portraits, "withdraw", "retirer un portrait à la demande de la personne", withdraw_portrait)
    take_back.add_argument("id", metavar="ID", help="le nom du fichier du portrait, sans son extension")
    take_back.add_argument("--date", type=_day, metavar="DATE", help="à partir de quel jour (par défaut : aujourd'hui)")

    press = add_family(
        commands,
        "press",
        "sceller les communiqués sous embargo",
        description="Scelle les communiqués sous embargo, pour qu'un dossier public ne les livre pas.",
    )
    keys = key_folder()
    make = _add(press, "keygen", "créer la clé de presse, une fois pour toutes", make_press_key)
    make.add_argument("--output", type=Path, default=keys, metavar="DOSSIER", help="où ranger la clé privée")
    close = _add(press, "seal", "sceller un communiqué", seal_release)
    close.add_argument("file", type=Path, metavar="FICHIER", help="par exemple content/press/budget.md")
    reopen = _add(press, "open", "ouvrir un communiqué scellé, pour le changer", open_release)
    reopen.add_argument("file", type=Path, metavar="FICHIER", help="par exemple content/press/scelle-3f0a91bc.md.age")
    key = keys / "cle-presse.txt"
    reopen.add_argument("--key", type=Path, default=key, metavar="FICHIER", help=f"la clé privée ({key})")


def make_press_key(arguments: Namespace) -> None:
    """Make the press key. Raises Trouble."""
    from .drafts import make_key

    print(make_key(arguments.root, arguments.output, datetime.now(PARIS).date()))


def seal_release(arguments: Namespace) -> None:
    """Seal a release. Raises Trouble."""
    from .drafts import seal

    sealed = seal(arguments.root, arguments.file)
    print(f"Scellé dans {sealed.path}, qui remplace {arguments.file}.")
    for picture in sealed.pictures:
        print(f"Son image {picture} reste en clair, avec son nom : si elle en dit trop, ajoutez-la le jour venu.")
    if sealed.is_in_history:
        print("Attention : git a déjà gardé ce texte en clair. S'il est secret, faites effacer cet historique.")


def open_release(arguments: Namespace) -> None:
    """Open a sealed release. Raises Trouble."""
    from .drafts import unseal

    path = unseal(arguments.root, arguments.file, arguments.key, os.environ)
    print(f"Ouvert dans {path}. Ne l'enregistrez pas ainsi dans git : scellez-le d'abord (ville press seal {path}).")


def withdraw_portrait(arguments: Namespace) -> None:
    """Take back a portrait's release. Raises Trouble."""
    from generator.site.dates import day as told

    from .withdrawal import mentions, withdraw

    day = arguments.date or datetime.now(PARIS).date()
    path, line = withdraw(arguments.root, arguments.id, day)
    found = list(mentions(arguments.root, path, arguments.id))
    listed = " :\n" + "\n".join(f"      {each}" for each in found) if found else "."
    print(ADVICE.format(day=told(day), path=path, line=line, mentions=listed))


def _add(family: Commands, name: str, text: str, work: Callable[[Namespace], None]) -> ArgumentParser:
    return add_command(family, name, text, lambda arguments: _run(work, arguments))


def _run(work: Callable[[Namespace], None], arguments: Namespace) -> int:
    try:
        work(arguments)
    except Trouble as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"« {text} » n'est pas une date ; forme attendue : 2026-11-23") from None
