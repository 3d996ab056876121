"""The record editor: 附件2 as it prints, typed where it prints, with what else a visit keeps beside it.

Arranges paper, foot bar and side panel and keeps them in step with the form. Saving drafts is visit_editor_keep's,
registering, printing and filing visit_editor_acts', planning visit_editor_plan's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Changes, new_record_id
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import drafts, visits
from ui.context import Context
from ui.models.typed_date import dotted
from ui.models.visit_form import PAPER_CELLS, VisitForm
from ui.pages.visit_editor_acts import VisitActs
from ui.pages.visit_editor_concerns import ConcernLinks
from ui.pages.visit_editor_desk import EditorDesk
from ui.pages.visit_editor_keep import CORRECTION_PREFIX, NEW_PREFIX, STORED_PREFIX, Keeper
from ui.pages.visit_editor_names import NamePicker
from ui.pages.visit_editor_plan import PaperPlanner
from ui.widgets import buttons
from ui.widgets.page import Page
from ui.widgets.paper_canvas import Note, PaperCanvas
from ui.widgets.paper_foot import PaperFoot
from ui.widgets.problems_rows import draft_problems, stored_rows
from ui.widgets.side_panel import SidePanel, SideStrip

_HINTS = {
    "date": "可写 11-3、2026.11.3 或“今天”", "number": "留空，登记时自动编号",
    "visitee_name": "打姓名、拼音或首字母，从名册里选",
    "leader_name": "几位领导各占一行：打顿号或 Alt+回车换行", "leader_post": "与姓名同一行；Alt+回车换行",
    "spouse_name": "没有配偶的写“无”",
}  # fmt: skip
_SETTLE_MS = 1200  # a registered visit's ticks are saved as one revision this long after the last one


class VisitEditorPage(Page):
    """One visit on paper: ``opened(visit_id=…)`` shows a stored one, ``draft_key=…`` a draft, nothing a new one."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.setObjectName("page_visit_editor")
        self.ctx = ctx
        self.visit: Visit | None = None
        self.is_ready = False  # a visit or draft is shown and can be typed into
        self.correcting: str | None = None  # the reason, while an archived record is being corrected
        self.form = VisitForm(self)
        self.canvas = PaperCanvas()
        self.foot = PaperFoot()
        self.panel, self.strip = SidePanel(self.form), SideStrip()
        self.keeper = Keeper(ctx.tasks, self.form, self)
        here = ctx.installation
        self.planner = PaperPlanner(self.form, self.canvas, unit=here.unit, county=here.county)
        self.acts = VisitActs(self)
        self._last_cell = PAPER_CELLS[0]
        self._refusals: dict[str, Note] = {}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.acts.commit)
        self._build()
        self._connect()

    # -- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.desk = EditorDesk(self, self.canvas, self.foot, self.panel, self.strip)
        self.desk.scroll.viewport().installEventFilter(self)
        self.body.addLayout(self.desk.row)
        self.button_preview = buttons.quiet("预览", "button_preview", icon="eye")
        self.button_more = buttons.quiet("更多", "button_more", icon="more")
        self.button_print = buttons.primary("打印", "button_print", icon="print")
        self.button_archive = buttons.plain("归档", "button_archive")
        self.button_register = buttons.primary("登记", "button_register")
        for button in (self.button_preview, self.button_more, self.button_archive, self.button_print):
            self.add_action(button)
        self.set_primary(self.button_register)
        self.names = NamePicker(self.ctx, self.form, self.canvas, self)
        self.completer = self.names.completer

    def _connect(self) -> None:
        self.form.changed.connect(self._form_changed)
        self.form.moved.connect(self._go_after_undo)
        canvas = self.canvas
        canvas.typed.connect(self._typed)
        canvas.composing.connect(lambda _name: self.replan())
        canvas.caret_moved.connect(self._caret_moved)
        canvas.entered.connect(self._entered)
        canvas.left.connect(self._left)
        canvas.reveal.connect(self.desk.reveal)
        canvas.passed_end.connect(self._passed_end)
        canvas.undo_wanted.connect(self.form.undo)
        canvas.redo_wanted.connect(self.form.redo)
        canvas.radicals_mended.connect(lambda chars: self.ctx.say(f"已把部首字“{chars}”改为常用字"))
        self.foot.whole_chosen.connect(self._choose_whole)
        self.strip.open_wanted.connect(self.desk.open_panel)
        self.keeper.kept.connect(lambda at: self.ctx.say(f"已自动保存 {at}"))
        self.keeper.failed.connect(lambda error: self.ctx.error(error, self))
        self.button_register.clicked.connect(self._primary)
        self.button_preview.clicked.connect(self.acts.paper.preview)
        self.button_print.clicked.connect(self.acts.paper.print)
        self.button_archive.clicked.connect(self.acts.archive)
        self.button_more.clicked.connect(self._show_more)
        self.acts.connect_problems(self.panel.problems)
        self.links = ConcernLinks(self)
        self.panel.paper.marked.connect(self.acts.paper.mark)
        for keys, act in (("Ctrl+S", self.acts.save), ("Ctrl+P", self.acts.paper.print), ("F6", self.toggle_panel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # -- opening and leaving -------------------------------------------------------------------------------------

    def opened(
        self, visit_id: str | None = None, draft_key: str | None = None, fresh: bool = False,
        start: Mapping[str, Any] | None = None, **_: object,
    ) -> None:  # fmt: skip
        """Show a stored visit, a draft, or a new sheet; an unfinished draft is gone on with.

        ``start`` is what a new sheet begins with (fields of VisitForm), where it is made for somebody's concern.
        """
        self.keeper.follow(None)
        self.visit, self.correcting, self._refusals = None, None, {}
        self.is_ready = False
        self.links.forget()
        self._set_read_only(True)
        self.planner.read_settings(self.ctx.tasks)
        if visit_id is not None:
            self.ctx.tasks.run(visits.show, visit_id).then(self._open_stored).fail(self._could_not_open)
        elif draft_key is not None or fresh:
            self._open_draft(draft_key, start)
        else:
            self.ctx.tasks.run(drafts.listing, NEW_PREFIX).then(self._open_latest).fail(self._could_not_open)

    def where(self) -> dict[str, str]:
        """How to come back to this very sheet, where the desk is built anew."""
        if self.visit is not None:
            return {"visit_id": self.visit.id}
        return {"draft_key": self.keeper.key} if self.keeper.key is not None else {}

    def _open_latest(self, found: Sequence[drafts.DraftInfo]) -> None:
        latest = max(found, key=lambda info: info.saved_at, default=None)
        self._open_draft(latest.key if latest else None)

    def _open_draft(self, key: str | None, start: Mapping[str, Any] | None = None) -> None:
        self.form.load_json({"recorder": self.ctx.operator.name, **(start or {})})
        if key is None:
            self.keeper.follow(NEW_PREFIX + new_record_id())
            if start:
                self.keeper.changed()  # whom it is for must not be lost with the window
            self._shown()
        else:
            self.keeper.follow(key)
            self.ctx.tasks.run(drafts.load, key).then(self._resume).fail(self._could_not_open)

    def _open_stored(self, visit: Visit) -> None:
        self.visit = visit
        self.form.load(visit.content)
        key = STORED_PREFIX + visit.id
        if self.is_writable:
            self.keeper.follow(key)
            self.ctx.tasks.run(drafts.load, key).then(self._resume).fail(self._could_not_open)
        elif visit.archived_on is not None and not visit.deleted:
            key = CORRECTION_PREFIX + visit.id
            self.ctx.tasks.run(drafts.load, key).then(self._resume_correction).fail(self._could_not_open)
        else:
            self._shown()

    def _resume_correction(self, kept: dict[str, object] | None) -> None:
        """更正 that was left before it was saved goes on, with its reason."""
        if self.visit is not None and kept and isinstance(kept.get("form"), dict) and kept.get("reason"):
            self.correcting = str(kept["reason"])
            self.keeper.follow(CORRECTION_PREFIX + self.visit.id, reason=self.correcting)
            self.form.load_json(kept["form"])  # type: ignore[arg-type]  # checked above
            self.keeper.loaded()
            self.ctx.say("已接着上次没写完的更正")
        self._shown()

    def _resume(self, kept: dict[str, object] | None) -> None:
        if kept and isinstance(kept.get("form"), dict):
            self.form.load_json(kept["form"])  # type: ignore[arg-type]  # checked the line before
            self.keeper.loaded()
            if self.visit is not None and self.form.content() == self.visit.content and not self.form.errors():
                self.keeper.forget()  # saved after all: the window closed before its draft was dropped
            else:
                self.ctx.say("已接着上次没写完的内容")
        self._shown()

    def _could_not_open(self, error: UserError) -> None:
        self.ctx.error(error, self)
        self.ctx.open("visits")

    def _shown(self) -> None:
        self.is_ready = True
        self._set_read_only(not self.is_writable)
        for name, cell in self.canvas.cells.items():
            cell.set_text(self.form[name], place=0)
        self.show_state()
        self.fit()
        first = "date" if not self.form["date"] else "resolution" if self.visit else "visitee_name"
        self.canvas.cells[first].setFocus(Qt.FocusReason.OtherFocusReason)
        if first == "date":
            self.desk.scroll.verticalScrollBar().setValue(0)

    def may_leave(self) -> bool:
        """Everything typed is kept first, so leaving is always allowed."""
        self.finish_composition()
        self.keeper.keep_now()
        self.acts.commit()
        self.completer.close()
        return True

    def refresh(self, changes: Changes) -> None:
        """The visit was changed elsewhere (undo, another page): show it anew."""
        if self.visit is not None and (self.visit.id in changes.ids("visit") or changes.touches("problem", "rules")):
            self.ctx.tasks.run(visits.show, self.visit.id).then(self.take_stored)
        if changes.touches("guidance"):
            self.acts.guidance.ask()

    def take_stored(self, visit: Visit) -> None:
        """The stored visit as it is now; what is being typed stays."""
        if self.visit is None or visit.id != self.visit.id:
            return
        untouched = self.form.content() == self.visit.content
        self.visit = visit
        self.links.forget()
        if untouched and self.form.content() != visit.content:
            self.form.load(visit.content)
        self._set_read_only(not self.is_writable)
        self.show_state()
        self.replan()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page or the window's end: keep what is typed."""
        self.keeper.keep_now()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The last chance to keep what is typed."""
        self.may_leave()
        super().closeEvent(event)

    # -- state ---------------------------------------------------------------------------------------------------

    @property
    def is_writable(self) -> bool:
        """Archived and void records are read-only, but for a correction under way."""
        visit = self.visit
        return visit is None or self.correcting is not None or not (visit.deleted or visit.archived_on is not None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The stored visit's problems, or those waiting in the draft."""
        return self.visit.problems if self.visit is not None else draft_problems(self.form["problems"])

    def _set_read_only(self, read_only: bool) -> None:
        self.canvas.set_read_only(read_only)
        self.panel.set_writable(not read_only)

    def show_state(self) -> None:
        """Title row, panel and buttons for the visit as it is."""
        visit = self.visit
        self._show_title()
        rows = stored_rows(self.problems)
        self.panel.problems.show_rows(rows, writable=self.is_writable)
        self.links.show()
        self.panel.paper.show_visit(visit, reprint=self.acts.paper.needs_reprint())
        self.panel.others.show_late(self.acts.is_late())
        self.panel.topics.show_hidden(visit.hidden if visit is not None else frozenset())
        self.strip.show_state(self.form, rows, visit)
        self.acts.show_buttons()
        self._show_foot()

    def _show_title(self) -> None:
        visit, form = self.visit, self.form
        name = str(form["visitee_name"]).strip() or "新家访"
        status = visit.status if visit else "draft"
        day = form.content().date
        parts = [dotted(day) if day else "", f"第 {visit.number} 号" if visit and visit.number else ""]
        if self.correcting is not None:
            parts.append("正在更正")
        self.set_title(name, back=("家访", "visits"), status=status, caption="　".join(part for part in parts if part))

    def begin_correction(self, reason: str) -> None:
        """An archived record can be typed into until the correction is saved or given up."""
        self.correcting = reason
        if self.visit is not None:
            self.keeper.follow(CORRECTION_PREFIX + self.visit.id, reason=reason)
        self._set_read_only(False)
        self.show_state()

    def end_correction(self) -> None:
        """Read-only again, showing what is stored."""
        self.correcting = None
        self.keeper.forget()
        self.keeper.follow(None)
        if self.visit is not None:
            self.form.load(self.visit.content)
        self._set_read_only(True)
        self.show_state()

    # -- typing --------------------------------------------------------------------------------------------------

    def _typed(self, name: str, text: str) -> None:
        if name == "leader_name" and "、" in text:
            cell = self.canvas.cells[name]
            text = text.replace("、", "\n")
            cell.set_text(text, place=cell.place())
        self._refusals.pop(name, None)
        self.form.type_text(name, text)

    def _form_changed(self, names: frozenset[str], walked: bool) -> None:
        if walked:
            for name in names & set(PAPER_CELLS):
                self.canvas.cells[name].set_text(self.form[name])
        if walked or names & {"visitee_name", "date", "number", "problems"}:
            self.show_state()
        else:
            self.strip.show_state(self.form, stored_rows(self.problems), self.visit)
        self.replan()
        if self.is_writable and self.keeper.key is not None:
            self.keeper.changed()
            if self.canvas.focused() is None:
                self._settle.start()

    def replan(self) -> None:
        """Text, composition or problems changed: plan and show the paper anew."""
        self.planner.replan(self.visit, self.problems)
        self.canvas.set_notes(self.notes())
        self._show_foot()
        focused = self.canvas.focused()
        if focused is not None:
            self.canvas.show_cell(focused)

    def notes(self) -> dict[str, Note]:
        """Sentences that belong to cells now: refusals, what can't be read, what to check."""
        notes = dict(self._refusals)
        for name, error in self.form.errors().items():
            if self.canvas.focused() != name:
                notes[name] = Note(error.message + error.hint)
        day = self.form.content().date
        if day is not None and day > clock.today() and "date" not in notes:
            notes["date"] = Note("日期在今天之后，请核对。", must=False)
        return notes

    def refuse(self, cell: str, sentence: str) -> None:
        """Show a refusal at its cell and go there."""
        self._refusals[cell] = Note(sentence)
        self.go_to(cell)
        self.canvas.set_notes(self.notes())
        self._show_foot()

    def _show_foot(self) -> None:
        focused = self.canvas.focused()
        note = self.notes().get(focused or "")
        hint = note.text if note else _HINTS.get(focused or "", "")
        self.foot.show_cell(
            focused, self.planner.rulers, overflow=self.planner.overflow, hint=hint, compact=self.desk.is_compact
        )

    def finish_composition(self) -> None:
        """What the input method still holds belongs to the text."""
        QGuiApplication.inputMethod().commit()

    # -- moving --------------------------------------------------------------------------------------------------

    def _entered(self, name: str) -> None:
        self._last_cell = name
        self.form.stack.close_run()
        if self.desk.is_panel_over_paper:
            self.desk.fold_panel()
        self.replan()

    def _left(self, name: str) -> None:
        self.form.stack.close_run()
        self.keeper.keep_now()
        self.replan()
        self.acts.commit()

    def _caret_moved(self, name: str) -> None:
        if self.canvas.cells[name].hasFocus():
            self.canvas.show_cell(name)

    def _go_after_undo(self, name: str, place: int) -> None:
        if name in PAPER_CELLS:
            self.canvas.cells[name].setFocus(Qt.FocusReason.OtherFocusReason)
            self.canvas.cells[name].move_to(place)

    def go_to(self, where: str) -> None:
        """To a cell of the paper, or to a section beside it."""
        if where in PAPER_CELLS:
            self.canvas.cells[where].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.desk.open_panel(where)

    def _passed_end(self, by: int) -> None:
        if by > 0:
            if self.desk.is_compact:
                self.desk.open_panel("事由")
            self.panel.focus_first()
        else:
            self.button_register.setFocus(Qt.FocusReason.BacktabFocusReason)

    # -- layout --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The view's size decides the scale."""
        if event.type() == QEvent.Type.Resize and watched is self.desk.scroll.viewport():
            QTimer.singleShot(0, self, self.fit)
        return super().eventFilter(watched, event)

    def _choose_whole(self, whole: bool) -> None:
        self.desk.is_whole = whole
        self.fit()

    def fit(self) -> None:
        """Scale the paper to the view."""
        self.canvas.set_scale(self.desk.scale())
        self.replan()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Panel, strip or overlay by the window's width."""
        super().resizeEvent(event)
        self.desk.place_panel()

    def toggle_panel(self) -> None:
        """F6: from the paper to the panel and back; over the desk where the window is compact."""
        inside = self.panel.isAncestorOf(self.focusWidget() or self)
        if inside or self.desk.is_panel_over_paper:
            self.desk.fold_panel()
            self.canvas.cells[self._last_cell].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.desk.open_panel("事由")
            self.panel.focus_first()

    def _primary(self) -> None:
        if self.correcting is not None:
            self.acts.save()
        else:
            self.acts.register()

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("menu_more")
        for text, act in self.acts.more():
            menu.addAction(text, act)
        menu.popup(self.button_more.mapToGlobal(self.button_more.rect().bottomLeft()))
