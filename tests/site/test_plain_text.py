"""Plain texts for messages: every kind of element becomes words that a phone shows as they are."""

import pytest

from generator.campaign.markup import render_document
from generator.site.plain_text import parts, whole


def text(markdown: str) -> str:
    return "\n\n".join(f"{part.title}\n\n{part.text}".strip() for part in parts(render_document(markdown).html, ": "))


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Une phrase\nsur deux lignes.", "Une phrase sur deux lignes."),
        ("Une ligne.  \nUne autre.", "Une ligne.\nUne autre."),
        ("**Gras**, *penché* et `code`.", "Gras, penché et code."),
        ("- un\n- deux\n    - trois", "• un\n• deux\n  • trois"),
        ("1. un\n2. deux", "1. un\n2. deux"),
        ("- [ ] à faire\n- [x] fait", "☐ à faire\n☑ fait"),
        ("> Bonjour,\n>\n> **Awa**", "Bonjour,\n\nAwa"),
        ('!!! danger "Appelez le 15"\n    Tout de suite.', "⚠ Appelez le 15\n\nTout de suite."),
        ('=== "Au jaune"\n\n    Un.\n\n=== "Au rouge"\n\n    Deux.', "Au jaune:\n\nUn.\n\nAu rouge:\n\nDeux."),
        ("| A | B |\n| --- | --- |\n| **15** | le SAMU |", "• 15: le SAMU"),
        ("| A | B | C |\n| --- | --- | --- |\n| 15 | x | y |", "• 15: B: x ; C: y"),
        ("[le site](https://x.example/a/) et [ici](#la)", "le site (https://x.example/a/) et ici"),
        ("[a@x.example](mailto:a@x.example), [nous](mailto:a@x.example)", "a@x.example, nous (a@x.example)"),
        ("[02 61 91 00 00](tel:+33261910000)", "02\u00a061\u00a091\u00a000\u00a000"),
        ("Le SAMU. Le SAMU.\n\n*[SAMU]: les médecins", "Le SAMU (les médecins). Le SAMU."),
        ("Note[^1].\n\n[^1]: Source.", "Note[1].\n\n1. Source."),
        ("Viens !", "Viens\u00a0!"),
        ("Le 1er mai", "Le 1er mai"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("## Titre\n\nTexte.\n\n### Sous-titre\n\nSuite.", "Titre\n\nTexte.\n\nSous-titre\n\nSuite."),
        ("Un.\n\n## Vide\n\n## Plein\n\nDeux.", "Un.\n\nPlein\n\nDeux."),
        ("Terme\n:   Ce qu'il veut dire", "Terme\n\nCe qu’il veut dire"),
    ],
)
def test_markdown_becomes_plain_words(markdown: str, plain: str) -> None:
    assert text(markdown) == plain


def test_a_whole_text_names_itself_its_parts_and_where_it_comes_from() -> None:
    found = parts(render_document("Un.\n\n## Boire\n\nDeux.").html, ": ")
    expected = "ÉTÉ\n\nEn bref.\n\n\nUn.\n\n\nBOIRE\n\nDeux.\n\n\nhttps://x.example/\n"
    assert whole("Été", "En bref.", "https://x.example/", found) == expected
