"""What shares pieces of work out and gives their results back in order."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Mapper(Protocol):
    """Any `concurrent.futures.Executor` will do; that library is loaded by whoever needs other processes."""

    def map(self, fn: Callable[..., T], *iterables: Iterable[Any]) -> Iterator[T]:
        """Give the results in order."""
