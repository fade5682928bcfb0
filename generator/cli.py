"""The `ville` command: each room of the program brings its own commands, this module runs the one asked for."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

import generator.build.commands
import generator.collector.commands
import generator.signups.commands

MISUSED, INTERRUPTED = 2, 130
"""Exit statuses besides 0, done, and 1, the campaign has errors (printed)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    options = _parser().parse_args(arguments)
    run = options.run
    try:
        status: int = run(options)
    except KeyboardInterrupt:
        print("Interrompu.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"ville : {message}\nVoir : ville --help", file=sys.stderr)
        sys.exit(MISUSED)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="ville",
        description="Fait le site de la campagne Ville Solidaire à partir de data/ et de content/.",
        epilog="Exemples :\n  ville check\n  ville build --output site\n  ville build --now 2026-07-14T12:00",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMANDE", required=True)
    for room in (generator.build.commands, generator.collector.commands, generator.signups.commands):
        room.add_commands(commands)
    return parser
