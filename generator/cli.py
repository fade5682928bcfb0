"""The `ville` command: each room of the program brings its own commands, this module runs the one asked for."""

import argparse
import gc
import os
import re
import sys
import threading
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, NoReturn

MISUSED, INTERRUPTED = 2, 130
"""Exit statuses besides 0, done, and 1, the campaign has errors (printed)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that has no « shows \xab, which is better than stopping there.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.disable()  # Loading leaves nothing to collect.
    parser = _parser()
    gc.enable()
    options = parser.parse_args(arguments)
    run = options.run
    try:
        status: int = run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads on (`ville check | head`); what is still to be written goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def run() -> NoReturn:
    """Run the command that the process was started with, and end it.

    At once, unless threads have work to end: Python would first take apart, object by object, all that a build knows.
    """
    status = main()
    if threading.active_count() > 1:
        sys.exit(status)
    sys.stderr.flush()
    os._exit(status)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks French, which Python's own can't."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"add_help": False})
        self._positionals.title = "arguments"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "usage : ", 1)

    def format_help(self) -> str:
        return re.sub(r"^(usage|[a-z]+)(?=:(?: |$))", r"\1 ", super().format_help(), flags=re.MULTILINE)

    def error(self, message: str) -> NoReturn:
        for english, french in _REFUSALS:
            if found := re.fullmatch(english, message):
                message = re.sub("'([a-z0-9-]+)'", r"\1", found.expand(french))
                break
        self.print_usage(sys.stderr)
        print(f"{self.prog} : {message}.\nVoir : {self.prog} --help", file=sys.stderr)
        sys.exit(MISUSED)


_REFUSALS = (
    (r"the following arguments are required: (.*)", r"il manque \1"),
    (r"unrecognized arguments: (.*)", r"« \1 » n'a pas de sens ici"),
    (
        r"argument (.*): invalid choice: '(.*)' \(choose from (.*)\)",
        r"\1 ne peut pas valoir « \2 » ; choix possibles : \3",
    ),
    (r"argument (.*): invalid int value: '(.*)'", r"\1 : « \2 » n'est pas un nombre entier"),
    (r"argument (.*): expected (?:one|at least one) argument", r"\1 attend une valeur"),
    (r"argument (.*): ignored explicit argument '(.*)'", r"\1 n'attend pas de valeur (« \2 »)"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 ne va pas avec \2"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 peut vouloir dire \2"),
    (r"argument (.*?): (.*)", r"\1 : \2"),
)
"""What argparse says of a misused command (Python 3.11, Lib/argparse.py), and how to say it to staff."""


def _parser() -> argparse.ArgumentParser:
    from generator.badges import commands as badges
    from generator.build import commands as build
    from generator.collector import commands as collector
    from generator.editing import commands as editing
    from generator.signups import commands as signups

    parser = _Parser(
        prog="ville",
        description="Fait le site de la campagne Ville Solidaire à partir de data/ et de content/.",
        epilog="Exemples :\n  ville check\n  ville build --output site\n  ville build --now 2026-07-14T12:00",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    rooms = (build, editing, collector, signups, badges)
    for room in rooms:
        room.add_commands(commands)
    return parser
