"""What the settings say on the pages that the law demands, as facts."""

from collections.abc import Callable, Iterator

from generator.campaign.models.record import Contact
from generator.config import SiteConfig
from generator.typography import NARROW, NO_BREAK

from .views import Fact


def short(url: str) -> str:
    """Give an address as people write it, without its protocol and final slash."""
    return url.partition("://")[2].rstrip("/")


def _legal_notice(config: SiteConfig) -> Iterator[Fact]:
    """Loi 2004-575 du 21 juin 2004, article 1-1: who publishes, who answers for it, who hosts."""
    town, host = config.town, config.host
    yield Fact("Commune éditrice", town.name)
    yield Fact("Adresse", _address(config))
    yield _phone("Téléphone", town.phone)
    yield _mail("Adresse électronique", town.email)
    if town.website:
        yield Fact("Site de la commune", short(town.website), town.website)
    yield Fact("Direction de la publication", town.director)
    yield Fact("Hébergeur", host.name)
    yield Fact("Adresse de l’hébergeur", host.address)
    yield _phone("Téléphone de l’hébergeur", host.phone)


def _privacy(config: SiteConfig) -> Iterator[Fact]:
    """RGPD, article 13: who is in charge of the data, and whom to write to about them."""
    yield Fact("Responsable du traitement", f"La commune, {_address(config)}")
    yield from _contact("Protection des données", config.dpo)


def _accessibility(config: SiteConfig) -> Iterator[Fact]:
    """Décret 2019-768, article 4: the state, the audit behind it, what is known to fail, whom to ask."""
    statement = config.accessibility
    yield Fact("État", statement.state.capitalize())
    if statement.audited_on:
        by = f", par {statement.auditor}" if statement.auditor else ""
        yield Fact("Audit", f"{statement.audited_on}{by}")
    else:
        yield Fact("Audit", "Aucun à ce jour")
    if statement.criteria_met is not None and statement.audited_on:
        yield Fact("Critères respectés", f"{statement.criteria_met}{NARROW}%")
    if statement.known_issues:
        yield Fact("Défauts connus", " ".join(statement.known_issues))
    if statement.plan_url:
        yield Fact("Schéma pluriannuel", short(statement.plan_url), statement.plan_url)
    yield from _contact("Qui contacter", config.contact)


def _address(config: SiteConfig) -> str:
    return f"{config.town.address}, {config.town.postcode}{NO_BREAK}{config.town.name}"


def _contact(label: str, contact: Contact) -> Iterator[Fact]:
    yield Fact(label, f"{contact.name}, {contact.role}" if contact.name else contact.role)
    if contact.email:
        yield _mail("Adresse électronique", contact.email)
    if contact.phone:
        yield _phone("Téléphone", contact.phone)
    if contact.hours:
        yield Fact("Permanence", contact.hours)


def _mail(label: str, address: str) -> Fact:
    return Fact(label, address, f"mailto:{address}")


def _phone(label: str, number: str) -> Fact:
    return Fact(label, number, "tel:" + number.replace(" ", "").replace(".", ""))


LEGAL: dict[str, Callable[[SiteConfig], Iterator[Fact]]] = {
    "mentions-legales": _legal_notice,
    "vie-privee": _privacy,
    "accessibilite": _accessibility,
}
"""What the settings say on the pages that the law demands, by id."""
