"""Personal data and private keys where they must never be: in the campaign's tracked files, in the built site.

What may show are the mailboxes and telephone numbers that the settings and the records give in their contact
fields, and what stands under the town's own mail domain.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from generator.problems import Problem

from .patterns import digits, emails, keys, phones

_CONTACT = re.compile(r"""^[ \t-]*(?:email|phone|notify):[ \t]*["']?([^"'#\n]+?)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
_SOURCES = frozenset({".yml", ".yaml", ".md", ".txt", ".csv", ".json", ".geojson", ".ics"})
_SECRETS = frozenset({"", ".env", ".pem", ".key", ".age"})
_PAGES = frozenset({".html", ".xml", ".atom", ".json", ".geojson", ".txt", ".csv", ".ics"})
_UNSEEN = re.compile(r"<(svg|style|script(?![^>]*ld\+json))\b.*?</(?:svg|style|script)\s*>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"""(?:mailto|tel):([^"'?\s>]+)""")
_PLACEHOLDERS = frozenset({"exemple.fr", "example.org", "example.com", "example.net"})
_LONGEST = 5_000_000

_DATA = (
    "personal-data",
    "Une adresse électronique ou un numéro de téléphone se lit ici en clair.",
    "Retirez-le, ou donnez-le dans un champ de contact (email, phone) si c'est celui d'une fonction.",
)
_KEY = (
    "private-key",
    "Une clé privée se lit ici en clair.",
    "Retirez-la de l'historique de git, et remplacez-la : elle n'est plus secrète.",
)


@dataclass(frozen=True, slots=True)
class Contacts:
    """What may show: the addresses and numbers of contact fields, and every address of the town's own domain."""

    emails: frozenset[str]
    phones: frozenset[str]
    domains: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str], settings: str) -> "Contacts":
        """Gather the contact fields of a campaign's files."""
        given = {value for text in texts for value in _CONTACT.findall(text)}
        own = {value.rpartition("@")[2].lower() for value in _CONTACT.findall(settings) if "@" in value}
        return cls(
            frozenset(value.lower() for value in given if "@" in value),
            frozenset(digits(value) for value in given if "@" not in value),
            frozenset(own | _PLACEHOLDERS),
        )

    def strangers(self, text: str) -> Iterator[int]:
        """Give the place of each address or number of a text that may not show."""
        for place, address in emails(text):
            if address.lower() not in self.emails and address.rpartition("@")[2].lower() not in self.domains:
                yield place
        for place, number in phones(text):
            if digits(number) not in self.phones:
                yield place


def leaks(root: Path, site: Path | None = None) -> list[Problem]:
    """Give a problem for each address, number or private key that stands in clear where it should not.

    Reads the tracked files of `root` (every file when there is no git) and the built site, if it is there.
    """
    texts = {path: _read(root / path) for path in _tracked(root) if Path(path).suffix in _SOURCES | _SECRETS}
    campaign = {path: text for path, text in texts.items() if path.startswith(("data/", "content/", "site_config."))}
    contacts = Contacts.of(campaign.values(), campaign.get("site_config.yml", ""))
    problems = [_problem(path, text, place, _KEY) for path, text in texts.items() for place, _ in keys(text)]
    for path, text in campaign.items():
        problems += [_problem(path, text, place, _DATA) for place in contacts.strangers(text)]
    if site is not None and site.is_dir():
        problems += _in_site(root, site, contacts)
    return problems


def _in_site(root: Path, site: Path, contacts: Contacts) -> Iterator[Problem]:
    for path in sorted(site.rglob("*")):
        if path.suffix not in _PAGES or not path.is_file():
            continue
        text = _read(path)
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        shown = _seen(text) if path.suffix in {".html", ".xml", ".atom"} else text
        if next(contacts.strangers(shown), None) is not None:
            yield Problem(name, 0, 0, "error", *_DATA)
        if any(keys(text)):
            yield Problem(name, 0, 0, "error", *_KEY)


def _seen(html: str) -> str:
    """Give what a page says and links to: no drawings, styles or scripts, whose figures look like numbers."""
    bare = _UNSEEN.sub(" ", html)
    return unescape(" ".join([*_LINK.findall(bare), _TAG.sub(" ", bare)]))


def _tracked(root: Path) -> list[str]:
    """Give the paths of the files that git knows, or would take."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, capture_output=True, check=False)
    if found.returncode == 0:
        return sorted(name for name in found.stdout.decode("utf-8", "replace").split("\0") if name)
    apart = {".git", ".venv", ".cache", "node_modules", "site", "signups"}
    inside = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in inside if not apart.intersection(path.parts))


def _read(path: Path) -> str:
    try:
        if path.is_symlink() or path.stat().st_size > _LONGEST:
            return ""
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _problem(path: str, text: str, place: int, about: tuple[str, str, str]) -> Problem:
    line = text.count("\n", 0, place) + 1
    return Problem(path, line, place - text.rfind("\n", 0, place), "error", *about)
