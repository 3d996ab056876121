"""登记会议: when, who, what was said, and what was decided, one line per decision.

Collects and checks what is typed; storing it is the page's. Also choosing the problem a decision becomes a measure of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.meetings import Decision, Meeting, MeetingContent
from jiafang_desktop.services.problems import ListedProblem
from ui import theme
from ui.models.problem_list import ProblemRow, row_of
from ui.models.typed_date import dotted
from ui.models.visit_list import spaced
from ui.widgets import buttons, fields
from ui.widgets.side_dialog import DateField, FormDialog
from ui.widgets.table import HEAD_PX, ROW_PX, Column, ListTable

_WIDTH_PX = 760
_BREAKS = re.compile(r"[、，,；;\n]+")


class DecisionLine(QWidget):
    """One decision: words, who, until when."""

    def __init__(self, place: int, known: Decision | None = None) -> None:
        super().__init__()
        self.words = fields.line_edit(f"field_decision_{place}", f"议定事项{place}")
        self.words.setPlaceholderText(f"{place}．议定什么")
        self.who: QLineEdit = fields.line_edit(f"field_decision_who_{place}", f"议定事项{place}责任人")
        self.who.setPlaceholderText("责任人")
        self.who.setFixedWidth(theme.dp(110))
        self.due = DateField(f"field_decision_due_{place}", f"议定事项{place}期限")
        self.due.edit.setPlaceholderText("期限")
        self.due.setFixedWidth(theme.dp(190))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.dp(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.who)
        row.addWidget(self.due)
        if known is not None:
            self.words.setText(known.text)
            self.who.setText(known.responsible or "")
            self.due.edit.setText(dotted(known.due_date) if known.due_date else "")

    def decision(self) -> Decision | None:
        """What was typed; None for an empty line."""
        due = self.due.value()
        if not self.words.text().strip():
            return None
        return Decision(
            self.words.text().strip(), self.who.text().strip() or None, due if isinstance(due, date) else None
        )


class MeetingForm(FormDialog):
    """``content()`` gives the meeting after acceptance."""

    def __init__(self, known: Meeting | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            "修改会议" if known else "登记汇报分析会", "研究家访制度落实情况和办得慢的问题，议定的事项可以转为措施。",
            accept_text="保存" if known else "登记", name="dialog_meeting", parent=parent,
        )  # fmt: skip
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        content = known.content if known is not None else None
        self.day = DateField("field_meeting_day", "时间", today=known is None)
        self.people = fields.line_edit("field_meeting_people", "参会人员")
        self.people.setPlaceholderText("几个人之间用顿号")
        self.minutes = fields.text_edit("field_meeting_minutes", "会议情况")
        self.minutes.setFixedHeight(theme.dp(110))
        self.lines: list[DecisionLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.dp(6))
        holder = QWidget()
        holder.setObjectName("meeting_decisions")
        holder.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.button_more = buttons.link("＋ 添加议定事项", "button_add_decision")
        self.button_more.setAutoDefault(False)
        self.button_more.clicked.connect(lambda: self._add().words.setFocus())
        for label, widget in (("时间", self.day), ("参会人员", self.people), ("会议情况", self.minutes),
                              ("议定事项", holder)):  # fmt: skip
            self.body.addWidget(fields.FormRow(label, widget))
        self.body.addWidget(self.button_more)
        if content is not None:
            self.day.edit.setText(dotted(content.on))
            self.people.setText("、".join(content.attendees))
            self.minutes.setPlainText(content.minutes or "")
        for decision in content.decisions if content is not None else ():
            self._add(decision)
        if not self.lines:
            self._add()
        self.people.setFocus()

    def _add(self, known: Decision | None = None) -> DecisionLine:
        line = DecisionLine(len(self.lines) + 1, known)
        self.lines.append(line)
        self._column.addWidget(line)
        return line

    def check(self) -> tuple[QWidget, str] | None:
        """A day not after today, and every limit a day."""
        day = self.day.value()
        if isinstance(day, UserError):
            return self.day.edit, day.message + day.hint
        if day is None or day > clock.today():
            return self.day.edit, "请写开会的日期，不能晚于今天。"
        for line in self.lines:
            if isinstance(due := line.due.value(), UserError):
                return line.due.edit, due.message + due.hint
        return None

    def content(self) -> MeetingContent:
        """What was typed."""
        day = self.day.value()
        assert isinstance(day, date)
        people = tuple(name.strip() for name in _BREAKS.split(self.people.text()) if name.strip())
        decided = tuple(found for line in self.lines if (found := line.decision()) is not None)
        return MeetingContent(day, people, self.minutes.toPlainText().strip() or None, decided)


class MeasureDialog(FormDialog):
    """Which open problem a decision is a measure of; ``chosen()`` after acceptance."""

    def __init__(self, decision: str, agenda: Sequence[ListedProblem], parent: QWidget | None = None) -> None:
        super().__init__("转为哪个问题的措施", decision, accept_text="转为措施", name="dialog_measure", parent=parent)
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        rows = [row_of(one, today=clock.today()) for one in agenda]
        self._rows = {row.id: row for row in rows}
        self.table = ListTable("table_agenda", (
            Column("visitee", "家访对象", 84, 0, "left", lambda row: spaced(row.visitee)),
            Column("text", "未办结的问题", 220, 4, "left", lambda row: row.text),
            Column("due", "期限", 140, 0, "left", lambda row: row.due.words),
        ), cell_tone=_tone, label="未办结的问题")  # fmt: skip
        self.table.set_rows(rows)
        self.table.setFixedHeight(theme.dp(HEAD_PX + 6 * ROW_PX) + 2)
        self.table.set_message("没有未办结的问题。")
        self.body.addWidget(self.table)
        if rows:
            self.table.set_current(rows[0].id)
        self.table.activated.connect(lambda _rec: self.try_accept())
        self.table.view.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """One is needed."""
        return None if self.table.current_id() is not None else (self.table.view, "请选一个问题。")

    def chosen(self) -> tuple[str, int]:
        """Its visit and N."""
        row = self._rows[self.table.current_id() or ""]
        return row.visit_id, row.position


def _tone(row: ProblemRow, key: str) -> str | None:
    return "red" if key == "due" and row.due.overdue else None
