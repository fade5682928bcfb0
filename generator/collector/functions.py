"""The collector as a function: `generator.collector.functions:handler`, as AWS Lambda and Scaleway call it.

Takes HTTP events of both shapes in use (AWS payload formats 1.0 and 2.0; Scaleway sends 1.0's). The campaign lies
beside the code, in the folder that `VILLE_ROOT` names; the settings name a bucket, since a function keeps no disk.
An event that is no HTTP request, such as a timer's, sends the mails that wait.
"""

import contextlib
import os
import sys
import time
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import answers
from .desk import Keep
from .messages import Answer, Request
from .running import Collector, assemble
from .vault import Outcome

MAIL_SECONDS = 5.0
"""How long a resident may wait for the mail to leave at once; a timer sends it later otherwise."""


@cache
def collector() -> Collector:
    """Give the collector, put together once for the life of the function."""
    return assemble(Path(os.environ.get("VILLE_ROOT", ".")), os.environ)


def handler(event: dict[str, Any], context: object = None) -> dict[str, Any]:
    """Answer one event."""
    del context
    try:
        request = request_of(event)
        if request is None:
            return {"statusCode": 200, "body": str(_send_mails())}
        return _event_of(_answer(request))
    except Exception as error:
        # The platform would log the exception, and its words may hold what was sent.
        sys.stderr.write(f"Panne : {type(error).__name__}.\n")
        broken = answers.as_json({"error": "broken", "message": "Le collecteur a une panne. Rien n'est gardé."}, 500)
        return _event_of(broken)


def _answer(request: Request) -> Answer:
    desk = collector().desk
    step = desk.open(request)
    if isinstance(step, Answer):
        return step
    outcome = step.perform(collector().vault)
    if outcome is Outcome.KEPT and isinstance(step, Keep) and step.entry.mails:
        _send_mails()
    return desk.close(request, step, outcome)


def request_of(event: dict[str, Any]) -> Request | None:
    """Give the HTTP request that an event carries, None when it carries none."""
    about = event.get("requestContext") or {}
    http = about.get("http") or {}
    method = http.get("method") or event.get("httpMethod")
    if not method:
        return None
    headers = {str(name).lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    query = event.get("rawQueryString")
    if query is None:
        query = urlencode(
            event.get("multiValueQueryStringParameters") or event.get("queryStringParameters") or {}, doseq=True
        )
    body = event.get("body") or ""
    address = http.get("sourceIp") or (about.get("identity") or {}).get("sourceIp") or ""
    return Request(
        method=method,
        path=event.get("rawPath") or event.get("path") or "/",
        query=query,
        headers=headers,
        body=_decode(body) if event.get("isBase64Encoded") else str(body).encode("utf-8", "surrogatepass"),
        address=address or headers.get("x-forwarded-for", "").rpartition(",")[2].strip(),
    )


def _decode(body: str) -> bytes:
    try:
        return b64decode(body, validate=True)
    except ValueError:
        return b"\xff"


def _event_of(answer: Answer) -> dict[str, Any]:
    encoded = {"body": b64encode(answer.body).decode(), "isBase64Encoded": True}
    with contextlib.suppress(UnicodeDecodeError):
        encoded = {"body": answer.body.decode("utf-8"), "isBase64Encoded": False}
    return {"statusCode": answer.status, "headers": dict(answer.headers), **encoded}


def _send_mails() -> int:
    """Send what waits, for a few seconds at most; whatever happens, it stays in the queue until it is sent."""
    if not collector().smtp:
        return 0
    import asyncio

    from .mailer import Server, send_due

    async def send() -> int:
        async with asyncio.timeout(MAIL_SECONDS):
            return await send_due(collector().queue, Server(collector().smtp, collector().sender), time.time())

    try:
        return asyncio.run(send())
    except Exception as error:
        sys.stderr.write(f"Le courrier attend ({type(error).__name__}).\n")
        return 0
