"""修改记录 of one visit as windows show it: its own changes, its problems' (removed ones too), scans' and signatures'.

The words are domain.history_words'; the contract's machine-readable history stays visits.history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiafang_desktop.domain import history_words
from jiafang_desktop.domain.history_words import CellChange, HistoryEntry
from jiafang_desktop.services import signature_pad

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

__all__ = ["CellChange", "HistoryEntry", "told"]


def told(store: Store, visit_id: str) -> tuple[HistoryEntry, ...]:
    """Everything that happened to a visit, newest first; what this account may not read is only named.

    Raises:
        UserError: ``not_found``.
    """
    visit = store.visits.get(visit_id)
    placed = history_words.visit_entries(store.history(visit_id))
    for rec in store.problems.ever_of(visit_id):
        placed += history_words.problem_entries(store.history(rec))
    placed += history_words.scan_entries(store.history(f"scan:{visit_id}"))
    placed += signature_pad.history(store, visit)
    return tuple(reversed(history_words.merged(placed)))
