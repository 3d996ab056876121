"""恢复 of several void records at once: one transaction, each under its own number."""

from __future__ import annotations

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import batches, undo, visits
from jiafang_desktop.store import Store


def test_void_records_come_back_together_and_that_can_be_undone(office: Store) -> None:
    ids = [visits.register(office, visit(), by=office.operator).id for _ in range(3)]
    for rec in ids[:2]:
        visits.delete(office, rec, reason="重复登记", by=office.operator)
    changes = batches.restore(office, ids, by=office.operator)
    assert changes.ids("visit") == tuple(ids[:2])
    assert [(visits.show(office, rec).number, visits.show(office, rec).deleted) for rec in ids] == [
        (1, False), (2, False), (3, False),
    ]  # fmt: skip
    with pytest.raises(UserError) as refusal:
        batches.restore(office, ids, by=office.operator)
    assert refusal.value.code == "nothing_to_do"
    undo.undo(office, changes, by=office.operator)
    assert visits.show(office, ids[0]).delete_reason == "重复登记"
