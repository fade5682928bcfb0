"""Pieces of work that give nothing back, shared between this process and others that have its memory as it is."""

import errno
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from tempfile import TemporaryFile
from traceback import format_exc

from .progress import Tell, silent

Do = Callable[[int], None]
"""Does the piece of work of a number."""


@contextmanager
def shared(do: Do, pieces: int, jobs: int, tell: Tell = silent) -> Iterator[Callable[[], None]]:
    """Have pieces of work done by `jobs` processes: others begin at once, this one when it calls what it is given.

    That call does what nobody has taken yet, and returns when all is done. It raises what a piece raised, wherever it
    was done, and ChildProcessError when a process ended before its work did. Leaving without it leaves the rest undone.
    """
    with _Queue(pieces) as queue:
        others: list[_Other] = []

        def join() -> None:
            for number in queue:
                do(number)
                tell(number + 1, pieces)
            for other in others:
                other.succeed()
            tell(pieces, pieces)

        try:
            others.extend(_Other(do, queue) for _ in range(min(jobs - 1, pieces)))
            yield join
        finally:
            queue.empty()
            for other in others:
                _ = other.outcome


class _Queue:
    """The numbers of the pieces, each for whoever takes it first.

    They are bytes of a file that processes read from where the last one stopped: one killed meanwhile blocks nobody.
    """

    def __init__(self, length: int) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 (closed by `with`)
        self._file.write(b"".join(number.to_bytes(_WIDTH, "big") for number in range(length)))
        self._file.seek(0)

    def __enter__(self) -> "_Queue":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[int]:
        while taken := self._file.read(_WIDTH):
            yield int.from_bytes(taken, "big")

    def empty(self) -> None:
        """Leave nothing more to take."""
        self._file.seek(0, os.SEEK_END)


_WIDTH = 4
"""Bytes of a number."""


class _Other:
    """Another process at work, until nothing is left to take or its parent is gone."""

    def __init__(self, do: Do, queue: _Queue) -> None:
        parent = os.getpid()
        ours, its = os.pipe()
        self._process = os.fork()
        if not self._process:
            status = 1
            try:
                os.write(its, _failure(do, queue, parent))
                status = 0
            finally:
                os._exit(status)
        os.close(its)
        self._told = open(ours, "rb")  # noqa: SIM115 (closed once it ended)

    @cached_property
    def outcome(self) -> tuple[bytes, int]:
        """What it told of a failure, and its status, once it has ended."""
        with self._told:
            return self._told.read(), os.waitpid(self._process, 0)[1]

    def succeed(self) -> None:
        """Wait for its end. Raises what its work raised, and ChildProcessError when it was ended."""
        failure, status = self.outcome
        if failure:
            raise pickle.loads(failure)
        if status:
            raise ChildProcessError(errno.ECHILD, "l'un de ses processus a été arrêté")


def _failure(do: Do, queue: _Queue, parent: int) -> bytes:
    """Do pieces of work; give what one raised, packed, nothing when all went well."""
    try:
        for number in queue:
            if os.getppid() != parent:
                break
            do(number)
    except BaseException as error:
        queue.empty()
        error.add_note(format_exc())
        return pickle.dumps(error)
    return b""
