"""What happens to the record's sheet: preview, print, save as a file, 送审稿, and the ticks of its life on paper.

The dialogs ask, paper prints; what a print means for the record is services.visits' (the layout is frozen).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import forms, review_drafts, visits
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.pages.visit_editor_plan import with_problems

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage
    from ui.pages.visit_editor_acts import VisitActs


class PaperActs:
    """Preview, print, save, mark."""

    def __init__(self, page: VisitEditorPage, acts: VisitActs) -> None:
        self._page, self._acts, self._ctx = page, acts, page.ctx

    def preview(self) -> None:
        """The sheet as it would print now, drafts too."""
        page = self._page
        page.finish_composition()
        if page.visit is None or page.canvas.sheet is None:
            self._show_preview(page.canvas.sheet)
            return
        self._acts.commit()
        self._ctx.tasks.run(forms.sheet, page.visit.id).then(self._show_preview).fail(self._acts.show_refusal)

    def _show_preview(self, sheet: Sheet | None) -> None:
        if sheet is not None:
            on_print = self.print if self._page.visit is not None else None
            PreviewDialog(self._ctx, sheet, parent=self._page.window(), on_print=on_print).open()

    def print(self) -> None:
        """Ctrl+P: the whole sheet, or the resolution onto the signed one."""
        page, visit = self._page, self._page.visit
        page.finish_composition()
        if visit is None:
            self._ctx.say("先登记，再打印；现在可以预览")
            self.preview()
            return
        self._acts.commit()
        overprintable = visit.paper.printed_on is not None and visit.paper.layout is not None
        by = self._ctx.operator
        if not overprintable:
            pending = self._ctx.tasks.run(forms.sheet_to_print, visit.id, by=by)
            pending.then(lambda sheet: self._ask_print(sheet, None)).fail(self._acts.show_refusal)
            return

        def with_whole(sheet: Sheet) -> None:
            pending = self._ctx.tasks.run(forms.sheet_to_print, visit.id, overprint="resolution", by=by)
            pending.then(lambda only: self._ask_print(sheet, only)).fail(lambda _error: self._ask_print(sheet, None))

        self._ctx.tasks.run(forms.sheet_to_print, visit.id, by=by).then(with_whole).fail(self._acts.show_refusal)

    def _ask_print(self, sheet: Sheet, only: Sheet | None) -> None:
        visit = self._page.visit
        savers = dict.fromkeys((".pdf", ".docx", ".png"), self._write)
        dialog = PrintDialog(
            self._ctx, sheet, "家访记录单", overprint_sheet=only, on_printed=self._printed, savers=savers,
            prefer_overprint=visit is not None and visit.paper.signed_on is not None,
            is_signed=visit is not None and is_signed(visit), parent=self._page.window(),
        )  # fmt: skip
        dialog.open()

    def _printed(self, resolution_only: bool) -> None:
        if self._page.visit is None:
            return
        if resolution_only:
            self._acts.run(visits.mark_overprinted, self._page.visit.id, say="解决情况已送打印机")
        else:
            again = is_signed(self._page.visit)
            said = "重新打印，等领导重新签名" if again else "已送打印机，记为已打印"
            self._acts.run(
                visits.mark_paper, self._page.visit.id, "printed", on=clock.today(), new_sheet=again or None, say=said,
                undoable=again,
            )  # fmt: skip

    def _write(self, target: Path, resolution_only: bool) -> None:
        visit = self._page.visit
        if visit is None:
            return
        pending = self._ctx.tasks.run(
            forms.write_record, visit.id, target, renderer=self._ctx.renderer, replace=True,
            overprint="resolution" if resolution_only else None, by=self._ctx.operator,
        )  # fmt: skip
        pending.then(lambda _written: self._ctx.say(f"已存为 {target.name}")).fail(self._acts.show_refusal)

    # -- 送审稿 -------------------------------------------------------------------------------------------------

    def review(self) -> None:
        """打印送审稿 of what is typed now, stored or not; it is no print of the record."""
        page = self._page
        page.finish_composition()
        typed = with_problems(page.form.printable(page.visit), page.problems)
        pending = self._ctx.tasks.run(review_drafts.sheet_of, typed)
        pending.then(lambda sheet: self._ask_review(typed, sheet)).fail(self._acts.show_refusal)

    def _ask_review(self, typed: Visit, sheet: Sheet) -> None:
        def write(target: Path, _resolution_only: bool) -> None:
            pending = self._ctx.tasks.run(review_drafts.write, typed, target, renderer=self._ctx.renderer, replace=True)
            pending.then(lambda _written: self._ctx.say(f"已存为 {target.name}")).fail(self._acts.show_refusal)

        savers = dict.fromkeys(review_drafts.SUFFIXES, write)
        PrintDialog(self._ctx, sheet, "送审稿", savers=savers, parent=self._page.window()).open()

    # -- the paper's own life -----------------------------------------------------------------------------------

    def mark(self, state: str, happened: bool) -> None:
        """Tick or untick 已打印／已签名／已盖章."""
        visit = self._page.visit
        if visit is not None:
            on = clock.today() if happened else None
            self._acts.run(visits.mark_paper, visit.id, state, on=on, say="已记下" if happened else "已取消")

    def needs_reprint(self) -> bool:
        """Whether the content changed after the last whole print."""
        visit = self._page.visit
        return visit is not None and forms.needs_reprint(visit, self._ctx.installation.unit)

    def words(self) -> str:
        """The primary button names its act and amount."""
        visit, sheet = self._page.visit, self._page.canvas.sheet
        if visit is None or visit.paper.printed_on is None:
            return f"打印 {len(sheet.pages) if sheet else 1} 张"
        if visit.paper.signed_on is not None and visit.paper.layout is not None and visit.paper.sealed_on is None:
            return "只打解决情况"
        return "重新打印"


def is_signed(visit: Visit) -> bool:
    """Whether the sheet printed before bears a signature or the seal."""
    paper = visit.paper
    return paper.printed_on is not None and (paper.signed_on is not None or paper.sealed_on is not None)
