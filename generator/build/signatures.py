"""What tells that a file is as it was, without reading it."""

import os
import struct
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


def signature(root: Path, path: str) -> Signature | None:
    """Give a file's signature, None when it can't be told, or when the file is too fresh for it to mean anything."""
    try:
        found = os.stat(f"{root}/{path}")
    except OSError:
        return None
    return signed(found, time_ns())


def signed(found: os.stat_result, looked_at: int) -> Signature | None:
    """Give the signature of a file looked at then (POSIX nanoseconds), None when it is too fresh."""
    if looked_at - max(found.st_mtime_ns, found.st_ctime_ns) < _TOO_FRESH:
        return None
    return _pack(found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
