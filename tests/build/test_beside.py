"""Another process that finds something out meanwhile: it never outlives its use."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from generator.build.beside import beside, in_turn


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _say_and_wait(said: Path, heard: Path) -> str:
    """Tell who works on it, then wait until a file is there."""
    said.write_text(str(os.getpid()))
    while not heard.exists():
        time.sleep(0.01)
    return "answer"


def test_another_process_answers() -> None:
    with beside(os.getppid) as parent, beside(os.getpid) as own:
        assert parent.answer() == os.getpid()
        assert own.answer() == own.answer() != os.getpid()


def test_this_process_answers_in_turn() -> None:
    with in_turn(os.getpid) as question:
        assert question.answer() == os.getpid()


def test_it_tells_whether_it_is_done(tmp_path: Path) -> None:
    with beside(partial(_say_and_wait, tmp_path / "said", tmp_path / "heard")) as question:
        assert not question.is_done()
        (tmp_path / "heard").touch()
        while not question.is_done():
            time.sleep(0.01)
        assert question.answer() == "answer"


def test_one_that_ended_without_an_answer_is_an_error_of_the_system() -> None:
    with beside(_die) as question, pytest.raises(ChildProcessError):
        question.answer()


def test_leaving_ends_it(tmp_path: Path) -> None:
    said = tmp_path / "said"
    with beside(partial(_say_and_wait, said, tmp_path / "never")):
        while not said.exists() or not said.read_text():
            time.sleep(0.01)
    assert not Path(f"/proc/{said.read_text()}").exists()
