"""Writing in groups: submissions that arrive while the disk is busy are kept together in its next turn.

Under load, one wait for the disk then serves dozens of submissions; alone, a submission waits for nobody.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any

from .vault import Entry, Outcome, Vault

GROUP = 64
"""Submissions kept together at most."""

WAITING = 2000
"""Submissions that may wait; the next ones are refused at once rather than kept waiting in vain."""

PATIENCE = 10.0
"""Seconds after which a submission that still waits is answered « not kept »: sending it again is safe."""

_Job = tuple[Entry, Callable[[Outcome], None]]


class Scribe:
    """Writes to a vault from threads of its own, so that a slow disk never holds up the server."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._jobs: queue.Queue[_Job | None] = queue.Queue(WAITING)
        self._threads = [threading.Thread(target=self._write, daemon=True) for _ in range(vault.store.writers)]
        for thread in self._threads:
            thread.start()

    async def keep(self, entry: Entry) -> Outcome:
        """Keep a submission; the outcome is FAILED as well when it could not be known in time."""
        loop = asyncio.get_running_loop()
        known: asyncio.Future[Outcome] = loop.create_future()

        def tell(outcome: Outcome) -> None:
            loop.call_soon_threadsafe(_resolve, known, outcome)

        try:
            self._jobs.put_nowait((entry, tell))
            async with asyncio.timeout(PATIENCE):
                return await known
        except (queue.Full, TimeoutError):
            return Outcome.FAILED

    def close(self) -> None:
        """Write what waits, then stop."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(PATIENCE)

    def _write(self) -> None:
        while (first := self._jobs.get()) is not None:
            group, ends = [first], False
            while len(group) < GROUP and not ends:
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if job is None:
                    ends = True
                else:
                    group.append(job)
            self._keep(group)
            if ends:
                return

    def _keep(self, group: list[_Job]) -> None:
        try:
            outcomes = self._vault.keep([entry for entry, _ in group])
        except Exception:  # a writer that stops would refuse every later sign-up
            outcomes = [Outcome.FAILED] * len(group)
        for (_, tell), outcome in zip(group, outcomes, strict=True):
            tell(outcome)


def _resolve(known: "asyncio.Future[Any]", outcome: Outcome) -> None:
    if not known.done():
        known.set_result(outcome)
