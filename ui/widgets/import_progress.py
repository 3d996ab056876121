"""Long work on a page: a thin bar, what is happening, how far, and 停止. Shown once it takes longer than a second.

Only shows; the work is a verb on the store's thread.
"""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.common.errors import CancelledError
from jiafang_desktop.common.progress import Progress
from ui import theme
from ui.widgets import buttons

_WAIT_MS = 900


class CrossThreadProgress(QObject):
    """Handed to a verb as its ``progress`` callback: tells the window from the store's thread, and stops it there."""

    told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()
        self._last = 0.0

    def __call__(self, step: Progress) -> None:
        if self._stopped.is_set():
            raise CancelledError
        now = time.monotonic()
        if now - self._last > 0.05:  # the window redraws no oftener than that
            self._last = now
            self.told.emit(step)

    def stop(self) -> None:
        """The next step ends the verb."""
        self._stopped.set()


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share: float | None = None
        self._phase = 0
        self.setFixedHeight(theme.dp(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._turn = QTimer(self)
        self._turn.setInterval(60)
        self._turn.timeout.connect(self._step)

    def set_share(self, share: float | None) -> None:
        self.share = share
        if share is None and self.isVisible():
            self._turn.start()
        else:
            self._turn.stop()
        self.update()

    def _step(self) -> None:
        self._phase = (self._phase + 1) % 60
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_px = theme.dp(3)
        painter.setBrush(theme.color("desk2"))
        painter.drawRoundedRect(self.rect(), round_px, round_px)
        painter.setBrush(theme.color("accent"))
        width = float(self.width())
        left, right = (0.0, width * self.share) if self.share is not None else (width * self._phase / 60 * 0.75, 0.0)
        part = QRectF(left, 0, right if self.share is not None else width * 0.25, self.height())
        painter.drawRoundedRect(part, round_px, round_px)


class WorkProgress(QWidget):
    """Title, bar, stage and 停止. ``stopped`` tells the button. ``begin`` shows it only if the work takes a while."""

    stopped = Signal()
    appeared = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = QLabel()
        self._title.setStyleSheet(f"font-size: {theme.dp(20)}px; font-weight: 700; background: transparent;")
        self._stage = QLabel()
        self._stage.setObjectName(f"{name}_stage")
        self._stage.setStyleSheet(
            f"font-size: {theme.dp(12)}px; color: {theme.color('ink2').name()}; background: transparent;"
        )
        self._bar = _Bar()
        self.button_stop = buttons.plain("停止", f"{name}_stop")
        self.button_stop.clicked.connect(self.stopped)
        row = QHBoxLayout()
        row.addWidget(self._stage, 1)
        row.addWidget(self.button_stop)
        middle = QVBoxLayout()
        middle.setSpacing(theme.dp(16))
        middle.addWidget(self._title)
        middle.addWidget(self._bar)
        middle.addLayout(row)
        box = QWidget()
        box.setFixedWidth(theme.dp(560))
        box.setLayout(middle)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WAIT_MS)
        self._soon.timeout.connect(self.appeared)

    def begin(self, title: str, stage: str) -> None:
        """Work began; ``appeared`` is told when it lasts."""
        self._title.setText(title)
        self._stage.setText(stage)
        self._bar.set_share(None)
        self.button_stop.setEnabled(True)
        self._soon.start()

    def show_step(self, step: Progress) -> None:
        """How far it is."""
        amount = f"　{step.done} / {step.total}" if step.total else f"　已读 {step.done} 行" if step.done else ""
        self._stage.setText(step.stage + amount)
        self._bar.set_share(min(step.done / step.total, 1.0) if step.total else None)

    def end(self) -> None:
        """Work ended, shown or not."""
        self._soon.stop()
        self._bar.set_share(0.0)
