"""The collector as an ASGI application, for `ville collect`, any ASGI server, or beside the preview.

`app` finds its campaign in the folder that `VILLE_ROOT` names, or in the current one. To stand beside other pages in
one Starlette application: `door = Door(assemble(root, os.environ))`, routes from `door.routes()`, and `door.running`
as (part of) the lifespan; `Closed` takes its place while `assemble` raises NotReady.
"""

import asyncio
import contextlib
import os
import sys
import traceback
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from . import answers
from .body import MAX_BODY, too_long
from .desk import Keep
from .messages import Answer, Refusal, Request
from .running import Collector, assemble
from .scribe import Scribe
from .stores import Folder
from .vault import Outcome

PATIENCE = 10.0
"""Seconds that a body may take to arrive."""


class Door:
    """Carries requests from an ASGI server to the desk, and answers back."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._scribe = Scribe(collector.job)
        self._queued = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        closing = False
        try:
            body = await _body(headers, receive)
            if body is None:
                return
            address = scope["client"][0] if scope.get("client") else ""
            query = scope["query_string"].decode("latin-1")
            answer = await self._answer(Request(scope["method"], scope["path"], query, headers, body, address))
        except Refusal as refused:
            # What is still to come of a body that was not read must not pass for the next request.
            closing = True
            script = headers.get("content-type", "").startswith("application/json")
            answer = answers.refusal(refused, self._collector.config, is_script=script)
        except Exception as error:
            _report(error)
            broken = Refusal(500, "broken", "Le collecteur a une panne. Rien n'est gardé : essayez plus tard.")
            script = "text/html" not in headers.get("accept", "")
            answer = answers.refusal(broken, self._collector.config, is_script=script)
        await _send(send, answer, closing=closing)

    def routes(self) -> list[BaseRoute]:
        """Give the routes of every address that the collector answers."""
        return routes(self)

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Sweep what a dead process left, send mails meanwhile, and write what waits before the end."""
        store, mailing = self._collector.vault.store, None
        if isinstance(store, Folder):
            # A folder that can't be written yet is no reason not to start: until then, sign-ups are answered 503.
            with contextlib.suppress(OSError):
                store.open()
        if self._collector.smtp:
            from .mailer import Server, run

            server = Server(self._collector.smtp, self._collector.sender)
            mailing = asyncio.create_task(run(self._collector.queue, server, self._queued))
        else:
            sys.stderr.write("VILLE_SMTP_URL manque : les messages de confirmation attendent dans la file.\n")
        await self._scribe.open()
        try:
            yield
        finally:
            if mailing:
                mailing.cancel()
            await self._scribe.close()

    async def _answer(self, request: Request) -> Answer:
        desk = self._collector.desk
        step = desk.open(request)
        if isinstance(step, Answer):
            return step
        if isinstance(step, Keep) and not step.late:
            outcome = await self._scribe.keep(step.entry)
            if step.entry.mails and outcome is Outcome.KEPT:
                self._queued.set()
        else:
            outcome = await asyncio.to_thread(step.perform, self._collector.vault)
        return desk.close(request, step, outcome)


class Closed:
    """Takes the collector's place where it is not ready, and says why: in the preview, before any key was made."""

    def __init__(self, message: str) -> None:
        self._answer = answers.as_json({"error": "not-ready", "message": message}, 503)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await _send(send, self._answer, closing=False)


def routes(door: ASGIApp) -> list[BaseRoute]:
    """Give the routes of every address that the collector answers, leading to a door."""
    # An instance is an ASGI application to Starlette, for every method: the desk itself answers 405.
    return [*(Route(path, door) for path in ("/challenge", "/openapi.json", "/health")), Mount("/forms", door)]


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes | None:
    """Give the whole body, None when the sender has gone."""
    if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > MAX_BODY:
        raise too_long()
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                body += bytes(message.get("body", b""))
                if len(body) > MAX_BODY:
                    raise too_long()
                if not message.get("more_body", False):
                    return body
    except TimeoutError:
        raise Refusal(408, "slow", "L'envoi a pris trop de temps. Renvoyez le formulaire.") from None


async def _send(send: Send, answer: Answer, *, closing: bool) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    if answer.status != 204:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    if closing:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _report(error: Exception) -> None:
    """Say where something broke, without a word of what was being handled."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    sys.stderr.write(f"Panne : {type(error).__name__}, {Path(place.filename).name}, ligne {place.lineno}.\n")


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    await scope["app"].state.door(scope, receive, send)


@contextlib.asynccontextmanager
async def _lifespan(application: Starlette) -> AsyncIterator[None]:
    application.state.door = Door(assemble(Path(os.environ.get("VILLE_ROOT", ".")), os.environ))
    async with application.state.door.running():
        yield


app = Starlette(routes=[Mount("/", _answer)], lifespan=_lifespan)
