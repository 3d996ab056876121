"""Moving about in the record editor: from cell to cell as the paper reads, to the panel and back, after an undo.

Where the caret goes; what is typed and shown is the page's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.models.visit_form import PAPER_CELLS

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage


class EditorMoves:
    """Remembers the cell the caret was in last."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page
        self._last_cell = PAPER_CELLS[0]

    def entered(self, name: str) -> None:
        """A cell of the paper has the caret."""
        page = self._page
        self._last_cell = name
        page.form.stack.close_run()
        if page.desk.is_panel_over_paper:
            page.desk.fold_panel()
        page.replan()

    def left(self, name: str) -> None:
        """A cell was left: what it says is kept, a registered visit saved."""
        page = self._page
        page.form.stack.close_run()
        page.keeper.keep_now()
        page.replan()
        page.acts.commit()

    def caret_moved(self, name: str) -> None:
        """Keep the caret in sight."""
        page = self._page
        if page.canvas.cells[name].hasFocus():
            page.canvas.show_cell(name)

    def go_after_undo(self, name: str, place: int) -> None:
        """Undo and redo lead to what they changed."""
        page = self._page
        if name in PAPER_CELLS:
            page.canvas.cells[name].setFocus(Qt.FocusReason.OtherFocusReason)
            page.canvas.cells[name].move_to(place)

    def passed_end(self, by: int) -> None:
        """Tab past the last cell goes to the panel, past the first one to the buttons."""
        page = self._page
        if by > 0:
            if page.desk.is_compact:
                page.desk.open_panel("事由")
            page.panel.focus_first()
        else:
            page.button_register.setFocus(Qt.FocusReason.BacktabFocusReason)

    def toggle_panel(self) -> None:
        """F6: from the paper to the panel and back; over the desk where the window is compact."""
        page = self._page
        inside = page.panel.isAncestorOf(page.focusWidget() or page)
        if inside or page.desk.is_panel_over_paper:
            page.desk.fold_panel()
            page.canvas.cells[self._last_cell].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.desk.open_panel("事由")
            page.panel.focus_first()
