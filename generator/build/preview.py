"""The preview: the site served from this machine, made again and reloaded at each save, the collector beside it."""

import asyncio
import gc
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

from generator.collector.app import Closed, Door, routes
from generator.collector.running import assemble
from generator.collector.settings import NotReady
from generator.site.assets import FOLDER, PALETTES
from generator.site.headers import ATOM_TYPE
from generator.site.offline import WORKER
from generator.site.templates import faulty_template

from . import build_whole
from .drafts import Drafts, Drawn
from .workers import available_jobs

_HERE = Path(__file__).parent
_STEP, _CALM = 5, 20
"""Milliseconds in which nothing more is saved, and the most to wait for them: editors write a file in several steps."""
_REST = 0.3
"""Seconds without another save before the whole site is made again: the page on the screen comes first."""
_PULSE = 15.0
"""Seconds between two signs of life on an idle connection."""
_WATCHED = ("data", "content", "theme", "site_config.yml")
_PALETTES = tuple(FOLDER + name for name in PALETTES)
_FOR_EVER = "max-age=31536000, immutable"
"""For files whose names change with their content."""


@dataclass(eq=False, slots=True)
class Listener:
    """An open page: its address, the version of it and the problems that it shows, the news on their way to it."""

    url: str
    version: str
    problems: str = "[]"
    news: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)

    def tell(self, event: str, data: str = "") -> None:
        """Send news (WHATWG HTML, « server-sent events »)."""
        self.news.put_nowait(f"event: {event}\ndata: {data}\n\n")


