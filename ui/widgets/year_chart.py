"""The year as pictures: a column of blocks for each month, three months a quarter; every column and every quarter opens
its visits.

A block is a visit: filled when filed, ruled when it waits for the file, an outline while it is under way, a dashed
outline when it is only planned. Read without colour: they differ by shape. What the figures are is the service's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.services.workbench import Month
from ui import theme
from ui.widgets.painted_button import SIDEWAYS, PaintedButton

_BLOCK_W, _BLOCK_H, _GAP = 15, 11, 3
_MOST = 5  # blocks in a column
_MONTH_W, _MONTH_H = 20, _MOST * (_BLOCK_H + _GAP) + 20
_QUARTER_H = 38
_NAMES = ("一季度", "二季度", "三季度", "四季度")
# How a block is drawn, in the order in which a column is filled from the ground.
_KINDS = (("archived", "已归档"), ("ready", "待归档"), ("open", "办理中"), ("planned", "计划"))


class _Picture(PaintedButton):
    """A drawing that opens its rows; arrow keys go to the neighbour, so that the year is one stop of Tab."""

    STEPS = SIDEWAYS

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def paint_ground(self, painter: QPainter) -> None:
        """Where the pointer is, and where the keys are."""
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("tint"))
        self.paint_ring(painter)


class _MonthPicture(_Picture):
    """One column: its blocks over the month's number."""

    def __init__(self, place: int) -> None:
        super().__init__(f"chart_month_{place + 1}")
        self._place = place
        self._month, self._per_block, self._is_present = Month(), 1, False
        self.setFixedSize(theme.dp(_MONTH_W), theme.dp(_MONTH_H))

    def show_month(self, month: Month, *, per_block: int, is_present: bool) -> None:
        """Other blocks."""
        self._month, self._per_block, self._is_present = month, per_block, is_present
        said = month_words(self._place + 1, month)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Upwards from the line, the filed ones first."""
        painter = QPainter(self)
        self.paint_ground(painter)
        dp = theme.dp
        floor = dp(_MONTH_H - 18)
        painter.fillRect(QRect(0, floor, self.width(), 1), theme.color("edge"))
        left = (self.width() - dp(_BLOCK_W)) // 2
        for place, kind in enumerate(blocks_of(self._month, self._per_block)[:_MOST]):
            top = floor - dp(2) - (place + 1) * dp(_BLOCK_H) - place * dp(_GAP)
            draw_block(painter, QRect(left, top, dp(_BLOCK_W), dp(_BLOCK_H)), kind)
        painter.setFont(theme.font(11, bold=self._is_present))
        painter.setPen(theme.color("ink" if self._is_present else "ink3"))
        room = QRect(0, floor + dp(2), self.width(), dp(16))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(self._place + 1))


class _QuarterPicture(_Picture):
    """A quarter's name over its number."""

    def __init__(self, place: int) -> None:
        super().__init__(f"chart_quarter_{place + 1}")
        self._place, self._count, self._is_present = place, 0, False
        self.setFixedHeight(theme.dp(_QUARTER_H))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, *, is_present: bool) -> None:
        """Another number."""
        self._count, self._is_present = count, is_present
        self.setText(f"{_NAMES[self._place]} {count} 次")
        self.setAccessibleName(f"{_NAMES[self._place]}家访 {count} 次，看是哪几次")
        self.setToolTip(self.accessibleName())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The present quarter is bold; a number that opens rows is accent."""
        painter = QPainter(self)
        self.paint_ground(painter)
        left, half = theme.dp(2), self.height() // 2
        painter.setFont(theme.font(12, bold=self._is_present))
        painter.setPen(theme.color("ink" if self._is_present else "ink2"))
        painter.drawText(QRect(left, 0, self.width(), half), Qt.AlignmentFlag.AlignVCenter, _NAMES[self._place])
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("accent" if self._count else "ink3"))
        painter.drawText(QRect(left, half, self.width(), half), Qt.AlignmentFlag.AlignVCenter, f"{self._count} 次")


class _Legend(QWidget):
    """What the blocks mean; only those that are drawn."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: tuple[tuple[str, str], ...] = ()
        self._per_block = 1
        self.setFixedHeight(theme.dp(18))

    def show_kinds(self, kinds: Sequence[str], per_block: int) -> None:
        """These; always 已归档, so that the picture is never without a key."""
        self._kinds = tuple(one for one in _KINDS if one[0] in kinds or one[0] == "archived")
        self._per_block = per_block
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Side by side."""
        painter, dp, at = QPainter(self), theme.dp, 0
        painter.setFont(theme.font(12))
        for kind, words in self._kinds:
            draw_block(painter, QRect(at, dp(4), dp(13), dp(10)), kind)
            painter.setPen(theme.color("ink2"))
            room = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRect(at + dp(17), 0, room + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            at += dp(17) + room + dp(9)
        if self._per_block > 1:
            words = f"一格 {self._per_block} 次"
            painter.drawText(QRect(at, 0, self.width() - at, self.height()), Qt.AlignmentFlag.AlignVCenter, words)


class YearChart(QWidget):
    """``month_chosen(1–12)``, ``quarter_chosen(1–4)``: whose visits are wanted."""

    month_chosen = Signal(int)
    quarter_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("year_chart")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.per_block = 1
        self.months = [_MonthPicture(place) for place in range(12)]
        self.quarters = [_QuarterPicture(place) for place in range(4)]
        self._legend = _Legend()
        self._stops: list[_Picture] = []
        for place in range(4):
            self._stops += [*self.months[3 * place : 3 * place + 3], self.quarters[place]]
        self._build()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.dp(6))
        grid.setVerticalSpacing(theme.dp(2))
        for place, quarter in enumerate(self.quarters):
            columns = QHBoxLayout()
            columns.setSpacing(0)
            for month in self.months[3 * place : 3 * place + 3]:
                columns.addWidget(month)
            columns.addStretch(1)
            grid.addLayout(columns, 0, place)
            grid.addWidget(quarter, 1, place)
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.dp(4))
        column.addLayout(grid)
        column.addWidget(self._legend)
        for number, month in enumerate(self.months, start=1):
            month.clicked.connect(lambda _=False, number=number: self.month_chosen.emit(number))
        for number, quarter in enumerate(self.quarters, start=1):
            quarter.clicked.connect(lambda _=False, number=number: self.quarter_chosen.emit(number))
        for place, stop in enumerate(self._stops):
            stop.stepped.connect(lambda by, place=place: self._step(place, by))
        self._one_stop(0)

    def show_months(self, months: Sequence[Month], *, present_month: int | None) -> None:
        """Twelve months; ``present_month`` (1–12) and its quarter are bold, and where Tab comes in."""
        most = max((month.visits + month.planned for month in months), default=0)
        self.per_block = max(1, -(-most // _MOST))
        for place, month in enumerate(months):
            here = present_month == place + 1
            self.months[place].show_month(month, per_block=self.per_block, is_present=here)
        for place, quarter in enumerate(self.quarters):
            count = sum(month.visits for month in months[3 * place : 3 * place + 3])
            here = present_month is not None and (present_month - 1) // 3 == place
            quarter.show_count(count, is_present=here)
        drawn = {kind for month in months for kind in blocks_of(month, self.per_block)}
        self._legend.show_kinds(tuple(drawn), self.per_block)
        said = [quarter.text().replace(" ", "") for quarter in self.quarters]
        self.setAccessibleName("本年进度：" + "，".join(said))
        if not any(stop.hasFocus() for stop in self._stops):
            self._one_stop(self._stops.index(self.months[(present_month or 1) - 1]))

    def sizeHint(self) -> QSize:
        """Four quarters wide."""
        return QSize(theme.dp(4 * (3 * _MONTH_W + 6)), super().sizeHint().height())

    def _one_stop(self, place: int) -> None:
        for at, stop in enumerate(self._stops):
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == place else Qt.FocusPolicy.ClickFocus)

    def _step(self, place: int, by: int) -> None:
        wanted = place + by
        if 0 <= wanted < len(self._stops):
            self._one_stop(wanted)
            self._stops[wanted].setFocus(Qt.FocusReason.TabFocusReason)


def month_words(number: int, month: Month) -> str:
    """9月家访 3 次：已归档 1，待归档 1，办理中 1；计划 2."""
    parts = [f"{words} {count}" for (_, words), count in zip(_KINDS, _counts(month), strict=True) if count]
    if not month.visits:
        return f"{number}月没有家访" + (f"，计划 {month.planned} 次" if month.planned else "")
    return f"{number}月家访 {month.visits} 次：" + "，".join(parts)


def blocks_of(month: Month, per_block: int) -> list[str]:
    """The kinds of a month's blocks from the ground up: as many as its visits and plans want, rounded up once.

    A kind is drawn by the rows that end in its blocks, so that no kind but a very small one vanishes.
    """
    found: list[str] = []
    reached = 0
    for (kind, _), count in zip(_KINDS, _counts(month), strict=True):
        reached += count
        found += [kind] * (-(-reached // per_block) - len(found))
    return found


def draw_block(painter: QPainter, rect: QRect, kind: str) -> None:
    """Filled, ruled, outlined or dashed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    accent = theme.color("accent")
    if kind == "archived":
        painter.fillRect(rect, accent)
    else:
        style = Qt.PenStyle.DotLine if kind == "planned" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.color("ink3") if kind == "planned" else accent, 1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(rect).adjusted(0, 0, -1, -1))
        if kind == "ready":
            half = rect.height() // 2
            painter.fillRect(QRect(rect.left(), rect.bottom() - half + 1, rect.width(), half), accent)
    painter.restore()


def _counts(month: Month) -> tuple[int, int, int, int]:
    """In the order of _KINDS."""
    return month.archived, month.ready, month.visits - month.archived - month.ready, month.planned
