"""Files to typed records: one file at a time, so that many can be read at once."""

from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from generator.config import SiteConfig
from generator.problems import Problem

from . import markup, sources
from .files import METHOD, SETTINGS, Source, read_bytes
from .models import KINDS
from .models.documents import Document
from .models.fields import Record
from .sources import Fault, Value
from .validation import Locate, validate

TEXT_FIELDS = {"story": markup.render_record, "description": markup.render_record, "protocol": markup.render_record}
"""The Markdown fields of records; a document's `body` has its own renderer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as read: its kind, its fields, its texts as HTML, and the place where it was written.

    `digest` stands for all that was written in it: two entries with one digest make the same page.
    """

    kind: str
    record: Record
    path: str
    place: sources.Path
    texts: dict[str, markup.Text]
    digest: str

    @property
    def key(self) -> tuple[str, str]:
        """What names it in the whole campaign: kind and id."""
        return self.kind, self.record.id

    @property
    def folder(self) -> str:
        """The folder that its pictures' names start from, from the campaign's root."""
        return self.path.rsplit("/", 1)[0]


@dataclass(slots=True)
class Reading:
    """What one file gave: its entries, and what is wrong with it."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_source(root: Path, source: Source) -> Reading:
    """Read one file of records. Never raises for what the file holds: that becomes problems."""
    reading = Reading()
    try:
        text = sources.decode(read_bytes(root, source.path))
        if KINDS[source.kind].is_document:
            _read_document(source, text, reading)
        else:
            _read_records(source, text, reading)
    except Fault as fault:
        reading.problems.append(_problem(source.path, fault))
    return reading


def read_settings(root: Path) -> tuple[SiteConfig | None, list[Problem]]:
    """Read `site_config.yml`: the settings, or what is wrong with them."""
    try:
        text = sources.decode(read_bytes(root, SETTINGS))
        raw = sources.parse(text)
    except Fault as fault:
        if fault.code == "unreadable":
            hint = "Lancez la commande dans le dossier de la campagne, ou donnez-le avec --root."
            return None, [Problem(SETTINGS, 0, 0, "error", "no-settings", "Le fichier des réglages manque.", hint)]
        return None, [_problem(SETTINGS, fault)]
    result = validate(SiteConfig, raw or {}, SETTINGS, lambda path: sources.locate(text, path))
    return (None, result) if isinstance(result, list) else (result, [])


def locate_in(root: Path, path: str, place: sources.Path) -> tuple[int, int]:
    """Find the line and column of a field again, for a problem that shows only once all files are read."""
    try:
        text = sources.decode(read_bytes(root, path))
        if path.endswith(".md"):
            front, _, line = _front_matter(text)
            found = sources.locate(front, place)
            return found[0] + line - 1, found[1]
        return sources.locate(text, place)
    except Fault:
        return 1, 1


def find_in(root: Path, path: str, words: str) -> tuple[int, int]:
    """Find the first line and column where some words stand in a file."""
    try:
        text = sources.decode(read_bytes(root, path))
    except Fault:
        return 1, 1
    position = max(text.find(words), 0)
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _read_records(source: Source, text: str, reading: Reading) -> None:
    raw = sources.parse(text)

    def locate(path: sources.Path) -> tuple[int, int]:
        return sources.locate(text, path)

    if raw is None:
        raise Fault(1, 1, "empty-file", "Le fichier est vide.", "Remplissez-le ou supprimez-le.")
    if not source.is_list:
        _add(source, source.kind, raw, source.stem, (), locate, reading)
    elif source.path == METHOD:
        _read_method(source, raw, locate, reading)
    else:
        _read_list(source, source.kind, raw, (), locate, reading)


def _read_method(source: Source, raw: Value, locate: Locate, reading: Reading) -> None:
    lists = {"steps": "step", "factors": "factor"}
    if not isinstance(raw, dict):
        raise Fault(1, 1, "wrong-type", "Deux listes sont attendues ici : « steps » et « factors ».")
    for name, value in raw.items():
        if name in lists:
            _read_list(source, lists[name], value, (name,), locate, reading)
        else:
            message = f"Le champ « {name} » n'existe pas ici."
            problem = Problem(
                source.path, *locate((name,)), "error", "unknown-field", message, "Listes possibles : steps, factors."
            )
            reading.problems.append(problem)


def _read_list(source: Source, kind: str, raw: Value, place: sources.Path, locate: Locate, reading: Reading) -> None:
    if not isinstance(raw, list):
        message = f"Une liste de fiches ({KINDS[kind].plural}) est attendue ici."
        problem = Problem(
            source.path, *locate(place), "error", "wrong-type", message, "Commencez chaque fiche par « - id: … »."
        )
        reading.problems.append(problem)
        return
    for position, item in enumerate(raw):
        _add(source, kind, item, None, (*place, position), locate, reading)


def _read_document(source: Source, text: str, reading: Reading) -> None:
    front, body, line = _front_matter(text)

    def locate(path: sources.Path) -> tuple[int, int]:
        found = sources.locate(front, path)
        return found[0] + line - 1, found[1]

    try:
        raw = sources.parse(front)
    except Fault as fault:
        raise Fault(fault.line + line - 1, fault.column, fault.code, fault.message, fault.hint) from None
    if raw is None:
        raw = {}
    if isinstance(raw, dict) and "body" in raw:
        problem = Problem(
            source.path, *locate(("body",)), "error", "unknown-field", "Le champ « body » n'existe pas ici.",
            "Écrivez le texte sous l'en-tête, après la ligne « --- ».",
        )  # fmt: skip
        reading.problems.append(problem)
        return
    if isinstance(raw, dict):
        raw["body"] = body
    _add(source, source.kind, raw, source.stem, (), locate, reading)


def _front_matter(text: str) -> tuple[str, str, int]:
    """Give a document's YAML head, its body, and the line where the head begins.

    Raises Fault when the head is missing or not closed.
    """
    import frontmatter

    handler = frontmatter.YAMLHandler()
    how = "Un document commence par « --- », ses champs, puis « --- » seul sur une ligne."
    if not text.strip():
        raise Fault(1, 1, "empty-file", "Le fichier est vide.", "Remplissez-le ou supprimez-le.")
    if not handler.detect(text):
        raise Fault(1, 1, "no-front-matter", "L'en-tête du document manque.", how)
    try:
        front, body = handler.split(text)
    except ValueError:
        raise Fault(1, 1, "no-front-matter", "L'en-tête du document n'est pas fermé.", how) from None
    return front.lstrip("\n"), body, 2 + text[: text.index(front.strip() or "---")].count("\n") - 1


def _add(
    source: Source, kind: str, raw: Value, stem: str | None, place: sources.Path, locate: Locate, reading: Reading
) -> None:
    """Validate one record and add it, or add its problems."""
    model = KINDS[kind].model
    if isinstance(raw, dict) and stem is not None:
        written = raw.setdefault("id", stem)
        if written != stem:
            message = f"L'identifiant « {written} » n'est pas le nom du fichier (« {stem} »)."
            problem = Problem(
                source.path,
                *locate(("id",)),
                "error",
                "id-mismatch",
                message,
                "Retirez la ligne « id », ou renommez le fichier.",
            )
            reading.problems.append(problem)
            return
    result = validate(model, raw, source.path, locate, place)
    if isinstance(result, list):
        reading.problems += [_about_file_name(problem, stem) for problem in result]
        return
    texts = {
        name: render(value)
        for name, render in TEXT_FIELDS.items()
        if (value := getattr(result, name, None)) is not None
    }
    if isinstance(result, Document):
        texts["body"] = markup.render_document(result.body)
    digest = blake2b(repr(raw).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    reading.entries.append(Entry(kind, result, source.path, place, texts, digest))


def _about_file_name(problem: Problem, stem: str | None) -> Problem:
    """Tell of an id taken from the file's name as the name of a file, which is what has to change."""
    if problem.code != "slug-form" or stem is None or f"« {stem} »" not in problem.message:
        return problem
    message = f"Le nom du fichier, « {stem} », ne peut pas faire une adresse de page."
    hint = "Renommez-le : lettres minuscules sans accent, chiffres et tirets."
    return Problem(problem.path, 0, 0, "error", problem.code, message, hint)


def _problem(path: str, fault: Fault) -> Problem:
    return Problem(path, fault.line, fault.column, "error", fault.code, fault.message, fault.hint)
