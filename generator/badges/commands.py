"""`ville badges`: the keys of the town's attestations, their signatures, and verifying anyone's."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.arguments import Commands, add_command, add_family, add_now, now
from generator.staff import Trouble, key_folder

if TYPE_CHECKING:
    from .register import Register

EXAMPLES = """\
  ville badges keygen                           crée les clés, une fois pour toutes
  ville badges sign                             signe ce qui est nouveau ou a changé
  ville badges sign BV-2026-003                 redonne aussi le code d'un titulaire dont le nom est caché
  ville badges verify data/credentials/*.json
  ville badges verify https://solidaire.exemple.fr/immeubles/tour-des-merles/"""


def add_commands(commands: Commands) -> None:
    """Add `badges` to the command line."""
    family = add_family(
        commands,
        "badges",
        "signer et vérifier les attestations des labels et des diplômes",
        description="Signe et vérifie les attestations des labels et des diplômes (Open Badges 3.0).",
        examples=EXAMPLES,
    )

    def add(name: str, text: str, work: Callable[[Namespace], int]) -> ArgumentParser:
        parser = add_command(family, name, text, lambda arguments: _run(work, arguments))
        add_now(parser)
        return parser

    make = add("keygen", "créer les clés", keygen)
    make.add_argument("--output", type=Path, default=key_folder(), metavar="DOSSIER", help="où ranger la clé privée")
    signing = add("sign", "signer ce qui est nouveau ou a changé", sign)
    signing.add_argument("serials", nargs="*", metavar="NUMÉRO", help="par exemple IS-2026-001 (par défaut : tous)")
    default = key_folder() / "cle-attestations.pem"
    signing.add_argument("--key", type=Path, default=default, metavar="FICHIER", help=f"la clé privée ({default})")
    verifying = add("verify", "vérifier des attestations", verify)
    verifying.add_argument("names", nargs="+", metavar="FICHIER_OU_ADRESSE", help="un fichier, ou une page du web")
    verifying.add_argument("--code", default="", metavar="CODE", help="le code d'un titulaire dont le nom est caché")


def keygen(arguments: Namespace) -> int:
    """Make the keys."""
    from .keys import make_key

    print(make_key(arguments.root, arguments.output, now(arguments).date()))
    return 0


def sign(arguments: Namespace) -> int:
    """Sign what is new or has changed."""
    from .keys import VARIABLE, read_key
    from .register import read_register
    from .signing import sign_all

    key = read_key(arguments.key, os.environ.get(VARIABLE))
    register = read_register(arguments.root, now(arguments))
    made = 0
    for each in sign_all(arguments.root, register, key, arguments.serials):
        made += each.anew
        if each.anew:
            print(f"{each.serial}  {each.title}")
        if each.code and (each.anew or arguments.serials):
            print(f"{each.serial}  code du titulaire, à remettre avec le diplôme : {each.code}")
    print(f"{made} attestation(s) signée(s) dans data/credentials. Publiez-les avec le reste.", file=sys.stderr)
    return 0


def verify(arguments: Namespace) -> int:
    """Verify credentials."""
    from .verifying import Finding, Unreadable, Verifier, read

    verifier = Verifier(now(arguments), _own_register(arguments))
    all_good = True
    for name in arguments.names:
        try:
            findings = verifier.findings(read(name), arguments.code)
        except Unreadable as trouble:
            findings = [Finding(False, str(trouble))]
        good = not any(finding.good is False for finding in findings)
        all_good &= good
        print(f"{name} : {'VALABLE' if good else 'NON VALABLE'}")
        for finding in findings:
            print(f"  {_MARKS[finding.good]} {finding.text}")
    return 0 if all_good else 1


_MARKS = {True: "[oui]", False: "[NON]", None: "     "}


def _own_register(arguments: Namespace) -> "Register | None":
    """Give what the campaign at hand knows; elsewhere, issuers are asked over the web."""
    from generator.campaign.files import SETTINGS

    from .register import read_register

    return read_register(arguments.root, now(arguments)) if (arguments.root / SETTINGS).is_file() else None


def _run(work: Callable[[Namespace], int], arguments: Namespace) -> int:
    from generator.problems import reason

    try:
        return work(arguments)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except OSError as error:
        print(f"Un fichier ne répond pas : {reason(error)} ({error.filename}).", file=sys.stderr)
    return 1
