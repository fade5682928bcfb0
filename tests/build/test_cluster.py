"""`ville build --dask`: a real scheduler and real workers, started from their commands, away from the campaign."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from generator.build.publish import STAGING
from tests.benchmarks.generate import write_campaign

from .canary import CANARY, lay_canary
from .markers import holding
from .snapshots import snapshot

PROGRAM = Path(__file__).parents[2]
DASK = str(Path(sys.executable).with_name("dask"))


@contextmanager
def running(folder: Path, program: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a `dask` command in a folder of its own, with the program installed at a place."""
    folder.mkdir()
    # By default Dask knocks for 30 seconds at the door of a worker that just died.
    environment = {**os.environ, "PYTHONPATH": str(program), "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    with subprocess.Popen(
        [DASK, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        yield process
        process.kill()


Worker = Callable[[Path], subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, Worker]]:
    """Give a scheduler's address, and what starts a worker for it that has the program at a place."""
    file = tmp_path / "scheduler.json"
    arguments = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    with ExitStack() as stack:
        stack.enter_context(running(tmp_path / "scheduler", PROGRAM, "scheduler", *arguments))
        while not file.exists() or not file.read_bytes():
            time.sleep(0.05)
        address = json.loads(file.read_bytes())["address"]

        def start(program: Path) -> subprocess.Popen[bytes]:
            folder = tmp_path / f"worker-{len(list(tmp_path.glob('worker-*')))}"
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / "scratch"))
            return stack.enter_context(running(folder, program, "worker", address, *options))

        yield address, start


def command(root: Path, output: Path, *more: str) -> list[str]:
    line = [sys.executable, "-m", "generator", "build", "--root", str(root), "--output", str(output)]
    return [*line, "--now", "2026-11-23T12:00", *more]


def test_a_cluster_gives_the_same_bytes_even_when_a_worker_dies(cluster: tuple[str, Worker], tmp_path: Path) -> None:
    address, start = cluster
    doomed, _ = start(PROGRAM), start(PROGRAM)
    root = tmp_path / "campaign"
    write_campaign(root, records=900, documents=30, pictures=3)
    subprocess.run(command(root, tmp_path / "here"), check=True, capture_output=True, cwd=PROGRAM)
    expected = snapshot(tmp_path / "here")

    subprocess.run(command(root, tmp_path / "there", "--dask", address), check=True, capture_output=True, cwd=PROGRAM)
    assert snapshot(tmp_path / "there") == expected

    again = command(root, tmp_path / "there", "--dask", address, "--clean")
    with subprocess.Popen(again, cwd=PROGRAM, stdout=subprocess.DEVNULL) as build:
        while not (tmp_path / "there" / STAGING / "index.html").exists():
            assert build.poll() is None
            time.sleep(0.001)
        doomed.kill()
        assert build.poll() is None
        assert build.wait() == 0
    assert snapshot(tmp_path / "there") == expected


def test_a_cluster_is_told_nothing_of_what_is_hidden(
    cluster: tuple[str, Worker], campaign: Path, tmp_path: Path
) -> None:
    address, start = cluster
    start(PROGRAM)
    for kind in ("press_release", "portrait", "event"):
        lay_canary(campaign, kind)
    line = command(campaign, tmp_path / "site", "--dask", address, "--json")
    result = subprocess.run(line, check=True, capture_output=True, text=True, cwd=PROGRAM)
    assert (tmp_path / "site/index.html").is_file()
    assert CANARY not in result.stdout + result.stderr
    for folder in (tmp_path / "site", *tmp_path.glob("worker-*"), tmp_path / "scheduler"):
        assert holding(folder, CANARY) == []


def test_a_worker_of_another_edition_is_refused(cluster: tuple[str, Worker], campaign: Path, tmp_path: Path) -> None:
    address, start = cluster
    shutil.copytree(PROGRAM / "generator", tmp_path / "other/generator")
    with (tmp_path / "other/generator/typography.py").open("a") as code:
        code.write("\n# changed\n")
    start(tmp_path / "other")
    result = subprocess.run(
        command(campaign, tmp_path / "site", "--dask", address),
        capture_output=True,
        text=True,
        cwd=PROGRAM,
        check=False,
    )
    assert result.returncode == 1
    assert "n'a pas ce programme, ou pas la même version" in result.stderr
    assert not list((tmp_path / "site").rglob("*.html"))


def test_an_address_that_does_not_answer_is_told_in_french(campaign: Path, tmp_path: Path) -> None:
    line = command(campaign, tmp_path / "site", "--dask", "tcp://127.0.0.1:9")
    result = subprocess.run(line, capture_output=True, text=True, cwd=PROGRAM, check=False)
    assert result.returncode == 1
    assert "Aucun ordonnanceur Dask ne répond à l'adresse « tcp://127.0.0.1:9 »" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_its_package_the_option_says_what_to_install(campaign: Path, tmp_path: Path) -> None:
    without = "import sys; sys.modules['distributed'] = None; from generator.cli import main; sys.exit(main())"
    line = [sys.executable, "-c", without, *command(campaign, tmp_path / "site", "--dask", "tcp://127.0.0.1:9")[3:]]
    result = subprocess.run(line, capture_output=True, text=True, cwd=PROGRAM, check=False)
    assert result.returncode == 1
    assert "pip install distributed" in result.stderr


@pytest.mark.parametrize("address", ["ici", "http://127.0.0.1:8786", "tcp://127.0.0.1"])
def test_what_is_no_address_of_a_scheduler_is_a_misuse(campaign: Path, tmp_path: Path, address: str) -> None:
    line = command(campaign, tmp_path / "site", "--dask", address)
    result = subprocess.run(line, capture_output=True, text=True, cwd=PROGRAM, check=False)
    assert (result.returncode, f"« {address} » n'est pas une adresse" in result.stderr) == (2, True)
