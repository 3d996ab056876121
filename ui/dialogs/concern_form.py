"""登记诉求: one concern typed by hand, or what was taken down changed; what the person asked for before stands below.

The dialog stays open until the store took it, with the field at fault named. The level is triage's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.concerns import SOURCES, Concern, ConcernContent
from jiafang_desktop.domain.visits import PRIORITIES
from jiafang_desktop.services import concerns, rosters
from jiafang_desktop.services.concerns import ConcernView
from ui import theme
from ui.context import Context
from ui.models.concern_list import earlier_words
from ui.models.typed_date import dotted
from ui.widgets import fields
from ui.widgets.name_field import NameField
from ui.widgets.side_dialog import DateField, FormDialog

_WIDTH_PX = 720
_FIELD_OF = {"cadre.name": "name", "cadre.unit": "unit", "cadre.post": "post", "cadre.section": "section"}


class ConcernForm(FormDialog):
    """``saved(id)`` tells that the store has the concern."""

    saved = Signal(str)

    def __init__(self, ctx: Context, concern: Concern | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            "修改诉求" if concern else "登记诉求", "" if concern else "涉嫌违纪违法线索不在本程序登记。",
            accept_text="保存" if concern else "登记", name="dialog_concern", parent=parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.dp(_WIDTH_PX))
        self.ctx, self.concern = ctx, concern
        self._cadre: str | None = None
        self._turn = 0
        self.name = NameField("field_concern_name", "反映人姓名", self._ask, self)
        self.name.setPlaceholderText("打姓名、拼音或首字母")
        self.unit = fields.line_edit("field_concern_unit", "单位")
        self.post = fields.line_edit("field_concern_post", "职务")
        self.section = fields.line_edit("field_concern_section", "内设机构")
        self.raised = DateField("field_concern_raised", "反映时间", today=concern is None)
        self.source = _choices("field_concern_source", "来源", SOURCES)
        self.priority = _choices("field_concern_priority", "优先情形", PRIORITIES, none="一般诉求")
        self.words = fields.text_edit("field_concern_text", "诉求内容")
        self.words.setFixedHeight(theme.dp(104))
        self.earlier = QLabel()
        self.earlier.setObjectName("concern_form_earlier")
        self.earlier.setProperty("role", "caption")
        self.earlier.setWordWrap(True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(200)
        self._soon.timeout.connect(self._look_earlier)
        self._build()
        self._fill(concern.content if concern is not None else None)

    def _build(self) -> None:
        self.rows: dict[str, fields.FormRow] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.dp(24))
        grid.setVerticalSpacing(theme.dp(8))
        pairs: tuple[tuple[tuple[str, str, QWidget], ...], ...] = (
            (("name", "姓名", self.name), ("raised_on", "反映时间", self.raised)),
            (("unit", "单位", self.unit), ("post", "职务", self.post)),
            (("section", "内设机构", self.section), ("source", "来源", self.source)),
        )  # fmt: skip
        for place, pair in enumerate(pairs):
            for side, (key, label, widget) in enumerate(pair):
                self.rows[key] = fields.FormRow(label, widget)
                grid.addWidget(self.rows[key], place, side)
        for place, (key, label, widget) in enumerate(
            (("priority", "优先情形", self.priority), ("text", "诉求内容", self.words)), start=len(pairs)
        ):
            self.rows[key] = fields.FormRow(label, widget)
            grid.addWidget(self.rows[key], place, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.earlier)
        self.name.picked.connect(self._picked)
        self.name.textEdited.connect(self._name_typed)
        self.unit.textEdited.connect(lambda _text: self._soon.start())
        for key, edit in (("name", self.name), ("unit", self.unit), ("post", self.post), ("section", self.section)):
            edit.textEdited.connect(lambda _text, key=key: self.rows[key].set_error(None))
        self.words.textChanged.connect(lambda: self.rows["text"].set_error(None))

    def _fill(self, known: ConcernContent | None) -> None:
        here = self.ctx.installation
        if known is None:
            if here.role == "unit":
                self.unit.setText(here.ledger_unit or here.unit)
            self.source.setCurrentIndex(self.source.findData("unit"))
        else:
            self._cadre = known.cadre
            self.name.setText(known.name)
            self.unit.setText(known.unit or here.ledger_unit or here.unit)
            self.post.setText(known.post or "")
            self.section.setText(known.section or "")
            self.raised.edit.setText(dotted(known.raised_on) if known.raised_on else "")
            self.source.setCurrentIndex(max(self.source.findData(known.source), 0))
            self.priority.setCurrentIndex(max(self.priority.findData(known.priority), 0))
            self.words.setPlainText(known.text)
            self._look_earlier()
        self.name.setFocus()

    # -- the person --------------------------------------------------------------------------------------------

    def _ask(self, text: str, answer: Callable[[Sequence[Cadre]], None]) -> None:
        self.ctx.tasks.run(rosters.complete, text).then(answer)

    def _picked(self, person: Cadre) -> None:
        content = person.content
        self._cadre = person.id
        if content.unit:
            self.unit.setText(content.unit)
        self.post.setText(content.post or "")
        self.section.setText(content.section or "")
        self.rows["name"].set_error(None)
        self._look_earlier()
        self.raised.edit.setFocus()

    def _name_typed(self, _text: str) -> None:
        self._cadre = None  # another person until one is picked
        self._soon.start()

    def _look_earlier(self) -> None:
        self._turn += 1
        turn = self._turn
        asked: Any = self.content()
        if self.concern is not None and asked.name == self.concern.content.name:
            asked = self.concern
        pending = self.ctx.tasks.run(concerns.earlier_of, asked)
        pending.then(lambda found: self._show_earlier(found) if turn == self._turn else None)

    def _show_earlier(self, found: Sequence[ConcernView]) -> None:
        lines = [f"{earlier_words(view)}　{_short(view.concern.content.text)}" for view in found[:3]]
        more = f"\n另有 {len(found) - 3} 件更早的" if len(found) > 3 else ""
        self.earlier.setText(f"这个人另有 {len(found)} 件诉求：\n" + "\n".join(lines) + more if found else "")

    # -- storing -----------------------------------------------------------------------------------------------

    def check(self) -> tuple[QWidget, str] | None:
        """Who and what are needed; the day, if typed, has to be one."""
        if not self.name.text().strip():
            return self.name, "请写是谁反映的。"
        if isinstance(day := self.raised.value(), UserError):
            return self.raised.edit, day.message + day.hint
        if not self.words.toPlainText().strip():
            return self.words, "请写反映了什么。"
        return None

    def content(self) -> ConcernContent:
        """What stands in the fields."""
        day = self.raised.value()
        return ConcernContent(
            name=self.name.text().strip(), unit=self.unit.text().strip() or None,
            post=self.post.text().strip() or None, section=self.section.text().strip() or None, cadre=self._cadre,
            raised_on=day if isinstance(day, date) else None, source=self.source.currentData(),
            text=self.words.toPlainText().strip(), priority=self.priority.currentData(),
        )  # fmt: skip

    def try_accept(self) -> None:
        """Hand it to the store; the dialog closes when it is there."""
        self.name.close_list()
        if self.check() is not None:
            super().try_accept()
            return
        self.ok.setEnabled(False)
        content = self.content()
        if self.concern is None:
            pending = self.ctx.tasks.run(concerns.add, content, by=self.ctx.operator)
            pending.then(lambda added: self._saved(added.id)).fail(self._refused)
            return
        rec, patch = self.concern.id, content.to_fields()
        if content.name == self.concern.content.name and content.unit == self.concern.content.unit:
            patch.pop("cadre")
        pending = self.ctx.tasks.run(concerns.edit, rec, patch, by=self.ctx.operator)
        pending.then(lambda _changes: self._saved(rec)).fail(self._refused)

    def _saved(self, rec: str) -> None:
        self.accept()
        self.saved.emit(rec)

    def _refused(self, error: UserError) -> None:
        self.ok.setEnabled(True)
        named = str(error.details.get("field", ""))
        row = self.rows.get(_FIELD_OF.get(named, named))
        if row is None:
            self.ctx.error(error, self)
            return
        row.set_error(error.message + error.hint)
        (row.widget.edit if isinstance(row.widget, DateField) else row.widget).setFocus()


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 28 else f"{plain[:27]}…"


def _choices(name: str, label: str, titles: dict[str, str], *, none: str | None = None) -> fields.Combo:
    combo = fields.combo(name, label)
    if none is not None:
        combo.addItem(none, None)
    for key, words in titles.items():
        combo.addItem(words, key)
    return combo
