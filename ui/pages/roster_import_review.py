"""核对: the stranger's sheet, what is to be settled beside it, and the foot that says what 导入 will do.

Shows a preview and tells what the clerk chose; it keeps no choice and stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiafang_desktop.services.concern_preview import ConcernPreview
from ui import icons, theme
from ui.models.import_grid import Preview
from ui.pages.roster_import_findings import Finding
from ui.widgets import fields
from ui.widgets.import_foot import ImportFoot
from ui.widgets.import_grid_view import ImportGrid
from ui.widgets.import_problems import ProblemsPanel

_PANEL_PX, _WIDE_PANEL_PX, _WIDE_FROM_PX = 324, 420, 1500
_FORMATS = {
    "xlsx": "Excel 工作簿", "xls": "Excel 97 工作簿", "csv": "CSV 文本", "html": "网页表格", "xml2003": "XML 表格",
}  # fmt: skip


class ReviewPane(QWidget):
    """The second step. Signals tell what was chosen."""

    column_chosen = Signal(int, str)
    sheet_chosen = Signal(str)
    answered = Signal(object, object)
    cancelled = Signal()
    import_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_review")
        self._showing = False
        self._preview: Preview | None = None
        self._busy = False
        self.grid = ImportGrid()
        self.problems = ProblemsPanel()
        self.foot = ImportFoot()
        self.sum, self.reason = self.foot.sum, self.foot.reason
        self.button_cancel, self.button_import = self.foot.button_cancel, self.foot.button_import
        self._build()
        self.grid.chosen.connect(self.column_chosen)
        self.problems.answered.connect(self.answered)
        self.problems.pointed.connect(lambda finding: self.go_to(finding.row, finding.column))
        self.button_cancel.clicked.connect(self.cancelled)
        self.button_import.clicked.connect(self.import_wanted)
        self.only_marked.toggled.connect(self.grid.model.set_only_marked)
        self.sheet.currentIndexChanged.connect(self._sheet_changed)

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._top())
        left.addWidget(self.grid, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(_line(across=False))
        middle.addWidget(self.problems)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(_line(across=True))
        column.addWidget(self.foot)

    def _top(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(theme.dp(44))
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.dp(24), 0, theme.dp(20), 0)
        row.setSpacing(theme.dp(8))
        picture = QLabel()
        picture.setPixmap(icons.pixmap("file", theme.dp(16), "ink2"))
        self.file_name = _words("", 14, "ink", bold=True)
        self.file_name.setObjectName("import_file_name")
        self.about = _words("", 12, "ink2")
        self.about.setObjectName("import_about")
        self.sheet = fields.combo("field_sheet", "工作表")
        self.only_marked = fields.check_box("check_only_marked", "只看有问题的行")
        row.addWidget(picture)
        row.addWidget(self.file_name)
        self.sheet_label = _words("工作表", 12, "ink2")
        row.addSpacing(theme.dp(4))
        row.addWidget(self.sheet_label)
        row.addWidget(self.sheet)
        row.addWidget(self.about)
        row.addStretch(1)
        row.addWidget(self.only_marked)
        return bar

    # -- showing -----------------------------------------------------------------------------------------------

    def show_preview(self, preview: Preview, found: Sequence[Finding], *, marked_rows: dict[int, str]) -> None:
        """Everything of a preview."""
        self._preview = preview
        reading = preview.reading
        self.file_name.setText(preview.file.name)
        self._show_sheets(preview)
        header = f"第 {reading.header_row} 行为表头" if reading.header_row else "没有表头"
        self.about.setText(f"{header}　{preview.row_count} 行　{_FORMATS.get(reading.format, '')}")
        self.grid.show_preview(preview, marked_rows=marked_rows)
        marked = self.grid.model.marked_count()
        self.only_marked.setText(f"只看有问题的行（{marked}）" if marked else "只看有问题的行")
        self.only_marked.setEnabled(bool(marked) or self.only_marked.isChecked())
        self.problems.show_findings(found)
        self.sum.setText(sum_words(preview))
        self._show_button()

    def _show_sheets(self, preview: Preview) -> None:
        self._showing = True
        self.sheet.clear()
        for name, hidden in preview.sheets:
            self.sheet.addItem(f"{name}（隐藏）" if hidden else name, name)
        self.sheet.setCurrentIndex(max(self.sheet.findData(preview.reading.sheet), 0))
        several = len(preview.sheets) > 1
        self.sheet.setVisible(several)
        self.sheet_label.setText("工作表" if several else f"工作表“{preview.reading.sheet}”")
        self._showing = False

    def _sheet_changed(self, place: int) -> None:
        if not self._showing and place >= 0:
            self.sheet_chosen.emit(self.sheet.itemData(place))

    def _show_button(self) -> None:
        preview = self._preview
        amount = preview.counts["new"] + preview.counts["changed"] if preview is not None else 0
        why, must = reason_words(preview)
        one = counted(preview) if preview is not None else ""
        self.foot.show_amount(amount, one, why=why, must=must, busy=self._busy)

    def set_busy(self, busy: bool) -> None:
        """While a verb runs nothing can be chosen twice."""
        self._busy = busy
        self.grid.heads.setEnabled(not busy)
        self.problems.setEnabled(not busy)
        self.sheet.setEnabled(not busy)
        self._show_button()

    def say(self, sentence: str) -> None:
        """A refusal of a choice, where the reasons stand."""
        self.reason.setText(sentence)

    def go_to(self, row: int | None, column: int | None) -> None:
        """Show a cell of the sheet."""
        if row is None and column is None:
            return
        if row is not None and self.grid.model.place_of(row) is None and self.only_marked.isChecked():
            self.only_marked.setChecked(False)
        self.grid.go_to(row, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel is wider where there is room (THEME, Layout)."""
        super().resizeEvent(event)
        wide = self.width() >= theme.dp(_WIDE_FROM_PX)
        self.problems.setFixedWidth(theme.dp(_WIDE_PANEL_PX if wide else _PANEL_PX))


