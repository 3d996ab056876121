"""A cell of the paper as an input engine: keys, input method, clipboard and accessibility of a real text edit.

It paints nothing: the canvas draws text, caret and selection from the planner's lines, so what is seen is what
prints. Undo belongs to the whole form and is only asked for here.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QWidget

from jiafang_desktop.common.chinese import unify_radicals
from ui.widgets.paper_lines import points, units


class CellGeometry(Protocol):
    """What the canvas knows about where a cell's text stands."""

    def place_at(self, cell: str, point: QPoint) -> tuple[int, bool]: ...
    def caret_rect(self, cell: str) -> QRect: ...
    def line_step(self, cell: str, place: int, lines: int, x_mm: float | None) -> tuple[int, bool, float] | None: ...
    def line_ends(self, cell: str, place: int) -> tuple[int, int]: ...


class KeyTaker(Protocol):
    """Something that may want a key first (the list of names)."""

    def take_key(self, cell: CellEdit, event: QKeyEvent) -> bool: ...


class CellEdit(QPlainTextEdit):
    """One typed cell. Places are code points in :meth:`text`; ``typed`` follows every change by a person."""

    typed = Signal(str)
    step_wanted = Signal(int)  # +1 to the next cell, -1 back
    undo_wanted = Signal()
    redo_wanted = Signal()
    caret_moved = Signal()
    composing_changed = Signal()
    focus_came = Signal(bool)  # whether by keyboard
    focus_went = Signal()
    radicals_mended = Signal(str)

    def __init__(
        self, name: str, title: str, geometry: CellGeometry, parent: QWidget, *, long: bool = False, lines: bool = False
    ) -> None:
        super().__init__(parent)
        self.name, self.long, self.lines = name, long, lines
        self.key_taker: KeyTaker | None = None
        self.at_line_end = False
        self.preedit = ""
        self.preedit_caret = 0
        self._geometry = geometry
        self._wanted_x_mm: float | None = None
        self._old_text = ""
        self.setObjectName(f"cell_{name}")
        self.setAccessibleName(title)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("background: transparent; border: none; padding: 0;")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textChanged.connect(self._text_changed)
        self.cursorPositionChanged.connect(self.caret_moved)

    # -- text and caret in code points ---------------------------------------------------------------------------

    def text(self) -> str:
        """The cell's text."""
        return self.toPlainText()

    def set_text(self, text: str, *, place: int | None = None) -> None:
        """Show ``text`` without telling it was typed; the caret goes to ``place`` or stays where it was."""
        keep = self.place() if place is None else place
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self._old_text = text
            self.blockSignals(False)
        self.move_to(min(keep, len(text)))

    def place(self) -> int:
        """Where the caret stands."""
        return points(self.toPlainText(), self.textCursor().position())

    def selection(self) -> tuple[int, int]:
        """First and last place of the selection; equal when nothing is selected."""
        cursor, text = self.textCursor(), self.toPlainText()
        return points(text, cursor.selectionStart()), points(text, cursor.selectionEnd())

    def move_to(self, place: int, *, select: bool = False, at_line_end: bool = False) -> None:
        """Put the caret at ``place``, stretching the selection if wanted."""
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if select else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(units(self.toPlainText(), place), mode)
        self.at_line_end = at_line_end
        self.setTextCursor(cursor)
        self.caret_moved.emit()

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not yet in the cell."""
        return bool(self.preedit)

    def _text_changed(self) -> None:
        text = self.toPlainText()
        if text == self._old_text:
            return  # only the composition moved
        self._old_text = text
        self._wanted_x_mm, self.at_line_end = None, False
        self.typed.emit(text)

    # -- keys ----------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """While a composition is open no shortcut may take a key from it."""
        if event.type() == QEvent.Type.ShortcutOverride and self.composing:
            event.accept()
            return True
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.mousePressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves between cells and along printed lines; the rest is the text edit's own."""
        if self.composing:
            return  # the input method has first claim; what it leaves over is not meant for us
        if self.key_taker is not None and self.key_taker.take_key(self, event):
            return
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) or _is_ctrl(event, Qt.Key.Key_Y):
            self.redo_wanted.emit()
        elif not (self._step_key(event) or self._move_key(event)):
            self._wanted_x_mm = None
            super().keyPressEvent(event)

    def _step_key(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers()
        if key == Qt.Key.Key_Tab and not held & Qt.KeyboardModifier.ControlModifier:
            self.step_wanted.emit(1)
        elif key == Qt.Key.Key_Backtab:
            self.step_wanted.emit(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            plain = not held & ~Qt.KeyboardModifier.KeypadModifier
            if self.long == plain or (self.lines and not plain):
                if not self.isReadOnly():
                    self.insertPlainText("\n")
            else:
                self.step_wanted.emit(1)
        else:
            return False
        return True

    def _move_key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        select = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -99, Qt.Key.Key_PageDown: 99}
        key = Qt.Key(event.key())
        if key in steps:
            there = self._geometry.line_step(self.name, self.place(), steps[key], self._wanted_x_mm)
            if there is not None:
                self.move_to(there[0], select=select, at_line_end=there[1])
                self._wanted_x_mm = there[2]
            elif not self.long and not select:
                self.step_wanted.emit(1 if steps[key] > 0 else -1)
            return True
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            start, end = self._geometry.line_ends(self.name, self.place())
            home = key == Qt.Key.Key_Home
            self._wanted_x_mm = None
            self.move_to(start if home else end, select=select, at_line_end=not home)
            return True
        return False

    # -- input method --------------------------------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep the composition's text and caret for the canvas; committing is the text edit's work."""
        self.preedit = event.preeditString()
        self.preedit_caret = len(self.preedit)
        for attribute in event.attributes():
            if attribute.type == QInputMethodEvent.AttributeType.Cursor:
                self.preedit_caret = points(self.preedit, attribute.start)
        super().inputMethodEvent(event)
        self.composing_changed.emit()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """The candidate window belongs at the caret we paint, not at the edit's own hidden one."""
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self._geometry.caret_rect(self.name).translated(-self.pos())
        return super().inputMethodQuery(query)

    # -- mouse ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The caret goes where the printed character stands."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.press_at(self._canvas_point(event), select=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def press_at(self, point: QPoint, *, select: bool = False) -> None:
        """A click or drag at a point of the canvas."""
        place, at_line_end = self._geometry.place_at(self.name, point)
        self._wanted_x_mm = None
        self.move_to(place, select=select, at_line_end=at_line_end)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging selects."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.press_at(self._canvas_point(event), select=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more than the press did."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click selects the word."""
        self.press_at(self._canvas_point(event))
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.setTextCursor(cursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, never a cell."""
        event.ignore()

    def _canvas_point(self, event: QMouseEvent) -> QPoint:
        return self.mapToParent(event.position().toPoint())

    # -- focus, paste, menu --------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keyboard selects a short cell, so typing replaces it as in a spreadsheet."""
        super().focusInEvent(event)
        keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if keyboard and not self.long and not self.lines:
            self.selectAll()
        self.focus_came.emit(keyboard)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Typed radicals are made ordinary characters when the cell is left, and said."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            return
        mended, changed = unify_radicals(self.toPlainText())
        if changed and not self.isReadOnly():
            self.setPlainText(mended)
            self.radicals_mended.emit("".join(changed))
        self.focus_went.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Plain text only; line ends as this cell can hold them."""
        text = source.text().replace("\r\n", "\n").replace("\r", "\n").replace("\t", "").replace("\u2028", "\n")
        if not self.long:
            rows = [row.strip() for row in text.split("\n") if row.strip()]
            text = ("\n" if self.lines else "").join(rows)
        self.insertPlainText(text)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual acts, in Chinese."""
        menu = QMenu(self)
        selected, writable = self.textCursor().hasSelection(), not self.isReadOnly()
        for text, act, usable in (
            ("撤销", self.undo_wanted.emit, writable), ("重做", self.redo_wanted.emit, writable),
            ("剪切", self.cut, selected and writable), ("复制", self.copy, selected),
            ("粘贴", self.paste, writable and self.canPaste()), ("全选", self.selectAll, True),
        ):  # fmt: skip
            menu.addAction(text, act).setEnabled(usable)
        menu.exec(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: the canvas paints this cell."""


def _is_ctrl(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier
