"""What comes in and goes out, the same behind every door."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.typography import french


@dataclass(frozen=True, slots=True)
class Request:
    """A request. Header names are lower case; `address` is the sender's network address, used for limits only."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, ready to send."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class Refusal(Exception):
    """Why a request is not accepted: a status, a stable code, a French sentence that says how to go on.

    It never holds anything that was sent.
    """

    def __init__(self, status: int, code: str, message: str, *, wait: int = 0, allow: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = french(message)
        self.wait = wait
        self.allow = allow
