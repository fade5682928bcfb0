"""Words that must not be found: a search through every byte of a folder, names and compressed files included."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path


def holding(folder: Path, *markers: str) -> list[str]:
    """Give the paths of all files whose name or content holds one of the markers, whatever their case."""
    wanted = [form for marker in markers for form in _forms(marker)]
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        texts = [name.encode(), *(_contents(path.read_bytes()) if path.is_file() else ())]
        if any(form in text.lower() for text in texts for form in wanted):
            found.append(name)
    return found


def _forms(marker: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield marker.lower().encode(encoding)


def _contents(data: bytes) -> Iterator[bytes]:
    """Give a file's bytes, and what is compressed in them: gzip, ZIP members, the streams of a PDF or of a PNG."""
    yield data
    if data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield from _contents(archive.read(member))
    elif data.startswith((b"%PDF", b"\x89PNG")):
        for start in _all(data, b"\x78"):
            try:
                yield zlib.decompressobj().decompress(data[start:])
            except zlib.error:
                continue


def _all(data: bytes, byte: bytes) -> Iterator[int]:
    start = data.find(byte)
    while start >= 0:
        yield start
        start = data.find(byte, start + 1)
