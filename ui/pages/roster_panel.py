"""One person beside the 名册 list: what is known, which visits there were, and 修改 and 删除.

Shows; changing a person is the dialog's and the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.domain.cadres import Cadre
from jiafang_desktop.domain.visits import STATUSES, Visit
from ui import theme
from ui.models.roster_list import details, person_line
from ui.models.typed_date import dotted
from ui.widgets import buttons
from ui.widgets.panel_parts import empty, words

_MOST_VISITS = 30


class PersonPanel(QWidget):
    """The panel. Signals name what the clerk wants with the person shown."""

    edit_wanted = Signal()
    delete_wanted = Signal()
    plan_wanted = Signal()
    visit_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("person_panel")
        self.setAccessibleName("人员详情")
        self.cadre: Cadre | None = None
        self.name = words("", 16, "ink", bold=True)
        self.name.setObjectName("person_name")
        self.line = words("", 12, "ink2")
        self.visit_head = words("", 14, "ink", bold=True)
        self.visit_head.setObjectName("person_visits")
        self.button_edit = buttons.plain("修改", "button_edit_person", icon="pen")
        self.button_delete = buttons.plain("删除", "button_delete_person")
        self.button_plan = buttons.quiet("安排家访", "button_plan_person")
        self.button_plan.clicked.connect(self.plan_wanted)
        self.button_edit.clicked.connect(self.edit_wanted)
        self.button_delete.clicked.connect(self.delete_wanted)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.dp(12))
        self._facts.setVerticalSpacing(theme.dp(6))
        self._facts.setColumnStretch(1, 1)
        self._visits = QVBoxLayout()
        self._visits.setSpacing(theme.dp(2))
        inner = QWidget()
        inner.setObjectName("person_inner")
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, theme.dp(8), 0)
        body.setSpacing(theme.dp(12))
        body.addLayout(self._facts)
        body.addWidget(_hairline())
        body.addWidget(self.visit_head)
        body.addLayout(self._visits)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("person_scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setStyleSheet("#person_scroll, #person_inner { background: transparent; }")
        scroll.viewport().setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.addWidget(self.button_delete)
        foot.addStretch(1)
        foot.addWidget(self.button_plan)
        foot.addWidget(self.button_edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(20), theme.dp(18), theme.dp(24), theme.dp(16))
        column.setSpacing(theme.dp(8))
        column.addWidget(self.name)
        column.addWidget(self.line)
        column.addSpacing(theme.dp(6))
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def show_person(self, cadre: Cadre) -> None:
        """Who is in hand; the visits follow once they were read."""
        another = self.cadre is None or self.cadre.id != cadre.id
        self.cadre = cadre
        self.name.setText(cadre.content.name)
        self.line.setText(person_line(cadre))
        empty(self._facts)
        facts = [(title, text) for title, text in details(cadre) if title not in ("单位", "职务")]
        for place, (title, text) in enumerate(facts):
            value = words(text, 14, "ink")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(words(_short(title), 12, "ink2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, place, 1)
        if not facts:
            self._facts.addWidget(words("其他各项都没有填写。", 12, "ink2"), 0, 0, 1, 2)
        if another:
            self.show_visits(None)

    def show_visits(self, visits: Sequence[Visit] | None) -> None:
        """The person's visits, newest first; None while they are being read."""
        empty(self._visits)
        if visits is None:
            self.visit_head.setText("家访")
            return
        self.visit_head.setText(f"家访 {len(visits)} 次" if visits else "还没有家访过")
        for visit in visits[:_MOST_VISITS]:
            self._visits.addWidget(self._visit(visit))
        if len(visits) > _MOST_VISITS:
            self._visits.addWidget(words(f"更早的 {len(visits) - _MOST_VISITS} 次请到家访页查找。", 12, "ink2"))

    def _visit(self, visit: Visit) -> QWidget:
        day = dotted(visit.content.date) if visit.content.date else "日期未填"
        number = f"第 {visit.number} 号" if visit.number is not None else "未编号"
        row = QWidget()
        line = QVBoxLayout(row)
        line.setContentsMargins(0, theme.dp(2), 0, theme.dp(4))
        line.setSpacing(0)
        link = buttons.link(f"{day}　{number}　{STATUSES[visit.status]}", f"person_visit_{visit.id}")
        link.clicked.connect(lambda _=False: self.visit_wanted.emit(visit.id))
        line.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if visit.content.matter:
            line.addWidget(words(visit.content.matter, 12, "ink2"))
        return row


def _short(title: str) -> str:
    return {"配偶工作单位及职务": "配偶单位职务"}.get(title, title)


def _hairline() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
    return line
