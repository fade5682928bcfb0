"""Mappings whose values are found when they are wanted."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Asked(Mapping[K, V]):
    """A mapping that asks for each value when it is wanted."""

    def __init__(self, ask: Callable[[K], V], keys: Callable[[], Collection[K]]) -> None:
        self._ask = ask
        self._keys = keys

    def __getitem__(self, key: K) -> V:
        return self._ask(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())
