"""What commands have in common: how each is added to the command line, its campaign, its moment, its processes."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from generator.clock import PARIS

Commands: TypeAlias = "_SubParsersAction[ArgumentParser]"
"""The commands of a command line, to which a room adds its own."""


def add_command(
    commands: Commands,
    name: str,
    text: str,
    run: Callable[[Namespace], int],
    *,
    description: str = "",
    examples: str = "",
) -> ArgumentParser:
    """Add a command about a campaign, and give its parser; its arguments carry `run`, which gives an exit status."""
    parser = _add(commands, name, text, description, examples)
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="DOSSIER",
        help="dossier de la campagne, qui contient site_config.yml (par défaut : ici)",
    )
    parser.set_defaults(run=run)
    return parser


def add_family(commands: Commands, name: str, text: str, *, description: str, examples: str = "") -> Commands:
    """Add a command that has commands of its own, as `ville badges` has, and give what they are added to."""
    parser = _add(commands, name, text, description, examples)
    return parser.add_subparsers(metavar="COMMANDE", required=True)


def _add(commands: Commands, name: str, text: str, description: str, examples: str) -> ArgumentParser:
    return commands.add_parser(
        name,
        help=text,
        description=description or f"{text[0].upper()}{text[1:]}.",
        epilog=f"Exemples :\n{examples}" if examples else None,
        formatter_class=RawDescriptionHelpFormatter,
    )


def add_now(parser: ArgumentParser) -> None:
    """Let a command be run as if at another moment."""
    parser.add_argument(
        "--now",
        type=moment,
        metavar="DATE",
        help="fait comme si on était à ce moment, par exemple 2026-07-14T12:00 (heure de Paris)",
    )


def add_jobs(parser: ArgumentParser) -> None:
    """Let a command be told how many processes to take."""
    parser.add_argument("--jobs", type=_count, metavar="N", help="nombre de processus (par défaut : un par processeur)")


def now(options: Namespace) -> datetime:
    """Give the moment that a command is asked for; by default, the present one, in Paris."""
    return options.now or datetime.now(PARIS)


def jobs(options: Namespace) -> int:
    """Give the number of processes that a command may take."""
    from generator.build.workers import available_jobs

    return options.jobs or available_jobs()


def moment(text: str) -> datetime:
    """Give the moment that an argument says, in Paris when it names no zone."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(PARIS) if moment.tzinfo else moment.replace(tzinfo=PARIS)
    except (ValueError, OverflowError):
        raise ArgumentTypeError(f"« {text} » n'est pas une date ; forme attendue : 2026-07-14T12:00") from None


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError(f"« {text} » n'est pas un nombre de processus")
    return int(text)
