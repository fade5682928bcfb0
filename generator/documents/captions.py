"""Pictures for the press: credit, caption, licence and terms inside the file, and nothing of where it was made.

Pixels stay as they are: only what stands around them changes. What a camera or a program wrote (place, owner, serial
numbers, thumbnails) is left out; the colour profile stays. Sources: IPTC Photo Metadata Standard 2024.1 in both its
forms, IIM 4.2 (record 2) and XMP (ISO 16684-1); ITU-T T.81, annex B, for the segments of a JPEG; Adobe, « Photoshop
File Formats », image resource 1028, which holds IIM; PNG specification, third edition, chunk iTXt.
"""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape
from zlib import crc32

_QUALITY = 95


class Words(NamedTuple):
    """What is written into a picture. `terms` says how it may be used, `page` where that stands in full."""

    title: str
    caption: str
    alt: str
    credit: str
    source: str
    terms: str
    page: str


class Captioned(NamedTuple):
    """A picture ready to be handed out: its bytes, the ending of its name, its size in pixels."""

    content: bytes
    ending: str
    width: int
    height: int


def captioned(file: Path, words: Words) -> Captioned:
    """Give a picture as the press takes it: upright, as large as it is, described inside.

    An upright JPEG or PNG keeps its very pixels; any other picture becomes a JPEG of high quality.
    Raises Unusable as `generator.site.images` does, and OSError.
    """
    from PIL import Image

    from generator.site.images import upright

    content = file.read_bytes()
    with suppress(Exception), Image.open(BytesIO(content)) as opened:  # What Pillow can't read, `upright` tells of.
        is_upright = opened.getexif().get(_ORIENTATION, 1) == 1
        if is_upright and opened.format == "PNG":
            return Captioned(_png(content, words), "png", *opened.size)
        if is_upright and opened.format in ("JPEG", "MPO") and opened.mode in ("RGB", "L"):
            return Captioned(_jpeg(content, words), "jpg", *opened.size)
    picture = upright(file)
    data = BytesIO()
    picture.save(data, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return Captioned(_jpeg(data.getvalue(), words), "jpg", *picture.size)


_ORIENTATION = 0x0112
"""Exif 2.32: how the camera was held; 1 for upright."""


class _Malformed(Exception):
    """The file does not follow its format to the end."""


def _jpeg(content: bytes, words: Words) -> bytes:
    start, *others = _segments(content)
    # JFIF wants its own segment first.
    first = [others.pop(0)] if others and others[0][1] == 0xE0 else []
    xmp = b"http://ns.adobe.com/xap/1.0/\0" + _xmp(words)
    iim = _iim(words)
    resource = b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HxxL", 1028, len(iim)) + iim + b"\0" * (len(iim) % 2)
    return b"".join([start, *first, _segment(0xE1, xmp), _segment(0xED, resource), *others])


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""In the data of a scan, what is neither a stuffed byte, nor a restart, nor a filling."""


def _segments(content: bytes) -> Iterator[bytes]:
    """Give the segments of a JPEG that its pixels need, up to its end; what a camera hides behind it is left.

    Raises _Malformed.
    """
    yield content[:2]
    position = 2
    while True:
        while content[position : position + 2] == b"\xff\xff":
            position += 1
        head = content[position : position + 4]
        if len(head) < 2 or head[0] != 0xFF:
            raise _Malformed
        marker = head[1]
        if marker == 0xD9:
            yield head[:2]
            return
        if len(head) < 4:
            raise _Malformed
        end = position + 2 + int.from_bytes(head[2:4], "big")
        if marker == 0xDA:
            found = _SCAN_END.search(content, end)
            if found is None:
                raise _Malformed
            end = found.start()
        kept = _kept(marker, content[position:end])
        if kept:
            yield kept
        position = end


def _kept(marker: int, segment: bytes) -> bytes:
    """Give a segment if the pixels or their colours need it, empty otherwise."""
    payload = segment[4:]
    if marker == 0xE0:
        # The last two bytes are the size of a thumbnail, which is cut off.
        return _segment(marker, payload[:12] + b"\0\0") if payload.startswith(b"JFIF\0") else b""
    if marker == 0xE2:
        return segment if payload.startswith(b"ICC_PROFILE\0") else b""
    if marker == 0xEE:
        return segment if payload.startswith(b"Adobe") else b""
    return b"" if 0xE1 <= marker <= 0xEF or marker == 0xFE else segment


_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT"} | {
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"cICP",
    b"pHYs",
}


def _png(content: bytes, words: Words) -> bytes:
    parts = [_PNG_SIGNATURE]
    position = len(_PNG_SIGNATURE)
    while position < len(content):
        length, kind = struct.unpack(">L4s", content[position : position + 8])
        end = position + 12 + length
        if kind in _PNG_KEPT:
            parts.append(content[position:end])
        if kind == b"IHDR":
            parts.append(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + _xmp(words)))
        position = end
        if kind == b"IEND":
            return b"".join(parts)
    raise _Malformed


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", crc32(kind + data))


def _iim(words: Words) -> bytes:
    """Give the words as IIM datasets, each cut to what its own has room for, in bytes."""
    datasets = (
        (5, words.title, 64),
        (40, words.terms, 256),
        (80, words.credit, 32),
        (110, words.credit, 32),
        (115, words.source, 32),
        (116, words.credit, 128),
        (120, words.caption, 2000),
    )
    # Dataset 1:90 says that texts are UTF-8 (ISO 2022), 2:0 which version this is.
    parts = [b"\x1c\x01\x5a\x00\x03\x1b%G", b"\x1c\x02\x00\x00\x02\x00\x04"]
    for number, text, limit in datasets:
        data = text.encode()[:limit].decode("utf-8", "ignore").rstrip().encode()
        parts.append(struct.pack(">BBBH", 0x1C, 2, number, len(data)) + data)
    return b"".join(parts)


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{caption}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{credit}</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{credit}</rdf:li></rdf:Alt></dc:rights>
<photoshop:Credit>{credit}</photoshop:Credit>
<photoshop:Source>{source}</photoshop:Source>
<photoshop:Instructions>{terms}</photoshop:Instructions>
<xmpRights:Marked>True</xmpRights:Marked>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">{terms}</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<xmpRights:WebStatement>{page}</xmpRights:WebStatement>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">{alt}</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _xmp(words: Words) -> bytes:
    return _XMP.format(**{name: escape(text) for name, text in words._asdict().items()}).encode()
