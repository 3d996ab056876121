"""A pair of hands for the record editor: finds widgets by their names, clicks, types and commits Chinese.

How the page gets its store and context stands in editor_window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from jiafang_desktop.domain.visits import Visit
from ui.pages.visit_editor import VisitEditorPage


class EditorWindow:
    """``stored``, ``drafts``, ``add_cadre`` are given by whoever opened the store."""

    def __init__(
        self, page: VisitEditorPage, qtbot: QtBot, *, said: list[str], stored: Callable[[str], Visit],
        drafts: Callable[[], list[Any]], add_cadre: Callable[..., None],
    ) -> None:  # fmt: skip
        self.page, self.said, self.stored, self.drafts, self.add_cadre = page, said, stored, drafts, add_cadre
        self._qtbot = qtbot

    # -- waiting and finding -------------------------------------------------------------------------------------

    def until(self, happened: Callable[[], bool], *, within_ms: int = 5000) -> None:
        self._qtbot.waitUntil(happened, timeout=within_ms)

    def button(self, name: str) -> QAbstractButton:
        found = self.page.findChild(QAbstractButton, name)
        assert found is not None, name
        return found  # type: ignore[return-value]  # findChild gives an object

    def dialog(self, name: str) -> QDialog:
        def shown() -> list[QDialog]:
            tops = QApplication.topLevelWidgets()
            return [w for w in tops if isinstance(w, QDialog) and w.objectName() == name and w.isVisible()]

        self.until(lambda: bool(shown()))
        return shown()[0]

    # -- acting --------------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        self.page.opened(**where)
        self.until(lambda: self.page.is_ready and self.page.canvas.focused() is not None)

    def leave(self) -> None:
        assert self.page.may_leave()

    def focus(self, cell: str) -> None:
        self.page.window().activateWindow()
        QTest.mouseClick(self.page.canvas.cells[cell].viewport(), Qt.MouseButton.LeftButton)
        self.until(lambda: self.page.canvas.focused() == cell)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(_focus(), key, held)

    def keys(self, text: str) -> None:
        QTest.keyClicks(_focus(), text)

    def ime(self, text: str, preedit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(text)
        QApplication.sendEvent(_focus(), event)

    def click(self, name: str) -> None:
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def click_in(self, dialog: QDialog, name: str) -> None:
        found = dialog.findChild(QAbstractButton, name)
        assert isinstance(found, QAbstractButton), name
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def type_in(self, dialog: QDialog, name: str, text: str) -> None:
        found = dialog.findChild(QWidget, name)
        assert isinstance(found, QLineEdit | QPlainTextEdit), name
        found.setFocus()
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(found, event)

    # -- whole visits --------------------------------------------------------------------------------------------

    def type_visit(self, *, day: str = "11-3", number: str = "") -> None:
        """A whole sheet as a clerk types it, cell by cell with Enter and Tab, then the ticks."""
        self.focus("date")
        self.keys(day)
        self.key(Qt.Key.Key_Return)
        self.keys(number)
        self.key(Qt.Key.Key_Return)
        for text in ("张建国", "农业综合服务中心主任", "魏县德政镇东街村建设路36号", "王秀兰", "德政镇中心小学教师"):
            self.ime(text)
            self.key(Qt.Key.Key_Tab)
        self.ime("送上问候。")
        self.key(Qt.Key.Key_Return)
        self.ime("看：院落整洁。")
        self.key(Qt.Key.Key_Tab)
        self.key(Qt.Key.Key_Tab)
        self.ime("钱永和、周文斌")
        self.key(Qt.Key.Key_Return)
        self.ime("副镇长")
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        self.ime("组织委员")
        self.key(Qt.Key.Key_Tab)
        assert _focus().objectName() == "field_matter"
        self.ime("母亲患病")
        self.click("way_listen")
        self.click("way_look")

    def registered(self) -> str:
        self.open(fresh=True)
        self.type_visit()
        self.click("button_register")
        self.until(lambda: self.page.visit is not None and self.page.is_ready)
        assert self.page.visit is not None
        return self.page.visit.id

    def archived(self) -> str:
        visit_id = self.registered()
        self.focus("resolution")
        self.ime("无")
        self.click("check_nothing_to_solve")
        self.page.acts.commit()
        self.until(lambda: self.stored(visit_id).status == "ready")
        self.until(lambda: self.page.visit is not None and self.page.visit.status == "ready")
        self.click("button_archive")
        dialog = self.dialog("dialog_archive")
        self.type_in(dialog, "field_paper_at", "党政办文件柜")
        self.click_in(dialog, "dialog_ok")
        self.until(lambda: self.page.visit is not None and self.page.visit.status == "archived")
        return visit_id


def _focus() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused
