"""The stranger's sheet as it is, under its heads: tinted columns, grey ones left out, marks on cells to look at.

Rows come windowed from ImportGridModel; the list of problems beside it is import_problems'.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.models.import_grid import (
    LINE_ROLE,
    MARK_ROLE,
    ImportGridModel,
    choices_of,
    column_word,
    fields_of_column,
    private_reason,
)
from ui.widgets.import_heads import ColumnHead, ColumnHeads

_ROW_PX, _LEAST_PX, _MOST_PX, _NUMBERS_PX = 30, 92, 260, 40
_SAMPLE_ROWS = 60

Index = QModelIndex | QPersistentModelIndex


class _Cell(QStyledItemDelegate):
    """One cell: fill by column and mark, the words, a hairline to the right and below."""

    def __init__(self, view: ImportTable) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs leave the option's fields out
        line = index.data(LINE_ROLE)
        tone = index.data(MARK_ROLE)
        look = self._view.look_of(index.column())
        reading = line.kind in ("person", "header") and look == "known"
        painter.fillRect(rect, self._fill(line.kind, look, tone))
        if tone is not None:
            painter.fillRect(QRect(rect.left(), rect.top(), theme.dp(3), rect.height()), theme.color(_INK[tone]))
        painter.setPen(QPen(theme.color("hair"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(theme.color("edge" if line.kind == "header" else "hair"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = index.data() or ""
        if not text and tone == "must":
            text = "未填"
        if text:
            painter.setFont(theme.font(12 if line.kind == "header" else 14))
            ink = _INK[tone] if tone == "must" else "ink" if reading else "ink2" if line.kind == "header" else "ink3"
            painter.setPen(theme.color(ink))
            room = rect.adjusted(theme.dp(12), 0, -theme.dp(8), 0)
            words = " ".join(text.split())
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _fill(self, kind: str, look: str, tone: str | None) -> Any:
        if tone is not None:
            return theme.color("red_tint" if tone == "must" else "amber_tint")
        if kind == "above":
            return theme.color("paper")
        if kind == "skipped" or look in ("left", "private"):
            return theme.color("desk")
        return theme.color("tint") if look == "known" else theme.color("paper")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.dp(_LEAST_PX), theme.dp(_ROW_PX))


_INK = {"must": "red", "check": "amber"}


class _Numbers(QHeaderView):
    """Excel's row numbers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("import_row_numbers")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(theme.dp(_NUMBERS_PX) + (theme.dp(10) if self.count() > 9999 else 0), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, theme.color("desk"))
        painter.setPen(QPen(theme.color("hair"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("ink2"))
        number = self.model().headerData(section, Qt.Orientation.Vertical)
        room = rect.adjusted(0, 0, -theme.dp(8), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(number))
        painter.restore()


class ImportTable(QTableView):
    """The cells. Copies as Excel takes it; what a row is nobody for stands at its right end."""

    def __init__(self, model: ImportGridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("import_grid")
        self.setAccessibleName("名册原表")
        self.grid = model
        self._looks: list[str] = []
        self.setVerticalHeader(_Numbers(self))
        self.horizontalHeader().hide()
        self.setModel(model)
        self.setItemDelegate(_Cell(self))
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def set_looks(self, looks: list[str]) -> None:
        """How each column is painted."""
        self._looks = looks
        self.viewport().update()

    def look_of(self, column: int) -> str:
        """known, ask, left or private."""
        return self._looks[column] if column < len(self._looks) else "left"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the chosen cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        chosen = self.selectionModel().selection()
        if chosen.isEmpty():
            return
        area = chosen.first()
        lines = []
        for row in range(area.top(), min(area.bottom(), area.top() + 20000) + 1):
            cells = (str(self.grid.index(row, at).data() or "") for at in range(area.left(), area.right() + 1))
            lines.append("\t".join(" ".join(cell.split()) for cell in cells))
        QApplication.clipboard().setText("\n".join(lines) + "\n")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells, then the reasons of rows that are nobody, then the empty desk."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(theme.font(12))
        row = self.rowAt(0)
        last = self.grid.columnCount() - 1
        end = self.columnViewportPosition(last) + self.columnWidth(last) if last >= 0 else 0
        right = min(end, self.viewport().width())
        while 0 <= row < self.grid.rowCount():
            top = self.rowViewportPosition(row)
            if top > self.viewport().height():
                break
            self._paint_note(painter, self.grid.line(row), QRect(0, top, right, self.rowHeight(row)))
            row += 1

    def _paint_note(self, painter: QPainter, line: Any, rect: QRect) -> None:
        note = "标题以上，不导入" if line.kind == "above" else f"{line.note}，不导入" if line.note else ""
        note = note.replace("，无法导入，不导入", "，不导入").replace("，不是人，不导入", "，不导入")
        if not note:
            return
        width = painter.fontMetrics().horizontalAdvance(note) + theme.dp(20)
        place = QRect(rect.right() - width, rect.top(), width, rect.height() - 1)
        painter.fillRect(place, theme.color("paper" if line.kind == "above" else "desk"))
        painter.setPen(theme.color("ink2"))
        room = place.adjusted(0, 0, -theme.dp(12), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)


class ImportGrid(QWidget):
    """Heads and cells together. ``chosen(column, field)`` tells that a column was given another meaning."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ImportGridModel(self)
        self.heads = ColumnHeads(self)
        self.table = ImportTable(self.model, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heads)
        column.addWidget(self.table, 1)
        self.heads.chosen.connect(self.chosen)
        self.table.horizontalScrollBar().valueChanged.connect(lambda _value: self._place_heads())
        self.table.horizontalHeader().sectionResized.connect(lambda *_: self._place_heads())
        self._natural: list[int] = []

    def show_preview(self, preview: Any, *, marked_rows: dict[int, str]) -> None:
        """Show a preview, keeping the place scrolled to when it is the same sheet."""
        before = self.model.preview
        same = before is not None and before.reading.sheet == preview.reading.sheet and before.file == preview.file
        at = (self.table.verticalScrollBar().value(), self.table.horizontalScrollBar().value())
        self.model.set_preview(preview, marked_rows=marked_rows)
        words = [column_word(preview, column) for column in range(len(preview.letters))]
        self.table.set_looks([look for _, look in words])
        titles = dict(choices_of(preview))
        all_taken = {name for column in range(len(words)) for name in fields_of_column(preview, column)}
        heads, taken = [], []
        for column, (word, look) in enumerate(words):
            reason = private_reason(preview, column)
            tip = f"{reason}，也不显示" if reason else "" if look != "left" else "点这里可以改成要导入的一栏"
            heads.append(ColumnHead(word, look, tip))
            own = fields_of_column(preview, column)
            taken.append(frozenset(name for name in all_taken if name in titles and name not in own))
        self.heads.set_heads(heads, taken, choices_of(preview))
        self._measure(preview)
        self.table.verticalHeader().setDefaultSectionSize(theme.dp(_ROW_PX))
        self._spread()
        if same:
            self.table.verticalScrollBar().setValue(at[0])
            self.table.horizontalScrollBar().setValue(at[1])

    def go_to(self, number: int | None, column: int | None) -> None:
        """Show Excel's row ``number`` and take its cell in hand; a column alone is scrolled to."""
        place = self.model.place_of(number) if number is not None else self.table.rowAt(0)
        if place is None:
            self.model.set_only_marked(False)
            place = self.model.place_of(number) if number is not None else 0
        if place is None or place < 0:
            return
        index = self.model.index(place, column or 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self, preview: Any) -> None:
        """Each column's width from its first cells and its chip."""
        lines = preview.lines(0, _SAMPLE_ROWS)
        figures = self.fontMetrics()
        self._natural = []
        for column in range(len(preview.letters)):
            shown = (line for line in lines if line.kind in ("person", "header") and column < len(line.cells))
            texts = [line.cells[column] for line in shown]
            longest = max((figures.horizontalAdvance(" ".join(text.split())[:24]) for text in texts), default=0)
            chip = figures.horizontalAdvance(column_word(preview, column)[0]) + theme.dp(46)
            scaled = longest * 14 // max(figures.height(), 14) + theme.dp(24)
            wanted = max(scaled, longest + theme.dp(22), chip, theme.dp(_LEAST_PX))
            self._natural.append(min(wanted, theme.dp(_MOST_PX)))

    def _spread(self) -> None:
        """Spare width is shared by all columns by what they need."""
        room = self.table.viewport().width()
        total = sum(self._natural)
        for column, width in enumerate(self._natural):
            wide = width + max(room - total, 0) * width // total if total else width
            self.table.setColumnWidth(column, wide)
        if self._natural and room > total:
            used = sum(self.table.columnWidth(column) for column in range(len(self._natural)))
            last = len(self._natural) - 1
            self.table.setColumnWidth(last, self.table.columnWidth(last) + room - used)
        self._place_heads()

    def _place_heads(self) -> None:
        left = self.table.viewport().mapTo(self, QPoint(0, 0)).x()
        table = self.table
        columns = range(self.model.columnCount())
        self.heads.place(left, [(table.columnViewportPosition(c), table.columnWidth(c)) for c in columns])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the new width."""
        super().resizeEvent(event)
        self._spread()
