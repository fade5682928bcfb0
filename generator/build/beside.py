"""Another process, with this one's memory as it is when it begins, finds something out meanwhile."""

import errno
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from select import select
from signal import SIGKILL
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Question(NamedTuple, Generic[T]):
    """What another process finds out: `is_done` tells whether it has, `answer` waits for it.

    `answer` raises ChildProcessError, an OSError, when the process ended without one.
    """

    is_done: Callable[[], bool]
    answer: Callable[[], T]


@contextmanager
def beside(question: Callable[[], T], *, patiently: bool = False) -> Iterator[Question[T]]:
    """Have a question answered in a process of its own meanwhile. It ends with the `with`, done or not.

    `patiently`, whatever else there is to do comes first, until the answer is all that is waited for.
    """
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            if patiently:
                os.nice(19)
            with open(writing, "wb") as told:
                told.write(pickle.dumps(question(), 5))
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as heard:

        @cache
        def answer() -> T:
            try:
                found: T = pickle.load(heard)
            except (EOFError, pickle.UnpicklingError):
                raise ChildProcessError(errno.ECHILD, "l'un de ses processus a été arrêté") from None
            return found

        try:
            yield Question(lambda: bool(select([heard], [], [], 0)[0]), answer)
        finally:
            with suppress(ProcessLookupError):
                os.kill(process, SIGKILL)
            os.waitpid(process, 0)


@contextmanager
def in_turn(question: Callable[[], T], *, patiently: bool = False) -> Iterator[Question[T]]:
    """Have a question answered by this process, once its answer is asked for."""
    yield Question(lambda: True, cache(question))
