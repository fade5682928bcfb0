"""The preview: the site served from this machine, made again and reloaded at each save, the collector beside it."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

from generator.collector.app import Closed, Door, routes
from generator.collector.running import assemble
from generator.collector.settings import NotReady

from . import build
from .workers import available_jobs

_HERE = Path(__file__).parent
_CALM = 30
"""Milliseconds without another save before the site is made again: editors write a file in several steps."""
_PULSE = 15.0
"""Seconds between two signs of life on an idle connection."""


class Preview:
    """The site of a campaign in its cache folder, kept up to date while pages are watching."""

    def __init__(self, root: Path, clock: Callable[[], datetime]) -> None:
        self.root = root.resolve()
        self.output = self.root / ".cache" / "preview"
        self._clock = clock
        self._problems: list[dict[str, str | int]] = []
        self._listeners: set[asyncio.Queue[str]] = set()

    def make(self, jobs: int = 1) -> None:
        """Make the site, and keep the errors that forbid it. Beside a running server, with one job: it can't fork."""
        report = build(self.root, self.output, self._clock(), jobs)
        self._problems = [problem.as_json() for problem in report.problems if problem.severity == "error"]

    async def watch(self) -> None:
        """Make the site again at each save, for ever, and tell every page that is open."""
        folders = [self.root / name for name in ("data", "content", "theme", "site_config.yml")]
        present = [folder for folder in folders if folder.exists()]
        async for _ in awatch(*present, debounce=_CALM, step=10):
            await asyncio.to_thread(self.make)
            for listener in self._listeners:
                listener.put_nowait(self._news())

    def _news(self) -> str:
        if self._problems:
            return f"event: problems\ndata: {json.dumps(self._problems, ensure_ascii=False)}\n\n"
        return "event: site\ndata:\n\n"

    async def events(self, request: Request) -> Response:
        """Answer with the stream of news (WHATWG HTML, « server-sent events »)."""
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self) -> AsyncIterator[str]:
        listener: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield self._news() if self._problems else ": bonjour\n\n"
            while True:
                try:
                    yield await asyncio.wait_for(listener.get(), _PULSE)
                except TimeoutError:
                    yield ": toujours là\n\n"
        finally:
            self._listeners.discard(listener)

    async def page(self, request: Request) -> Response:
        """Answer with a file of the site; a page gets the preview's script, an unknown address the page for it."""
        path = request.path_params["path"]
        file = (self.output / path / "index.html") if not path or path.endswith("/") else self.output / path
        if not file.resolve().is_relative_to(self.output) or not file.is_file():
            file = self.output / "404.html"
        if file.suffix != ".html":
            return FileResponse(file, headers={"Cache-Control": "no-store"})
        html = file.read_text(encoding="utf-8") if file.is_file() else "<!doctype html><html lang=fr><body>"
        status = 404 if file.name == "404.html" else 200
        return HTMLResponse(_with_script(html), status, headers={"Cache-Control": "no-store"})


def _with_script(html: str) -> str:
    tags = (
        '<link rel="stylesheet" href="/__apercu/preview.css"><script type="module" src="/__apercu/preview.js"></script>'
    )
    head, mark, body = html.partition("</head>")
    return f"{head}{tags}{mark}{body}" if mark else html + tags


async def _own_file(request: Request) -> Response:
    name = request.path_params["name"]
    return FileResponse(_HERE / name) if name in {"preview.js", "preview.css"} else Response(status_code=404)


def application(preview: Preview) -> Starlette:
    """Give the preview as an ASGI application: the site, and the campaign's collector if it has its keys."""
    running: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
    try:
        door = Door(assemble(preview.root, os.environ))
        beside, running = routes(door), door.running
    except NotReady as reason:
        beside = routes(Closed(str(reason)))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with running():
            watching = asyncio.create_task(preview.watch())
            yield
            watching.cancel()

    own = [Route("/__apercu/evenements", preview.events), Route("/__apercu/{name:str}", _own_file)]
    return Starlette(routes=[*own, *beside, Route("/{path:path}", preview.page)], lifespan=lifespan)


def serve(root: Path, host: str, port: int, clock: Callable[[], datetime]) -> None:
    """Make the site of a campaign, then serve it and keep it up to date until interrupted."""
    import uvicorn

    preview = Preview(root, clock)
    preview.make(available_jobs())
    uvicorn.run(application(preview), host=host, port=port, log_level="warning", timeout_graceful_shutdown=1)
