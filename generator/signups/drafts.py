"""A proposed initiative becomes a draft record, with the personal part left out."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.campaign.models.forms import Form

from .patterns import without_contacts

HEAD = """# Brouillon fait d'une proposition reçue : relisez tout, vérifiez avec la personne, complétez, puis
# proposez ce fichier par une demande de fusion. Il ne contient aucune coordonnée.
"""


def draft(form: Form, record: Mapping[str, Any], today: date) -> tuple[str, str]:
    """Give a draft's id and its YAML. Only answers to questions that fill a public field are in it."""
    fields: dict[str, str] = {}
    for question in form.questions:
        answer = record["answers"].get(question.id)
        if question.fills and isinstance(answer, str):
            fields[question.fills] = without_contacts(answer).replace("\r\n", "\n").strip()
    name = slug(fields.get("title", ""))
    fields["verified"] = today.isoformat()
    return name, HEAD + "".join(_line(field, value) for field, value in fields.items())


def slug(title: str) -> str:
    """Give the id that a title makes: « L'été d'Olympe » is `l-ete-d-olympe`."""
    lower = title.lower().replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "initiative"


def _line(field: str, value: str) -> str:
    if "\n" in value or len(value) > 80:
        text = "\n".join(f"  {line}".rstrip() for line in _visible(value).splitlines())
        # The indentation is said, in case the first line begins with spaces.
        return f"{field}: |2-\n{text}\n"
    return f"{field}: {json.dumps(_visible(value), ensure_ascii=False)}\n"


def _visible(text: str) -> str:
    """Give a text without the control characters that YAML forbids."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}).replace(
        "\t", " "
    )
