"""The queue of mails to send: durable, sealed, shared by several processes without a lock.

A mail is one file, `.queue/<id>.<attempt>.<due>`: the attempt it waits for, and when that is due (seconds since
1970). Taking it means giving it the name of its next attempt, which only one process can: a crash in the middle of
sending leaves that attempt in the queue, so a mail is sent once more at the very most.

It is sealed to a key of the collector's own, since it must be read again: what lies there is short-lived.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyrage

from .stores import Store

FOLDER = ".queue/"

WAITS = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)
"""Seconds between attempts: four days in all, inside the seven that a confirmation link lives."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to send, in plain text. `id` makes its Message-ID: programs can tell a mail sent twice from two mails."""

    id: str
    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Job:
    """A mail that waits."""

    id: str
    attempt: int
    due: int

    @property
    def name(self) -> str:
        """Its file's name."""
        return f"{FOLDER}{self.id}.{self.attempt}.{self.due}"

    @property
    def next(self) -> "Job":
        """The job that it becomes when it is taken."""
        return Job(self.id, self.attempt + 1, self.due + WAITS[self.attempt])


def waiting(mail: Mail, due: float) -> tuple[str, bytes]:
    """Give the file to make for a mail: its name, and its bytes, not sealed yet."""
    fields = {"id": mail.id, "to": mail.to, "subject": mail.subject, "text": mail.text}
    return Job(mail.id, 0, int(due)).name, json.dumps(fields).encode()


def recipient(key: str) -> str:
    """Give what seals mails to a mail key."""
    return str(pyrage.x25519.Identity.from_str(key).to_public())


class Queue:
    """Mails that wait in a store. `key` is the collector's mail key, an age identity."""

    def __init__(self, store: Store, key: str) -> None:
        self._store = store
        self._identity = pyrage.x25519.Identity.from_str(key)

    def due(self, now: float) -> list[Job]:
        """Give the jobs whose time has come, the oldest first; those that were tried often enough are given up."""
        found = []
        for job in self.jobs():
            if job.attempt >= len(WAITS):
                self.done(job)
            elif job.due <= now:
                found.append(job)
        return sorted(found, key=lambda job: job.due)

    def jobs(self) -> Iterator[Job]:
        """Give every job."""
        for name in self._store.names(FOLDER):
            identifier, _, rest = name.removeprefix(FOLDER).partition(".")
            attempt, _, due = rest.partition(".")
            if attempt.isdigit() and due.isdigit():
                yield Job(identifier, int(attempt), int(due))

    def take(self, job: Job) -> tuple[Mail, Job] | None:
        """Take a job to send it now: its mail, and the job it has become. None when another process has it."""
        following = job.next
        if not self._store.move(job.name, following.name):
            return None
        sealed = self._store.read(following.name)
        return None if sealed is None else (Mail(**json.loads(pyrage.decrypt(sealed, [self._identity]))), following)

    def done(self, job: Job) -> None:
        """Forget a mail that was sent, or that never can be."""
        self._store.delete(job.name)
