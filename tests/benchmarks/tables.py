"""Measures as Markdown tables that line up in plain text too."""

from collections.abc import Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a Markdown table."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in (head, *rows)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def seconds(value: float) -> str:
    """Give a time with two significant decimals where they matter."""
    return f"{value:.2f} s"


def megabytes(value: float) -> str:
    """Give a number of bytes in MB (10^6)."""
    return f"{value / 1e6:.0f} MB"


def ratio(value: float) -> str:
    """Give a ratio."""
    return f"{value:.1f}"
