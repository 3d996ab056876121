"""One concern beside the 诉求 list: its words, who handles it by when and why, its visits, earlier ones.

Shows and tells what is wanted; doing it is concerns_acts'.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.domain.concerns import LinkedVisit
from jiafang_desktop.domain.visits import STATUSES
from jiafang_desktop.services.concerns import ConcernView
from ui import theme
from ui.models.concern_list import NEXT_ACTS, ConcernRow, earlier_words, facts
from ui.models.typed_date import dotted
from ui.widgets import buttons
from ui.widgets.page import hairline
from ui.widgets.panel_parts import empty, words

_MOST_EARLIER = 20


class ConcernPanel(QWidget):
    """Signals name what the clerk wants with the concern shown."""

    next_wanted = Signal()
    more_wanted = Signal()
    edit_wanted = Signal()
    visit_wanted = Signal(str)
    concern_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("concern_panel")
        self.setAccessibleName("诉求详情")
        self.row: ConcernRow | None = None
        self.name, self.line = words("", 16, "ink", bold=True), words("", 12, "ink2")
        self.name.setObjectName("concern_name")
        self.text = words("", 14, "ink")
        self.text.setObjectName("concern_text")
        self.reason = words("", 12, "ink2")
        self.reason.setObjectName("concern_reason")
        self.earlier_head = words("", 14, "ink", bold=True)
        self.earlier_head.setObjectName("concern_earlier")
        self.visits_head = words("家访", 14, "ink", bold=True)
        self.button_next = buttons.plain("分析研判", "button_concern_next")
        self.button_edit = buttons.quiet("修改", "button_edit_concern", icon="pen")
        self.button_more = buttons.quiet("更多", "button_concern_more", icon="more")
        self.button_next.clicked.connect(self.next_wanted)
        self.button_edit.clicked.connect(self.edit_wanted)
        self.button_more.clicked.connect(self.more_wanted)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.dp(12))
        self._facts.setVerticalSpacing(theme.dp(6))
        self._facts.setColumnStretch(1, 1)
        self._visits, self._earlier = QVBoxLayout(), QVBoxLayout()
        for rows in (self._visits, self._earlier):
            rows.setSpacing(theme.dp(2))
        self._build()

    def _build(self) -> None:
        inner = QWidget()
        inner.setObjectName("concern_inner")
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, theme.dp(8), 0)
        body.setSpacing(theme.dp(10))
        body.addWidget(self.text)
        body.addWidget(hairline())
        body.addLayout(self._facts)
        body.addWidget(self.reason)
        body.addWidget(self.visits_head)
        body.addLayout(self._visits)
        body.addWidget(hairline())
        body.addWidget(self.earlier_head)
        body.addLayout(self._earlier)
        body.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("concern_scroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setStyleSheet("#concern_scroll, #concern_inner { background: transparent; }")
        scroll.viewport().setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setSpacing(theme.dp(4))
        foot.addWidget(self.button_more)
        foot.addWidget(self.button_edit)
        foot.addStretch(1)
        foot.addWidget(self.button_next)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(20), theme.dp(16), theme.dp(24), theme.dp(12))
        column.setSpacing(theme.dp(8))
        column.addWidget(self.name)
        column.addWidget(self.line)
        column.addSpacing(theme.dp(2))
        column.addWidget(scroll, 1)
        column.addLayout(foot)

    def show_row(self, row: ConcernRow) -> None:
        """Who asked for what; the earlier ones follow once they were read."""
        another = self.row is None or self.row.id != row.id
        self.row = row
        view, content = row.view, row.view.concern.content
        self.name.setText(content.name)
        parts = (content.unit or view.unit, content.section, content.post)
        self.line.setText("　".join(part for part in parts if part))
        self.text.setText(content.text)
        empty(self._facts)
        for place, (title, text) in enumerate(facts(view)):
            late = title in ("办理时限", "单独规定的期限") and row.due.overdue
            value = words(f"{text}　{row.due.words.split('　')[-1]}" if late else text, 14, "red" if late else "ink",
                           bold=late)  # fmt: skip
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(words(title, 12, "ink2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, place, 1)
        why = [view.due.reason, *view.due.warnings] if view.due is not None and view.concern.is_open else []
        self.reason.setText("\n".join(why))
        self.reason.setVisible(bool(why))
        self._show_visits(view.concern.visits)
        act = NEXT_ACTS.get(view.status)
        self.button_next.setVisible(act is not None)
        self.button_next.set_words(act or "")
        if another:
            self.show_earlier(None)

    def _show_visits(self, visits: Sequence[LinkedVisit]) -> None:
        empty(self._visits)
        self.visits_head.setVisible(bool(visits))
        for visit in visits:
            day = dotted(visit.date) if visit.date else "日期未填"
            number = f"第 {visit.number} 号" if visit.number is not None else "未编号"
            link = buttons.link(f"{day}　{number}　{STATUSES[visit.status]}", f"concern_visit_{visit.id}")
            link.clicked.connect(lambda _=False, rec=visit.id: self.visit_wanted.emit(rec))
            self._visits.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def show_earlier(self, earlier: Sequence[ConcernView] | None) -> None:
        """What the same person asked for otherwise, newest first; None while it is being read."""
        empty(self._earlier)
        if earlier is None:
            self.earlier_head.setText("同一人的其他诉求")
            return
        self.earlier_head.setText(f"同一人的其他诉求 {len(earlier)} 件" if earlier else "这个人没有其他诉求")
        for view in earlier[:_MOST_EARLIER]:
            link = buttons.link(earlier_words(view), f"earlier_{view.id}")
            link.clicked.connect(lambda _=False, rec=view.id: self.concern_wanted.emit(rec))
            self._earlier.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._earlier.addWidget(words(" ".join(view.concern.content.text.split())[:60], 12, "ink2"))
