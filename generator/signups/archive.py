"""What lies in the vault, for staff: who holds the private key may open it, who doesn't may count and remove."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyrage

from generator.collector.mails import FOLDER
from generator.collector.stores import Store
from generator.collector.vault import Place
from generator.staff import Trouble


@dataclass(frozen=True, slots=True)
class Signup:
    """A submission as it shows from outside. `confirmed` is None when its form asks for no confirmation."""

    place: Place
    day: date
    neighbourhood: str | None
    confirmed: bool | None

    @property
    def counts(self) -> bool:
        """Whether it is one that the town may use: confirmed, where that is asked for."""
        return self.confirmed is not False


def signups(store: Store, form: str = "") -> list[Signup]:
    """Give every submission, in order of form, day and id."""
    names = set(store.names(f"{form}/" if form else ""))
    found = []
    for name in names:
        place = _place(name)
        if place is None or f"{place.stem}.age" not in names:
            continue
        stub = json.loads(store.read(name) or b"{}")
        confirmed = f"{place.stem}.confirmed.age" in names if stub.get("confirm") else None
        found.append(Signup(place, date.fromisoformat(stub["day"]), stub.get("neighbourhood"), confirmed))
    return sorted(found, key=lambda signup: (signup.place.form, signup.day, signup.place.id))


def orphans(store: Store) -> Iterator[tuple[Place, date]]:
    """Give the stubs whose submission was never finished: what a crash between two files leaves."""
    names = set(store.names(""))
    for name in names:
        place = _place(name)
        if place is not None and f"{place.stem}.age" not in names:
            yield place, date.fromisoformat(json.loads(store.read(name) or b"{}")["day"])


def read_key(path: Path) -> pyrage.x25519.Identity:
    """Give the private key that a file holds, as `ville signups keygen` or `age-keygen` write it."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Trouble(f"La clé privée n'est pas ici : {path}. Donnez son fichier avec --key.") from None
    for line in lines:
        if line.startswith("AGE-SECRET-KEY-1"):
            return pyrage.x25519.Identity.from_str(line.strip())
    raise Trouble(f"Le fichier {path} ne contient pas de clé privée.")


def open_record(store: Store, place: Place, key: pyrage.x25519.Identity) -> dict[str, Any]:
    """Give a submission in clear. Raises Trouble when the key is not the right one, or the file is damaged."""
    sealed = store.read(f"{place.stem}.age")
    try:
        return dict(json.loads(pyrage.decrypt(sealed or b"", [key])))
    except (pyrage.DecryptError, ValueError):
        raise Trouble(f"L'envoi {place.id} ne s'ouvre pas : ce n'est pas sa clé, ou le fichier est abîmé.") from None


def remove(store: Store, place: Place) -> None:
    """Remove a submission, its proof of confirmation, its stub, and the mails that wait about it, for good."""
    for name in list(store.names(FOLDER)):
        if name.removeprefix(FOLDER).startswith(f"{place.id}."):
            store.delete(name)
    for ending in (".age", ".confirmed.age", ".json"):
        store.delete(place.stem + ending)


def _place(name: str) -> Place | None:
    parts = name.removesuffix(".json").split("/")
    return Place(*parts) if name.endswith(".json") and len(parts) == 3 else None
