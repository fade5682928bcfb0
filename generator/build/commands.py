"""Commands about the site: build, check, documents, index, schema."""

import argparse
import gc
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.problems import PRINTERS, Problem, has_errors, print_text

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DONE, HAS_ERRORS = 0, 1


def add_commands(commands: "_SubParsersAction[Any]") -> None:
    """Add these commands to the command line; their arguments carry the function to call as `run`."""
    _add_build(commands)
    _add_check(commands)
    _add_documents(commands)
    _add_serve(commands)
    _add_index(commands)
    _add_newsletter(commands)
    _add_next_change(commands)
    _add_schema(commands)


def _command(commands: "_SubParsersAction[Any]", name: str, text: str, examples: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog=f"Exemples :\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=Path("."),
        metavar="DOSSIER",
        help="dossier de la campagne, qui contient site_config.yml (par défaut : ici)",
    )
    return parser


def _add_now(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--now",
        type=_moment,
        metavar="DATE",
        help="fait comme si on était à ce moment, par exemple 2026-07-14T12:00 (heure de Paris)",
    )


def _add_jobs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=_count, metavar="N", help="nombre de processus (par défaut : un par processeur)")


def _add_build(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "build",
        "faire le site",
        "  ville build\n  ville build --root ma-ville --output /var/www/solidaire\n  ville build --clean --json",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DOSSIER", help="dossier du site (par défaut : site/ dans la campagne)"
    )
    _add_now(parser)
    _add_jobs(parser)
    parser.add_argument(
        "--clean", action="store_true", help="refait tout, sans se servir de la construction précédente"
    )
    parser.add_argument(
        "--dask",
        type=_scheduler,
        metavar="ADRESSE",
        help="dessine les pages sur la grappe Dask dont l'ordonnanceur est à cette adresse, tcp://192.0.2.10:8786",
    )
    parser.add_argument("--json", action="store_true", help="écrit le résultat en JSON sur la sortie standard")
    parser.set_defaults(run=_build)


def _build(options: argparse.Namespace) -> int:
    from generator.build import build

    # A build makes hundreds of thousands of objects and hardly a cycle: the collector would look at them for nothing.
    gc.disable()
    output = options.output or options.root / "site"
    report = build(options.root, output, _now(options), _jobs(options), clean=options.clean, dask=options.dask)
    failed = has_errors(report.problems)
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _print_problems(report.problems, options.root)
        if not failed:
            counts = f"{report.written} écrites, {report.unchanged} inchangées, {report.removed} retirées"
            seconds = f"{report.seconds:.2f}".replace(".", ",")
            print(f"{report.pages} pages en {seconds} s : {counts}.\nLe site est dans {output}.")
            if report.waiting:
                print(f"{_plural(report.waiting, 'document')} à refaire : « ville documents », puis « ville build ».")
    return HAS_ERRORS if failed else DONE


def _add_check(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "check",
        "vérifier toutes les fiches et tous les documents",
        "  ville check\n  ville check --format json\n  ville check --format github",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="pour une personne, un programme, ou une demande de fusion sur GitHub",
    )
    _add_now(parser)
    _add_jobs(parser)
    parser.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from generator.build.archive import Damaged
    from generator.build.gathering import gather, missing_pages
    from generator.build.progress import bar
    from generator.build.sealed import in_clear
    from generator.build.workers import processes
    from generator.signups.leaks import leaks

    with processes(_jobs(options), bar("Lecture des fiches et des images")) as executor:
        try:
            gathered = gather(options.root, _now(options), executor)
        except Damaged:
            gathered = gather(options.root, _now(options), executor, afresh=True)
    site = options.root / "site"
    missing = missing_pages(gathered.pages) if gathered.library else []
    library = gathered.library
    has_key = library is not None and library.config.press_public_key
    missing += in_clear(gathered.outlines, _now(options), options.root) if has_key else []
    problems = gathered.problems + missing + leaks(options.root, site if site.is_dir() else None)
    printed = PRINTERS[options.format](problems, options.root)
    if printed:
        print(printed)
    if options.format == "text":
        print(_count_text(problems), file=sys.stderr)
    return HAS_ERRORS if has_errors(problems) else DONE


def _add_documents(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "documents",
        "mettre en page les documents à imprimer, que « ville build » publie ensuite",
        "  ville documents\n  ville documents --only livret\n  ville documents && ville build",
    )
    parser.add_argument("--only", type=_document_kind, metavar="SORTE", help="une seule sorte, par exemple livret")
    _add_now(parser)
    _add_jobs(parser)
    parser.set_defaults(run=_documents)


def _documents(options: argparse.Namespace) -> int:
    from generator.build.documents import make_documents

    report = make_documents(options.root, _now(options), _jobs(options), options.only)
    _print_problems(report.problems, options.root)
    if report.made or report.kept:
        seconds = f"{report.seconds:.1f}".replace(".", ",")
        done = f"{_plural(report.made, 'document')} en {seconds} s, {report.kept} déjà à jour"
        print(f"{done}, {report.swept} retirés.\n« ville build » les publie.")
    return HAS_ERRORS if has_errors(report.problems) else DONE


