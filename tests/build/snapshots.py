"""What a built site holds, to compare two builds byte by byte."""

from hashlib import blake2b
from pathlib import Path


def snapshot(output: Path) -> dict[str, str]:
    """Give a digest of each file of a folder, by path."""
    return {
        path.relative_to(output).as_posix(): blake2b(path.read_bytes(), digest_size=12).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }
