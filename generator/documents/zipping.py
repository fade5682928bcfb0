"""Files to one ZIP that opens alike on Windows, macOS and Linux, the same bytes each time.

Names are ASCII (Windows reads others by its own table), entries in order and dated by who calls, permissions fixed.
Nothing is compressed: pictures and PDFs hardly shrink, and compressors differ from one machine to the next.
"""

import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

_UNIX, _PLAIN_FILE = 3, 0o100644
_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""The moments that a ZIP can tell (PKWARE, APPNOTE 4.4.6)."""


def zipped(folder: str, files: Mapping[str, bytes], moment: datetime) -> bytes:
    """Give a ZIP of files by their path inside `folder`, all dated `moment`. Raises ValueError unless all is ASCII."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(files):
            if not f"{folder}/{path}".isascii():
                raise ValueError(f"{path} is not ASCII")
            info = zipfile.ZipInfo(f"{folder}/{path}", max(_FIRST, min(_LAST, moment.timetuple()[:6])))
            info.create_system = _UNIX
            info.external_attr = _PLAIN_FILE << 16
            archive.writestr(info, files[path])
    return data.getvalue()
