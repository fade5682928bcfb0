"""Where each value of a YAML text stands."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count

from .faults import Fault, Path


class Places:
    """Where each value of a YAML text stands; a text with errors is known up to the first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._names: dict[Path, tuple[int, int]] = {}
        self._values: dict[Path, tuple[int, int]] = {}
        self._spans: dict[Path, tuple[int, int]] = {}
        self._is_read = False

    def name(self, path: Path) -> tuple[int, int]:
        """Give the line and column (from 1) of the field's name at `path`, or of the nearest place around it."""
        self._read()
        while path and path not in self._names and path not in self._values:
            path = path[:-1]
        return self._names.get(path) or self._values.get(path) or (1, 1)

    def value(self, path: Path) -> tuple[int, int]:
        """Give the line and column (from 1) of the value at `path`; for a group or a list, of its name."""
        self._read()
        return self._values.get(path) or self.name(path)

    def span(self, path: Path) -> tuple[int, int]:
        """Give the positions in the text where the value at `path` begins and ends; the whole text if unknown."""
        self._read()
        return self._spans.get(path, (0, len(self._text)))

    def _read(self) -> None:
        # Most texts have no problem, and nobody asks for a place in them.
        if not self._is_read:
            self._is_read = True
            with suppress(Fault):
                self._index()

    def _index(self) -> None:
        from yaml.events import SequenceStartEvent

        from .libyaml import BOUNDS, ENDS, STARTS, place, read_events
        from .sources import MAX_DEPTH

        groups: list[tuple[Path, Iterator[int] | None]] = []
        name: str | None = None
        for event in read_events(self._text):
            kind = type(event)
            if kind in ENDS:
                path, _ = groups.pop()
                self._spans[path] = (self._spans[path][0], event.end_mark.index)
                continue
            if kind in BOUNDS or len(groups) > MAX_DEPTH:
                continue
            path, positions = groups[-1] if groups else ((), None)
            if positions:
                path = (*path, next(positions))
            elif groups and name is None:
                name = getattr(event, "value", "")
                self._names[(*path, name)] = place(event)
                continue
            elif name is not None:
                path, name = (*path, name), None
            self._spans[path] = (event.start_mark.index, event.end_mark.index)
            if kind not in STARTS or positions or not path:
                self._values[path] = place(event)
            if kind in STARTS:
                groups.append((path, count() if kind is SequenceStartEvent else None))
