"""The unit is named anew, and another 密码找回单 takes the old one's place."""

from __future__ import annotations

from pathlib import Path

from clerk import PASSWORD, Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytest import MonkeyPatch

from jiafang_desktop.services import session


def test_a_unit_is_named_anew_everywhere_at_once(clerk: Clerk) -> None:
    clerk.click("nav_settings")
    clerk.on_page("settings")
    clerk.click("button_change_unit")
    dialog = clerk.dialog("dialog_unit")
    unit, ledger_unit = dialog.findChild(QLineEdit, "field_unit"), dialog.findChild(QLineEdit, "field_ledger_unit")
    assert unit is not None and ledger_unit is not None and unit.text() == "德政镇"
    unit.clear()
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: "照公章" in dialog.findChild(QLabel, "dialog_error").text())  # type: ignore[union-attr]
    unit.setText("中共魏县泊口镇委员会")
    ledger_unit.setText("泊口镇")
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.main.ctx.installation.own_ledger == "泊口镇")
    page = clerk.on_page("settings")
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    assert page.findChild(QLabel, "settings_unit").text() == "中共魏县泊口镇委员会"
    assert clerk.find("nav_unit").text() == "泊口镇"  # type: ignore[attr-defined]
    assert "泊口镇" in clerk.main.windowTitle()
    assert "泊口镇" in clerk.said()


def test_a_new_recovery_sheet_is_printed_before_the_old_one_is_void(
    clerk: Clerk, tmp_path: Path, monkeypatch: MonkeyPatch
) -> None:
    target = tmp_path / "找回单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    clerk.click("nav_settings")
    clerk.on_page("settings")
    clerk.click("button_new_recovery")
    dialog = clerk.dialog("dialog_recovery")
    clerk.type("field_present_password", PASSWORD, dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: clerk.seen("recovery_groups"))
    ok = clerk.find("dialog_ok", dialog)
    assert not ok.isEnabled()
    key = "-".join(dialog.panel.groups.groups)  # type: ignore[attr-defined]
    clerk.click("button_save_recovery", dialog)
    clerk.until(target.exists)
    clerk.click("check_recovery_kept", dialog)
    clerk.until(ok.isEnabled)
    QTest.mouseClick(ok, Qt.MouseButton.LeftButton)
    clerk.until(lambda: "旧单作废" in clerk.said())
    folder = clerk.program.folder
    clerk.leave()
    session.recover(folder, recovery_key=key, new_password="xin-dan-gai-mi-ma-2026")
    session.open_store(folder, "xin-dan-gai-mi-ma-2026").close()
