"""The printed ledger on the desk: pages painted where they show, a row and a cell in hand, keys to move between them.

Planning is the services', pages and words are ledger_pages'. What stands beside the paper (states) is asked of the
caller; nothing here is written on the sheet that would not print.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from jiafang_desktop.domain.pages import MM_PER_PT, Box
from jiafang_desktop.paper.painting import paint_page
from ui import theme
from ui.models.ledger_pages import LedgerPages
from ui.widgets.ledger_margin import paint_margin_head, paint_margin_row

_SIDE_PX, _TOP_PX, _GAP_PX, _MARGIN_PX = 27, 12, 16, 112
_FONTS_PX = range(12, 23)  # what 14 pt may take on screen: whole px, so that lines look as printed (THEME trap 11)
_HEAD_ROOM_MM, _FOOT_ROOM_MM = 6.0, 13.0  # of the paper's upper and lower margins, the rest is cut away
_MOST_INKS = 8
_FIELD = "ledger_view"


class LedgerView(QAbstractScrollArea):
    """Shows :class:`LedgerPages`. ``moved(row, column)`` tells the cell in hand, ``opened(visit_id)`` Enter or a
    double click, ``page_shown(index)`` the page most of which is in view. ``state_of`` gives a visit's status key."""

    moved = Signal(int, int)
    opened = Signal(str)
    page_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, state_of: Callable[[str], str | None]) -> None:
        super().__init__(parent)
        self.setObjectName(_FIELD)
        self.setProperty("ground", "desk")
        self.setAccessibleName("台账页面")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(False)
        self.pages: LedgerPages | None = None
        self.row, self.column = 0, 0
        self._anchor: int | None = None  # where Shift began to take rows
        self._found: frozenset[int] = frozenset()
        self._state_of = state_of
        self._px_per_mm = 1.0
        self._inks: OrderedDict[int, QPixmap] = OrderedDict()
        self._shown_page = -1
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_page())

    # -- what the page does with it ----------------------------------------------------------------------------

    def set_pages(self, pages: LedgerPages | None, *, keep: str | None = None) -> None:
        """Show another ledger; the row of the visit ``keep`` stays in hand when it is there."""
        self.pages = pages
        self._inks.clear()
        self._anchor = None
        self._found = frozenset()
        self._shown_page = -1
        place = pages.place_of(keep) if pages is not None and keep is not None else None
        self.row = place if place is not None else 0
        self.column = min(self.column, len(pages.columns) - 1) if pages is not None else 0
        self._lay_out()
        self.viewport().update()
        if pages is not None and pages.row_count:
            if place is not None:
                self._reveal()
            self._tell_cell()
        self._tell_page()

    def set_found(self, rows: Collection[int]) -> None:
        """Tint the rows a search found."""
        self._found = frozenset(rows)
        self.viewport().update()

    def go_to(self, row: int, column: int | None = None) -> None:
        """Take a cell in hand and scroll it into view."""
        if self.pages is None or not self.pages.row_count:
            return
        self._anchor = None
        self._put(row, self.column if column is None else column)

    def show_page(self, index: int) -> None:
        """Scroll to a page's top; the cell in hand follows to its first row."""
        if self.pages is None or not 0 <= index < self.pages.page_count:
            return
        rows = self.pages.rows_of(index)
        if rows and self.row not in rows:
            self.row = rows.start
            self._tell_cell()
        self.verticalScrollBar().setValue(self._page_top(index) - theme.dp(_TOP_PX))
        self.viewport().update()

    def shown_page(self) -> int:
        """The page most of which is in view."""
        return max(self._shown_page, 0)

    def chosen_rows(self) -> range:
        """The row in hand, or those taken with Shift."""
        if self._anchor is None:
            return range(self.row, self.row + 1)
        return range(min(self._anchor, self.row), max(self._anchor, self.row) + 1)

    def copy(self) -> int:
        """Put the chosen rows on the clipboard as Excel takes them; says how many. Several rows bring their heads."""
        if self.pages is None or not self.pages.row_count:
            return 0
        rows = self.chosen_rows()
        QGuiApplication.clipboard().setText(self.pages.tsv(rows, header=len(rows) > 1))
        return len(rows)

    def refresh_states(self) -> None:
        """States beside the paper arrived or changed."""
        self.viewport().update()

    # -- geometry ----------------------------------------------------------------------------------------------

    @property
    def px_per_mm(self) -> float:
        """The scale the pages are shown at."""
        return self._px_per_mm

    def cell_rect(self, row: int, column: int) -> QRect:
        """A cell in viewport px, for whoever points at it."""
        assert self.pages is not None
        index = self.pages.page_of(row)
        return self._box_rect(index, self.pages.box(row, column))

    def _lay_out(self) -> None:
        width = self.viewport().width()
        bottom, right = self.verticalScrollBar(), self.horizontalScrollBar()
        if self.pages is None:
            bottom.setRange(0, 0)
            return
        frame = 2 * theme.dp(_SIDE_PX) + 2 * theme.dp(_MARGIN_PX)
        fitting = [px for px in _FONTS_PX if self._table_mm() * px / (14 * MM_PER_PT) + frame <= width]
        font = max(fitting, default=_FONTS_PX.start)
        scale = font / (14 * MM_PER_PT)
        if scale != self._px_per_mm:
            self._px_per_mm = scale
            self._inks.clear()
        gap = theme.dp(_GAP_PX)
        height = self.pages.page_count * (self._page_height() + gap) - gap + 2 * theme.dp(_TOP_PX)
        bottom.setRange(0, max(height - self.viewport().height(), 0))
        bottom.setPageStep(self.viewport().height())
        bottom.setSingleStep(theme.dp(38))
        right.setRange(0, max(self._page_width() + theme.dp(_MARGIN_PX) * 2 - width, 0))
        right.setPageStep(width)

    def _table_mm(self) -> float:
        return sum(column.width_mm for column in self.pages.columns) if self.pages is not None else 225.0

    def _page_width(self) -> int:
        return round(self._table_mm() * self._px_per_mm) + 2 * theme.dp(_SIDE_PX)

    def _cut_mm(self) -> tuple[float, float, float]:
        """Left and top of the shown part of a page, and its height."""
        assert self.pages is not None
        page = self.pages.page(0)
        left = min((rule.x1_mm for rule in page.rules), default=35.0)
        top = 28.0 - _HEAD_ROOM_MM
        return left - theme.dp(_SIDE_PX) / self._px_per_mm, top, page.height_mm - _FOOT_ROOM_MM - top

    def _page_height(self) -> int:
        return round(self._cut_mm()[2] * self._px_per_mm)

    def _page_left(self) -> int:
        free = self.viewport().width() - self._page_width()
        return max(free // 2, theme.dp(_MARGIN_PX)) - self.horizontalScrollBar().value()

    def _page_top(self, index: int) -> int:
        return theme.dp(_TOP_PX) + index * (self._page_height() + theme.dp(_GAP_PX))

    def _page_rect(self, index: int) -> QRect:
        top = self._page_top(index) - self.verticalScrollBar().value()
        return QRect(self._page_left(), top, self._page_width(), self._page_height())

    def _box_rect(self, index: int, box: Box) -> QRect:
        page, scale = self._page_rect(index), self._px_per_mm
        left_mm, top_mm, _ = self._cut_mm()
        left = page.left() + round((box.x_mm - left_mm) * scale)
        top = page.top() + round((box.y_mm - top_mm) * scale)
        right = page.left() + round((box.x_mm + box.width_mm - left_mm) * scale)
        bottom = page.top() + round((box.y_mm + box.height_mm - top_mm) * scale)
        return QRect(QPoint(left, top), QPoint(right, bottom))

    def _pages_in_view(self) -> range:
        if self.pages is None:
            return range(0)
        step = self._page_height() + theme.dp(_GAP_PX)
        first = max((self.verticalScrollBar().value() - theme.dp(_TOP_PX)) // step, 0)
        last = (self.verticalScrollBar().value() + self.viewport().height()) // step
        return range(first, min(last + 1, self.pages.page_count))

    # -- moving ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End and the page keys move; Enter opens; Ctrl+C copies, Ctrl+A takes all rows."""
        if self.pages is None or not self.pages.row_count:
            super().keyPressEvent(event)
            return
        key, ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if ctrl and key == Qt.Key.Key_C:
            self.copy()
        elif ctrl and key == Qt.Key.Key_A:
            self._anchor = 0
            self._put(self.pages.row_count - 1, self.column)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.pages.visit_id(self.row))
        else:
            target = self._target(key, ctrl)
            if target is None:
                super().keyPressEvent(event)
                return
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._anchor = (self.row if self._anchor is None else self._anchor) if shift else None
            self._put(*target)

    def _target(self, key: int, ctrl: bool) -> tuple[int, int] | None:
        assert self.pages is not None
        row, column, last = self.row, self.column, self.pages.row_count - 1
        page = self.pages.page_of(row)
        moves = {
            Qt.Key.Key_Up: (row - 1, column), Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Left: (row, column - 1), Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Home: (0 if ctrl else row, 0),
            Qt.Key.Key_End: (last if ctrl else row, len(self.pages.columns) - 1),
            Qt.Key.Key_PageUp: (self._first_row(page - 1), column),
            Qt.Key.Key_PageDown: (self._first_row(page + 1), column),
        }  # fmt: skip
        return moves.get(Qt.Key(key))

    def _first_row(self, index: int) -> int:
        assert self.pages is not None
        if index < 0:
            return 0
        if index >= self.pages.page_count:
            return self.pages.row_count - 1
        return self.pages.rows_of(index).start

    def _put(self, row: int, column: int) -> None:
        assert self.pages is not None
        self.row = min(max(row, 0), self.pages.row_count - 1)
        self.column = min(max(column, 0), len(self.pages.columns) - 1)
        self._reveal()
        self._tell_cell()
        self.viewport().update()

    def _reveal(self) -> None:
        rect = self.cell_rect(self.row, self.column)
        bar, room = self.verticalScrollBar(), theme.dp(_TOP_PX)
        if rect.top() < room:
            bar.setValue(bar.value() + rect.top() - room)
        elif rect.bottom() > self.viewport().height() - room:
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + room)
        across = self.horizontalScrollBar()
        if rect.left() < 0:
            across.setValue(across.value() + rect.left() - room)
        elif rect.right() > self.viewport().width():
            across.setValue(across.value() + rect.right() - self.viewport().width() + room)

    def _tell_cell(self) -> None:
        assert self.pages is not None
        column = self.pages.columns[self.column]
        words = self.pages.text(self.row, self.column)
        self.setAccessibleDescription(f"第 {self.row + 1} 行，{column.field and ''.join(column.heading)}：{words}")
        self.moved.emit(self.row, self.column)

    def _tell_page(self) -> None:
        if self.pages is None:
            return
        middle = self.viewport().height() // 2
        shown = next((index for index in self._pages_in_view() if self._page_rect(index).bottom() >= middle), 0)
        if shown != self._shown_page:
            self._shown_page = shown
            self.page_shown.emit(shown)

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        if self.pages is None:
            return None
        left_mm, top_mm, _ = self._cut_mm()
        for index in self._pages_in_view():
            rect = self._page_rect(index)
            if rect.top() <= point.y() <= rect.bottom():
                x_mm = left_mm + (point.x() - rect.left()) / self._px_per_mm
                return self.pages.hit(index, x_mm, top_mm + (point.y() - rect.top()) / self._px_per_mm)
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the cell in hand; with Shift all rows between."""
        place = self._at(event.position().toPoint())
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._anchor = (self.row if self._anchor is None else self._anchor) if shift else None
        self._put(*place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the record."""
        place = self._at(event.position().toPoint())
        if place is not None and self.pages is not None:
            self._put(*place)
            self.opened.emit(self.pages.visit_id(place[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another scale: the page in view stays."""
        shown = self.shown_page()
        offset = self.verticalScrollBar().value() - self._page_top(shown) if self.pages is not None else 0
        before = self._px_per_mm
        self._lay_out()
        if self.pages is not None and before != self._px_per_mm:
            self.verticalScrollBar().setValue(self._page_top(shown) + round(offset * self._px_per_mm / before))
        self._tell_page()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type or palette: nothing painted before is right."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._inks.clear()
            self._lay_out()
        super().changeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Repaint rather than move px: margins and rings stand on the desk."""
        self.viewport().update()

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, sheets in view, tints under their ink, states beside them, the ring above."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("desk"))
        if self.pages is None:
            return
        for index in self._pages_in_view():
            self._paint_page(painter, index)
        painter.end()

    def _paint_page(self, painter: QPainter, index: int) -> None:
        assert self.pages is not None
        rect = self._page_rect(index)
        painter.fillRect(rect, theme.color("paper"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        chosen, last = self.chosen_rows(), len(self.pages.columns) - 1
        for row in self.pages.rows_of(index):
            if row in chosen or row in self._found:
                first = self._box_rect(index, self.pages.box(row, 0))
                end = self._box_rect(index, self.pages.box(row, last))
                painter.fillRect(first.united(end), theme.color("tint" if row in chosen else "amber_tint"))
        in_hand = self.row in self.pages.rows_of(index) and self._anchor is None
        if in_hand:
            painter.fillRect(self.cell_rect(self.row, self.column), theme.color("paper"))
        painter.drawPixmap(rect.topLeft(), self._ink(index))
        if in_hand:
            self._paint_ring(painter, self.cell_rect(self.row, self.column))
        self._paint_margin(painter, index, rect)

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        pen = QPen(theme.color("accent"), theme.dp(2))
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(QPointF(rect.topLeft()), QPointF(rect.bottomRight())))

    def _paint_margin(self, painter: QPainter, index: int, rect: QRect) -> None:
        assert self.pages is not None
        left = max(rect.left() - theme.dp(_MARGIN_PX) + theme.dp(18), 0)
        width = rect.left() - left - theme.dp(8)
        if width < theme.dp(56):
            return
        header = self.pages.page(index).box(f"header:{self.pages.columns[0].field}")
        top = self._box_rect(index, header)
        paint_margin_head(painter, QRect(left, top.top(), width, top.height()))
        for row in self.pages.rows_of(index):
            state = self._state_of(self.pages.visit_id(row))
            if state is not None:
                line = self._box_rect(index, self.pages.box(row, 0))
                paint_margin_row(painter, QRect(left, line.top(), width, line.height()), state)

    def _ink(self, index: int) -> QPixmap:
        """A page's words and rules on nothing, kept while it is near."""
        kept = self._inks.get(index)
        if kept is not None:
            self._inks.move_to_end(index)
            return kept
        assert self.pages is not None
        ratio = self.viewport().devicePixelRatioF()
        pixmap = QPixmap(round(self._page_width() * ratio), round(self._page_height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        left_mm, top_mm, _ = self._cut_mm()
        painter = QPainter(pixmap)
        painter.translate(-left_mm * self._px_per_mm, -top_mm * self._px_per_mm)
        paint_page(painter, self.pages.page(index), px_per_mm=self._px_per_mm)
        painter.end()
        self._inks[index] = pixmap
        while len(self._inks) > _MOST_INKS:
            self._inks.popitem(last=False)
        return pixmap
