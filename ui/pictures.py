"""Taking the pictures of windows and dialogs: waiting until all is read, laying a dialog over its window, writing PNGs.

Which pictures there are is ui.screenshots'. Nothing here changes data.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from ui import theme
from ui.tasks import Tasks

_BAR_PX = 31  # stands in for the system's title bar over small windows and dialogs
_BACK = QColor("#A8B0B2")  # what lies behind a small window
_SHADE = QColor(20, 24, 26, 64)
_MOST_ROUNDS = 8
_PATIENCE_MS = 20_000


class Camera:
    """Writes ``NN_name.png`` of ``size``; a picture equal to an earlier one is left out."""

    def __init__(self, folder: Path, *, size: QSize) -> None:
        self.folder, self.size = folder, size
        self.written: list[Path] = []
        self._seen: set[bytes] = set()

    # -- waiting -----------------------------------------------------------------------------------------------

    def settle(self, tasks: Tasks | None) -> None:
        """Return once everything that was asked of the store has been answered and shown."""
        _flush()
        while tasks is not None and not tasks.is_idle:
            loop = QEventLoop()
            tasks.run(lambda _store: None).ended(loop.quit)  # comes after what is waiting now
            loop.exec()
            _flush()

    def until(self, tasks: Tasks | None, seen: Callable[[], Any]) -> Any:
        """What ``seen`` gives once it is something; None when it stays nothing though all is answered."""
        self.settle(tasks)
        found = seen()
        if found:
            return found
        loop, given_up = QEventLoop(), QTimer()
        given_up.setSingleShot(True)
        given_up.timeout.connect(loop.quit)
        given_up.start(_PATIENCE_MS if tasks is not None and not tasks.is_idle else 400)
        loop.exec()
        self.settle(tasks)
        return seen()

    # -- pictures ----------------------------------------------------------------------------------------------

    def window(self, name: str, window: QWidget, tasks: Tasks | None) -> None:
        """A main window, which fills the picture."""
        if window.size() != self.size:
            window.setMinimumSize(0, 0)
            window.resize(self.size)
        self._write(name, self._still(window, tasks))

    def small(self, name: str, window: QWidget, tasks: Tasks | None = None) -> None:
        """A small window in the middle of a bare desktop."""
        image = QImage(self.size, QImage.Format.Format_RGB32)
        image.fill(_BACK)
        self._lay(image, window, self._still(window, tasks), QPoint(image.width() // 2, image.height() // 2 - 20))
        self._write(name, image)

    def dialog(self, name: str, dialog: QDialog, window: QWidget, tasks: Tasks | None) -> None:
        """A dialog over its window, which is shaded."""
        shown = self._still(dialog, tasks)
        image = self._still(window, tasks)
        painter = QPainter(image)
        painter.fillRect(image.rect(), _SHADE)
        painter.end()
        self._lay(image, dialog, shown, QPoint(image.width() // 2, image.height() // 2))
        self._write(name, image)

    def menu(self, name: str, menu: QMenu, below: QWidget, window: QWidget, tasks: Tasks | None) -> None:
        """A menu by the widget it belongs to: a screen that is none would put it anywhere."""
        image = self._still(window, tasks)
        shown = menu.grab().toImage()
        at = below.mapTo(window, below.rect().bottomLeft() + QPoint(0, 2))
        if at.y() + shown.height() > image.height():
            at = below.mapTo(window, QPoint(0, -shown.height() - 2))
        at.setX(min(at.x(), image.width() - shown.width() - 8))
        at.setX(max(min(at.x(), image.width() - shown.width() - 8), 8))
        at.setY(max(min(at.y(), image.height() - shown.height() - 8), 8))
        painter = QPainter(image)
        painter.drawImage(at, shown)
        painter.end()
        self._write(name, image)

    def _still(self, widget: QWidget, tasks: Tasks | None) -> QImage:
        """The widget once it no longer changes: painting itself asks for rows that come a moment later."""
        self.settle(tasks)
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        for _ in range(_MOST_ROUNDS):
            self.settle(tasks)
            again = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            if again == image:
                break
            image = again
        return image

    def _lay(self, image: QImage, window: QWidget, shown: QImage, middle: QPoint) -> None:
        bar = theme.dp(_BAR_PX)
        whole = QRect(0, 0, shown.width(), shown.height() + bar)
        whole.moveCenter(middle)
        whole.moveTop(max(whole.top(), 4))
        painter = QPainter(image)
        painter.fillRect(whole.adjusted(-1, -1, 1, 1), theme.color("edge"))
        painter.fillRect(whole, theme.color("paper"))
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink"))
        words = QRect(whole.left() + theme.dp(12), whole.top(), whole.width(), bar)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, window.windowTitle())
        painter.drawImage(whole.topLeft() + QPoint(0, bar), shown)
        painter.end()

    def _write(self, name: str, image: QImage) -> None:
        if image.size() != self.size:
            image = image.copy(QRect(QPoint(0, 0), self.size))
        pixels = bytes(image.constBits())
        if pixels in self._seen:
            return
        self._seen.add(pixels)
        target = self.folder / f"{len(self.written) + 1:02d}_{name}.png"
        if not image.save(str(target)):
            raise OSError(f"could not write {target}")
        self.written.append(target)


def dialog_in_front(name: str = "") -> QDialog | None:
    """The visible dialog, or the one called ``name``."""
    for window in reversed(QApplication.topLevelWidgets()):
        if isinstance(window, QDialog) and window.isVisible() and name in ("", window.objectName()):
            return window
    return None


def menu_in_front() -> QMenu | None:
    """The menu that is open."""
    popup = QApplication.activePopupWidget()
    return popup if isinstance(popup, QMenu) else None


def _flush() -> None:
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
