"""Signatures given on the pad, as they are kept: which of them hold for what a record's form says now.

``signature:RECORD:SLOT`` is one signature. Nothing takes one away when the record changes: it was sealed with every
word of the form, and where one differs it is none (docs/decisions/0016). Giving and clearing is signature_pad's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jiafang_desktop.domain import signatures as rules
from jiafang_desktop.domain.signatures import Signature, Slot
from jiafang_desktop.domain.visits import Visit

if TYPE_CHECKING:
    from jiafang_desktop.store import Store

KIND = "signature"


def record_id(visit_id: str, slot: str) -> str:
    """The log's name for one signature."""
    return f"{KIND}:{visit_id}:{slot}"


def kept(store: Store, visit: Visit) -> list[tuple[Slot, Signature]]:
    """What was signed by those who sign the form now, whether it still holds or not."""
    found = []
    for slot in rules.slots(visit.content):
        signature = Signature.from_json(store.values.get(KIND, f"{visit.id}:{slot.key}"))
        if signature is not None:
            found.append((slot, signature))
    return found


def holding(store: Store, visit: Visit, words: Mapping[str, Any]) -> list[tuple[Slot, Signature]]:
    """Those that were given for exactly these printed words."""
    return [(slot, one) for slot, one in kept(store, visit) if rules.holds(one, visit.id, slot, words)]
