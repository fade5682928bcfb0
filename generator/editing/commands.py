"""`ville portraits`: what staff do when someone takes back their agreement."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

ADVICE = """L'autorisation est retirée à partir du {day} ({path}, ligne {line}).

Au prochain « ville build », le site et son cache ne gardent rien de ce portrait : ni page, ni image, ni article de
flux, ni document. « ville index » refait la recherche. Reste à votre charge :
  - l'historique de git, et ce que la presse, les réseaux sociaux ou l'imprimeur ont déjà repris ;
  - le récit et l'image, qui restent dans le dossier : supprimez-les une fois la demande classée ;
  - ce que d'autres fiches disent encore de la personne{mentions}
"""


def add_commands(subparsers: "_SubParsersAction[Any]") -> None:
    """Add these commands to the command line; their arguments carry the function to call as `run`."""
    portraits = subparsers.add_parser(
        "portraits", help="retirer l'autorisation d'un portrait", description="Retire l'autorisation d'un portrait."
    )
    commands = portraits.add_subparsers(metavar="COMMANDE", required=True)
    take_back = _command(commands, "withdraw", "retirer un portrait à la demande de la personne", withdraw_portrait)
    take_back.add_argument("id", metavar="ID", help="le nom du fichier du portrait, sans son extension")
    take_back.add_argument("--date", type=_day, metavar="DATE", help="à partir de quel jour (par défaut : aujourd'hui)")


def withdraw_portrait(arguments: Namespace) -> None:
    """Take back a portrait's release. Raises Trouble."""
    from generator.campaign.models.fields import PARIS
    from generator.site.dates import day as told

    from .withdrawal import mentions, withdraw

    day = arguments.date or datetime.now(PARIS).date()
    path, line = withdraw(arguments.root, arguments.id, day)
    found = list(mentions(arguments.root, path, arguments.id))
    listed = " :\n" + "\n".join(f"      {each}" for each in found) if found else "."
    print(ADVICE.format(day=told(day), path=path, line=line, mentions=listed))


def _command(
    commands: "_SubParsersAction[Any]", name: str, text: str, work: Callable[[Namespace], None]
) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.add_argument("--root", type=Path, default=Path(), metavar="DOSSIER", help="le dossier de site_config.yml")
    parser.set_defaults(run=lambda arguments: _run(work, arguments))
    return parser


def _run(work: Callable[[Namespace], None], arguments: Namespace) -> int:
    from generator.staff import Trouble

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
