"""A submission in, a decision out: nothing is read, written or remembered here.

The rules, in the order in which they apply, are `decide`. Whoever wants to know why a sign-up was refused reads it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from generator.campaign.models.forms import Form, QuestionType, Source

from . import challenge, tokens
from .dates import day_of, month_of
from .draw import TRAP
from .messages import Refusal
from .tokens import Doubt, Token
from .validation import Sent, Value, check
from .vault import Entry, Place, fingerprint, identify


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys that sign what leaves and is expected back, one for each purpose."""

    tokens: bytes
    challenges: bytes
    links: bytes

    @classmethod
    def of(cls, secret: bytes) -> "Keys":
        """Derive them from the collector's one secret."""
        return cls(*(tokens.derive(secret, purpose) for purpose in ("tokens", "challenges", "links")))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A submission to keep, under a token issued at `opened` (seconds since 1970).

    A token that is too old is `late`: it only counts if the submission is kept already. `email` is the address to
    write to for confirmation.
    """

    entry: Entry
    opened: int
    late: bool
    email: str | None


@dataclass(frozen=True, slots=True)
class Review:
    """A page without script sent answers but no token: they are shown once more, with one. See `decide`."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """A submission that can't be kept as it is. `errors` has a sentence for each question concerned."""

    refusal: Refusal
    errors: Mapping[str, str]


Decision = Accepted | Review | Refused


def decide(
    form: Form, sent: Mapping[str, Sent], keys: Keys, now: float, *, is_script: bool, text_version: str
) -> Decision:
    """Decide what becomes of a submission.

    A static page holds no token. Its script fetches one. Without a script, the page's own button sends the answers
    without a token, and the answer is a page with the same answers, a token, and the button « Confirmer l'envoi »:
    the resident reads the answers over once, never fills anything in twice, and sees a form that works on the site
    itself even while the collector is away. (A button that first led to another, empty form would ask for patience
    twice; a form whose page is made by the collector would not be on the site.)
    """
    if sent.get(TRAP):
        return _refuse(403, "trap", "Un champ caché, piège à robots, a été rempli. Il est de nouveau vide : renvoyez.")
    proof = _text(sent, "altcha")
    written = _text(sent, "token") or challenge.token_in(proof)
    answers, errors = check(form, sent)
    if not written:
        if is_script:
            return _refuse(403, "no-token", "Il manque le jeton du formulaire : demandez-le à cette même adresse.")
        return Review(errors)
    token = tokens.read(keys.tokens, written, form.id)
    if isinstance(token, Doubt):
        return _refuse(403, "forged", "Ce formulaire n'est plus reconnu. Vérifiez vos réponses, puis renvoyez-le.")
    if proof and not challenge.solved(keys.challenges, proof, token):
        return _refuse(403, "proof", "La vérification automatique n'a pas réussi. Renvoyez le formulaire.")
    doubt = tokens.age(token, now)
    if doubt is Doubt.EARLY:
        return _refuse(403, "early", "L'envoi a été trop rapide. Attendez quelques secondes, puis renvoyez.")
    if errors:
        return Refused(Refusal(422, "answers", "Certaines réponses sont à corriger."), errors)
    entry = _entry(form, token, answers, now, text_version)
    email = str(answers[form.confirm]) if form.confirm and answers.get(form.confirm) else None
    return Accepted(entry, token.issued, doubt is Doubt.EXPIRED, email)


def late() -> Refusal:
    """Give the refusal of a token that is too old."""
    message = "Le formulaire est resté ouvert trop longtemps. Vérifiez vos réponses, puis renvoyez-le."
    return Refusal(403, "expired", message)


def already() -> Refusal:
    """Give the refusal of other answers under a token that was used."""
    return Refusal(
        409,
        "already-sent",
        "Ce formulaire a déjà été envoyé, avec d'autres réponses, et elles sont bien arrivées. "
        "Pour envoyer aussi celles-ci, renvoyez-le.",
    )


def _entry(form: Form, token: Token, answers: Mapping[str, Value], now: float, text_version: str) -> Entry:
    consents = {
        question.id: question.label
        for question in form.questions
        if question.type is QuestionType.CONSENT and answers.get(question.id)
    }
    record = {
        "form": form.id,
        "id": identify(token.nonce),
        "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "answers": answers,
        "consents": consents,
        "text_version": text_version,
    }
    stub = {
        "day": day_of(now),
        "neighbourhood": _neighbourhood(form, answers),
        "confirm": form.confirm is not None and bool(answers.get(form.confirm)),
        "digest": fingerprint(token.nonce, answers),
    }
    place = Place(form.id, month_of(token.issued), identify(token.nonce))
    return Entry(place, json.dumps(record, ensure_ascii=False).encode("utf-8"), stub)


def _neighbourhood(form: Form, answers: Mapping[str, Value]) -> str | None:
    for question in form.questions:
        if question.source is Source.NEIGHBOURHOOD and isinstance(chosen := answers.get(question.id), str):
            return chosen
    return None


def _text(sent: Mapping[str, Sent], name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def _refuse(status: int, code: str, message: str) -> Refused:
    return Refused(Refusal(status, code, message), {})
