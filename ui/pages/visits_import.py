"""导入以前的台账: ledgers and filled record forms from before the program, looked at before they are registered.

Keeps the files and the answers and shows what the service found; reading, comparing and storing are
services.visit_import's. Nothing is stored before 导入.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QStackedLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import Progress
from jiafang_desktop.services import visit_import
from jiafang_desktop.services.visit_import import Applied, VisitImportPreview
from ui.context import Context
from ui.models.visit_import_list import ImportRows
from ui.pages.roster_import_findings import Answer, Finding
from ui.pages.visits_import_findings import YEARS, findings
from ui.pages.visits_import_review import VisitsReviewPane
from ui.tasks import Pending
from ui.widgets import buttons
from ui.widgets.dropped import dropped_paths
from ui.widgets.empty import EmptyState
from ui.widgets.import_progress import WorkProgress
from ui.widgets.page import Page

FILTER = "台账和记录单（*.xlsx *.xls *.csv *.docx）(*.xlsx *.xls *.csv *.txt *.htm *.html *.xml *.docx);;全部文件 (*)"
"""Types offered in the file dialog; what a file really is is found by its content."""
_FIRST_YEAR = 2000


class VisitsImportPage(Page):
    """Three steps: 选择文件 · 核对 · 完成. ``opened(paths=…)`` begins with what was dropped elsewhere."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_visits_import")
        self.ctx = ctx
        self.paths: tuple[Path, ...] = ()
        self.preview: VisitImportPreview | None = None
        self.dismissed: set[str] = set()
        self._turn = 0  # which work is the present one; answers of earlier ones are dropped
        self._pending: Pending | None = None
        self._before: object = None  # the last changes when storing began
        self._storing = False
        self.setAcceptDrops(True)
        self._build()

    def _build(self) -> None:
        self.start = EmptyState(
            "导入以前的台账和记录单",
            "启用本程序以前的家访，从旧台账和填好的记录单里一次读进来。\n"
            "一年一张表、合并格、合计行都不要紧；先看后存，原文件不改动。",
            ways=[
                ("file", "选择文件", "Excel 或 Word 台账（八列、内容╲时间都行），填好的 Word 记录单",
                 "选择文件", "button_choose_files", self.choose_files),
                ("folder", "选择文件夹", "几年的台账、几百份记录单一起读，把文件夹拖到这一页也行",
                 "选择文件夹", "button_choose_folder", self.choose_folder),
                ("info", "旧版 Word 文档（.doc、.wps）要先另存", "用 WPS 打开，点“文件”“另存为”，类型选 .docx",
                 "看怎么存", "button_how_docx", self.show_how),
            ],
        )  # fmt: skip
        self.working = WorkProgress("visits_import_progress")
        self.review = VisitsReviewPane()
        host = QWidget()
        self.stack = QStackedLayout(host)
        for pane in (self.start, self.working, self.review):
            self.stack.addWidget(pane)
        self.body.addWidget(host)
        self.button_folder = buttons.quiet("换文件夹", "button_other_folder", icon="folder")
        self.button_folder.clicked.connect(self.choose_folder)
        self.button_files = buttons.quiet("换文件", "button_other_files", icon="file")
        self.button_files.clicked.connect(self.choose_files)
        self.add_action(self.button_folder)
        self.add_action(self.button_files)
        self.working.stopped.connect(self.stop)
        self.working.appeared.connect(lambda: self.stack.setCurrentWidget(self.working))
        self.review.answered.connect(self._answered)
        self.review.cancelled.connect(self._cancelled)
        self.review.import_wanted.connect(self.apply)
        self._show_title()

    # -- opening -----------------------------------------------------------------------------------------------

    def opened(self, paths: Sequence[str | Path] | None = None, **_: object) -> None:
        """Begin with what was dropped or chosen elsewhere; what is being looked at here is compared anew."""
        at_work = self._pending is not None and not self._pending.is_settled
        if paths and not self._storing:
            self.read([Path(path) for path in paths])
        elif at_work:
            return
        elif self.preview is not None:
            self._answer({})
        else:
            self.forget()

    def where(self) -> dict[str, Any]:
        """For a desk that is built anew."""
        return {"paths": self.paths} if self.paths else {}

    def forget(self) -> None:
        """Back to the first step; nothing was stored."""
        self._turn += 1
        self.paths, self.preview, self.dismissed = (), None, set()
        self.stack.setCurrentWidget(self.start)
        self._show_title()

    def _show_title(self) -> None:
        chosen = bool(self.paths)
        step = "第 2 步，共 3 步　核对" if chosen else "第 1 步，共 3 步　选择文件"
        self.set_title("导入以前的台账", back=("家访", "visits"), caption=step)
        self.button_files.setVisible(chosen)
        self.button_folder.setVisible(chosen)

    def choose_files(self) -> None:
        """Ask for files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "选择以前的台账和记录单", self._near(), FILTER)
        if chosen:
            self.read([Path(path) for path in chosen])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self, "选择放台账和记录单的文件夹", self._near())
        if chosen:
            self.read([Path(chosen)])

    def _near(self) -> str:
        return str(self.paths[0].parent) if self.paths else ""

    def show_how(self) -> None:
        """How an old Word document becomes one that can be read."""
        from ui.dialogs.message import MessageDialog

        MessageDialog(
            "把旧版 Word 文档另存为 .docx",
            steps=(
                "用 WPS 文字或 Word 打开这份记录单。", "点左上角“文件”，再点“另存为”。",
                "文件类型选“Word 文档（*.docx）”，保存。", "回到这一页，选择新存的文件。",
            ),
            last="扫描件、照片里的字读不出来，这些家访请手工登记，把扫描件附在记录上。",
            icon=("info", "accent"), name="dialog_how_docx", parent=self.window(),
        ).open()  # fmt: skip

    # -- reading -----------------------------------------------------------------------------------------------

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders; the answers given for others are dropped."""
        if self._pending is not None:
            self._pending.cancel()
        self.paths, self.preview, self.dismissed = tuple(paths), None, set()
        self._show_title()
        what = f"“{paths[0].name}”" if len(paths) == 1 else f" {len(paths)} 个文件"
        self._begin(f"正在读取{what}", "正在打开文件")
        self._ask(self.ctx.tasks.run(visit_import.preview, self.paths), self._previewed)

    def _answer(self, answers: Mapping[str, str]) -> None:
        assert self.preview is not None
        self._begin("正在按回答重新核对", "正在核对")
        self._ask(self.ctx.tasks.run(visit_import.answered, self.preview, answers), self._previewed)

    def _begin(self, title: str, stage: str) -> None:
        self._turn += 1
        self.working.begin(title, stage)
        self._set_busy(True)

    def _ask(self, pending: Pending, done: Callable[[Any], None]) -> None:
        turn = self._turn
        self._pending = pending

        def present(handler: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda found: handler(found) if turn == self._turn else None

        pending.progress(present(self.working.show_step))
        pending.then(present(done)).fail(present(self._refused))

    def _previewed(self, preview: VisitImportPreview) -> None:
        self._end()
        self.preview = preview
        self.stack.setCurrentWidget(self.review)
        self.show_preview()

    def _end(self) -> None:
        self._storing = False
        self.working.end()
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self.review.set_busy(busy)
        for button in (self.button_files, self.button_folder):
            button.setEnabled(not busy)

    def _refused(self, error: UserError) -> None:
        self._end()
        self.ctx.error(error, self)
        if self.preview is None:
            self.forget()
        else:
            self.stack.setCurrentWidget(self.review)

    def stop(self) -> None:
        """停止: nothing was stored; what was shown before comes back."""
        pending = self._pending
        if pending is None or pending.is_settled:
            return
        pending.cancel()
        if self._storing:  # it may be too late: what is so is told when the verb has ended
            self.working.button_stop.setEnabled(False)
            pending.ended(self._stopped)
        else:
            self._stopped()

    def _stopped(self) -> None:
        written = self.ctx.last_changes
        if self._storing and written is not None and written is not self._before and written.touches("visit"):
            self._end()
            self._done(len(written.ids("visit")), set())
            return
        self._turn += 1
        self._end()
        if self.preview is None:
            self.forget()
        else:
            self.stack.setCurrentWidget(self.review)
        self.ctx.say("已停止，没有存入任何内容")

    def show_preview(self) -> None:
        """List, findings and foot for the preview at hand."""
        if self.preview is not None:
            rows = ImportRows(self.preview)
            self.review.show_preview(self.preview, rows, findings(self.preview, rows, dismissed=self.dismissed))
            self._show_title()

    # -- answers -----------------------------------------------------------------------------------------------

    def _answered(self, finding: Finding, answer: Answer) -> None:
        if self.preview is None:
            return
        if answer.act == "answer":
            question, _, option = answer.value.rpartition("=")
            self._answer({question: option})
        elif answer.act == "every":
            self._answer_every(*answer.value.split("="))
        elif answer.act == "show":
            self.review.go_to(answer.value)
        elif answer.act == "status":
            self.review.show_status(answer.value)
        elif answer.act == "open":
            self.ctx.open("visit", visit_id=answer.value)
        elif answer.act == "dismiss":
            self.dismissed.add(finding.key)
            rows = self.review.rows
            assert rows is not None
            self.review.show_findings(findings(self.preview, rows, dismissed=self.dismissed))
        else:
            self._answer_year(answer)

    def _answer_year(self, answer: Answer) -> None:
        """Another year than those offered, for one place or for all that name none."""
        year = self._ask_year()
        if year and answer.act == "year":
            self._answer({answer.value: year})
        elif year:
            self._answer_every(YEARS, year)

    def _answer_every(self, code: str, option: str) -> None:
        assert self.preview is not None
        asked = [one.id for one in self.preview.questions if one.code == code and one.answer is None]
        self._answer(dict.fromkeys(asked, option))

    def _ask_year(self) -> str:
        today = clock.today().year
        year, accepted = QInputDialog.getInt(
            self, "哪一年的", "这里的家访是哪一年的？", today - 5, _FIRST_YEAR, today
        )  # fmt: skip
        return str(year) if accepted else ""

    def _cancelled(self) -> None:
        self.forget()
        self.ctx.open("visits")

    # -- storing -----------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """导入: every new visit in one step that can be taken back."""
        if self.preview is None:
            return
        self._begin("正在导入", "正在与已登记的家访核对")
        self._storing, self._before = True, self.ctx.last_changes
        self._ask(self.ctx.tasks.run(visit_import.apply, self.preview, by=self.ctx.operator), self._applied)
        assert self._pending is not None
        self._pending.progress(self._heed)

    def _heed(self, step: Progress) -> None:
        """Once it is being written, nothing can be stopped."""
        self.working.button_stop.setEnabled(step.done < step.total or not step.total)

    def _applied(self, applied: Applied) -> None:
        self._end()
        added = set(applied.added)
        found = [visit.content.date for visit in applied.preview.visits if visit.visit in added]
        self._done(len(added), {day.year for day in found if day is not None})

    def _done(self, count: int, years: set[int]) -> None:
        """Show what came, in its year or in all of them."""
        self.ctx.say_undoable(f"导入以前的家访 {count} 次")
        self.forget()
        self.ctx.open("visits", year=years.pop() if len(years) == 1 else None, every_year=len(years) != 1)

    # -- files dropped here ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if dropped_paths(event.mimeData()) and not self._storing:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read them."""
        paths = dropped_paths(event.mimeData())
        if paths and not self._storing:
            event.acceptProposedAction()
            self.read(paths)
