"""One entry of 领导分工 typed by hand: who, in which role, for what, from when to when.

Collects and checks what is typed; storing the table is the page's, what an entry may say the services'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.routing import Leader
from jiafang_desktop.domain.rules import ROLES
from jiafang_desktop.services import rosters
from ui import theme
from ui.context import Context
from ui.models.typed_date import dotted
from ui.widgets import fields
from ui.widgets.name_field import NameField
from ui.widgets.side_dialog import DateField, FormDialog

_BREAKS = re.compile(r"[、，,；;\s]+")


class LeaderForm(FormDialog):
    """``leader()`` gives the entry after acceptance."""

    def __init__(self, ctx: Context, known: Leader | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            "修改分工" if known else "添加领导", "诉求按困难程度找到办理人：哪一级由谁办，分管哪些站所、分包哪些单位。",
            accept_text="保存" if known else "添加", name="dialog_leader", parent=parent,
        )  # fmt: skip
        self.setMinimumWidth(theme.dp(560))
        self.ctx = ctx
        self.name = NameField("field_leader_name", "姓名", self._ask, self)
        self.post = fields.line_edit("field_leader_post", "职务")
        self.role = fields.combo("field_leader_role", "办理哪一级")
        for key, words in ROLES.items():
            self.role.addItem(words, key)
        self.sections = fields.line_edit("field_leader_sections", "分管的内设机构")
        self.sections.setPlaceholderText("不写是全部；几个之间用顿号")
        self.units = fields.line_edit("field_leader_units", "分包的单位")
        self.units.setPlaceholderText("不写是全部；几个之间用顿号")
        self.since = DateField("field_leader_since", "到任")
        self.until = DateField("field_leader_until", "离任")
        self.until.edit.setPlaceholderText("还在任的不写")
        for label, widget in (("姓名", self.name), ("职务", self.post), ("分工", self.role), ("分管", self.sections),
                              ("分包", self.units), ("到任", self.since), ("离任", self.until)):  # fmt: skip
            self.body.addWidget(fields.FormRow(label, widget))
        self.name.picked.connect(self._picked)
        if known is not None:
            self._fill(known)
        self.name.setFocus()

    def _fill(self, known: Leader) -> None:
        self.name.setText(known.name)
        self.post.setText(known.post or "")
        self.role.setCurrentIndex(max(self.role.findData(known.role), 0))
        self.sections.setText("、".join(known.sections))
        self.units.setText("、".join(known.units))
        self.since.edit.setText(dotted(known.since) if known.since else "")
        self.until.edit.setText(dotted(known.until) if known.until else "")

    def _ask(self, text: str, answer: Callable[[Sequence[Cadre]], None]) -> None:
        self.ctx.tasks.run(rosters.complete, text).then(answer)

    def _picked(self, person: Cadre) -> None:
        self.post.setText(person.content.post or "")
        self.post.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """A name is needed; the days, if typed, have to be days in their order."""
        if not self.name.text().strip():
            return self.name, "请写姓名。"
        for box in (self.since, self.until):
            if isinstance(day := box.value(), UserError):
                return box.edit, day.message + day.hint
        since, until = self.since.value(), self.until.value()
        if isinstance(since, date) and isinstance(until, date) and until < since:
            return self.until.edit, "离任早于到任，请核对。"
        return None

    def leader(self) -> Leader:
        """What was typed."""
        since, until = self.since.value(), self.until.value()
        return Leader(
            name=self.name.text().strip(), role=self.role.currentData(), post=self.post.text().strip() or None,
            sections=_parts(self.sections.text()), units=_parts(self.units.text()),
            since=since if isinstance(since, date) else None, until=until if isinstance(until, date) else None,
        )  # fmt: skip


def _parts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _BREAKS.split(text.strip()) if part))
