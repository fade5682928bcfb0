"""Commands that make the site and what goes with it: build, documents, serve, index, newsletter."""

import gc
import json
import re
import sys
from argparse import ArgumentTypeError, Namespace
from pathlib import Path

from generator.arguments import Commands, add_command, add_jobs, add_now, jobs, moment, now
from generator.problems import has_errors

from .report_commands import DONE, HAS_ERRORS, add_check, add_next_change, add_schema, plural, print_problems


def add_commands(commands: Commands) -> None:
    """Add these commands, and those of `report_commands`, to the command line."""
    _add_build(commands)
    add_check(commands)
    _add_documents(commands)
    _add_serve(commands)
    _add_index(commands)
    _add_newsletter(commands)
    add_next_change(commands)
    add_schema(commands)


def _add_build(commands: Commands) -> None:
    parser = add_command(
        commands,
        "build",
        "faire le site",
        _build,
        examples="  ville build\n  ville build --root ma-ville --output /var/www/solidaire\n"
        "  ville build --clean --json",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DOSSIER", help="dossier du site (par défaut : site/ dans la campagne)"
    )
    add_now(parser)
    add_jobs(parser)
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


def _build(options: Namespace) -> int:
    from generator.build import build

    # A build makes hundreds of thousands of objects and hardly a cycle: the collector would look at them for nothing.
    gc.disable()
    output = options.output or options.root / "site"
    report = build(options.root, output, now(options), jobs(options), clean=options.clean, dask=options.dask)
    failed = has_errors(report.problems)
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        print_problems(report.problems, options.root)
        if not failed:
            counts = f"{report.written} écrites, {report.unchanged} inchangées, {report.removed} retirées"
            seconds = f"{report.seconds:.2f}".replace(".", ",")
            print(f"{report.pages} pages en {seconds} s : {counts}.\nLe site est dans {output}.")
            if report.waiting:
                print(f"{plural(report.waiting, 'document')} à refaire : « ville documents », puis « ville build ».")
    return HAS_ERRORS if failed else DONE


def _add_documents(commands: Commands) -> None:
    parser = add_command(
        commands,
        "documents",
        "mettre en page les documents à imprimer, que « ville build » publie ensuite",
        _documents,
        examples="  ville documents\n  ville documents --only livret\n  ville documents && ville build",
    )
    parser.add_argument("--only", type=_document_kind, metavar="SORTE", help="une seule sorte, par exemple livret")
    add_now(parser)
    add_jobs(parser)


def _documents(options: Namespace) -> int:
    from generator.build.documents import make_documents

    report = make_documents(options.root, now(options), jobs(options), options.only)
    print_problems(report.problems, options.root)
    if report.made or report.kept:
        seconds = f"{report.seconds:.1f}".replace(".", ",")
        done = f"{plural(report.made, 'document')} en {seconds} s, {report.kept} déjà à jour"
        print(f"{done}, {report.swept} retirés.\n« ville build » les publie.")
    return HAS_ERRORS if has_errors(report.problems) else DONE


def _add_serve(commands: Commands) -> None:
    parser = add_command(
        commands,
        "serve",
        "montrer le site pendant qu'on l'écrit, refait à chaque enregistrement",
        _serve,
        examples="  ville serve\n  ville serve --port 8080 --now 2026-07-14T12:00",
    )
    parser.add_argument("--host", default="127.0.0.1", metavar="ADRESSE", help="où écouter (127.0.0.1 : cette machine)")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="le port où écouter (8000)")
    add_now(parser)


def _serve(options: Namespace) -> int:
    from generator.build.preview import serve

    print(f"L'aperçu est sur http://{options.host}:{options.port}/ (Ctrl+C pour l'arrêter).", file=sys.stderr)
    serve(options.root, options.host, options.port, lambda: now(options))
    return DONE


def _add_newsletter(commands: Commands) -> None:
    parser = add_command(
        commands,
        "newsletter",
        "faire la lettre d'information, avec ce qui est nouveau depuis un jour",
        _newsletter,
        examples="  ville newsletter --since 2026-11-01\n  ville newsletter --since 2026-11-01 --output lettres",
    )
    parser.add_argument(
        "--since",
        type=moment,
        required=True,
        metavar="DATE",
        help="le premier jour à raconter (2026-11-01)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DOSSIER", help="dossier de la lettre (par défaut : lettres/ dans la campagne)"
    )
    add_now(parser)
    add_jobs(parser)


def _newsletter(options: Namespace) -> int:
    from generator.build.newsletter import write_newsletter

    output = options.output or options.root / "lettres"
    files, problems = write_newsletter(options.root, output, options.since.date(), now(options), jobs(options))
    print_problems(problems, options.root)
    for file in files:
        print(f"{file} ({file.stat().st_size // 1000 + 1} ko)")
    return HAS_ERRORS if has_errors(problems) else DONE


def _add_index(commands: Commands) -> None:
    parser = add_command(
        commands,
        "index",
        "faire l'index de recherche d'un site déjà construit",
        _index,
        examples="  ville build && ville index",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DOSSIER", help="dossier du site (par défaut : site/ dans la campagne)"
    )


def _index(options: Namespace) -> int:
    from generator.site.search import NotIndexed, index

    output = options.output or options.root / "site"
    try:
        pages = index(output)
    except NotIndexed as failure:
        print_problems([failure.problem], options.root)
        return HAS_ERRORS
    print(f"{pages} pages dans l'index de recherche.")
    return DONE


def _scheduler(text: str) -> str:
    if not re.fullmatch(r"(?:tcp|tls)://[^\s/]+:\d{1,5}", text):
        raise ArgumentTypeError(f"« {text} » n'est pas une adresse ; forme attendue : tcp://192.0.2.10:8786")
    return text


def _document_kind(text: str) -> str:
    from generator.site.document_plans import PLANS

    if text not in PLANS:
        raise ArgumentTypeError(f"« {text} » n'est pas une sorte de document ; il y a : {', '.join(PLANS)}")
    return text
