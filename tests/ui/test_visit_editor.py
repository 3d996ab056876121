"""A visit typed, registered, followed and filed in the record editor with real keys, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from editor_driver import EditorWindow
from editor_window import open_editor
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from jiafang_desktop.common import clock


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[EditorWindow]:
    clock.set_clock(lambda: datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    with open_editor(tmp_path / "数据", qtbot) as opened:
        yield opened
    clock.set_clock(None)


def test_a_whole_visit_is_typed_with_keys_and_registered(window: EditorWindow) -> None:
    window.open()
    window.type_visit()
    window.click("button_register")
    window.until(lambda: window.page.visit is not None)
    visit = window.page.visit
    assert visit is not None
    assert visit.number == 1
    assert visit.content.visitee.name == "张建国"
    assert visit.content.date == date(2026, 11, 3)
    assert visit.content.account == "送上问候。\n看：院落整洁。"
    leaders = [(leader.name, leader.post) for leader in visit.content.leaders]
    assert leaders == [("钱永和", "副镇长"), ("周文斌", "组织委员")]
    assert visit.content.ways == ("看", "听")
    assert visit.content.matter == "母亲患病"
    assert visit.status == "registered"
    assert not window.button("button_register").isVisible()
    assert window.button("button_print").isVisible()


def test_a_name_is_completed_from_the_roster_by_initials(window: EditorWindow) -> None:
    window.add_cadre(
        name="张建国", unit="德政镇", post="农业综合服务中心主任", address="东街36号", spouse_name="王秀兰",
        spouse_work="小学教师",
    )  # fmt: skip
    window.add_cadre(name="李红梅", unit="德政镇", post="民政办主任")
    window.open()
    window.focus("visitee_name")
    window.keys("zjg")
    window.until(lambda: window.page.completer.is_open)
    window.key(Qt.Key.Key_Return)
    form = window.page.form
    assert form["visitee_name"] == "张建国"
    assert (form["visitee_post"], form["address"]) == ("农业综合服务中心主任", "东街36号")
    assert (form["spouse_name"], form["spouse_work"]) == ("王秀兰", "小学教师")
    assert window.page.canvas.focused() == "visitee_post"
    window.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (form["visitee_name"], form["visitee_post"]) == ("zjg", "")


def test_a_leader_from_elsewhere_is_typed_freely(window: EditorWindow) -> None:
    window.add_cadre(name="周文斌强", unit="德政镇", post="组织委员")
    window.open()
    window.focus("leader_name")
    window.ime("周文斌")
    window.until(lambda: window.page.completer.is_open)
    window.key(Qt.Key.Key_Return)
    assert window.page.form["leader_name"] == "周文斌"
    assert window.page.canvas.focused() == "leader_post"


def test_the_list_of_names_leaves_a_composition_alone(window: EditorWindow) -> None:
    window.add_cadre(name="张建国", unit="德政镇")
    window.open()
    window.focus("visitee_name")
    window.ime("张")
    window.until(lambda: window.page.completer.is_open)
    window.ime("", preedit="jian")
    assert not window.page.completer.is_open
    window.key(Qt.Key.Key_Return)
    assert window.page.form["visitee_name"] == "张"


def test_what_was_typed_is_in_the_store_within_two_seconds_and_comes_back(window: EditorWindow) -> None:
    window.open()
    window.focus("account")
    window.ime("送上镇党委的问候")
    window.until(lambda: bool(window.drafts()), within_ms=2000)
    window.leave()
    window.open()
    window.until(lambda: window.page.form["account"] == "送上镇党委的问候")
    assert "已接着上次没写完的内容" in window.said
    assert window.page.canvas.cells["account"].text() == "送上镇党委的问候"


def test_a_date_that_does_not_exist_is_told_at_its_cell_and_not_registered(window: EditorWindow) -> None:
    window.open()
    window.type_visit(day="2026.2.30")
    window.click("button_register")
    assert "没有2月30日" in window.page.notes()["date"].text
    assert window.page.canvas.focused() == "date"
    assert window.page.visit is None


def test_a_missing_name_is_refused_at_the_cell(window: EditorWindow) -> None:
    window.open()
    window.focus("date")
    window.keys("11-3")
    window.click("button_register")
    window.until(lambda: "visitee_name" in window.page.notes())
    assert window.page.canvas.focused() == "visitee_name"


def test_a_number_already_taken_is_refused_at_the_cell(window: EditorWindow) -> None:
    window.open()
    window.type_visit(number="7")
    window.click("button_register")
    window.until(lambda: window.page.visit is not None)
    window.open(fresh=True)
    window.type_visit(number="7")
    window.click("button_register")
    window.until(lambda: "number" in window.page.notes())
    assert window.page.visit is None


def test_a_registered_visit_is_saved_when_the_cell_is_left(window: EditorWindow) -> None:
    visit_id = window.registered()
    window.focus("address")
    window.key(Qt.Key.Key_End)
    window.ime("（东院）")
    window.key(Qt.Key.Key_Tab)
    window.until(lambda: (window.stored(visit_id).content.visitee.address or "").endswith("（东院）"))
    window.until(lambda: not window.drafts())


def test_typing_on_while_a_save_is_under_way_loses_nothing(window: EditorWindow) -> None:
    visit_id = window.registered()
    window.focus("address")
    window.ime("甲")
    window.key(Qt.Key.Key_Tab)
    window.ime("刘红")
    window.key(Qt.Key.Key_Tab)
    window.ime("县医院护士")
    window.key(Qt.Key.Key_Tab)
    window.until(lambda: window.stored(visit_id).content.visitee.spouse_work == "县医院护士")
    window.until(lambda: not window.drafts())
    visitee = window.stored(visit_id).content.visitee
    assert visitee.spouse_name == "刘红"
    assert "甲" in (visitee.address or "")


def test_leaving_the_page_in_the_middle_of_a_cell_saves_it(window: EditorWindow) -> None:
    visit_id = window.registered()
    window.focus("resolution")
    window.ime("已协调解决")
    window.leave()
    window.until(lambda: window.stored(visit_id).content.resolution == "已协调解决")


def test_problems_are_added_resolved_and_open_the_gate(window: EditorWindow) -> None:
    visit_id = window.registered()
    window.click("button_archive")
    gate = window.dialog("dialog_archive_gate")
    texts = [button.text() for button in gate.findChildren(QPushButton)]
    assert any("问题" in text for text in texts)
    assert any("问题解决情况" in text for text in texts)
    window.click_in(gate, "missing_resolution")
    assert window.page.canvas.focused() == "resolution"
    window.click("button_add_problem")
    dialog = window.dialog("dialog_problem")
    window.type_in(dialog, "field_problem_text", "夜间值班过多")
    window.click_in(dialog, "dialog_ok")
    window.until(lambda: len(window.stored(visit_id).problems) == 1)
    window.until(lambda: window.page.findChild(QAbstractButton, "problem_1_resolve") is not None)
    window.click("problem_1_resolve")
    dialog = window.dialog("dialog_resolve")
    window.type_in(dialog, "field_resolve_text", "调整为每月两次")
    window.click_in(dialog, "dialog_ok")
    window.until(lambda: window.page.visit is not None and window.page.visit.status == "ready")
    window.click("button_archive")
    dialog = window.dialog("dialog_archive")
    window.click_in(dialog, "dialog_ok")
    assert dialog.findChild(QLabel, "dialog_error").text() == "请写纸质件放在哪里。"
    window.type_in(dialog, "field_paper_at", "党政办文件柜")
    window.click_in(dialog, "dialog_ok")
    window.until(lambda: window.stored(visit_id).status == "archived")
    window.until(lambda: window.page.canvas.cells["account"].isReadOnly())


def test_a_correction_left_before_it_was_saved_goes_on_with_its_reason(window: EditorWindow) -> None:
    visit_id = window.archived()
    window.page.acts.correct()
    dialog = window.dialog("dialog_correct")
    window.type_in(dialog, "field_reason", "漏写一句")
    window.click_in(dialog, "dialog_ok")
    window.until(lambda: window.page.correcting is not None)
    window.focus("account")
    window.ime("补一句。")
    typed = window.page.form["account"]
    window.leave()
    window.open(fresh=True)
    window.open(visit_id=visit_id)
    assert window.page.correcting == "漏写一句"
    assert window.page.form["account"] == typed
    assert window.said[-1] == "已接着上次没写完的更正"
    window.page.acts.save()
    window.until(lambda: window.page.correcting is None and window.stored(visit_id).content.account == typed)
    window.open(visit_id=visit_id)
    assert window.page.correcting is None


def test_an_archived_record_is_corrected_with_a_reason(window: EditorWindow) -> None:
    visit_id = window.archived()
    window.page.acts.correct()
    dialog = window.dialog("dialog_correct")
    window.type_in(dialog, "field_reason", "门牌号写错")
    window.click_in(dialog, "dialog_ok")
    window.focus("address")
    window.key(Qt.Key.Key_End)
    window.ime("东院")
    window.click("button_register")
    window.until(lambda: (window.stored(visit_id).content.visitee.address or "").endswith("东院"))
    window.until(lambda: window.page.canvas.cells["address"].isReadOnly())


def test_a_record_is_made_void_with_a_reason_and_restored(window: EditorWindow) -> None:
    visit_id = window.registered()
    window.page.acts.void()
    dialog = window.dialog("dialog_void")
    window.type_in(dialog, "field_reason", "重复登记")
    window.click_in(dialog, "dialog_ok")
    window.until(lambda: window.stored(visit_id).status == "void")
    window.until(lambda: window.page.visit is not None and window.page.visit.deleted)
    window.page.acts.restore()
    window.until(lambda: window.stored(visit_id).status != "void")


def test_the_papers_state_is_ticked_with_its_date(window: EditorWindow) -> None:
    visit_id = window.registered()
    window.click("mark_printed")
    window.until(lambda: window.stored(visit_id).paper.printed_on == date(2026, 11, 24))
    window.until(lambda: "11.24" in window.button("mark_printed").accessibleName())


def test_everything_a_person_touches_has_a_name_for_robots_and_for_screen_readers(window: EditorWindow) -> None:
    window.open()
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for widget in window.page.findChildren(kind)
        if not widget.objectName().startswith("qt_") and not (widget.objectName() and widget.accessibleName())
    ]
    assert nameless == []
