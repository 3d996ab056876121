"""What the 诉求 list is narrowed by: state chips, time, level, 只看超期, 未报县里, and the search field.

Holds what is chosen and tells that it changed; reading is the page's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiafang_desktop.domain.concerns import STATUSES
from jiafang_desktop.domain.problems import LEVELS
from ui import theme
from ui.widgets import fields
from ui.widgets.chips import ChipBar, ChipSpec
from ui.widgets.side_fields import caption

_DEBOUNCE_MS = 180
_ALL = "all"
_WRAP_BELOW_PX = 1080  # of the filters' width at 100 %: nine chips then stand in two rows
_FIRST_ROW = 5


class ConcernFilters(QWidget):
    """``changed`` tells another choice, ``searched`` other words to look for."""

    changed = Signal()
    searched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("concern_filters")
        self.status = _ALL
        self._filling = False
        self._specs: tuple[ChipSpec, ...] = ()
        self.chips, self.more_chips = ChipBar("chips_concern"), ChipBar("chips_concern_more")
        self.more_chips.hide()
        for bar in (self.chips, self.more_chips):  # nine chips must not keep the window from growing narrow
            bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search = fields.search_edit("field_concern_search", "查找诉求：姓名、拼音首字母、诉求内容")
        self.search.setPlaceholderText("姓名、拼音首字母、诉求")
        self.search.setFixedWidth(theme.dp(216))
        self.time = fields.combo("filter_concern_time", "时间")
        self.time.setFixedWidth(theme.dp(112))
        self.level = fields.combo("filter_level", "困难程度")
        self.level.setFixedWidth(theme.dp(112))
        self.overdue = fields.check_box("filter_concern_overdue", "只看超期")
        self.unreported = fields.check_box("filter_unreported", "办完未报县里")
        self.count = caption("")
        self.count.setObjectName("concern_count")
        self.count.setWordWrap(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DEBOUNCE_MS)
        self._build()

    def _build(self) -> None:
        self.level.addItem("不限", None)
        for key, words in LEVELS.items():
            self.level.addItem(words, key)
        second = QHBoxLayout()
        second.setSpacing(theme.dp(8))
        for words, box in (("时间", self.time), ("困难程度", self.level)):
            label = caption(words)
            label.setWordWrap(False)
            second.addWidget(label)
            second.addWidget(box)
            second.addSpacing(theme.dp(8))
        second.addWidget(self.overdue)
        second.addSpacing(theme.dp(8))
        second.addWidget(self.unreported)
        second.addStretch(1)
        second.addWidget(self.count)
        second.addSpacing(theme.dp(4))
        second.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(8))
        column.setSpacing(theme.dp(8))
        column.addWidget(self.chips)
        column.addWidget(self.more_chips)
        column.addLayout(second)
        for bar in (self.chips, self.more_chips):
            bar.chosen.connect(self._chip_chosen)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.returnPressed.connect(self._search_now)
        self._soon.timeout.connect(self.searched)
        for box in (self.time, self.level):
            box.currentIndexChanged.connect(lambda _place: self._tell())
        for tick in (self.overdue, self.unreported):
            tick.toggled.connect(lambda _on: self._tell())
        self.show_counts({}, shown=0, carried=0)

    # -- what is chosen ----------------------------------------------------------------------------------------

    def text(self) -> str:
        """What is looked for."""
        return self.search.text().strip()

    def is_narrowed(self) -> bool:
        """Whether anything but the time is chosen."""
        ticked = self.overdue.isChecked() or self.unreported.isChecked()
        return bool(self.text() or self.status != _ALL or self.level.currentData() or ticked)

    def wants(self, status: str) -> bool:
        """Whether rows of a state are shown."""
        return self.status in (_ALL, status)

    def choose(self, *, status: str = _ALL, overdue: bool = False, unreported: bool = False) -> None:
        """Narrow from elsewhere, everything but the time."""
        self._filling = True
        self.status = status
        self.search.clear()
        self.level.setCurrentIndex(0)
        self.overdue.setChecked(overdue)
        self.unreported.setChecked(unreported)
        self._filling = False
        self._soon.stop()
        self.searched.emit()

    def find(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_counts(self, counts: Mapping[str, int], *, shown: int, carried: int) -> None:
        """Chips, and how many rows are listed; ``carried`` are open ones of earlier years."""
        known = sum(counts.values())
        specs: list[ChipSpec] = [(_ALL, "全部", known, None)]
        specs += [(key, words, counts.get(key, 0), key) for key, words in STATUSES.items()]
        self._specs = tuple(specs)
        self._place_chips()
        self.count.setText(f"共 {shown} 件" + (f"，上年结转 {carried} 件" if carried else ""))

    def fill_times(self, years: Sequence[int], *, year: int) -> None:
        """The years there are; the navigation's one is chosen first."""
        items = [(f"{one} 年", one) for one in sorted({*years, year}, reverse=True)]
        wanted: list[tuple[str, int | None]] = [*items, ("全部年度", None)]
        if [(self.time.itemText(at), self.time.itemData(at)) for at in range(self.time.count())] == wanted:
            return
        self._filling = True
        before = self.time.currentData() if self.time.count() else year
        self.time.clear()
        for words, one in wanted:
            self.time.addItem(words, one)
        self.time.setCurrentIndex(max(self.time.findData(before), 0))
        self._filling = False

    def choose_year(self, year: int) -> None:
        """The navigation's year was switched."""
        self._filling = True
        if self.time.findData(year) < 0:
            self.time.insertItem(0, f"{year} 年", year)
        self.time.setCurrentIndex(self.time.findData(year))
        self._filling = False

    def _place_chips(self) -> None:
        wraps = 0 < self.width() < theme.dp(_WRAP_BELOW_PX)
        first = self._specs[:_FIRST_ROW] if wraps else self._specs
        self.chips.set_chips(first)
        self.more_chips.set_chips(self._specs[_FIRST_ROW:] if wraps else ())
        self.more_chips.setVisible(wraps)
        for bar in (self.chips, self.more_chips):
            bar.choose(self.status)

    def _chip_chosen(self, key: str) -> None:
        self.status = key
        for bar in (self.chips, self.more_chips):
            bar.choose(key)
        self._tell()

    def _search_now(self) -> None:
        self._soon.stop()
        self.searched.emit()

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow: two rows of chips."""
        super().resizeEvent(event)
        if self._specs:
            self._place_chips()
