"""What a browser or a script sent, as a plain mapping: never trusted, never larger than it should be."""

import json
import re
from collections.abc import Callable
from email.message import Message
from functools import lru_cache
from urllib.parse import parse_qsl

from .messages import Refusal, Request
from .validation import Sent

MAX_BODY = 64 * 1024
MAX_FIELDS = 100

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")


def read_body(request: Request, several: frozenset[str]) -> dict[str, Sent]:
    """Give the fields of a posted form. Only those named in `several` may come more than once.

    Raises Refusal: 413 for too much, 415 for a kind of content that no form sends, 400 for broken content.
    """
    if len(request.body) > MAX_BODY:
        raise too_long()
    kind, charset, boundary = _content_type(request.headers.get("content-type", ""))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "encoding", "L'envoi est compressé, et ce formulaire ne le permet pas.")
    if charset not in {"utf-8", "utf8"}:
        raise Refusal(415, "charset", "L'envoi n'est pas en UTF-8.")
    match kind:
        case "application/json":
            fields = _from_json(request.body)
        case "application/x-www-form-urlencoded":
            fields = _gather(_urlencoded(request.body), several)
        case "multipart/form-data":
            fields = _gather(_multipart(request.body, boundary), several)
        case _:
            raise Refusal(415, "content-type", f"Ce formulaire attend {_FORM}, {_MULTIPART} ou {_JSON}.")
    for value in fields.values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and _FORBIDDEN.search(text):
                raise _broken()
    return fields


def too_long() -> Refusal:
    """Give the refusal of a body that is too long."""
    return Refusal(413, "too-long", f"L'envoi est trop long : {MAX_BODY // 1024} ko au plus.")


@lru_cache(256)
def _content_type(header: str) -> tuple[str, str, str]:
    message = Message()
    message["content-type"] = header.replace("\r", " ").replace("\n", " ")
    kind = message.get_content_type() if header else ""
    charset = str(message.get_param("charset", "utf-8")).lower()
    return kind, charset, str(message.get_param("boundary", ""))


def _from_json(body: bytes) -> dict[str, Sent]:
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _broken() from None
    if not isinstance(value, dict) or len(value) > MAX_FIELDS:
        raise _broken()
    fields: dict[str, Sent] = {}
    for name, item in value.items():
        if isinstance(item, list):
            if len(item) > MAX_FIELDS or not all(isinstance(part, str) for part in item):
                raise _broken()
        elif not isinstance(item, str | int | float | bool | None):
            raise _broken()
        fields[name] = item
    return fields


def _no_constant(_: str) -> float:
    raise ValueError


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
            strict_parsing=bool(body),
        )
    except ValueError:
        raise _broken() from None


def _multipart(body: bytes, boundary: str) -> list[tuple[str, str]]:
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser, parse_options_header

    fields: list[tuple[str, str]] = []
    ended: list[bool] = []
    name, value, disposition = bytearray(), bytearray(), bytearray()

    def begin() -> None:
        value.clear()
        disposition.clear()

    def header_end() -> None:
        if bytes(name).lower() == b"content-disposition":
            disposition[:] = value
        name.clear()
        value.clear()

    def part_end() -> None:
        _, options = parse_options_header(bytes(disposition))
        if b"filename" in options or b"filename*" in options:
            raise Refusal(415, "file", "Ce formulaire n'accepte aucun fichier.")
        if b"name" not in options or len(fields) >= MAX_FIELDS:
            raise _broken()
        fields.append((options[b"name"].decode("utf-8"), value.decode("utf-8")))

    def add(to: bytearray) -> Callable[[bytes, int, int], None]:
        return lambda data, start, end: to.extend(data[start:end])

    def end() -> None:
        ended.append(True)

    callbacks = {
        "on_part_begin": begin,
        "on_header_field": add(name),
        "on_header_value": add(value),
        "on_header_end": header_end,
        "on_headers_finished": value.clear,
        "on_part_data": add(value),
        "on_part_end": part_end,
        "on_end": end,
    }
    try:
        parser = MultipartParser(boundary.encode("ascii"), callbacks)  # type: ignore[arg-type]
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError):
        raise _broken() from None
    if not ended:
        raise _broken()
    return fields


def _gather(pairs: list[tuple[str, str]], several: frozenset[str]) -> dict[str, Sent]:
    fields: dict[str, Sent] = {}
    for name, value in pairs:
        if name in several:
            known = fields.setdefault(name, [])
            assert isinstance(known, list)
            known.append(value)
        elif name in fields:
            raise _broken()
        else:
            fields[name] = value
    return fields


def _broken() -> Refusal:
    return Refusal(400, "broken", "L'envoi est abîmé ou incomplet. Revenez au formulaire et renvoyez-le.")
