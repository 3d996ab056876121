"""已上报 asked and told: which day a summary was handed in, and its figures then beside those of today.

Marking is services.summary's; the records behind a change are opened by the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from jiafang_desktop.services.summary import Difference
from ui import theme
from ui.dialogs.past_day import PastDayDialog
from ui.widgets.side_dialog import FormDialog
from ui.widgets.side_fields import caption
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

_WIDTH_PX, _MOST_SHOWN = 640, 10


class MarkReportedDialog(PastDayDialog):
    """Which day the summary went to the county."""

    def __init__(self, title: str, parent: QWidget, *, has_ended: bool = True) -> None:
        super().__init__(
            "标记已上报", f"{title}总结哪天报的？现在的数字和文字照样留存，以后再打印，出来的就是报出去的那一份。",
            accept_text="记下", name="dialog_mark_reported", field="field_summary_reported_on", label="上报日期",
            parent=parent,
        )  # fmt: skip
        if not has_ended:
            self.body.insertWidget(0, caption("这一季度还没有过完，以后登记的家访不在这份总结里。", "amber"))


class ReportChangesDialog(FormDialog):
    """``rows_wanted(Difference)`` tells whose records are to be opened."""

    rows_wanted = Signal(object)

    def __init__(self, differences: Sequence[Difference], parent: QWidget) -> None:
        super().__init__(
            f"上报以后变了的数字：{len(differences)}", "双击一行，看是哪几件变了。报出去的数不动，下次总结里说明。",
            accept_text="知道了", name="dialog_report_changes", parent=parent,
        )  # fmt: skip
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.cancel.hide()
        self.rows = {one.now.name: one for one in differences}
        self.table = ListTable("table_report_changes", (
            Column("title", "项目", 200, 4, "left", lambda row: row.title),
            Column("then", "上报时", 72, 0, "right", lambda row: row.then),
            Column("now", "现在", 72, 0, "right", lambda row: row.now),
            Column("change", "变化", 150, 2, "left", lambda row: row.change),
        ), label="上报以后变了的数字")  # fmt: skip
        self.table.set_rows([_row(one) for one in differences])
        self.table.set_current(differences[0].now.name)
        lines = min(max(len(differences), 1), _MOST_SHOWN)
        self.table.setFixedHeight(theme.dp(HEAD_PX + lines * ROW_PX) + 2)
        self.body.addWidget(self.table)
        self.table.activated.connect(lambda name: self.rows_wanted.emit(self.rows[name]))
        self.ok.setAutoDefault(False)
        self.ok.setDefault(False)
        self.table.view.setFocus()


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    title: str
    then: str
    now: str
    change: str


def _row(one: Difference) -> _Row:
    parts = [f"{words} {len(rows)}" for words, rows in (("增加", one.added), ("移出", one.gone)) if rows]
    return _Row(one.now.name, one.title, _number(one.then.value), _number(one.now.value), "，".join(parts))


def _number(value: int | None) -> str:
    return "—" if value is None else str(value)
