"""A kit in other languages and other forms: which pages there are, in which language, and what they lead to."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.build.gathering import gather
from generator.site.kits import language_of

from .towns import NOW, add, planned, viewer

HEAT: dict[str, Any] = {"season": None, "emergency": "canicule", "updated": "2026-09-01"}
SHEET = """
## À copier

### L'affiche

Mode d'emploi.

> **Fête**
>
> Le [jour] à [heure], puis à [heure], chez [prénom] ([voir](/kits/))

### L'invitation

Venez le [jour].

### Après

Merci [à tous].
"""


def say(root: Path, version: str, body: str = "…", **fields: Any) -> None:
    """Write a version of a kit: `chaleur.en`."""
    lines = {"title": version, "summary": "…", "source_updated": "2026-09-01", **fields}
    head = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items())
    (root / f"content/kits/{version}.md").write_text(f"---\n{head}---\n\n{body}\n", "utf-8")


@pytest.fixture
def heat(campaign: Path) -> Path:
    """Give a campaign with an emergency kit in French, reviewed easy French, English and Arabic."""
    add(campaign, "kit", "chaleur", "## Boire\n\nBuvez.\n" + SHEET, title="Grande chaleur", **HEAT)
    say(campaign, "chaleur.en", "It's hot!", title="Isn't it hot?", summary="Drink!")
    say(campaign, "chaleur.ar", "اتصل بالرقم 02 61 91 40 20.", title="حر", summary="اشرب.")
    say(campaign, "chaleur.falc", "Je bois.\nJe dors.", title="Il fait chaud !", falc_reviewed_by="Eux")
    return campaign


def test_each_language_leads_to_all_the_others_french_first(heat: Path) -> None:
    view = viewer(heat)
    for current, url in enumerate(("/kits/chaleur/", "/kits/chaleur/falc/", "/kits/chaleur/ar/", "/kits/chaleur/en/")):
        versions = view(url).extra["versions"]
        assert [each.name for each in versions] == ["Français", "Facile à lire", "العربية", "English"]
        assert [each.current for each in versions] == [rank == current for rank in range(4)]
        assert versions[current].url == url


def test_search_engines_are_told_of_each_language_and_where_to_send_the_others(heat: Path) -> None:
    view = viewer(heat)
    site = "https://solidaire.aubrenay.example/kits/chaleur/"
    expected = (("fr", site), ("ar", f"{site}ar/"), ("en", f"{site}en/"), ("x-default", site))
    for url in ("/kits/chaleur/", "/kits/chaleur/ar/", "/kits/chaleur/en/"):
        assert view(url).head.alternates == expected
    assert view("/kits/chaleur/message/").head.alternates == ()


def test_a_kit_in_french_only_offers_no_languages(heat: Path) -> None:
    page = viewer(heat)("/kits/noel-des-voisins/")
    assert page.extra["versions"] == page.head.alternates == ()


def test_other_languages_keep_their_own_typography(heat: Path) -> None:
    view = viewer(heat)
    english, arabic, easy = (view(f"/kits/chaleur/{code}/") for code in ("en", "ar", "falc"))
    assert (english.title, english.lead) == ("Isn't it hot?", "Drink!")
    assert english.text["body"] == "<p>It's hot!</p>"
    assert easy.title == "Il fait chaud\u202f!"
    assert "Je bois.<br>\nJe dors." in easy.text["body"]
    # Plain spaces would put the parts of the number in reverse order.
    assert "02\u00a061\u00a091\u00a040\u00a020" in arabic.text["body"]
    assert [english.language, arabic.language, easy.language] == ["en", "ar", "fr"]


def test_easy_french_waits_for_those_it_is_for(heat: Path) -> None:
    say(heat, "chaleur.falc", title="Il fait chaud")
    assert not [url for url in planned(heat) if "falc" in url]
    versions = viewer(heat)("/kits/chaleur/").extra["versions"]
    assert [each.tag for each in versions] == ["fr", "ar", "en"]
    assert "falc-not-reviewed" in [problem.code for problem in gather(heat, NOW, None).problems]


def test_a_kit_that_is_not_published_yet_keeps_its_languages_hidden(heat: Path) -> None:
    add(heat, "kit", "chaleur", title="Grande chaleur", publish_at="2027-01-01 08:00", **HEAT)
    assert not [url for url in planned(heat) if url.startswith("/kits/chaleur/")]


def test_a_version_older_than_its_kit_says_so_in_its_own_language(heat: Path) -> None:
    assert viewer(heat)("/kits/chaleur/en/").extra["outdated"] == ""
    add(heat, "kit", "chaleur", title="Grande chaleur", **{**HEAT, "updated": "2026-10-01"})
    assert viewer(heat)("/kits/chaleur/en/").extra["outdated"] == language_of(("kit_version", "chaleur.en")).outdated


def test_other_forms_of_a_text_send_search_engines_to_the_page_itself(heat: Path) -> None:
    view, pages = viewer(heat), planned(heat)
    forms = [url for url, page in pages.items() if page.copy_of and url.startswith("/kits/chaleur/")]
    names = {"lecture-confortable", "message", "affiche", "invitation"}
    assert {url.split("/")[3] for url in forms if url.count("/") == 4} == names
    for url in forms:
        head = view(url).head
        assert head.robots == "noindex"
        assert head.canonical.endswith(pages[url].copy_of)
        assert [link.url for link in view(url).breadcrumbs][-2:] == [pages[url].copy_of, url]


def test_a_kit_without_a_poster_has_no_poster_to_fill_in(heat: Path) -> None:
    assert "/kits/chaleur/affiche/" in planned(heat)
    assert "/kits/chaleur/en/affiche/" not in planned(heat)


def test_a_sheet_has_a_blank_for_each_word_between_brackets(heat: Path) -> None:
    poster = viewer(heat)("/kits/chaleur/affiche/").extra
    assert [slot.name for slot in poster["slots"]] == ["Jour", "Heure 1", "Heure 2", "Prénom"]
    assert [slot.autocomplete for slot in poster["slots"]] == ["off", "off", "off", "given-name"]
    assert [f'data-blank="{rank}"' in poster["html"] for rank in range(5)] == [True] * 4 + [False]
    assert "Mode d’emploi" not in poster["html"]
    assert "<a" not in poster["html"]
    invitation = viewer(heat)("/kits/chaleur/invitation/").extra
    assert [slot.name for slot in invitation["slots"]] == ["Jour"]


def test_messages_are_the_parts_of_the_text_and_lead_back_to_it(heat: Path) -> None:
    messages = viewer(heat)("/kits/chaleur/message/").extra
    assert [each.title for each in messages["messages"]] == ["Boire", "À copier"]
    assert messages["brief"].text.endswith("https://solidaire.aubrenay.example/kits/chaleur/")


def test_emergencies_gather_emergency_kits_and_their_languages(heat: Path) -> None:
    kits = viewer(heat)("/urgence/").extra["kits"]
    assert "Grande chaleur" in [card.title for card, _ in kits]
    assert "noel-des-voisins" not in [card.id for card, _ in kits]
    languages = {card.id: [each.tag for each in versions] for card, versions in kits}
    assert languages["chaleur"] == ["fr", "ar", "en"]


def test_only_what_is_kept_on_devices_can_say_that_it_is_a_copy(heat: Path) -> None:
    view = viewer(heat)
    said = {url: view(url).extra["offline"] for url in ("/kits/chaleur/", "/kits/chaleur/ar/", "/urgence/")}
    assert all("{}" in words and "112" in words for words in said.values())
    assert view("/kits/noel-des-voisins/").extra["offline"] == ""
