"""Slow and endless senders: cut off after ten seconds, while everyone else is served."""

import contextlib
import socket
import time

import pytest

from tests.collector.town import Running

HEAD = (
    "POST /forms/devenir-voisin-solidaire HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    "content-length: 5000\r\n\r\n"
)


def connect(collector: Running) -> socket.socket:
    return socket.create_connection(("127.0.0.1", collector.port), timeout=30)


def drain(connection: socket.socket) -> bytes:
    """Read until the other side closes; an abrupt end is an end."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while data := connection.recv(4096):
            found += data
    return found


def memory(collector: Running) -> int:
    """Give the resident memory of the server, in kB."""
    with open(f"/proc/{collector.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def test_two_hundred_slow_senders_are_cut_off_and_nobody_waits_for_them(collector: Running) -> None:
    slow = [connect(collector) for _ in range(200)]
    for number, connection in enumerate(slow):
        # Half of them dawdle in their headers, half in their bodies.
        connection.sendall((HEAD + "{" if number % 2 else HEAD[:30]).encode())
    before = memory(collector)
    began = time.monotonic()
    while time.monotonic() - began < 5:
        for connection in slow:
            with contextlib.suppress(OSError):
                connection.send(b" ")
        assert collector.sign_up(first_name=f"{time.monotonic()}").status_code in {200, 429}
        time.sleep(1)
    answers = [drain(connection) for connection in slow]
    assert all(not answer or b" 408 " in answer[:20] for answer in answers)
    assert memory(collector) - before < 20_000
    for connection in slow:
        connection.close()


@pytest.mark.parametrize("head", [HEAD.replace("content-length: 5000", "transfer-encoding: chunked"), HEAD])
def test_a_body_without_end_is_cut_off(collector: Running, head: str) -> None:
    head = head.replace("5000", str(10**12))
    before = memory(collector)
    with connect(collector) as endless:
        endless.sendall(head.encode())
        with contextlib.suppress(OSError):
            for _ in range(2000):
                endless.sendall(b"8000\r\n" + b"a" * 0x8000 + b"\r\n")
        answer = drain(endless)
    assert not answer or b" 413 " in answer[:20]
    assert memory(collector) - before < 20_000


def test_headers_without_end_are_cut_off(collector: Running) -> None:
    before = memory(collector)
    with connect(collector) as endless:
        endless.sendall(b"GET /health HTTP/1.1\r\n")
        sent = 0
        with contextlib.suppress(OSError):
            for sent in range(20_000):
                endless.sendall(b"x-%d: " % sent + b"a" * 4000 + b"\r\n")
    assert sent < 19_999
    assert memory(collector) - before < 20_000


@pytest.mark.parametrize(
    "junk", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01" * 50]
)
def test_what_is_no_http_is_refused(collector: Running, junk: bytes) -> None:
    with connect(collector) as odd:
        odd.sendall(junk)
        odd.shutdown(socket.SHUT_WR)
        answer = drain(odd)
    assert not answer or b" 400 " in answer[:20] or b" 404 " in answer[:20]
    assert b"Traceback" not in answer
