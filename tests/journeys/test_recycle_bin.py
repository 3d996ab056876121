"""回收站: void records with their reasons behind a chip of the 家访 list, and back again, one or several."""

from __future__ import annotations

from datetime import date

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee
from jiafang_desktop.services import visits
from jiafang_desktop.store import Store


def fill(store: Store) -> None:
    """Four visits, two of them void."""
    made = []
    for day, name in ((1, "张建国"), (2, "李红梅"), (3, "高振华"), (4, "韩雪梅")):
        content = VisitContent(date=date(2026, 11, day), visitee=Visitee(name), leaders=(Leader("钱永和"),))
        made.append(visits.register(store, content, by=store.operator).id)
    visits.delete(store, made[1], reason="重复登记", by=store.operator)
    visits.delete(store, made[3], reason="写错了人", by=store.operator)


@pytest.fixture
def listing(clerk: Clerk) -> Clerk:
    """At the 家访 list of a year that has them."""
    clerk.main.ctx.tasks.run(fill)
    clerk.click("nav_visits")
    page = clerk.on_page("visits")
    page.filters.choose_year(2026)
    clerk.until(lambda: len(page.model.ids) == 4)
    return clerk


def rows(clerk: Clerk) -> list[tuple[str, str]]:
    page = clerk.page
    found = [page.model.row(place) for place in range(len(page.model.ids))]
    return [(row.visitee, row.matter) for row in found if row is not None]


def test_void_records_stand_behind_their_chip_with_the_reason_and_come_back_several_at_once(listing: Clerk) -> None:
    clerk = listing
    clerk.click("chip_void")
    clerk.until(lambda: rows(clerk) == [("韩雪梅", "写错了人，已作废"), ("李红梅", "重复登记，已作废")])
    count = clerk.find("visit_count")
    assert isinstance(count, QLabel) and count.text() == "作废 2 号，序号保留；选中后可恢复"
    clerk.page.table.view.setFocus()
    clerk.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not clerk.seen("button_print_ticked")
    clerk.click("button_restore_ticked")
    clerk.until(lambda: clerk.main.desk.status.undo.text() == "撤销：恢复 2 份作废的家访")
    clerk.until(lambda: clerk.page.model.ids == ())
    clerk.click("chip_all")
    clerk.until(lambda: len(rows(clerk)) == 4 and not clerk.seen("chip_void"))
    clerk.click("button_undo")
    clerk.until(lambda: clerk.seen("chip_void"))


def test_an_opened_void_record_says_why_and_one_click_brings_it_back(listing: Clerk) -> None:
    clerk = listing
    clerk.click("chip_void")
    clerk.until(lambda: len(rows(clerk)) == 2)
    page = clerk.page
    page.table.set_current(page.model.ids[0])
    page.table.view.setFocus()
    clerk.key(Qt.Key.Key_Return)
    clerk.on_page("visit")
    clerk.until(lambda: clerk.find("button_register").text() == "恢复")
    assert any("已作废：写错了人" in label.text() for label in clerk.page.panel.paper.findChildren(QLabel))
    clerk.click("button_register")
    clerk.until(lambda: clerk.page.visit is not None and clerk.page.visit.status == "registered")
    clerk.until(lambda: not clerk.seen("button_register"))
