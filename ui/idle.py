"""Notices that nobody touched keys or mouse for a while.

Input methods swallow keys before a window sees them, so a moving caret counts as a touch too. What follows is the
shell's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from jiafang_desktop.common import clock

_LOOK_MS = 5000
USUAL_MINUTES = 10  # until the settings were read (STORAGE)
_TOUCHES = frozenset((
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod,
))  # fmt: skip


class IdleWatch(QObject):
    """``idle`` is told once ``minutes`` passed without a touch; 0 never tells."""

    idle = Signal()

    def __init__(self, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._touched: datetime = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._follow)
        app.inputMethod().cursorRectangleChanged.connect(self.touch)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Another patience, counted from now."""
        self._minutes = minutes
        self.touch()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = clock.now()

    def look(self) -> None:
        """Tell if it has been long; a clock set back counts as a touch."""
        now = clock.now()
        if now < self._touched:
            self.touch()
        elif self._minutes and now - self._touched >= timedelta(minutes=self._minutes):
            self.touch()
            self.idle.emit()

    def _follow(self, window: QWindow | None) -> None:
        # windows rather than the application: a filter on everything would slow every event of the program
        if window is not None:
            window.installEventFilter(self)
            self.touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only looks."""
        if event.type() in _TOUCHES:
            self.touch()
        return False
