"""Checks that need more than one field, or the day: dates in order, points in town, levels earned, releases valid."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from generator.config import Bounds
from generator.problems import Problem, Severity, nearest

from . import sources
from .charter import assess
from .files import LABELS
from .models.actors import Organisation
from .models.charter import Charter, Level
from .models.documents import Kit, KitVersion, PressRelease
from .models.fields import PARIS
from .models.forms import Form
from .models.honours import CONSENT_NOTICE_DAYS, Award, Channel, Diploma, Portrait
from .models.languages import FALC
from .models.places import Building, Indicator, Label, LabelState, PilotSite
from .models.programme import Alert, Event
from .models.record import Location, Retractable
from .moments import due
from .posts import NETWORKS, with_address
from .reading import Entry, locate_in


class Standards(NamedTuple):
    """What the town measures its records by. None: the file that says so can't be read, and nothing is measured."""

    bounds: Bounds | None = None
    charter: Charter | None = None


class Breach(NamedTuple):
    """A rule that a record breaks: the field to look at, a stable code, French message and hint."""

    place: sources.Path
    code: str
    message: str
    hint: str = ""
    warning: bool = False


def check(entry: Entry, standards: Standards, today: date, root: Path) -> list[Problem]:
    """Give a problem for each rule that a record breaks on a given day."""
    record: Any = entry.record
    breaches: list[Breach] = []
    location = vars(record).get("location")
    if location is not None and standards.bounds is not None:
        breaches += _outside(location, standards.bounds)
    if vars(record).get("withdrawn") and isinstance(record, Retractable):
        breaches += _withdrawn(record)
    rule = _RULES.get(type(record))
    if rule:
        breaches += rule(record, today)
    if type(record) is Building and standards.charter is not None:
        breaches += _charter(record, standards.charter)
    return [_problem(breach, entry, root) for breach in breaches]


def _problem(breach: Breach, entry: Entry, root: Path) -> Problem:
    line, column = locate_in(root, entry.path, (*entry.place, *breach.place))
    severity: Severity = "warning" if breach.warning else "error"
    return Problem(entry.path, line, column, severity, breach.code, breach.message, breach.hint)


def _outside(location: Location, bounds: Bounds) -> Iterator[Breach]:
    if not bounds.contain(location.lat, location.lon):
        swapped = bounds.contain(location.lon, location.lat)
        hint = (
            "La latitude et la longitude semblent échangées."
            if swapped
            else f"Attendu : lat entre {bounds.south} et {bounds.north}, lon entre {bounds.west} et {bounds.east}."
        )
        message = f"Le point ({location.lat}, {location.lon}) se trouve hors de la commune."
        yield Breach(("location",), "outside-town", message, hint)


def _in_order(earlier: Any, later: Any, field: sources.Path, message: str) -> Iterator[Breach]:
    if earlier is not None and later is not None and later < earlier:
        yield Breach(field, "dates-out-of-order", message, "Vérifiez les deux dates.")


def _withdrawn(record: Retractable) -> Iterator[Breach]:
    start = due(record)
    if record.withdrawn and start and record.withdrawn.date < start.astimezone(PARIS).date():
        message = "Le retrait précède la parution : personne n'a vu cette page."
        yield Breach(
            ("withdrawn", "date"), "dates-out-of-order", message, "Supprimez ce fichier, ou vérifiez les dates."
        )


def _event(event: Event | Alert, today: date) -> Iterator[Breach]:
    yield from _in_order(event.start, event.end, ("end",), "La fin vient avant le début.")


def _pilot_site(site: PilotSite, today: date) -> Iterator[Breach]:
    yield from _in_order(site.start, site.end, ("end",), "La fin vient avant le début.")


def _indicator(indicator: Indicator, today: date) -> Iterator[Breach]:
    if indicator.after:
        message = "La mesure « après » précède la mesure « avant »."
        yield from _in_order(indicator.before.date, indicator.after.date, ("after", "date"), message)


