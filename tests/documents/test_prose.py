"""A text's tree for print: every word of it, and of its markup what paper can show."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.campaign.faults import Fault
from generator.campaign.markup import render_document
from generator.documents.prose import DEEPEST, Node, headed, tree, with_blanks, words


def of(markdown: str) -> list[Any]:
    html = render_document(markdown).html
    return tree(html, lambda target: f"https://ville.example{target}" if target else "", lambda source: source)


def kinds(nodes: list[Node]) -> list[str]:
    return [node if isinstance(node, str) else node["t"] for node in nodes]


def test_headings_never_skip_a_level() -> None:
    nodes = of("## Un\n\n#### Deux\n\n###### Trois\n\n# Quatre\n")
    assert [(node["level"], words(node)) for node in nodes] == [(2, "Un"), (3, "Deux"), (4, "Trois"), (2, "Quatre")]


def test_a_footnote_stands_where_it_is_called() -> None:
    (paragraph,) = of("Le 1er juin[^a].\n\n[^a]: Sauf les jours **fériés**.\n")
    note = next(node for node in paragraph["c"] if node != "" and isinstance(node, dict) and node["t"] == "footnote")
    assert words(note).strip("\xa0") == "Sauf les jours fériés."


def test_a_superscript_is_no_footnote() -> None:
    (paragraph,) = of("Le 1er juin.\n\n- [ ] Une chose\n")[:1]
    assert {"t": "sup", "c": ["er"]} in paragraph["c"]


def test_links_lead_to_complete_addresses_and_anchors_to_headings() -> None:
    heading, paragraph = of("## Là\n\n[a](/kits/x/) [b](#la) [c](#ailleurs)\n")
    assert heading["id"] == "la"
    assert paragraph["c"] == [
        {"t": "link", "url": "https://ville.example/kits/x/", "c": ["a"]},
        " ",
        {"t": "goto", "id": "la", "c": ["b"]},
        " ",
        "c",
    ]


def test_tasks_know_what_is_done() -> None:
    (tasks,) = of("- [ ] À faire\n- [x] Fait\n")
    assert [(item["done"], words(item).strip()) for item in tasks["c"]] == [(False, "À faire"), (True, "Fait")]


def test_tabs_follow_each_other_under_their_titles() -> None:
    nodes = of('=== "Au jaune"\n\n    Un.\n\n=== "Au rouge"\n\n    Deux.\n')
    assert [(words({"c": node["title"]}), words(node)) for node in nodes] == [
        ("Au jaune", "Un."),
        ("Au rouge", "Deux."),
    ]


def test_an_admonition_is_a_box_with_its_title() -> None:
    (box,) = of('!!! danger "Appelez le 15"\n    Tout de suite.\n')
    assert (box["kind"], box["title"], words(box)) == ("danger", ["Appelez le 15"], "Tout de suite.")


def test_a_table_has_as_many_cells_in_each_line() -> None:
    (table,) = of("| a | b |\n|---|---|\n| 1 |\n| une phrase assez longue pour deux lignes | 2 |\n")
    assert [len(row) for row in (*table["head"], *table["body"])] == [2, 2, 2]
    assert [share > 0 for share in table["shares"]] == [True, False]


def test_an_abbreviation_is_said_in_full_once() -> None:
    (paragraph,) = of("Le CCAS, oui le CCAS.\n\n*[CCAS]: centre communal\n")
    assert words(paragraph) == "Le CCAS (centre communal), oui le CCAS."


def test_lines_of_code_keep_their_spaces() -> None:
    (code,) = of("```\na\n  b\n```\n")
    assert code == {"t": "pre", "lines": ["a", "  b"]}


def test_blanks_stand_where_words_are_asked_for() -> None:
    paragraph: Any
    (paragraph,) = with_blanks(of("Dites-le à **[prénom]**, [téléphone].\n"))
    assert kinds(paragraph["c"]) == ["Dites-le à ", "strong", ", ", "blank", "."]
    assert paragraph["c"][1]["c"] == [{"t": "blank", "name": "prénom"}]


def test_a_first_line_is_the_headline_unless_it_is_to_be_filled_in() -> None:
    assert headed(of("**Il fait très chaud**\n\nJe bois.\n"))[0] == "Il fait très chaud"
    assert headed(of("Chez [prénom]\n\nJe bois.\n"))[0] == ""
    assert headed([])[0] == ""


@given(st.text(alphabet=" \n>-*_#`[]()!|:=abé1.~^", max_size=300))
def test_no_text_breaks_the_tree_or_makes_it_deeper_than_print_can_set(markdown: str) -> None:
    def depth(nodes: list[Node]) -> int:
        inner = [depth(node.get("c", [])) for node in nodes if isinstance(node, dict)]
        return 1 + max(inner, default=0)

    try:
        nodes = of(markdown)
    except Fault:
        return
    assert depth(nodes) <= 2 * DEEPEST
