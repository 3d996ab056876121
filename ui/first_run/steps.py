"""The pages of setting up that ask something: the rules, edition and unit, operator and password.

Each checks its own fields and gives what was typed; the wizard leads from one to the next and makes the data.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from jiafang_desktop.domain.units import UNIT_TYPES
from ui import theme
from ui.first_run.choice import Choice
from ui.first_run.strength import strength
from ui.widgets import buttons, fields
from ui.widgets.page import hairline

LABEL_PX, FIELD_PX = 104, 240
# PRODUCT, Lines not crossed.
STATEMENT = (
    ("本机须为非涉密计算机", "不连互联网也能用；不得在涉密计算机上安装。"),
    ("只用登记过的U盘", "使用本单位登记的非涉密U盘，严禁与涉密机交叉使用。"),
    ("不得录入国家秘密", "工作秘密、内部资料按规定管理；涉嫌违纪违法线索不在本程序登记。"),
    ("家访内容属于敏感信息", "存在本机的都已加密；打印、导出的文件没有加密，用完按规定保管。"),
)


class Step(QWidget):
    """``title``, ``sentence`` and fields; ``changed`` tells that the way on may be open now."""

    changed = Signal()
    title = ""
    sentence = ""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(40), theme.dp(32), theme.dp(40), theme.dp(12))
        column.setSpacing(0)
        head = QLabel(self.title)
        head.setProperty("role", "title")
        self.second = QLabel(self.sentence)
        self.second.setProperty("role", "second")
        self.second.setWordWrap(True)
        column.addWidget(head)
        column.addSpacing(theme.dp(6))
        column.addWidget(self.second)
        column.addSpacing(theme.dp(16))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.dp(12))
        column.addLayout(self.body)
        column.addStretch(1)

    def is_ready(self) -> bool:
        """Whether 下一步 may be pressed at all."""
        return True

    def check(self) -> bool:
        """Whether the fields are right; shows what is not and goes there."""
        return True

    def result(self) -> str:
        """The step in a few words, for the rail."""
        return ""

    def begin(self) -> None:
        """The step came to the front."""


class NoticeStep(Step):
    """The 保密 statement, to be accepted."""

    title = "使用须知"
    sentence = "请先确认以下四条，再开始设置。"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_notice")
        for place, (head, words) in enumerate(STATEMENT):
            if place:
                self.body.addWidget(hairline())
            self.body.addWidget(_point(place + 1, head, words))
        self.body.addSpacing(theme.dp(8))
        self.accepted = fields.check_box("check_accept_rules", "我已读过，按这些要求使用")
        self.body.addWidget(self.accepted)
        self.accepted.toggled.connect(lambda _on: self.changed.emit())

    def is_ready(self) -> bool:
        """Accepted."""
        return self.accepted.isChecked()

    def result(self) -> str:
        """For the rail."""
        return "已确认"

    def begin(self) -> None:
        """To the tick."""
        self.accepted.setFocus()


def _point(number: int, head: str, words: str) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, theme.dp(2), 0, theme.dp(2))
    line.setSpacing(0)
    figure = QLabel(str(number))
    figure.setProperty("role", "head")
    figure.setFixedWidth(theme.dp(28))
    texts = QVBoxLayout()
    texts.setSpacing(theme.dp(4))
    top, below = QLabel(head), QLabel(words)
    top.setProperty("role", "head")
    below.setProperty("role", "caption")
    below.setWordWrap(True)
    texts.addWidget(top)
    texts.addWidget(below)
    line.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(texts, 1)
    return row


class UnitStep(Step):
    """Edition, the unit's two names, its type and county."""

    title = "版本与单位"
    sentence = "单位名称会印在记录单和台账上，请照公章和台账核对。"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_unit")
        self.unit_edition = Choice("单位版", "乡镇、街道、县直单位。登记家访、打印表单、归档。", "choice_unit")
        self.county_edition = Choice("县级版", "县委组织部。全县名册和台账。", "choice_county")
        self._group = QButtonGroup(self)
        editions = QVBoxLayout()
        editions.setSpacing(theme.dp(4))
        for choice in (self.unit_edition, self.county_edition):
            self._group.addButton(choice)
            editions.addWidget(choice)
        self.unit_edition.setChecked(True)
        self.county = fields.line_edit("field_county", "县（市、区）")
        self.county.setText("魏县")
        self.unit = fields.line_edit("field_unit", "单位名称，照公章")
        self.unit.setPlaceholderText("如 中共魏县德政镇委员会")
        self.ledger_unit = fields.line_edit("field_ledger_unit", "台账上的单位名称")
        self.ledger_unit.setPlaceholderText("如 德政镇")
        self.unit_type = fields.combo("field_unit_type", "单位类别")
        for key, words in UNIT_TYPES.items():
            self.unit_type.addItem(words, key)
        self._type_row = fields.FormRow("单位类别", self.unit_type, label_px=LABEL_PX, field_px=FIELD_PX)
        self._unit_row = fields.FormRow(
            "单位名称", self.unit, label_px=LABEL_PX, field_px=FIELD_PX, hint="照公章写全，印在记录单上"
        )
        self._ledger_row = fields.FormRow(
            "台账上的名称",
            self.ledger_unit,
            label_px=LABEL_PX,
            field_px=FIELD_PX,
            hint="印在台账“单位：”后面，不填同上",
        )
        self._county_row = fields.FormRow("县（市、区）", self.county, label_px=LABEL_PX, field_px=FIELD_PX)
        self.body.addLayout(editions)
        self.body.addWidget(hairline())
        for row in (self._unit_row, self._ledger_row, self._type_row, self._county_row):
            self.body.addWidget(row)
        self.county_edition.toggled.connect(lambda on: self._type_row.setVisible(not on))
        self.unit.textEdited.connect(lambda _text: self._unit_row.set_error(None))
        self.county.textEdited.connect(lambda _text: self._county_row.set_error(None))

    def values(self) -> dict[str, Any]:
        """As session.create takes them."""
        county = self.county_edition.isChecked()
        return {
            "role": "county" if county else "unit", "unit": self.unit.text().strip(),
            "county": self.county.text().strip(),
            "unit_type": "department" if county else self.unit_type.currentData(),
            "ledger_unit": self.ledger_unit.text().strip() or None,
        }  # fmt: skip

    def check(self) -> bool:
        """Both names of places are needed."""
        for row, field, words in ((self._unit_row, self.unit, "请填写单位名称，照公章写。"),
                                  (self._county_row, self.county, "请填写县（市、区）名称。")):  # fmt: skip
            if not field.text().strip():
                row.set_error(words)
                field.setFocus()
                return False
        return True

    def result(self) -> str:
        """For the rail."""
        edition = "县级版" if self.county_edition.isChecked() else "单位版"
        return f"{edition}　{self.ledger_unit.text().strip() or self.unit.text().strip()}"

    def begin(self) -> None:
        """To the first empty field."""
        (self.unit if not self.unit.text() else self.unit_edition).setFocus()


