"""What tells that a file is as it was, without reading it."""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time_ns

Signature = bytes
"""Inode, length, times of modification and of change in nanoseconds, end to end: 32 bytes."""
THERE = bytes(32)
"""What stands for a folder: it is there."""
UNTOLD = b"\xff" * 32
"""What stands for a file that can't be told from what it was: no file has it."""
_pack = struct.Struct("=Qqqq").pack

_TOO_FRESH = 20_000_000
"""A file changed that many nanoseconds before it was looked at may change again at the same time: a kernel's clock for
files goes by ticks of up to 10 milliseconds."""


def settled() -> int:
    """Give the moment, in POSIX nanoseconds, since when a file changed is too fresh for its signature to mean much."""
    return time_ns() - _TOO_FRESH


def signature(root: Path, path: str) -> Signature | None:
    """Give a file's signature, None when it can't be told or the file is too fresh."""
    try:
        found = os.stat(f"{root}/{path}")
    except OSError:
        return None
    return signed(found, settled())


def signed(found: os.stat_result, settled: int) -> Signature | None:
    """Give the signature of a file, None when it changed since a moment that `settled` gave before it was looked at."""
    modified, changed = found.st_mtime_ns, found.st_ctime_ns
    return None if modified > settled or changed > settled else _pack(found.st_ino, found.st_size, modified, changed)


@contextmanager
def opened(folder: str | Path, inside: int | None = None) -> Iterator[int]:
    """Open a folder, to look at what is in it without finding the way there each time; raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY, dir_fd=inside)
    try:
        yield handle
    finally:
        os.close(handle)
