"""Counting the network without showing anyone: `data/network.yml`.

A count below the threshold is hidden, and so are as many others as it takes for the hidden ones, which anyone can
add up by subtracting from the total, to be several and to reach the threshold together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from generator.campaign.faults import Fault
from generator.campaign.models.network import FormCount, MonthCount, NeighbourhoodCount, Network
from generator.campaign.sources import decode, parse

from .archive import Signup

FILE = "data/network.yml"

HEAD = """# Écrit par « ville signups tally » : ne pas modifier à la main.
# Un nombre absent reste caché : il est plus petit que le seuil, ou permettrait d'en calculer un qui l'est.
"""


def count(found: Iterable[Signup], neighbourhoods: Sequence[str], threshold: int, today: date) -> Network:
    """Count sign-ups by form, by neighbourhood, by month, hiding what is too small."""
    by_form: dict[str, list[Signup]] = {}
    for signup in found:
        if signup.counts:
            by_form.setdefault(signup.place.form, []).append(signup)
    forms = (_count_form(name, by_form[name], neighbourhoods, threshold, today) for name in sorted(by_form))
    return Network(date=today, threshold=threshold, forms=tuple(forms))


def hide(counts: Mapping[str, int], threshold: int) -> dict[str, int | None]:
    """Give counts with None for those that must not show, given that their total shows."""
    shown = {name: number for name, number in counts.items() if number >= threshold}
    while shown and len(counts) - len(shown) > 0:
        hidden = [number for name, number in counts.items() if name not in shown]
        if len(hidden) > 1 and sum(hidden) >= threshold:
            break
        del shown[min(shown, key=lambda name: (shown[name], name))]
    return {name: shown.get(name) for name in counts}


def is_of_today(root: Path, today: date) -> bool:
    """Tell whether the tally was made today already: it changes at most once a day, so that nobody's coming shows."""
    try:
        value = parse(decode((root / FILE).read_bytes()))
    except (OSError, Fault):
        return False
    return isinstance(value, dict) and value.get("date") == today.isoformat()


def write(root: Path, network: Network) -> None:
    """Write the tally, whole or not at all."""
    lines = [
        HEAD,
        f"date: {network.date.isoformat()}",
        f"threshold: {network.threshold}",
        "forms:" if network.forms else "forms: []",
    ]
    for form in network.forms:
        lines += [f"  - form: {form.form}", *_number(form.count, "    ")]
        lines.append("    neighbourhoods:" if form.neighbourhoods else "    neighbourhoods: []")
        for place in form.neighbourhoods:
            lines += [f"      - neighbourhood: {place.neighbourhood}", *_number(place.count, "        ")]
        lines.append("    months:" if form.months else "    months: []")
        for month in form.months:
            lines += [f'      - month: "{month.month}"', *_number(month.count, "        ")]
    target = root / FILE
    waiting = target.with_name(".network.yml.tmp")
    waiting.write_text("\n".join(lines) + "\n", "utf-8")
    waiting.replace(target)


def _count_form(
    name: str, found: Sequence[Signup], neighbourhoods: Sequence[str], threshold: int, today: date
) -> FormCount:
    total = len(found)
    if total < threshold:
        return FormCount(form=name)
    places = Counter(signup.neighbourhood or "" for signup in found)
    months = Counter(signup.place.month for signup in found)
    # The « no neighbourhood » group is not published, but can be worked out like any other.
    by_place = hide(
        {place: places[place] for place in [*neighbourhoods, *sorted(set(places) - set(neighbourhoods))]}, threshold
    )
    by_month = hide(
        {month: months[month] for month in _span(min(months), max(*months, today.strftime("%Y-%m")))}, threshold
    )
    return FormCount(
        form=name,
        count=total,
        neighbourhoods=tuple(
            NeighbourhoodCount(neighbourhood=place, count=by_place[place])
            for place in neighbourhoods
            if any(filter(None, places))
        ),
        months=tuple(MonthCount(month=month, count=number) for month, number in by_month.items()),
    )


def _span(first: str, last: str) -> list[str]:
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]


def _number(number: int | None, indent: str) -> list[str]:
    return [] if number is None else [f"{indent}count: {number}"]
