"""A disk that is full, read-only or gone: 503 with a time to come back, nothing acknowledged, and it heals."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collector.town import Running, Town, make_town, running

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Town]:
    """Give a town whose vault is a disk of 1 MB."""
    town = make_town(tmp_path)
    town.signups.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", town.signups], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield town
    finally:
        subprocess.run(["umount", "-l", town.signups], check=True)


def is_unavailable(collector: Running) -> bool:
    answer = collector.sign_up()
    assert answer.status_code in {200, 503}
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) > 0
        assert "rien n’est gardé" in answer.json()["message"]
    return answer.status_code == 503


@only_root
def test_a_full_disk_is_said_and_heals(small_disk: Town) -> None:
    with running(small_disk) as collector:
        assert not is_unavailable(collector)
        ballast = small_disk.signups / "ballast"
        with ballast.open("wb") as file, contextlib.suppress(OSError):
            while True:
                os.write(file.fileno(), bytes(4096))
        before = len(small_disk.records())
        assert is_unavailable(collector)
        assert len(small_disk.records()) == before
        ballast.unlink()
        assert not is_unavailable(collector)
        assert len(small_disk.records()) == before + 1


@only_root
def test_a_read_only_disk_is_said_and_heals(small_disk: Town) -> None:
    with running(small_disk) as collector:
        assert not is_unavailable(collector)
        subprocess.run(["mount", "-o", "remount,ro", small_disk.signups], check=True)
        assert is_unavailable(collector)
        subprocess.run(["mount", "-o", "remount,rw", small_disk.signups], check=True)
        assert not is_unavailable(collector)


@only_root
def test_a_collector_starts_on_a_read_only_disk_and_heals(small_disk: Town) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk.signups], check=True)
    with running(small_disk) as collector:
        assert is_unavailable(collector)
        subprocess.run(["mount", "-o", "remount,rw", small_disk.signups], check=True)
        assert not is_unavailable(collector)


def test_a_vault_that_vanishes_is_made_again(town: Town) -> None:
    with running(town) as collector:
        assert not is_unavailable(collector)
        shutil.rmtree(town.signups)
        is_unavailable(collector)
        assert not is_unavailable(collector)
        assert len(town.records()) >= 1


def test_files_that_may_not_grow_are_said(town: Town) -> None:
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    with running(town, before=f"{limit}resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))") as collector:
        assert is_unavailable(collector)
        assert town.records() == []
        assert not [path for path in town.signups.glob(".incoming/*/*") if path.is_file()]


def test_too_many_open_files_are_said_and_heal(town: Town) -> None:
    import httpx

    with running(town, before="import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (48, 48))") as collector:
        with httpx.Client() as first:
            assert first.get(f"{collector.url}/health").status_code == 200
            others = [httpx.Client() for _ in range(60)]
            for other in others:
                try:
                    other.get(f"{collector.url}/health", timeout=0.5)
                except httpx.TransportError:
                    break
            for other in others:
                other.close()
        assert not is_unavailable(collector)
