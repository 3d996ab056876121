"""A second 经办人 comes: adding, rights, 停用, 换人登录, and that each sees and does what is his."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from clerk import PASSWORD, Clerk, StartProgram, password_file, second_account, set_up_office
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from jiafang_desktop.services import session

SECOND = "li-si-de-mi-ma-2026"


def settings(clerk: Clerk) -> Any:
    clerk.click("nav_settings")
    page = clerk.on_page("settings")
    page.scroll.ensureWidgetVisible(page.accounts)
    return page


def words(dialog: QDialog) -> str:
    label = dialog.findChild(QLabel, "dialog_error")
    assert label is not None
    return label.text()


def add(clerk: Clerk, name: str, password: str, *rights: str) -> None:
    """增加经办人 by hand."""
    clerk.click("button_add_account")
    dialog = clerk.dialog("dialog_account")
    clerk.type("field_account_name", name, dialog)
    clerk.type("field_new_password", password, dialog)
    clerk.type("field_new_password_again", password, dialog)
    for right in rights:
        clerk.click(f"check_right_{right}", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.said() == f"已增加经办人{name}" and clerk.main.ctx.tasks.is_idle)


def take_in_hand(page: Any, name: str) -> None:
    page.accounts.table.set_current(next(row.id for row in page.accounts.rows if row.account.name == name))


def choose(clerk: Clerk, button: str, action: str) -> None:
    """Open a menu and press one of its entries."""
    clerk.click(button)
    menu: QMenu = clerk.until(lambda: QApplication.activePopupWidget())
    entry = next(one for one in menu.actions() if one.objectName() == action)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())


def test_nothing_of_accounts_shows_before_there_is_a_second_one(clerk: Clerk) -> None:
    assert not clerk.seen("nav_operator")
    page = settings(clerk)
    assert "再添一位" in page.accounts.words.text()
    for name in ("table_accounts", "button_switch_account", "button_account_rights", "button_disable_account"):
        assert not clerk.seen(name)
    clerk.main.lock()
    assert not clerk.seen("button_switch")


def test_a_second_one_is_added_and_from_then_on_it_shows_who_is_at_work(clerk: Clerk) -> None:
    page = settings(clerk)
    clerk.click("button_add_account")
    dialog = clerk.dialog("dialog_account")
    clerk.click("dialog_ok", dialog)
    assert words(dialog) == "请写姓名。"
    clerk.type("field_account_name", "王敏", dialog)
    clerk.type("field_new_password", "short", dialog)
    clerk.click("dialog_ok", dialog)
    assert "还差 3 位" in words(dialog)
    clerk.type("field_new_password", "-but-longer", dialog)
    clerk.type("field_new_password_again", "short-but-longes", dialog)
    clerk.click("dialog_ok", dialog)
    assert "两次输入" in words(dialog)
    clerk.find("field_new_password_again", dialog).setText("short-but-longer")  # type: ignore[attr-defined]
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: "已经有叫“王敏”的经办人" in words(dialog))
    clerk.find("field_account_name", dialog).setText("李四")  # type: ignore[attr-defined]
    for name in ("field_new_password", "field_new_password_again"):
        clerk.find(name, dialog).setText(PASSWORD)  # type: ignore[attr-defined]
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: "这个密码不能用" in words(dialog))
    dialog.reject()
    add(clerk, "李四", SECOND, "approve")
    clerk.until(lambda: clerk.seen("table_accounts"))
    assert [(row.account.name, row.rights, row.state) for row in page.accounts.rows] == [
        ("王敏", "全部", "现在办理"), ("李四", "审批报送", "使用中"),
    ]  # fmt: skip
    assert not clerk.seen("accounts_words")
    assert clerk.find("nav_operator").text() == "王敏"  # type: ignore[attr-defined]


def test_rights_are_changed_and_the_owners_are_not(clerk: Clerk) -> None:
    page = settings(clerk)
    add(clerk, "李四", SECOND)
    take_in_hand(page, "王敏")
    assert not clerk.find("button_account_rights").isEnabled()
    take_in_hand(page, "李四")
    clerk.click("button_account_rights")
    dialog = clerk.dialog("dialog_rights")
    clerk.click("check_right_sensitive", dialog)
    clerk.click("check_right_approve", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.accounts.rows[1].rights == "查看限制内容、审批报送")


def test_one_is_put_out_and_comes_back_under_a_new_password(clerk: Clerk) -> None:
    page = settings(clerk)
    add(clerk, "李四", SECOND)
    take_in_hand(page, "李四")
    clerk.click("button_disable_account")
    clerk.click("dialog_ok", clerk.dialog("dialog_disable_account"))
    clerk.until(lambda: page.accounts.rows[1].state == "已停用")
    take_in_hand(page, "李四")
    clerk.click("button_enable_account")
    dialog = clerk.dialog("dialog_enable_account")
    clerk.type("field_new_password", "another-one-2027", dialog)
    clerk.type("field_new_password_again", "another-one-2027", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.accounts.rows[1].state == "使用中")
    folder = clerk.program.folder
    clerk.leave()
    store = session.open_store(folder, "another-one-2027")
    assert store.operator.name == "李四"
    store.close()


def test_the_last_one_cannot_be_put_out(clerk: Clerk) -> None:
    page = settings(clerk)
    add(clerk, "李四", SECOND)
    take_in_hand(page, "李四")
    clerk.click("button_disable_account")
    clerk.click("dialog_ok", clerk.dialog("dialog_disable_account"))
    clerk.until(lambda: page.accounts.rows[1].state == "已停用")
    take_in_hand(page, "王敏")
    clerk.click("button_disable_account")
    clerk.click("dialog_ok", clerk.dialog("dialog_disable_account"))
    error = clerk.dialog("dialog_error")
    assert "最后一个能用的账户" in error.findChild(QLabel, "message_head").text()  # type: ignore[union-attr]
    error.reject()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # a screen that is none has no keyboard to grab
def test_another_one_takes_the_place_and_what_was_being_typed_waits_for_its_author(clerk: Clerk) -> None:
    settings(clerk)
    add(clerk, "李四", SECOND)
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready and page.canvas.focused() == "date")
    page.canvas.cells["account"].setFocus()
    clerk.commit("送上镇党委的问候")
    choose(clerk, "nav_operator", "menu_switch")
    clerk.open_door(SECOND)
    clerk.on_page("workbench")
    clerk.until(lambda: clerk.seen("nav_operator"))
    assert clerk.find("nav_operator").text() == "李四"  # type: ignore[attr-defined]
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready)
    assert page.form["account"] == ""
    assert page.form["recorder"] == "李四"
    choose(clerk, "nav_operator", "menu_switch")
    clerk.open_door()
    page = clerk.on_page("workbench")
    clerk.until(lambda: page.bench is not None and len(page.bench.drafts) == 1)
    clerk.click("todo_1")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready)
    assert page.form["account"] == "送上镇党委的问候"


def test_who_may_not_change_accounts_sees_the_list_and_why_and_may_only_put_himself_out(
    start: StartProgram, tmp_path: Path
) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    second_account(folder, "李四", SECOND)
    clerk = start(folder)
    clerk.open_door(SECOND)
    clerk.on_page("workbench")
    page = settings(clerk)
    clerk.until(lambda: len(page.accounts.rows) == 2)
    assert "您的账户不能增减经办人" in page.accounts.words.text()
    for name in ("button_add_account", "button_account_rights", "button_enable_account"):
        assert not clerk.seen(name)
    take_in_hand(page, "王敏")
    assert not clerk.find("button_disable_account").isEnabled()
    take_in_hand(page, "李四")
    clerk.click("button_disable_account")
    clerk.click("dialog_ok", clerk.dialog("dialog_disable_account"))
    clerk.open_door(SECOND)
    clerk.until(lambda: clerk.seen("unlock_error"))
    clerk.find("field_password").clear()  # type: ignore[attr-defined]
    clerk.open_door()
    clerk.on_page("workbench")


def test_the_lock_sends_another_one_to_the_door_and_asks_before_an_unfinished_dialog_is_lost(
    start: StartProgram, tmp_path: Path
) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    second_account(folder, "李四", SECOND)
    clerk = start(folder, password=password_file(tmp_path))
    clerk.on_page("workbench")
    clerk.until(lambda: clerk.seen("nav_operator"))
    clerk.main.lock()
    clerk.type("field_password", SECOND)
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: "换人登录" in str(clerk.find("unlock_error").property("text")))
    clerk.find("field_password").setText(PASSWORD)  # type: ignore[attr-defined]
    clerk.click("button_unlock")
    clerk.until(lambda: not clerk.main.is_locked)
    settings(clerk)
    clerk.click("button_add_account")
    clerk.type("field_account_name", "赵五", clerk.dialog("dialog_account"))
    clerk.main.lock()
    clerk.click("button_switch")
    assert clerk.seen("lock_lost") and clerk.main.is_locked
    clerk.click("button_switch")
    clerk.open_door(SECOND)
    clerk.on_page("workbench")
    assert clerk.main.ctx.operator.name == "李四"
    assert not clerk.seen("dialog_account")


def test_handing_the_place_over_again_and_again_leaves_no_window_behind(start: StartProgram, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    set_up_office(folder)
    second_account(folder, "李四", SECOND)
    clerk = start(folder)
    counts = []
    for password in (PASSWORD, SECOND, PASSWORD, SECOND):
        clerk.open_door(password)
        clerk.on_page("workbench")
        settings(clerk)
        clerk.until(lambda: clerk.seen("button_switch_account"))
        clerk.click("button_switch_account")
        clerk.at("unlock_window")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        counts.append((len(QApplication.topLevelWidgets()), len(clerk.program.children())))
    assert counts[-1] == counts[0]
