"""A form as accessible HTML, complete without any script.

`draw` gives the `<form>` element, for a page of the site or of the collector. Classes, for the theme:

- `form-intro`: paragraphs before it; `form`: the element itself; `form-section`: a fieldset-like part with its heading;
- `form-field`: a question with its label, help, error and input; `form-field-wrong` beside it when it is refused;
- `form-label`, `form-optional` (« facultatif »), `form-hint` (help and warnings), `form-error` (a refusal);
- `form-choices` around `form-choice` lines (input + label); inputs are plain `input`, `select`, `textarea`;
- `form-error-summary`: the list of refusals, focusable, hidden while empty; `form-status`: progress, for scripts;
- `form-honeypot`: the trap for robots, to be moved out of sight (not `display: none`, which robots know);
- `form-privacy`: the RGPD notice in `<details>`; `form-actions` around the button `form-submit`;
- `form-thanks`: what replaces the form once it is sent.

For `theme/assets/forms.js`, the element carries `data-form`, the collector's address for this form, and stands
inside an element whose `data-solver` is the address of ALTCHA's worker; every question carries its sentences as
`data-missing`, `data-form-wrong`, `data-long`, `data-bounds`, and a choice that forbids sending has `data-stops`.
"""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from generator.campaign.models.forms import Form, Question, QuestionType, Section
from generator.config import SiteConfig
from generator.typography import french

from .notice import notice
from .validation import TYPED_EMAIL, TYPED_PHONE, Value, longest, messages

TRAP = "site_web"
"""The field that people never see and robots fill in."""

_TOKENS = {QuestionType.EMAIL: "email", QuestionType.PHONE: "tel"}
_SELECT_FROM = 8
"""From this many choices on, one list to open is easier than that many buttons."""

WARNING = "N’écrivez rien sur votre santé ni sur celle d’autrui, et aucun nom ou numéro d’une autre personne."
"""Beside every free text (RGPD, articles 5-1-c and 9)."""


def address(form_id: str, config: SiteConfig) -> str:
    """Give the address where a form is sent: complete when the collector stands elsewhere, else from the root."""
    return f"{(config.collector_url or '').rstrip('/')}/forms/{form_id}"


def draw(
    form: Form,
    config: SiteConfig,
    *,
    action: str | None = None,
    token: str = "",
    values: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
    submit: str | None = None,
) -> Markup:
    """Give the form's HTML. `form` has its choices, see `generator.collector.forms`.

    `action` is where it is sent: the collector, as the settings say. A page of the collector gives its `token`, what
    was typed (`values`), what is refused (`errors`) and the button's text (`submit`). Nothing in it is inline style
    or script. A form that is closed is a sentence that says so.
    """
    if form.closed:
        return Markup('<p class="form-intro">Ce formulaire est fermé pour le moment.</p>')
    values, errors = values or {}, errors or {}
    to = address(form.id, config) if action is None else action
    parts = [
        *(Markup('<p class="form-intro">{}</p>').format(text) for text in form.intro),
        Markup(
            '<form class="form" id="formulaire" method="post" action="{}" accept-charset="utf-8" data-form="{}">'
        ).format(to, to),
        error_summary(form, errors),
        Markup('<p class="form-hint">Tout est à remplir, sauf ce qui est marqué «\u202ffacultatif\u202f».</p>'),
        *(_section(section, values, errors, config) for section in form.sections),
        _trap(),
        Markup('<input type="hidden" name="token" value="{}">').format(token) if token else "",
        draw_notice(form, config),
        Markup('<div class="form-actions"><button class="form-submit" type="submit">{}</button>').format(
            french(submit or form.submit)
        ),
        Markup('<p class="form-status" role="status"></p></div></form>'),
    ]
    return Markup("\n").join(part for part in parts if part)


def error_summary(form: Form, errors: Mapping[str, str]) -> Markup:
    """Give the list of what is refused, each line leading to its question."""
    order = [question for question in form.questions if question.id in errors]
    lines = Markup("").join(
        Markup('<li><a href="#{}">{}</a></li>').format(question.id, errors[question.id]) for question in order
    )
    hidden = Markup("") if lines else Markup(" hidden")
    return Markup(
        '<div class="form-error-summary" role="alert" tabindex="-1" aria-labelledby="erreurs"{}>'
        '<h2 id="erreurs">À corriger avant d’envoyer</h2><ul>{}</ul></div>'
    ).format(hidden, lines)


def draw_notice(form: Form, config: SiteConfig) -> Markup:
    """Give the RGPD notice, folded under its first sentence."""
    lines = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            line.title, Markup('<a href="{}">{}</a>').format(line.url, line.text) if line.url else line.text
        )
        for line in notice(form, config)
    )
    return Markup(
        '<details class="form-privacy"><summary>Ce que la mairie fait de vos réponses, et vos droits</summary>'
        "<dl>{}</dl></details>"
    ).format(lines)


def _section(section: Section, values: Mapping[str, object], errors: Mapping[str, str], config: SiteConfig) -> Markup:
    body = Markup("\n").join(
        _field(question, values.get(question.id), errors.get(question.id)) for question in section.questions
    )
    hint = Markup('<p class="form-hint">{}</p>').format(section.help) if section.help else Markup("")
    return Markup('<section class="form-section"><h2>{}</h2>{}\n{}</section>').format(section.title, hint, body)


