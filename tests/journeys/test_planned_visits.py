"""计划家访: planned from a concern, the list and the roster, seen on the 工作台, done by the visit and open again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.services import concerns, plans, rosters, visits


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    clock.set_clock(lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    yield
    clock.set_clock(None)


def set_text(clerk: Clerk, name: str, text: str, within: Any) -> None:
    field = clerk.find(name, within)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def plan(clerk: Clerk, **changed: Any) -> str:
    data = {"visitee": {"name": "何玉梅"}, "when": "2026-11-28", "leaders": ["钱永和"]} | changed
    found = ask(clerk, plans.add, data, by=clerk.main.ctx.operator)
    return str(found.id)  # type: ignore[attr-defined]


def test_a_planned_visit_is_recorded_in_one_click_and_opens_again_when_the_visit_is_made_void(clerk: Clerk) -> None:
    plan(clerk)
    bench = clerk.on_page("workbench")
    clerk.click("number_plans", bench)
    clerk.until(lambda: clerk.seen("todo_1"))
    row = bench.rows.rows[0].words
    assert (row.visitee, row.limit, row.is_overdue) == ("何玉梅", "计划 11.28　4 天后", False)
    assert "星期六，休息日" in row.to_do
    clerk.click("todo_1", bench)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.is_ready and editor.form["visitee_name"] == "何玉梅")
    assert editor.form["leader_name"] == "钱永和"
    assert editor.form["date"] == ""  # the planned day is not the day it was made
    editor.canvas.cells["date"].setFocus()
    QTest.keyClicks(editor.canvas.cells["date"], "11-24")
    clerk.click("button_register", editor)
    clerk.until(lambda: editor.visit is not None and editor.visit.registered)
    visit = editor.visit.id
    clerk.click("nav_visits")
    page = clerk.on_page("visits")
    clerk.click("chip_plan", page)
    clerk.click("chip_plan_done", page)
    clerk.until(lambda: [one.state for one in page.plans.rows] == ["2026.11.24　第 1 号"])
    QTest.keyClick(page.plans.table.view, Qt.Key.Key_Return)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None and editor.visit.id == visit)

    ask(clerk, visits.delete, visit, reason="登记错了", by=clerk.main.ctx.operator)
    clerk.click("nav_workbench")
    bench = clerk.on_page("workbench")
    clerk.until(lambda: bench.bench is not None and len(bench.bench.plans) == 1)


def test_a_visit_is_planned_changed_dropped_and_brought_back(clerk: Clerk) -> None:
    clerk.click("nav_visits")
    page = clerk.on_page("visits")
    clerk.click("button_add_plan", page)
    form = clerk.dialog("dialog_plan")
    clerk.click("dialog_ok", form)
    assert "去谁家" in clerk.find("dialog_error", form).text()  # type: ignore[attr-defined]
    clerk.type("field_plan_name", "何玉梅", form)
    set_text(clerk, "field_plan_when", "10-1", form)
    clerk.until(lambda: "2027.10.1" in form.day.text())  # type: ignore[attr-defined]
    set_text(clerk, "field_plan_when", "2026.10.1", form)
    clerk.until(lambda: "国庆节放假" in form.day.text())  # type: ignore[attr-defined]
    set_text(clerk, "field_plan_leaders", "钱永和、周文斌", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: clerk.said() == "安排家访")
    clerk.until(lambda: len(page.plans.rows) == 1 and page.plans.isVisible())
    assert (page.plans.rows[0].state, page.plans.rows[0].leaders) == ("计划日已过", "钱永和、周文斌")

    QTest.keyClick(page.plans.table.view, Qt.Key.Key_Return)
    form = clerk.dialog("dialog_plan")
    set_text(clerk, "field_plan_when", "12月", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: page.plans.rows[0].when == "2026 年 12 月")
    assert page.plans.rows[0].state == "待家访"

    clerk.at("main_window")
    view = page.plans.table.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(0).center())
    QTest.keyClick(view, Qt.Key.Key_Delete)
    dialog = clerk.dialog("dialog_drop_plan")
    clerk.type("field_reason", "本人已调离", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.plans.rows[0].status == "dropped")
    assert page.plans.rows[0].note == "本人已调离"
    clerk.click("button_undo")
    clerk.until(lambda: page.plans.rows[0].status == "open")


def test_a_concern_and_a_person_of_the_roster_are_planned_for(clerk: Clerk) -> None:
    operator = clerk.main.ctx.operator
    person = CadreContent("何玉梅", unit="德政镇", section="财政所", post="会计", address="东街12号")
    ask(clerk, rosters.add_person, person, by=operator)
    ask(clerk, concerns.add, {
        "cadre": {"name": "何玉梅", "unit": "德政镇"}, "source": "unit", "text": "母亲住院。", "priority": "illness",
    }, by=operator)  # fmt: skip
    clerk.click("nav_concerns")
    page = clerk.on_page("concerns")
    page.acts.plan(page.rows[0])
    form = clerk.dialog("dialog_plan")
    assert clerk.find("field_plan_name", form).text() == "何玉梅"  # type: ignore[attr-defined]
    clerk.type("field_plan_when", "12-3", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: clerk.said() == "安排家访")

    clerk.click("nav_roster")
    roster = clerk.on_page("roster")
    roster.table.set_current(roster.model.ids[0])
    clerk.click("button_plan_person", roster)
    form = clerk.dialog("dialog_plan")
    assert clerk.find("field_plan_post", form).text() == "财政所会计"  # type: ignore[attr-defined]
    clerk.type("field_plan_when", "12-9", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: clerk.said() == "安排家访")

    clerk.click("nav_visits")
    visits_page = clerk.on_page("visits")
    clerk.click("chip_plan", visits_page)
    clerk.until(lambda: [row.when for row in visits_page.plans.rows] == ["2026.12.3", "2026.12.9"])
    visits_page.plans.table.set_current(visits_page.plans.rows[0].id)
    clerk.click("button_record_plan", visits_page)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.is_ready and editor.form["visitee_name"] == "何玉梅")
    assert editor.form["address"] == "东街12号"
    assert len(editor.form["concerns"]) == 1
    assert editor.form["priority"] == "illness"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # a screen that is none has no keyboard to grab
def test_the_page_for_the_way_is_looked_at_from_the_plans_menu(clerk: Clerk) -> None:
    plan(clerk)
    clerk.click("nav_visits")
    page = clerk.on_page("visits")
    clerk.click("chip_plan", page)
    clerk.until(lambda: len(page.plans.rows) == 1)
    page.plans.table.context_wanted.emit(page.plans.rows[0].id, page.mapToGlobal(page.rect().center()))
    menu = clerk.until(lambda: next((m for m in page.plans.findChildren(QMenu, "plan_menu") if m.isVisible()), None))
    action = next(one for one in menu.actions() if one.objectName() == "menu_previsit")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    dialog = clerk.dialog("dialog_preview")
    words = "".join(run.text for sheet_page in dialog.pages._sheet.pages for run in sheet_page.runs)  # type: ignore[attr-defined]
    assert "何玉梅" in words and "钱永和" in words
    dialog.reject()
