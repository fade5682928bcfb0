"""French typography: what it mends, and what it must never touch."""

import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.typography import NARROW, NO_BREAK, french, french_html, unbroken, unbroken_html


def shown(text: str) -> str:
    """Give a text with its no-break spaces made visible: `_` for the narrow one, `~` for the wide one."""
    return text.replace(NARROW, "_").replace(NO_BREAK, "~")


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ("Bonjour!", "Bonjour_!"),
        ("Bonjour !", "Bonjour_!"),
        ("Vraiment ?!", "Vraiment_?!"),
        ("Oui; non ; voilà", "Oui_; non_; voilà"),
        ("À savoir : ceci", "À savoir~: ceci"),
        ("de 08:30 à 12:00", "de 08:30 à 12:00"),
        ("(Qui?)", "(Qui_?)"),
        ("(?) et :-) et ;-)", "(?) et~:-) et_;-)"),
        ('Il dit "bonjour" et "au revoir".', "Il dit «_bonjour_» et «_au revoir_»."),
        ("« bonjour »", "«_bonjour_»"),
        ("«bonjour»", "«_bonjour_»"),
        ("«   bonjour\u00a0»", "«_bonjour_»"),
        ("L'été, l'automne...", "L’été, l’automne…"),
        ("24 000 habitants", "24_000_habitants"),
        ("1 234 567 euros", "1_234_567_euros"),
        ("90 % des 12 km", "90_% des 12_km"),
        ("12 moisson", "12 moisson"),
        ("02 61 91 00 12", "02~61~91~00~12"),
        ("0 800 06 66 66", "0~800~06~66~66"),
        ("+33 2 61 91 00 12", "+33~2~61~91~00~12"),
        ("la 2ème, la 3eme, la 4ième, la 1ère", "la 2e, la 3eme, la 4e, la 1re"),
        ("M. Petit et Mme Roux, MM. Un et Deux", "M.~Petit et Mme~Roux, MM.~Un et Deux"),
        ("M. et Mme", "M. et Mme"),
        ("n° 12, N°13", "n°~12, n°~13"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_people_type_becomes_what_printers_set(plain: str, right: str) -> None:
    assert shown(french(plain)) == right


@pytest.mark.parametrize(
    ("html", "right"),
    [
        ("<p>Bonjour <em>toi</em> !</p>", "<p>Bonjour <em>toi</em>_!</p>"),
        ('<p>"<em>Bonjour</em>"</p>', "<p>«_<em>Bonjour</em>_»</p>"),
        ("<p>le 1er mai, la 1re fois</p>", "<p>le 1<sup>er</sup> mai, la 1<sup>re</sup> fois</p>"),
        ("<p>le 2e, le XXe siècle</p>", "<p>le 2<sup>e</sup>, le XX<sup>e</sup> siècle</p>"),
        ("<p>21e, 1e, 0e, x1er, 1ers</p>", "<p>21<sup>e</sup>, 1e, 0e, x1er, 1<sup>ers</sup></p>"),
        ("<p>1erx, IIIe, Ve siècle</p>", "<p>1erx, IIIe, V<sup>e</sup> siècle</p>"),
        ("<code>a = \"b\" ; c ?</code> ; d", "<code>a = &quot;b&quot; ; c ?</code>_; d"),
        (
            '<pre><code class="x">"1er" ! <span class="y">\'</span></code></pre> l\'été',
            '<pre><code class="x">&quot;1er&quot; ! <span class="y">\'</span></code></pre> l’été',
        ),
        ('<a href="/x?a=\'1\'" title="l\'été !">l\'été !</a>', '<a href="/x?a=\'1\'" title="l\'été !">l’été_!</a>'),
        ("<p>Tom &amp; Jerry &lt;3 &gt; ?</p>", "<p>Tom &amp; Jerry &lt;3 &gt;_?</p>"),
        ('<p>12" de large</p>', "<p>12&quot; de large</p>"),
        ("<p>https://a.example/l'x?b;c! et l'x</p>", "<p>https://a.example/l'x?b;c_! et l’x</p>"),
    ],
)  # fmt: skip
def test_prose_in_html_is_mended_across_tags(html: str, right: str) -> None:
    assert shown(french_html(html)) == right


signs = st.text(alphabet="aM1e2 0.'\"«»!?;:…\u00a0\u202f()[]@/°%\n-èrm&<>", max_size=60)
pieces = st.sampled_from(
    [
        "1er",
        "2ème",
        "10 000",
        "02 61 91 00 12",
        '"',
        "«",
        "»",
        " ",
        "!",
        "M. ",
        "Été",
        "n°",
        "12 %",
        "www.a.example",
        "@",
    ]
)
texts = st.one_of(signs, st.text(max_size=60), st.lists(pieces, max_size=12).map("".join))


@given(texts)
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = french(text)
    assert french(once) == once


def letters(text: str) -> str:
    """Give a text's letters and figures; those of ordinals, which lose some by rule, apart."""
    return "".join(char for char in re.sub("(?<=[0-9])(?:[èei]*me|ère)", "e", text) if char.isalnum()).replace(
        "re", "e"
    )


@given(texts)
def test_no_letter_is_lost(text: str) -> None:
    assert letters(french(text)) == letters(text)


addresses = st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9'!;?&=._~:-]{0,12}[a-z0-9]", fullmatch=True)


@given(addresses, st.sampled_from(["Voir {}.", "({})", "« {} » !", '"{}"', "{}", "a {}, b ?"]))
def test_addresses_stay_as_they_are(address: str, sentence: str) -> None:
    assert address in french(sentence.format(address))
    assert "nom.prenom@ville.example" in french(sentence.format("nom.prenom@ville.example"))


markup = st.recursive(
    st.one_of(texts.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")), st.just("<br>")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        inner.map(lambda html: f"<em>{html}</em>"),
        inner.map(lambda html: f"<code>{html}</code>"),
        inner.map(lambda html: f'<a href="/x" title="l\'été ! &gt; &quot;">{html}</a>'),
        inner.map(lambda html: f"<pre>{html}</pre>"),
    ),
    max_leaves=8,
).map(nh3.clean)
CODE = re.compile(r"<(code|pre)>(?:.*?)</\1>", re.DOTALL)


@given(markup)
def test_html_keeps_its_tags_and_its_code(html: str) -> None:
    done = french_html(html)
    tags = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
    assert [tag for tag in tags.findall(done) if "sup" not in tag] == tags.findall(html)
    code = [match[0].replace('"', "&quot;") for match in CODE.finditer(re.sub('(?<==)"([^"]*)"', r"\1", html))]
    assert code == [match[0] for match in CODE.finditer(re.sub('(?<==)"([^"]*)"', r"\1", done))]


@given(markup)
def test_mending_html_twice_changes_nothing_more(html: str) -> None:
    once = french_html(html)
    assert french_html(once) == once


@given(markup)
def test_code_beside_a_text_changes_nothing_of_it(html: str) -> None:
    assert french_html(f"{html}<code>x</code>") == f"{french_html(html)}<code>x</code>"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("call 02 61 91 40 20", "call 02\u00a061\u00a091\u00a040\u00a020"),
        ("0 800 06 66 66", "0\u00a0800\u00a006\u00a066\u00a066"),
        ("12 34", "12 34"),
        ("it's 5 o'clock!", "it's 5 o'clock!"),
    ],
)
def test_in_any_language_the_parts_of_a_telephone_number_hold_together(written: str, right: str) -> None:
    assert unbroken(written) == right
    assert unbroken_html(f'<a title="{written}">{written}</a>') == f'<a title="{written}">{right}</a>'
