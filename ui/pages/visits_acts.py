"""What is done with rows of the 家访 list: opened, printed, signed, placed, exported, made void and brought back.

Each act names a verb; what it may do is the services' to say. Reading and showing the list is visits'.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import batches, drafts, visits
from ui.dialogs.archive import ReasonDialog
from ui.dialogs.history import show_history
from ui.dialogs.past_day import PastDayDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.models.visit_list import VisitRow
from ui.widgets import fields
from ui.widgets.side_dialog import FormDialog

if TYPE_CHECKING:
    from ui.pages.visits import VisitsPage


class VisitActs(QObject):
    """The acts of one list page."""

    def __init__(self, page: VisitsPage) -> None:
        super().__init__(page)
        self._page = page
        self.ctx = page.ctx

    # -- one row -----------------------------------------------------------------------------------------------

    def new(self) -> None:
        """登记家访: a new sheet."""
        self.ctx.open("visit", fresh=True)

    def open(self, row: VisitRow) -> None:
        """A record, or a sheet somebody began."""
        if row.draft_key is not None:
            self.ctx.open("visit", draft_key=row.draft_key)
        else:
            self.ctx.open("visit", visit_id=row.id)

    def remove(self, row: VisitRow) -> None:
        """Delete: a draft is thrown away, a record made void with a reason; a void one is offered back."""
        if row.draft_key is not None:
            self._drop_draft(row)
        elif row.is_void:
            self.restore(row)
        else:
            self._void(row)

    def _void(self, row: VisitRow) -> None:
        dialog = ReasonDialog(
            f"作废{row.called}", "作废后序号仍占着，列表里变灰，可以恢复。请写明原因。", accept_text="作废",
            name="dialog_void", label="原因", parent=self._page,
        )  # fmt: skip

        def delete() -> None:
            pending = self._run(visits.delete, row.id, reason=dialog.reason(), by=self.ctx.operator)
            pending.then(lambda _changes: self.ctx.say_undoable(f"作废{row.called}"))

        dialog.accepted.connect(delete)
        dialog.open()

    def restore(self, row: VisitRow) -> None:
        """Bring a void record back under its number."""
        pending = self._run(visits.restore, row.id, by=self.ctx.operator)
        pending.then(lambda _changes: self.ctx.say_undoable(f"恢复{row.called}"))

    def restore_several(self, ids: Sequence[str]) -> None:
        """恢复 the ticked ones out of the recycle bin."""
        pending = self._run(batches.restore, tuple(ids), by=self.ctx.operator)
        pending.then(lambda changes: self.ctx.say_undoable(f"恢复 {len(changes.records)} 份作废的家访"))

    def _drop_draft(self, row: VisitRow) -> None:
        dialog = FormDialog(
            f"丢弃{row.called}", "草稿还没有登记，丢弃后找不回来。", accept_text="丢弃", name="dialog_drop_draft",
            parent=self._page,
        )  # fmt: skip
        dialog.setWindowTitle("丢弃草稿")  # titles of windows name nobody

        def drop() -> None:
            self._run(drafts.discard, row.draft_key).then(lambda _: self._draft_dropped(row))

        dialog.accepted.connect(drop)
        dialog.open()

    def _draft_dropped(self, row: VisitRow) -> None:
        self.ctx.say(f"已丢弃{row.called}")
        self._page.read_again()

    def menu(self, row: VisitRow, at: QPoint) -> None:
        """The right-click menu of a row."""
        menu = QMenu(self._page)
        menu.setObjectName("visit_menu")
        acts: list[tuple[str, str, Callable[[], object]]] = [("打开", "menu_open", lambda: self.open(row))]
        if row.draft_key is not None:
            acts.append(("丢弃草稿", "menu_drop", lambda: self.remove(row)))
        elif row.is_void:
            acts.append(("恢复", "menu_restore", lambda: self.restore(row)))
        else:
            acts.append(("打印…", "menu_print", lambda: self.print([row.id])))
            acts.append(("作废…", "menu_void", lambda: self.remove(row)))
        if row.draft_key is None:
            acts.insert(1, ("修改记录…", "menu_history", lambda: show_history(self.ctx, row.id, self._page)))
        for words, name, act in acts:
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, act=act: act())
            menu.addAction(action)
        menu.popup(at)

    # -- several rows ------------------------------------------------------------------------------------------

    def print(self, ids: Sequence[str]) -> None:
        """打印 n 张: all sheets one after another through the print dialog."""
        if ids:
            pending = self._run(batches.record_sheets, tuple(ids), by=self.ctx.operator)
            pending.then(lambda sheet: self._print_sheet(tuple(ids), sheet))

    def _print_sheet(self, ids: tuple[str, ...], sheet: Sheet) -> None:
        title = "家访记录单" if len(ids) == 1 else f" {len(ids)} 份家访记录单"
        dialog = PrintDialog(self.ctx, sheet, title, on_printed=lambda _only: self._printed(ids), parent=self._page)
        dialog.open()

    def _printed(self, ids: tuple[str, ...]) -> None:
        """Sheets that say something else than their signed ones want a new signature, and the clerk is told."""

        def mark(again: int) -> None:
            said = f"打印 {len(ids)} 份，" + (f"{again} 份改过内容，要重新签名" if again else "记下打印日期")
            pending = self._run(batches.mark_printed, ids, on=clock.today(), by=self.ctx.operator)
            pending.then(lambda _changes: self.ctx.say_undoable(said))

        self._run(batches.signed_before, ids).then(mark)

    def mark_signed(self, ids: Sequence[str]) -> None:
        """标记已签字, with the day of signing."""
        dialog = PastDayDialog(
            f"标记 {len(ids)} 份已签字", "领导在纸上签名的日期。已标记过的不改。", accept_text=f"标记 {len(ids)} 份",
            name="dialog_mark_signed", field="field_signed_on", label="签字日期", parent=self._page,
        )  # fmt: skip

        def mark() -> None:
            pending = self._run(batches.mark_signed, tuple(ids), on=dialog.on(), by=self.ctx.operator)
            pending.then(lambda _changes: self.ctx.say_undoable(f"标记 {len(ids)} 份已签字"))

        dialog.accepted.connect(mark)
        dialog.open()

    def set_place(self, ids: Sequence[str]) -> None:
        """登记存放位置."""
        dialog = _PlaceDialog(len(ids), self._page)

        def put() -> None:
            pending = self._run(batches.set_place, tuple(ids), place=dialog.place.text().strip(), by=self.ctx.operator)
            pending.then(lambda _changes: self.ctx.say_undoable(f"登记 {len(ids)} 份的存放位置"))

        dialog.accepted.connect(put)
        dialog.open()

    def export_menu(self, ids: Sequence[str], button: QWidget) -> None:
        """导出: each record as Word or PDF into a folder."""
        menu = QMenu(self._page)
        menu.setObjectName("export_menu")
        for words, suffix in (("导出为 Word（每次一份）", ".docx"), ("导出为 PDF（每次一份）", ".pdf")):
            action = QAction(words, menu)
            action.setObjectName(f"export_{suffix[1:]}")
            action.triggered.connect(lambda _=False, suffix=suffix: self.export(tuple(ids), suffix))
            menu.addAction(action)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def export(self, ids: tuple[str, ...], suffix: str) -> None:
        """Ask for a folder and write there."""
        chosen = QFileDialog.getExistingDirectory(self._page, "导出到哪个文件夹")
        if not chosen:
            return
        folder = Path(chosen)
        pending = self._run(
            batches.write_records, ids, folder, suffix=suffix, renderer=self.ctx.renderer, by=self.ctx.operator
        )
        pending.then(lambda files: self.ctx.say(f"已导出 {len(files)} 份到“{folder.name}”。文件没有加密，请按规定保管"))

    def _run(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.ctx.tasks.run(verb, *args, **kwargs).fail(self._refused)

    def _refused(self, error: UserError) -> None:
        self.ctx.error(error, self._page)


class _PlaceDialog(FormDialog):
    """Where the sealed papers lie."""

    def __init__(self, count: int, parent: QWidget) -> None:
        super().__init__(
            f"登记 {count} 份的存放位置", "写明盖章的纸质件放在哪里，归档和检查时用。", accept_text=f"登记 {count} 份",
            name="dialog_paper_place", parent=parent,
        )  # fmt: skip
        self.place = fields.line_edit("field_paper_place", "存放位置")
        self.place.setPlaceholderText("如：党政办文件柜 2026年家访盒")
        self.body.addWidget(fields.FormRow("存放位置", self.place))
        self.place.setFocus()

    def check(self) -> tuple[QWidget, str] | None:
        """The place is needed."""
        return None if self.place.text().strip() else (self.place, "请写纸质件放在哪里。")
