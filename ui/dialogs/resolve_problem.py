"""Small dialogs about one problem: adding or changing it, noting progress, 办结 with outcome and date (policy 四之三).

They collect and check what is typed; storing it is the page's business.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import KINDS, LEVELS, OUTCOMES, ProblemContent, ProgressNote
from ui import theme
from ui.models.typed_date import dotted
from ui.widgets import fields
from ui.widgets.side_dialog import DateField, FormDialog


class ProblemDialog(FormDialog):
    """A problem's words, kind, level, who handles it and until when."""

    def __init__(self, parent: QWidget | None = None, *, known: ProblemContent | None = None) -> None:
        super().__init__(
            "修改问题" if known else "添加家访发现的问题", "涉嫌违纪违法线索不在本程序登记。",
            accept_text="保存" if known else "加入", name="dialog_problem", parent=parent,
        )  # fmt: skip
        self.words = fields.text_edit("field_problem_text", "问题")
        self.words.setFixedHeight(theme.dp(64))
        self.words.setTabChangesFocus(True)
        self.kind = fields.combo("field_problem_kind", "类别")
        for key, text in KINDS.items():
            self.kind.addItem(text, key)
        self.level = fields.combo("field_problem_level", "困难程度")
        self.level.addItem("未定", None)
        for key, text in LEVELS.items():
            self.level.addItem(text, key)
        self.responsible = fields.line_edit("field_problem_responsible", "承办")
        self.due = DateField("field_problem_due", "办理时限")
        for label, widget in (("问题", self.words), ("类别", self.kind), ("困难程度", self.level),
                              ("承办", self.responsible), ("办理时限", self.due)):  # fmt: skip
            self.body.addWidget(fields.FormRow(label, widget))
        if known is not None:
            self.words.setPlainText(known.text)
            self.kind.setCurrentIndex(max(self.kind.findData(known.kind), 0))
            self.level.setCurrentIndex(max(self.level.findData(known.level), 0))
            self.responsible.setText(known.responsible or "")
            self.due.edit.setText(dotted(known.due_date) if known.due_date else "")
        self.words.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """Words are needed; the limit, if typed, has to be a date."""
        if not self.words.toPlainText().strip():
            return self.words, "请写明是什么问题。"
        return _wrong_date(self.due, needed=False)

    def content(self) -> ProblemContent:
        """What was typed, after acceptance."""
        due = self.due.value()
        return ProblemContent(
            text=self.words.toPlainText().strip(), kind=self.kind.currentData(), level=self.level.currentData(),
            responsible=self.responsible.text().strip() or None, due_date=due if isinstance(due, date) else None,
        )  # fmt: skip


class ProgressDialog(FormDialog):
    """跟进了解: one dated step."""

    def __init__(self, problem: str, parent: QWidget | None = None) -> None:
        super().__init__("记一次跟进", problem, accept_text="记下", name="dialog_progress", parent=parent)
        self.words = fields.text_edit("field_progress_text", "跟进情况")
        self.words.setFixedHeight(theme.dp(64))
        self.words.setTabChangesFocus(True)
        self.on = DateField("field_progress_date", "日期", today=True)
        self.body.addWidget(fields.FormRow("情况", self.words))
        self.body.addWidget(fields.FormRow("日期", self.on))
        self.words.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """Words and a day are needed."""
        if not self.words.toPlainText().strip():
            return self.words, "请写明跟进了什么。"
        return _wrong_date(self.on, needed=True)

    def note(self) -> ProgressNote:
        """What was typed, after acceptance."""
        on = self.on.value()
        assert isinstance(on, date)
        return ProgressNote(self.words.toPlainText().strip(), on)


class ResolveDialog(FormDialog):
    """办结: how it was resolved, with which outcome, when."""

    def __init__(self, problem: str, parent: QWidget | None = None) -> None:
        super().__init__("办结这个问题", problem, accept_text="办结", name="dialog_resolve", parent=parent)
        self.words = fields.text_edit("field_resolve_text", "解决情况")
        self.words.setFixedHeight(theme.dp(64))
        self.words.setTabChangesFocus(True)
        self.result = fields.combo("field_resolve_outcome", "结果")
        for key, text in OUTCOMES.items():
            self.result.addItem(text, key)
        self.on = DateField("field_resolve_date", "办结日期", today=True)
        self.body.addWidget(fields.FormRow("解决情况", self.words))
        self.body.addWidget(fields.FormRow("结果", self.result))
        self.body.addWidget(fields.FormRow("办结日期", self.on))
        self.words.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """Words and a day are needed."""
        if not self.words.toPlainText().strip():
            return self.words, "请写明是怎样解决的，会用来起草记录单的“问题解决情况”。"
        return _wrong_date(self.on, needed=True)

    def answer(self) -> tuple[str, str, date]:
        """Words, outcome key and day, after acceptance."""
        on = self.on.value()
        assert isinstance(on, date)
        return self.words.toPlainText().strip(), self.result.currentData(), on


def _wrong_date(field: DateField, *, needed: bool) -> tuple[QWidget, str] | None:
    value = field.value()
    if isinstance(value, UserError):
        return field.edit, value.message + value.hint
    if value is None and needed:
        return field.edit, "请写日期，如 11-3 或“今天”。"
    return None
