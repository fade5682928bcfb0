import re

from generator.site.material import content_styles


def test_written_content_is_laid_out_from_either_side() -> None:
    styles = content_styles(used_by="")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", styles)
    lists = [body for head, body in rules if re.search(r"\.md-typeset (?:ul|ol) li(?:,|$)", head)]
    assert "margin-inline-start:1.25em" in lists
    quotes = "".join(body for head, body in rules if head.endswith(".md-typeset blockquote"))
    assert "border-inline-start" in quotes
    assert "[dir=ltr]" not in styles
    physical = re.compile(r"(?:margin|padding)-(?:left|right):(?!0[;}]|auto)")
    assert [head for head, body in rules if physical.search(body) and "typeset ul" in head] == []