def _add_serve(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "serve",
        "montrer le site pendant qu'on l'écrit, refait à chaque enregistrement",
        "  ville serve\n  ville serve --port 8080 --now 2026-07-14T12:00",
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="où écouter (127.0.0.1 : cette machine)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="le port où écouter (8000)")
    _add_now(parser)
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    from generator.build.preview import serve

    print(f"L'aperçu est sur http://{options.host}:{options.port}/ (Ctrl+C pour l'arrêter).", file=sys.stderr)
    serve(options.root, options.host, options.port, lambda: _now(options))
    return DONE


def _add_newsletter(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "newsletter",
        "faire la lettre d'information, avec ce qui est nouveau depuis un jour",
        "  ville newsletter --since 2026-11-01\n  ville newsletter --since 2026-11-01 --output lettres",
    )
    parser.add_argument(
        "--since",
        type=_moment,
        required=True,
        metavar="DATE",
        help="le premier jour à raconter (2026-11-01)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DOSSIER", help="dossier de la lettre (par défaut : lettres/ dans la campagne)"
    )
    _add_now(parser)
    _add_jobs(parser)
    parser.set_defaults(run=_newsletter)


def _newsletter(options: argparse.Namespace) -> int:
    from generator.build.newsletter import write_newsletter

    output = options.output or options.root / "lettres"
    files, problems = write_newsletter(options.root, output, options.since.date(), _now(options), _jobs(options))
    _print_problems(problems, options.root)
    for file in files:
        print(f"{file} ({file.stat().st_size // 1000 + 1} ko)")
    return HAS_ERRORS if has_errors(problems) else DONE


def _add_schema(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "schema",
        "écrire les schémas JSON de toutes les fiches, pour les éditeurs",
        "  ville schema --output schemas",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("schemas"),
        metavar="DOSSIER",
        help="dossier des schémas (par défaut : schemas/)",
    )
    parser.set_defaults(run=_schema)


def _schema(options: argparse.Namespace) -> int:
    from generator.campaign.schema import write_schemas

    names = write_schemas(options.output)
    print(f"{len(names)} schémas écrits dans {options.output}.")
    return DONE


def _add_next_change(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands,
        "next-change",
        "dire quand le site changera de lui-même : embargo, autorisation, label, rendez-vous, alerte",
        "  ville next-change\n  ville next-change --now 2026-11-23T08:00:00Z --json",
    )
    _add_now(parser)
    parser.add_argument("--json", action="store_true", help="écrit le résultat en JSON sur la sortie standard")
    parser.set_defaults(run=_next_change)


def _next_change(options: argparse.Namespace) -> int:
    from datetime import UTC

    from generator.site.dates import moment

    from .schedule import next_change

    now = _now(options)
    change, problems = next_change(options.root, now)
    _print_problems(problems, options.root)
    # RFC 3339, in UTC: what `date -d`, systemd and every scheduler read alike.
    written = change.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if options.json:
        wait = round(change.moment.timestamp() - now.timestamp())
        print(json.dumps({"next_change": written, "seconds": wait, "what": change.what}, ensure_ascii=False))
    else:
        print(f"Prochain changement : {moment(change.moment)} ({change.what}).", file=sys.stderr)
        print(written)
    return HAS_ERRORS if has_errors(problems) else DONE


def _add_index(commands: "_SubParsersAction[Any]") -> None:
    parser = _command(
        commands, "index", "faire l'index de recherche d'un site déjà construit", "  ville build && ville index"
    )
    parser.add_argument(
        "--output", type=Path, metavar="DOSSIER", help="dossier du site (par défaut : site/ dans la campagne)"
    )
    parser.set_defaults(run=_index)


def _index(options: argparse.Namespace) -> int:
    from generator.site.search import NotIndexed, index

    output = options.output or options.root / "site"
    try:
        pages = index(output)
    except NotIndexed as failure:
        _print_problems([failure.problem], options.root)
        return HAS_ERRORS
    print(f"{pages} pages dans l'index de recherche.")
    return DONE


def _print_problems(problems: list[Problem], root: Path) -> None:
    if problems:
        print(print_text(problems, root), file=sys.stderr)
        print(_count_text(problems), file=sys.stderr)


def _count_text(problems: list[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "Aucun problème."
    return f"{_plural(errors, 'erreur')}, {_plural(warnings, 'avertissement')}."


def _plural(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


def _now(options: argparse.Namespace) -> datetime:
    from generator.campaign.models.fields import PARIS

    return options.now or datetime.now(PARIS)


def _jobs(options: argparse.Namespace) -> int:
    from generator.build.workers import available_jobs

    return options.jobs or available_jobs()


def _moment(text: str) -> datetime:
    from generator.campaign.models.fields import PARIS

    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(PARIS) if moment.tzinfo else moment.replace(tzinfo=PARIS)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date ; forme attendue : 2026-07-14T12:00") from None


def _scheduler(text: str) -> str:
    if not re.fullmatch(r"(?:tcp|tls)://[^\s/]+:\d{1,5}", text):
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une adresse ; forme attendue : tcp://192.0.2.10:8786")
    return text


def _document_kind(text: str) -> str:
    from generator.site.document_plans import PLANS

    if text not in PLANS:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une sorte de document ; il y a : {', '.join(PLANS)}")
    return text


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas un nombre de processus")
    return int(text)
