"""Filter chips: a word and a count, a state's glyph in front, one chosen. Only these are round.

What is filtered is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.widgets.phase import GLYPH_PX, paint_phase

ChipSpec = tuple[str, str, int, str | None]
"""Key, words, count, state whose glyph stands in front (None: no glyph)."""
_HEIGHT_PX, _SIDE_PX, _GAP_PX = 32, 12, 6


class Chip(QAbstractButton):
    """One chip. As wide as its bold words, so choosing moves nothing."""

    def __init__(self, key: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._count, self._phase = 0, None
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_chip(self, words: str, count: int, phase: str | None) -> None:
        """Words, count, glyph."""
        if (words, count, phase) != (self.text(), self._count, self._phase):
            self._count, self._phase = count, phase
            self.setText(words)
            self.setAccessibleName(f"{words} {count}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """32 high."""
        words = QFontMetrics(theme.font(14, bold=True)).horizontalAdvance(self.text())
        count = QFontMetrics(theme.font(12)).horizontalAdvance(str(self._count))
        glyph = theme.dp(GLYPH_PX) + theme.dp(_GAP_PX) if self._phase else 0
        return QSize(2 * theme.dp(_SIDE_PX) + glyph + words + theme.dp(_GAP_PX) + count, theme.dp(_HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pill; tint, accent line and bold words when chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        ring = theme.focus_px() if self.hasFocus() else 1
        painter.setPen(QPen(theme.color("accent" if on or self.hasFocus() else "line"), ring))
        ground = "tint" if on else "desk2" if self.isDown() else "desk" if self.underMouse() else "paper"
        painter.setBrush(theme.color(ground))
        rect = QRectF(self.rect()).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        left = theme.dp(_SIDE_PX)
        if self._phase:
            side = theme.dp(GLYPH_PX)
            paint_phase(painter, QRect(left, (self.height() - side) // 2, side, side), self._phase)
            left += side + theme.dp(_GAP_PX)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(theme.color("accent" if on else "ink"))
        painter.setFont(theme.font(14, bold=on))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.text())
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("accent" if on else "ink2"))
        right = self.rect().adjusted(0, 0, -theme.dp(_SIDE_PX), 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → go to the neighbour, Enter chooses as Space does."""
        bar = self.parentWidget()
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and isinstance(bar, ChipBar):
            bar.step(self, 1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ChipBar(QWidget):
    """One row. ``chosen(key)`` tells a click on a chip; the chosen one stays chosen."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.chips: list[Chip] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.dp(8))
        self._row.addStretch(1)

    def set_chips(self, specs: Sequence[ChipSpec]) -> None:
        """Show these; chips that stay keep the focus."""
        if [chip.key for chip in self.chips] != [spec[0] for spec in specs]:
            before = self.key()
            for chip in self.chips:
                self._row.removeWidget(chip)
                chip.deleteLater()
            self.chips = [Chip(spec[0], f"chip_{spec[0]}", self) for spec in specs]
            for place, chip in enumerate(self.chips):
                chip.clicked.connect(lambda _=False, key=chip.key: self._clicked(key))
                self._row.insertWidget(place, chip)
            self.choose(before)
        for chip, (_, words, count, phase) in zip(self.chips, specs, strict=True):
            chip.show_chip(words, count, phase)

    def choose(self, key: str | None) -> None:
        """Show ``key`` chosen, without telling."""
        for chip in self.chips:
            chip.setChecked(chip.key == key)

    def key(self) -> str | None:
        """The chosen one."""
        return next((chip.key for chip in self.chips if chip.isChecked()), None)

    def step(self, chip: Chip, by: int) -> None:
        """The keys go to a neighbour."""
        place = self.chips.index(chip) + by
        if 0 <= place < len(self.chips):
            self.chips[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _clicked(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)
