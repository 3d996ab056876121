"""The sheet on the desk: paints the planned pages, the cells' carets, selections and rings, and places the cells.

What the paper says comes from the planner, what is typed goes to the form: neither is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from jiafang_desktop.domain.pages import Box, Sheet
from ui import theme
from ui.models.visit_form import LONG_CELLS, PAPER_CELLS, TITLES
from ui.widgets.paper_cell import CellEdit
from ui.widgets.paper_lines import CellLines, typed_run, without_cell
from ui.widgets.paper_ruler import Ruler, paint_ruler
from ui.widgets.paper_view import PageFrame, box_of, frame_pages, ink_of

_RAW_WHEN_TYPED = ("date", "number")  # they print in another form than they are typed
_SIGNATURES = ("leader_signature", "recorder_signature")


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that belongs to a cell: ``must`` in red (a refusal), else amber (please check)."""

    text: str
    must: bool = True


class PaperCanvas(QWidget):
    """The editor's paper. Feed it sheets with :meth:`set_sheet`; it tells what is typed and where the focus is."""

    typed = Signal(str, str)
    entered = Signal(str)
    left = Signal(str)
    composing = Signal(str)
    caret_moved = Signal(str)
    reveal = Signal(QRect)
    passed_end = Signal(int)
    undo_wanted = Signal()
    redo_wanted = Signal()
    radicals_mended = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_canvas")
        self.setAccessibleName("家访记录单")
        self._planned: Sheet | None = None  # as it prints
        self._sheet: Sheet | None = None  # as it is shown: a date in hand stands as it is typed
        self._px_per_mm = 17 / (14 * 25.4 / 72)
        self._frames: tuple[PageFrame, ...] = ()
        self._ink: dict[int, tuple[tuple[object, float], QPixmap]] = {}
        self._lines: dict[str, CellLines] = {}
        self._notes: dict[str, Note] = {}
        self._rulers: tuple[Ruler, ...] = ()
        self._caret_on = True
        self.cells: dict[str, CellEdit] = {name: self._make_cell(name) for name in PAPER_CELLS}
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._flip_caret)

    def _make_cell(self, name: str) -> CellEdit:
        lines = name in ("leader_name", "leader_post")
        cell = CellEdit(name, TITLES[name], self, self, long=name in LONG_CELLS, lines=lines)
        cell.typed.connect(lambda text: self.typed.emit(name, text))
        cell.step_wanted.connect(lambda step: self.step(name, step))
        cell.undo_wanted.connect(self.undo_wanted)
        cell.redo_wanted.connect(self.redo_wanted)
        cell.caret_moved.connect(lambda: self._caret_went(name))
        cell.composing_changed.connect(lambda: self.composing.emit(name))
        cell.focus_came.connect(lambda _keyboard: self._focus_came(name))
        cell.focus_went.connect(lambda: self._focus_went(name))
        cell.radicals_mended.connect(self.radicals_mended)
        return cell

    # -- what is shown -------------------------------------------------------------------------------------------

    def set_scale(self, px_per_mm: float) -> None:
        """How large the paper is from the next sheet on."""
        self._px_per_mm = px_per_mm

    def set_sheet(self, sheet: Sheet) -> None:
        """Show a newly planned sheet; call it after every change of text or composition."""
        self._planned = self._sheet = sheet
        focused = self.focused()
        if focused in _RAW_WHEN_TYPED:
            box = box_of(sheet, focused)
            run = typed_run(focused, self.shown_text(focused), box, right=focused == "number")
            pages = (without_cell(sheet.pages[0], focused, run), *sheet.pages[1:])
            self._sheet = Sheet(sheet.title, pages)
        self._ink.clear()
        self._lines.clear()
        self._lay_out()
        self.update()

    def set_rulers(self, rulers: tuple[Ruler, ...]) -> None:
        """What stands beside the long cells."""
        self._rulers = rulers
        self.update()

    def set_notes(self, notes: Mapping[str, Note]) -> None:
        """Sentences beside their cells; replaces all earlier ones."""
        self._notes = dict(notes)
        self.update()

    def set_read_only(self, read_only: bool) -> None:
        """An archived sheet can be read and copied only."""
        for cell in self.cells.values():
            cell.setReadOnly(read_only)

    @property
    def sheet(self) -> Sheet | None:
        """The sheet on the desk, as it would print."""
        return self._planned

    @property
    def px_per_mm(self) -> float:
        """The scale all cells share."""
        return self._px_per_mm

    def focused(self) -> str | None:
        """The cell in hand."""
        return next((name for name, cell in self.cells.items() if cell.hasFocus()), None)

    def shown_text(self, name: str) -> str:
        """A cell's text with an open composition where the caret is: that is what must be planned."""
        cell = self.cells[name]
        text, place = cell.text(), cell.place()
        return text[:place] + cell.preedit + text[place:] if cell.preedit else text

    def step(self, name: str, by: int) -> None:
        """To the next or the previous cell as the paper reads; past either end the page decides."""
        place = PAPER_CELLS.index(name) + by
        if 0 <= place < len(PAPER_CELLS):
            reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
            self.cells[PAPER_CELLS[place]].setFocus(reason)
        else:
            self.passed_end.emit(by)

    def cell_rect(self, name: str) -> QRect:
        """A cell's inside, in this widget's px."""
        box = box_of(self._sheet, name) if self._sheet else Box(name, 0, 0, 10, 10)
        return self._box_rect(0, box)

    # -- CellGeometry --------------------------------------------------------------------------------------------

    def place_at(self, cell: str, point: QPoint) -> tuple[int, bool]:
        """The caret place nearest to a point of this widget."""
        page = max((n for n, frame in enumerate(self._frames) if point.y() >= frame.rect.top()), default=0)
        x_mm, y_mm = self._frames[page].to_mm(point, self._px_per_mm)
        return self._cell_lines(cell).at(page, x_mm, y_mm)

    def caret_rect(self, cell: str) -> QRect:
        """Where the caret is painted."""
        edit = self.cells[cell]
        place = edit.place() + (edit.preedit_caret if edit.preedit else 0)
        lines = self._cell_lines(cell)
        line = lines.lines[lines.line_of(place, at_line_end=edit.at_line_end)]
        frame, scale = self._frames[line.page], self._px_per_mm
        x, top = frame.to_px(line.x_mm(place), line.top_mm, scale)
        _, bottom = frame.to_px(0.0, line.bottom_mm, scale)
        return QRect(round(x), round(top), max(theme.dp(1), 1), max(round(bottom - top), 2))

    def line_step(self, cell: str, place: int, lines: int, x_mm: float | None) -> tuple[int, bool, float] | None:
        """The place ``lines`` printed lines further, whether it is a wrapped line's end, and the ``x_mm`` kept to.

        None past the first or last line.
        """
        known = self._cell_lines(cell)
        index = known.line_of(place, at_line_end=self.cells[cell].at_line_end)
        keep_mm = known.lines[index].x_mm(place) if x_mm is None else x_mm
        target = min(max(index + lines, 0), len(known.lines) - 1)
        if target == index:
            return None
        place = known.lines[target].place_at(keep_mm)
        return place, known.wraps_at(target, place), keep_mm

    def line_ends(self, cell: str, place: int) -> tuple[int, int]:
        """First and last place of the printed line."""
        known = self._cell_lines(cell)
        line = known.lines[known.line_of(place, at_line_end=self.cells[cell].at_line_end)]
        return line.start, line.end

    def _cell_lines(self, name: str) -> CellLines:
        if name not in self._lines:
            sheet = self._sheet or Sheet("", ())
            box = box_of(sheet, name)
            indented = name in LONG_CELLS or name in _RAW_WHEN_TYPED
            text = self.shown_text(name)
            self._lines[name] = CellLines(sheet, name, text, first_page_box=box, indented=indented)
        return self._lines[name]

    # -- places --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet in the middle of the desk."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._sheet is None:
            return
        self._frames = frame_pages(self._sheet, self._px_per_mm, self.width())
        self.setMinimumHeight(self._frames[-1].rect.bottom() + theme.dp(24))
        for name, cell in self.cells.items():
            cell.setGeometry(self.cell_rect(name))

    def _box_rect(self, page: int, box: Box) -> QRect:
        if not self._frames:
            return QRect()
        frame, scale = self._frames[page], self._px_per_mm
        left, top = frame.to_px(box.x_mm, box.y_mm, scale)
        right, bottom = frame.to_px(box.x_mm + box.width_mm, box.y_mm + box.height_mm, scale)
        return QRect(QPoint(round(left) + 1, round(top) + 1), QPoint(round(right) - 1, round(bottom) - 1))

    def _cell_rects(self, name: str) -> list[QRect]:
        pages = self._sheet.pages if self._sheet else ()
        found = [self._box_rect(n, box) for n, page in enumerate(pages) for box in page.boxes if box.cell == name]
        return found or [self.cell_rect(name)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a 续页 belongs to the cell that goes on there."""
        point = event.position().toPoint()
        for name in LONG_CELLS:
            if any(rect.contains(point) for rect in self._cell_rects(name)):
                self.cells[name].setFocus(Qt.FocusReason.MouseFocusReason)
                self.cells[name].press_at(point)
                return

    # -- focus and caret -----------------------------------------------------------------------------------------

    def _focus_came(self, name: str) -> None:
        flash = QGuiApplication.styleHints().cursorFlashTime()
        self._caret_on = True
        if flash > 0:
            self._blink.start(flash // 2)
        self.entered.emit(name)
        self.show_cell(name)

    def _focus_went(self, name: str) -> None:
        if not isValid(self):
            return  # Qt takes the focus from a cell while the canvas is being destroyed
        self._blink.stop()
        self.left.emit(name)
        self.update()

    def _caret_went(self, name: str) -> None:
        self._caret_on = True
        self.update()
        self.caret_moved.emit(name)

    def _flip_caret(self) -> None:
        self._caret_on = not self._caret_on
        focused = self.focused()
        if focused is not None and self._frames:
            self.update(self.caret_rect(focused).adjusted(-2, -2, 2, 2))

    def show_cell(self, name: str) -> None:
        """Ask for the cell (and in a cell taller than the view the caret) to be scrolled into sight."""
        if self._frames:
            self.reveal.emit(self.cell_rect(name))
            self.reveal.emit(self.caret_rect(name))

    # -- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, paper, what helps beneath the ink, the ink, then ring and caret."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("desk"))
        if self._sheet is None:
            return
        for number, frame in enumerate(self._frames):
            if not frame.rect.intersects(event.rect()):
                continue
            painter.fillRect(frame.rect, theme.color("paper"))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame.rect.adjusted(0, 0, -1, -1))
            self._paint_under_ink(painter, number)
            self._paint_ink(painter, number)
        self._paint_over_ink(painter)
        for ruler in self._rulers:
            self._paint_ruler(painter, ruler)
        self._paint_notes(painter)

    def _paint_under_ink(self, painter: QPainter, page: int) -> None:
        assert self._sheet is not None
        focused = self.focused()
        for box in self._sheet.pages[page].boxes:
            if box.cell in _SIGNATURES:
                painter.fillRect(self._box_rect(page, box), _signature_tint())
            elif box.cell == focused:
                painter.fillRect(self._box_rect(page, box), theme.color("tint"))
        if focused is None:
            return
        if page == 0 and focused in _RAW_WHEN_TYPED:
            painter.fillRect(self.cell_rect(focused), theme.color("tint"))
        first, last = self.cells[focused].selection()
        for rect in self._stretch(focused, first, last, page):
            painter.fillRect(rect, theme.color("tint2"))

    def _stretch(self, name: str, first: int, last: int, page: int) -> list[QRect]:
        """The places ``first``…``last`` as rectangles, line by line."""
        found = []
        for line in self._cell_lines(name).lines:
            if line.page == page and line.start < last and line.end > first:
                frame, scale = self._frames[page], self._px_per_mm
                left, top = frame.to_px(line.x_mm(max(first, line.start)), line.top_mm, scale)
                right, bottom = frame.to_px(line.x_mm(min(last, line.end)), line.bottom_mm, scale)
                found.append(QRect(QPoint(round(left), round(top)), QPoint(round(right) - 1, round(bottom))))
        return found

    def _paint_ink(self, painter: QPainter, number: int) -> None:
        assert self._sheet is not None
        frame, ratio = self._frames[number], self.devicePixelRatioF()
        key = (frame.rect.size(), ratio)
        if number not in self._ink or self._ink[number][0] != key:
            self._ink[number] = (key, ink_of(self._sheet.pages[number], frame, self._px_per_mm, ratio))
        painter.drawPixmap(frame.rect.topLeft(), self._ink[number][1])

    def _paint_over_ink(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for name, note in self._notes.items():
            painter.setPen(_ring("red" if note.must else "amber"))
            painter.drawRect(self.cell_rect(name).adjusted(1, 1, -1, -1))
        focused = self.focused()
        if focused is None:
            return
        painter.setPen(_ring("accent"))
        for rect in self._cell_rects(focused):
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        cell = self.cells[focused]
        if cell.composing:
            place = cell.place()
            painter.setPen(QPen(theme.color("ink"), 1))
            for page in range(len(self._frames)):
                for rect in self._stretch(focused, place, place + len(cell.preedit), page):
                    painter.drawLine(rect.left(), rect.bottom() + 1, rect.right(), rect.bottom() + 1)
        if self._caret_on and not cell.isReadOnly():
            painter.fillRect(self.caret_rect(focused), theme.color("ink"))

    def _paint_ruler(self, painter: QPainter, ruler: Ruler) -> None:
        rect = self.cell_rect(ruler.cell)
        pitch = ruler.line_pt * 25.4 / 72 * self._px_per_mm
        left = self._frames[0].rect.right() + theme.dp(10)
        paint_ruler(painter, ruler, left=left, top=rect.top() + 1, pitch=pitch, in_hand=self.focused() == ruler.cell)

    def _paint_notes(self, painter: QPainter) -> None:
        painter.setFont(theme.font(12))
        left = self._frames[0].rect.right() + theme.dp(10)
        for name, note in self._notes.items():
            painter.setPen(theme.color("red" if note.must else "amber"))
            top = self.cell_rect(name).top() + (theme.dp(76) if name in LONG_CELLS else 0)
            room = QRect(left, top, max(self.width() - left - theme.dp(6), 40), theme.dp(200))
            painter.drawText(room, int(Qt.TextFlag.TextWrapAnywhere), note.text)


def _ring(token: str) -> QPen:
    pen = QPen(theme.color(token), max(theme.dp(2), 2))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _signature_tint() -> QColor:
    """Faint warm: here a person signs, nothing is typed."""
    warm = QColor(theme.color("desk"))
    warm.setAlphaF(0.6)
    return warm
