"""Acts on a visit's problems: in a draft they change the form, in a stored visit they are verbs of the services.

The dialogs collect words; which outcomes allow filing is the services' to decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jiafang_desktop.domain.problems import Problem
from jiafang_desktop.services import problems as verbs
from ui.dialogs.resolve_problem import ProblemDialog, ProgressDialog, ResolveDialog
from ui.widgets.problems_rows import ProblemRow, stored_rows

if TYPE_CHECKING:
    from ui.pages.visit_editor import VisitEditorPage
    from ui.widgets.problems_panel import ProblemsSection


class ProblemActs:
    """Add, change, follow up, resolve and remove."""

    def __init__(self, page: VisitEditorPage) -> None:
        self._page = page

    def connect(self, section: ProblemsSection) -> None:
        """Tie the panel's wishes to the acts."""
        section.add_wanted.connect(self.add)
        section.edit_wanted.connect(self.edit)
        section.progress_wanted.connect(self.progress)
        section.resolve_wanted.connect(self.resolve)
        section.remove_wanted.connect(self.remove)

    def _row(self, position: int) -> ProblemRow:
        return next(row for row in stored_rows(self._page.problems) if row.position == position)

    def _replace_draft(self, position: int, row: ProblemRow | None, label: str) -> None:
        kept = list(self._page.form["problems"])
        if row is None:
            del kept[position - 1]
        elif position > len(kept):
            kept.append(row.to_json())
        else:
            kept[position - 1] = row.to_json()
        values = {"problems": tuple(kept)}
        if kept:
            values["nothing_to_solve"] = False
        self._page.form.set_values(values, label=label)

    def add(self) -> None:
        """＋ 添加."""
        page = self._page
        dialog = ProblemDialog(page.window())

        def accepted() -> None:
            if page.visit is None:
                position = len(page.form["problems"]) + 1
                self._replace_draft(position, ProblemRow(position, dialog.content()), "添加问题")
            else:
                page.acts.run(verbs.add, page.visit.id, dialog.content(), say="已添加问题")

        dialog.accepted.connect(accepted)
        dialog.open()

    def edit(self, position: int) -> None:
        """修改."""
        page, row = self._page, self._row(position)
        dialog = ProblemDialog(page.window(), known=row.content)

        def accepted() -> None:
            if page.visit is None:
                self._replace_draft(position, replace(row, content=dialog.content()), "修改问题")
            else:
                page.acts.run(verbs.edit, page.visit.id, position, dialog.content(), say="已修改问题")

        dialog.accepted.connect(accepted)
        dialog.open()

    def progress(self, position: int) -> None:
        """跟进."""
        page, row = self._page, self._row(position)
        dialog = ProgressDialog(row.content.text, page.window())

        def accepted() -> None:
            note = dialog.note()
            if page.visit is None:
                self._replace_draft(position, replace(row, progress=(*row.progress, note)), "记跟进")
            else:
                page.acts.run(verbs.progress, page.visit.id, position, text=note.text, on=note.on, say="已记下跟进")

        dialog.accepted.connect(accepted)
        dialog.open()

    def resolve(self, position: int) -> None:
        """办结."""
        page, row = self._page, self._row(position)
        dialog = ResolveDialog(row.content.text, page.window())

        def accepted() -> None:
            text, outcome, on = dialog.answer()
            if page.visit is None:
                done = replace(row, resolution=text, outcome=outcome, resolved_on=on)
                self._replace_draft(position, done, "办结问题")
            else:
                page.acts.run(
                    verbs.resolve, page.visit.id, position, text=text, on=on, outcome=outcome, say="问题已办结"
                )

        dialog.accepted.connect(accepted)
        dialog.open()

    def remove(self, position: int) -> None:
        """删去: in a draft Ctrl+Z brings it back, in a stored visit the undo of the status line."""
        page = self._page
        if page.visit is None:
            self._replace_draft(position, None, "删去问题")
        else:
            page.acts.run(verbs.remove, page.visit.id, position, say="已删去问题")

    def carry_over(self, visit_id: str, waiting: tuple[Problem, ...]) -> None:
        """What a draft's problems had already been through is noted on the registered ones."""
        page = self._page
        tasks, by = page.ctx.tasks, page.ctx.operator
        for problem in waiting:
            for note in problem.progress:
                tasks.run(verbs.progress, visit_id, problem.position, text=note.text, on=note.on, by=by)
            if problem.outcome is not None and problem.resolved_on is not None:
                tasks.run(
                    verbs.resolve, visit_id, problem.position, text=problem.resolution or "", on=problem.resolved_on,
                    outcome=problem.outcome, by=by,
                )  # fmt: skip
