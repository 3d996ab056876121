"""核对: visits and passed-over rows of old papers as a list, what is to be settled beside it, and what 导入 will do.

Shows a preview and tells what the clerk chose; it keeps no answers and stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.services.visit_import import SkippedLine, VisitImportPreview
from ui import icons, theme
from ui.models.visit_import_list import ALL, STATUSES, ImportRow, ImportRows, Place, detail_words
from ui.models.visit_list import spaced
from ui.models.windowed import WindowedModel
from ui.pages.roster_import_findings import Finding
from ui.widgets import fields
from ui.widgets.chips import ChipBar
from ui.widgets.import_foot import ImportFoot
from ui.widgets.import_problems import ProblemsPanel
from ui.widgets.page import ElidedLabel, hairline
from ui.widgets.side_fields import tint_caption
from ui.widgets.table import Column, ListTable

_PANEL_PX, _WIDE_PANEL_PX, _WIDE_FROM_PX = 324, 420, 1500
_DETAIL_PX = 118
_MORE = "选“待核对”，或在列表里逐行看。"


def import_columns() -> tuple[Column, ...]:
    """来源 行 序号 日期 家访对象 家访领导 内容 情况 说明."""
    return (
        Column("source", "来源", 104, 2, "left", lambda row: row.source, caption=True),
        Column("row", "行", 48, 0, "right", lambda row: row.row, caption=True),
        Column("number", "序号", 48, 0, "right", lambda row: row.number),
        Column("date", "日期", 88, 0, "left", lambda row: row.date),
        Column("visitee", "家访对象", 76, 0, "left", lambda row: spaced(row.visitee)),
        Column("leaders", "家访领导", 84, 1, "left", lambda row: row.leaders),
        Column("matter", "内容", 104, 4, "left", lambda row: row.matter),
        Column("status", "情况", 76, 0, "left", lambda row: STATUSES[row.status]),
        Column("why", "说明", 150, 5, "left", lambda row: row.why, caption=True),
    )


def _row_tone(row: ImportRow) -> str | None:
    return {"skipped": "ink3", "same": "ink2"}.get(row.status)


def _cell_tone(row: ImportRow, key: str) -> str | None:
    to_look_at = row.status == "check" or row.marked
    return "amber" if to_look_at and (key == "why" or (key == "status" and row.status == "check")) else None


class VisitsReviewPane(QWidget):
    """The second step. Signals tell what was chosen."""

    answered = Signal(object, object)
    cancelled = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("visits_import_review")
        self.preview: VisitImportPreview | None = None
        self.rows: ImportRows | None = None
        self._busy = self._filling = False
        self.columns = import_columns()
        self.model = WindowedModel(self.columns, self._fetch, self)
        self.table = ListTable(
            "table_visits_import", self.columns, row_tone=_row_tone, cell_tone=_cell_tone, label="读到的家访和跳过的行"
        )
        self.table.set_model(self.model)
        self.chips = ChipBar("chips_import")
        self.place = fields.combo("field_import_place", "文件和工作表")
        self.problems = ProblemsPanel(more=_MORE)
        self.foot = ImportFoot()
        self._build()
        self._connect()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._top())
        left.addWidget(hairline())
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.dp(16), 0, theme.dp(14), 0)
        inset.addWidget(self.table)
        left.addLayout(inset, 1)
        left.addWidget(hairline())
        left.addWidget(self._detail())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(_upright())
        middle.addWidget(self.problems)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(hairline())
        column.addWidget(self.foot)

    def _top(self) -> QWidget:
        bar = QWidget()
        picture = QLabel()
        picture.setPixmap(icons.pixmap("folder", theme.dp(16), "ink2"))
        self.source = ElidedLabel()
        self.source.setObjectName("import_source")
        self.source.setStyleSheet("font-weight: 700; background: transparent;")
        first = QHBoxLayout()
        first.setSpacing(theme.dp(8))
        first.addWidget(picture)
        first.addWidget(self.source, 1)
        first.addWidget(self.place)
        column = QVBoxLayout(bar)
        column.setContentsMargins(theme.dp(24), theme.dp(10), theme.dp(20), theme.dp(10))
        column.setSpacing(theme.dp(8))
        column.addLayout(first)
        column.addWidget(self.chips)
        return bar

    def _detail(self) -> QWidget:
        box = QWidget()
        box.setFixedHeight(theme.dp(_DETAIL_PX))
        self.detail_head, self.detail, self.detail_why = QLabel(), QLabel(), QLabel()
        for label, name in (
            (self.detail_head, "import_detail_head"), (self.detail_why, "import_detail_why"),
            (self.detail, "import_detail"),
        ):  # fmt: skip
            label.setObjectName(name)
            label.setWordWrap(True)
        tint_caption(self.detail_head, "ink2", bold=True)
        tint_caption(self.detail, "ink")
        tint_caption(self.detail_why, "amber")
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.dp(24), theme.dp(8), theme.dp(20), theme.dp(6))
        column.setSpacing(theme.dp(2))
        column.addWidget(self.detail_head)
        column.addWidget(self.detail_why)
        column.addWidget(self.detail)
        column.addStretch(1)
        return box

    def _connect(self) -> None:
        self.chips.chosen.connect(lambda _key: self._show_rows())
        self.place.currentIndexChanged.connect(lambda _at: None if self._filling else self._show_rows())
        self.table.current_changed.connect(self._show_detail)
        self.problems.answered.connect(self.answered)
        self.problems.pointed.connect(lambda found: self.go_to(f"v{found.row}") if found.row is not None else None)
        self.foot.button_cancel.clicked.connect(self.cancelled)
        self.foot.button_import.clicked.connect(self.import_wanted)

    # -- showing -----------------------------------------------------------------------------------------------

    def show_preview(self, preview: VisitImportPreview, rows: ImportRows, found: Sequence[Finding]) -> None:
        """Everything of a preview; place, chip and row in hand stay where they can."""
        self.preview, self.rows = preview, rows
        self.source.set_words(source_words(preview))
        self._fill_places(rows)
        self.model.forget()
        self._show_rows()
        self.show_findings(found)
        self.foot.sum.setText(sum_words(preview.counts))
        self._show_button()

    def show_findings(self, found: Sequence[Finding]) -> None:
        """The list beside, when something in it was put aside."""
        self.problems.show_findings(found)

    def _fill_places(self, rows: ImportRows) -> None:
        items: list[tuple[str, Place | None]] = [("全部文件" if rows.file_count > 1 else "全部工作表", None)]
        sheets: dict[str, list[str | None]] = {}
        for file, sheet in rows.places:
            sheets.setdefault(file, []).append(sheet)
        for file, names in sheets.items():
            if rows.file_count > 1:
                items.append((file, (file, None)))
            if len(names) > 1:
                indent = "　" if rows.file_count > 1 else ""
                items.extend((f"{indent}{name}", (file, name)) for name in names if name)
        self._filling = True
        before = self.place.currentText()
        self.place.clear()
        for words, place in items:
            self.place.addItem(words, place)
        self.place.setCurrentIndex(max(self.place.findText(before), 0))
        self.place.setMaximumWidth(theme.dp(260))
        self.place.setVisible(len(items) > 1)
        self._filling = False

    def _show_rows(self) -> None:
        rows = self.rows
        if rows is None:
            return
        place = self.place.currentData()
        place = tuple(place) if place is not None else None
        counts = rows.counts(place)
        self.chips.set_chips([
            (key, words, counts[key], None) for key, words in ((ALL, "全部"), *STATUSES.items())
        ])  # fmt: skip
        if self.chips.key() is None:
            self.chips.choose(ALL)
        before = self.table.current_id()
        ids = rows.ids(status=self.chips.key() or ALL, place=place)
        self.model.set_ids(ids)
        self.table.set_hidden(() if self._tells_source(rows, place) else ("source",))
        self.table.set_message("" if ids else "这里没有这样的行。")
        first = next((name for name in ids if name.startswith("v")), ids[0] if ids else None)
        self.table.set_current(before if before in set(ids) else first)
        self._show_detail(self.table.current_id())

    def _tells_source(self, rows: ImportRows, place: Place | None) -> bool:
        return len(rows.places) > 1 and (place is None or place[1] is None)

    def _fetch(self, names: tuple[str, ...], answer: Callable[[Sequence[Any]], None]) -> None:
        answer(self.rows.rows(names) if self.rows is not None else ())

    def _show_detail(self, name: str | None) -> None:
        found = self.rows.one(name) if self.rows is not None and name is not None else None
        words = detail_words(found) if found is not None else ("", "", "")
        tint_caption(self.detail_why, "ink" if found is None or isinstance(found, SkippedLine) else "amber")
        for label, text in zip((self.detail_head, self.detail, self.detail_why), words, strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def go_to(self, name: str) -> None:
        """Take a line in hand, wherever it lies."""
        if self.model.place_of(name) is None:
            self.chips.choose(ALL)
            self._filling = True
            self.place.setCurrentIndex(0)
            self._filling = False
            self._show_rows()
        self.table.set_current(name)
        self.table.setFocus()

    def show_status(self, status: str) -> None:
        """Only the lines of a status."""
        self.chips.choose(status)
        self._show_rows()

    # -- the foot ----------------------------------------------------------------------------------------------

    def _show_button(self) -> None:
        preview = self.preview
        amount = preview.counts["new"] if preview is not None else 0
        why, must = reason_words(preview)
        self.foot.show_amount(amount, "次", why=why, must=must, busy=self._busy)

    def set_busy(self, busy: bool) -> None:
        """While a verb runs nothing can be chosen twice."""
        self._busy = busy
        self.problems.setEnabled(not busy)
        self._show_button()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel is wider where there is room (THEME, Layout)."""
        super().resizeEvent(event)
        wide = self.width() >= theme.dp(_WIDE_FROM_PX)
        self.problems.setFixedWidth(theme.dp(_WIDE_PANEL_PX if wide else _PANEL_PX))


