"""问题办理: what a visit found, step by step until its outcome (policy 四之三).

Each problem is a record of its own; the visit's state follows from them (domain.visits). N counts from 1 within a visit
and stays a problem's own when another one is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from jiafang_desktop.common import clock
from jiafang_desktop.domain import problem_rules, visit_rules
from jiafang_desktop.domain.changes import Changes, Edit, Operator, new_record_id
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.visits import Visit

if TYPE_CHECKING:
    from jiafang_desktop.store import Store


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A problem and the visit that found it."""

    visit: Visit
    problem: Problem

    @property
    def is_overdue(self) -> bool:
        """Open past its own limit; a problem without one is never overdue."""
        due = self.problem.content.due_date
        return self.problem.is_open and due is not None and due < clock.today()


def listing(store: Store, *, year: int | None = None, open_only: bool = False) -> list[ListedProblem]:
    """The problems of visits that are not void, by visit and N."""
    found = store.problems.all(year=year, open_only=open_only)
    visits = {visit.id: visit for visit in store.visits.many(list(dict.fromkeys(one.visit for one in found)))}
    return [
        ListedProblem(visits[problem.visit], problem)
        for problem in found
        if problem.visit in visits and not visits[problem.visit].deleted
    ]


def add(store: Store, visit_id: str, content: ProblemContent, *, by: Operator) -> Changes:
    """One more problem; “未反映需解决的问题” then no longer holds.

    Raises:
        UserError: ``not_found archived void bad_input``.
    """
    visit = _writable(store, visit_id)
    problem = Problem(new_record_id(), visit_id, next_position(visit), problem_rules.tidied(content))
    edits = [Edit("problem", problem.id, problem.to_fields())]
    if visit.content.nothing_to_solve:
        edits.append(Edit("visit", visit_id, {"nothing_to_solve": False}))
    return store.append(edits, by=by)


def edit(store: Store, visit_id: str, position: int, content: ProblemContent, *, by: Operator) -> Changes:
    """Another wording, kind, level, limit or who is responsible.

    Raises:
        UserError: ``not_found archived void bad_input``.
    """
    problem = problem_rules.at_position(_writable(store, visit_id).problems, position)
    wanted = Problem(problem.id, visit_id, position, problem_rules.tidied(content)).to_fields()
    names = ("text", "kind", "level", "responsible", "due_date")
    return _write(store, problem, {name: wanted[name] for name in names}, by=by)


def progress(store: Store, visit_id: str, position: int, *, text: str, on: date, by: Operator) -> Changes:
    """跟进: one more dated step, kept in the order of the days.

    Raises:
        UserError: ``not_found archived void bad_input``.
    """
    problem = problem_rules.at_position(_writable(store, visit_id).problems, position)
    note = {"text": problem_rules.step_text(text, title="跟进情况"), "on": on.isoformat()}
    notes = [*problem.to_fields()["progress"], note]
    return _write(store, problem, {"progress": sorted(notes, key=lambda each: each["on"])}, by=by)


def resolve(
    store: Store, visit_id: str, position: int, *, text: str, on: date, outcome: str = "solved", by: Operator
) -> Changes:
    """办结 with an outcome; done again it replaces the former one.

    Raises:
        UserError: ``not_found archived void bad_input``.
    """
    problem = problem_rules.at_position(_writable(store, visit_id).problems, position)
    problem_rules.require_outcome(outcome)
    fields = {
        "resolution": problem_rules.step_text(text, title="办结情况"), "resolved_on": on.isoformat(),
        "outcome": outcome,
    }  # fmt: skip
    return _write(store, problem, fields, by=by)


def reopen(store: Store, visit_id: str, position: int, *, by: Operator) -> Changes:
    """Not solved after all; what was written stays in the history.

    Raises:
        UserError: ``not_found archived void``.
    """
    problem = problem_rules.at_position(_writable(store, visit_id).problems, position)
    return _write(store, problem, {"resolution": None, "resolved_on": None, "outcome": None}, by=by)


def remove(store: Store, visit_id: str, position: int, *, by: Operator) -> Changes:
    """Take a problem away; the log keeps it and undo brings it back.

    Raises:
        UserError: ``not_found archived void``.
    """
    problem = problem_rules.at_position(_writable(store, visit_id).problems, position)
    return _write(store, problem, {"deleted": True}, by=by)


def _writable(store: Store, visit_id: str) -> Visit:
    visit = store.visits.get(visit_id)
    visit_rules.require_writable(visit)
    return visit


def next_position(visit: Visit) -> int:
    """One more than any problem of the visit has, so that N never names two."""
    return max((problem.position for problem in visit.problems), default=0) + 1


def _write(store: Store, problem: Problem, fields: dict[str, Any], *, by: Operator) -> Changes:
    before = problem.to_fields()
    changed = {name: value for name, value in fields.items() if before[name] != value}
    return store.append([Edit("problem", problem.id, changed)], by=by) if changed else Changes()
