"""导入名册: choose a file, look at the sheet as it is with what was recognised, and only then store it.

Keeps the choices (sheet, columns, unit, answers) and shows what the service found; recognising, comparing and storing
are services.rosters'. Nothing is stored before 导入.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QStackedLayout, QWidget

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import roster_template, rosters
from ui.context import Context
from ui.dialogs.export_done import save_as
from ui.models.import_grid import Preview, choose_column
from ui.pages.roster_import_findings import Answer, Finding, findings, rows_named
from ui.pages.roster_import_review import ReviewPane
from ui.tasks import Pending
from ui.widgets import buttons
from ui.widgets.empty import EmptyState
from ui.widgets.import_progress import CrossThreadProgress, WorkProgress
from ui.widgets.page import Page

FILTER = "名册（*.xlsx *.xls *.csv *.txt *.html *.xml）(*.xlsx *.xls *.csv *.txt *.htm *.html *.xml);;全部文件 (*)"
"""Types offered in the file dialog; what a file really is is found by its content."""


class RosterImportPage(Page):
    """Three steps: 选择文件 · 核对 · 完成. ``opened(path=…)`` begins with a dropped file.

    The class attributes and the methods below ``# -- of this kind`` are what another kind of table says otherwise.
    """

    NAME, TITLE, BACK = "page_roster_import", "导入名册", ("名册", "roster")
    CHOOSE, CHECKING = "选择要导入的名册", "正在与名册核对"

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName(self.NAME)
        self.ctx = ctx
        self.path: Path | None = None
        self.preview: Preview | None = None
        self.dismissed: set[str] = set()
        self._choices: dict[str, Any] = {}
        self._turn = 0  # which reading is the present one; answers of earlier ones are dropped
        self._reader: CrossThreadProgress | None = None
        self._pending: Any = None
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        self.start = self.first_step()
        self.working = WorkProgress("import_progress")
        self.review = ReviewPane()
        host = QWidget()
        self.stack = QStackedLayout(host)
        for pane in (self.start, self.working, self.review):
            self.stack.addWidget(pane)
        self.body.addWidget(host)
        self.button_other = buttons.quiet("换一个文件", "button_other_file", icon="file")
        self.button_other.clicked.connect(self.choose_file)
        self.button_template = buttons.quiet("下载模板", "button_template", icon="download")
        self.button_template.clicked.connect(self.save_template)
        self.add_action(self.button_other)
        self.add_action(self.button_template)
        self.has_template = True
        self.working.stopped.connect(self.stop)
        self.working.appeared.connect(lambda: self.stack.setCurrentWidget(self.working))
        review = self.review
        review.column_chosen.connect(self._column_chosen)
        review.sheet_chosen.connect(self._sheet_chosen)
        review.answered.connect(self._answered)
        review.cancelled.connect(lambda: self.ctx.open(self.BACK[1]))
        review.import_wanted.connect(self.apply)

    # -- opening -----------------------------------------------------------------------------------------------

    def opened(self, path: str | Path | None = None, **_: object) -> None:
        """Begin anew, or with a file that was dropped or chosen elsewhere."""
        self.forget()
        if path is not None:
            self.read(Path(path))

    def forget(self) -> None:
        """Back to the first step; nothing was stored."""
        self._turn += 1
        self.path, self.preview, self._choices = None, None, {}
        self.dismissed = set()
        self.stack.setCurrentWidget(self.start)
        self._show_title()

    def _show_title(self) -> None:
        chosen = self.path is not None
        step = "第 2 步，共 3 步　核对" if chosen else "第 1 步，共 3 步　选择文件"
        self.set_title(self.TITLE, back=self.BACK, caption=step)
        self.button_other.setVisible(chosen)
        self.button_template.setVisible(chosen and self.has_template)

    def choose_file(self) -> None:
        """Ask for a file."""
        start = str(self.path.parent) if self.path else ""
        chosen, _ = QFileDialog.getOpenFileName(self, self.CHOOSE, start, FILTER)
        if chosen:
            self.read(Path(chosen))

    def save_template(self) -> None:
        """Put the blank roster where the clerk wants it."""

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(roster_template.write, target, replace=True)

        save_as(self.ctx, self, head="模板", suggested=roster_template.FILE_NAME, suffix=".xlsx", write=write)

    # -- reading -----------------------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Read a file; the choices made for another one are dropped."""
        self.path = path
        self._choices = {}
        self.dismissed = set()
        self._show_title()
        self._preview_again(f"正在读取“{path.name}”")

    def _preview_again(self, title: str) -> None:
        assert self.path is not None
        self._turn += 1
        turn = self._turn
        self._reader = CrossThreadProgress(self)
        self._reader.told.connect(self.working.show_step)
        self.working.begin(title, "正在打开文件")
        self.review.set_busy(True)
        self._pending = self.ask_preview(self._reader, self._choices)
        self._pending.then(lambda found: self._previewed(turn, found)).fail(lambda error: self._refused(turn, error))

    def stop(self) -> None:
        """停止: nothing was stored; what was shown before comes back."""
        if self._reader is not None:
            self._reader.stop()
        if self._pending is not None:
            self._pending.cancel()
        self._turn += 1
        self.working.end()
        self.review.set_busy(False)
        if self.preview is None:
            self.forget()
        else:
            self.stack.setCurrentWidget(self.review)
        self.ctx.say("已停止，没有存入任何内容")

    def _previewed(self, turn: int, preview: Preview) -> None:
        if turn != self._turn:
            return
        self.working.end()
        self.preview = preview
        self.stack.setCurrentWidget(self.review)
        self.review.set_busy(False)
        self.show_preview()

    def _refused(self, turn: int, error: UserError) -> None:
        if turn != self._turn:
            return
        self.working.end()
        self.review.set_busy(False)
        self.ctx.error(error, self)
        if self.preview is None or self.preview.file != self.path:
            self.forget()
        else:
            self.stack.setCurrentWidget(self.review)
            self.show_preview()

    def show_preview(self) -> None:
        """Grid, list and foot for the preview at hand."""
        if self.preview is None:
            return
        found = findings(self.preview, dismissed=self.dismissed)
        self.review.show_preview(self.preview, found, marked_rows=rows_named(self.preview))
        self._show_title()

    # -- choices -----------------------------------------------------------------------------------------------

    def _column_chosen(self, column: int, field: str) -> None:
        preview = self.preview
        if preview is None:
            return
        name_at = preview.reading.columns.get("name")
        chosen = choose_column(self._choices.get("columns") or {}, preview, column=column, field=field or None)
        if name_at is not None and chosen.get("name", name_at) != name_at and field != "name":
            self.review.say("请先把“姓名”指到另一列，再改这一列。")
            return
        self._choices["columns"] = chosen
        self._preview_again("正在按新的列重新识别")

    def _sheet_chosen(self, name: str) -> None:
        self._choices = {"sheet": name}
        self.dismissed = set()
        self._preview_again(f"正在识别工作表“{name}”")

    def _answered(self, finding: Finding, answer: Answer) -> None:
        if answer.act == "show":
            self.review.go_to(int(answer.value) if answer.value else finding.row, finding.column)
        elif answer.act == "dismiss":
            self.dismissed.add(finding.key)
            self.show_preview()
        elif answer.act == "sheet":
            self._sheet_chosen(answer.value)
        elif answer.act == "column":
            columns = dict(self._choices.get("columns") or {})
            self._choices["columns"] = {**columns, finding.key.partition(":")[2]: answer.value}
            self._preview_again("正在按选定的列识别")
        elif answer.act == "unit":
            self._ask_unit()
        else:
            question, _, option = answer.value.partition("=")
            self._choices["answers"] = {**(self._choices.get("answers") or {}), question: option}
            self._preview_again("正在重新识别")

    def _ask_unit(self) -> None:
        name, accepted = QInputDialog.getText(self, "这些人的单位", "表里没有单位，请写这些人都在哪个单位：")
        if accepted and name.strip():
            self._choices["unit"] = name.strip()
            self._preview_again("正在按这个单位识别")

    # -- storing -----------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """导入: everything new or changed at once."""
        if self.preview is None:
            return
        self._turn += 1
        turn = self._turn
        self.working.begin("正在导入", self.CHECKING)
        self.review.set_busy(True)
        self._pending = self.ask_apply(self.preview)
        self._pending.progress(self.working.show_step)
        self._pending.then(self._applied).fail(lambda error: self._refused(turn, error))

    def _applied(self, applied: Any) -> None:
        self.working.end()
        self.review.set_busy(False)
        self.ctx.say_undoable(self.done_words(applied.preview.counts))
        self.forget()
        self.ctx.open(self.BACK[1])

    # -- of this kind ------------------------------------------------------------------------------------------

    def first_step(self) -> EmptyState:
        """What stands there before a file was chosen."""
        return EmptyState(
            "选择要导入的名册", "Excel、WPS 另存的 xlsx 或 xls、CSV 都行，表头在第几行、有没有合并格都不要紧。",
            ways=[
                ("file", "选择名册文件", "把文件拖到这一页也行", "选择文件", "button_choose_file", self.choose_file),
                ("download", "还没有名册", "下载一份空白模板，填好再来导入", "下载模板",
                 "button_template_start", self.save_template),
            ],
        )  # fmt: skip

    def ask_preview(self, progress: CrossThreadProgress, choices: Mapping[str, Any]) -> Pending:
        """Read and compare; nothing is stored."""
        return self.ctx.tasks.run(rosters.preview, self.path, progress=progress, **choices)

    def ask_apply(self, preview: Any) -> Pending:
        """Store what the preview shows."""
        return self.ctx.tasks.run(rosters.apply, preview, by=self.ctx.operator)

    def done_words(self, counts: Mapping[str, int]) -> str:
        """For the status line and 撤销."""
        return f"导入名册：新增 {counts['new']} 人" + (f"，更新 {counts['changed']} 人" if counts["changed"] else "")

    # -- files dropped here ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file may be dropped."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.read(path)


def dropped_file(data: QMimeData) -> Path | None:
    """The file in what is dragged; None when it is none or several."""
    urls = [url for url in data.urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
