"""Decisions in the words of their reader: JSON for a script, a page or a redirection for a browser without one."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from generator.campaign.models.forms import Form
from generator.config import SiteConfig
from generator.typography import french

from . import pages
from .draw import draw
from .messages import Answer, Refusal

JSON_HEADERS = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
}

BUSY = 5
"""Seconds after which to try again when the vault can't write."""


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Give a value as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Answer(status, {**JSON_HEADERS, **(headers or {})}, body)


def unavailable() -> Refusal:
    """Give the refusal when the vault can't keep anything."""
    message = "Votre envoi n'a pas pu être enregistré : rien n'est gardé. Attendez un instant, puis renvoyez-le."
    return Refusal(503, "unavailable", message, wait=BUSY)


def thanks(form: Form, *, is_script: bool) -> Answer:
    """Give the answer to a submission that is kept: the same for its first sending and for every other."""
    if is_script:
        return as_json({"status": "to-confirm" if form.confirm else "kept", "message": form.thanks})
    return Answer(303, {"location": f"/forms/{form.id}/thanks", "cache-control": "no-store"})


def thanks_page(form: Form, config: SiteConfig) -> Answer:
    """Give the page that a browser is sent to."""
    body = pages.paragraphs(form.thanks) + pages.back(config, form)
    return Answer(200, pages.HEADERS, pages.page(config, "Merci, c'est bien arrivé", body))


def refusal(
    refused: Refusal,
    config: SiteConfig,
    *,
    is_script: bool,
    form: Form | None = None,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, object] | None = None,
    token: str = "",
) -> Answer:
    """Give the answer to what is refused: for a browser, the form again with what was typed, when there is a form."""
    headers = {"retry-after": str(refused.wait)} if refused.wait else {}
    if refused.allow:
        headers["allow"] = refused.allow
    if is_script:
        value = {"error": refused.code, "message": refused.message, **({"errors": dict(errors)} if errors else {})}
        return as_json(value, refused.status, headers)
    if form is None or typed is None:
        body = pages.paragraphs(refused.message) + pages.back(config, form)
        title = "Votre demande n'a pas abouti"
    else:
        body = _notice(refused.message) if not errors else Markup("")
        body += draw(form, config, action=f"/forms/{form.id}", token=token, values=typed, errors=errors)
        title = form.title
    return Answer(refused.status, {**pages.HEADERS, **headers}, pages.page(config, title, body))


def review(form: Form, config: SiteConfig, typed: Mapping[str, object], token: str) -> Answer:
    """Give the page that shows the answers once more, with the token that lets them in."""
    body = _notice("Relisez vos réponses. Rien n'est encore envoyé : le bouton est tout en bas.")
    body += draw(form, config, action=f"/forms/{form.id}", token=token, values=typed, submit="Confirmer l'envoi")
    return Answer(200, pages.HEADERS, pages.page(config, form.title, body))


def form_page(form: Form, config: SiteConfig, token: str) -> Answer:
    """Give the form on a page of the collector's own."""
    body = draw(form, config, action=f"/forms/{form.id}", token=token)
    return Answer(200, pages.HEADERS, pages.page(config, form.title, body))


def confirm_page(form: Form, config: SiteConfig, mark: str) -> Answer:
    """Give the page behind the link of a mail. Only its button confirms: programs that follow links do not."""
    body = pages.paragraphs(f"Vous avez rempli le formulaire « {form.title} ». Il ne manque plus que votre accord.")
    body += Markup(
        '<form class="form" method="post" action="/forms/{}/confirm"><input type="hidden" name="t" value="{}">'
        '<p><button class="form-submit" type="submit">Je confirme</button></p></form>'
    ).format(form.id, mark)
    return Answer(200, pages.HEADERS, pages.page(config, "Confirmez votre envoi", body))


def confirmed(form: Form, config: SiteConfig, *, is_script: bool) -> Answer:
    """Give the answer to a confirmation that is kept."""
    message = "Votre accord est enregistré. Merci !"
    if is_script:
        return as_json({"status": "confirmed", "message": french(message)})
    body = pages.paragraphs(message) + pages.back(config, form)
    return Answer(200, pages.HEADERS, pages.page(config, "C'est confirmé", body))


def _notice(message: str) -> Markup:
    return Markup('<div class="form-notice" role="alert"><p>{}</p></div>').format(french(message))
