"""Fields to type and choose in, each with its name for robots and for screen readers, and the row label + field + hint.

Looks are the style sheet's; arrows, ticks and the search glass are painted here. What a field means is its page's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.widgets.steppers import Decimal, Number

LABEL_PX, WIDE_LABEL_PX = 72, 96
W = TypeVar("W", bound=QWidget)
_BOX_PX = 18


def line_edit(name: str, label: str) -> QLineEdit:
    """A one-line field."""
    return _named(QLineEdit(), name, label)


def search_edit(name: str, label: str) -> SearchEdit:
    """A field to look for something, with its glass and a × while it holds words."""
    return _named(SearchEdit(), name, label)


def password_edit(name: str, label: str, *, tall: bool = False) -> PasswordEdit:
    """A field that shows ● (9 px, at 14 px they are huge)."""
    edit = _named(PasswordEdit(), name, label)
    edit.setProperty("tall", tall)
    return edit


def text_edit(name: str, label: str) -> QPlainTextEdit:
    """A field of several lines; Tab leaves it."""
    edit = _named(QPlainTextEdit(), name, label)
    edit.setProperty("kind", "field")
    edit.setTabChangesFocus(True)
    edit.document().setDocumentMargin(theme.dp(4))
    return edit


def combo(name: str, label: str) -> Combo:
    """A drop-down."""
    return _named(Combo(), name, label)


def number(name: str, label: str, *, low: int, high: int) -> Number:
    """A whole number between two."""
    box = _named(Number(), name, label)
    box.setRange(low, high)
    return box


def decimal(name: str, label: str, *, low: float, high: float, step: float, suffix: str = "") -> Decimal:
    """A number with one figure after the point."""
    box = _named(Decimal(), name, label)
    box.setRange(low, high)
    box.setSingleStep(step)
    box.setDecimals(1)
    box.setSuffix(suffix)
    return box


def check_box(name: str, words: str) -> CheckBox:
    """A tick with its words."""
    box = _named(CheckBox(), name, words)
    box.setText(words)
    return box


def set_error(widget: QWidget, wrong: bool) -> None:
    """Red edge, or the plain one again."""
    if bool(widget.property("error")) != wrong:
        widget.setProperty("error", wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def align_labels(rows: Iterable[FormRow]) -> None:
    """Give rows that stand under one another labels of one width, so their fields begin at one line."""
    rows = tuple(rows)
    widest = max((row.label.fontMetrics().horizontalAdvance(row.label.text()) for row in rows), default=0)
    width = max(widest + theme.dp(8), theme.dp(LABEL_PX))
    for row in rows:
        row.label.setFixedWidth(width)


def _named(widget: W, name: str, label: str) -> W:
    widget.setObjectName(name)
    widget.setAccessibleName(label)
    return widget


class Combo(QComboBox):
    """A drop-down with its own arrow. The wheel turns it only while it has the keys: scrolling must change nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        view = QListView(self)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(view)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setMinimumContentsLength(3)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:
        """Wide enough for its longest item."""
        figures = self.fontMetrics()
        longest = max((figures.horizontalAdvance(self.itemText(place)) for place in range(self.count())), default=0)
        self.view().setMinimumWidth(max(self.width(), min(longest + theme.dp(40), theme.dp(520))))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the arrow."""
        super().paintEvent(event)
        side = theme.dp(14)
        painter = QPainter(self)
        place = QPoint(self.width() - side - theme.dp(9), (self.height() - side) // 2)
        painter.drawPixmap(place, icons.pixmap("chevron_down", side, "ink2" if self.isEnabled() else "disabled"))


class CheckBox(QCheckBox):
    """A tick of 18 px: accent and a white check when on, so never by colour alone; the ring when it has the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Box, gap, words."""
        words = self.fontMetrics().horizontalAdvance(self.text()) + theme.dp(8) if self.text() else 0
        return QSize(theme.dp(_BOX_PX) + 2 + words, max(self.fontMetrics().height(), theme.dp(28)))

    def minimumSizeHint(self) -> QSize:
        """As wide as its words: a label cut short is no label."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Box and words."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box and words."""
        painter = QPainter(self)
        side = theme.dp(_BOX_PX)
        box = QRect(1, (self.height() - side) // 2, side, side)
        paint_box(
            painter, box, on=self.isChecked(), focus=self.hasFocus(), enabled=self.isEnabled(), hover=self.underMouse()
        )
        painter.setFont(self.font())
        painter.setPen(theme.color("ink" if self.isEnabled() else "disabled"))
        words = self.rect().adjusted(side + theme.dp(8) + 1, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


def paint_box(
    painter: QPainter, box: QRect, *, on: bool, focus: bool = False, enabled: bool = True, hover: bool = False
) -> None:
    """The tick box itself, for check boxes and for rows of tables."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = theme.dp(3)
    outline = "accent" if (on or focus) and enabled else "edge" if enabled else "disabled"
    painter.setPen(QPen(theme.color(outline), 1))
    fill = "accent" if on and enabled else "disabled" if on else "desk" if hover or not enabled else "paper"
    painter.setBrush(theme.color(fill))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    if on:
        side = round(box.width() * 0.84)
        place = QPoint(box.left() + (box.width() - side) // 2, box.top() + (box.height() - side) // 2)
        painter.drawPixmap(place, icons.pixmap("check", side, "paper"))
    if focus:
        ring = theme.focus_px()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("paper" if on else "accent"), 1 if on else ring))
        inner = 2.0 if on else ring / 2
        painter.drawRoundedRect(QRectF(box).adjusted(inner, inner, -inner, -inner), radius - 1, radius - 1)
        if on:  # the ring stands outside a filled box
            painter.setPen(QPen(theme.color("accent"), ring))
            painter.drawRoundedRect(QRectF(box).adjusted(0, 0, 0, 0), radius, radius)
    painter.restore()


