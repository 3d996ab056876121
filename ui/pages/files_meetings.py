"""汇报分析会: the meetings of the year, their minutes, and decisions that become measures of open problems.

Arranges list and panel and asks the verbs of services.meetings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from jiafang_desktop.domain.meetings import Meeting
from jiafang_desktop.services import meetings
from jiafang_desktop.services.problems import ListedProblem
from ui import theme
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.dialogs.meeting_form import MeasureDialog, MeetingForm
from ui.models.paper_lists import MeetingRow, decision_words, meeting_row
from ui.widgets import buttons
from ui.widgets.empty import EmptyState
from ui.widgets.table import Column, ListTable

_PANEL_PX = 340


class MeetingsPane(QWidget):
    """``counted(n)`` tells how many there are in the year."""

    counted = Signal(int)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("pane_meetings")
        self.ctx = ctx
        self.rows: list[MeetingRow] = []
        self._wanted: str | None = None  # to be taken in hand when the list comes
        self.table = ListTable("table_meetings", (
            Column("day", "时间", 110, 0, "left", lambda row: row.day),
            Column("attendees", "参会人员", 150, 2, "left", lambda row: row.attendees),
            Column("minutes", "会议情况", 180, 4, "left", lambda row: row.minutes, caption=True),
            Column("decisions", "议定事项", 130, 1, "left", lambda row: row.decisions),
        ), label="汇报分析会")  # fmt: skip
        self.table.set_rows(())
        self.panel = QWidget()
        self.panel.setObjectName("meeting_panel")
        self.panel.setFixedWidth(theme.dp(_PANEL_PX))
        self._panel_column = QVBoxLayout(self.panel)
        self._panel_column.setContentsMargins(theme.dp(20), theme.dp(8), theme.dp(24), theme.dp(12))
        self._panel_column.setSpacing(theme.dp(8))
        self.empty = EmptyState(
            "今年还没有登记汇报分析会", "家访制度落实情况汇报分析会开过以后，在这里留下记录，议定的事项转为措施。",
            ways=[("plus", "登记一次会议", "时间、参会人员、会议情况和议定事项", "登记会议",
                   "button_add_meeting_empty", self.add),
                  ("list", "先看看该研究什么", "还没有办结的问题，超期的在前", "未办结问题", "button_agenda_empty",
                   lambda: self.ctx.open("problems", status="open"))],
        )  # fmt: skip
        parting = QFrame()
        parting.setProperty("role", "hairline")
        parting.setFixedWidth(1)
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), theme.dp(8))
        inset.addWidget(self.table)
        listing = QWidget()
        row = QHBoxLayout(listing)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(inset, 1)
        row.addWidget(parting)
        row.addWidget(self.panel)
        self.pane = QStackedWidget()
        self.pane.addWidget(listing)
        self.pane.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.table.activated.connect(lambda _rec: self._with(self.edit))
        self.table.current_changed.connect(lambda _rec: self._show_panel())

    # -- reading -----------------------------------------------------------------------------------------------

    def read_again(self) -> None:
        """The year's meetings, the latest first."""
        year = self.ctx.year
        pending = self.ctx.tasks.run(meetings.listing, first=date(year, 1, 1), last=date(year, 12, 31))
        pending.then(self._read).fail(lambda error: self.ctx.error(error, self))

    def _read(self, found: Sequence[Meeting]) -> None:
        self.rows = [meeting_row(meeting) for meeting in reversed(found)]
        current, self._wanted = self._wanted or self.table.current_id(), None
        self.table.set_rows(self.rows)
        self.pane.setCurrentIndex(0 if self.rows else 1)
        if self.rows:
            known = {row.id for row in self.rows}
            self.table.set_current(current if current in known else self.rows[0].id)
        self.counted.emit(len(self.rows))
        self._show_panel()

    def show_meeting(self, rec: str) -> None:
        """Take one in hand, once the list is there."""
        self._wanted = rec
        self.read_again()

    def current(self) -> MeetingRow | None:
        """The meeting in hand."""
        rec = self.table.current_id()
        return next((row for row in self.rows if row.id == rec), None)

    def _show_panel(self) -> None:
        while (item := self._panel_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        row = self.current()
        if row is None:
            return
        add = self._panel_column.addWidget
        add(_words(f"{row.day}会议", "section"))
        add(_words(f"参会：{row.attendees}" if row.attendees else "没有写参会人员", "caption"))
        add(_words(row.meeting.content.minutes or "会议情况还没有补记。", ""))
        add(_words("议定事项" if row.meeting.decisions else "没有议定事项", "head"))
        for place, decision in enumerate(row.meeting.decisions):
            add(_words(f"{place + 1}．{decision_words(decision)}", ""))
            link = buttons.link(
                "已转为措施，看记录单" if decision.visit else "转为问题的措施", f"button_decision_{place + 1}"
            )
            link.clicked.connect(lambda _=False, place=place: self._decision(row, place))
            add(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._panel_column.addStretch(1)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.dp(4))
        for words, name, icon, act in (
            ("删除", "button_delete_meeting", None, self.delete), ("修改", "button_edit_meeting", "pen", self.edit),
            ("导出记录", "button_export_meeting", "file", self.export),
        ):  # fmt: skip
            button = buttons.quiet(words, name, icon=icon)
            button.clicked.connect(lambda _=False, act=act: act(row))
            line.addWidget(button)
        line.addStretch(1)
        add(foot)

    # -- acts --------------------------------------------------------------------------------------------------

    def _with(self, act: Callable[[MeetingRow], object]) -> None:
        row = self.current()
        if row is not None:
            act(row)

    def add(self) -> None:
        """登记会议."""
        form = MeetingForm(parent=self.window())
        form.accepted.connect(lambda: self._write("登记汇报分析会", meetings.add, form.content()))
        form.open()

    def edit(self, row: MeetingRow) -> None:
        """Other words."""
        form = MeetingForm(row.meeting, self.window())
        form.accepted.connect(lambda: self._write("修改汇报分析会", meetings.edit, row.id, form.content()))
        form.open()

    def delete(self, row: MeetingRow) -> None:
        """Taken down by mistake; 撤销 brings it back."""
        self._write("删除汇报分析会", meetings.delete, row.id)

    def export(self, row: MeetingRow) -> None:
        """The minutes as Word."""

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(meetings.write_minutes, row.id, target, renderer=self.ctx.renderer, replace=True)

        name = f"{row.day}汇报分析会会议记录.docx"
        save_as(self.ctx, self, head="会议记录", suggested=name, suffix=".docx", write=write)

    def _decision(self, row: MeetingRow, place: int) -> None:
        decision = row.meeting.decisions[place]
        if decision.visit is not None:
            self.ctx.open("visit", visit_id=decision.visit)
            return
        pending = self.ctx.tasks.run(meetings.agenda)
        pending.then(lambda found: self._measure(row, place, found)).fail(lambda error: self.ctx.error(error, self))

    def _measure(self, row: MeetingRow, place: int, found: Sequence[ListedProblem]) -> None:
        dialog = MeasureDialog(decision_words(row.meeting.decisions[place]), found, self.window())

        def write() -> None:
            visit, position = dialog.chosen()
            self._write("议定事项转为措施", meetings.measure, row.id, place, visit=visit, position=position)

        dialog.accepted.connect(write)
        dialog.open()

    def _write(self, words: str, verb: Callable[..., Any], *args: Any, **named: Any) -> None:
        pending = self.ctx.tasks.run(verb, *args, **named, by=self.ctx.operator)
        pending.then(lambda _done: self.ctx.say_undoable(words)).fail(lambda error: self.ctx.error(error, self))


def _words(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
