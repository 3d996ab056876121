"""What is done with a concern of the 诉求 list: judged, visited for, sent elsewhere, reported, changed.

Each act names a verb; what it may do is the services' to say. Reading and showing the list is concerns'.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import concern_papers, concerns, previsit, reports
from jiafang_desktop.services.concern_office import ConcernOffice
from ui.dialogs.archive import ReasonDialog
from ui.dialogs.concern_form import ConcernForm
from ui.dialogs.export_done import save_as
from ui.dialogs.past_day import PastDayDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.triage import TriageDialog
from ui.models.concern_list import ConcernRow
from ui.pages import plan_acts
from ui.pages.visit_editor_names import printed_post
from ui.widgets.side_dialog import FormDialog

if TYPE_CHECKING:
    from ui.pages.concerns import ConcernsPage

_CLOSED = ("referred", "declined")


def visit_start(store: Any, concern_id: str) -> dict[str, Any]:
    """What a sheet for this concern begins with: its person as the roster knows him, its priority, itself attached."""
    office = ConcernOffice(store)
    content = store.concerns.get(concern_id).content
    values: dict[str, Any] = {
        "visitee_name": content.name, "visitee_post": content.post, "visitee_unit": content.unit or office.own_unit,
        "visitee_cadre": content.cadre, "priority": content.priority, "concerns": (concern_id,),
    }  # fmt: skip
    cadre = office.cadre_of(content)
    if cadre is not None:
        known = cadre.content
        own = tuple(office.own_names)
        values |= {
            "visitee_cadre": cadre.id, "visitee_post": printed_post(known, own=own) or content.post,
            "address": known.address, "spouse_name": known.spouse_name, "spouse_work": known.spouse_work,
        }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def report_sheet(store: Any, concern_id: str) -> Sheet:
    """The report's pages."""
    return reports.sheet(concern_papers.report(concerns.report_fields(store, concern_id)))


def previsit_sheet(store: Any, concern_id: str) -> Sheet:
    """家访前一页纸 for the concern's person."""
    return reports.sheet(previsit.report(previsit.subject(store, concern_id)))


