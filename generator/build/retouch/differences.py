"""In what records read again differ from what they were, as far as others can see."""

from collections.abc import Callable
from typing import NamedTuple

from generator.campaign.models import KINDS
from generator.campaign.outline import Key

from .rereading import Reread, State


class Differences(NamedTuple):
    """Tells where a record is not as it was; `then` and `now` are the moments in POSIX seconds."""

    anew: Reread
    then: float
    now: float

    def in_name(self, key: Key) -> bool:
        """Tell whether it bears another title, came or went."""
        return self._differ(key, lambda state, now: state.outline.title)

    def in_lists(self, key: Key) -> bool:
        """Tell whether it stands elsewhere in lists, or under another title."""
        return self._differ(key, _in_lists)

    def among_others(self, key: Key) -> bool:
        """Tell whether it stands elsewhere on other records' pages."""
        return self._differ(key, _among_others)

    def on_its_page(self, key: Key) -> bool:
        """Tell whether its own page shows other records, or bears another title."""
        return self._differ(key, _on_its_page)

    def in_feeds(self, key: Key) -> bool:
        """Tell whether it stands elsewhere in feeds that told of it, and do."""
        return self._differ(key, lambda state, now: (state.sketch.published, state.outline.neighbourhoods))

    def _differ(self, key: Key, seen: Callable[[State, float], object]) -> bool:
        before, after = self.anew.before.get(key), self.anew.after.get(key)
        return (before and seen(before, self.then)) != (after and seen(after, self.now))


def names(state: State | None) -> set[Key]:
    """Give the records that one names."""
    return {(named.kind, named.id) for named in state.outline.names if named.kind in KINDS} if state else set()


def _phase(state: State, now: float) -> object:
    outline, sketch, _ = state
    return outline.shown, sketch.order, outline.kind == "event" and sketch.end > now, sketch.weight


def _in_lists(state: State, now: float) -> object:
    outline, sketch, _ = state
    return _phase(state, now), outline.title, outline.neighbourhoods, outline.themes, sketch.group, sketch.facets


def _among_others(state: State, now: float) -> object:
    return _phase(state, now), [(named.place[0], named.kind, named.id) for named in state.outline.names]


def _on_its_page(state: State, now: float) -> object:
    return _among_others(state, now), state.outline.title, state.outline.aliases
