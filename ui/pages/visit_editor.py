"""The record editor: 附件2 as it prints, typed where it prints, with what else a visit keeps beside it.

Arranges paper, foot bar and side panel and keeps them in step with the form. Saving drafts is visit_editor_keep's,
opening visit_editor_open's, moving visit_editor_moves', registering, printing and filing visit_editor_acts', planning
visit_editor_plan's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu

from jiafang_desktop.common import clock
from jiafang_desktop.domain.changes import Changes
from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import visits
from ui.context import Context
from ui.models.visit_form import PAPER_CELLS, VisitForm
from ui.pages.visit_editor_acts import VisitActs
from ui.pages.visit_editor_concerns import ConcernLinks
from ui.pages.visit_editor_desk import EditorDesk
from ui.pages.visit_editor_keep import Keeper
from ui.pages.visit_editor_moves import EditorMoves
from ui.pages.visit_editor_names import NamePicker
from ui.pages.visit_editor_open import SheetOpener, title_of
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
        self.moves, self.opener = EditorMoves(self), SheetOpener(self)
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
        self.form.moved.connect(self.moves.go_after_undo)
        canvas = self.canvas
        canvas.typed.connect(self._typed)
        canvas.composing.connect(lambda _name: self.replan())
        canvas.caret_moved.connect(self.moves.caret_moved)
        canvas.entered.connect(self.moves.entered)
        canvas.left.connect(self.moves.left)
        canvas.reveal.connect(self.desk.reveal)
        canvas.passed_end.connect(self.moves.passed_end)
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
        for keys, act in (
            ("Ctrl+S", self.acts.save),
            ("Ctrl+P", self.acts.paper.print),
            ("F6", self.moves.toggle_panel),
        ):
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
        self.set_read_only(True)
        self.planner.read_settings(self.ctx.tasks)
        if visit_id is not None:
            self.opener.stored(visit_id)
        elif draft_key is not None or fresh:
            self.opener.draft(draft_key, start)
        else:
            self.opener.latest()

    def where(self) -> dict[str, str]:
        """How to come back to this very sheet, where the desk is built anew."""
        if self.visit is not None:
            return {"visit_id": self.visit.id}
        return {"draft_key": self.keeper.key} if self.keeper.key is not None else {}

    def shown(self) -> None:
        """What was opened can be typed into, with the caret where it is wanted first."""
        self.is_ready = True
        self.set_read_only(not self.is_writable)
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
        self.set_read_only(not self.is_writable)
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

    def set_read_only(self, read_only: bool) -> None:
        """Whether paper and panel can be typed into."""
        self.canvas.set_read_only(read_only)
        self.panel.set_writable(not read_only)

    def show_state(self) -> None:
        """Title row, panel and buttons for the visit as it is."""
        visit = self.visit
        self.set_title(**title_of(self))
        rows = stored_rows(self.problems)
        self.panel.problems.show_rows(rows, writable=self.is_writable)
        self.links.show()
        self.panel.paper.show_visit(visit, reprint=self.acts.paper.needs_reprint())
        self.panel.others.show_late(self.acts.is_late())
        self.panel.topics.show_hidden(visit.hidden if visit is not None else frozenset())
        self.strip.show_state(self.form, rows, visit)
        self.acts.show_buttons()
        self._show_foot()

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

    def go_to(self, where: str) -> None:
        """To a cell of the paper, or to a section beside it."""
        if where in PAPER_CELLS:
            self.canvas.cells[where].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.desk.open_panel(where)

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
