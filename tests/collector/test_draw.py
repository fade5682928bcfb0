"""A form's HTML: labels, groups, sentences, notice; nothing inline, nothing that runs."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from generator.campaign.models.forms import Form, QuestionType
from generator.collector.draw import draw
from generator.collector.forms import read_forms
from generator.collector.notice import text_version
from generator.collector.settings import read_config
from tests.collector.town import REPOSITORY

CONFIG = read_config(REPOSITORY)
FORMS = read_forms(REPOSITORY, datetime(2026, 11, 23, 10, tzinfo=UTC))


class Page(HTMLParser):
    """What a page holds, by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag in names]


@pytest.fixture(params=sorted(FORMS))
def form(request: pytest.FixtureRequest) -> Form:
    return FORMS[request.param]


def test_the_seven_forms_are_there() -> None:
    assert sorted(FORMS) == [
        "devenir-voisin-solidaire",
        "enquete-climat-social",
        "lettre-d-information",
        "proposer-un-diplome",
        "proposer-un-immeuble",
        "proposer-une-initiative",
        "s-inscrire-a-un-rendez-vous",
    ]


def test_every_input_has_a_label_and_its_descriptions(form: Form) -> None:
    page = Page(draw(form, CONFIG))
    ids = [str(attributes["id"]) for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes["for"] for attributes in page.all("label")}
    inputs = [each for each in page.all("input", "select", "textarea") if each.get("type") != "hidden"]
    for each in inputs:
        assert each["id"] in labelled
    for _, attributes in page.tags:
        for described in (attributes.get("aria-describedby") or "").split():
            assert described in ids


def test_every_required_question_says_what_is_missing(form: Form) -> None:
    fields = {
        each["data-question"]: each
        for each in Page(draw(form, CONFIG)).all("div", "fieldset")
        if "data-question" in each
    }
    for question in form.questions:
        assert (fields[question.id].get("data-missing") is not None) == question.required


def test_nothing_is_inline_and_nothing_runs(form: Form) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
    values = {question.id: hostile for question in form.questions}
    page = Page(draw(form, CONFIG, values=values, errors={question.id: hostile for question in form.questions}))
    assert page.all("script", "img", "style", "iframe") == []
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]


def test_the_notice_says_all_that_the_law_asks_for(form: Form) -> None:
    html = draw(form, CONFIG)
    for word in ("Mairie d’Aubrenay", "Base légale", "Durée", "dpo@aubrenay.example", "CNIL", "Vos droits"):
        assert word in html


def test_minors_are_asked_to_use_paper_and_no_health_question_is_asked(form: Form) -> None:
    assert any(choice.stops for question in form.questions for choice in question.choices)
    text = " ".join(question.label for question in form.questions).lower()
    assert not any(word in text for word in ("santé", "malad", "handicap", "fragil", "vulnérab", "dépendan"))


def test_every_free_text_carries_its_warning_and_its_limit(form: Form) -> None:
    page = Page(draw(form, CONFIG))
    long_texts = [question for question in form.questions if question.type is QuestionType.LONG_TEXT]
    assert len(page.all("textarea")) == len(long_texts)
    for question, area in zip(long_texts, page.all("textarea"), strict=True):
        assert area["maxlength"] == str(question.max_length)
        assert f"{question.id}-attention" in str(area["aria-describedby"])


def test_a_refused_answer_is_named_in_the_summary_and_beside_its_question() -> None:
    form = FORMS["lettre-d-information"]
    page = Page(draw(form, CONFIG, values={"email": "x"}, errors={"email": "Vérifiez."}))
    assert {"href": "#email"} in page.all("a")
    (email,) = [each for each in page.all("input") if each.get("id") == "email"]
    assert (email["aria-invalid"], email["value"]) == ("true", "x")


def test_zero_and_line_breaks_are_shown_as_they_were_typed() -> None:
    form = FORMS["proposer-un-immeuble"]
    html = draw(form, CONFIG, values={"homes": "0", "wishes": "\nun banc"})
    assert 'value="0"' in html
    assert ">\n\nun banc</textarea>" in html


def test_a_closed_form_says_so() -> None:
    closed = FORMS["lettre-d-information"].model_copy(update={"closed": True})
    assert "fermé" in draw(closed, CONFIG)
    assert "<form" not in draw(closed, CONFIG)


def test_the_text_version_changes_with_what_is_agreed_to() -> None:
    form = FORMS["lettre-d-information"]
    longer = form.privacy.model_copy(update={"retention_months": 36})
    assert text_version(form, CONFIG) == text_version(form, CONFIG)
    assert text_version(form.model_copy(update={"privacy": longer}), CONFIG) != text_version(form, CONFIG)
