"""Ids of very many records in an order, packed: a million of them take 26 MB where a list of texts takes 85.

Only a sequence; which ids there are and in what order is asked of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

WIDTH = 26  # of an id (changes.new_record_id); records with other ids are kept as a plain tuple
_FEW = 20_000  # ids of which a table of places is worth its memory


class RecordIds(Sequence[str]):
    """Reads like a tuple of ids and equals one. Never changes."""

    __slots__ = ("_count", "_first", "_packed", "_table")

    def __init__(self, first: Iterable[str] = (), packed: str = "") -> None:
        self._first, self._packed = tuple(first), packed
        self._count = len(self._first) + len(packed) // WIDTH
        self._table: dict[str, int] | None = None

    @staticmethod
    def of(ids: Sequence[str]) -> RecordIds:
        """Any sequence of ids."""
        return ids if isinstance(ids, RecordIds) else RecordIds(ids)

    def with_first(self, ids: Iterable[str]) -> RecordIds:
        """The same with others in front."""
        return RecordIds((*ids, *self._first), self._packed)

    def place_of(self, name: str) -> int | None:
        """Where an id stands, None where it does not."""
        if len(self) <= _FEW:
            return self._by_name().get(name)
        if name in self._first:
            return self._first.index(name)
        at = self._packed.find(name) if len(name) == WIDTH else -1
        while at >= 0 and at % WIDTH:
            at = self._packed.find(name, at + 1)
        return len(self._first) + at // WIDTH if at >= 0 else None

    def places(self, names: Iterable[str]) -> dict[str, int]:
        """Where each of several ids stands; others are left out."""
        wanted = set(names)
        if len(self) <= _FEW or len(wanted) <= 8:
            found = {name: self.place_of(name) for name in wanted}
            return {name: place for name, place in found.items() if place is not None}
        return {name: place for place, name in enumerate(self) if name in wanted}

    def _by_name(self) -> dict[str, int]:
        if self._table is None:
            self._table = {name: place for place, name in enumerate(self)}
        return self._table

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self[at] for at in range(*place.indices(len(self))))
        at = place + self._count if place < 0 else place
        if not 0 <= at < self._count:
            raise IndexError(place)
        if at < len(self._first):
            return self._first[at]
        start = (at - len(self._first)) * WIDTH
        return self._packed[start : start + WIDTH]

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        for start in range(0, len(self._packed), WIDTH):
            yield self._packed[start : start + WIDTH]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.place_of(name) is not None

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RecordIds) and len(self._first) == len(other._first):
            return self._first == other._first and self._packed == other._packed
        if isinstance(other, RecordIds | tuple | list):
            return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))
        return NotImplemented

    def __hash__(self) -> int:
        return hash((len(self), self[0] if self else "", self[-1] if self else ""))

    def __repr__(self) -> str:
        return f"RecordIds({len(self)})"