def _building(building: Building, today: date) -> Iterator[Breach]:
    label = building.label
    if label is None:
        return
    yield from _in_order(label.applied, label.granted, ("label", "granted"), "L'attribution précède la candidature.")
    yield from _in_order(
        label.granted, label.expires, ("label", "expires"), "La fin de validité précède l'attribution."
    )
    yield from _in_order(label.granted, label.withdrawn, ("label", "withdrawn"), "Le retrait précède l'attribution.")
    if label.granted and label.level is None:
        yield Breach(
            ("label",), "label-level", "Un label attribué a un niveau.", "Ajoutez « level: … » sous « label: »."
        )
    if label.granted and label.expires is None:
        yield Breach(("label",), "label-end", "Un label attribué a une fin.", "Ajoutez « expires: … » sous « label: ».")
    if label.granted and label.serial is None:
        hint = f"Ajoutez « serial: IS-{label.granted.year}-… » sous « label: », le numéro suivant du registre."
        yield Breach(("label",), "label-serial", "Un label attribué a un numéro.", hint)
    if label.expires and label.state(today) is LabelState.RENEWAL_DUE:
        message = f"Le label prend fin le {label.expires:%d/%m/%Y}."
        hint = "Passez voir les habitants : s'ils le renouvellent, changez « granted » et « expires »."
        yield Breach(("label", "expires"), "label-ends-soon", message, hint, warning=True)


def _charter(building: Building, charter: Charter) -> Iterator[Breach]:
    """Hold a building against the charter: levels and criteria that it has, a survey and an end that it allows."""
    known = [criterion.id for criterion in charter.criteria]
    for rank, evidence in enumerate(building.survey.evidence if building.survey else ()):
        if evidence.criterion not in known:
            message = f"« {evidence.criterion} » ne désigne rien : critère introuvable."
            hint = nearest(evidence.criterion, known) or f"Les critères se trouvent dans {LABELS}."
            yield Breach(("survey", "evidence", rank, "criterion"), "unknown-id", message, hint)
    label = building.label
    if label is None or label.level is None:
        return
    level = charter.level(label.level)
    if level is None:
        hint = nearest(label.level, [each.id for each in charter.levels]) or f"Les niveaux se trouvent dans {LABELS}."
        message = f"« {label.level} » ne désigne rien : niveau introuvable."
        yield Breach(("label", "level"), "unknown-id", message, hint)
        return
    yield from _too_long(label, level)
    assessment = assess(charter, building)
    if assessment and assessment.before(level, charter):
        reached = assessment.reached
        gives = f"ne va que jusqu'au niveau « {reached.title} »" if reached else "ne donne aucun niveau"
        wanting = ", ".join(criterion.id for criterion in assessment.needed or assessment.missing)
        hint = f"Complétez le relevé si c'est un oubli. Il manque : {wanting}."
        yield Breach(("label", "level"), "label-level-not-met", f"Le relevé {gives}.", hint, warning=True)


def _too_long(label: Label, level: Level) -> Iterator[Breach]:
    if label.granted and label.expires:
        latest = _months_later(label.granted, level.months)
        if label.expires > latest:
            message = f"Le niveau « {level.title} » vaut {level.months} mois au plus."
            yield Breach(("label", "expires"), "label-too-long", message, f"Au plus tard le {latest:%d/%m/%Y}.")


