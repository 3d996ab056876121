"""What the 家访 list is narrowed by: state chips, search, and drop-downs for leader, time and priority.

Holds what is chosen and tells that it changed; asking the store is the page's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.domain.visits import PRIORITIES, STATUSES, VisitQuery
from ui import theme
from ui.widgets import buttons, fields
from ui.widgets.chips import ChipBar
from ui.widgets.side_fields import caption

_DEBOUNCE_MS = 180
_CHIPS = ("draft", "registered", "in_progress", "ready", "archived")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")
_ALL = "all"
_PLAN = "plan"  # 计划家访: no visits yet, a list of their own in the same place


class VisitFilters(QWidget):
    """Two rows over the table. ``changed`` is told once typing rests or something was picked."""

    changed = Signal()
    leader_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("visit_filters")
        self._status = _ALL
        self._filling = False
        self._plans, self._facets = 0, dict[str, int]()
        self.chips = ChipBar("chips_status")
        self.search = fields.search_edit("field_search", "查找家访：姓名、拼音首字母、事由")
        self.search.setPlaceholderText("姓名、拼音首字母、事由")
        self.search.setFixedWidth(theme.dp(232))
        self.leader = self._combo("filter_leader", "家访领导", 120)
        self.time = self._combo("filter_time", "时间", 144)
        self.priority = self._combo("filter_priority", "优先情形", 120)
        self.overdue = fields.check_box("filter_overdue", "只看超期")
        self.button_leader = buttons.link("个人情况", "button_leader_visits")
        self.button_leader.setToolTip("这位领导一年去了哪些家，可以打印")
        self.button_leader.clicked.connect(lambda: self.leader_wanted.emit(self.leader.currentData()))
        self.count = _plain_caption("")
        self.count.setObjectName("visit_count")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DEBOUNCE_MS)
        self._soon.timeout.connect(self.changed)
        self._build()

    def _combo(self, name: str, label: str, width_px: int) -> QComboBox:
        combo = fields.combo(name, label)
        combo.setFixedWidth(theme.dp(width_px))
        combo.setMaxVisibleItems(16)
        return combo

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(theme.dp(12))
        first.addWidget(self.chips, 1)
        first.addWidget(self.search)
        self.second = QWidget()
        second = QHBoxLayout(self.second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(theme.dp(8))
        for words, combo in (("家访领导", self.leader), ("时间", self.time), ("优先情形", self.priority)):
            label = _plain_caption(words)
            second.addWidget(label)
            second.addWidget(combo)
            second.addSpacing(theme.dp(12))
            if combo is self.leader:
                second.insertWidget(second.count() - 1, self.button_leader)
        second.addWidget(self.overdue)
        second.addStretch(1)
        second.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(6))
        column.setSpacing(theme.dp(8))
        column.addLayout(first)
        column.addWidget(self.second)
        self.button_leader.hide()
        self.fill_leaders(())
        self.fill_times((), year=None)
        self._fill(self.priority, [("不限", None), *((words, key) for key, words in PRIORITIES.items())])
        self.show_counts({}, shown=0)
        self.chips.chosen.connect(self._chip_chosen)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.returnPressed.connect(self._now)
        self.leader.currentIndexChanged.connect(
            lambda _place: self.button_leader.setVisible(self.leader.currentData() is not None)
        )
        for combo in (self.leader, self.time, self.priority):
            combo.currentIndexChanged.connect(lambda _place: self._picked())
        self.overdue.toggled.connect(lambda _on: self._now())

    # -- what is chosen ----------------------------------------------------------------------------------------

    def query(self) -> VisitQuery:
        """The filters as the services take them."""
        year, quarter = self.time.currentData() or (None, None)
        return VisitQuery(
            year=year, quarter=quarter, text=self.search.text().strip(),
            statuses=() if self._status in (_ALL, _PLAN) else (self._status,), leader=self.leader.currentData(),
            priority=self.priority.currentData(),
        )  # fmt: skip

    @property
    def overdue_only(self) -> bool:
        """只看超期."""
        return self.overdue.isChecked()

    @property
    def shows_void(self) -> bool:
        """The recycle bin is open."""
        return self._status == "void"

    @property
    def shows_plans(self) -> bool:
        """计划 is chosen: what is planned stands where the visits were."""
        return self._status == _PLAN

    def choose_plans(self) -> None:
        """Show what is planned, without telling."""
        self._status = _PLAN
        self._show_rows()

    def leave_plans(self) -> None:
        """Visits are wanted from elsewhere: all of them, if plans were shown."""
        if self.shows_plans:
            self._status = _ALL
            self._show_chips()

    def show_plans(self, count: int) -> None:
        """How many visits are planned and not made."""
        self._plans = count
        self._show_chips()

    def is_narrowed(self) -> bool:
        """Whether anything but the time is chosen."""
        query = self.query()
        return bool(query.text or query.statuses or query.leader or query.priority or self.overdue_only)

    def clear(self) -> None:
        """Everything but the time back to all."""
        self._filling = True
        self._status = _ALL
        self.search.clear()
        self.leader.setCurrentIndex(0)
        self.priority.setCurrentIndex(0)
        self.overdue.setChecked(False)
        self._filling = False
        self._now()

    def look_for(self, text: str) -> None:
        """Words from elsewhere; who puts them in asks the store himself."""
        self.search.setText(text)
        self._soon.stop()

    def find(self) -> None:
        """Ctrl+F: into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_counts(self, facets: Mapping[str, int], *, shown: int) -> None:
        """Chips and the count at the right, for a list of ``shown`` rows."""
        known = sum(count for status, count in facets.items() if status != "void")
        self._facets = dict(facets)
        self._show_chips()
        void = facets.get("void", 0)
        if self._status == _ALL:
            self.count.setText(f"共 {known} 次" + (f"，另有作废 {void} 号" if void else ""))
        elif self.shows_void:
            self.count.setText(f"作废 {shown} 号，序号保留；选中后可恢复")
        else:
            self.count.setText(f"共 {shown} 次")

    def _show_chips(self) -> None:
        facets = self._facets
        known = sum(count for status, count in facets.items() if status != "void")
        chips: list[tuple[str, str, int, str | None]] = [(_ALL, "全部", known, None)]
        chips += [(key, STATUSES[key], facets.get(key, 0), key) for key in _CHIPS]
        chips.append((_PLAN, "计划", self._plans, None))
        if facets.get("void") or self.shows_void:  # the recycle bin shows once there is anything in it
            chips.append(("void", STATUSES["void"], facets.get("void", 0), "void"))
        self.chips.set_chips(chips)
        self.chips.choose(self._status)
        self._show_rows()

    def _show_rows(self) -> None:
        """What narrows visits narrows no plans."""
        for widget in (self.search, self.second):
            widget.setVisible(not self.shows_plans)

    def fill_leaders(self, names: Sequence[str]) -> None:
        """Who can be chosen; the choice stays."""
        self._fill(self.leader, [("全部领导", None), *((name, name) for name in names)])

    def fill_times(self, years: Sequence[int], *, year: int | None) -> None:
        """The years there are, each whole and by quarter; ``year`` is the one the navigation shows."""
        items: list[tuple[str, tuple[int | None, int | None]]] = []
        for one in sorted({*years, *([year] if year else [])}, reverse=True):
            items.append((f"{one} 年", (one, None)))
            if one == year:
                items.extend((f"{one} 年{words}", (one, place)) for place, words in enumerate(_QUARTERS, start=1))
        items.append(("全部年度", (None, None)))
        known = self.time.count() > 1
        self._fill(self.time, items)
        if not known and year is not None:
            self.choose_year(year)

    def choose_year(self, year: int | None) -> None:
        """The navigation's year was switched, or all years (None) are wanted."""
        self._filling = True
        for place in range(self.time.count()):
            if self.time.itemData(place) == (year, None):
                self.time.setCurrentIndex(place)
                break
        self._filling = False

    def _fill(self, combo: QComboBox, items: Sequence[tuple[str, object]]) -> None:
        if [(combo.itemText(place), combo.itemData(place)) for place in range(combo.count())] == list(items):
            return
        self._filling = True
        before = combo.currentData() if combo.count() else None
        combo.clear()
        chosen = 0
        for place, (words, data) in enumerate(items):
            combo.addItem(words, data)
            if before is not None and data == before:
                chosen = place
        combo.setCurrentIndex(chosen)
        longest = max((combo.fontMetrics().horizontalAdvance(words) for words, _ in items), default=0)
        combo.view().setMinimumWidth(max(combo.width(), longest + theme.dp(40)))
        self._filling = False

    # -- telling -----------------------------------------------------------------------------------------------

    def _chip_chosen(self, key: str) -> None:
        self._status = key
        self._now()

    def _picked(self) -> None:
        if not self._filling:
            self._now()

    def _now(self) -> None:
        if not self._filling:
            self._soon.stop()
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the search gives way first."""
        super().resizeEvent(event)
        narrow = self.width() < theme.dp(900)
        self.search.setFixedWidth(theme.dp(180 if narrow else 232))


def _plain_caption(words: str) -> QLabel:
    label = caption(words)
    label.setWordWrap(False)
    return label
