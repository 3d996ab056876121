"""The bar below the paper: in words what the ruler shows, what happens when it is full, and how the page is viewed.

The planner counts; here are only the sentences and the bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from jiafang_desktop.domain.pages import Sheet
from ui import theme
from ui.models.visit_form import TITLES
from ui.widgets import buttons
from ui.widgets.paper_ruler import Ruler

KIND_LIMIT = 320  # characters that one page takes at 12/18 (FORMS); beyond, the form's own advice is repeated
_SIZE_NAMES = {14.0: "四号字", 12.0: "小四号字", 10.5: "五号字"}


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence and whether it asks for attention."""

    text: str
    amber: bool = False


class Capacity(Protocol):
    """What services.forms says a long cell holds."""

    @property
    def lines(self) -> int: ...
    @property
    def characters(self) -> int: ...


class Planned(Protocol):
    """The part of a planned record form that rulers and words are made of (documents.forms.plan.RecordPlan)."""

    @property
    def sheet(self) -> Sheet: ...
    @property
    def capacity(self) -> Mapping[str, Capacity]: ...
    @property
    def account_lines(self) -> int: ...
    @property
    def resolution_lines(self) -> int: ...
    @property
    def font_pt(self) -> float: ...
    @property
    def line_pt(self) -> float: ...
    @property
    def resolution_font_pt(self) -> float: ...
    @property
    def resolution_line_pt(self) -> float: ...
    @property
    def carried_characters(self) -> int: ...


def rulers_of(plan: Planned, texts: Mapping[str, str]) -> tuple[Ruler, ...]:
    """What the planned first page holds and how much of it is written, cell by cell."""
    found = []
    for cell, used, size_pt, line_pt in (
        ("account", plan.account_lines, plan.font_pt, plan.line_pt),
        ("resolution", plan.resolution_lines, plan.resolution_font_pt, plan.resolution_line_pt),
    ):
        holds = plan.capacity[cell]
        spilled = any(run.cell == cell and run.start >= 0 for page in plan.sheet.pages[1:] for run in page.runs)
        characters = len(texts[cell].replace("\n", ""))
        room = holds.lines * holds.characters
        found.append(Ruler(cell, holds.lines, used, characters, room, size_pt, line_pt, spilled))
    return tuple(found)


def words_for(ruler: Ruler, *, overflow: int) -> Words:
    """本页可容 n 行，还剩 m 行 — or what will happen instead."""
    if ruler.spilled:
        return Words(f"本页写不下，多出的 {overflow} 字转续页", amber=True)
    plain = f"本页可容 {ruler.capacity} 行，还剩 {ruler.left} 行"
    if ruler.size_pt < 14:
        return Words(f"四号字写不下，已缩小为{size_name(ruler.size_pt)}；{plain}", amber=True)
    return Words(plain)


def kind_words(rulers: Sequence[Ruler]) -> str:
    """A kindly note past 320 characters, else nothing."""
    total = sum(ruler.characters for ruler in rulers)
    return f"已写 {total} 字。填表说明：简明扼要" if total > KIND_LIMIT else ""


def size_name(size_pt: float) -> str:
    """四号字 and its like."""
    return _SIZE_NAMES.get(size_pt, f"{size_pt:g} 磅字")


class PaperFoot(QWidget):
    """Cell in hand, its lines as bars and in words; 整页／页宽 at the right."""

    whole_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("paper_foot")
        self.setFixedHeight(theme.dp(40))
        self._cell, self._bars, self.words = QLabel(self), _Bars(self), QLabel(self)
        self.words.setObjectName("foot_words")
        self.words.setAccessibleName("本页还能写多少")
        self.link = buttons.link("沿用", "foot_link")
        self.link.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the caret stays in its cell
        self.link.hide()
        self._size = QLabel(self)
        self._size.setObjectName("foot_size")
        self._whole = _segment("整页", "view_whole_page", self)
        self._wide = _segment("页宽", "view_page_width", self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(24), 0, theme.dp(16), 0)
        row.setSpacing(theme.dp(12))
        for widget in (self._cell, self._bars, self.words, self.link):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._size)
        for button in (self._whole, self._wide):
            self._group.addButton(button)
            row.addWidget(button)
        row.setSpacing(theme.dp(10))
        self._wide.setChecked(True)
        self._whole.clicked.connect(lambda: self.whole_chosen.emit(True))
        self._wide.clicked.connect(lambda: self.whole_chosen.emit(False))

    def show_cell(
        self, cell: str | None, rulers: Sequence[Ruler], *, overflow: int, hint: str = "", compact: bool = False
    ) -> None:
        """Words for the cell in hand; ``hint`` says what may be typed in a short cell, or what is wrong there."""
        ruler = next((ruler for ruler in rulers if ruler.cell == cell), None)
        self._cell.setText(TITLES[cell] if cell else "")
        self._cell.setStyleSheet(_style(14, "ink", bold=True))
        self._bars.show_ruler(ruler)
        words = words_for(ruler, overflow=overflow) if ruler else Words(hint)
        self.words.setText(words.text)
        self.words.setStyleSheet(_style(14, "amber" if words.amber else "accent" if ruler else "ink2"))
        kind = kind_words(rulers)
        size = size_name(rulers[0].size_pt) if rulers else ""
        self._size.setText(kind or (size if compact or not size else f"{size}　写满自动缩小，再多转续页"))
        self._size.setStyleSheet(_style(12, "amber" if kind else "ink2"))
        self._size.setVisible((not compact or bool(kind)) and self.link.isHidden())

    def offer(self, words: str) -> None:
        """A link that helps with the cell in hand; it takes the room of the size's words. Empty: none."""
        self.link.setVisible(bool(words))
        if words:
            self.link.set_words(words)
            self._size.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White, with the hairline that parts it from the desk."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("paper"))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.color("hair"))


class _Bars(QWidget):
    """The ruler lying down."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ruler: Ruler | None = None

    def show_ruler(self, ruler: Ruler | None) -> None:
        self._ruler = ruler
        self.setVisible(ruler is not None)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        count = self._ruler.capacity if self._ruler else 0
        return QSize(count * theme.dp(20), theme.dp(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ruler is None:
            return
        painter = QPainter(self)
        full = self._ruler.spilled
        for line in range(self._ruler.capacity):
            used = theme.color("amber" if full else "accent")
            color = used if line < self._ruler.used else theme.color("tint2")
            painter.fillRect(QRect(line * theme.dp(20), 0, theme.dp(18), theme.dp(6)), color)


def _segment(text: str, name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAccessibleName(text)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setProperty("kind", "segment")
    paper, tint, accent, ink2, line = (theme.color(t).name() for t in ("paper", "tint", "accent", "ink2", "line"))
    button.setStyleSheet(
        f"QPushButton {{ background: {paper}; color: {ink2}; border: 1px solid {line}; border-radius: {theme.dp(4)}px;"
        f" padding: 0 {theme.dp(8)}px; min-height: {theme.dp(24)}px; font-size: {theme.dp(12)}px; }}"
        f"QPushButton:checked {{ background: {tint}; color: {accent}; border-color: {accent}; font-weight: 700; }}"
        f"QPushButton:focus {{ border: 2px solid {accent}; }}"
    )
    return button


def _style(px: int, token: str, *, bold: bool = False) -> str:
    weight = 700 if bold else 400
    color = theme.color(token).name()
    return f"font-size: {theme.dp(px)}px; font-weight: {weight}; color: {color}; background: transparent;"
