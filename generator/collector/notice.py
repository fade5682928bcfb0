"""The RGPD notice of a form: what must be said where personal data is asked for (RGPD, article 13).

Controller, data protection officer and rights come from the settings and the law, the rest from the form.
"""

import hashlib
import json
from dataclasses import dataclass

from generator.campaign.models.forms import Form, LegalBasis, QuestionType
from generator.config import SiteConfig
from generator.typography import french

CNIL = "https://www.cnil.fr/fr/plaintes"

_VOWELS = "AEIOUYHÂÉÈÊÎÔ"

_BASIS = {
    LegalBasis.PUBLIC_TASK: "l'exécution d'une mission d'intérêt public (RGPD, article 6-1-e)",
    LegalBasis.CONSENT: "votre consentement (RGPD, article 6-1-a), que vous pouvez retirer à tout moment",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the notice: a heading, its text, and where it links to, if it does."""

    title: str
    text: str
    url: str = ""


def notice(form: Form, config: SiteConfig) -> tuple[Line, ...]:
    """Give the notice of a form, in the order in which it is shown."""
    privacy = form.privacy
    months = privacy.retention_months
    kept = f"{months // 12} an{'s' if months >= 24 else ''}" if months % 12 == 0 else f"{months} mois"
    lines = [
        Line("Responsable", f"{town_hall(config)}, {config.town.address}."),
        Line("Pourquoi", privacy.purpose),
        Line("Base légale", f"{_BASIS[privacy.legal_basis]}."),
        Line("Qui lit vos réponses", f"{', '.join(privacy.recipients)}. Rien ne sort de l'Union européenne."),
        Line("Durée", _duration(form, kept)),
    ]
    dpo = config.dpo.email or config.dpo.phone or config.town.email
    contact = f"mailto:{dpo}" if "@" in dpo else f"tel:{dpo.replace(' ', '')}"
    if privacy.anonymous:
        rights = "Vos réponses sont anonymes : rien ne permet de les retrouver ensuite."
    else:
        rights = (
            "Vous pouvez demander à voir vos données, à les corriger, à les effacer ou à en limiter l'usage, et vous "
            "opposer à leur usage. Écrivez au délégué à la protection des données de la ville."
        )
    lines.append(Line("Vos droits", rights))
    lines.append(Line("Délégué à la protection des données", dpo, contact))
    lines.append(Line("Réclamation", "Vous pouvez aussi vous adresser à la CNIL.", CNIL))
    return tuple(Line(line.title, french(line.text), line.url) for line in lines)


def town_hall(config: SiteConfig) -> str:
    """Give « Mairie d'Aubrenay », « Mairie de Tours », « Mairie du Mans »."""
    name = config.town.name
    for article, joined in (("Les ", "des "), ("Le ", "du ")):
        if name.startswith(article):
            return f"Mairie {joined}{name.removeprefix(article)}"
    return french(f"Mairie d'{name}" if name[0] in _VOWELS else f"Mairie de {name}")


def text_version(form: Form, config: SiteConfig) -> str:
    """Give a short digest of what a person agrees to: the notice and the words beside each box to tick.

    It is sealed with each answer: together with the repository's history, it proves which text was shown.
    """
    consents = [question.label for question in form.questions if question.type is QuestionType.CONSENT]
    shown = [[line.title, line.text] for line in notice(form, config)]
    return hashlib.sha256(json.dumps([form.id, shown, consents], ensure_ascii=False).encode()).hexdigest()[:16]


def _duration(form: Form, kept: str) -> str:
    if form.confirm:
        return f"{kept} après l'envoi. Sans confirmation de votre part, tout est effacé au bout de 7 jours."
    return f"{kept} après l'envoi, puis tout est effacé."
