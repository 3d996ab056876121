"""修改记录 as a clerk opens and reads it: from 更多, newest first, with the changed characters marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from editor_driver import EditorWindow
from editor_window import open_editor
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from jiafang_desktop.common import clock
from jiafang_desktop.services.visit_history import CellChange, HistoryEntry
from ui.dialogs.history import HistoryDialog, change_html, spoken


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[EditorWindow]:
    clock.set_clock(lambda: datetime(2026, 11, 24, 15, 42, tzinfo=UTC))
    with open_editor(tmp_path / "数据", qtbot) as opened:
        yield opened
    clock.set_clock(None)


def choose(window: EditorWindow, words: str) -> None:
    """An act of 更多, by the mouse."""
    window.click("button_more")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # a screen that is none has no keyboard to grab
def test_what_was_just_typed_stands_on_top_with_the_changed_characters_marked(window: EditorWindow) -> None:
    window.registered()
    window.focus("account")
    window.key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    window.ime("谈：思想稳定，担心照顾不好老人。")
    choose(window, "修改记录…")
    dialog = window.dialog("dialog_history")
    assert isinstance(dialog, HistoryDialog)
    assert [entry.act for entry in dialog.entries] == ["修改家访情况记录", "登记"]
    assert dialog.windowTitle() == "修改记录"
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "送上问候。<br>看：院落整洁。<u" in shown and "谈：思想稳定，担心照顾不好老人。</u>" in shown
    window.key(Qt.Key.Key_Escape)
    window.until(lambda: QApplication.activeModalWidget() is None)


def test_a_long_history_is_drawn_a_piece_at_a_time(qtbot: QtBot) -> None:
    at = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
    entries = [HistoryEntry(at, "王敏", f"修改 {place} 处") for place in range(2, 92)]
    dialog = HistoryDialog(entries)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.button_earlier.text().endswith("再往前看（还有 50 次）")
    QTest.mouseClick(dialog.button_earlier, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.button_earlier, Qt.MouseButton.LeftButton)
    assert not dialog.button_earlier.isVisible()
    assert dialog.findChild(QLabel) is not None


def test_words_of_a_cell_are_shown_as_text_whatever_stands_in_them() -> None:
    assert "&lt;b&gt;" in change_html(CellChange("事由", "", "<b>甲"))
    assert change_html(CellChange("事由", "甲", "")).endswith("空着</span>")
    assert "仅填写人及县委组织部可见" in change_html(CellChange("对领导的意见建议", "", "", hidden=True))


def test_an_entry_is_spoken_whole() -> None:
    at = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
    entry = HistoryEntry(at, "王敏", "更正", "原因：写错", (CellChange("家庭住址", "36号", "38号"),))
    assert spoken(entry) == "更正；原因：写错；2026.11.24 15:42 王敏；家庭住址：原来 36号，改为 38号"
