"""The tally of sign-ups as the site shows it: numbers only, and none that the tally keeps hidden."""

from typing import Any, NamedTuple

from generator.campaign.models.network import Network

VOLUNTEERS = "devenir-voisin-solidaire"
"""The form by which residents join the network."""


class Counts(NamedTuple):
    """Sign-ups of volunteers in all, by neighbourhood and by month (`2026-05`), and those of every form.

    A number that the tally hides is None, or absent.
    """

    volunteers: int | None = None
    neighbourhoods: tuple[tuple[str, int], ...] = ()
    months: tuple[tuple[str, int], ...] = ()
    forms: tuple[tuple[str, int], ...] = ()
    date: str = ""

    @property
    def by_neighbourhood(self) -> dict[str, int]:
        """Volunteers by neighbourhood id, hidden numbers left out."""
        return dict(self.neighbourhoods)


def counts_of(network: Network | None) -> Counts:
    """Give the numbers of a tally that may be shown; nothing without a tally."""
    if network is None:
        return Counts()
    main: Any = next((form for form in network.forms if form.form == VOLUNTEERS), None)
    forms = tuple((form.form, form.count) for form in network.forms if form.count is not None)
    if main is None:
        return Counts(forms=forms, date=network.date.isoformat())
    return Counts(
        volunteers=main.count,
        neighbourhoods=tuple(
            (each.neighbourhood, each.count) for each in main.neighbourhoods if each.count is not None
        ),
        months=tuple((each.month, each.count) for each in main.months if each.count is not None),
        forms=forms,
        date=network.date.isoformat(),
    )
