"""The records behind one figure of the summary: so many rows as the figure says, each leads to its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.context import Context
from ui.models.summary_rows import FigureRow
from ui.models.visit_list import spaced
from ui.widgets.side_dialog import FormDialog
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

_WIDTH_PX, _MOST_SHOWN = 820, 10


def open_rows(ctx: Context, parent: QWidget, title: str, read: Callable[..., list[FigureRow]], *args: Any) -> None:
    """Read the records behind a number and show them; one chosen is opened."""

    def show(rows: list[FigureRow]) -> None:
        dialog = FigureRowsDialog(title, rows, parent.window())
        dialog.go_wanted.connect(lambda row: ctx.open(row.page, **row.where))
        dialog.open()

    ctx.tasks.run(read, *args).then(show).fail(lambda error: ctx.error(error, parent))


class FigureRowsDialog(FormDialog):
    """``go_wanted(FigureRow)`` tells the record to open."""

    go_wanted = Signal(object)

    def __init__(self, title: str, rows: Sequence[FigureRow], parent: QWidget | None = None) -> None:
        super().__init__(
            f"{title}：{len(rows)}", "双击一行，打开这份记录。", accept_text="知道了", name="dialog_figure_rows",
            parent=parent,
        )  # fmt: skip
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.cancel.hide()
        self.rows = {row.id: row for row in rows}
        self.table = ListTable("table_figure_rows", (
            Column("number", "序号", 56, 0, "right", lambda row: row.number),
            Column("name", "姓名", 84, 0, "left", lambda row: spaced(row.name)),
            Column("day", "时间", 100, 0, "left", lambda row: row.day),
            Column("text", "内容", 200, 4, "left", lambda row: row.text),
            Column("status", "状态", 120, 0, "left", lambda row: row.status),
        ), label=title)  # fmt: skip
        self.table.set_rows(rows)
        lines = min(max(len(rows), 1), _MOST_SHOWN)
        self.table.setFixedHeight(theme.dp(HEAD_PX + lines * ROW_PX) + 2)
        self.body.addWidget(self.table)
        self.table.activated.connect(self._go)
        if rows:
            self.table.set_current(rows[0].id)
        self.ok.setAutoDefault(False)
        self.ok.setDefault(False)
        self.table.view.setFocus()

    def _go(self, rec: str) -> None:
        self.accept()
        self.go_wanted.emit(self.rows[rec])
