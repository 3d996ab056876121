"""Beside the paper: 事由 and 优先情形 on top, 三个一 folded, and 地点、记录人、备注、补录原因.

What stands here is not printed on the record form; only 事由 and 备注 go into the ledger.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiafang_desktop.domain.visits import PLACES, PRIORITIES
from ui import theme
from ui.models.visit_form import TITLES, VisitForm
from ui.widgets import buttons, fields
from ui.widgets.side_fields import caption, section_head, tie_check, tie_combo, tie_line, tie_text

_LEADERS = "topic_advice_leaders"
_WHO_SEES = "仅本人及县委组织部可见，不上表、不进台账、查不到"
_HIDDEN = "别的经办人已填写，内容您看不到，也不能改"
_WHO_CHANGES = "请由填写人本人，或有“查看限制内容”权限的经办人修改。您写的其他内容照常保存"
_NOT_KEPT = "您写的这几句没有存：别的经办人已填写这一栏。需要的话，请复制出来交给他"
_TOPIC_TEXTS = ("topic_advice_unit", "topic_advice_leaders", "topic_needs", "topic_state_of_mind")


class MatterSection(QWidget):
    """事由 and 优先情形."""

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matter = fields.line_edit("field_matter", "事由")
        self.matter.setPlaceholderText("一句话，台账里就这样写")
        tie_line(self.matter, form, "matter")
        self.priority = fields.combo("field_priority", "优先情形")
        self.priority.addItem("一般家访", None)
        for key, words in PRIORITIES.items():
            self.priority.addItem(words, key)
        tie_combo(self.priority, form, "priority", label="优先情形")
        column = _column(self)
        column.addWidget(fields.FormRow("事由", self.matter))
        column.addWidget(fields.FormRow("优先情形", self.priority))
        column.addWidget(caption("事由印在台账“内容”栏；优先情形不印"))


class TopicsSection(QWidget):
    """三个一 (policy 三之三), folded until needed; advice about leaders is restricted and says so.

    What another account wrote there is not shown, and not typed over.
    """

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._is_hidden = False
        self.fold = buttons.link("三个一", "fold_topics", icon="chevron_right")
        self.fold.setCheckable(True)
        self.fold.setAccessibleName("三个一：问候、意见建议、需求")
        self._state = caption("")
        self._body = QWidget(self)
        body = _column(self._body)
        greeting = fields.check_box("topic_greeting", "送上一声问候")
        tie_check(greeting, form, "topic_greeting", label="送上问候")
        body.addWidget(greeting)
        for name in _TOPIC_TEXTS:
            body.addWidget(caption(TITLES[name]))
            edit = fields.text_edit(f"field_{name}", TITLES[name])
            edit.setFixedHeight(theme.dp(56))
            tie_text(edit, form, name)
            body.addWidget(edit)
            if name == _LEADERS:
                self._leaders = edit
                self.advice_note = caption(_WHO_SEES, "amber")
                self.advice_note.setObjectName("topic_advice_leaders_note")
                body.addWidget(self.advice_note)
        column = _column(self)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._state)
        column.addWidget(self._body)
        self.fold.toggled.connect(self._fold)
        form.changed.connect(lambda _names, _walked: self._tell())
        self._fold(False)

    def show_hidden(self, hidden: frozenset[str]) -> None:
        """Fields somebody else filled in: named with the reason, never typed into."""
        self._is_hidden = _LEADERS in hidden
        self._leaders.setReadOnly(self._is_hidden)
        self._leaders.setPlaceholderText(_HIDDEN if self._is_hidden else "")
        not_kept = self._is_hidden and bool(self._form[_LEADERS])
        words = _NOT_KEPT if not_kept else _WHO_CHANGES if self._is_hidden else _WHO_SEES
        self.advice_note.setText(words)
        self._leaders.setAccessibleDescription(f"{_HIDDEN}。{words}" if self._is_hidden else words)
        if not_kept:
            self.fold.setChecked(True)
        self._tell()

    def _fold(self, opened: bool) -> None:
        self._body.setVisible(opened)
        self.fold.set_icon("chevron_down" if opened else "chevron_right")
        self._state.setVisible(not opened)
        self._tell()

    def _tell(self) -> None:
        known = [word for name, word in (("topic_greeting", "问候"), ("topic_advice_unit", "对单位建议"),
                 ("topic_advice_leaders", "对领导建议"), ("topic_needs", "需求"), ("topic_state_of_mind", "思想状态"))
                 if self._form[name] or (name == _LEADERS and self._is_hidden)]  # fmt: skip
        self._state.setText("已记：" + "、".join(known) if known else "问候、意见建议、需求；点开填写")


class OthersSection(QWidget):
    """地点, 记录人, 备注, and 补录原因 when the record comes late."""

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = fields.combo("field_place", "地点")
        for key, words in PLACES.items():
            self.place.addItem(words, key)
        tie_combo(self.place, form, "place", label="地点")
        self.recorder = fields.line_edit("field_recorder", "记录人")
        tie_line(self.recorder, form, "recorder")
        self.remark = fields.line_edit("field_remark", "备注")
        self.remark.setPlaceholderText("印在台账备注栏")
        tie_line(self.remark, form, "remark")
        self.reason = fields.line_edit("field_late_entry_reason", "补录原因")
        self.reason.setPlaceholderText("过了本季上报日才登记，请写明原因")
        tie_line(self.reason, form, "late_entry_reason")
        self._reason_row = QWidget(self)
        reason = _column(self._reason_row)
        reason.addWidget(caption("这是补录：过了所在季度的上报日", "amber"))
        reason.addWidget(fields.FormRow("补录原因", self.reason))
        column = _column(self)
        column.addWidget(section_head("其他"))
        column.addWidget(fields.FormRow("地点", self.place))
        column.addWidget(fields.FormRow("记录人", self.recorder))
        column.addWidget(fields.FormRow("备注", self.remark))
        column.addWidget(self._reason_row)
        self.show_late(False)

    def show_late(self, late: bool) -> None:
        """Ask for the reason only where it is needed."""
        self._reason_row.setVisible(late)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.dp(8))
    return column
