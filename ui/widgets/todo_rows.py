"""Rows of what waits: who, about what, what to do, until when, which leader, and the act at the right.

Each row is one button, so keys and screen readers have it whole. Words come from todo_words.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.models.todo_words import TodoWords
from ui.widgets.painted_button import UP_AND_DOWN, PaintedButton

ROW_PX, HEAD_PX = 40, 36
# Key, head, least width, share of what is spare.
_COLUMNS = (("visitee", "家访对象", 92, 0), ("matter", "事由", 140, 5), ("to_do", "要做的事", 170, 6),
            ("limit", "期限", 146, 0), ("leaders", "家访领导", 104, 0), ("act", "", 76, 0))  # fmt: skip

# Beginnings of limits that nobody set: grey, for nothing happens when they pass.
_QUIET = ("未定时限", "建议", "计划")


def column_places(width: int) -> dict[str, tuple[int, int]]:
    """Left edge and width of each column; where it is narrow 家访领导 goes first, never 期限."""
    columns = [column for column in _COLUMNS if column[0] != "leaders" or width >= theme.dp(680)]
    least = sum(theme.dp(column[2]) for column in columns)
    shares = sum(column[3] for column in columns)
    spare = max(width - least, 0)
    places, at = {}, 0
    for key, _, px, share in columns:
        wide = theme.dp(px) + (spare * share // shares if shares else 0)
        places[key] = (at, wide)
        at += wide
    act_left = width - theme.dp(76)
    places["act"] = (act_left, theme.dp(76))
    return places


class TodoHead(QWidget):
    """Column heads over an edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme.dp(HEAD_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """12 ink2."""
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink2"))
        heads = {key: words for key, words, _, _ in _COLUMNS}
        for key, (left, wide) in column_places(self.width()).items():
            painter.drawText(QRect(left, 0, wide, self.height()), Qt.AlignmentFlag.AlignVCenter, heads[key])
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("edge"))


class TodoRow(PaintedButton):
    """One thing to do; a click or Enter opens it."""

    STEPS = UP_AND_DOWN

    def __init__(self, words: TodoWords, name: str) -> None:
        super().__init__(name)
        self.words = words
        self.setText(words.visitee)
        self.setAccessibleName(words.spoken())
        self.setToolTip(f"{words.matter}\n{words.to_do}" if words.matter else words.to_do)
        self.setFixedHeight(theme.dp(ROW_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.dp(640), theme.dp(ROW_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words in their columns, hair below."""
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), theme.color("desk2" if self.isDown() else "desk"))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("hair"))
        words, flags = self.words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for key, (left, wide) in column_places(self.width()).items():
            if key == "act":
                self._paint_act(painter, left, wide)
                continue
            late = key == "limit" and words.is_overdue
            font = theme.font(14, bold=late)
            quiet = key == "limit" and not late and words.limit.startswith(_QUIET)
            painter.setFont(font)
            painter.setPen(theme.color("red" if late else "ink3" if quiet else "ink"))
            shown = QFontMetrics(font).elidedText(getattr(words, key), Qt.TextElideMode.ElideRight, wide - theme.dp(16))
            painter.drawText(QRect(left, 0, wide, self.height()), flags, shown)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent"), theme.focus_px()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -2))

    def _paint_act(self, painter: QPainter, left: int, wide: int) -> None:
        side = theme.dp(14)
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("accent"))
        room = QRect(left, 0, wide - side - theme.dp(6), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.words.act)
        place = QRect(left + wide - side, (self.height() - side) // 2, side, side)
        painter.drawPixmap(place, icons.pixmap("chevron_right", side, "accent"))


class TodoRows(QWidget):
    """A stack of rows. ``opened(TodoWords)`` tells the one chosen."""

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.rows: list[TodoRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_rows(self, rows: Sequence[TodoWords]) -> None:
        """Show these; unchanged rows are left as they are, the keys with them."""
        if [row.words for row in self.rows] == list(rows):
            return
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [TodoRow(words, f"{self.objectName()}_{place}") for place, words in enumerate(rows, start=1)]
        for place, row in enumerate(self.rows):
            row.clicked.connect(lambda _=False, words=row.words: self.opened.emit(words))
            row.stepped.connect(lambda by, place=place: self._step(place + by))
            self._column.addWidget(row)

    def _step(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