def source_words(preview: VisitImportPreview) -> str:
    """以前的台账　6 个文件，读了 5 个."""
    read = sum(1 for file in preview.files if preview.verdict(file) is None)
    files = len(preview.files)
    if files == 1:
        return preview.files[0].name
    return f"{preview.path.name}　{files} 个文件，读出台账或记录单的 {read} 个"


def sum_words(counts: dict[str, int]) -> str:
    """读到 61 次：新增 52 次，已有 6 次，待核对、先不导入 3 次；跳过 9 行."""
    parts = [f"新增 {counts['new']} 次"]
    if counts["same"]:
        parts.append(f"已有 {counts['same']} 次")
    if counts["check"]:
        parts.append(f"待核对、先不导入 {counts['check']} 次")
    skipped = f"；跳过 {counts['skipped']} 行" if counts["skipped"] else ""
    return f"读到 {counts['rows']} 次：" + "，".join(parts) + skipped


def reason_words(preview: VisitImportPreview | None) -> tuple[str, bool]:
    """Why 导入 can't be pressed, in words; and whether something is to be answered first."""
    if preview is None:
        return "", False
    if preview.open_questions:
        return f"答完 {len(preview.open_questions)} 个问题即可导入", True
    counts = preview.counts
    if counts["new"]:
        return "", False
    if counts["same"] and not counts["check"]:
        return "这些家访都登记过了，没有要导入的", False
    return "没有可以导入的家访", False


def _upright() -> QFrame:
    line = QFrame()
    line.setProperty("role", "hairline")
    line.setFixedWidth(1)
    return line
