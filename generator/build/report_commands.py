"""Commands that inform staff and publish nothing: check, next-change, schema. And how problems are told."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from generator.arguments import Commands, add_command, add_jobs, add_now, jobs, now
from generator.problems import PRINTERS, Problem, has_errors, print_text

DONE, HAS_ERRORS = 0, 1


def add_check(commands: Commands) -> None:
    """Add `check` to the command line."""
    parser = add_command(
        commands,
        "check",
        "vérifier toutes les fiches et tous les documents",
        _check,
        examples="  ville check\n  ville check --format json\n  ville check --format github",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="pour une personne, un programme, ou une demande de fusion sur GitHub",
    )
    add_now(parser)
    add_jobs(parser)


def _check(options: Namespace) -> int:
    from generator.build.gathering import gather, missing_pages
    from generator.build.index import Damaged
    from generator.build.progress import bar
    from generator.build.sealed import in_clear
    from generator.build.workers import processes
    from generator.signups.leaks import leaks

    with processes(jobs(options), bar("Lecture des fiches et des images")) as executor:
        try:
            gathered = gather(options.root, now(options), executor)
        except Damaged:
            gathered = gather(options.root, now(options), executor, afresh=True)
    site = options.root / "site"
    missing = missing_pages(gathered.pages) if gathered.library else []
    library = gathered.library
    has_key = library is not None and library.config.press_public_key
    missing += in_clear(gathered.outlines, now(options), options.root) if has_key else []
    problems = gathered.problems + missing + leaks(options.root, site if site.is_dir() else None)
    printed = PRINTERS[options.format](problems, options.root)
    if printed:
        print(printed)
    if options.format == "text":
        print(_count_text(problems), file=sys.stderr)
    return HAS_ERRORS if has_errors(problems) else DONE


def add_next_change(commands: Commands) -> None:
    """Add `next-change` to the command line."""
    parser = add_command(
        commands,
        "next-change",
        "dire quand le site changera de lui-même : embargo, autorisation, label, rendez-vous, alerte",
        _next_change,
        examples="  ville next-change\n  ville next-change --now 2026-11-23T08:00:00Z --json",
    )
    add_now(parser)
    parser.add_argument("--json", action="store_true", help="écrit le résultat en JSON sur la sortie standard")


def _next_change(options: Namespace) -> int:
    from datetime import UTC

    from generator.site.dates import moment

    from .schedule import next_change

    present = now(options)
    change, problems = next_change(options.root, present)
    print_problems(problems, options.root)
    # RFC 3339, in UTC: what `date -d`, systemd and every scheduler read alike.
    written = change.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if options.json:
        wait = round(change.moment.timestamp() - present.timestamp())
        print(json.dumps({"next_change": written, "seconds": wait, "what": change.what}, ensure_ascii=False))
    else:
        print(f"Prochain changement : {moment(change.moment)} ({change.what}).", file=sys.stderr)
        print(written)
    return HAS_ERRORS if has_errors(problems) else DONE


def add_schema(commands: Commands) -> None:
    """Add `schema` to the command line."""
    parser = add_command(
        commands,
        "schema",
        "écrire les schémas JSON de toutes les fiches, pour les éditeurs",
        _schema,
        examples="  ville schema --output schemas",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("schemas"),
        metavar="DOSSIER",
        help="dossier des schémas (par défaut : schemas/)",
    )


def _schema(options: Namespace) -> int:
    from generator.campaign.schema import write_schemas

    names = write_schemas(options.output)
    print(f"{len(names)} schémas écrits dans {options.output}.")
    return DONE


def print_problems(problems: list[Problem], root: Path) -> None:
    """Tell staff of problems, if there are any, and how many they are."""
    if problems:
        print(print_text(problems, root), file=sys.stderr)
        print(_count_text(problems), file=sys.stderr)


def _count_text(problems: list[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "Aucun problème."
    return f"{plural(errors, 'erreur')}, {plural(warnings, 'avertissement')}."


def plural(count: int, word: str) -> str:
    """Give a number of things in words: « 1 document », « 2 documents »."""
    return f"{count} {word}{'s' if count > 1 else ''}"
