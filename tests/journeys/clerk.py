"""A clerk at a desk: starts the program, finds things by their names, clicks and types, waits for what shows.

Only file dialogs, printers and the clock are stood in for, and that by the tests themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from jiafang_desktop.services import accounts, session
from ui import theme
from ui.program import Program
from ui.shell import MainWindow

PASSWORD = "kao-shan-tun-2026"
_PATIENCE_MS = 20_000


def set_up_office(folder: Path) -> str:
    """A unit's fresh data; gives the recovery key."""
    created = session.create(
        folder, password=PASSWORD, role="unit", unit="德政镇", unit_type="township", county="魏县", operator="王敏"
    )
    created.store.close()
    return created.recovery_key


def second_account(folder: Path, name: str, password: str, *rights: str) -> None:
    """One more 经办人 in an office that is there and closed."""
    store = session.open_store(folder, PASSWORD)
    accounts.add(store, name, password, rights, by=store.operator)
    store.close()


def password_file(folder: Path) -> Path:
    """The password as acceptance hands it in."""
    path = folder / "密码.txt"
    path.write_text(PASSWORD + "\n", "utf-8")
    return path


class Clerk:
    """One start of the program; ``defects`` collects what should never happen."""

    def __init__(self, qtbot: QtBot, folder: Path, *, password: Path | None = None) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, scale=1.0)
        self.qtbot = qtbot
        self.defects: list[BaseException] = []
        self.program = Program(folder, password_file=password)
        self.program.show_defect = self.defects.append  # type: ignore[method-assign]  # a test reads it instead
        self.program.start()

    # -- looking -------------------------------------------------------------------------------------------------

    @property
    def window(self) -> QWidget:
        assert self.program.window is not None
        return self.program.window

    @property
    def main(self) -> MainWindow:
        window = self.window
        assert isinstance(window, MainWindow), window.objectName()
        return window

    @property
    def page(self) -> Any:
        return self.main.desk.page

    def until(self, happened: Callable[[], Any]) -> Any:
        """Wait for something to show and give it."""
        self.qtbot.waitUntil(lambda: bool(happened()), timeout=_PATIENCE_MS)
        return happened()

    def at(self, name: str) -> None:
        """Wait for a window."""
        self.until(lambda: self.program.window is not None and self.program.window.objectName() == name)
        self.window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is self.window)

    def on_page(self, name: str) -> Any:
        """Wait for a page in front with all its answers there."""
        self.at("main_window")
        self.until(lambda: self.main.desk.current == name and self.main.ctx.tasks.is_idle)
        return self.page

    def find(self, name: str, within: QWidget | None = None) -> QWidget:
        for found in (within or self.window).findChildren(QWidget, name):
            if found.isVisible():
                return found
        raise AssertionError(f"nothing visible is called {name}")

    def seen(self, name: str) -> bool:
        """Whether anything of that name shows, in this window or over it."""
        return any(w.objectName() == name and w.isVisible() for w in QApplication.allWidgets())

    def said(self) -> str:
        return self.main.desk.status.words

    def dialog(self, name: str) -> QDialog:
        def shown() -> QDialog | None:
            for window in QApplication.topLevelWidgets():
                if isinstance(window, QDialog) and window.objectName() == name and window.isVisible():
                    return window
            return None

        found: QDialog = self.until(shown)
        return found

    # -- acting --------------------------------------------------------------------------------------------------

    def click(self, name: str, within: QWidget | None = None) -> None:
        """A real click on a button that is there and enabled."""

        def ready() -> bool:
            return any(w.isVisible() and w.isEnabled() for w in (within or self.window).findChildren(QWidget, name))

        self.until(ready)
        target = self.find(name, within)
        assert isinstance(target, QAbstractButton), name
        # a tick's words are part of it; elsewhere the middle is what a hand aims at
        QTest.mouseClick(
            target, Qt.MouseButton.LeftButton, pos=QPoint(min(target.width() // 2, 40), target.height() // 2)
        )

    def type(self, name: str, text: str, within: QWidget | None = None) -> None:
        """Click into a field and type: ASCII as keys, Chinese as an input method hands it in."""
        field = self.find(name, within)
        assert isinstance(field, QLineEdit | QPlainTextEdit), name
        QTest.mouseClick(field if isinstance(field, QLineEdit) else field.viewport(), Qt.MouseButton.LeftButton)
        self.until(field.hasFocus)
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            self.commit(text)

    def commit(self, text: str) -> None:
        """What an input method hands over."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(focused(), event)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, held)

    def open_door(self, password: str = PASSWORD) -> None:
        """Type the password at the start."""
        self.at("unlock_window")
        self.type("field_password", password)
        self.key(Qt.Key.Key_Return)

    def leave(self) -> None:
        """Close the window as × does, and see it gone."""
        window = self.window
        window.close()
        if isinstance(window, MainWindow):
            window.backups.skip()  # as the button does: most days here leave nothing worth a copy
        self.program.close()
        self.program.window = None
        window.hide()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert self.defects == []


StartProgram = Callable[..., Clerk]


def focused() -> QWidget:
    """Whoever has the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
