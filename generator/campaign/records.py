"""One file on its way to records: what it says, checked, then its texts as HTML."""

import marshal
import re
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.problems import Problem, Severity, visible

from . import markup, sources
from .entries import Entry
from .files import METHOD, Source, read_bytes
from .manuscript import Manuscript, empty
from .models import KINDS
from .models.record import Record
from .places import Places
from .sealing import ENDING, unseal
from .sources import Fault, Value
from .validation import salvage, validate

MAX_PROBLEMS = 200
"""After so many in one file, the rest of its list is left unread."""

TEXT_FIELDS = ("story", "description", "protocol")
"""The Markdown fields of records; a document's `body` has its own renderer."""


Unread = tuple[str, str | None]
"""The kind and id of a record that is there but has errors: to name it elsewhere is no mistake.

An id of None stands for any: the file could not be read far enough to tell.
"""


@dataclass(slots=True)
class Reading:
    """What one file gave: its entries, what is wrong with it, and the records that it failed to give."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[Unread] = field(default_factory=set)


def problem_of(path: str, fault: Fault) -> Problem:
    """Give the problem that a fault is in its file."""
    return Problem(path, fault.line, fault.column, "error", fault.code, fault.message, fault.hint)


def merged(problems: list[Problem], others: list[Problem]) -> list[Problem]:
    """Give all problems, but those that stand in a place already told of: they follow from it."""
    places = {(problem.line, problem.column) for problem in problems}
    return problems + [problem for problem in others if (problem.line, problem.column) not in places]


_METHOD_LISTS = {"steps": "step", "factors": "factor"}


def _kinds(source: Source) -> tuple[str, ...]:
    return tuple(_METHOD_LISTS.values()) if source.path == METHOD else (source.kind,)


_ID = re.compile(r"""^[ ]*(?:-[ ]+)?id:[ ]*["']?([a-z0-9-]+)""", re.MULTILINE)


