"""`ville collect`: the collector as a server."""

import os
import sys
from argparse import Namespace

from generator.arguments import Commands, add_command

EXAMPLES = """\
  ville collect                          le collecteur, sur http://127.0.0.1:8100
  ville collect --port 9000 --processes 2

variables : VILLE_SECRET, VILLE_MAIL_KEY (« ville signups keygen » les crée), VILLE_SMTP_URL
(par exemple smtps://utilisateur:motdepasse@courrier.exemple.fr:465)."""


def add_commands(commands: Commands) -> None:
    """Add `collect` to the command line."""
    parser = add_command(
        commands,
        "collect",
        "recevoir les réponses aux formulaires",
        collect,
        description="Reçoit les réponses aux formulaires, les chiffre et les range dans data/signups.",
        examples=EXAMPLES,
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="l'adresse où écouter (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8100, metavar="N", help="le port où écouter (8100)")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="le nombre de processus (1)")


def collect(arguments: Namespace) -> int:
    """Run the collector; give 1 when it can't start."""
    from .running import assemble
    from .settings import NotReady

    try:
        assemble(arguments.root, os.environ)
    except NotReady as reason:
        print(reason, file=sys.stderr)
        return 1
    from .server import serve

    print(
        f"Le collecteur écoute sur http://{arguments.host}:{arguments.port}/ (Ctrl+C pour l'arrêter).", file=sys.stderr
    )
    serve(arguments.root, arguments.host, arguments.port, arguments.processes)
    return 0
