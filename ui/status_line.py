"""The quiet line below the sheet: what was said last, 撤销 and 重做, and the size of letters.

It replaces toasts: a new message stands in ink for six seconds, then returns to grey and stays. Undoing is the shell's.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QWidget,
    QWidgetAction,
)

from jiafang_desktop.common import clock
from jiafang_desktop.services.backups import Last
from ui import icons, theme
from ui.models.backup_words import status_words

HEIGHT_PX = 32
FRESH_MS = 6000
SIZES = (100, 110, 125, 140, 160)  # percent; theme allows no smaller one, nothing may go under 12 px
_LONGEST_UNDO_PX = 260


class _Word(QAbstractButton):
    """Words on the desk, 12 px, with an icon before them; disabled ones are grey."""

    def __init__(self, words: str, name: str, label: str, *, icon: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew when the mouse comes and goes
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon, self._font, self._ink = icon, theme.font(12), "ink2"
        self.setFont(self._font)
        self.say(words)

    def say(self, words: str) -> None:
        """Other words; too long ones are shortened."""
        self.setToolTip(words)
        self.setText(
            QFontMetrics(self._font).elidedText(words, Qt.TextElideMode.ElideRight, theme.dp(_LONGEST_UNDO_PX))
        )
        self.updateGeometry()
        self.update()

    def set_ink(self, token: str) -> None:
        """Another ink than the line's grey."""
        self._ink = token
        self.update()

    def sizeHint(self) -> QSize:
        """Words, icon and 6 px around."""
        icon = theme.dp(20) if self._icon else 0
        return QSize(QFontMetrics(self._font).horizontalAdvance(self.text()) + icon + theme.dp(12), theme.dp(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As the line is: no border, only hover and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("desk2"))
            painter.drawRoundedRect(area, theme.dp(4), theme.dp(4))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.focus_px()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), theme.dp(4), theme.dp(4))
        token, left = self._ink if self.isEnabled() else "disabled", theme.dp(6)
        if self._icon:
            size = theme.dp(14)
            painter.drawPixmap(
                QRect(left, (self.height() - size) // 2, size, size), icons.pixmap(self._icon, size, token)
            )
            left += theme.dp(20)
        painter.setFont(self._font)
        painter.setPen(theme.color(token))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())


