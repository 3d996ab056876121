"""What can be done with the record in the editor: register, save, print, mark, file, correct, void — and its problems.

Each act names one service verb and says what came of it; what is allowed is the services' to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain import late_entry
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Visit, VisitContent
from jiafang_desktop.services import visits
from ui.dialogs.archive import ArchiveDialog, ArchiveGateDialog, ReasonDialog
from ui.dialogs.history import show_history
from ui.pages.visit_editor_family import FamilyActs
from ui.pages.visit_editor_guidance import GuidanceActs
from ui.pages.visit_editor_missing import missing_for_archive
from ui.pages.visit_editor_pad import PadActs
from ui.pages.visit_editor_paper import PaperActs
from ui.pages.visit_editor_problems import ProblemActs
from ui.pages.visit_editor_scans import ScanActs

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage
    from ui.widgets.problems_panel import ProblemsSection

# Refusals that belong to a cell of the paper or a section beside it, where the service names no field itself.
_CELLS = {
    "number_taken": "number", "bad_number": "number", "bad_date": "date", "missing_date": "date",
    "missing_visitee": "visitee_name", "missing_leader": "leader_name",
}  # fmt: skip
_FIELD_CELLS = {
    "visitee.name": "visitee_name", "name": "visitee_name", "visitee": "visitee_name", "visitee.post": "visitee_post",
    "visitee_address": "address", "visitee.address": "address", "visitee_spouse_name": "spouse_name",
    "visitee_spouse_work": "spouse_work", "visitee.spouse_name": "spouse_name", "visitee.spouse_work": "spouse_work",
    "leaders": "leader_name",
}  # fmt: skip


class VisitActs:
    """The page's verbs; holds no state of its own but what is under way."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page
        self._ctx = page.ctx
        self._committing = self._once_more = False
        self._problems = ProblemActs(page)
        self.paper = PaperActs(page, self)
        self.scans = ScanActs(page)
        self.family = FamilyActs(page)
        self.guidance = GuidanceActs(page)
        self.pad = PadActs(page)

    def connect_problems(self, section: ProblemsSection) -> None:
        """Tie the panel's wishes to the problem verbs."""
        self._problems.connect(section)

    # -- saving and registering ----------------------------------------------------------------------------------

    def save(self) -> None:
        """Ctrl+S: everything kept now; a registered visit as one revision, a correction with its reason."""
        page = self._page
        page.finish_composition()
        page.form.stack.close_run()
        page.keeper.keep_now()
        if page.visit is None:
            self._ctx.say("已保存为草稿")
        elif page.correcting is not None:
            self._correct_now()
        else:
            self.commit(say=True)

    def commit(self, *, say: bool = False) -> None:
        """Save what was changed in a registered visit as one revision (docs/decisions/0007)."""
        page, visit = self._page, self._page.visit
        if visit is None or not page.is_writable or page.correcting is not None:
            return
        if self._committing:
            self._once_more = True
            return
        if page.form.errors():
            page.canvas.set_notes(page.notes())
            return
        content = storable(page.form.content(), visit)
        before, after = visit.content.to_fields(), content.to_fields()
        patch = {name: value for name, value in after.items() if before[name] != value}
        if not patch:
            if say:
                self._ctx.say("已保存")
            return
        self._committing, self._once_more = True, False
        page.keeper.keep_now()
        key = page.keeper.key

        def done(_changes: object) -> None:
            self._committing = False
            here = page.visit is not None and page.visit.id == visit.id
            if not here or storable(page.form.content(), visit) == content:
                page.keeper.forget(key)
            self._ctx.say(f"已保存 {clock.now():%H:%M}")
            if here and page.visit is not None:
                page.visit = replace(page.visit, content=content)
                self._reload()
                if self._once_more:
                    self.commit()

        def refused(error: UserError) -> None:
            self._committing = False
            self.show_refusal(error)

        self._ctx.tasks.run(visits.edit, visit.id, patch, by=self._ctx.operator).then(done).fail(refused)

    def register(self) -> None:
        """登记: a refusal is shown at its cell; otherwise the number is given and the draft is done with.

        The same place in the title row brings a void record back.
        """
        page = self._page
        if page.visit is not None and page.visit.deleted:
            self.restore()
            return
        page.finish_composition()
        if page.visit is not None:
            return
        for cell, error in page.form.errors().items():
            page.refuse(cell, error.message + error.hint)
            return
        page.keeper.keep_now()
        waiting = page.problems
        page.button_register.setEnabled(False)

        def done(registered: visits.Registered) -> None:
            page.button_register.setEnabled(True)
            page.keeper.forget()
            page.keeper.follow(None)
            self._problems.carry_over(registered.id, waiting)
            self._ctx.say(f"已登记，序号 {registered.number}")
            page.opened(visit_id=registered.id)

        def refused(error: UserError) -> None:
            page.button_register.setEnabled(True)
            self.show_refusal(error)

        contents: tuple[ProblemContent, ...] = tuple(problem.content for problem in waiting)
        self._ctx.tasks.run(
            visits.register, page.form.content(), by=self._ctx.operator, problems=contents
        ).then(done).fail(refused)  # fmt: skip

    def show_refusal(self, error: UserError) -> None:
        """At the cell it is about, else in a dialog."""
        named = error.details.get("field") or _CELLS.get(error.code)
        cell = _FIELD_CELLS.get(str(named), str(named)) if named else None
        if cell in self._page.canvas.cells:
            self._page.refuse(cell, error.message + error.hint)
        else:
            self._ctx.error(error, self._page)

    def _reload(self) -> None:
        visit = self._page.visit
        if visit is not None:
            self._ctx.tasks.run(visits.show, visit.id).then(self._page.take_stored).fail(self.show_refusal)

    def run(
        self, verb: Callable[..., object], *args: object, say: str = "", undoable: bool = False, **named: object
    ) -> None:
        """Run one verb on the stored visit by this operator, say what came of it and show the visit anew."""

        def done(_changes: object) -> None:
            if say:
                (self._ctx.say_undoable if undoable else self._ctx.say)(say)
            self._reload()

        pending = self._ctx.tasks.run(verb, *args, by=self._ctx.operator, **named)
        pending.then(done).fail(self._ask_anew)

    def _ask_anew(self, error: UserError) -> None:
        self.show_refusal(error)
        self._page.show_state()

    # -- filing --------------------------------------------------------------------------------------------------

    def archive(self) -> None:
        """The gate: what is missing as links, else where the paper lies."""
        page, visit = self._page, self._page.visit
        if visit is None:
            return
        self.commit()
        missing = missing_for_archive(visit, page.form.content())
        if missing:
            gate = ArchiveGateDialog(missing, page.window())
            gate.go_wanted.connect(page.go_to)
            gate.open()
            return
        dialog = ArchiveDialog(page.window(), known=visit.paper.place or "", scans=len(self.scans.shown))
        dialog.accepted.connect(lambda: self.run(visits.archive, visit.id, paper_at=dialog.paper_at(), say="已归档"))
        dialog.open()

    def correct(self) -> None:
        """更正 of an archived record: the reason first, then it can be typed into until Ctrl+S."""
        page = self._page
        dialog = ReasonDialog(
            "更正已归档的记录", "更正会留下原来的内容、时间和经办人。改好后按“保存更正”。", accept_text="开始更正",
            name="dialog_correct", label="更正原因", parent=page.window(),
        )  # fmt: skip
        dialog.accepted.connect(lambda: page.opener.begin_correction(dialog.reason()))
        dialog.open()

    def _correct_now(self) -> None:
        page, visit = self._page, self._page.visit
        if visit is None or page.correcting is None:
            return
        for cell, error in page.form.errors().items():
            page.refuse(cell, error.message + error.hint)
            return
        before, after = visit.content.to_fields(), storable(page.form.content(), visit).to_fields()
        patch = {name: value for name, value in after.items() if before[name] != value}
        reason = page.correcting

        def done(_changes: object) -> None:
            page.opener.end_correction()
            self._ctx.say("已更正")
            self._reload()

        if not patch:
            page.opener.end_correction()
            return
        pending = self._ctx.tasks.run(visits.correct, visit.id, patch, reason=reason, by=self._ctx.operator)
        pending.then(done).fail(self.show_refusal)

    def void(self) -> None:
        """作废: the number stays taken, the record can be restored."""
        page, visit = self._page, self._page.visit
        if visit is None:
            return
        dialog = ReasonDialog(
            "作废这份家访记录", "序号保留不再用，记录还在，可以恢复。", accept_text="作废", name="dialog_void",
            label="作废原因", parent=page.window(),
        )  # fmt: skip
        dialog.accepted.connect(lambda: self.run(visits.delete, visit.id, reason=dialog.reason(), say="已作废，可恢复"))
        dialog.open()

    def restore(self) -> None:
        """Take 作废 back."""
        if self._page.visit is not None:
            self.run(visits.restore, self._page.visit.id, say="已恢复")

    def discard_draft(self) -> None:
        """Drop an unregistered draft and begin anew."""
        self._page.keeper.forget()
        self._page.keeper.follow(None)
        self._ctx.say("草稿已删去")
        self._page.opened(fresh=True)

    def history(self) -> None:
        """修改记录, with what is typed now saved first."""
        page = self._page
        self.commit()
        if page.visit is not None:
            show_history(self._ctx, page.visit.id, page)

    # -- buttons -------------------------------------------------------------------------------------------------

    def more(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """The rarer acts for the record as it is."""
        page, visit = self._page, self._page.visit
        if visit is None:
            another = ("另写一份新的", lambda: page.opened(fresh=True))
            review = ("打印送审稿…", self.paper.review)
            return (*self.family.more(), another, review, ("删去这份草稿", self.discard_draft))
        if visit.deleted:
            return (("恢复", self.restore), ("修改记录…", self.history))
        acts: list[tuple[str, Callable[[], None]]] = [("再写一份新的", lambda: page.opened(fresh=True))]
        if visit.archived_on is not None and page.correcting is None:
            acts.append(("更正…", self.correct))
        if page.correcting is not None:
            acts += [("保存更正", self.save), ("放弃更正", page.opener.end_correction)]
        acts += self.family.more()
        acts.append(("打印送审稿…", self.paper.review))
        acts += [("附上扫描件…", self.scans.attach), ("修改记录…", self.history)]
        if visit.archived_on is None:
            acts.append(("作废…", self.void))
        return acts

    def show_buttons(self) -> None:
        """Only the acts the record is ripe for."""
        page, visit = self._page, self._page.visit
        live = visit is not None and not visit.deleted
        self.scans.follow(visit)
        self.guidance.follow(visit)
        self.pad.follow(visit)
        void = visit is not None and visit.deleted
        page.button_register.setVisible(visit is None or void or page.correcting is not None)
        page.button_register.setText("登记" if visit is None else "恢复" if void else "保存更正")
        page.button_print.setVisible(live and page.correcting is None)
        page.button_print.setText(f" {self.paper.words()}")
        page.button_archive.setVisible(live and visit is not None and visit.archived_on is None)

    def is_late(self) -> bool:
        """Whether the record comes after its quarter's report date (补录)."""
        visit = self._page.visit
        day = self._page.form.content().date
        return day is not None and recorded_late(day, visit, days=self._ctx.report_days)


def storable(content: VisitContent, visit: Visit) -> VisitContent:
    """What is typed but for what this account does not see: a whole change would be refused for it (0013)."""
    if "topic_advice_leaders" not in visit.hidden:
        return content
    return replace(content, topics=replace(content.topics, advice_leaders=None))


def recorded_late(day: date, visit: Visit | None, *, days: int) -> bool:
    """补录: recorded, or about to be, later than the rules' ``days`` after the quarter of ``day``."""
    recorded = visit.recorded_on if visit is not None and visit.recorded_on else clock.today()
    return late_entry.is_late(day, recorded, days=days)
