"""Hook: put what is HTML already, facts and cards of linked records, below each page's text."""

import json
from pathlib import Path
from typing import Any

_HTML: dict[str, str] = json.loads(Path("linked.json").read_text("utf-8"))


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Give a page's HTML with its own facts and cards."""
    return html + _HTML.get(f"/{page.url}", "")
