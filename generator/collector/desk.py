"""The one path of every request, the same behind the server, the function and the preview.

`open` does all that comes before the vault, `close` all that comes after; each door only brings the request in,
lets the vault work in its own way (in groups, or at once), and carries the answer out.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import parse_qs, urlsplit

from generator.campaign.models.forms import Form
from generator.config import SiteConfig

from . import answers, challenge, core, letters, links, mails, openapi, pages, tokens
from .body import MAX_BODY, MAX_FIELDS, read_body
from .core import Accepted, Keys, Refused, Review
from .dates import day_of
from .limits import WITH_PROOF, WITHOUT_PROOF, Limiter
from .messages import Answer, Refusal, Request
from .settings import Library
from .validation import Sent
from .vault import Entry, Outcome, Place, Vault

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Keep:
    """A submission for the vault, and what its answer will need. `late`: see `generator.collector.core.Accepted`."""

    form: Form
    entry: Entry
    late: bool
    typed: Mapping[str, Sent]
    token: str

    def perform(self, vault: Vault) -> Outcome:
        """Let the vault do it, at once."""
        if not self.late:
            return vault.keep([self.entry])[0]
        try:
            return Outcome.KEPT if vault.holds(self.entry) else Outcome.LATE
        except OSError:
            return Outcome.FAILED


@dataclass(frozen=True, slots=True)
class Confirm:
    """A confirmation for the vault."""

    form: Form
    place: Place
    proof: bytes

    def perform(self, vault: Vault) -> Outcome:
        """Let the vault do it, at once."""
        try:
            return Outcome.KEPT if vault.confirm(self.place, self.proof) else Outcome.GONE
        except OSError:
            return Outcome.FAILED


class Desk:
    """Answers requests. Holds no submission: only forms, keys, and counts of sendings."""

    def __init__(self, config: SiteConfig, library: Library, keys: Keys, clock: Callable[[], float]) -> None:
        self._config = config
        self._library = library
        self._keys = keys
        self._clock = clock
        self._limiter = Limiter()
        self._announced: dict[str, int] = {}
        self._origins = {_origin(config.url), _origin(config.collector_url or config.url)}

    def open(self, request: Request) -> Answer | Keep | Confirm:
        """Answer a request, or give what the vault must do before it can be answered."""
        try:
            step = self._route(request)
        except Refusal as refused:
            step = answers.refusal(refused, self._config, is_script=_is_script(request))
        return self._shared(request, step) if isinstance(step, Answer) else step

    def close(self, request: Request, step: Keep | Confirm, outcome: Outcome) -> Answer:
        """Answer a request once the vault has done its part."""
        answer = (
            self._kept(request, step, outcome) if isinstance(step, Keep) else self._confirmed(request, step, outcome)
        )
        return self._shared(request, answer)

    def _route(self, request: Request) -> Answer | Keep | Confirm:
        self._library.refresh()
        match request.path.strip("/").split("/"):
            case ["health"]:
                return self._read_only(request, lambda: answers.as_json({"status": "ok"}))
            case ["openapi.json"]:
                return self._read_only(request, self._openapi)
            case ["challenge"]:
                return self._read_only(request, lambda: self._challenge(request))
            case ["forms", "style.css"]:
                return self._read_only(request, _style)
            case ["forms", name] if name in self._library.forms:
                form = self._library.forms[name]
                if request.method == "POST":
                    return self._receive(request, form)
                return self._read_only(request, lambda: self._form(request, form), "GET, HEAD, OPTIONS, POST")
            case ["forms", name, "thanks"] if name in self._library.forms:
                return self._read_only(request, lambda: answers.thanks_page(self._library.forms[name], self._config))
            case ["forms", name, "confirm"] if name in self._library.forms:
                return self._confirm(request, self._library.forms[name])
        raise Refusal(404, "not-found", "Cette adresse n'existe pas, ou ce formulaire est fermé.")

    def _read_only(self, request: Request, give: Callable[[], Answer], allow: str = "GET, HEAD, OPTIONS") -> Answer:
        match request.method:
            case "GET":
                return give()
            case "HEAD":
                return replace(give(), body=b"")
            case "OPTIONS":
                methods = {
                    "access-control-allow-methods": allow,
                    "access-control-allow-headers": "content-type, accept",
                }
                return Answer(204, {"allow": allow, **methods})
        raise Refusal(405, "method", "Cette adresse ne se demande pas ainsi.", allow=allow)

    def _form(self, request: Request, form: Form) -> Answer:
        now = self._clock()
        token = tokens.issue(self._keys.tokens, form.id, now)
        if not _is_script(request):
            return answers.form_page(form, self._config, token)
        limits = {
            "seconds": {"least": tokens.TOO_EARLY, "most": tokens.LIFETIME},
            "bytes": MAX_BODY,
            "fields": MAX_FIELDS,
        }
        proof = self._issue(form, token)
        return answers.as_json(
            {"form": form.id, "title": form.title, "token": token, "limits": limits, "challenge": proof}
        )

    def _challenge(self, request: Request) -> Answer:
        name = (parse_qs(request.query).get("form") or [""])[0]
        form = self._library.forms.get(name)
        if form is None:
            raise Refusal(404, "not-found", "Précisez un formulaire qui existe : /challenge?form=…")
        return answers.as_json(self._issue(form, tokens.issue(self._keys.tokens, form.id, self._clock())))

    def _issue(self, form: Form, written: str) -> dict[str, object]:
        token = tokens.read(self._keys.tokens, written, form.id)
        assert isinstance(token, tokens.Token)
        return challenge.issue(self._keys.challenges, token, written, challenge.choose())

    def _openapi(self) -> Answer:
        return answers.as_json(openapi.describe(self._library.forms.values(), self._config))

    def _receive(self, request: Request, form: Form) -> Answer | Keep:
        self._check_origin(request)
        sent = read_body(request, self._library.several[form.id])
        now = self._clock()
        rate = WITH_PROOF if sent.get("altcha") else WITHOUT_PROOF
        if wait := self._limiter.wait(request.address, rate, now, day_of(now)):
            message = "Trop d'envois viennent de la même connexion. Attendez un peu, puis renvoyez le formulaire."
            return self._refuse(request, form, Refusal(429, "too-many", message, wait=wait), sent)
        is_script = _is_script(request)
        version = self._library.versions[form.id]
        decision = core.decide(form, sent, self._keys, now, is_script=is_script, text_version=version)
        match decision:
            case Refused(refusal, errors):
                return self._refuse(request, form, refusal, sent, errors)
            case Review(errors) if errors:
                return self._refuse(
                    request, form, Refusal(422, "answers", "Certaines réponses sont à corriger."), sent, errors
                )
            case Review():
                return answers.review(form, self._config, sent, tokens.issue(self._keys.tokens, form.id, now))
            case Accepted():
                return Keep(
                    form, self._with_mails(form, decision, now), decision.late, sent, str(sent.get("token") or "")
                )

    def _with_mails(self, form: Form, accepted: Accepted, now: float) -> Entry:
        entry, files = accepted.entry, []
        if accepted.email:
            base = self._config.collector_url or self._config.url
            link = links.url(base, form.id, links.make(self._keys.links, entry.place, now))
            mail = letters.confirmation(form, self._config, entry.place.id, accepted.email, link)
            # Due when the form was opened, and so under one name however often it is sent.
            files.append(mails.waiting(mail, accepted.opened))
        hour = int(now // HOUR)
        if form.notify and self._announced.get(form.id) != hour:
            mail = letters.announcement(form, self._config, f"annonce-{form.id}-{hour}")
            files.append(mails.waiting(mail, (hour + 1) * HOUR))
        return replace(entry, mails=tuple(files))

    def _kept(self, request: Request, step: Keep, outcome: Outcome) -> Answer:
        match outcome:
            case Outcome.KEPT:
                self._announced[step.form.id] = int(self._clock() // HOUR)
                return answers.thanks(step.form, is_script=_is_script(request))
            case Outcome.OTHER:
                return self._refuse(request, step.form, core.already(), step.typed)
            case Outcome.LATE:
                return self._refuse(request, step.form, core.late(), step.typed)
        return self._refuse(request, step.form, answers.unavailable(), step.typed)

    def _refuse(
        self,
        request: Request,
        form: Form,
        refused: Refusal,
        typed: Mapping[str, Sent],
        errors: Mapping[str, str] | None = None,
    ) -> Answer:
        """Answer a refused submission; a page gets its token back, or a new one when that is what was wrong with it."""
        token = typed.get("token")
        if refused.status in {403, 409} or not isinstance(token, str):
            token = tokens.issue(self._keys.tokens, form.id, self._clock())
        return answers.refusal(
            refused, self._config, is_script=_is_script(request), form=form, errors=errors, typed=typed, token=token
        )

    def _confirm(self, request: Request, form: Form) -> Answer | Confirm:
        if request.method != "POST":
            mark = (parse_qs(request.query).get("t") or [""])[0]
            self._place(form, mark)
            page = partial(answers.confirm_page, form, self._config, mark)
            return self._read_only(request, page, "GET, HEAD, OPTIONS, POST")
        self._check_origin(request)
        mark = str(read_body(request, frozenset()).get("t") or "")
        place = self._place(form, mark)
        at = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds")
        proof = {"form": form.id, "id": place.id, "at": at, "text_version": self._library.versions[form.id]}
        return Confirm(form, place, json.dumps(proof).encode())

    def _place(self, form: Form, mark: str) -> Place:
        place = links.read(self._keys.links, mark, form.id, self._clock())
        if place is None:
            message = "Ce lien ne marche pas ou ne marche plus : il vit 7 jours. Remplissez de nouveau le formulaire."
            raise Refusal(403, "link", message)
        return place

    def _confirmed(self, request: Request, step: Confirm, outcome: Outcome) -> Answer:
        if outcome is Outcome.KEPT:
            return answers.confirmed(step.form, self._config, is_script=_is_script(request))
        gone = Refusal(404, "gone", "Cet envoi n'est plus là : sans confirmation, il est effacé au bout de 7 jours.")
        refused = gone if outcome is Outcome.GONE else answers.unavailable()
        return answers.refusal(refused, self._config, is_script=_is_script(request), form=step.form)

    def _check_origin(self, request: Request) -> None:
        """Refuse what another site's page sends. Programs that are no browser say no origin, and are let in."""
        origin = request.headers.get("origin")
        if origin is None or origin in self._origins:
            return
        if urlsplit(origin).netloc != request.headers.get("host"):
            raise Refusal(403, "origin", "Cet envoi vient d'un autre site. Passez par celui de la ville.")

    def _shared(self, request: Request, answer: Answer) -> Answer:
        """Let the site's own pages read an answer when the collector stands at another address."""
        origin = request.headers.get("origin")
        if origin not in self._origins:
            return answer
        return replace(answer, headers={**answer.headers, "access-control-allow-origin": origin, "vary": "origin"})


def _style() -> Answer:
    headers = {
        "content-type": "text/css; charset=utf-8",
        "cache-control": "max-age=3600",
        "x-content-type-options": "nosniff",
    }
    return Answer(200, headers, pages.style())


def _is_script(request: Request) -> bool:
    """Tell a script from a browser's page: it sends JSON or wants it; reading, whatever does not ask for a page."""
    if request.method == "POST":
        accept = request.headers.get("accept", "")
        wants_json = "application/json" in accept and "text/html" not in accept
        return wants_json or request.headers.get("content-type", "").startswith("application/json")
    return "text/html" not in request.headers.get("accept", "")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
