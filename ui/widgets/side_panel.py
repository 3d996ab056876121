"""The side panel of the record editor, and the narrow strip of words it folds to where the window is compact.

Arranges the sections; each section minds its own fields.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.domain.visits import Visit
from ui import theme
from ui.models.visit_form import VisitForm
from ui.widgets.problems_panel import ProblemsSection
from ui.widgets.problems_rows import ProblemRow, strip_words
from ui.widgets.side_concerns import ConcernsSection
from ui.widgets.side_fields import hairline
from ui.widgets.side_guidance import GuidanceSection
from ui.widgets.side_more import MatterSection, OthersSection, TopicsSection
from ui.widgets.side_paper import PaperSection, state_words
from ui.widgets.side_scans import ScansSection
from ui.widgets.side_ways import MetSection, WaysSection, unticked

WIDE_PX, NORMAL_PX, STRIP_PX = 420, 372, 96
_TOPICS = ("topic_greeting", "topic_advice_unit", "topic_advice_leaders", "topic_needs", "topic_state_of_mind")
COMPACT_BELOW_PX = 1240  # logical width of the window under which the panel would collide with the page (THEME)


class SidePanel(QScrollArea):
    """All sections under one another; scrolls when they need more than the height."""

    def __init__(self, form: VisitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_panel")
        self.setAccessibleName("家访的其他内容")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.matter, self.ways, self.met = MatterSection(form), WaysSection(form), MetSection(form)
        self.problems, self.topics = ProblemsSection(form), TopicsSection(form)
        self.concerns, self.guidance = ConcernsSection(), GuidanceSection(form)
        self.others, self.paper, self.scans = OthersSection(form), PaperSection(), ScansSection()
        self.sections: dict[str, QWidget] = {
            "事由": self.matter, "组织督导": self.guidance, "看谈听访": self.ways, "受访人员": self.met,
            "问题办理": self.problems, "诉求": self.concerns, "签字盖章": self.paper, "扫描件": self.scans,
            "三个一": self.topics, "其他": self.others,
        }  # fmt: skip
        inside = QWidget()
        inside.setObjectName("side_inside")
        inside.setStyleSheet(f"#side_inside {{ background: {theme.color('paper').name()}; }}")
        column = QVBoxLayout(inside)
        pad = theme.dp(20)
        column.setContentsMargins(pad, theme.dp(16), pad, theme.dp(16))
        column.setSpacing(theme.dp(12))
        for place, section in enumerate(self.sections.values()):
            if place and section not in (self.scans, self.guidance):  # which bring their own, and hide it
                column.addWidget(hairline())
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inside)
        for child in inside.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that gets the focus is scrolled into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, theme.dp(24))
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        """Tab from the paper's last cell comes here."""
        self.matter.matter.setFocus(Qt.FocusReason.TabFocusReason)

    def set_writable(self, writable: bool) -> None:
        """Archived records are read, not typed into."""
        for section in (self.matter, self.ways, self.met, self.topics, self.others):
            section.setEnabled(writable)


class SideStrip(QWidget):
    """Words with their state, 96 px wide; a click or F6 opens the panel over the desk."""

    open_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"#side_strip {{ background: {theme.color('paper').name()}; }}")
        self.setFixedWidth(theme.dp(STRIP_PX))
        self._words: dict[str, StripButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(8), theme.dp(8), theme.dp(4), theme.dp(8))
        column.setSpacing(0)
        for word in ("事由", "看谈听访", "受访人员", "问题办理", "签字盖章", "三个一", "其他"):
            button = StripButton(word, self)
            button.clicked.connect(lambda _=False, word=word: self.open_wanted.emit(word))
            self._words[word] = button
            column.addWidget(button)
            column.addWidget(hairline(self))
        column.addStretch(1)

    def show_state(self, form: VisitForm, rows: Sequence[ProblemRow], visit: Visit | None) -> None:
        """Each section's one word."""
        problems, late = strip_words(tuple(rows), clock.today())
        missing = unticked(form["account"], form["ways"])
        paper = state_words(visit)
        topics = any(form[name] for name in _TOPICS) or (visit is not None and bool(visit.hidden))
        for word, state, token in (
            ("事由", "已填" if form["matter"] else "未填", "ink2"),
            ("看谈听访", f"{len(form['ways'])} 项", "amber" if missing else "ink2"),
            ("受访人员", f"{len(form['met'])} 人", "ink2"),
            ("问题办理", problems, "red" if late else "ink2"),
            ("签字盖章", paper, "ink2"),
            ("三个一", "已记" if topics else "未记", "ink2"),
            ("其他", "备注" if form["remark"] else "", "ink2"),
        ):
            self._words[word].show_state(state, token)


class StripButton(QAbstractButton):
    """A section's name and below it its state, in amber or red with words where something is due."""

    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._state, self._token = "", "ink2"
        self.setText(word)
        self.setObjectName(f"strip_{word}")
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str, token: str) -> None:
        """The one word, and its ink."""
        self._state, self._token = state, token
        self.setAccessibleName(f"{self.text()}：{state}" if state else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines with air."""
        return QSize(theme.dp(STRIP_PX - 12), theme.dp(58))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name 14, state 12; hover desk, focus an accent frame."""
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("desk"))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.dp(2)))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        words = self.rect().adjusted(theme.dp(8), theme.dp(8), 0, -theme.dp(8))
        painter.setFont(theme.font(14))
        painter.setPen(theme.color("ink"))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.text())
        painter.setFont(theme.font(12, bold=self._token == "red"))
        painter.setPen(theme.color(self._token))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._state)
