"""Looking at a scan without any file on the disk: its pages from memory, zoom, turning, 另存为.

A PDF that is more than a scanner's pictures is told by its facts; showing it is a PDF program's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import (
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QShortcut,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.paper import scan_images
from jiafang_desktop.services.scans import ScanPages
from ui import icons, theme
from ui.dialogs.dialog_size import open_within
from ui.widgets import buttons
from ui.widgets.side_fields import caption, hairline
from ui.widgets.side_scans import KINDS, size_words

_SIZE_PX = (980, 680)
_STEPS = (10, 15, 25, 33, 50, 67, 100, 150, 200, 300)  # percent of the picture's own pixels
_GAP_PX = 24
_CACHED_PAGES = 4  # decoded pages kept, some 25 MB each


class ScanViewer(QDialog):
    """One scan; ``on_save`` is 另存为."""

    def __init__(self, pages: ScanPages, *, on_save: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog_scan")
        self.setWindowTitle("扫描件")  # titles of windows name nobody
        self.setAccessibleName("扫描件")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_within(self, *_SIZE_PX, window=parent)
        self._fits = True
        self.stack = ScanStack(pages.images)
        self.shows_pages = bool(pages.images) and self.stack.is_readable
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("scan_scroll")
        self._scroll.setAccessibleName("扫描件的各页")
        self._scroll.setProperty("ground", "desk")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else fitting would flutter
        self._scroll.setWidget(self.stack)
        body = QStackedWidget(self)
        body.addWidget(self._scroll)
        body.addWidget(_told_only(pages))
        body.setCurrentIndex(0 if self.shows_pages else 1)
        self._zoom_words = QLabel(self)
        self._zoom_words.setObjectName("scan_zoom")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(body, 1)
        column.addWidget(hairline(self))
        column.addLayout(self._foot(pages, on_save))
        self._scroll.viewport().installEventFilter(self)
        for keys, act in (
            ("Ctrl++", lambda: self.zoom_by(1)), ("Ctrl+=", lambda: self.zoom_by(1)),
            ("Ctrl+-", lambda: self.zoom_by(-1)), ("Ctrl+0", self.fit), ("Ctrl+R", self.turn), ("Ctrl+S", on_save),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, activated=act)
        self._scroll.setFocus()
        self.fit()

    def _foot(self, pages: ScanPages, on_save: Callable[[], None]) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.dp(24), theme.dp(10), theme.dp(24), theme.dp(10))
        foot.setSpacing(theme.dp(8))
        foot.addWidget(caption(_facts(pages) if self.shows_pages else "", parent=self), 1)
        smaller, larger = buttons.quiet("缩小", "scan_zoom_out"), buttons.quiet("放大", "scan_zoom_in")
        fit, turn = buttons.quiet("适合宽度", "scan_fit"), buttons.quiet("旋转", "scan_turn")
        acts = ((smaller, lambda: self.zoom_by(-1)), (larger, lambda: self.zoom_by(1)), (fit, self.fit),
                (turn, self.turn))  # fmt: skip
        for button, act in acts:
            button.clicked.connect(act)
        for widget in (smaller, self._zoom_words, larger, fit, turn):
            widget.setVisible(self.shows_pages)
            foot.addWidget(widget)
        save, close = buttons.plain("另存为…", "scan_save"), buttons.plain("关闭", "scan_close")
        save.clicked.connect(on_save)
        close.clicked.connect(self.reject)
        foot.addWidget(save)
        foot.addWidget(close)
        return foot

    # -- zoom and turning --------------------------------------------------------------------------------------

    @property
    def percent(self) -> int:
        """How large a pixel of the picture is shown."""
        return round(self.stack.scale * 100)

    def zoom_by(self, steps: int) -> None:
        """To the next larger or smaller step."""
        larger = [step for step in _STEPS if step > self.percent]
        smaller = [step for step in _STEPS if step < self.percent]
        to = larger[:1] if steps > 0 else smaller[-1:]
        if to:
            self._fits = False
            self._show_scale(to[0] / 100)

    def fit(self) -> None:
        """As wide as the window allows, never larger than the picture is."""
        self._fits = True
        room = self._scroll.viewport().width() - 2 * theme.dp(_GAP_PX)
        self._show_scale(min(max(room, 1) / max(self.stack.widest_px, 1), 1.0))

    def turn(self) -> None:
        """A quarter to the right; only how it is looked at, the scan stays as it is."""
        self.stack.turn()
        if self._fits:
            self.fit()

    def _show_scale(self, scale: float) -> None:
        self.stack.set_scale(scale)
        self._zoom_words.setText(f"{self.percent}%")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page that fits goes on fitting."""
        if event.type() == QEvent.Type.Resize and watched is self._scroll.viewport() and self._fits:
            self.fit()
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)