def sum_words(preview: Preview) -> str:
    """新增 61 人，更新 9 人，跳过 3 行."""
    counts, one = preview.counts, counted(preview)
    parts = [f"新增 {counts['new']} {one}"]
    if counts["changed"]:
        parts.append(f"更新 {counts['changed']} {one}")
    if counts["same"]:
        parts.append(f"{'已登记过' if one == '件' else '与名册相同'} {counts['same']} {one}")
    if counts["check"]:
        parts.append(f"待核对、先不导入 {counts['check']} {one}")
    if counts["skipped"]:
        parts.append(f"跳过 {counts['skipped']} 行")
    return "，".join(parts)


def reason_words(preview: Preview | None) -> tuple[str, bool]:
    """Why 导入 can't be pressed, in words; and whether something is to be settled first."""
    if preview is None:
        return "", False
    waiting = len(preview.open_questions)
    if waiting:
        return f"答完 {waiting} 处要处理的即可导入", True
    counts = preview.counts
    if counts["new"] + counts["changed"]:
        return "", False
    of_concerns = isinstance(preview, ConcernPreview)
    if counts["same"]:
        return "这些诉求都登记过了，没有要导入的" if of_concerns else "这些人名册里都有了，没有要导入的", False
    return "没有可以导入的诉求" if of_concerns else "没有可以导入的人", False


def counted(preview: Preview) -> str:
    """The measure word: people of a roster, concerns."""
    return "件" if isinstance(preview, ConcernPreview) else "人"


def _words(text: str, px: int, token: str, *, bold: bool = False) -> QLabel:
    label = QLabel(text)
    weight = 700 if bold else 400
    label.setStyleSheet(
        f"font-size: {theme.dp(px)}px; font-weight: {weight}; color: {theme.name(token)}; background: transparent;"
    )
    label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    return label


def _line(*, across: bool) -> QFrame:
    line = QFrame()
    if across:
        line.setFixedHeight(1)
    else:
        line.setFixedWidth(1)
    line.setStyleSheet(f"background: {theme.color('hair').name()}; border: none;")
    return line
