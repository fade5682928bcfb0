"""Pieces of work that give nothing back, shared between this process and others that have its memory as it is."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from .beside import beside
from .progress import Tell, silent

Do = Callable[[int], None]
"""Does the piece of work of a number."""


@contextmanager
def shared(do: Do, pieces: int, jobs: int, tell: Tell = silent) -> Iterator[Callable[[], None]]:
    """Have pieces of work done by `jobs` processes: others begin at once, this one when it calls what it is given.

    That call does what nobody has taken yet, and returns when all is done. It raises what a piece raised, wherever it
    was done, and ChildProcessError when a process ended before its work did. Leaving without it leaves the rest undone.
    """
    with _Queue(pieces) as queue, ExitStack() as stack:
        us = os.getpid()
        others = [stack.enter_context(beside(partial(_failure, do, queue, us))) for _ in range(min(jobs - 1, pieces))]

        def join() -> None:
            for number in queue:
                do(number)
                tell(number + 1, pieces)
            for other in others:
                failure = other.answer()
                if failure:
                    raise failure
            tell(pieces, pieces)

        yield join


class _Queue:
    """The numbers of the pieces, each for whoever takes it first.

    They lie in a file that processes read from where the last one stopped: one that is killed blocks nobody.
    """

    def __init__(self, length: int) -> None:
        from tempfile import TemporaryFile

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


def _failure(do: Do, queue: _Queue, parent: int) -> Exception | None:
    """Do pieces until none is left, or the parent is gone; give what one raised."""
    try:
        for number in queue:
            if os.getppid() != parent:
                break
            do(number)
    except Exception as error:
        from traceback import format_exc

        queue.empty()
        error.add_note(format_exc())
        return error
    return None
