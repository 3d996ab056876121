"""The heads over the stranger's sheet: Excel's letters, and under each a chip saying what the column is.

A chip opens the list of fields; what a choice does is the page's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from ui import theme
from ui.models.import_grid import CHOICES, letters_of

_LETTER_PX, _CHIP_PX, _PAD_PX = 26, 32, 5
HEADS_PX = 70


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """``look``: known, ask, left or private; ``tip`` says more, e.g. why it is left out."""

    word: str
    look: str
    tip: str = ""


class ColumnChip(QAbstractButton):
    """What a column is. Enter, Space, Down and a click open the list; ``chosen(field)`` tells the pick ("": none)."""

    chosen = Signal(str)

    def __init__(self, column: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.head = ColumnHead("不导入", "left")
        self.taken: frozenset[str] = frozenset()
        self.choices = CHOICES
        self.setObjectName(f"column_{letters_of(column)}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self.open_menu)

    def set_head(self, head: ColumnHead, taken: frozenset[str]) -> None:
        """Show another word; ``taken`` are fields other columns have."""
        self.head, self.taken = head, taken
        self.setEnabled(head.look != "private")
        self.setToolTip(head.tip or head.word)
        self.setAccessibleName(f"{letters_of(self.column)} 列：{head.word}")
        self.setAccessibleDescription(head.tip)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.dp(92), theme.dp(_CHIP_PX))

    def menu(self) -> QMenu:
        """The list of fields, the present one ticked, those of other columns said so."""
        menu = QMenu(self)
        menu.setObjectName("column_menu")
        self._add(menu, "不导入这一列", "", self.head.look == "left")
        menu.addSeparator()
        for field, title in self.choices:
            words = f"{title}（现为另一列）" if field in self.taken else title
            self._add(menu, words, field, self.head.look == "known" and self.head.word == title)
        return menu

    def _add(self, menu: QMenu, words: str, field: str, ticked: bool) -> None:
        action = QAction(words, menu)
        action.setObjectName(f"choose_{field or 'none'}")
        action.setCheckable(True)
        action.setChecked(ticked)
        action.triggered.connect(lambda _=False: self.chosen.emit(field))
        menu.addAction(action)

    def open_menu(self) -> None:
        """Open the list below the chip."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down open too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bold green, amber, or grey, with a small arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        known, ask = self.head.look == "known", self.head.look == "ask"
        ink = theme.color("accent" if known else "amber" if ask else "ink2")
        edge = theme.color("accent" if known or self.hasFocus() else "amber" if ask else "line")
        width = 2.0 if self.hasFocus() else 1.0
        rect = self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setBrush(theme.color("desk2" if self.isDown() else "amber_tint" if ask else "paper"))
        painter.setPen(Qt.PenStyle.NoPen if self.head.look == "private" else QPen(edge, width))
        if self.head.look != "private":
            painter.drawRoundedRect(rect, theme.dp(4), theme.dp(4))
        painter.setPen(QPen(ink, 1.4))
        arrow = 0 if self.head.look == "private" else theme.dp(18)
        room = self.rect().adjusted(theme.dp(8), 0, -arrow - theme.dp(2), 0)
        painter.setFont(theme.font(14, bold=known or ask))
        words = painter.fontMetrics().elidedText(self.head.word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if arrow:
            middle = QPoint(self.width() - theme.dp(13), self.height() // 2 - theme.dp(1))
            step = theme.dp(4)
            painter.drawLine(middle.x() - step, middle.y(), middle.x(), middle.y() + step)
            painter.drawLine(middle.x(), middle.y() + step, middle.x() + step, middle.y())


class ColumnHeads(QWidget):
    """The row of letters and chips, kept over the table's columns. ``chosen(column, field)`` tells a pick."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_heads")
        self.setAccessibleName("各列的内容")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chips: list[ColumnChip] = []
        self._heads: Sequence[ColumnHead] = ()
        self._places: Sequence[tuple[int, int]] = ()
        self._left = 0

    def sizeHint(self) -> QSize:
        return QSize(0, theme.dp(HEADS_PX))

    def set_heads(
        self, heads: Sequence[ColumnHead], taken: Sequence[frozenset[str]],
        choices: tuple[tuple[str, str], ...] = CHOICES,
    ) -> None:  # fmt: skip
        """Show these columns; ``choices`` are the fields a column may be, with their titles."""
        while len(self.chips) > len(heads):
            self.chips.pop().deleteLater()
        while len(self.chips) < len(heads):
            chip = ColumnChip(len(self.chips), self)
            chip.chosen.connect(lambda field, column=chip.column: self.chosen.emit(column, field))
            self.chips.append(chip)
        self._heads = heads
        for chip, head, others in zip(self.chips, heads, taken, strict=True):
            chip.choices = choices
            chip.set_head(head, others)
        self.update()

    def place(self, left: int, columns: Sequence[tuple[int, int]]) -> None:
        """Put the chips over the columns: (x in the table, width) each; the table begins at ``left``."""
        self._left, self._places = left, columns
        top = theme.dp(_LETTER_PX) + theme.dp(_PAD_PX)
        for chip, (x, width) in zip(self.chips, columns, strict=False):
            chip.setGeometry(left + x + theme.dp(6), top, max(width - theme.dp(12), 1), theme.dp(_CHIP_PX))
            chip.setVisible(left + x + width > left and left + x < self.width() and x >= -theme.dp(6))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Letters, tints of recognised columns, and the rule below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("desk"))
        painter.setClipRect(self.rect().adjusted(self._left, 0, 0, 0))
        painter.setFont(theme.font(12))
        for column, (head, (x, width)) in enumerate(zip(self._heads, self._places, strict=False)):
            rect = QRect(self._left + x, 0, width, self.height())
            if head.look == "known":
                painter.fillRect(rect, theme.color("tint"))
            painter.setPen(QPen(theme.color("hair"), 1))
            painter.drawLine(rect.topRight(), rect.bottomRight())
            painter.setPen(theme.color("ink2"))
            letter = QRect(rect.left(), 0, rect.width(), theme.dp(_LETTER_PX))
            painter.drawText(letter, Qt.AlignmentFlag.AlignCenter, letters_of(column))
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(self._left - 1, 0, self._left - 1, self.height())
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
