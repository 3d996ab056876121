"""The ledger's toolbar and foot line: layout, year, quarter, search and pages above; how the cell in hand breaks below.

Holds what is chosen and tells that it changed; planning is the services', paging ledger_view's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QWidget

from ui import icons, theme
from ui.widgets import buttons, fields
from ui.widgets.side_fields import caption

_DEBOUNCE_MS = 200
_QUARTERS = (("全年", None), ("一季度", 1), ("二季度", 2), ("三季度", 3), ("四季度", 4))


class Segment(QAbstractButton):
    """One of two choices standing side by side; ``place`` is first, last."""

    def __init__(self, words: str, name: str, place: str) -> None:
        super().__init__()
        self.setText(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._place = place
        self.setFixedHeight(theme.dp(32))
        self.setFixedWidth(theme.dp(56 if len(words) < 4 else 98))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Outlined, the chosen one tinted and bold; the ring inside when it has the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("accent" if on else "line"), 1))
        painter.setBrush(theme.color("tint" if on else "desk" if self.underMouse() else "paper"))
        painter.drawPath(self._outline(rect))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._outline(rect.adjusted(0.5, 0.5, -0.5, -0.5)))
        painter.setPen(theme.color("accent" if on else "ink"))
        painter.setFont(theme.font(14, bold=on))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _outline(self, rect: QRectF) -> QPainterPath:
        round_px = theme.dp(4)
        path = QPainterPath()
        path.addRoundedRect(rect, round_px, round_px)
        square = QPainterPath()  # the inner side has no round corners
        half = rect.width() / 2
        square.addRect(rect.adjusted(half, 0, 0, 0) if self._place == "first" else rect.adjusted(0, 0, -half, 0))
        return path.united(square).simplified()


class LedgerBar(QWidget):
    """The toolbar. ``changed`` tells another plan is wanted, ``searched`` another text, ``page_wanted`` ‹ and ›."""

    changed = Signal()
    searched = Signal()
    next_found = Signal()
    page_wanted = Signal(int)  # -1 or +1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger_bar")
        self.setFixedHeight(theme.dp(48))
        self._filling = False
        self.matrix = Segment("内容╲时间", "variant_matrix", "first")
        self.plain = Segment("八列", "variant_plain", "last")
        self.matrix.setChecked(True)
        self._variants = QButtonGroup(self)
        for segment in (self.matrix, self.plain):
            self._variants.addButton(segment)
        self.year = fields.combo("field_ledger_year", "年度")
        self.quarter = fields.combo("field_ledger_quarter", "季度")
        self.unit = fields.combo("field_ledger_unit", "单位")
        for words, number in _QUARTERS:
            self.quarter.addItem(words, number)
        self.void = fields.check_box("check_print_void", "印作废号")
        self.search = fields.search_edit("field_ledger_search", "在台账中查找")
        self.search.setPlaceholderText("姓名、拼音、内容")
        self.search.setFixedWidth(theme.dp(176))
        self.found = _plain("")
        self.found.setObjectName("ledger_found")
        self.pages = _plain("")
        self.pages.setObjectName("ledger_pages")
        self.back = _arrow("left", "上一页", "button_page_back")
        self.forward = _arrow("right", "下一页", "button_page_next")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DEBOUNCE_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(24), 0, theme.dp(16), 0)
        row.setSpacing(theme.dp(8))
        pair = QHBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(self.matrix)
        pair.addWidget(self.plain)
        row.addWidget(_plain("版式"))
        row.addLayout(pair)
        row.addSpacing(theme.dp(8))
        row.addWidget(_plain("年度"))
        row.addWidget(self.year)
        row.addWidget(self.quarter)
        self._unit_label = _plain("单位")
        row.addWidget(self._unit_label)
        row.addWidget(self.unit)
        row.addSpacing(theme.dp(4))
        row.addWidget(self.void)
        row.addStretch(1)
        row.addWidget(self.found)
        row.addWidget(self.search)
        row.addSpacing(theme.dp(8))
        row.addWidget(self.pages)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        self.fill_units(())

    def _connect(self) -> None:
        for segment in (self.matrix, self.plain):
            segment.clicked.connect(lambda _=False: self.changed.emit())
        for combo in (self.year, self.quarter, self.unit):
            combo.currentIndexChanged.connect(lambda _place: None if self._filling else self.changed.emit())
        self.void.toggled.connect(lambda _on: self.changed.emit())
        self._soon.timeout.connect(self.searched)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.returnPressed.connect(self._enter)
        self.back.clicked.connect(lambda: self.page_wanted.emit(-1))
        self.forward.clicked.connect(lambda: self.page_wanted.emit(1))

    def _enter(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self.searched.emit()
        else:
            self.next_found.emit()

    @property
    def variant(self) -> str:
        """matrix or plain."""
        return "matrix" if self.matrix.isChecked() else "plain"

    def choose_variant(self, variant: str) -> None:
        """What the unit's settings say."""
        (self.plain if variant == "plain" else self.matrix).setChecked(True)

    def fill_years(self, years: Sequence[int], *, year: int) -> None:
        """The years there are; ``year`` is chosen."""
        self._filling = True
        self.year.clear()
        for one in sorted({*years, year}, reverse=True):
            self.year.addItem(str(one), one)
        self.year.setCurrentIndex(max(self.year.findData(year), 0))
        self._filling = False

    def fill_units(self, units: Sequence[str]) -> None:
        """Whose ledgers there are; with one or none there is nothing to choose."""
        if [self.unit.itemData(place) for place in range(self.unit.count())] != list(units):
            self._filling = True
            before = self.unit.currentData()
            self.unit.clear()
            for name in units:
                self.unit.addItem(name, name)
            self.unit.setCurrentIndex(max(self.unit.findData(before), 0))
            self._filling = False
        self.unit.setVisible(len(units) > 1)
        self._unit_label.setVisible(len(units) > 1)

    def show_page(self, index: int, count: int) -> None:
        """第 3 页，共 3 页."""
        self.pages.setText(f"第 {index + 1} 页，共 {count} 页" if count else "")
        self.back.setEnabled(index > 0)
        self.forward.setEnabled(index + 1 < count)

    def show_found(self, words: str) -> None:
        """How many rows the search found."""
        self.found.setText(words)