class Reader:
    """One file on its way to records, by stages: `open`, `parse`, `check`, `render`.

    A stage raises Fault when no later one can follow: `fail` then takes note of it. `reading` is what came out.
    """

    _manuscript: Manuscript
    _places: Places
    _parsed: tuple[Value, list[Fault]]

    def __init__(self, source: Source) -> None:
        self._source = source
        self.reading = Reading()
        self._checked: list[tuple[str, Any, Value, sources.Path, bool]] = []  # Records without their texts.

    def fail(self, fault: Fault) -> None:
        """Take note that the file can't be read."""
        source = self._source
        unread = {(kind, None if source.is_list or source.is_sealed else source.stem) for kind in _kinds(source)}
        self.reading = Reading(problems=[problem_of(source.path, fault)], unread=unread)
        self._checked = []

    def open(self, root: Path, key: str = "") -> None:
        """Take in the file's text; `key` opens it, when it is sealed."""
        path = self._source.path
        content = read_bytes(root, path)
        if self._source.is_sealed:
            content = unseal(content, key)
        self._manuscript = Manuscript(path.removesuffix(ENDING), sources.decode(content))
        self._places = self._manuscript.places

    def parse(self) -> None:
        """Find the values that the file holds."""
        self._parsed = sources.parse_all(self._manuscript.head)

    def check(self) -> None:
        """Find the file's records and check their fields."""
        source = self._source
        raw, faults = self._parsed
        self.reading.problems = [problem_of(source.path, fault) for fault in faults]
        if raw is None and faults:
            self._give_up()
            return
        for place in sources.cut_values(self._manuscript.head):
            hint = "Mettez la valeur entre guillemets droits ; pour un commentaire, une espace après « # »."
            self._tell(place, "cut-value", "Ce qui suit « # » n'est pas lu.", hint, "warning")
        if KINDS[source.kind].is_document:
            self._document(raw)
        elif raw is None:
            raise empty()
        elif not source.is_list:
            self._record(source.kind, raw, ())
        elif source.path == METHOD:
            self._method(raw)
        else:
            self._list(source.kind, raw, ())

    def render(self) -> None:
        """Make the texts of the records found."""
        for kind, record, raw, place, sound in self._checked:
            try:
                texts = self._texts(record, place)
            except Fault:
                self._miss(kind, raw)
                continue
            # In version 2 of its format, marshal writes equal values alike; nothing is quicker at it.
            digest = blake2b(marshal.dumps(raw, 2), digest_size=12).hexdigest()
            self.reading.entries.append(Entry(kind, record, self._source.path, place, texts, digest, sound))
        self._checked = []

    def _tell(self, place: tuple[int, int], code: str, message: str, hint: str, severity: Severity = "error") -> None:
        self.reading.problems.append(Problem(self._source.path, *place, severity, code, message, hint))

    def _give_up(self) -> None:
        """Tell which records the file seems to hold, when it can't be read as YAML."""
        if not self._source.is_list:
            self.reading.unread.add((self._source.kind, self._source.stem))
            return
        ids = _ID.findall(self._manuscript.text) or [None]
        self.reading.unread |= {(kind, each) for kind in _kinds(self._source) for each in ids}

    def _method(self, raw: Value) -> None:
        if not isinstance(raw, dict):
            raise Fault(1, 1, "wrong-type", "Deux listes sont attendues ici.", "Écrivez « steps: » et « factors: ».")
        for name, value in raw.items():
            if name in _METHOD_LISTS:
                self._list(_METHOD_LISTS[name], value, (name,))
            else:
                message = f"Le champ « {visible(name)} » n'existe pas ici."
                self._tell(self._places.name((name,)), "unknown-field", message, "Listes possibles : steps, factors.")

    def _list(self, kind: str, raw: Value, place: sources.Path) -> None:
        if isinstance(raw, list):
            for position, item in enumerate(raw):
                if len(self.reading.problems) > MAX_PROBLEMS:
                    self._stop(kind, (*place, position))
                    break
                self._record(kind, item, (*place, position))
                self.render()
            return
        message = f"Une liste de fiches ({KINDS[kind].plural}) est attendue ici."
        self._tell(self._places.name(place), "wrong-type", message, "Commencez chaque fiche par « - id: … ».")
        self.reading.unread.add((kind, None))

    def _stop(self, kind: str, place: sources.Path) -> None:
        message = "Ce fichier a trop d'erreurs : la suite n'a pas été lue."
        self._tell(self._places.value(place), "too-many-problems", message, "Corrigez les premières, puis recommencez.")
        self.reading.unread.add((kind, None))

    def _document(self, raw: Value) -> None:
        fields = {} if raw is None else raw
        if isinstance(fields, dict):
            given = {"body": self._manuscript.body}
            if self._source.kind == "kit_version":
                given["kit"], _, given["language"] = self._source.stem.partition(".")
            for name in given.keys() & fields.keys():
                self._tell(
                    self._places.name((name,)), "unknown-field", f"Le champ « {name} » n'existe pas ici.", _GIVEN[name]
                )
            fields |= given
        self._record(self._source.kind, fields, ())

    def _record(self, kind: str, raw: Value, place: sources.Path) -> None:
        """Check one record, and keep it or its problems."""
        if isinstance(raw, dict) and not self._source.is_list:
            if self._source.is_sealed:
                raw.setdefault("id", self._source.stem)
            else:
                self._name_by_file(raw)
        model = KINDS[kind].model
        record: Any = validate(model, raw, self._source.path, self._places, place)
        sound = not isinstance(record, list)
        if not sound:
            self.reading.problems = merged(self.reading.problems, [self._about_file_name(each) for each in record])
            self._miss(kind, raw)
            record = salvage(model, raw) if isinstance(raw, dict) else None
            if record is None or record.id is None:
                return
        self._checked.append((kind, record, raw, place, sound))

    def _miss(self, kind: str, raw: Value) -> None:
        if not self._source.is_list:
            self.reading.unread.add((kind, self._source.stem))
            return
        fields = raw if isinstance(raw, dict) else {}
        # Without an id, or with one under another name, any of its words may be what others call it.
        ids = [fields["id"]] if "id" in fields else fields.values()
        self.reading.unread |= {(kind, each) for each in ids if isinstance(each, str)}

    def _name_by_file(self, raw: dict[str, Value]) -> None:
        stem = self._source.stem
        written = raw.get("id", stem)
        if written != stem:
            shown = visible(written) if isinstance(written, str) else "…"
            message = f"L'identifiant « {shown} » n'est pas le nom du fichier (« {visible(stem)} »)."
            hint = "Retirez la ligne « id », ou renommez le fichier."
            self._tell(self._places.value(("id",)), "id-mismatch", message, hint)
        raw["id"] = stem

    def _about_file_name(self, problem: Problem) -> Problem:
        """Tell of an id taken from the file's name as the name of a file, which is what has to change."""
        if self._source.is_list or problem.code not in _ID_CODES or "« id »" not in problem.message:
            return problem
        message = f"Le nom du fichier, « {visible(self._source.stem)} », ne peut pas faire une adresse de page."
        return Problem(problem.path, 0, 0, "error", problem.code, message, _ID_CODES[problem.code])

    def _texts(self, record: Record, place: sources.Path) -> dict[str, markup.Text]:
        """Render a record's texts. Raises Fault, once told of, when one of them can't be."""
        texts: dict[str, markup.Text] = {}
        fields = vars(record)
        language = fields.get("language")
        for name in (*TEXT_FIELDS, "body"):
            value = fields.get(name)
            if value is None:
                continue
            try:
                text = markup.render_document(value, language) if name == "body" else markup.render_record(value)
            except Fault as fault:
                self._tell(self._text_place(name, place), fault.code, fault.message, fault.hint)
                raise
            texts[name] = text
            if text.images or text.left_out:
                self._check(text, name, place)
        return texts

    def _text_place(self, name: str, place: sources.Path) -> tuple[int, int]:
        return self._manuscript.body_place() if name == "body" else self._places.value((*place, name))

    def _check(self, text: markup.Text, name: str, place: sources.Path) -> None:
        """Tell of images that nobody can hear described, and of what the sanitiser took away."""
        for file in dict.fromkeys(file for file, alternative in text.images if not alternative.strip()):
            for where in self._manuscript.bare_images(file):
                message = f"L'image « {visible(file)} » n'a pas de texte de remplacement."
                self._tell(
                    where, "missing-alt", message, "Décrivez-la entre les crochets : ![Ce que l'on voit](fichier.jpg)."
                )
        for element in text.left_out:
            where = self._manuscript.element(element) if name == "body" else self._text_place(name, place)
            self._tell(where, "html-left-out", *_LEFT_OUT.get(element, _OTHER_LEFT_OUT), "warning")


_GIVEN = {
    "body": "Écrivez le texte sous l'en-tête, après la ligne « --- ».",
    "kit": "Le nom du fichier le dit : retirez cette ligne.",
    "language": "Le nom du fichier la dit : retirez cette ligne.",
}
"""Fields of a document that its head does not hold, and where they come from."""

_ID_CODES = {
    "slug-form": "Renommez-le : lettres minuscules sans accent, chiffres et tirets.",
    "slug-reserved": "Renommez-le : Windows garde ce nom pour lui.",
    "too-long": "Renommez-le : 80 caractères au plus.",
}
_LEFT_OUT = {
    "img": ("Ce texte contient une image, qui ne paraîtra pas.", "Donnez une image à la fiche avec « picture ».")
}
_OTHER_LEFT_OUT = ("Du code HTML se trouve ici, et ne paraîtra pas.", "Écrivez en Markdown : **gras**, [lien](/kits/).")