class ConcernActs(QObject):
    """The acts of the page."""

    def __init__(self, page: ConcernsPage) -> None:
        super().__init__(page)
        self._page = page
        self.ctx = page.ctx

    def new(self) -> None:
        """登记诉求."""
        form = ConcernForm(self.ctx, parent=self._page.window())
        form.saved.connect(lambda rec: self._written("登记诉求", rec))
        form.open()

    def edit(self, row: ConcernRow) -> None:
        """What was taken down."""
        form = ConcernForm(self.ctx, row.view.concern, self._page.window())
        form.saved.connect(lambda rec: self._written(f"修改{row.called}", rec))
        form.open()

    def next(self, row: ConcernRow) -> None:
        """The step that comes next: 分析研判, 为此家访, or the visit made for it."""
        if row.status == "new":
            self.triage(row)
        elif row.status == "assigned":
            self.visit(row)
        elif row.view.concern.visits:
            self.ctx.open("visit", visit_id=row.view.concern.visits[-1].id)

    def triage(self, row: ConcernRow) -> None:
        """分析研判, or 提级 where the county set the level."""
        dialog = TriageDialog(self.ctx, row.view, self._page.window())
        dialog.saved.connect(lambda words: self._written(words, row.id))
        dialog.open()

    def visit(self, row: ConcernRow) -> None:
        """为此家访: a new sheet with the person filled and the concern attached."""
        pending = self._run(visit_start, row.id)
        pending.then(lambda start: self.ctx.open("visit", fresh=True, start=start))

    def plan(self, row: ConcernRow) -> None:
        """安排计划: a visit for it on a later day."""
        plan_acts.arrange_for_concern(self.ctx, row.id, self._page)

    def refer(self, row: ConcernRow) -> None:
        """转有关单位."""
        dialog = ReasonDialog(
            f"{row.called}转有关单位", "写明转到哪个单位、为什么。转出后不再计时限。", accept_text="转出",
            name="dialog_refer", label="去向和原因", parent=self._page.window(),
        )  # fmt: skip
        words = f"{row.called}转有关单位"
        self._ask(dialog, lambda: self._write(words, concerns.refer, row.id, reason=dialog.reason()))

    def decline(self, row: ConcernRow) -> None:
        """退回说明."""
        dialog = ReasonDialog(
            f"退回说明{row.called}", "写明为什么办不了、怎样向本人说明的。", accept_text="退回",
            name="dialog_decline", label="原因", parent=self._page.window(),
        )  # fmt: skip
        self._ask(dialog, lambda: self._write(f"退回{row.called}", concerns.decline, row.id, reason=dialog.reason()))

    def reopen(self, row: ConcernRow) -> None:
        """It was not to go elsewhere after all."""
        self._write(f"接着办{row.called}", concerns.reopen, row.id)

    def report(self, row: ConcernRow) -> None:
        """已报县委组织部: on which day, or not after all."""
        if row.view.concern.reported_on is not None:
            self._write(f"撤下{row.called}的报送日期", concerns.mark_reported, row.id, on=None)
            return
        dialog = PastDayDialog(
            "已报县委组织部", f"《诉求办理情况报告》{row.called}哪天报的？", accept_text="记下", name="dialog_reported",
            field="field_reported_on", label="报送日期", parent=self._page.window(),
        )  # fmt: skip
        self._ask(dialog, lambda: self._write(
            f"{row.called}已报县委组织部", concerns.mark_reported, row.id, on=dialog.on()
        ))  # fmt: skip

    def preview_report(self, row: ConcernRow) -> None:
        """《诉求办理情况报告》 as it prints."""
        self._run(report_sheet, row.id).then(lambda sheet: self._preview(sheet, "诉求办理情况报告"))

    def previsit(self, row: ConcernRow) -> None:
        """家访前一页纸: carried to the home, taken back afterwards."""
        self._run(previsit_sheet, row.id).then(lambda sheet: self._preview(sheet, "家访前一页纸"))

    def _preview(self, sheet: Sheet, title: str) -> None:
        window = self._page.window()
        PreviewDialog(
            self.ctx, sheet, parent=window, on_print=lambda: PrintDialog(self.ctx, sheet, title, parent=window).open()
        ).open()

    def export_report(self, row: ConcernRow) -> None:
        """The same as Word; the file's name tells nobody whose it is."""

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(concern_papers.write, row.id, target, renderer=self.ctx.renderer, replace=True)

        name = f"{row.called.replace(' ', '')}办理情况报告.docx"
        save_as(self.ctx, self._page, head="办理情况报告", suggested=name, suffix=".docx", write=write)

    def delete(self, row: ConcernRow) -> None:
        """Taken down by mistake; the number stays taken."""
        dialog = ReasonDialog(
            f"删除{row.called}", "登记错了才删除，序号仍占着，可以撤销。办不了的请用“退回说明”。", accept_text="删除",
            name="dialog_delete_concern", label="原因", parent=self._page.window(),
        )  # fmt: skip
        self._ask(dialog, lambda: self._write(f"删除{row.called}", concerns.delete, row.id, reason=dialog.reason()))

    # -- the menu ----------------------------------------------------------------------------------------------

    def menu(self, row: ConcernRow, at: QPoint, *, whole: bool = True) -> None:
        """The right-click menu of a row; the panel's 更多 leaves out what stands beside it."""
        menu = QMenu(self._page)
        menu.setObjectName("concern_menu")
        for words, name, act in self._entries(row, whole=whole):
            action = QAction(words, menu)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, act=act: act(row))
            menu.addAction(action)
        menu.popup(at if whole else at - QPoint(0, menu.sizeHint().height()))  # the panel's button is at the foot

    def _entries(self, row: ConcernRow, *, whole: bool) -> list[tuple[str, str, Callable[[ConcernRow], object]]]:
        entries: list[tuple[str, str, Callable[[ConcernRow], object]]] = []
        by_county = row.view.concern.triage is not None and row.view.concern.triage.by_side == "county"
        if whole:
            entries.append(("查看、修改…", "menu_edit", self.edit))
        if row.view.concern.is_open:
            if whole or row.status != "new":
                again = "提请提级…" if by_county else "重新研判…" if row.level else "分析研判…"
                entries.append((again, "menu_triage", self.triage))
            if whole or row.status != "assigned":
                entries.append(("为此家访", "menu_visit", self.visit))
            entries.append(("安排计划…", "menu_plan", self.plan))
            entries.append(("家访前一页纸…", "menu_previsit", self.previsit))
            entries.append(("转有关单位…", "menu_refer", self.refer))
            entries.append(("退回说明…", "menu_decline", self.decline))
        elif row.status in _CLOSED:
            entries.append(("撤回，接着办", "menu_reopen", self.reopen))
        entries.append(("预览、打印办理情况报告…", "menu_report_print", self.preview_report))
        entries.append(("导出办理情况报告…", "menu_report_word", self.export_report))
        reported = row.view.concern.reported_on is not None
        entries.append(("撤下“已报县委组织部”" if reported else "已报县委组织部…", "menu_reported", self.report))
        entries.append(("删除…", "menu_delete", self.delete))
        return entries

    # -- writing -----------------------------------------------------------------------------------------------

    def _ask(self, dialog: FormDialog, act: Callable[[], object]) -> None:
        dialog.accepted.connect(act)
        dialog.open()

    def _write(self, words: str, verb: Callable[..., Any], *args: Any, **named: Any) -> None:
        pending = self._run(verb, *args, **named, by=self.ctx.operator)
        pending.then(lambda changes: self.ctx.say_undoable(words) if changes.records else None)

    def _written(self, words: str, rec: str) -> None:
        self.ctx.say_undoable(words)
        self._page.show_concern(rec)

    def _run(self, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
        return self.ctx.tasks.run(verb, *args, **named).fail(self._refused)

    def _refused(self, error: UserError) -> None:
        self.ctx.error(error, self._page)
