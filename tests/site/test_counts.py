from typing import Any

from generator.campaign.models.network import Network
from generator.site.counts import Counts, counts_of


def tally(**volunteers: Any) -> Network:
    forms = [
        {"form": "devenir-voisin-solidaire", "count": "642", **volunteers},
        {"form": "lettre-d-information"},
        {"form": "proposer-une-initiative", "count": "12"},
    ]
    return Network.model_validate({"date": "2026-11-01", "threshold": "5", "forms": forms})


def test_without_a_tally_there_is_nothing_to_show() -> None:
    assert counts_of(None) == Counts()


def test_volunteers_are_those_of_the_joining_form() -> None:
    counts = counts_of(tally())
    assert counts.volunteers == 642
    assert counts.date == "2026-11-01"


def test_a_number_that_the_tally_hides_is_absent_everywhere() -> None:
    places = [{"neighbourhood": "la-gare", "count": "40"}, {"neighbourhood": "les-tilleuls"}]
    months = [{"month": "2026-09", "count": "30"}, {"month": "2026-10"}]
    counts = counts_of(tally(neighbourhoods=places, months=months))
    assert counts.by_neighbourhood == {"la-gare": 40}
    assert counts.months == (("2026-09", 30),)
    assert counts.forms == (("devenir-voisin-solidaire", 642), ("proposer-une-initiative", 12))


def test_a_tally_without_the_joining_form_shows_the_others() -> None:
    forms = [{"form": "proposer-une-initiative", "count": "12"}]
    counts = counts_of(Network.model_validate({"date": "2026-11-01", "threshold": "5", "forms": forms}))
    assert counts.volunteers is None
    assert counts.forms == (("proposer-une-initiative", 12),)
