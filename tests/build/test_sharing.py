"""Pieces of work shared between processes: each is done once, and whatever goes wrong is known."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.sharing import shared


def _mark(folder: Path, number: int) -> None:
    """Leave a file, which must not be there yet, that tells who did a piece."""
    with (folder / str(number)).open("x") as file:
        file.write(str(os.getpid()))


@pytest.mark.parametrize(("pieces", "jobs"), [(0, 2), (1, 1), (1, 4), (300, 1), (300, 3)])
def test_every_piece_is_done_once_by_no_more_processes_than_asked_for(pieces: int, jobs: int, tmp_path: Path) -> None:
    with shared(lambda number: _mark(tmp_path, number), pieces, jobs) as join:
        join()
        assert {path.name for path in tmp_path.iterdir()} == {str(number) for number in range(pieces)}
    assert len({path.read_text() for path in tmp_path.iterdir()}) <= jobs


def test_others_work_while_this_process_does_something_else(tmp_path: Path) -> None:
    with shared(lambda number: _mark(tmp_path, number), 3, 2) as join:
        _join_after(tmp_path / "2", join)
    assert str(os.getpid()) not in {path.read_text() for path in tmp_path.iterdir()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_piece_raises_is_raised_wherever_it_was_done(jobs: int, tmp_path: Path) -> None:
    def fail(number: int) -> None:
        raise FileNotFoundError(2, "missing", str(tmp_path / str(number)))

    with pytest.raises(FileNotFoundError) as raised, shared(fail, 1, jobs) as join:
        join()
    assert raised.value.filename == str(tmp_path / "0")


def test_a_failure_leaves_the_pieces_that_nobody_took(tmp_path: Path) -> None:
    def fail(number: int) -> None:
        _mark(tmp_path, number)
        raise LookupError

    with pytest.raises(LookupError), shared(fail, 1000, 3) as join:
        join()
    assert len(list(tmp_path.iterdir())) <= 3


def test_leaving_early_ends_the_others(tmp_path: Path) -> None:
    with shared(lambda number: _mark(tmp_path, number), 100_000, 2):
        pass
    done = len(list(tmp_path.iterdir()))
    assert done < 100_000
    assert len(list(tmp_path.iterdir())) == done


def test_a_killed_process_is_an_error_of_the_system(tmp_path: Path) -> None:
    def die(number: int) -> None:
        _mark(tmp_path, number)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ChildProcessError), shared(die, 1, 2) as join:
        _join_after(tmp_path / "0", join)


def _join_after(path: Path, join: Callable[[], None]) -> None:
    while not path.exists():
        time.sleep(0.01)
    join()


def test_others_end_with_the_process_that_began_them(tmp_path: Path) -> None:
    def once(number: int) -> None:
        _mark(tmp_path, number)
        time.sleep(0.01)

    leader = os.fork()
    if not leader:
        with shared(once, 100_000, 2):
            time.sleep(60)
        os._exit(0)
    while not list(tmp_path.iterdir()):
        time.sleep(0.01)
    os.kill(leader, signal.SIGKILL)
    os.waitpid(leader, 0)
    other = int(next(tmp_path.iterdir()).read_text())
    while _is_alive(other):
        time.sleep(0.01)


def _is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False
