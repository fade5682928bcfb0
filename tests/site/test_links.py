"""Links and pictures of texts: where they lead from each page."""

from pathlib import Path

import pytest

from generator.campaign.files import Source
from generator.campaign.markup import render_document, render_record
from generator.campaign.reading import Entry, read_source
from generator.site.cards import Pictures
from generator.site.images import Derived
from generator.site.links import document_html, record_html, resolve, without_hidden

KIT = "---\ntitle: Kit\nsummary: x\nseason: ete\nupdated: 2026-05-01\n---\n"
PICTURES = Pictures({"content/kits/a.jpg": Derived("a-123", ((320, 200), (640, 400)))}, Path("cache"))


def kit(root: Path, body: str) -> Entry:
    """Read a kit with a body."""
    (root / "content/kits").mkdir(parents=True)
    (root / "content/kits/essai.md").write_text(KIT + body, encoding="utf-8")
    reading = read_source(root, Source("content/kits/essai.md", "kit", False))
    assert not reading.problems
    return reading.entries[0]


def drawn(root: Path, body: str) -> str:
    """Give the HTML of a kit's body as its page shows it."""
    entry = kit(root, body)
    return document_html(entry.texts["body"], entry, "../..", PICTURES)


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("canicule.md", "/kits/canicule/"),
        ("../kits/canicule.md#avant", "/kits/canicule/#avant"),
        ("../pages/vie-privee.md", "/vie-privee/"),
        ("../press/a.md", "/presse/a/"),
        ("/kits/canicule/", "/kits/canicule/"),
        ("#avant", "#avant"),
        ("../../data/x.md", "../../data/x.md"),
        ("../../../x.md", "../../../x.md"),
        ("../inconnu/x.md", "../inconnu/x.md"),
        ("C:\\x.md", "C:\\x.md"),
    ],
)
def test_a_document_named_by_its_file_is_its_page(target: str, page: str) -> None:
    assert resolve(target, "content/kits") == page


def test_links_of_documents_climb_to_the_root(tmp_path: Path) -> None:
    html = drawn(tmp_path, "[a](canicule.md#b) [c](/agenda/?x=1&y=2) [d](https://d.example/) [e](#f)\n\n## F\n")
    assert '<a href="../../kits/canicule/#b">a</a>' in html
    assert '<a href="../../agenda/?x=1&amp;y=2">c</a>' in html
    assert '<a href="https://d.example/">d</a>' in html
    assert '<a href="#f">e</a>' in html


def test_links_of_records_climb_to_the_root() -> None:
    html = record_html(render_record('[a](/kits/) [b](https://b.example/) `href="/x"`').html, "../..")
    assert '<a href="../../kits/">a</a>' in html
    assert '<a href="https://b.example/">b</a>' in html
    assert "href=&quot;/x&quot;" in html


def test_code_that_shows_html_is_not_rewritten(tmp_path: Path) -> None:
    html = drawn(tmp_path, '`<a href="/x/">` et `<img src="a.jpg">` [a](/kits/)\n')
    assert "&lt;a href=&quot;/x/&quot;&gt;" in html
    assert "&lt;img src=&quot;a.jpg&quot;&gt;" in html


def test_images_come_in_all_their_formats_with_their_size(tmp_path: Path) -> None:
    html = drawn(tmp_path, '![Un "arbre"](a.jpg){ width=3000 onclick=x }\n')
    assert (
        '<source type="image/avif" srcset="../../images/a-123-320.avif 320w, ../../images/a-123-640.avif 640w"' in html
    )
    assert 'src="../../images/a-123-640.jpg"' in html
    assert html.count(' width="') == 1
    assert 'width="640" height="400"' in html
    assert 'alt="Un &quot;arbre&quot;"' in html
    assert "onclick" not in html


def test_an_image_without_derivatives_is_left_out(tmp_path: Path) -> None:
    assert "<img" not in drawn(tmp_path, "![Un arbre](b.jpg)\n")


def test_links_to_hidden_pages_become_plain_words() -> None:
    text = render_document("Lire [le *communiqué*](../press/a.md#x) ou [le kit](/kits/b/).\n")
    shown = without_hidden(text, "content/kits", {"/presse/a/"}).html
    assert shown == '<p>Lire le <em>communiqué</em> ou <a href="/kits/b/">le kit</a>.</p>'
    assert without_hidden(text, "content/kits", {"/presse/b/"}) is text
