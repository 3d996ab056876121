"""What the program does for itself while nobody waits; it changes no record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiafang_desktop.common.progress import LongVerb

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


def tidy(store: Store) -> LongVerb[int]:
    """Put the parts of the search index together, some milliseconds at a time; how many steps that took."""
    return (yield from store.tidy_search())