class ScanStack(QWidget):
    """The pages under one another on the desk; decoded when they come into sight."""

    def __init__(self, images: Sequence[bytes]) -> None:
        super().__init__()
        self.setObjectName("scan_pages")
        self._images = tuple(images)
        self._sizes = [scan_images.size_of(data) for data in images]
        self._quarters = 0
        self.scale = 1.0
        self._page = lru_cache(_CACHED_PAGES)(self._decoded)

    @property
    def is_readable(self) -> bool:
        """Whether every page has a size at all."""
        return all(size.isValid() and not size.isEmpty() for size in self._sizes)

    @property
    def widest_px(self) -> int:
        """Of the pages as they are turned."""
        return max((self._turned(size).width() for size in self._sizes), default=1)

    def turn(self) -> None:
        """A quarter to the right."""
        self._quarters = (self._quarters + 1) % 4
        self._page.cache_clear()
        self.set_scale(self.scale)

    def set_scale(self, scale: float) -> None:
        """Lay the pages out anew."""
        self.scale = scale
        last = self.page_rect(len(self._images) - 1)
        self.setMinimumSize(round(self.widest_px * scale) + 2 * theme.dp(_GAP_PX), last.bottom() + theme.dp(_GAP_PX))
        self.update()

    def page_rect(self, number: int) -> QRect:
        """Where a page lies."""
        top = theme.dp(_GAP_PX)
        for place, size in enumerate(self._sizes):
            shown = self._turned(size) * self.scale
            if place == number:
                return QRect((self.width() - shown.width()) // 2, top, shown.width(), shown.height())
            top += shown.height() + theme.dp(_GAP_PX)
        return QRect()

    def _turned(self, size: QSize) -> QSize:
        return size.transposed() if self._quarters % 2 else size

    def _decoded(self, number: int) -> QPixmap:
        image = scan_images.decoded(self._images[number])
        if self._quarters:
            image = image.transformed(QTransform().rotate(90 * self._quarters))
        return QPixmap.fromImage(image)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, then each page that shows."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("desk"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(len(self._images)):
            rect = self.page_rect(number)
            if rect.intersects(event.rect()):
                painter.fillRect(rect, theme.color("paper"))
                painter.drawPixmap(rect, self._page(number))
                painter.setPen(QPen(theme.color("line"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _told_only(pages: ScanPages) -> QWidget:
    """What stands where the pages can't be shown."""
    told = QWidget()
    told.setObjectName("scan_told")
    picture = QLabel(told)
    picture.setPixmap(icons.pixmap("file", theme.dp(48), "ink2"))
    head = QLabel("这份 PDF 不能在这里显示" if pages.scan.kind == "pdf" else "这份扫描件打不开", told)
    head.setObjectName("scan_told_head")
    head.setProperty("role", "title")
    words = QLabel(f"{_facts(pages)}\n请点“另存为”存到本机，用 WPS 打开；看完请及时删去，存出的文件没有加密。", told)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setProperty("role", "second")
    column = QVBoxLayout(told)
    column.setSpacing(theme.dp(12))
    column.addStretch(2)
    for widget in (picture, head, words):
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(3)
    return told


def _facts(pages: ScanPages) -> str:
    scan = pages.scan
    count = f"共 {pages.pages} 页" if pages.pages else ""
    day = f"{scan.at.year}.{scan.at.month}.{scan.at.day} 附上"
    return "　".join(part for part in (KINDS.get(scan.kind, scan.kind), count, size_words(scan.size), day) if part)
