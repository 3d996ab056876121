"""Numbers that open rows: side by side, 32 bold, parted by hairlines; the open one underlined.

What a number counts is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.painted_button import SIDEWAYS, PaintedButton

HEIGHT_PX = 105


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word and the caption below. ``is_late``: it counts what is overdue, and is red unless 0."""

    key: str
    words: str
    count: int
    caption: str
    is_late: bool = False


class _Number(PaintedButton):
    STEPS = SIDEWAYS

    def __init__(self, key: str) -> None:
        super().__init__(f"number_{key}")
        self._figure = Figure(key, "", 0, "")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.dp(HEIGHT_PX))

    def show_figure(self, figure: Figure) -> None:
        """Other numbers."""
        self._figure = figure
        self.setText(figure.words)
        self.setAccessibleName(f"{figure.words} {figure.count}")
        self.setAccessibleDescription(figure.caption)
        self.setToolTip(figure.caption)
        self.update()

    def sizeHint(self) -> QSize:
        """The strip shares its width evenly."""
        return QSize(theme.dp(160), theme.dp(HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, word, caption, line below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dp, figure, on = theme.dp, self._figure, self.isChecked()
        if self.underMouse() and not on:
            painter.fillRect(self.rect(), theme.color("desk"))
        left = dp(24)
        big, word = theme.font(32, bold=True), theme.font(14, bold=on or (figure.is_late and figure.count > 0))
        painter.setFont(big)
        late = figure.is_late and figure.count > 0
        painter.setPen(theme.color("red" if late else "ink" if figure.count else "ink3"))
        number = str(figure.count)
        base = dp(50)
        painter.drawText(left, base, number)
        after = left + QFontMetrics(big).horizontalAdvance(number) + dp(10)
        painter.setFont(word)
        painter.setPen(theme.color("ink" if figure.count else "ink2"))
        fits = after + QFontMetrics(word).horizontalAdvance(figure.words) <= self.width() - dp(4)
        small = theme.font(12) if fits else word  # where it is narrow the word stands below, and the tip has the rest
        if fits:
            painter.drawText(after, base - dp(1), figure.words)
            painter.setPen(theme.color("ink2"))
        painter.setFont(small)
        below = figure.caption if fits else figure.words
        shown = QFontMetrics(small).elidedText(below, Qt.TextElideMode.ElideRight, self.width() - left - dp(8))
        painter.drawText(QRect(left, dp(62), self.width() - left, dp(20)), Qt.AlignmentFlag.AlignVCenter, shown)
        if on:
            painter.fillRect(QRect(left, self.height() - dp(3), self.width() - 2 * left, dp(3)),
                             theme.color("red" if late else "accent"))  # fmt: skip
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.focus_px()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(dp(12), dp(8), -dp(12), -dp(8)), dp(4), dp(4))


class DeskNumbers(QWidget):
    """``chosen(key)`` tells which number was opened."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk_numbers")
        self.setFixedHeight(theme.dp(HEIGHT_PX))
        self.numbers: dict[str, _Number] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def show_figures(self, figures: Sequence[Figure], *, chosen: str) -> None:
        """Show these; numbers that stay keep the keys."""
        if tuple(self.numbers) != tuple(figure.key for figure in figures):
            for number in self.numbers.values():
                self._row.removeWidget(number)
                number.hide()
                number.deleteLater()
            self.numbers = {figure.key: self._number(figure.key) for figure in figures}
        for figure in figures:
            self.numbers[figure.key].show_figure(figure)
        self.choose(chosen)
        self.update()

    def _number(self, key: str) -> _Number:
        number = _Number(key)
        number.clicked.connect(lambda: self._clicked(key))
        number.stepped.connect(lambda by: self._step(key, by))
        self._row.addWidget(number, 1)
        return number

    def choose(self, key: str) -> None:
        """Underline it."""
        for name, number in self.numbers.items():
            number.setChecked(name == key)

    def _clicked(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)

    def _step(self, key: str, by: int) -> None:
        names = list(self.numbers)
        place = names.index(key) + by
        if 0 <= place < len(names):
            self.numbers[names[place]].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairlines between; they lie under the numbers' edges."""
        painter = QPainter(self)
        for place, number in enumerate(self.numbers.values()):
            if place:
                painter.fillRect(QRect(number.x() - 1, 0, 1, self.height()), theme.color("hair"))
