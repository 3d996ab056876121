"""总结报送: a quarter's summary, drafted from what was recorded, edited in place, written as Word or Excel.

Keeps what is typed and asks the verbs; counting, drafting and refusing what is restricted are services.summary's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.services import drafts, reports, review_drafts, summary, summary_papers
from ui import theme
from ui.context import Context
from ui.dialogs.archive import ReasonDialog
from ui.dialogs.export_done import save_as
from ui.dialogs.figure_rows import open_rows
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog
from ui.dialogs.reported import MarkReportedDialog, ReportChangesDialog
from ui.models.summary_rows import QUARTERS, SummaryView, draft_key, due_words, first_quarter, moved, read, rows_of
from ui.pages.summary_figures import SummaryFigures
from ui.widgets import buttons
from ui.widgets.chips import ChipBar
from ui.widgets.page import Page
from ui.widgets.reported_bar import ReportedBar
from ui.widgets.side_fields import caption
from ui.widgets.summary_section import SectionEditor

_SIDE_PX, _WIDE_SIDE_PX, _WIDE_FROM_PX = 292, 420, 1500
_KINDS = ("visit", "problem", "concern", "meeting", "summary", "setting", "rules", "guidance", "summary_report")


def paper(store: Any, year: int, quarter: int, as_now: bool) -> Sheet:
    """The summary's pages as they print: a reported one as it was reported, unless ``as_now``.

    Raises:
        UserError: ``restricted_text``.
    """
    found = summary_papers.edition(store, year=year, quarter=quarter, as_now=as_now)
    summary.require_clean(found)
    return reports.sheet(summary_papers.report(found))


class SummaryPage(Page):
    """``opened(quarter=…)`` shows one of the navigation's year."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_summary")
        self.ctx = ctx
        self.year, self.quarter = ctx.year, first_quarter(ctx.year, today=clock.today())
        self.view: SummaryView | None = None
        self._turn = 0
        self._keeping: set[tuple[int, int, str, str]] = set()
        self.chips = ChipBar("chips_quarter")
        self.bar = ReportedBar()
        self.warning = caption("", "amber")
        self.warning.setObjectName("summary_warning")
        self.sections = {
            key: SectionEditor(key, number, title)
            for number, (key, title) in zip(QUARTERS, summary.SECTIONS.items(), strict=True)
        }
        self.figures = SummaryFigures()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.set_title("总结报送")
        self.button_preview = buttons.quiet("预览", "button_preview_summary", icon="eye")
        self.button_review = buttons.quiet("打印送审稿", "button_review_summary", icon="print")
        self.button_excel = buttons.quiet("导出 Excel", "button_summary_excel", icon="table")
        self.button_word = buttons.primary("导出 Word", "button_summary_word", icon="file")
        self.add_action(self.button_preview)
        self.add_action(self.button_review)
        self.add_action(self.button_excel)
        self.set_primary(self.button_word)
        inner = QWidget()
        inner.setObjectName("summary_inner")
        prose = QVBoxLayout(inner)
        prose.setContentsMargins(theme.dp(24), theme.dp(12), theme.dp(24), theme.dp(24))
        prose.setSpacing(theme.dp(16))
        prose.addWidget(self.chips)
        prose.addWidget(self.bar)
        prose.addWidget(self.warning)
        for editor in self.sections.values():
            prose.addWidget(editor)
        prose.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setObjectName("summary_scroll")
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setWidget(inner)
        self.scroll.setStyleSheet("#summary_scroll, #summary_inner { background: transparent; }")
        self.scroll.viewport().setAutoFillBackground(False)
        parting = QFrame()
        parting.setProperty("role", "hairline")
        parting.setFixedWidth(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.scroll, 1)
        row.addWidget(parting)
        row.addWidget(self.figures)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.chips.chosen.connect(lambda key: self.show_quarter(int(key)))
        for editor in self.sections.values():
            editor.typed.connect(self._keep_typed)
            editor.left.connect(self.keep)
            editor.draft_wanted.connect(self._back_to_draft)
        self.figures.chosen.connect(lambda one: open_rows(self.ctx, self, one.title, rows_of, one))
        self.bar.mark_wanted.connect(self._ask_mark)
        self.bar.revoke_wanted.connect(self._ask_revoke)
        self.bar.changes_wanted.connect(self._show_changes)
        self.button_preview.clicked.connect(self.preview)
        self.button_review.clicked.connect(self.review)
        self.button_word.clicked.connect(lambda: self.export(".docx"))
        self.button_excel.clicked.connect(lambda: self.export(".xlsx"))
        self.ctx.year_changed.connect(self._year_changed)
        for keys, act in (("Ctrl+S", self.keep_all), ("Ctrl+P", self.preview)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- reading -----------------------------------------------------------------------------------------------

    def opened(self, quarter: int | None = None, year: int | None = None, **_: object) -> None:
        """The page came to the front, perhaps for a quarter of another year than the navigation's."""
        if year is not None and year != self.year:
            self.ctx.set_year(year)
        if quarter is not None:
            self.quarter = quarter
        self.read_again()

    def where(self) -> dict[str, int]:
        """How to come back here, where the desk is built anew."""
        return {"quarter": self.quarter}

    def refresh(self, changes: Changes) -> None:
        """Anything that is counted or told changed."""
        if changes.touches(*_KINDS):
            self.read_again()

    def read_again(self) -> None:
        """Ask for the quarter."""
        self._turn += 1
        turn = self._turn
        pending = self.ctx.tasks.run(read, self.year, self.quarter)
        pending.then(lambda view: self._show(view) if turn == self._turn else None)
        pending.fail(lambda error: self.ctx.error(error, self))

    def _show(self, view: SummaryView) -> None:
        found = view.found
        before, self.view = self.view, view
        same = before is not None and (before.found.year, before.found.quarter) == (found.year, found.quarter)
        self.set_title(f"{QUARTERS[found.quarter - 1]}季度总结", caption="零报告" if found.nil_report else "")
        self.bar.show_summary(found, due=due_words(view, today=clock.today()))
        counts = zip(QUARTERS, view.visits, strict=True)
        self.chips.set_chips([
            (str(number), f"{words}季度", count, "archived" if number in view.reported else None)
            for number, (words, count) in enumerate(counts, start=1)
        ])  # fmt: skip
        self.chips.choose(str(found.quarter))
        for section in found.sections:
            self.sections[section.key].show_section(section, typed=view.typed.get(section.key), same=same)
        self.figures.show_view(view)
        others = [words for words in found.warnings if "改写之后" not in words and "里引用了" not in words]
        self.warning.setText("\n".join(others))
        self.warning.setVisible(bool(others))

    # -- quarters ----------------------------------------------------------------------------------------------

    def show_quarter(self, quarter: int) -> None:
        """Another quarter; what is typed is kept first."""
        self.keep_all()
        self.quarter = quarter
        self.read_again()

    def _year_changed(self, year: int) -> None:
        self.keep_all()
        self.year, self.quarter = year, first_quarter(year, today=clock.today())
        self.read_again()

    # -- typing ------------------------------------------------------------------------------------------------

    def _keep_typed(self, key: str) -> None:
        """Soon after the first key: whatever happens to the window, the text is there."""
        editor = self.sections[key]
        if editor.is_changed:
            self.ctx.tasks.run(drafts.keep, draft_key(self.year, self.quarter, key), {"text": editor.words})

    def keep(self, key: str) -> None:
        """The section as it stands is what counts now; one revision per visit of the caret."""
        editor = self.sections[key]
        if not editor.is_changed or self.view is None or (self.view.found.year, self.view.found.quarter) != self._place:
            return
        place = self._place
        under_way = (*place, key, editor.words)
        if under_way in self._keeping:
            return
        self._keeping.add(under_way)
        self._keep_typed(key)
        pending = self.ctx.tasks.run(
            summary.keep_text, year=self.year, quarter=self.quarter, section=key, text=editor.words or None,
            by=self.ctx.operator,
        )  # fmt: skip
        pending.then(lambda changes: self._kept(place, key, changes))
        pending.fail(lambda error: self._not_kept(key, error)).ended(lambda: self._keeping.discard(under_way))

    @property
    def _place(self) -> tuple[int, int]:
        return self.year, self.quarter

    def _kept(self, place: tuple[int, int], key: str, changes: Changes) -> None:
        self.ctx.tasks.run(drafts.discard, draft_key(*place, key)).then(lambda _done: self.read_again())
        if changes.records:
            self.ctx.say_undoable(f"改写“{summary.SECTIONS[key]}”")

    def _not_kept(self, key: str, error: UserError) -> None:
        """What can't be kept stays in the draft, with its sentence below it."""
        self.sections[key].say(error.message + error.hint, "error")

    def keep_all(self) -> None:
        """Ctrl+S, another quarter, another page."""
        for key in self.sections:
            self.keep(key)

    def _back_to_draft(self, key: str) -> None:
        place = self._place
        pending = self.ctx.tasks.run(
            summary.keep_text, year=self.year, quarter=self.quarter, section=key, text=None, by=self.ctx.operator
        )
        editor = self.sections[key]
        if editor.section is not None:
            editor.text.setPlainText(editor.section.draft)
        pending.then(lambda changes: self._kept(place, key, changes)).fail(lambda error: self._not_kept(key, error))

    def may_leave(self) -> bool:
        """Everything typed is kept first."""
        self.keep_all()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """The window's end."""
        self.keep_all()
        super().hideEvent(event)

    # -- 已上报 -------------------------------------------------------------------------------------------------

    def _ask_mark(self) -> None:
        """标记已上报: what stands in the sections now is what was reported."""
        if self.view is None:
            return
        self.keep_all()
        dialog = MarkReportedDialog(self.view.found.title, self.window(), has_ended=self.view.due.has_ended)
        year, quarter = self._place
        dialog.accepted.connect(
            lambda: self._report(
                f"标记{QUARTERS[quarter - 1]}季度已上报",
                summary.mark_reported,
                year=year,
                quarter=quarter,
                on=dialog.on(),
            )
        )
        dialog.open()

    def _ask_revoke(self) -> None:
        dialog = ReasonDialog(
            "撤回“已上报”", "撤回后可以重新上报；报过什么、为什么撤回，都留在修改记录里。", accept_text="撤回",
            name="dialog_revoke_report", label="撤回原因", parent=self.window(),
        )  # fmt: skip
        year, quarter = self._place
        dialog.accepted.connect(
            lambda: self._report(
                "撤回“已上报”", summary.revoke_report, year=year, quarter=quarter, reason=dialog.reason()
            )
        )
        dialog.open()

    def _report(self, said: str, verb: Any, **named: Any) -> None:
        pending = self.ctx.tasks.run(verb, by=self.ctx.operator, **named)
        pending.then(lambda _changes: self.ctx.say_undoable(said)).fail(lambda error: self.ctx.error(error, self))

    def _show_changes(self) -> None:
        if self.view is None or not self.view.found.differences:
            return
        dialog = ReportChangesDialog(self.view.found.differences, self.window())
        dialog.rows_wanted.connect(
            lambda one: open_rows(self.ctx, self, f"{one.title}：上报以后变化的", rows_of, moved(one))
        )
        dialog.open()

    # -- papers ------------------------------------------------------------------------------------------------

    def preview(self) -> None:
        """The pages as they print, with their figures' table."""
        self.keep_all()
        pending = self.ctx.tasks.run(paper, self.year, self.quarter, self.bar.as_now.isChecked())
        pending.then(self._preview).fail(lambda error: self.ctx.error(error, self))

    def _preview(self, sheet: Sheet) -> None:
        PreviewDialog(self.ctx, sheet, parent=self.window()).open()

    def review(self) -> None:
        """打印送审稿 of what stands in the sections now."""
        self.keep_all()
        pending = self.ctx.tasks.run(review_drafts.summary_sheet, year=self.year, quarter=self.quarter)
        pending.then(self._print_review).fail(lambda error: self.ctx.error(error, self))

    def _print_review(self, sheet: Sheet) -> None:
        PrintDialog(self.ctx, sheet, "送审稿", parent=self.window()).open()

    def export(self, suffix: str) -> None:
        """导出 Word or Excel."""
        self.keep_all()
        year, quarter = self._place
        as_now = self.bar.as_now.isChecked()

        def write(target: Path) -> Any:
            return self.ctx.tasks.run(
                summary_papers.write, target, year=year, quarter=quarter, renderer=self.ctx.renderer, replace=True,
                as_now=as_now,
            )  # fmt: skip

        name = f"{year}年{QUARTERS[quarter - 1]}季度家访工作总结{suffix}"
        save_as(self.ctx, self, head="季度总结", suggested=name, suffix=suffix, write=write)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side is wider where there is room."""
        super().resizeEvent(event)
        wide = self.width() >= theme.dp(_WIDE_FROM_PX)
        self.figures.setFixedWidth(theme.dp(_WIDE_SIDE_PX if wide else _SIDE_PX))
