"""Files dropped anywhere on the record editor: the fields below must not take a file's address for words.

What becomes of the files is the page's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, Signal
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import theme

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class ScanDrop(QObject):
    """``dropped`` tells the files; ``watch`` again after the page got new fields."""

    dropped = Signal(list)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._veil: DropVeil | None = None

    def watch(self) -> None:
        """Mind the page and whatever on it takes drops of its own."""
        self._page.setAcceptDrops(True)
        for widget in (self._page, *self._page.findChildren(QWidget)):
            if widget.acceptDrops():
                widget.installEventFilter(self)  # a second time does no harm

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes drags of files; words dragged into a cell stay the cell's."""
        if event.type() == QEvent.Type.DragLeave:
            self.show_veil(False)
            return False
        if not isinstance(event, QDropEvent):
            return False
        found = dropped_files(event.mimeData())
        if not found:
            return False
        event.acceptProposedAction()
        if event.type() in _DRAGS:
            self.show_veil(True)
        elif event.type() == QEvent.Type.Drop:
            self.show_veil(False)
            self.dropped.emit(found)
        return True

    def show_veil(self, shown: bool) -> None:
        """Say over the page what letting go will do, or no more."""
        if shown and self._veil is None:
            self._veil = DropVeil(self._page)
        if self._veil is not None:
            self._veil.setGeometry(self._page.rect())
            self._veil.setVisible(shown)
            self._veil.raise_()


class DropVeil(QWidget):
    """Says what letting go will do."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("scan_veil")
        self.setAccessibleName("松开鼠标，附为扫描件")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tint over the page, a frame, and the words in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("tint")
        ground.setAlpha(224)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(theme.color("accent"), theme.dp(2), Qt.PenStyle.DashLine))
        inset = theme.dp(16)
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), theme.dp(6), theme.dp(6))
        middle = self.rect().center().y()
        card = QRect(0, 0, theme.dp(360), theme.dp(104))
        card.moveCenter(self.rect().center())
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("paper"))
        painter.drawRoundedRect(card, theme.dp(6), theme.dp(6))
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font(20, bold=True))
        words = QRect(0, middle - theme.dp(32), self.width(), theme.dp(32))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, "松开鼠标，附为扫描件")
        painter.setPen(theme.color("ink2"))
        painter.setFont(theme.font(14))
        below = words.translated(0, theme.dp(34))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "JPG、PNG 或 PDF，每份不超过 32 兆")


def dropped_files(data: QMimeData) -> list[Path]:
    """The files in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
