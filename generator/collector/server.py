"""The collector's server: uvicorn, with a time for each request to arrive whole."""

import asyncio
import os
import resource
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PATIENCE = 10.0
"""Seconds from a connection, or from a request's first byte, to its last."""

LONGEST_HEAD = 32 * 1024
"""Bytes of headers."""


class PromptProtocol(HttpToolsProtocol):
    """Cuts off whoever sends a request too slowly, which uvicorn itself waits for without end."""

    _deadline: asyncio.TimerHandle | None = None
    _head = 0
    _in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give the first request its time."""
        super().connection_made(transport)
        self._allow_time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the time."""
        self._end_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Refuse headers without end."""
        self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > LONGEST_HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """Give a request its time."""
        self._in_head, self._head = True, 0
        self._allow_time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Leave the rest to the body's own limits."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop the clock: from here on, time is the server's."""
        self._end_time()
        self._head = 0
        super().on_message_complete()

    def _allow_time(self) -> None:
        self._end_time()
        self._deadline = self.loop.call_later(PATIENCE, self.transport.abort)

    def _end_time(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def serve(root: Path, host: str, port: int, processes: int) -> None:
    """Run the collector until it is told to stop. No request is logged: an address is personal data."""
    # A core file would hold what was being handled.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["VILLE_ROOT"] = str(root.resolve())
    uvicorn.run(
        "generator.collector.app:app",
        host=host,
        port=port,
        workers=processes,
        http=PromptProtocol,
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        limit_concurrency=2000,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=15,
    )
