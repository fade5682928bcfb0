"""Which pages the site has, and what each one reads: the plan, made before any page is drawn."""

from collections.abc import Mapping

from generator.campaign.models.charter import Charter

from . import overviews
from .choices import Choices
from .counts import Counts
from .kits import KIT_TEXTS, emergency_page, other_forms, with_forms
from .listings import LISTINGS, plan_agenda, plan_listing
from .planned import PlannedPage
from .record_pages import plan_records, redirects, withdrawn
from .register import CHARTER_URL, Register
from .shelf import Shelf


def plan(
    shelf: Shelf, kits: list[str], forms: Mapping[str, Choices], counts: Counts, register: Register
) -> list[PlannedPage]:
    """Give every HTML page of the site, lists and records alike.

    `kits` holds the kits' ids, the most useful first; `forms` the choices that each form offers; `counts` the tally of
    the network of volunteers; `register` is that of labels and diplomas.
    """
    pages = [overviews.home(shelf, kits, counts)]
    for listing in LISTINGS:
        pages += lists_of(listing.kind, shelf, register.charter)
    pages += overviews.charter(register)
    pages += lists_of("event", shelf, register.charter)
    records = plan_records(shelf, forms, counts, register)
    for kind in KIT_TEXTS:
        records[kind] = [with_forms(page, shelf) for page in records[kind]]
    pages += [page for kind in records.values() for page in kind]
    pages += [form for kind in KIT_TEXTS for page in records[kind] for form in other_forms(page, shelf)]
    pages += [emergency_page(shelf), overviews.method(shelf), overviews.impact(shelf, counts)]
    pages += [overviews.participate(shelf), *overviews.press(shelf), overviews.feeds(shelf)]
    pages.append(PlannedPage("/recherche/", "search", "", "Recherche"))
    pages.append(PlannedPage("/404.html", "not_found", "", "Page introuvable"))
    pages += redirects(shelf)
    pages += withdrawn(shelf)
    pages.append(overviews.sitemap(pages))
    return pages


def lists_of(kind: str, shelf: Shelf, charter: Charter) -> list[PlannedPage]:
    """Give the pages of the list of a kind, none where it has no list of its own."""
    if kind == "event":
        return plan_agenda(shelf)
    pages = [page for listing in LISTINGS if listing.kind == kind for page in plan_listing(listing, shelf)]
    if kind != "building":
        return pages
    values = (("charter", CHARTER_URL if charter.levels else ""),)
    return [page._replace(values=values) for page in pages]