def _field(question: Question, value: object, error: str | None) -> Markup:
    name = question.id
    described = []
    hints = Markup("")
    for suffix, text in _hints(question):
        hints += Markup('<p class="form-hint" id="{}-{}">{}</p>').format(name, suffix, text)
        described.append(f"{name}-{suffix}")
    described.append(f"{name}-erreur")
    message = Markup('<p class="form-error" id="{}-erreur"{}>{}</p>').format(
        name, Markup("") if error else Markup(" hidden"), error or ""
    )
    sentences = messages(question)
    data = {
        "data-question": name,
        "data-missing": sentences["missing"] if question.required else None,
        "data-form-wrong": sentences.get("form"),
        "data-long": sentences.get("long"),
        "data-bounds": sentences.get("bounds"),
    }
    wrong = " form-field-wrong" if error else ""
    if question.offers_choices and not _is_select(question):
        legend = Markup('<legend class="form-label">{}{}</legend>').format(question.label, _optional(question))
        data["aria-describedby"] = " ".join(described)
        buttons = _buttons(question, value, bool(error))
        return Markup('<fieldset class="form-field{}"{}>{}{}{}{}</fieldset>').format(
            wrong, _attributes(data), legend, hints, message, buttons
        )
    common = {
        "id": name,
        "name": name,
        "required": question.required,
        "aria-describedby": " ".join(described),
        "aria-invalid": "true" if error else None,
        "autocomplete": question.autocomplete or _TOKENS.get(question.type),
    }
    label = Markup('<label class="form-label" for="{}">{}{}</label>').format(name, question.label, _optional(question))
    if question.type is QuestionType.CONSENT:
        box = Markup('<input type="checkbox" value="oui"{}>').format(_attributes({**common, "checked": bool(value)}))
        return Markup('<div class="form-field{}"{}>{}<div class="form-choice">{}{}</div>{}</div>').format(
            wrong, _attributes(data), hints, box, label, message
        )
    return Markup('<div class="form-field{}"{}>{}{}{}{}</div>').format(
        wrong, _attributes(data), label, hints, message, _input(question, value, common)
    )


def _input(question: Question, value: object, common: Mapping[str, object]) -> Markup:
    text = "" if value is None else str(value)
    match question.type:
        case QuestionType.LONG_TEXT:
            # A first line end right after the tag is not part of the text: one more keeps the person's own.
            attributes = _attributes({**common, "maxlength": longest(question), "rows": 5})
            return Markup("<textarea{}>\n{}</textarea>").format(attributes, text)
        case QuestionType.CHOICE:
            options = Markup("").join(
                Markup('<option value="{}"{}>{}</option>').format(
                    choice.id,
                    _attributes({"selected": choice.id == text, "data-stops": choice.stops}),
                    choice.label,
                )
                for choice in question.choices
            )
            return Markup('<select{}><option value="">Choisissez</option>{}</select>').format(
                _attributes(common), options
            )
    kinds: dict[QuestionType, dict[str, object]] = {
        QuestionType.EMAIL: {
            "type": "email",
            "pattern": TYPED_EMAIL,
            "maxlength": longest(question),
            "spellcheck": "false",
        },
        QuestionType.PHONE: {"type": "tel", "maxlength": 25, "pattern": TYPED_PHONE},
        QuestionType.DATE: {"type": "date", "min": question.first_day, "max": question.last_day},
        QuestionType.NUMBER: {"type": "number", "inputmode": "numeric", "min": question.min, "max": question.max},
        QuestionType.TEXT: {"type": "text", "maxlength": longest(question)},
    }
    return Markup("<input{}>").format(_attributes({**kinds[question.type], **common, "value": text or None}))


def _buttons(question: Question, value: object, wrong: bool) -> Markup:
    several = question.type is QuestionType.CHOICES
    chosen = value if isinstance(value, list) else [value]
    lines: list[Markup] = []
    for position, choice in enumerate(question.choices):
        attributes = {
            "type": "checkbox" if several else "radio",
            # The first button answers to the question's own name: links to the question lead to it.
            "id": f"{question.id}-{choice.id}" if position else question.id,
            "name": question.id,
            "value": choice.id,
            "required": question.required and not several,
            "checked": choice.id in chosen,
            "aria-invalid": "true" if wrong else None,
            "data-stops": choice.stops,
        }
        lines.append(
            Markup('<div class="form-choice"><input{}><label for="{}">{}</label></div>').format(
                _attributes(attributes), attributes["id"], choice.label
            )
        )
    return Markup('<div class="form-choices">{}</div>').format(Markup("").join(lines))


def _trap() -> Markup:
    return Markup(
        '<div class="form-honeypot" aria-hidden="true"><label for="{0}">Laissez ce champ vide</label>'
        '<input id="{0}" name="{0}" type="text" tabindex="-1" autocomplete="off"></div>'
    ).format(TRAP)


def _hints(question: Question) -> Iterable[tuple[str, str]]:
    if question.help:
        yield "aide", question.help
    if question.type is QuestionType.LONG_TEXT:
        yield "attention", f"{WARNING} {longest(question)} signes au plus."


def _optional(question: Question) -> Markup:
    unasked = question.required or question.type is QuestionType.CONSENT
    return Markup("") if unasked else Markup(' <span class="form-optional">(facultatif)</span>')


def _is_select(question: Question) -> bool:
    return question.type is QuestionType.CHOICE and (
        len(question.choices) >= _SELECT_FROM or question.source is not None
    )


def _attributes(attributes: Mapping[str, object]) -> Markup:
    """Write attributes: those that are None, False or empty are left out, True stands alone."""
    written = Markup("")
    for name, value in attributes.items():
        if value is True:
            written += Markup(" {}").format(name)
        elif value is not None and value is not False and value != "":
            written += Markup(' {}="{}"').format(name, value)
    return written


def shown(question: Question, value: Value) -> str:
    """Give an answer in words: the labels of choices, « oui » for a ticked box."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    labels = {choice.id: choice.label for choice in question.choices}
    if isinstance(value, list):
        return ", ".join(labels.get(item, item) for item in value)
    return "" if value is None else labels.get(str(value), str(value))