class LedgerFoot(QWidget):
    """第 25 号　内容　每行 11 字，现 18 字，印两行 | 共 33 次，本页 11 行已满　第 28 号作废，不印."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger_foot")
        self.setFixedHeight(theme.dp(42))
        self.cell = QLabel()
        self.cell.setObjectName("ledger_cell")
        self.breaks = QLabel()
        self.breaks.setObjectName("ledger_breaks")
        self.sum = _plain("")
        self.sum.setObjectName("ledger_sum")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.dp(24), 0, theme.dp(24), 0)
        row.setSpacing(theme.dp(16))
        row.addWidget(self.cell)
        row.addWidget(self.breaks)
        row.addStretch(1)
        row.addWidget(self.sum)

    def show_cell(self, cell: str, breaks: str) -> None:
        """Which cell is in hand and how it breaks."""
        self.cell.setText(cell)
        self.breaks.setText(breaks)
        self.cell.setStyleSheet("font-weight: 700; background: transparent;")
        self.breaks.setStyleSheet(f"color: {theme.color('accent').name()}; background: transparent;")

    def show_sum(self, words: str) -> None:
        """What stands in the ledger."""
        self.sum.setText(words)


def _plain(words: str) -> QLabel:
    label = caption(words)
    label.setWordWrap(False)
    return label


def _arrow(direction: str, words: str, name: str) -> QAbstractButton:
    button = buttons.quiet("", name)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setIcon(icons.icon(f"chevron_{direction}", 16, "ink"))
    button.setFixedWidth(theme.dp(36))
    return button
