"""`kill -9` at random under load: every acknowledged sign-up is whole and opens with the key, none is there twice.

`VILLE_KILLS` sets the number of rounds (1,000 for the full proof).
"""

import contextlib
import itertools
import os
import random
import signal
import threading
import time
from pathlib import Path

import httpx

from tests.collector.town import SIGN_UP, Running, make_town, proof_for, running, start, token_for

ROUNDS = int(os.environ.get("VILLE_KILLS", "8"))
NAMES = itertools.count()
ADDRESSES = itertools.count()


def load(collector: Running, acknowledged: "os.PathLike[str]", retried: list[dict[str, object]]) -> None:
    """Sign up until the collector is gone; note each acknowledgement on the disk before the next."""
    with open(acknowledged, "a") as log, httpx.Client(timeout=5) as client:
        while True:
            body = retried.pop() if retried else None
            if body is None:
                token = token_for()
                body = {**SIGN_UP, "first_name": f"N{next(NAMES)}", "token": token, "altcha": proof_for(token)}
            address = next(ADDRESSES)
            from_one = {"x-forwarded-for": f"10.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}"}
            try:
                answer = client.post(f"{collector.url}/forms/devenir-voisin-solidaire", json=body, headers=from_one)
            except httpx.TransportError:
                retried.append(body)
                return
            assert answer.status_code == 200, answer.text
            log.write(f"{body['first_name']}\n")
            log.flush()
            os.fsync(log.fileno())


def test_no_acknowledged_sign_up_is_lost_or_doubled(tmp_path: Path) -> None:
    town = make_town(tmp_path / "town")
    log = tmp_path / "acknowledged"
    log.touch()
    retried: list[list[dict[str, object]]] = [[], [], []]
    chance = random.Random(4)
    for _ in range(ROUNDS):
        collector = start(town, processes=1)
        threads = [threading.Thread(target=load, args=(collector, log, mine)) for mine in retried]
        for thread in threads:
            thread.start()
        time.sleep(chance.uniform(0.02, 0.4))
        collector.kill()
        for thread in threads:
            thread.join()
    # What was cut off is sent again, as a browser would: it must not be there twice.
    collector = start(town)
    for body in itertools.chain(*retried):
        assert httpx.post(f"{collector.url}/forms/devenir-voisin-solidaire", json=body).status_code == 200
        with log.open("a") as file:
            file.write(f"{body['first_name']}\n")
    leftovers = [path for path in town.signups.glob(".incoming/*/*") if path.is_file()]
    with contextlib.suppress(ProcessLookupError):
        collector.kill()
    acknowledged = log.read_text().split()
    kept = [record["answers"]["first_name"] for record in town.records()]
    assert sorted(kept) == sorted(set(kept))
    assert set(acknowledged) <= set(kept)
    assert len(acknowledged) > ROUNDS
    assert leftovers == []


def writers(collector: Running) -> list[int]:
    """Give the processes that write for a collector."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if stat.read_text().rpartition(") ")[2].split()[1] == str(collector.process.pid):
                found.append(int(stat.parent.name))
    return found


def test_a_writing_process_that_dies_is_started_again(tmp_path: Path) -> None:
    town = make_town(tmp_path)
    with running(town) as collector:
        assert collector.sign_up().status_code == 200
        (writer,) = writers(collector)
        os.kill(writer, signal.SIGKILL)
        assert collector.sign_up().status_code in {200, 503}
        assert collector.sign_up().status_code == 200
        assert len(writers(collector)) == 1


def test_told_to_stop_the_collector_first_keeps_what_it_was_given(tmp_path: Path) -> None:
    town = make_town(tmp_path)
    with running(town) as collector:
        assert collector.sign_up().status_code == 200
        processes = [collector.process.pid, *writers(collector)]
    assert not any(Path(f"/proc/{number}/cmdline").exists() for number in processes[1:])
