"""The tally of the network, `data/network.yml`: how many sign-ups, never who.

`ville signups tally` writes it. A count that is absent is one that stays hidden: smaller than the threshold of
`site_config.yml`, or needed to keep such a count from being worked out by subtraction.
"""

from pydantic import Field

from .fields import Day, FormId, Model, NeighbourhoodId


class NeighbourhoodCount(Model):
    """Sign-ups of one neighbourhood."""

    neighbourhood: NeighbourhoodId = Field(title="Quartier")
    count: int | None = Field(None, title="Nombre", description="Absent : le nombre reste caché.", ge=0)


class MonthCount(Model):
    """Sign-ups of one month."""

    month: str = Field(title="Mois", description="Par exemple 2026-05.", pattern=r"^\d{4}-\d{2}$")
    count: int | None = Field(None, title="Nombre", description="Absent : le nombre reste caché.", ge=0)


class FormCount(Model):
    """Sign-ups of one form: in all, by neighbourhood, by month."""

    form: FormId = Field(title="Formulaire")
    count: int | None = Field(None, title="Nombre", description="Absent : le nombre reste caché.", ge=0)
    neighbourhoods: tuple[NeighbourhoodCount, ...] = Field((), title="Par quartier")
    months: tuple[MonthCount, ...] = Field((), title="Par mois")


class Network(Model):
    """The whole tally, on a given day."""

    date: Day = Field(title="Date du décompte")
    threshold: int = Field(title="Seuil", description="Aucun nombre plus petit n'est montré.", ge=2)
    forms: tuple[FormCount, ...] = Field((), title="Formulaires")

    def of(self, form_id: str) -> FormCount | None:
        """Give the counts of one form, None when nobody ever answered it."""
        return next((form for form in self.forms if form.form == form_id), None)
