"""How many durable sign-ups a second the collector keeps, and how long each one waits: a real server, real files.

    python tests/benchmarks/collector_load.py [--folder DIR] [--seconds N] [--processes N]

The load comes from a process of its own. Every request is a whole sign-up of « devenir-voisin-solidaire »: token, proof
of work, validation, sealing, stub, sealed file and confirmation mail made durable before the answer. What is counted
is checked afterwards: as many sealed files as acknowledgements. Two figures:

- saturation: 64 connections that each send as soon as they have an answer;
- latency at 500 a second: requests leave on schedule whatever the server does (latency counts from the schedule).
"""

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.collector.town import SIGN_UP, Running, make_town, proof_for, running, token_for

FORM = "devenir-voisin-solidaire"


def requests(count: int) -> list[bytes]:
    """Make whole HTTP requests, each from an address of its own, as a proxy in front of the collector tells it."""
    made = []
    for number in range(count):
        token = token_for(age=30)
        body = json.dumps(
            {**SIGN_UP, "first_name": f"N° {number}", "token": token, "altcha": proof_for(token)}
        ).encode()
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        head = (
            f"POST /forms/{FORM} HTTP/1.1\r\nhost: collecteur\r\ncontent-type: application/json\r\n"
            f"x-forwarded-for: {address}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        made.append(head.encode() + body)
    return made


class Client(asyncio.Protocol):
    """One connection: sends a request, tells when its answer is whole."""

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[int] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Collect an answer."""
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if found and self._waiting:
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
            if len(rest) >= length:
                self._waiting.set_result(int(head[9:12]))
                self._buffer = rest[length:]

    def send(self, request: bytes) -> "asyncio.Future[int]":
        """Send a request; the status comes later."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._waiting


async def connect(port: int, count: int) -> list[Client]:
    """Open connections."""
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Client, "127.0.0.1", port))[1] for _ in range(count)]


async def saturate(port: int, waiting: list[bytes], seconds: float) -> tuple[int, int, float]:
    """Send as fast as answers come; give acknowledgements, refusals, and seconds."""
    clients = await connect(port, 64)
    start = time.perf_counter()
    kept = refused = 0

    async def one(client: Client) -> None:
        nonlocal kept, refused
        while waiting and time.perf_counter() - start < seconds:
            if await client.send(waiting.pop()) == 200:
                kept += 1
            else:
                refused += 1

    await asyncio.gather(*(one(client) for client in clients))
    return kept, refused, time.perf_counter() - start


async def steady(port: int, waiting: list[bytes], rate: int) -> tuple[list[float], int]:
    """Send on schedule; give each latency in milliseconds, and the number of refusals."""
    idle = await connect(port, 64)
    latencies: list[float] = []
    refused = 0
    start = time.perf_counter()

    async def one(request: bytes, due: float) -> None:
        nonlocal refused
        client = idle.pop() if idle else (await connect(port, 1))[0]
        status = await client.send(request)
        latencies.append((time.perf_counter() - due) * 1000)
        refused += status != 200
        idle.append(client)

    tasks = []
    for number, request in enumerate(waiting):
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(request, due)))
    await asyncio.gather(*tasks)
    return latencies, refused


def load(port: int, seconds: float, results: "multiprocessing.Queue[Any]") -> None:
    """Be the load: run in a process of its own."""
    import uvloop

    waiting = requests(int(500 * seconds))
    latencies, refused = uvloop.run(steady(port, waiting, 500))
    results.put((sorted(latencies), refused))
    waiting = requests(int(3500 * seconds))
    results.put(uvloop.run(saturate(port, waiting, seconds)))


def cpu(collector: Running) -> float:
    """Give the seconds of processor time that the server has used, its children's included."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            if int(fields[2]) == collector.process.pid:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(collector: Running, seconds: float) -> None:
    """Measure one collector and print what was found."""
    results: multiprocessing.Queue[Any] = multiprocessing.get_context("spawn").Queue()
    process = multiprocessing.get_context("spawn").Process(target=load, args=(collector.port, seconds, results))
    process.start()
    latencies, refused = results.get(timeout=10 * seconds + 60)
    count = len(latencies)
    p50, p99, worst = (latencies[min(count - 1, int(count * part))] for part in (0.5, 0.99, 1.0))
    print(f"  500 a second for {seconds:.0f} s, {refused} refused:")
    print(f"    p50 {p50:.1f} ms, p99 {p99:.1f} ms, worst {worst:.1f} ms")
    kept, others, elapsed = results.get(timeout=10 * seconds + 60)
    print(f"  saturation, 64 connections: {kept / elapsed:.0f} durable sign-ups a second (refused {others})")
    process.join()
    spent = cpu(collector)
    print(f"  processor time of the server: {spent / (kept + count) * 1e6:.0f} µs a sign-up")
    sealed = sum(1 for _ in collector.town.signups.glob(f"{FORM}/*/*.age"))
    print(f"  sealed files {sealed}, acknowledged {kept + count - refused}")
    if sealed < kept + count - refused:
        raise SystemExit("acknowledged sign-ups are missing")


def main() -> None:
    """Measure, on the folder's own disk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()), help="where the vault lies")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        town = make_town(Path(folder))
        print(f"{arguments.folder}, {arguments.processes} process(es):")
        with running(town, processes=arguments.processes) as collector:
            measure(collector, arguments.seconds)


if __name__ == "__main__":
    main()
