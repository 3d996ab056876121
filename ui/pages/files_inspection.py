"""资料自查: everything an inspector would miss, each line leads to its record; the list as a paper to tick off.

Looking is services.inspection's, stepped so that the window never waits.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiafang_desktop.common.progress import Progress
from jiafang_desktop.services import inspection
from jiafang_desktop.services.inspection import Inspection
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.models.mentions import mentions
from ui.models.paper_lists import FindingRow, finding_rows, kinds
from ui.models.visit_list import spaced
from ui.widgets import buttons, fields
from ui.widgets.side_fields import caption
from ui.widgets.table import Column, ListTable


class InspectionPane(QWidget):
    """The list with its choice of kinds."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("pane_inspection")
        self.ctx = ctx
        self.found: Inspection | None = None
        self.rows: list[FindingRow] = []
        self._pending: Any = None
        self._filling = False
        self.kind = fields.combo("filter_missing", "缺什么")
        self.kind.setMinimumWidth(theme.dp(240))
        self.count = caption("")
        self.count.setObjectName("inspection_count")
        self.count.setWordWrap(False)
        self.button_again = buttons.quiet("重新自查", "button_inspect_again", icon="refresh")
        self.button_export = buttons.plain("导出清单", "button_export_inspection", icon="file")
        self.table = ListTable("table_inspection", (
            Column("number", "序号", 56, 0, "right", lambda row: row.number),
            Column("name", "姓名", 84, 0, "left", lambda row: spaced(row.name)),
            Column("day", "时间", 104, 0, "left", lambda row: row.day),
            Column("title", "缺什么", 220, 2, "left", lambda row: row.title),
            Column("message", "情况", 260, 4, "left", lambda row: row.message, caption=True),
        ), label="资料自查")  # fmt: skip
        self.table.set_rows(())
        self.search = fields.search_edit("field_inspection_search", "查找：姓名、拼音首字母、缺什么")
        self.search.setPlaceholderText("姓名、拼音首字母、缺什么")
        self.search.setFixedWidth(theme.dp(216))
        self.search.textChanged.connect(lambda _text: self._show_rows())
        top = QHBoxLayout()
        top.setContentsMargins(theme.dp(24), 0, theme.dp(24), theme.dp(8))
        top.setSpacing(theme.dp(8))
        label = caption("缺什么")
        label.setWordWrap(False)
        top.addWidget(label)
        top.addWidget(self.kind)
        top.addWidget(self.search)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.button_again)
        top.addWidget(self.button_export)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(inset, 1)
        self.kind.currentIndexChanged.connect(lambda _place: self._show_rows() if not self._filling else None)
        self.table.activated.connect(self._open)
        self.button_again.clicked.connect(self.look)
        self.button_export.clicked.connect(self.export)

    def look(self) -> None:
        """Look through the year's records, and what is older and not filed stays in its own year."""
        if self._pending is not None:
            self._pending.cancel()
        self.count.setText("正在自查…")
        self.button_again.setEnabled(False)
        pending = self.ctx.tasks.run(inspection.look, year=self.ctx.year)
        self._pending = pending
        pending.progress(self._step).then(self._looked).fail(lambda error: self.ctx.error(error, self))
        pending.ended(lambda: self._ended(pending))

    def _step(self, step: Progress) -> None:
        self.count.setText(f"正在自查 {step.done}／{step.total}" if step.total else "正在自查…")

    def _ended(self, pending: Any) -> None:
        if self._pending is pending:
            self._pending = None
            self.button_again.setEnabled(True)

    def _looked(self, found: Inspection) -> None:
        self.found = found
        self.rows = finding_rows(found.findings)
        self._filling = True
        before = self.kind.currentData()
        self.kind.clear()
        for words, code in kinds(found.findings):
            self.kind.addItem(words, code)
        self.kind.setCurrentIndex(max(self.kind.findData(before), 0))
        self._filling = False
        self._show_rows()

    def _show_rows(self) -> None:
        if self.found is None:
            return
        code = self.kind.currentData()
        text = self.search.text()
        shown = [
            row for row in self.rows
            if (code is None or row.finding.code == code) and mentions(text, (row.name,), (row.title, row.message))
        ]  # fmt: skip
        self.table.set_rows(shown)
        whole = f"查了 {self.found.visits} 份记录"
        lacking = f"还差 {len(shown)} 项" if shown or text.strip() else "都已齐全"
        self.count.setText(f"{whole}，{lacking}")
        nothing = "没有符合条件的，请换个说法。" if text.strip() else "查到的记录都已齐全。"
        self.table.set_message("" if shown else nothing)
        self.button_export.setEnabled(bool(self.rows))

    def _open(self, rec: str) -> None:
        finding = next(row.finding for row in self.rows if row.id == rec)
        if finding.visit is not None:
            self.ctx.open("visit", visit_id=finding.visit)
        elif finding.concern is not None:
            self.ctx.open("concerns", concern=finding.concern)
        else:
            self.ctx.open("visits")

    def export(self) -> None:
        """The list as Word."""
        found = self.found
        if found is None:
            return

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(inspection.write, target, found, renderer=self.ctx.renderer, replace=True)

        name = f"{self.ctx.year}年家访资料自查清单.docx"
        save_as(self.ctx, self, head="自查清单", suggested=name, suffix=".docx", write=write)

    def find(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def take_focus(self) -> None:
        """Into the list."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)
