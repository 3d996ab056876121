"""要处理的: the list beside the stranger's sheet, each finding with a bar, two short lines and its answers as links.

What stands in it is roster_import_findings'; what an answer does is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.pages.roster_import_findings import MOST_SHOWN, Answer, Finding
from ui.widgets import buttons

_BARS = {"must": "red", "check": "amber", "note": "edge"}
_LINKS_IN_ROW = 3


class FindingCard(QWidget):
    """One finding. A click on its words shows its cell, a link answers."""

    answered = Signal(object, object)  # Finding, Answer
    pointed = Signal(object)  # Finding

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setObjectName(f"finding_{finding.key}")
        self.setAccessibleName(finding.head)
        self.setAccessibleDescription(finding.small)
        if finding.row is not None or finding.column is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(15), 0, 0, theme.dp(1))
        column.setSpacing(theme.dp(2))
        column.addWidget(_words(finding.head, 14, "ink", bold=True))
        if finding.small:
            column.addWidget(_words(finding.small, 12, "ink2"))
        if finding.answers:
            column.addLayout(self._links())

    def _links(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, theme.dp(1), 0, 0)
        grid.setHorizontalSpacing(theme.dp(16))
        grid.setVerticalSpacing(0)
        across = 1 if any(len(answer.words) > 9 for answer in self.finding.answers) else _LINKS_IN_ROW
        for place, answer in enumerate(self.finding.answers):
            link = buttons.link(answer.words, f"answer_{self.finding.key}_{place}")
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(lambda _=False, answer=answer: self.answered.emit(self.finding, answer))
            grid.addWidget(link, place // across, place % across, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(across, 1)
        return grid

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the cell it speaks of."""
        self.pointed.emit(self.finding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, theme.dp(3), self.height()), theme.color(_BARS[self.finding.tone]))


class ProblemsPanel(QWidget):
    """The panel. ``answered(finding, answer)`` and ``pointed(finding)`` as the cards."""

    answered = Signal(object, object)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, more: str = "勾“只看有问题的行”可以逐行看。") -> None:
        super().__init__(parent)
        self._more = more  # where those are that the list does not show
        self.setObjectName("import_problems")
        self.setAccessibleName("要处理的")
        self.head = _words("要处理的", 16, "ink", bold=True)
        self.head.setSizePolicy(self.head.sizePolicy().horizontalPolicy(), self.head.sizePolicy().verticalPolicy())
        self.counts = _words("", 12, "ink2")
        self.counts.setObjectName("import_counts")
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.cards: list[FindingCard] = []
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addWidget(self.counts, 1)
        self._list = QWidget()
        self._list.setObjectName("import_problem_list")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, theme.dp(8), 0)
        self._rows.setSpacing(theme.dp(14))
        self._scroll = QScrollArea()
        self._scroll.setObjectName("import_problem_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        self._scroll.setStyleSheet("#import_problem_list, #import_problem_scroll { background: transparent; }")
        self._scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(20), theme.dp(16), theme.dp(24), theme.dp(16))
        column.setSpacing(theme.dp(14))
        column.addLayout(top)
        column.addWidget(self._scroll, 1)
        column.addWidget(_hairline())
        column.addWidget(_words("原文件不改动。导入后可一次撤回。", 12, "ink2"))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Fill the list, the most pressing first."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        self.cards = []
        before = None
        for finding in findings[:MOST_SHOWN]:
            if before is not None and finding.tone != before:
                self._rows.addWidget(_hairline())
            before = finding.tone
            card = FindingCard(finding)
            card.answered.connect(self.answered)
            card.pointed.connect(self.pointed)
            self.cards.append(card)
            self._rows.addWidget(card)
        more = len(findings) - MOST_SHOWN
        if more > 0:
            self._rows.addWidget(_words(f"还有 {more} 处没有列出，{self._more}", 12, "ink2"))
        if not findings:
            self._rows.addWidget(_words("没有要处理的，可以导入。", 14, "ink2"))
        self._rows.addStretch(1)
        self.counts.setText(count_words(findings))


def count_words(findings: Sequence[Finding]) -> str:
    """2 处必改，3 处请核对."""
    must = sum(finding.tone == "must" for finding in findings)
    check = sum(finding.tone == "check" for finding in findings)
    parts = (f"{must} 处要处理" if must else "", f"{check} 处请核对" if check else "")
    return "，".join(part for part in parts if part)


def _words(text: str, px: int, token: str, *, bold: bool = False) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(px != 16)
    weight = 700 if bold else 400
    label.setStyleSheet(
        f"font-size: {theme.dp(px)}px; font-weight: {weight}; color: {theme.name(token)}; background: transparent;"
    )
    return label


def _hairline() -> QFrame:
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
    return line


__all__ = ["Answer", "FindingCard", "ProblemsPanel", "count_words"]
