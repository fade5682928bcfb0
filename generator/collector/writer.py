"""The process that writes: seals and keeps submissions, in groups, for the server that hands them over.

Python runs one thread at a time. Were the disk written to by a thread of the server, each of the twenty calls that a
submission takes would wait for its turn behind the requests; a process of its own waits for the disk alone.

It speaks over its standard input, a socket: groups of numbered submissions come in, their outcomes go out. When the
server goes away, even killed, the socket ends, and so does this process, once it has kept what it was given.
"""

import pickle
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .stores import Folder, Store
from .vault import Entry, Outcome, Vault

GROUP = 64
"""Submissions kept together at most."""

HEAD = 4
"""Bytes of a message's length, before it."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the process is for: where to keep, and to which keys to seal."""

    folder: Path
    bucket: str | None
    public_key: str
    mail_key: str

    def store(self) -> Store:
        """Give the store."""
        if self.bucket is None:
            return Folder(self.folder)
        from .bucket import Bucket

        return Bucket(self.bucket)

    def vault(self) -> Vault:
        """Give the vault."""
        return Vault(self.store(), self.public_key, self.mail_key)


Numbered = tuple[int, Entry]


def pack(value: object) -> bytes:
    """Give a message: its length, then the value, for the other process of this same program."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(HEAD, "big") + data


class Unpacker:
    """Gives messages back from bytes as they come."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """Add bytes; give the values that are whole."""
        self._buffer += data
        values = []
        while len(self._buffer) >= HEAD:
            end = HEAD + int.from_bytes(self._buffer[:HEAD], "big")
            if len(self._buffer) < end:
                break
            values.append(pickle.loads(self._buffer[HEAD:end]))
            del self._buffer[:end]
        return values


def write(line: socket.socket) -> None:
    """Keep what comes over the line until it ends. The first message is the job."""
    unpacker = Unpacker()
    vault: Vault | None = None
    answering = threading.Lock()

    def keep(group: list[Numbered]) -> None:
        assert vault is not None
        try:
            outcomes = vault.keep([entry for _, entry in group])
        except Exception:
            # Whatever it was, nothing may be acknowledged, and the next group may fare better.
            outcomes = [Outcome.FAILED] * len(group)
        with answering:
            line.sendall(pack([(number, outcome) for (number, _), outcome in zip(group, outcomes, strict=True)]))

    with ThreadPoolExecutor(max_workers=16) as pool:
        while data := line.recv(1 << 20):
            waiting: list[Numbered] = []
            for value in unpacker.feed(data):
                if isinstance(value, Job):
                    vault = value.vault()
                else:
                    waiting += value
            if vault is not None and vault.store.writers > 1:
                for numbered in waiting:
                    pool.submit(keep, [numbered])
            else:
                for start in range(0, len(waiting), GROUP):
                    keep(waiting[start : start + GROUP])


def main() -> None:
    """Be the process."""
    # Told to stop together with the server, it must outlive it: what the server hands over last is kept too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    write(socket.socket(fileno=sys.stdin.fileno()))
