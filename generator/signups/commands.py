"""`ville signups`: what staff do with what residents sent."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.arguments import Commands, add_command, add_family, add_now, now
from generator.staff import Trouble, key_folder

if TYPE_CHECKING:
    from generator.collector.stores import Store
    from generator.config import SiteConfig

EXAMPLES = """\
  ville signups keygen                                    crée les clés, une fois pour toutes
  ville signups list                                      ce qui est arrivé, sans rien ouvrir
  ville signups export devenir-voisin-solidaire --output ~/voisins.xlsx
  ville signups erase marie@courrier.exemple              efface tout ce qui vient de cette adresse
  ville signups purge                                     efface ce qui a été gardé assez longtemps
  ville signups tally                                     met à jour data/network.yml
  ville signups accept 3f09…                              fait d'une proposition un brouillon de fiche"""


def add_commands(commands: Commands) -> None:
    """Add `signups` to the command line."""
    family = add_family(
        commands,
        "signups",
        "lire, exporter, effacer et compter les inscriptions",
        description="Lit, exporte, efface et compte ce que les habitants ont envoyé.",
        examples=EXAMPLES,
    )

    def add(name: str, text: str, work: Callable[[Namespace], int], *, key: bool = False) -> ArgumentParser:
        parser = add_command(family, name, text, lambda arguments: _run(work, arguments))
        add_now(parser)
        if key:
            default = key_folder() / "cle-privee.txt"
            parser.add_argument(
                "--key", type=Path, default=default, metavar="FICHIER", help=f"la clé privée ({default})"
            )
        return parser

    make = add("keygen", "créer les clés", keygen)
    make.add_argument("--output", type=Path, default=key_folder(), metavar="DOSSIER", help="où ranger les clés")
    add("list", "dire ce qui est arrivé", show)
    export = add("export", "écrire un tableau", write_table, key=True)
    export.add_argument("form", metavar="FORMULAIRE", help="par exemple devenir-voisin-solidaire")
    export.add_argument("--output", type=Path, required=True, metavar="FICHIER", help="un fichier .csv ou .xlsx")
    export.add_argument("--all", action="store_true", help="avec les envois qui n'ont pas été confirmés")
    add("erase", "effacer une personne", erase_person, key=True).add_argument("address", metavar="ADRESSE")
    add("purge", "effacer ce qui a fait son temps", purge_old)
    add("tally", "compter dans data/network.yml", tally)
    add("accept", "faire d'une proposition un brouillon", accept, key=True).add_argument("id", metavar="ID")


def keygen(arguments: Namespace) -> int:
    """Make the keys."""
    from .keys import make_keys

    print(make_keys(arguments.root, arguments.output, now(arguments).date()))
    return 0


def show(arguments: Namespace) -> int:
    """List what came in, from outside."""
    from .archive import signups

    store, _ = _store(arguments)
    found = signups(store)
    for signup in found:
        state = {True: "confirmé", False: "à confirmer", None: ""}[signup.confirmed]
        print(f"{signup.day}  {signup.place.form:32} {signup.neighbourhood or '':24} {state:12} {signup.place.id}")
    print(f"{len(found)} envoi(s), {sum(1 for _ in _waiting(store))} message(s) en attente.", file=sys.stderr)
    return 0


