"""安排家访: whom, which day or month, who goes, what for; what kind of day it is stands below.

Any day is fine (policy 三之一): a holiday is said, not refused. The dialog stays open until the store took it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.plans import Plan, PlanContent
from jiafang_desktop.domain.visits import Leader
from jiafang_desktop.domain.working_calendar import WorkingCalendar, unknown_words
from jiafang_desktop.services import calendars, plans, rosters
from ui import theme
from ui.context import Context
from ui.models.plan_list import read_when
from ui.models.typed_date import dotted
from ui.pages.visit_editor_names import printed_post
from ui.widgets import fields
from ui.widgets.name_field import NameField
from ui.widgets.side_dialog import FormDialog

_WIDTH_PX = 640
_BREAKS = re.compile(r"[、，,；;\n]+")
_HINT = "计划时间写某一天，或者只写月份；工作日、下班后、节假日都可以。"


class PlanForm(FormDialog):
    """``saved(id)`` tells that the store has the plan. ``start`` fills a new one: it is for that person or concern."""

    saved = Signal(str)

    def __init__(
        self, ctx: Context, plan: Plan | None = None, *, start: PlanContent | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "修改计划" if plan else "安排家访", "到时候从计划点“登记家访”，登记后这次计划就算办过了。",
            accept_text="保存" if plan else "安排", name="dialog_plan", parent=parent,
        )  # fmt: skip
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.ctx, self.plan = ctx, plan
        self._calendar: WorkingCalendar | None = None
        known = plan.content if plan is not None else start
        self._cadre = known.cadre if known is not None else None
        self._concern = known.concern if known is not None else None
        self._posts = {leader.name: leader.post for leader in known.leaders} if known is not None else {}
        self.name = NameField("field_plan_name", "家访对象", self._ask, self)
        self.name.setPlaceholderText("打姓名、拼音或首字母")
        self.unit = fields.line_edit("field_plan_unit", "单位")
        self.post = fields.line_edit("field_plan_post", "职务")
        self.when = fields.line_edit("field_plan_when", "计划时间")
        self.when.setPlaceholderText("如 12-3、2026.12.3、12月")
        self.leaders = fields.line_edit("field_plan_leaders", "家访领导")
        self.leaders.setPlaceholderText("几位之间用顿号")
        self.note = fields.line_edit("field_plan_note", "说明")
        self.day = QLabel(_HINT)
        self.day.setObjectName("plan_day")
        self.day.setProperty("role", "caption")
        self._build()
        self._fill(known)
        self.ctx.tasks.run(calendars.calendar).then(self._take_calendar)

    def _build(self) -> None:
        self.rows = {
            key: fields.FormRow(label, widget) for key, label, widget in (
                ("visitee.name", "家访对象", self.name), ("when", "计划时间", self.when),
                ("visitee.unit", "单位", self.unit), ("visitee.post", "职务", self.post),
                ("leaders", "家访领导", self.leaders), ("note", "说明", self.note),
            )
        }  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.dp(24))
        grid.setVerticalSpacing(theme.dp(8))
        for place, key in enumerate(("visitee.name", "when", "visitee.unit", "visitee.post")):
            grid.addWidget(self.rows[key], place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.rows["leaders"], 2, 0, 1, 2)
        grid.addWidget(self.rows["note"], 3, 0, 1, 2)
        grid.addWidget(self.day, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.name.picked.connect(self._picked)
        self.name.textEdited.connect(self._name_typed)
        self.when.textChanged.connect(lambda _text: self._show_day())

    def _fill(self, known: PlanContent | None) -> None:
        here = self.ctx.installation
        if known is None:
            if here.role == "unit":
                self.unit.setText(here.own_ledger)
            self.name.setFocus()
            return
        self.name.setText(known.name)
        self.unit.setText(known.unit or here.own_ledger)
        self.post.setText(known.post or "")
        self.leaders.setText("、".join(leader.name for leader in known.leaders))
        self.note.setText(known.note or "")
        if known.when:
            day = known.day
            self.when.setText(dotted(day) if day else f"{known.first.year}年{known.first.month}月")
        self.when.setFocus()

    def _ask(self, text: str, answer: Callable[[Sequence[Cadre]], None]) -> None:
        self.ctx.tasks.run(rosters.complete, text).then(answer)

    def _picked(self, person: Cadre) -> None:
        content, here = person.content, self.ctx.installation
        self._cadre = person.id
        if content.unit:
            self.unit.setText(content.unit)
        self.post.setText(printed_post(content, own=(here.unit, here.ledger_unit)))
        self.rows["visitee.name"].set_error(None)
        self.when.setFocus()

    def _name_typed(self, _text: str) -> None:
        self._cadre = None  # another person until one is picked
        self.rows["visitee.name"].set_error(None)

    # -- the day -----------------------------------------------------------------------------------------------

    def _take_calendar(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar
        self._show_day()

    def typed_when(self) -> str | UserError | None:
        """What was typed for the time."""
        try:
            return read_when(self.when.text(), today=clock.today())
        except UserError as error:
            return error

    def _show_day(self) -> None:
        self.rows["when"].set_error(None)
        typed = self.typed_when()
        if typed is None:
            self.day.setText(_HINT)
        elif isinstance(typed, UserError):
            self.day.setText(typed.message)
        elif len(typed) <= len("2026-12"):
            self.day.setText(f"计划 {int(typed[:4])} 年 {int(typed[5:])} 月里去，哪天都可以。")
        elif self._calendar is not None:
            day = date.fromisoformat(typed)
            words = f"计划 {dotted(day)} 去，这天是{plans.day_words(day, self._calendar)}"
            unknown = unknown_words(self._calendar.unknown_years(day, day))
            self.day.setText(words + ("（当年放假安排还没有读入）。" if unknown else "。"))

    # -- storing -----------------------------------------------------------------------------------------------

    def check(self) -> tuple[QWidget, str] | None:
        """Whom and when are needed."""
        if not self.name.text().strip():
            return self.name, "请写去谁家。"
        typed = self.typed_when()
        if isinstance(typed, UserError):
            return self.when, typed.message + typed.hint
        if typed is None:
            return self.when, "请写哪天去；还没有定日子的，写月份。"
        return None

    def content(self) -> PlanContent:
        """What stands in the fields."""
        typed = self.typed_when()
        assert isinstance(typed, str)
        names = [name.strip() for name in _BREAKS.split(self.leaders.text()) if name.strip()]
        return PlanContent(
            name=self.name.text().strip(), when=typed, unit=self.unit.text().strip() or None,
            post=self.post.text().strip() or None, cadre=self._cadre,
            leaders=tuple(Leader(name, self._posts.get(name)) for name in names), concern=self._concern,
            note=self.note.text().strip() or None,
        )  # fmt: skip

    def try_accept(self) -> None:
        """Hand it to the store; the dialog closes when it is there."""
        self.name.close_list()
        if self.check() is not None:
            super().try_accept()
            return
        self.ok.setEnabled(False)
        content = self.content()
        if self.plan is None:
            pending: Any = self.ctx.tasks.run(plans.add, content, by=self.ctx.operator)
            pending.then(lambda added: self._saved(added.id)).fail(self._refused)
            return
        rec = self.plan.id
        pending = self.ctx.tasks.run(plans.edit, rec, content, by=self.ctx.operator)
        pending.then(lambda _changes: self._saved(rec)).fail(self._refused)

    def _saved(self, rec: str) -> None:
        self.accept()
        self.saved.emit(rec)

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        row = self.rows.get(str(error.details.get("field", "")))
        if row is None:
            self.ctx.error(error, self)
            return
        row.set_error(error.message + error.hint)
        row.widget.setFocus()
