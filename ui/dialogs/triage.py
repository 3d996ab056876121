"""分析研判: a level is chosen, and before anything is stored it stands there who handles it, by when and by which rule.

Also 提级: where the county set the level, a higher one can only be proposed, with a reason. Working it out is the
services'; the dialog asks them for all three levels at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import LEVELS
from jiafang_desktop.domain.routing import BASES
from jiafang_desktop.services import concerns
from jiafang_desktop.services.concern_office import ConcernOffice, triage_of_today
from jiafang_desktop.services.concerns import ConcernView
from ui import theme
from ui.context import Context
from ui.models.concern_list import level_words, who_words
from ui.models.typed_date import dotted
from ui.widgets import fields
from ui.widgets.side_dialog import DateField, FormDialog
from ui.widgets.side_fields import hairline

_WIDTH_PX = 560


def would_be(store: Any, concern_id: str, due: date | None) -> dict[str, ConcernView]:
    """The concern as each level would have it by today's rules; nothing is written."""
    office = ConcernOffice(store)
    concern = store.concerns.get(concern_id)
    side = "county" if office.is_county else "unit"
    return {
        level: office.view(replace(concern, triage=triage_of_today(office, level, side=side, due=due)))
        for level in LEVELS
    }


class TriageDialog(FormDialog):
    """``saved(words)`` tells what was done, for the status line."""

    saved = Signal(str)

    def __init__(self, ctx: Context, view: ConcernView, parent: QWidget | None = None) -> None:
        concern = view.concern
        self.by_county = concern.triage is not None and concern.triage.by_side == "county"
        self.by_county = self.by_county and ctx.installation.role != "county"
        sentence = concern.content.text if len(concern.content.text) <= 120 else concern.content.text[:119] + "…"
        head, accept = ("提请提级", "提请提级") if self.by_county else ("分析研判", "定下来")
        super().__init__(head, sentence, accept_text=accept, name="dialog_triage", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.ctx, self.view = ctx, view
        self._views: Mapping[str, ConcernView] = {}
        self._turn = 0
        self.levels = QButtonGroup(self)
        self.choices: dict[str, QRadioButton] = {}
        self.due = DateField("field_triage_due", "单独规定期限")
        self.due.edit.setPlaceholderText("不写就按规则定")
        self.reason = fields.line_edit("field_triage_reason", "提级原因")
        self.who, self.by_when, self.why = QLabel(), QLabel(), QLabel()
        self._build()
        self._ask()

    def _build(self) -> None:
        order = list(LEVELS)
        present = self.view.concern.level
        for level in LEVELS:
            choice = QRadioButton(level_words(level))
            choice.setObjectName(f"level_{level}")
            choice.setAccessibleName(level_words(level))
            lower = self.by_county and present is not None and order.index(level) <= order.index(present)
            choice.setEnabled(not lower)
            choice.setChecked(level == present)
            choice.toggled.connect(lambda on: self._show() if on else None)
            self.levels.addButton(choice)
            self.choices[level] = choice
            self.body.addWidget(choice)
        self.body.addWidget(fields.FormRow("提级原因", self.reason) if self.by_county
                            else fields.FormRow("单独期限", self.due, hint="县里或领导另有要求时写"))  # fmt: skip
        self.body.addWidget(hairline(self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.dp(12))
        grid.setVerticalSpacing(theme.dp(6))
        grid.setColumnStretch(1, 1)
        for place, (title, label, name) in enumerate(
            (("承办", self.who, "triage_who"), ("期限", self.by_when, "triage_due"), ("依据", self.why, "triage_why"))
        ):
            head = QLabel(title)
            head.setProperty("role", "second")
            head.setMinimumWidth(theme.dp(60))
            label.setObjectName(name)
            label.setAccessibleName(title)
            label.setWordWrap(True)
            grid.addWidget(head, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, place, 1)
        self.why.setProperty("role", "caption")
        self.why.setMinimumHeight(theme.dp(68))  # four lines: choosing another level moves nothing
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.due.edit.textChanged.connect(lambda _text: self._ask())
        if self.level() is None:
            first = next(choice for choice in self.choices.values() if choice.isEnabled())
            first.setFocus()
        self._show()

    def level(self) -> str | None:
        """The one chosen."""
        return next((level for level, choice in self.choices.items() if choice.isChecked()), None)

    def _ask(self) -> None:
        self._turn += 1
        turn = self._turn
        due = self.due.value()
        pending = self.ctx.tasks.run(would_be, self.view.id, due if isinstance(due, date) else None)
        pending.then(lambda views: self._worked_out(views) if turn == self._turn else None)
        pending.fail(lambda error: self.ctx.error(error, self))

    def _worked_out(self, views: Mapping[str, ConcernView]) -> None:
        self._views = views
        self._show()

    def _show(self) -> None:
        level = self.level()
        view = self._views.get(level or "")
        if view is None or view.due is None:
            self.who.setText("请先选困难程度")
            self.by_when.clear()
            self.why.clear()
            return
        self.who.setText(who_words(view))
        self.by_when.setText(f"{dotted(view.due.day)}　{BASES[view.due.basis]}")
        tone = "ink3" if view.due.basis == "suggested" else "ink"
        self.by_when.setStyleSheet(f"color: {theme.name(tone)}; background: transparent;")
        self.why.setText("\n".join([view.due.reason, *view.due.warnings]))

    def check(self) -> tuple[QWidget, str] | None:
        """A level is needed; the day, if typed, has to be one; a proposal says why."""
        level = self.level()
        first = next(choice for choice in self.choices.values() if choice.isEnabled() or not self.by_county)
        if level is None or (self.by_county and level == self.view.concern.level):
            return first, "请选提请的困难程度，要比现在高。" if self.by_county else "请选困难程度。"
        if isinstance(day := self.due.value(), UserError):
            return self.due.edit, day.message + day.hint
        if self.by_county and not self.reason.text().strip():
            return self.reason, "请写明为什么要提级，县里要看。"
        return None

    def try_accept(self) -> None:
        """Store it; the dialog closes when it is there."""
        if self.check() is not None:
            super().try_accept()
            return
        self.ok.setEnabled(False)
        due = self.due.value()
        pending = self.ctx.tasks.run(
            concerns.triage, self.view.id, level=self.level(), due=due if isinstance(due, date) else None,
            propose=self.by_county, reason=self.reason.text().strip() or None, by=self.ctx.operator,
        )  # fmt: skip
        pending.then(self._saved).fail(self._refused)

    def _saved(self, done: concerns.Triaged) -> None:
        self.accept()
        called = f"第 {done.view.concern.number} 号诉求"
        level = level_words(self.level() or "ordinary")
        self.saved.emit(f"提请{called}提级" if self.by_county else f"{called}定为{level}")

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        self.ctx.error(error, self)