def write_table(arguments: Namespace) -> int:
    """Export a form's sign-ups."""
    from generator.collector.forms import all_forms, read_forms

    from .archive import open_record, read_key, signups
    from .export import as_csv, as_xlsx, columns, row

    store, _ = _store(arguments)
    output: Path = arguments.output.expanduser()
    if output.resolve().is_relative_to(arguments.root.resolve()):
        raise Trouble("Un export contient des données personnelles : écrivez-le hors du dossier du site.")
    if output.suffix not in {".csv", ".xlsx"}:
        raise Trouble("Donnez un fichier en .csv ou en .xlsx.")
    name = arguments.form
    form = read_forms(arguments.root, now(arguments)).get(name) or all_forms(arguments.root).get(name)
    if form is None:
        raise Trouble(f"Il n'y a pas de formulaire « {name} ».")
    key = read_key(arguments.key)
    chosen = [signup for signup in signups(store, name) if arguments.all or signup.counts]
    rows = [row(form, signup, open_record(store, signup.place, key)) for signup in chosen]
    table = (as_csv if output.suffix == ".csv" else as_xlsx)(columns(form), rows)
    handle = os.open(output, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(table)
    print(f"{len(rows)} envoi(s) dans {output}. Effacez ce fichier dès qu'il a servi.", file=sys.stderr)
    return 0


def erase_person(arguments: Namespace) -> int:
    """Erase all that came from an address."""
    from .archive import read_key
    from .erasure import erase

    store, _ = _store(arguments)
    removed = erase(store, arguments.address, read_key(arguments.key), now(arguments))
    _tell("effacé", removed)
    return _count(arguments)


def purge_old(arguments: Namespace) -> int:
    """Erase what was kept long enough."""
    from generator.collector.forms import all_forms

    from .erasure import purge

    store, _ = _store(arguments)
    _tell("effacé", purge(store, all_forms(arguments.root), now(arguments).date()))
    return _count(arguments)


def tally(arguments: Namespace) -> int:
    """Count."""
    return _count(arguments)


def accept(arguments: Namespace) -> int:
    """Make a draft of a proposition."""
    from generator.campaign.models import KINDS
    from generator.collector.forms import all_forms

    from .archive import open_record, read_key, signups
    from .drafts import draft

    store, _ = _store(arguments)
    found = [signup for signup in signups(store) if signup.place.id.startswith(arguments.id)]
    if len(found) != 1:
        raise Trouble(f"{len(found)} envois commencent par « {arguments.id} » : « ville signups list » les montre.")
    form = all_forms(arguments.root).get(found[0].place.form)
    if form is None or form.becomes is None:
        raise Trouble("Les réponses à ce formulaire ne deviennent pas des fiches.")
    name, text = draft(form, open_record(store, found[0].place, read_key(arguments.key)), now(arguments).date())
    path = arguments.root / "data" / KINDS[form.becomes].source / f"{name}.yml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Trouble(f"{path} existe déjà.") from None
    print(f"Brouillon écrit dans {path}. Relisez-le, puis proposez-le par une demande de fusion.")
    return 0


def _count(arguments: Namespace) -> int:
    from generator.campaign.models.forms import Source
    from generator.collector.forms import record_ids

    from .archive import signups
    from .tally import FILE, count, is_of_today, write

    store, config = _store(arguments)
    today = now(arguments).date()
    if is_of_today(arguments.root, today):
        print("Le décompte d'aujourd'hui est déjà fait : le prochain change demain, pour qu'il ne trahisse personne.")
        return 0
    places = record_ids(arguments.root, Source.NEIGHBOURHOOD)
    write(arguments.root, count(signups(store), places, config.count_threshold, today))
    print(f"Décompte écrit dans {arguments.root / FILE}.")
    return 0


def _run(work: Callable[[Namespace], int], arguments: Namespace) -> int:
    from generator.collector.forms import Unreadable
    from generator.collector.settings import NotReady

    try:
        return work(arguments)
    except (Trouble, NotReady, Unreadable) as reason:
        print(reason, file=sys.stderr)
    except OSError as error:
        print(f"Le coffre ou le fichier ne répond pas : {error.strerror or error}.", file=sys.stderr)
    return 1


def _store(arguments: Namespace) -> "tuple[Store, SiteConfig]":
    from generator.collector.running import open_store
    from generator.collector.settings import read_config

    config = read_config(arguments.root)
    return open_store(arguments.root, config), config


def _waiting(store: "Store") -> Any:
    from generator.collector.mails import FOLDER

    return store.names(FOLDER)


def _tell(done: str, removed: "Counter[str]") -> None:
    for form, number in sorted(removed.items()):
        print(f"{form} : {number} envoi(s) {done}(s).")
    if not removed:
        print("Rien à effacer.")