class StatusLine(QWidget):
    """``undo_wanted``, ``redo_wanted``, ``backup_wanted``; ``size_chosen(percent)``."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    backup_wanted = Signal()
    size_chosen = Signal(int)

    def __init__(self, *, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_line")
        self.setAccessibleName("状态栏")
        self.setFixedHeight(theme.dp(HEIGHT_PX))
        self._size = size
        self._mark = QLabel()
        self._words = QLabel()
        self._words.setObjectName("status_words")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._fresh = QTimer(self)
        self._fresh.setSingleShot(True)
        self._fresh.setInterval(FRESH_MS)
        self._fresh.timeout.connect(lambda: self._tint("ink2"))
        self.backup = _Word("", "button_backup", "备份", icon="shield")
        self.backup.hide()
        self.undo = _Word("没有可撤销的", "button_undo", "撤销", icon="undo")
        self.redo = _Word("重做", "button_redo", "重做", icon="redo")
        self.smaller = _Word("A−", "button_size_smaller", "字号小一些")
        self.percent = _Word(f"{size}%", "button_size", f"字号，现在百分之{size}")
        self.larger = _Word("A+", "button_size_larger", "字号大一些")
        self._build()
        self.undo.clicked.connect(self.undo_wanted)
        self.redo.clicked.connect(self.redo_wanted)
        self.backup.clicked.connect(self.backup_wanted)
        self.smaller.clicked.connect(lambda: self._resize(-1))
        self.larger.clicked.connect(lambda: self._resize(1))
        self.percent.clicked.connect(self._slide)
        self.show_undo(None, None)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(9), 0, theme.dp(10), theme.dp(1))
        row.setSpacing(theme.dp(4))
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self.backup)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(theme.dp(6))
        parting = QFrame()
        parting.setFixedSize(1, theme.dp(16))
        parting.setStyleSheet(f"background: {theme.name('line')}; border: none;")
        row.addWidget(parting)
        row.addSpacing(theme.dp(6))
        label = QLabel("字号")
        label.setStyleSheet(f"font-size: {theme.dp(12)}px; color: {theme.name('ink2')}; background: transparent;")
        row.addWidget(label)
        row.setSpacing(theme.dp(2))
        for word in (self.smaller, self.percent, self.larger):
            row.addWidget(word)
        self.smaller.setEnabled(self._size > SIZES[0])
        self.larger.setEnabled(self._size < SIZES[-1])

    # -- what was said -----------------------------------------------------------------------------------------

    def say(self, words: str) -> None:
        """A new message."""
        self._words.setText(words)
        self._words.setToolTip(words)
        size = theme.dp(16)
        self._mark.setPixmap(icons.pixmap("check", size, "accent"))
        self._tint("ink")
        self._fresh.start()

    @property
    def words(self) -> str:
        """What stands there."""
        return self._words.text()

    def _tint(self, token: str) -> None:
        self._words.setStyleSheet(f"font-size: {theme.dp(12)}px; color: {theme.name(token)}; background: transparent;")

    def show_backup(self, last: Last) -> None:
        """When the data were last backed up; in red where that did not come about or was long ago."""
        words, whole, is_late = status_words(last, clock.now())
        self.backup.say(words)
        self.backup.set_ink("red" if is_late else "ink2")
        self.backup.setToolTip(whole)
        self.backup.setAccessibleName(f"{words}。{whole}")
        self.backup.setVisible(bool(words))

    def show_undo(self, undo: str | None, redo: str | None) -> None:
        """What 撤销 would take back and 重做 bring again; None where there is nothing."""
        self.undo.say(f"撤销：{undo}" if undo else "没有可撤销的")
        self.undo.setAccessibleName(self.undo.toolTip())
        self.undo.setEnabled(undo is not None)
        self.redo.setEnabled(redo is not None)
        self.redo.setToolTip(f"重做：{redo}" if redo else "没有可重做的")

    def set_busy(self, busy: bool) -> None:
        """Neither while one of them is under way."""
        if busy:
            self.undo.setEnabled(False)
            self.redo.setEnabled(False)

    # -- the size of letters -----------------------------------------------------------------------------------

    def _resize(self, by: int) -> None:
        nearest = min(range(len(SIZES)), key=lambda place: abs(SIZES[place] - self._size))
        self.size_chosen.emit(SIZES[min(max(nearest + by, 0), len(SIZES) - 1)])

    def _slide(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("menu_size")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        slider = size_slider(self._size)
        holder = QWidget(menu)
        line = QHBoxLayout(holder)
        line.setContentsMargins(theme.dp(12), theme.dp(4), theme.dp(12), theme.dp(4))
        for widget in (QLabel("小"), slider, QLabel("大")):
            line.addWidget(widget)
        action = QWidgetAction(menu)
        action.setDefaultWidget(holder)
        menu.addAction(action)
        slider.sliderReleased.connect(lambda: (menu.close(), self.size_chosen.emit(SIZES[slider.value()])))
        menu.popup(self.percent.mapToGlobal(QPoint(-theme.dp(120), -theme.dp(56))))
        slider.setFocus()


def size_slider(size: int) -> QSlider:
    """The five sizes side by side; its value is the place in ``SIZES``."""
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setObjectName("slider_size")
    slider.setAccessibleName("字号")
    slider.setRange(0, len(SIZES) - 1)
    slider.setPageStep(1)
    slider.setFixedSize(theme.dp(180), theme.dp(32))
    handle, groove = theme.dp(16), theme.dp(4)
    slider.setStyleSheet(
        f"QSlider::groove:horizontal {{ height: {groove}px; background: {theme.name('desk2')}; border-radius: 2px; }}"
        f"QSlider::sub-page:horizontal {{ background: {theme.name('accent')}; border-radius: 2px; }}"
        f"QSlider::handle:horizontal {{ width: {handle - 4}px; margin: -{(handle - groove) // 2}px 0;"
        f" background: {theme.name('accent')}; border: 2px solid {theme.name('accent')};"
        f" border-radius: {handle // 2}px; }}"
        f"QSlider::handle:horizontal:focus {{ background: {theme.name('paper')}; }}"
    )
    slider.setValue(min(range(len(SIZES)), key=lambda place: abs(SIZES[place] - size)))
    return slider
