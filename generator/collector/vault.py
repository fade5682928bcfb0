"""The vault: submissions sealed to the town's public key, each kept once and for good, or not at all.

One submission is a few small files of a store, all made before it is acknowledged:

- `<form>/<yyyy-mm>/<id>.json`: the stub, with nothing personal in it: day, neighbourhood, a digest that only who
  holds the form's token can check. It is made first, and claims the id: of two sendings, one makes it;
- `<form>/<yyyy-mm>/<id>.age`: the submission, sealed (age v1). Only the private key, which is elsewhere, opens it;
- `.queue/…`: mails to send, such as the one that asks for confirmation (see `generator.collector.mails`).

`<id>.confirmed.age` joins them when the person confirms. The id comes from the form token, so that sending again,
to whichever process and whenever, finds what is there and gets the same answer.
"""

import contextlib
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pyrage

from .stores import Staged, Store


class Outcome(StrEnum):
    """What became of a submission."""

    KEPT = "kept"
    """It is in the vault, from this sending or from an earlier one of the same answers."""
    OTHER = "other"
    """The vault holds other answers under the same token."""
    LATE = "late"
    """The token was too old, and the vault does not hold its answers."""
    GONE = "gone"
    """There is no such submission to confirm any more."""
    FAILED = "failed"
    """The vault could not write; nothing may be acknowledged."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a submission stands."""

    form: str
    month: str
    id: str

    @property
    def stem(self) -> str:
        """The common part of its files' names."""
        return f"{self.form}/{self.month}/{self.id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission to keep: its record, its stub, the mails to queue (name, bytes). All in clear until it is kept."""

    place: Place
    record: bytes
    stub: dict[str, Any]
    mails: tuple[tuple[str, bytes], ...] = ()


def identify(nonce: str) -> str:
    """Give the id of the record that a token makes. The token can't be worked out from it."""
    return hashlib.sha256(b"record " + nonce.encode()).hexdigest()[:26]


def fingerprint(nonce: str, answers: object) -> str:
    """Give a digest of the answers that says nothing to who doesn't hold the token, however few answers there are."""
    text = json.dumps(answers, ensure_ascii=False, sort_keys=True).encode("utf-8")
    return hmac.digest(nonce.encode(), text, hashlib.sha256).hex()[:32]


class Vault:
    """Keeps submissions in a store, sealed to the town's public key, and their mails to the collector's own."""

    def __init__(self, store: Store, public_key: str, mail_key: str) -> None:
        self.store = store
        self._recipient = pyrage.x25519.Recipient.from_str(public_key)
        self._mail_recipient = pyrage.x25519.Recipient.from_str(mail_key)

    def keep(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Keep a group of submissions, and return once each one that is KEPT will outlive a power cut.

        Waiting for the disk once for the whole group is what makes it fast.
        """
        outcomes = [Outcome.FAILED] * len(entries)
        prepared: dict[int, list[Staged]] = {}
        for position, entry in enumerate(entries):
            try:
                known = self.store.read(_stub_name(entry))
                if known is not None and not _same(known, entry):
                    outcomes[position] = Outcome.OTHER
                else:
                    prepared[position] = self._prepare(entry, is_new=known is None)
            except OSError:
                continue
        try:
            self.store.harden([staged for files in prepared.values() for staged in files])
        except OSError:
            self._discard(staged for files in prepared.values() for staged in files)
            return outcomes
        published: list[int] = []
        for position, files in prepared.items():
            with contextlib.suppress(OSError):
                if self._publish(entries[position], files):
                    published.append(position)
                else:
                    outcomes[position] = Outcome.OTHER
        with contextlib.suppress(OSError):
            # Also for what was there already: the sending that made it may not have come to this point.
            self.store.settle({name for position in published for name in _folders(entries[position])})
            for position in published:
                outcomes[position] = Outcome.KEPT
        return outcomes

    def holds(self, entry: Entry) -> bool:
        """Tell whether these very answers were kept before, under the same token. Raises OSError."""
        known = self.store.read(_stub_name(entry))
        return known is not None and _same(known, entry) and self.store.read(f"{entry.place.stem}.age") is not None

    def confirm(self, place: Place, proof: bytes) -> bool:
        """Keep the sealed proof that a person confirmed; give False when there is no such submission any more."""
        if self.store.read(f"{place.stem}.json") is None:
            return False
        self.create(f"{place.stem}.confirmed.age", _seal(proof, self._recipient))
        return True

    def create(self, name: str, data: bytes) -> bool:
        """Make one file, for good; give False when it was there."""
        staged = self.store.stage(name, data)
        self.store.harden([staged])
        created = self.store.publish(staged)
        self.store.settle([name])
        return created

    def _prepare(self, entry: Entry, *, is_new: bool) -> list[Staged]:
        """Stage the files that are not there yet. None at all for a submission sent again."""
        sealed = f"{entry.place.stem}.age"
        if not is_new and self.store.read(sealed) is not None:
            return []
        # A known stub means that its mails went into the queue before it: queueing again would send them twice.
        files = [(name, _seal(mail, self._mail_recipient)) for name, mail in entry.mails] if is_new else []
        files += [
            (_stub_name(entry), json.dumps(entry.stub, sort_keys=True).encode()),
            (sealed, _seal(entry.record, self._recipient)),
        ]
        staged: list[Staged] = []
        try:
            for name, data in files:
                staged.append(self.store.stage(name, data))
        except OSError:
            self._discard(staged)
            raise
        return staged

    def _publish(self, entry: Entry, files: list[Staged]) -> bool:
        """Make the files appear, the stub before the submission; False when another sending has claimed the id."""
        waiting = list(files)
        try:
            while waiting:
                is_new = self.store.publish(waiting[0])
                name, _ = waiting.pop(0)
                if not is_new and name == _stub_name(entry) and not self._is_ours(entry):
                    return False
        finally:
            self._discard(waiting)
        return True

    def _is_ours(self, entry: Entry) -> bool:
        known = self.store.read(_stub_name(entry))
        return known is None or _same(known, entry)

    def _discard(self, files: Iterable[Staged]) -> None:
        for staged in files:
            with contextlib.suppress(OSError):
                self.store.discard(staged)


def _folders(entry: Entry) -> Iterator[str]:
    yield entry.place.stem
    for name, _ in entry.mails:
        yield name


def _seal(data: bytes, recipient: pyrage.x25519.Recipient) -> bytes:
    return bytes(pyrage.encrypt(data, [recipient]))


def _stub_name(entry: Entry) -> str:
    return f"{entry.place.stem}.json"


def _same(known: bytes, entry: Entry) -> bool:
    try:
        return bool(json.loads(known)["digest"] == entry.stub["digest"])
    except (ValueError, KeyError, TypeError):
        return False
