"""The list of people under a name cell: found by characters, full pinyin or initials, picked by Enter, Tab or click.

It never takes the focus and never a key of an open composition. Searching is asked of the caller, filling the other
cells is the page's business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from jiafang_desktop.common.chinese import is_han, squeeze
from jiafang_desktop.domain.cadres import Cadre
from ui import theme
from ui.widgets.paper_cell import CellEdit

Ask = Callable[[str, Callable[[Sequence[Cadre]], None]], None]
_WHOLE_NAME = 3  # so many characters are a whole name: Enter then keeps what was typed unless a row is chosen


class NameCompleter(QObject):
    """Watches cells of names. ``ask(text, answer)`` searches; ``chosen(cell, cadre)`` tells the pick."""

    chosen = Signal(str, object)

    def __init__(self, ask: Ask, host: QWidget) -> None:
        super().__init__(host)
        self._ask = ask
        self._cell: CellEdit | None = None
        self._asked = ""
        self.popup = NameList(host)
        self.popup.rows.itemClicked.connect(self._clicked)

    def watch(self, cell: CellEdit) -> None:
        """Offer names in ``cell``."""
        cell.key_taker = self
        cell.typed.connect(lambda _text: self.look(cell))
        cell.focus_went.connect(self.close)
        cell.composing_changed.connect(lambda: self.close() if cell.composing else None)

    def look(self, cell: CellEdit) -> None:
        """Search for what the caret's line says."""
        text = squeeze(line_at(cell)[1])
        if not text or cell.composing or not cell.hasFocus():
            self.close()
            return
        self._cell, self._asked = cell, text
        self._ask(text, lambda people: self._answer(text, people))

    def close(self) -> None:
        """Take the list away; an answer still under way is dropped."""
        self._asked = ""
        self.popup.hide()

    @property
    def is_open(self) -> bool:
        """Whether the list is on screen."""
        return self.popup.isVisible()

    def take_key(self, cell: CellEdit, event: QKeyEvent) -> bool:
        """Arrows move in the list, Enter and Tab pick, Esc keeps what was typed."""
        if not self.is_open or cell is not self._cell:
            return False
        rows, key = self.popup.rows, event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            rows.setCurrentRow((max(rows.currentRow(), -1 if step > 0 else 0) + step) % rows.count())
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and rows.currentItem() is not None:
            self._pick(rows.currentItem())
            return True
        return False

    def _answer(self, text: str, people: Sequence[Cadre]) -> None:
        cell = self._cell
        if cell is None or text != self._asked or not cell.hasFocus() or cell.composing:
            return
        if not people:
            self.popup.hide()
            return
        self.popup.show_people(people, chosen_first=_first_is_meant(text, people))
        self.popup.place_under(cell)

    def _clicked(self, item: QListWidgetItem) -> None:
        self._pick(item)

    def _pick(self, item: QListWidgetItem) -> None:
        cell, person = self._cell, item.data(Qt.ItemDataRole.UserRole)
        self.close()
        if cell is not None:
            self.chosen.emit(cell.name, person)


def _first_is_meant(text: str, people: Sequence[Cadre]) -> bool:
    """A whole Chinese name that is nobody's in the roster is kept as typed; anything shorter means the first row."""
    if not all(is_han(char) for char in text) or len(text) < _WHOLE_NAME:
        return True
    return any(squeeze(person.content.name) == text for person in people)


def line_at(cell: CellEdit) -> tuple[int, str]:
    """Number and text of the caret's line in a cell with one name per line."""
    text, place = cell.text(), cell.place()
    number = text.count("\n", 0, place)
    return number, text.split("\n")[number]


class NameList(QFrame):
    """Name, unit and post per row, with a line below that says what the keys do."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("name_popup")
        self.setAccessibleName("名册中的人")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows = QListWidget(self)
        self.rows.setObjectName("name_list")
        self.rows.setAccessibleName("名册中的人")
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setFrameShape(QFrame.Shape.NoFrame)
        self.rows.setMouseTracking(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setItemDelegate(_PersonRow(self.rows))
        self._keys = QLabel(self)
        self._keys.setContentsMargins(theme.dp(10), theme.dp(4), theme.dp(10), theme.dp(6))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.rows)
        column.addWidget(self._keys)
        self.hide()

    def show_people(self, people: Sequence[Cadre], *, chosen_first: bool) -> None:
        """Fill the rows."""
        paper, line, ink2 = (theme.color(token).name() for token in ("paper", "edge", "ink2"))
        self.setStyleSheet(
            f"#name_popup {{ background: {paper}; border: 1px solid {line}; border-radius: {theme.dp(4)}px; }}"
            f"#name_list {{ background: {paper}; border: none; }}"
        )
        self._keys.setStyleSheet(f"color: {ink2}; font-size: {theme.dp(12)}px; background: transparent;")
        keys = "回车选用　↑↓ 换人　Esc 只用所打的字" if chosen_first else "↓ 选名册中的人　回车只用所打的字"
        self._keys.setText(keys)
        self.rows.clear()
        for person in people:
            content = person.content
            item = QListWidgetItem("　".join(part for part in (content.name, content.unit, content.post) if part))
            item.setData(Qt.ItemDataRole.UserRole, person)
            self.rows.addItem(item)
        self.rows.setCurrentRow(0 if chosen_first else -1)

    def place_under(self, cell: QWidget) -> None:
        """Below the cell, or above where the window ends."""
        host = self.parentWidget()
        height = min(self.rows.count(), 6) * theme.dp(34) + self._keys.sizeHint().height() + 2
        width = theme.dp(380)
        left, top = cell.mapTo(host, QPoint(0, 0)).toTuple()  # type: ignore[misc]  # a pair of ints
        below = top + cell.height() + theme.dp(2)
        if below + height > host.height():
            below = top - height - theme.dp(2)
        self.setGeometry(QRect(min(left, host.width() - width - 4), below, width, height))
        self.show()
        self.raise_()


class _PersonRow(QStyledItemDelegate):
    """Name in ink, unit and post in captions; the chosen row tinted with the accent bar."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.dp(34))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs leave the option's fields out
        state = option.state  # type: ignore[attr-defined]
        content = index.data(Qt.ItemDataRole.UserRole).content
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("tint"))
            painter.fillRect(QRect(rect.left(), rect.top(), theme.dp(3), rect.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("desk"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(14, bold=True))
        painter.setPen(theme.color("ink"))
        name_rect = rect.adjusted(theme.dp(12), 0, 0, 0)
        painter.drawText(name_rect, middle, content.name)
        taken = max(painter.fontMetrics().horizontalAdvance(content.name), theme.dp(48)) + theme.dp(14)
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink2"))
        room = name_rect.adjusted(taken, 0, -theme.dp(8), 0)
        words = "　".join(part for part in (content.unit, content.post) if part)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, words)
