"""Looking at a sheet before it is printed: its pages at a chosen size, with small ones at the left to jump to.

What is painted is the planner's sheet, the same that prints; nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen, QShortcut, QWheelEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.domain.pages import Page, Sheet
from jiafang_desktop.paper.painting import paint_page
from ui import theme
from ui.context import Context
from ui.widgets import buttons
from ui.widgets.side_fields import tint_caption

_ZOOMS = (50, 75, 100, 125, 150, 200)  # percent of true size at 96 dpi
_PX_PER_MM_100 = 96 / 25.4
_THUMB_PX = 96


class PreviewDialog(QDialog):
    """Pages, thumbnails, zoom; 打印 if the caller can print."""

    def __init__(
        self, ctx: Context, sheet: Sheet, *, parent: QWidget | None = None, on_print: Callable[[], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.setObjectName("dialog_preview")
        self.setWindowTitle(f"预览　{sheet.title}")
        self.setAccessibleName("打印预览")
        self.resize(theme.dp(996), theme.dp(660))
        self.pages = PageStack(sheet)
        self.thumbs = [_Thumb(page, number, self) for number, page in enumerate(sheet.pages)]
        self._zoom_words = QLabel(self)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("preview_scroll")
        self._scroll.setProperty("ground", "desk")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.pages)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._side())
        middle.addWidget(self._scroll, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addLayout(self._foot(sheet, on_print))
        for keys, act in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self, activated=lambda act=act: self.zoom_by(act))
        if on_print is not None:
            QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, activated=lambda: self._print(on_print))
        self.zoom_to(100)
        self.go_to(0)

    def _side(self) -> QScrollArea:
        """The thumbnails; many of them scroll, so that the foot never leaves the screen."""
        inner = QWidget()
        inner.setObjectName("preview_thumbs_inner")
        side = QVBoxLayout(inner)
        side.setContentsMargins(theme.dp(12), theme.dp(12), theme.dp(12), theme.dp(12))
        for thumb in self.thumbs:
            thumb.chosen.connect(self.go_to)
            side.addWidget(thumb)
        side.addStretch(1)
        self._thumbs = QScrollArea(self)
        self._thumbs.setObjectName("preview_thumbs")
        self._thumbs.setFrameShape(QFrame.Shape.NoFrame)
        self._thumbs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._thumbs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._thumbs.setWidget(inner)
        self._thumbs.setWidgetResizable(True)
        self._thumbs.setStyleSheet("#preview_thumbs, #preview_thumbs_inner { background: transparent; }")
        self._thumbs.viewport().setAutoFillBackground(False)
        bar = self._thumbs.verticalScrollBar().sizeHint().width()
        self._thumbs.setFixedWidth(inner.sizeHint().width() + bar)
        return self._thumbs

    def open(self) -> None:
        """Show it over its window; once closed its pages are let go of."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        super().open()

    def _foot(self, sheet: Sheet, on_print: Callable[[], None] | None) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.dp(24), theme.dp(10), theme.dp(24), theme.dp(10))
        foot.setSpacing(theme.dp(8))
        count = QLabel(f"共 {len(sheet.pages)} 页，A4，与打印出来的一样", self)
        tint_caption(count, "ink2")
        foot.addWidget(count)
        foot.addStretch(1)
        smaller, larger = buttons.quiet("缩小", "preview_zoom_out"), buttons.quiet("放大", "preview_zoom_in")
        smaller.clicked.connect(lambda: self.zoom_by(-1))
        larger.clicked.connect(lambda: self.zoom_by(1))
        close = buttons.plain("关闭", "preview_close")
        close.clicked.connect(self.reject)
        for widget in (smaller, self._zoom_words, larger, close):
            foot.addWidget(widget)
        if on_print is not None:
            go = buttons.primary("打印…", "preview_print", icon="print")
            go.clicked.connect(lambda: self._print(on_print))
            foot.addWidget(go)
        return foot

    def _print(self, on_print: Callable[[], None]) -> None:
        self.accept()
        on_print()

    def zoom_to(self, percent: int) -> None:
        """Show the pages at ``percent`` of their true size."""
        self.pages.set_scale(percent / 100 * _PX_PER_MM_100 * theme.dp(100) / 100)
        self._percent = percent
        self._zoom_words.setText(f"{percent}%")

    def zoom_by(self, steps: int) -> None:
        """To the next larger or smaller step."""
        place = _ZOOMS.index(self._percent) + steps
        self.zoom_to(_ZOOMS[min(max(place, 0), len(_ZOOMS) - 1)])

    def go_to(self, number: int) -> None:
        """Scroll to a page and mark its thumbnail."""
        for thumb in self.thumbs:
            thumb.set_current(thumb.number == number)
        if self.isVisible():  # before, nothing has its place yet, and the first page is at the top anyway
            self._thumbs.ensureWidgetVisible(self.thumbs[number], 0, theme.dp(12))
        self._scroll.verticalScrollBar().setValue(self.pages.page_rect(number).top() - theme.dp(12))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)


class PageStack(QWidget):
    """Whole pages, margins and all, one under the other on the desk."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.setObjectName("preview_pages")
        self._sheet, self._scale = sheet, _PX_PER_MM_100

    def set_scale(self, px_per_mm: float) -> None:
        """Lay the pages out anew at this scale."""
        self._scale = px_per_mm
        last = self.page_rect(len(self._sheet.pages) - 1)
        widest = max(round(page.width_mm * px_per_mm) for page in self._sheet.pages)
        self.setMinimumSize(widest + theme.dp(48), last.bottom() + theme.dp(24))
        self.update()

    def page_rect(self, number: int) -> QRect:
        """Where a page lies."""
        top = theme.dp(24)
        for place, page in enumerate(self._sheet.pages):
            width, height = round(page.width_mm * self._scale), round(page.height_mm * self._scale)
            if place == number:
                return QRect((self.width() - width) // 2, top, width, height)
            top += height + theme.dp(24)
        return QRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, then each page that shows."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("desk"))
        for number, page in enumerate(self._sheet.pages):
            rect = self.page_rect(number)
            if rect.intersects(event.rect()):
                _paint_sheet(painter, page, rect, self._scale)


class _Thumb(QWidget):
    """A small page with its number; a click goes there."""

    chosen = Signal(int)

    def __init__(self, page: Page, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self._page, self._current = number, page, False
        self.setObjectName(f"preview_page_{number + 1}")
        self.setAccessibleName(f"第 {number + 1} 页")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        width = theme.dp(_THUMB_PX)
        return QSize(width, round(width * self._page.height_mm / self._page.width_mm) + theme.dp(20))

    def set_current(self, current: bool) -> None:
        self._current = current
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(self.number)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRect(QPoint(0, 0), QSize(self.width(), self.height() - theme.dp(20)))
        _paint_sheet(painter, self._page, rect, rect.width() / self._page.width_mm)
        if self._current:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(12, bold=self._current))
        painter.setPen(theme.color("accent" if self._current else "ink2"))
        words = QRect(0, rect.bottom(), self.width(), theme.dp(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, str(self.number + 1))


def _paint_sheet(painter: QPainter, page: Page, rect: QRect, scale: float) -> None:
    painter.fillRect(rect, theme.color("paper"))
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.save()
    painter.setClipRect(rect)
    painter.translate(rect.topLeft())
    paint_page(painter, page, px_per_mm=scale)
    painter.restore()