class SearchEdit(QLineEdit):
    """The glass at left and × at right scale with the size slider, which Qt's own action icons don't."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clear = QToolButton(self)
        self._clear.setObjectName("search_clear")
        self._clear.setAccessibleName("清空")
        self._clear.setToolTip("清空")
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = theme.dp(14)
        self._clear.setIcon(icons.icon("close", side))
        self._clear.setIconSize(QSize(side, side))
        self._clear.setStyleSheet("QToolButton { border: none; background: transparent; padding: 0; }")
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.setTextMargins(theme.dp(22), 0, theme.dp(20), 0)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """× in its place."""
        super().resizeEvent(event)
        side = theme.dp(22)
        self._clear.setGeometry(self.width() - side - theme.dp(4), (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, then the glass."""
        super().paintEvent(event)
        side = theme.dp(16)
        painter = QPainter(self)
        painter.drawPixmap(QPoint(theme.dp(9), (self.height() - side) // 2), icons.pixmap("search", side, "ink2"))


class PasswordEdit(QLineEdit):
    """Hides what is typed; ``reveal(True)`` shows it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.textChanged.connect(lambda _text: self._size())
        self._size()

    def reveal(self, shown: bool) -> None:
        """显示密码."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._size()

    def _size(self) -> None:
        dots = bool(self.text()) and self.echoMode() == QLineEdit.EchoMode.Password
        self.setStyleSheet(f"QLineEdit {{ font-size: {theme.dp(9 if dots else 14)}px; }}")


class FormRow(QWidget):
    """Label at left, the field, a hint after it, and below it the one line saying what is wrong."""

    def __init__(
        self, label: str, widget: QWidget, *, hint: str = "", label_px: int | None = None, field_px: int | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.widget = widget
        self.label = QLabel(label)
        self.label.setProperty("role", "second")
        self.label.setBuddy(widget)
        wide = label_px or (LABEL_PX if len(label) <= 4 else WIDE_LABEL_PX)
        self.label.setFixedWidth(theme.dp(wide))
        self.hint = QLabel(hint)
        self.hint.setProperty("role", "caption")
        self.hint.setVisible(bool(hint))
        self._error = QLabel()
        self._error.setProperty("role", "error")
        self._error.setObjectName(f"error_{widget.objectName()}")
        self._error.setWordWrap(True)
        self._error.setContentsMargins(theme.dp(wide), 0, 0, 0)
        self._error.hide()
        if field_px is not None:
            widget.setFixedWidth(theme.dp(field_px))
        tall = isinstance(widget, QPlainTextEdit)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(widget, 0 if field_px is not None else 1)
        row.addSpacing(theme.dp(12) if hint else 0)
        row.addWidget(self.hint)
        if field_px is not None:
            row.addStretch(1)
        if tall:
            self.label.setContentsMargins(0, theme.dp(6), 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        column.addLayout(row)
        column.addWidget(self._error)

    def set_hint(self, words: str) -> None:
        """Other words after the field."""
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def set_error(self, sentence: str | None) -> None:
        """What is wrong, with a red edge; None: nothing is."""
        set_error(self.widget, sentence is not None)
        self._error.setText(sentence or "")
        self._error.setContentsMargins(self.label.width(), 0, 0, 0)
        self._error.setVisible(bool(sentence))
        self.widget.setAccessibleDescription(sentence or "")

    def error(self) -> str:
        """The sentence shown, empty where nothing is wrong."""
        return self._error.text()