class PersonStep(Step):
    """Who works here, and the password twice."""

    title = "经办人和密码"
    sentence = "数据用这个密码加密。打开程序时要输入，离开一会儿也会自动锁上。"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_person")
        self.operator = fields.line_edit("field_operator", "经办人姓名")
        self.operator.setPlaceholderText("您的姓名")
        self.first = fields.password_edit("field_password", "密码")
        self.again = fields.password_edit("field_password_again", "再输一遍密码")
        self.strength = QLabel(strength("").words)
        self.strength.setObjectName("password_strength")
        self.strength.setProperty("role", "caption")
        self.strength.setContentsMargins(theme.dp(LABEL_PX), 0, 0, 0)
        self.reveal = buttons.link("显示密码", "button_reveal")
        self._rows = {
            "operator": fields.FormRow(
                "经办人", self.operator, label_px=LABEL_PX, field_px=FIELD_PX, hint="默认填在记录人一栏"
            ),
            "first": fields.FormRow("密码", self.first, label_px=LABEL_PX, field_px=FIELD_PX),
            "again": fields.FormRow("再输一遍", self.again, label_px=LABEL_PX, field_px=FIELD_PX),
        }
        self.body.addWidget(self._rows["operator"])
        self.body.addSpacing(theme.dp(4))
        self.body.addWidget(hairline())
        self.body.addSpacing(theme.dp(4))
        self.body.addWidget(self._rows["first"])
        self.body.addWidget(self.strength)
        self.body.addWidget(self._rows["again"])
        links = QHBoxLayout()
        links.setContentsMargins(theme.dp(LABEL_PX), 0, 0, 0)
        links.addWidget(self.reveal)
        links.addStretch(1)
        self.body.addLayout(links)
        self.first.textChanged.connect(self._show_strength)
        self.again.textEdited.connect(lambda _text: self._rows["again"].set_error(None))
        self.operator.textEdited.connect(lambda _text: self._rows["operator"].set_error(None))
        self.reveal.clicked.connect(self._toggle)

    def _show_strength(self, text: str) -> None:
        found = strength(text)
        self._rows["first"].set_error(None)
        self.strength.setText(found.words)
        role = "done" if found.is_enough else "caption" if not text else "warn"
        if self.strength.property("role") != role:
            self.strength.setProperty("role", role)
            self.strength.style().unpolish(self.strength)
            self.strength.style().polish(self.strength)

    def _toggle(self) -> None:
        shown = self.first.echoMode() != QLineEdit.EchoMode.Normal
        for field in (self.first, self.again):
            field.reveal(shown)
        self.reveal.set_words("隐藏密码" if shown else "显示密码")

    def check(self) -> bool:
        """A name, a good enough password, the same again."""
        found = strength(self.first.text())
        wrong = (
            ("operator", self.operator, "" if self.operator.text().strip() else "请填写经办人姓名。"),
            ("first", self.first, "" if found.is_enough else found.words),
            (
                "again",
                self.again,
                "" if self.first.text() == self.again.text() else "两次输入的密码不一样，请再输一遍。",
            ),
        )
        for name, field, words in wrong:
            self._rows[name].set_error(words or None)
            if words:
                field.setFocus()
                return False
        return True

    def refuse(self, words: str) -> None:
        """The store did not take the password."""
        self._rows["first"].set_error(words)
        self.first.setFocus()

    def result(self) -> str:
        """For the rail."""
        return self.operator.text().strip()

    def begin(self) -> None:
        """To the name."""
        self.operator.setFocus()