def _months_later(day: date, months: int) -> date:
    """Give the last day of a validity of so many months: the eve of the same day of the month, or the month's end."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, day.day) - timedelta(days=1) if day.day <= last else date(year, month, last)


def _portrait(portrait: Portrait, today: date) -> Iterator[Breach]:
    consent = portrait.consent
    yield from _in_order(consent.date, consent.until, ("consent", "until"), "La fin précède la signature.")
    yield from _in_order(consent.date, consent.withdrawn, ("consent", "withdrawn"), "Le retrait précède la signature.")
    if consent.minor and not consent.parents_signed:
        # Code civil, art. 371-1 et 372-2 : la publication de l'image d'un mineur engage les deux parents.
        message = "Le portrait d'une personne mineure demande la signature des deux parents."
        yield Breach(("consent",), "parents-consent", message, "Ajoutez « parents_signed: oui » une fois signée.")
    if not consent.covers(Channel.SITE, today):
        message = "L'autorisation ne couvre pas le site aujourd'hui : ce portrait n'est pas publié."
        yield Breach(("consent",), "consent-not-valid", message, "Renouvelez l'autorisation ou retirez la fiche.", True)
    elif (consent.until - today).days <= CONSENT_NOTICE_DAYS:
        message = f"L'autorisation prend fin le {consent.until:%d/%m/%Y}."
        yield Breach(("consent", "until"), "consent-ends-soon", message, "Demandez son renouvellement.", True)


def _organisation(organisation: Organisation, today: date) -> Iterator[Breach]:
    if organisation.agreement:
        signed, until = organisation.agreement.signed, organisation.agreement.until
        yield from _in_order(signed, until, ("agreement", "until"), "La fin précède la signature.")


def _form(form: Form, today: date) -> Iterator[Breach]:
    for rank, section in enumerate(form.sections):
        for number, question in enumerate(section.questions):
            place = ("sections", rank, "questions", number)
            message = "La dernière date permise précède la première."
            yield from _in_order(question.first_day, question.last_day, (*place, "last_day"), message)
            if question.min is not None and question.max is not None and question.max < question.min:
                message = "Le plus grand nombre est plus petit que le plus petit."
                yield Breach((*place, "max"), "numbers-out-of-order", message, "Échangez « min » et « max ».")
            yield from _choices_twice([choice.id for choice in question.choices], (*place, "choices"))


def _choices_twice(ids: list[str], place: sources.Path) -> Iterator[Breach]:
    for rank, each in enumerate(ids):
        if each in ids[:rank]:
            message = f"Deux choix ont le même identifiant, « {each} »."
            yield Breach((*place, rank, "id"), "duplicate-id", message, "Changez l'un des deux.")


def _award(award: Award, today: date) -> Iterator[Breach]:
    expected = "BV-" if award.diploma is Diploma.GOOD_NEIGHBOUR else "GS-"
    if not award.serial.startswith(expected):
        message = f"Le numéro « {award.serial} » ne va pas avec ce diplôme."
        yield Breach(("serial",), "serial-form", message, f"Il commence par « {expected} ».")
    yield from _in_order(award.date, award.withdrawn, ("withdrawn",), "Le retrait précède la remise.")
    if award.holder is None and award.portrait is not None:
        message = "Le nom du titulaire est caché : le diplôme et son portrait ne renvoient pas l'un à l'autre."
        hint = "Retirez « portrait », ou écrivez le nom dans « holder »."
        yield Breach(("portrait",), "holder-hidden", message, hint, warning=True)


def _kit(kit: Kit, today: date) -> Iterator[Breach]:
    if (kit.season is None) == (kit.emergency is None):
        message = "Un kit est soit d'une saison, soit d'une urgence."
        place = ("emergency",) if kit.emergency else ()
        yield Breach(place, "kit-moment", message, "Remplissez « season » ou « emergency », pas les deux.")


_HOST = "https://" + "x" * 40
"""An address as long as most towns', so that a post that passes here fits whatever the settings say."""


def _press_release(release: PressRelease, today: date) -> Iterator[Breach]:
    for network in NETWORKS.values():
        text = getattr(release.social, network.id)
        length = network.length(with_address(text, f"{_HOST}/presse/{release.id}/")) if text else 0
        if length > network.limit:
            message = f"Ce texte est trop long pour {network.title} : {length} signes avec l'adresse de la page."
            hint = f"{network.limit} au plus : ôtez-en {length - network.limit}."
            yield Breach(("social", network.id), "post-too-long", message, hint)


def _kit_version(version: KitVersion, today: date) -> Iterator[Breach]:
    if version.language != FALC and version.falc_reviewed_by:
        message = "Seul un texte facile à lire (FALC) a une relecture FALC."
        yield Breach(("falc_reviewed_by",), "falc-only", message, "Retirez cette ligne.")
    if not version.is_shown:
        message = "Ce texte facile à lire attend sa relecture : il n'est pas publié."
        hint = "Une fois relu par des personnes déficientes intellectuelles, dites par qui : « falc_reviewed_by: … »."
        yield Breach((), "falc-not-reviewed", message, hint, warning=True)


_RULES: dict[type, Callable[[Any, date], Iterator[Breach]]] = {
    Event: _event,
    Alert: _event,
    PilotSite: _pilot_site,
    Indicator: _indicator,
    Building: _building,
    Portrait: _portrait,
    Award: _award,
    Kit: _kit,
    PressRelease: _press_release,
    KitVersion: _kit_version,
    Organisation: _organisation,
    Form: _form,
}
