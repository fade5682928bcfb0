"""Markdown to HTML: what staff and residents write, and what nobody may make a browser do."""

import re
import resource
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.campaign import commonmark
from generator.campaign.faults import Fault
from generator.campaign.markup import Text, render_document, render_record, sanitised, spared

RENDERERS = {"record": render_record, "document": render_document}


SPACES = "".join(map(chr, range(33)))


class Inspector(HTMLParser):
    """Takes note of all that a browser would see in a fragment."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


HARMLESS = {
    *"a abbr aside b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption".split(),
    *"figure h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q s small span strong sub summary".split(),
    *"sup table tbody td tfoot th thead tr u ul".split(),
}


def check_harmless(html: str) -> None:
    """Check that nothing in a fragment runs, loads from elsewhere, sends, or changes the page around it."""
    inspector = Inspector(html)
    assert set(inspector.elements) <= HARMLESS
    for name, value in inspector.attributes:
        assert not name.startswith("on")
        assert name not in ("style", "srcdoc", "action", "formaction", "srcset", "background", "ping", "target", "is")
        if name in ("href", "src"):
            # As browsers read it: without spaces before, nor tabs and line ends anywhere (WHATWG URL, basic parser).
            scheme = re.match("([a-z][a-z0-9+.-]*):", re.sub("[\t\r\n]", "", value).lstrip(SPACES), re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in ("http", "https", "mailto", "tel"), value


ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' alt='y' onload=\"alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](data:text/html,x)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](/a "\\" onmouseover=alert(1) \\"")',
    '[x](/a "> &quot; onmouseover=alert(1) x=&quot;")',
    "[x](/a 'y\" onclick=\"alert(1)')",
    "<iframe src=//e.example></iframe>",
    "<object data=x></object>",
    "<embed src=x>",
    "<base href=//e.example/>",
    "<meta http-equiv=refresh content='0;url=//e.example'>",
    "<link rel=stylesheet href=//e.example/x.css>",
    "<form action=//e.example><input type=password name=p><button>ok</button></form>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<div onclick=alert(1)>x</div>",
    "<video src=x onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>x</details>",
    "<input autofocus onfocus=alert(1)>",
    "<textarea><script>x</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<a id=x name=y href=/x target=_blank ping=//e.example>x</a>",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "# x { onclick=alert(1) style=color:red }",
    "[x](/a){ onclick=alert(1) href=javascript:alert(1) }",
    '*[x]: " onmouseover=alert(1) "\n\nx',
    "[^x]\n\n[^x]: <script>alert(1)</script>",
    '!!! note "<script>alert(1)</script>"\n    x',
    '=== "<img src=x onerror=alert(1)>"\n    x',
    "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
    "<div markdown>\n<script>alert(1)</script>\n</div>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<script>alert(1)",
]


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_written_can_run(renderer: str, attack: str) -> None:
    for text in (attack, f"Avant {attack} après", f"- {attack}\n\n> {attack}\n"):
        check_harmless(RENDERERS[renderer](text).html)


@pytest.mark.parametrize("renderer", RENDERERS)
@given(st.lists(st.sampled_from([*ATTACKS, "x", "\n\n", '"', "'", ">", "<", "`", "[", "](", ")", "!"]), max_size=5))
def test_nothing_put_together_can_run(renderer: str, pieces: list[str]) -> None:
    check_harmless(RENDERERS[renderer]("".join(pieces)).html)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_template_syntax_is_text(renderer: str) -> None:
    text = "{{ 7+7 }} {% include 'x' %} {# x #} ${7+7} <%= 7 %>"
    html = RENDERERS[renderer](text).html
    assert "{{ 7+7 }} {% include ’x’ %} {# x #} ${7+7}" in html
    assert "14" not in html


@pytest.mark.parametrize("renderer", RENDERERS)
def test_characters_that_mislead_or_break_xml_are_left_out(renderer: str) -> None:
    html = RENDERERS[renderer]("a&#x202e;b&#7;c&#0;d&#xfffe;e&rlm;f&#8203;g").html
    assert "bc" in html
    assert all(char.isprintable() or char in "\n\ufffd" for char in html)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_code_and_attributes_keep_their_own_typography(renderer: str) -> None:
    html = RENDERERS[renderer]('`a "b" ; c ?` "d" ; [e](/x?a=1;b "l\'été !")').html
    assert "<code>a &quot;b&quot; ; c ?</code>" in html
    assert "«\u202fd\u202f»\u202f;" in html
    assert 'href="/x?a=1;b"' in html
    assert 'title="l\'été !"' in html


def test_records_are_commonmark_with_tables() -> None:
    html = render_record("## Un\n\n- *a*\n- **b**\n\n|c|d|\n|-|-|\n|1|2|\n\n`e` <https://a.example>\n").html
    for piece in ("<h2>Un</h2>", "<li><em>a</em></li>", "<td>1</td>", '<a href="https://a.example">'):
        assert piece in html


def test_raw_html_and_images_of_records_are_left_out_and_told() -> None:
    text = render_record("Un <b>mot</b> ![vu](a.jpg) ici.\n\n<div>perdu</div>\n")
    assert text.html == "<p>Un mot  ici.</p>\n\n"
    assert text.left_out == ("img", "html")
    assert render_record("Prix < 10 €, 3 > 2 &amp; <3").left_out == ()


def test_documents_have_what_material_styles() -> None:
    html = render_document(
        '## Titre\n\n!!! warning "Attention"\n    Texte.\n\n=== "Un"\n    a\n=== "Deux"\n    b\n\n'
        "- [ ] faire\n- [x] fait\n\nNote[^1].\n\n[^1]: Le texte.\n\n??? note\n    caché\n\nTerme\n: Sens\n"
    ).html
    for piece in (
        'id="titre"', 'class="admonition warning"', 'class="tabbed-set', '<input type="checkbox">', "footnote",
        "<details", "<dt>Terme</dt>",
    ):  # fmt: skip
        assert piece in html


def test_what_documents_may_not_hold_is_told() -> None:
    text = render_document("<script>x</script> <iframe src=x></iframe> <b>ok</b>\n\n<form><input></form>\n")
    assert text.left_out == ("form", "iframe", "script")


def test_the_title_of_the_page_stays_the_only_first_heading() -> None:
    for render in RENDERERS.values():
        assert "<h1" not in render("# Un\n\nTitre\n=====\n").html
        assert render("# Un\n").html.count("<h2") == 1


def test_links_anchors_and_images_are_taken_note_of() -> None:
    text = render_document(
        "## Été & hiver\n\n[a](/kits/x/#y) [b](../kits/z.md) [c](https://a.example/) [d](mailto:a@b.example) [e](#f)\n"
        "[g](www.a.example) [h]() [i](tel:15) [j](//a.example) ![Un arbre](a.jpg) ![](b.jpg) <a id='k'></a>\n"
    )
    assert text.anchors == ("ete-hiver", "k")
    assert text.links == ("/kits/x/#y", "../kits/z.md", "#f", "www.a.example", "", "//a.example")
    assert text.images == (("a.jpg", "Un arbre"), ("b.jpg", ""))


def test_text_that_looks_like_an_attribute_is_no_link() -> None:
    text = render_record('`href="/x"` et <https://a.example> et src="y"')
    assert text.links == ()
    assert 'href="/x"' not in text.html


@pytest.mark.parametrize("renderer", RENDERERS)
def test_nesting_without_end_is_refused(renderer: str) -> None:
    for text in ("> " * 500 + "a", ">" * 5000):
        with pytest.raises(Fault) as refusal:
            RENDERERS[renderer](text)
        assert refusal.value.code == "too-complex"


def test_a_refusal_leaves_the_renderer_as_it_was() -> None:
    before = render_document("Note[^1].\n\n[^1]: x\n")
    with pytest.raises(Fault):
        render_document("1. " * 5000)
    assert render_document("Note[^1].\n\n[^1]: x\n") == before


@given(st.text(max_size=200))
def test_any_text_gives_html_that_harms_nobody(text: str) -> None:
    check_harmless(render_record(text).html)
    assert isinstance(render_record(text), Text)


PIECES = [
    "a", "é", "œ", " ", "\n", "\n\n", "- ", "1. ", "> ", "*", "**", "_", "`", "    ", "\t", "#", "## ", "### ", "|",
    "-", "---", "===", "[x](/a/b)", "[x](//a:b)", "[y](https://www.a-b.fr/x)", "[y](https://xn--a.b/x)", "[", "](",
    "/x)", ")", "https://a.example/x", " www.a.example", "a@b.example", "<b>", "\\", "!", "'", '"', "&", "<",
    "[r]: /x\n", "2. ", "  \n", "```\n", "|a|b|\n|-|:-:|\n|", "&lt;", "&nbsp;", "&#65;", "%", "<a@b.fr>",
    "[z](mailto:a@b.fr)", "[z](/x?a&b=c_D)", "[z](https://a.fr?b)", "[z](http://a.fr/%C3%A9",
    "\u00a0", "\x01", "\x0c", "\x7f", "\x85", "\u2028",
]  # fmt: skip


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("[a <b@a.example> c](/x)")
def test_what_is_spared_the_sanitiser_is_as_it_would_come_out(text: str) -> None:
    html = commonmark.to_html(text)
    plain = spared(html)
    assert plain is None or plain == sanitised(html)


@pytest.mark.parametrize(
    "text",
    [
        "Un *mot*, **deux**.\n\n- a\n- b\n\n> c\n",
        "[a](/kits/x/#y) et [b](https://www.service-public.fr/)",
        "## Titre\n\n1. a\n\n---\n\n3. b\\\n  c\n",
        '« a\u00a0» & "b" < c `d`\n\n| e | f |\n|---|--:|\n| g | h |\n',
        "[a](https://a.example/B_c?d=1&e=f), https://www.a.example/g ou <h@a.example>",
    ],
)
def test_usual_texts_are_spared_the_sanitiser(text: str) -> None:
    assert spared(commonmark.to_html(text)) is not None


def test_texts_leave_no_memory_behind_them() -> None:
    text = "Un texte **assez** long, avec [un lien](/kits/x/).\n\n- a\n- b\n\n" * 20
    page = resource.getpagesize()

    def held() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * page

    for _ in range(100):
        commonmark.to_html(text)
    before = held()
    for _ in range(1000):
        commonmark.to_html(text)
    assert held() - before < 5_000_000


DOCUMENT_PIECES = [
    "a", " ", "\n", "\n\n", "- ", "1. ", "> ", "*", "**", "_", "`", "``", "    ", "[x](/a/b)", "[", "](", "/x)", ")",
    "![", "!", "[^1]", "[^1]: x\n", "^", "<b>", "</b>", "<div markdown>\n", "</div>\n", "&lt;", "&#33;", "&#91;",
    "!!! note\n    ", "??? note\n    ", '=== "x"\n    ', "|a|b|\n|-|-|\n|", "|", "\\", "\\|", "```\n", "[r]: /x\n",
    "[x][r]", "*[x]: y\n", "x", "# ", "\n===\n", "{: #a .b}", "<https://a.example>", "<a@b.example>", "  \n", ": ",
    "- [ ] ",
]  # fmt: skip


@given(st.lists(st.sampled_from(DOCUMENT_PIECES), max_size=20).map("".join))
def test_signs_that_stand_elsewhere_in_a_document_change_nothing_of_its_beginning(text: str) -> None:
    """All patterns and all processors are tried on a document that holds all their signs."""
    beginning = f"{text}\n\n## Fin {{: #fin }}\n\n"
    others = "`z` \\* z[^9] ![z](z.jpg) <https://z.example> &amp; !!! ??? === | > *[ : [z9]: z\n"
    alone = render_document(beginning).html.partition("Fin")[0]
    among = render_document(beginning + others).html.partition("Fin")[0]
    assert alone == among
