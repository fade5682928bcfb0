"""Forms as data: one definition draws, validates, documents and exports."""

from pydantic import Field

from .fields import Prose, Record


class Form(Record):
    """A form that residents fill in."""

    summary: Prose = Field(title="Résumé", description="Une phrase, affichée dans les listes.", max_length=300)
