"""撤销 and 重做 from the status line, choices that stick, refusals as sentences, and the keys that work everywhere."""

from __future__ import annotations

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.services import lists, rosters, settings
from jiafang_desktop.services.settings import Settings
from ui.desk import ENTRIES


def ask(clerk: Clerk, verb: object, *args: object, **named: object) -> object:
    answers: list[object] = []
    clerk.main.ctx.tasks.run(verb, *args, **named).then(answers.append)  # type: ignore[arg-type]  # any verb
    clerk.until(lambda: answers)
    return answers[0]


def people(clerk: Clerk) -> int:
    from jiafang_desktop.domain.cadres import CadreQuery

    index = ask(clerk, lists.cadre_index, CadreQuery())
    assert isinstance(index, lists.CadreIndex)
    return index.total


def names_nobody_in_titles(clerk: Clerk, name: str) -> None:
    """The system shows and keeps titles of windows."""
    page = clerk.page
    clerk.until(lambda: page.current() is not None)
    for open_it, dialog_name in ((page.edit, "dialog_cadre"), (page.delete, "dialog_delete_person")):
        open_it()
        dialog = clerk.dialog(dialog_name)
        assert name not in dialog.windowTitle()
        dialog.reject()


def test_a_person_added_by_hand_is_taken_back_and_brought_again(clerk: Clerk) -> None:
    clerk.click("nav_roster")
    clerk.on_page("roster")
    assert not clerk.find("button_undo").isEnabled()
    clerk.click("button_add_empty")
    dialog = clerk.dialog("dialog_cadre")
    clerk.type("field_cadre_name", "张建国", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.main.desk.status.undo.text() == "撤销：添加人员")
    assert people(clerk) == 1
    names_nobody_in_titles(clerk, "张建国")
    clerk.click("button_undo")
    clerk.until(lambda: clerk.said() == "已撤销：添加人员")
    assert people(clerk) == 0
    assert not clerk.find("button_undo").isEnabled()
    clerk.click("button_redo")
    clerk.until(lambda: clerk.said() == "已重做：添加人员")
    assert people(clerk) == 1


def test_an_act_that_was_changed_since_is_refused_in_a_sentence(clerk: Clerk) -> None:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    clerk.click("check_label", page)
    clerk.until(lambda: clerk.said() == "改了附件号")
    ask(clerk, settings.change, by=clerk.main.ctx.operator, label_on_record=False)
    ask(clerk, settings.change, by=clerk.main.ctx.operator, label_on_record=True)
    clerk.click("button_undo")
    dialog = clerk.dialog("dialog_error")
    assert clerk.find("message_head", dialog).text()  # type: ignore[attr-defined]  # a label
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: not clerk.main.desk.status.undo.isEnabled())


def test_choices_are_stored_at_once_and_shown_again(clerk: Clerk) -> None:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    clerk.click("check_date_blank", page)
    page.shift_x.setFocus()
    page.shift_x.selectAll()
    for digit in "1.5":
        clerk.key(getattr(Qt.Key, f"Key_{digit}") if digit != "." else Qt.Key.Key_Period)
    clerk.key(Qt.Key.Key_Tab)
    clerk.until(lambda: clerk.said() == "改了打印位置")
    known = ask(clerk, settings.read)
    assert isinstance(known, Settings)
    assert known.date_blank and known.offset_mm == (1.5, 0.0)
    clerk.until(lambda: clerk.main.ctx.offset_mm == (1.5, 0.0))
    clerk.click("button_undo")
    clerk.until(lambda: page.shift_x.value() == 0.0)
    clerk.click("button_check_data", page)
    clerk.until(lambda: "没有问题" in page.data.result.text())


def test_a_new_password_needs_the_present_one(clerk: Clerk) -> None:
    from clerk import PASSWORD

    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    page.scroll.verticalScrollBar().setValue(page.scroll.verticalScrollBar().maximum())
    clerk.click("button_change_password", page)
    dialog = clerk.dialog("dialog_password")
    clerk.type("field_present_password", "wrong-one-2026", dialog)
    clerk.type("field_new_password", "another-one-2026", dialog)
    clerk.type("field_new_password_again", "another-one-2026", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.find("dialog_error", dialog).text().startswith("密码不对"))  # type: ignore[attr-defined]
    clerk.find("field_present_password", dialog).setText(PASSWORD)  # type: ignore[attr-defined]
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.said() == "密码已修改，下次打开时用新密码")


def test_a_refusal_is_a_sentence_with_its_next_step_and_details_folded(clerk: Clerk) -> None:
    error = UserError("disk_full", "磁盘已满，没有存上。", hint="请清空回收站。再存一次。", details={"free": 0})
    clerk.main.ctx.error(error, clerk.page)
    dialog = clerk.dialog("dialog_error")
    assert clerk.find("message_head", dialog).text() == "磁盘已满，没有存上"  # type: ignore[attr-defined]
    assert not any(w.isVisible() for w in dialog.findChildren(object, "message_details"))  # type: ignore[call-overload]
    clerk.click("dialog_ok", dialog)


@pytest.mark.usefixtures("loud_log")
def test_a_defect_is_shown_once_and_the_window_lives_on(clerk: Clerk) -> None:
    def fails(_store: object) -> None:
        raise RuntimeError("x")

    clerk.main.ctx.tasks.run(fails)
    clerk.until(lambda: len(clerk.defects) == 1)
    clerk.defects.clear()
    clerk.click("nav_ledger")
    clerk.on_page("ledger")


def test_keys_go_to_pages_search_help_and_around_the_window(clerk: Clerk) -> None:
    content = CadreContent(name="何玉梅", unit="德政镇", post="民政办科员")
    ask(clerk, rosters.add_person, content, by=clerk.main.ctx.operator)
    control = Qt.KeyboardModifier.ControlModifier
    digits = {entry.page: getattr(Qt.Key, f"Key_{digit}") for digit, entry in enumerate(ENTRIES, start=1)}
    for page in (*digits, "workbench"):
        clerk.key(digits[page], control)
        clerk.on_page(page)
    clerk.key(Qt.Key.Key_F, control)
    clerk.until(clerk.find("field_find_anything").hasFocus)
    clerk.key(digits["roster"], control)
    clerk.on_page("roster")
    clerk.key(Qt.Key.Key_F, control)
    clerk.until(clerk.find("field_roster_search").hasFocus)
    clerk.key(Qt.Key.Key_F1)
    help_page = clerk.dialog("dialog_help")
    clerk.click("dialog_ok", help_page)
    clerk.main.activateWindow()
    clerk.key(Qt.Key.Key_F6)
    clerk.until(clerk.find("button_size").hasFocus)
    clerk.key(Qt.Key.Key_F6)
    clerk.until(clerk.find("nav_roster").hasFocus)
    clerk.key(Qt.Key.Key_Up)
    clerk.key(Qt.Key.Key_Return)
    clerk.on_page(ENTRIES[[entry.page for entry in ENTRIES].index("roster") - 1].page)
