"""Answers checked against their form: the same rules that the browser applies, applied again.

Text is kept exactly as written: no one's name is too short, too long or too strange for this module.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from generator.campaign.models.fields import EMAIL
from generator.campaign.models.forms import Form, Question, QuestionType
from generator.typography import french

Sent = str | int | float | bool | list[str] | None
"""What a browser or a script may send for one question, see `generator.collector.body`."""

Value = str | int | bool | list[str] | None
"""A checked answer: text, a number, a ticked box, choices, or nothing."""

TYPED_PHONE = r"\+?[0-9][0-9 .\(\)\/\-]{5,23}[0-9]"
"""A telephone number as people type it; the same pattern stands in the form's HTML (hence the many escapes)."""

TYPED_EMAIL = r"[^@]+@[^@]+\.[^@.]+"
"""What the browser asks of an address beyond its own rule: a dot in the domain."""

_EMAIL = re.compile(EMAIL)
_PHONE = re.compile(TYPED_PHONE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_YES = frozenset({"oui", "on", "true", "1"})


class Wrong(Exception):
    """Why an answer is refused: the rule, named as in `messages`."""


def messages(question: Question) -> dict[str, str]:
    """Give what a question says when an answer breaks one of its rules, by rule.

    The form's HTML carries the same sentences, so that browser and collector speak with one voice.
    """
    return {rule: french(text) for rule, text in _messages(question).items()}


def _messages(question: Question) -> dict[str, str]:
    label = question.label.rstrip(" .?!\u00a0\u202f")
    match question.type:
        case QuestionType.CONSENT:
            return {"missing": "Cochez cette case pour continuer."}
        case QuestionType.CHOICE:
            wrong = f"Choisissez une réponse de la liste à « {label} »."
            return {"missing": f"Choisissez une réponse à « {label} ».", "form": wrong}
        case QuestionType.CHOICES:
            wrong = f"Choisissez seulement des réponses de la liste à « {label} »."
            return {"missing": f"Choisissez au moins une réponse à « {label} ».", "form": wrong}
    found = {"missing": f"Remplissez le champ « {label} »."}
    match question.type:
        case QuestionType.EMAIL:
            found["form"] = "Vérifiez l'adresse électronique : elle s'écrit comme nom@exemple.fr."
        case QuestionType.PHONE:
            found["form"] = "Vérifiez le numéro de téléphone : il s'écrit comme 02 00 00 00 00 ou +33 2 00 00 00 00."
        case QuestionType.DATE:
            found["form"] = f"Vérifiez la date du champ « {label} » : elle n'existe pas dans le calendrier."
            found["bounds"] = f"La date du champ « {label} » doit être {_day_bounds(question)}."
        case QuestionType.NUMBER:
            found["form"] = f"Écrivez le champ « {label} » en chiffres, par exemple 12."
            found["bounds"] = f"Le nombre du champ « {label} » doit être {_bounds(question.min, question.max)}."
    if question.type in {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.EMAIL}:
        found["long"] = f"Le champ « {label} » est trop long : {longest(question)} signes au plus."
    return found


def longest(question: Question) -> int:
    """Give the number of characters that an answer may have; 254 is RFC 5321's limit for an address."""
    return 254 if question.type is QuestionType.EMAIL else question.max_length


def check(form: Form, sent: Mapping[str, Sent]) -> tuple[dict[str, Value], dict[str, str]]:
    """Give the form's answers, and for each one that is refused the sentence that says why.

    Only the form's own questions are looked at: whatever else was sent is dropped, not kept.
    """
    answers: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for question in form.questions:
        try:
            answers[question.id] = _CHECKS[question.type](question, sent.get(question.id))
        except Wrong as wrong:
            rule = str(wrong)
            errors[question.id] = messages(question).get(rule, rule)
    return answers, errors


def _text(question: Question, sent: Sent) -> str | None:
    if isinstance(sent, bool | list):
        raise Wrong("form")
    text = "" if sent is None else str(sent)
    if not text.strip():
        _allow_nothing(question)
        return None
    # A browser sends each line end as two characters and counts one.
    if len(text.replace("\r\n", "\n")) > longest(question):
        raise Wrong("long")
    return text


def _email(question: Question, sent: Sent) -> str | None:
    text = _text(question, sent.strip() if isinstance(sent, str) else sent)
    if text is not None and not _EMAIL.fullmatch(text):
        raise Wrong("form")
    return text


def _phone(question: Question, sent: Sent) -> str | None:
    if isinstance(sent, bool | list):
        raise Wrong("form")
    text = "" if sent is None else str(sent).strip()
    if not text:
        _allow_nothing(question)
        return None
    if not _PHONE.fullmatch(text) or not 8 <= sum(map(str.isdigit, text)) <= 15:
        raise Wrong("form")
    return text


def _date(question: Question, sent: Sent) -> str | None:
    if sent is None or (isinstance(sent, str) and not sent.strip()):
        _allow_nothing(question)
        return None
    try:
        day = date.fromisoformat(sent) if isinstance(sent, str) and _DAY.fullmatch(sent) else None
    except ValueError:
        day = None
    if day is None:
        raise Wrong("form")
    if (question.first_day and day < question.first_day) or (question.last_day and day > question.last_day):
        raise Wrong("bounds")
    return day.isoformat()


def _number(question: Question, sent: Sent) -> int | None:
    if sent is None or (isinstance(sent, str) and not sent.strip()):
        _allow_nothing(question)
        return None
    if isinstance(sent, bool | list) or not _INTEGER.fullmatch(str(sent).strip()):
        raise Wrong("form")
    number = int(sent)
    if (question.min is not None and number < question.min) or (question.max is not None and number > question.max):
        raise Wrong("bounds")
    return number


def _choice(question: Question, sent: Sent) -> str | None:
    if sent is None or sent == "":
        _allow_nothing(question)
        return None
    for choice in question.choices:
        if choice.id == sent:
            if choice.stops:
                raise Wrong(choice.stops)
            return choice.id
    raise Wrong("form")


def _several(question: Question, sent: Sent) -> list[str]:
    given = [sent] if isinstance(sent, str) and sent else sent or []
    if not isinstance(given, list):
        raise Wrong("form")
    chosen = [choice for choice in question.choices if choice.id in given]
    if len(chosen) != len(set(given)):
        raise Wrong("form")
    for choice in chosen:
        if choice.stops:
            raise Wrong(choice.stops)
    if not chosen and question.required:
        raise Wrong("missing")
    return [choice.id for choice in chosen]


def _consent(question: Question, sent: Sent) -> bool:
    ticked = sent is True or (isinstance(sent, str) and sent.lower() in _YES)
    if question.required and not ticked:
        raise Wrong("missing")
    return ticked


def _allow_nothing(question: Question) -> None:
    if question.required:
        raise Wrong("missing")


_CHECKS: dict[QuestionType, Callable[[Question, Sent], Value]] = {
    QuestionType.TEXT: _text,
    QuestionType.LONG_TEXT: _text,
    QuestionType.EMAIL: _email,
    QuestionType.PHONE: _phone,
    QuestionType.DATE: _date,
    QuestionType.NUMBER: _number,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _several,
    QuestionType.CONSENT: _consent,
}


def _bounds(least: object, most: object) -> str:
    if least is not None and most is not None:
        return f"compris entre {least} et {most}"
    return f"au moins {least}" if least is not None else f"au plus {most}"


def _day_bounds(question: Question) -> str:
    first, last = (day and day.strftime("%d/%m/%Y") for day in (question.first_day, question.last_day))
    if first and last:
        return f"comprise entre le {first} et le {last}"
    return f"le {first} ou après" if first else f"le {last} ou avant"