class Preview:
    """The site of a campaign in its cache folder, kept up to date while pages are open.

    A save is answered twice: by drafts of the pages on the screen, at once when that can be, and by the whole site.
    """

    def __init__(self, root: Path, clock: Callable[[], datetime]) -> None:
        self.root = root.resolve()
        self.output = self.root / ".cache" / "preview"
        self._clock = clock
        self._listeners: set[Listener] = set()
        self._problems = "[]"
        self._drafts: Drafts | None = None
        self._drawn = Drawn()
        self._moves: dict[str, str] = {}
        self._saved: set[str] = set()
        self._taken: set[str] = set()
        self._news = asyncio.Event()

    def make(self, jobs: int = 1) -> None:
        """Make the site, and keep the errors that forbid it. Beside a running server, with one job: it can't fork."""
        # The collector would look at a whole town again and again, while someone waits for a page.
        gc.disable()
        try:
            report = build_whole(self.root, self.output, self._clock(), jobs)
            problems = report.problems
        except Exception as error:  # A template that is being written may be wrong in any way.
            problems, report = [faulty_template(error)], None
        gc.freeze()
        gc.enable()
        errors = [problem.as_json() for problem in problems if problem.severity == "error"]
        self._problems = json.dumps(errors, ensure_ascii=False)
        if report and report.known:
            gathered, chrome = report.known
            assert gathered.library
            drafts = Drafts(self.root, gathered, gathered.library, chrome, self._drafts)
            if self._drafts:
                new = self._drafts.moves(drafts)
                kept = {old: new.get(url, url) for old, url in self._moves.items() if not drafts.has(old)}
                self._moves = kept | new
            self._drafts = drafts

    async def watch(self) -> None:
        """Answer every save with drafts, for ever."""
        folders = [folder for folder in (self.root / name for name in _WATCHED) if folder.exists()]
        async for changes in awatch(*folders, debounce=_CALM, step=_STEP):
            self._saved |= {Path(path).relative_to(self.root).as_posix() for _, path in changes}
            self._draft()
            self._news.set()

    async def keep_up(self) -> None:
        """Make the whole site again after saves, for ever."""
        while await self._news.wait():
            self._news.clear()
            with suppress(TimeoutError):
                while self._drawn.pages:
                    await asyncio.wait_for(self._news.wait(), _REST)
                    self._news.clear()
            self._taken, self._saved = self._saved, set()
            await asyncio.to_thread(self.make)
            if self._problems != "[]":
                self._saved |= self._taken
            self._taken = set()
            self._draft()

    def _draft(self) -> None:
        """Draw what the open pages show of files that the site was not made from yet, and tell them."""
        self._drawn = Drawn()
        paths = self._saved | self._taken
        if paths and self._drafts:
            # What a draft can't be made of, for want of a build or by a mistake in it, the build tells of.
            with suppress(Exception):
                self._drawn = self._drafts.draw(paths, {each.url for each in self._listeners}, self._clock())
        for listener in self._listeners:
            self._bring_up_to_date(listener)

    def _bring_up_to_date(self, listener: Listener) -> None:
        if listener.problems != self._problems:
            listener.problems = self._problems
            listener.tell("problems", self._problems)
        if listener.url in self._moves:
            listener.tell("moved", self._moves[listener.url])
            return
        version = self._version(self._html(listener.url))
        if listener.version != version:
            listener.version = version
            listener.tell("site")

    async def events(self, request: Request) -> Response:
        """Answer with the stream of news for the page that asks."""
        listener = Listener(request.query_params.get("page", "/"), request.query_params.get("version", ""))
        return StreamingResponse(
            self._stream(listener), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _stream(self, listener: Listener) -> AsyncIterator[str]:
        self._listeners.add(listener)
        try:
            yield ": bonjour\n\n"
            self._bring_up_to_date(listener)
            if self._drafts:
                await asyncio.to_thread(self._drafts.warm, listener.url)
            while True:
                try:
                    yield await asyncio.wait_for(listener.news.get(), _PULSE)
                except TimeoutError:
                    yield ": toujours là\n\n"
        finally:
            self._listeners.discard(listener)

    async def page(self, request: Request) -> Response:
        """Answer with a file of the site; a page gets the preview's script, an unknown address the page for it."""
        url = f"/{request.path_params['path']}"
        if url in self._drawn.assets:
            return Response(self._drawn.assets[url], media_type=guess_type(url)[0])
        if url == f"/{WORKER}":
            # It would outlive the preview in the browser, and answer in its place.
            return Response(status_code=404)
        file = self._file(url)
        if file.suffix == ".html":
            html = self._html(url)
            status = 404 if file.name == "404.html" else 200
            return HTMLResponse(_with_script(html, self._version(html)), status, headers={"Cache-Control": "no-store"})
        lasting = url.startswith((FOLDER, "/images/")) and url not in _PALETTES
        kind = ATOM_TYPE if file.suffix == ".atom" else None
        return FileResponse(file, media_type=kind, headers={"Cache-Control": _FOR_EVER if lasting else "no-store"})

    def _file(self, url: str) -> Path:
        file = self.output / (f"{url}index.html" if url.endswith("/") else url)[1:]
        inside = file.resolve().is_relative_to(self.output) and file.is_file()
        return file if inside else self.output / "404.html"

    def _html(self, url: str) -> str:
        if url in self._drawn.pages:
            return self._drawn.pages[url]
        file = self._file(url)
        return file.read_text(encoding="utf-8") if file.is_file() else "<!doctype html><html lang=fr><body>"

    def _version(self, html: str) -> str:
        """Tell one state of a page from another: its own text, and the colours that stand in files beside it."""
        state = blake2b(html.encode(), digest_size=8)
        for url in _PALETTES:
            with suppress(OSError):
                state.update(self._drawn.assets.get(url) or self._file(url).read_bytes())
        return state.hexdigest()


def _with_script(html: str, version: str) -> str:
    tags = (
        '<link rel="stylesheet" href="/__apercu/preview.css">'
        f'<script type="module" src="/__apercu/preview.js" data-version="{version}"></script>'
    )
    head, mark, body = html.partition("</head>")
    return f"{head}{tags}{mark}{body}" if mark else html + tags


async def _own_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in {"preview.js", "preview.css"}:
        return Response(status_code=404)
    return FileResponse(_HERE / name, headers={"Cache-Control": "max-age=600"})


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
            tasks = [asyncio.create_task(each) for each in (preview.watch(), preview.keep_up())]
            yield
            for task in tasks:
                task.cancel()

    own = [Route("/__apercu/evenements", preview.events), Route("/__apercu/{name:str}", _own_file)]
    return Starlette(routes=[*own, *beside, Route("/{path:path}", preview.page)], lifespan=lifespan)


def serve(root: Path, host: str, port: int, clock: Callable[[], datetime]) -> None:
    """Make the site of a campaign, then serve it and keep it up to date until interrupted."""
    import uvicorn

    preview = Preview(root, clock)
    preview.make(available_jobs())
    # While the whole site is being made in a thread, answers wait for their turn that long, in seconds.
    sys.setswitchinterval(0.0005)
    uvicorn.run(application(preview), host=host, port=port, log_level="warning", timeout_graceful_shutdown=1)
