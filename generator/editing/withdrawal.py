"""Taking back a portrait's release: one date written into its file, where everything else stays as it was."""

import copy
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from generator.campaign import sources
from generator.campaign.faults import Fault
from generator.campaign.files import Source, find_sources, read_bytes
from generator.campaign.places import Places
from generator.staff import Trouble

_DATE = re.compile(r"""["']?\d{4}-\d{2}-\d{2}["']?""")


def withdraw(root: Path, portrait: str, day: date) -> tuple[str, int]:
    """Write into a portrait's file that its release is taken back from a day on; give the file and the line.

    Comments, order and layout stay. The file is written whole or not at all, and only if it then says the same as
    before but for that date. Raises Trouble.
    """
    for source in find_sources(root)[0]:
        if source.kind == "portrait" and (source.is_list or source.stem == portrait):
            place = _find(root, source, portrait)
            if place is not None:
                return source.path, _edit(root, source.path, place, day)
    raise Trouble(f"Il n'y a pas de portrait « {portrait} ». Son identifiant est le nom de son fichier.")


def _find(root: Path, source: Source, portrait: str) -> sources.Path | None:
    raw = _parsed(root, source.path, _text(root, source.path))
    if not source.is_list:
        return ()
    found = (rank for rank, each in enumerate(raw) if isinstance(each, dict) and each.get("id") == portrait)
    rank = next(found, None)
    return None if rank is None else (rank,)


def _text(root: Path, path: str) -> str:
    try:
        return read_bytes(root, path).decode("utf-8")
    except (Fault, UnicodeDecodeError):
        raise Trouble(f"{path} ne peut pas être lu : « ville check » dit pourquoi.") from None


def _parsed(root: Path, path: str, text: str) -> Any:
    try:
        return sources.parse(sources.decode(text.encode()))
    except Fault as fault:
        raise Trouble(f"{path}, ligne {fault.line} : {fault.message} Corrigez d'abord cette erreur.") from None


def _edit(root: Path, path: str, place: sources.Path, day: date) -> int:
    text = _text(root, path)
    wanted = copy.deepcopy(_parsed(root, path, text))
    record = wanted
    for step in place:
        record = record[step]
    consent = record.get("consent") if isinstance(record, dict) else None
    if not isinstance(consent, dict) or "until" not in consent:
        raise Trouble(f"{path} n'a pas d'autorisation valable : « ville check » dit ce qui manque.")
    known = "withdrawn" in consent
    if known and str(consent["withdrawn"]) <= day.isoformat():
        raise Trouble(f"Cette autorisation est déjà retirée depuis le {consent['withdrawn']} ({path}) : rien à faire.")
    consent["withdrawn"] = day.isoformat()
    edited, line = _with_date(text, (*place, "consent"), known, day)
    try:
        same = sources.parse(sources.decode(edited.encode())) == wanted
    except Fault:
        same = False
    if not same:
        raise Trouble(
            f"{path} est écrit d'une façon que cette commande ne sait pas modifier. "
            f"Ajoutez-y vous-même, sous « consent: » : withdrawn: {day.isoformat()}"
        )
    _replace(root / path, edited)
    return line


def _with_date(text: str, consent: sources.Path, known: bool, day: date) -> tuple[str, int]:
    """Give the text with the date in it, and its line: in place of the one known, or right after the release's end."""
    decoded = sources.decode(text.encode())
    places = Places(decoded)
    line, column = places.value((*consent, "withdrawn" if known else "until"))
    lines = text.split("\n")
    written = lines[line - 1]
    match = _DATE.match(written, column - 1)
    if match is None:
        return text, line
    if known:
        lines[line - 1] = f"{written[: match.start()]}{day.isoformat()}{written[match.end() :]}"
    elif decoded[places.span(consent)[0]] == "{":
        lines[line - 1] = f"{written[: match.end()]}, withdrawn: {day.isoformat()}{written[match.end() :]}"
    else:
        margin = " " * (places.name((*consent, "until"))[1] - 1)
        end = "\r" if written.endswith("\r") else ""
        lines.insert(line, f"{margin}withdrawn: {day.isoformat()}{end}")
        line += 1
    return "\n".join(lines), line


def _replace(file: Path, text: str) -> None:
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode())
        part.chmod(file.stat().st_mode & 0o777)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble(f"{file} ne peut pas être écrit : {error.strerror}.") from None


def mentions(root: Path, path: str, portrait: str) -> Iterator[str]:
    """Give the places, `file:line`, where the campaign's other files name a portrait's person, or the portrait."""
    record = _parsed(root, path, _text(root, path))
    found = record if isinstance(record, dict) else next(each for each in record if each.get("id") == portrait)
    name = str(found.get("title", portrait))
    wanted = re.compile(rf"\b{re.escape(name)}\b|\b{re.escape(portrait)}\b")
    for source in find_sources(root)[0]:
        if source.path == path:
            continue
        try:
            text = sources.decode(read_bytes(root, source.path))
        except Fault:
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if wanted.search(line):
                yield f"{source.path}:{number}"
