"""The server's side of writing: hands submissions to the writing process, and learns what became of each.

Submissions that arrive while the disk is busy are kept together in its next turn: under load, one wait for the disk
serves dozens of them; alone, a submission waits for nobody.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from itertools import count
from pathlib import Path

from .vault import Entry, Outcome
from .writer import GROUP, Job, Unpacker, pack

WAITING = 2000
"""Submissions that may wait; the next ones are refused at once rather than kept waiting in vain."""

OUT = 2 * GROUP
"""Submissions in the process's hands at most: those that it keeps, and the group that comes next."""

PATIENCE = 10.0
"""Seconds after which a submission that still waits is answered « not kept »: sending it again is safe."""

_SOURCES = Path(__file__).parents[2]


class Scribe:
    """Keeps submissions through a process that it starts, and starts again should it die."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._numbers = count()
        self._waiting: dict[int, asyncio.Future[Outcome]] = {}
        self._leaving: list[tuple[int, Entry]] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._line: asyncio.Transport | None = None
        self._out = 0
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """Start the process."""
        ours, theirs = socket.socketpair()
        path = os.pathsep.join(filter(None, [str(_SOURCES), os.environ.get("PYTHONPATH", "")]))
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from generator.collector.writer import main; main()"],
                stdin=theirs.fileno(),
                env={**os.environ, "PYTHONPATH": path},
            )
        self._line, _ = await asyncio.get_running_loop().create_connection(lambda: _Line(self), sock=ours)
        self._line.write(pack(self._job))

    async def keep(self, entry: Entry) -> Outcome:
        """Keep a submission; the outcome is FAILED as well when it could not be known in time."""
        if len(self._waiting) >= WAITING:
            return Outcome.FAILED
        try:
            async with self._opening:
                if self._line is None:
                    await self.open()
        except OSError:
            return Outcome.FAILED
        loop, number = asyncio.get_running_loop(), next(self._numbers)
        self._waiting[number] = loop.create_future()
        self._leaving.append((number, entry))
        if len(self._leaving) == 1:
            # What else is accepted in this turn of the loop goes along; what comes later goes with the next answer.
            loop.call_soon(self._hand_over)
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._waiting[number]
        except TimeoutError:
            return Outcome.FAILED
        finally:
            del self._waiting[number]

    async def close(self) -> None:
        """Let the process keep what it was given, then end."""
        if self._line is not None and self._process is not None:
            self._line.write_eof()
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, PATIENCE)

    def told(self, outcomes: list[tuple[int, Outcome]]) -> None:
        """Learn what became of submissions."""
        for number, outcome in outcomes:
            waiting = self._waiting.get(number)
            if waiting is not None and not waiting.done():
                waiting.set_result(outcome)
        self._out -= len(outcomes)
        self._hand_over()

    def lost(self) -> None:
        """Learn that the process has died: nothing that it held may be acknowledged."""
        self._line, self._out = None, 0
        self._leaving.clear()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(Outcome.FAILED)
        if self._process is not None:
            self._process.poll()

    def _hand_over(self) -> None:
        """Hand over what waits, but no more than the process can soon keep, and nothing that was given up."""
        wanted = [(number, entry) for number, entry in self._leaving if number in self._waiting]
        free = OUT - self._out
        if self._line is not None and wanted and free >= min(GROUP, len(wanted)):
            self._line.write(pack(wanted[:free]))
            self._out += len(wanted[:free])
            wanted = wanted[free:]
        self._leaving = wanted


class _Line(asyncio.Protocol):
    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._unpacker = Unpacker()

    def data_received(self, data: bytes) -> None:
        for outcomes in self._unpacker.feed(data):
            self._scribe.told(outcomes)

    def connection_lost(self, exc: Exception | None) -> None:
        self._scribe.lost()
