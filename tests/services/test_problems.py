"""问题办理: steps and outcomes over a real store, and what they make of the visit's state."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import ProblemContent, ProgressNote
from jiafang_desktop.domain.visits import Visit
from jiafang_desktop.services import problems, undo, visits
from jiafang_desktop.store import Store

NIGHT = ProblemContent("夜间值班多", "difficulty", "ordinary", "党政办", date(2026, 11, 20))


@pytest.fixture
def rec(office: Store) -> str:
    return visits.register(office, visit(nothing_to_solve=False), by=office.operator, problems=(NIGHT,)).id


def stored(office: Store, rec: str) -> Visit:
    return visits.show(office, rec)


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    return caught.value


def test_a_visit_goes_from_registered_through_steps_to_ready(office: Store, rec: str) -> None:
    assert stored(office, rec).status == "registered"
    problems.progress(office, rec, 1, text="与党政办商量", on=date(2026, 10, 2), by=office.operator)
    problems.progress(office, rec, 1, text="先问了本人", on=date(2026, 9, 20), by=office.operator)
    assert stored(office, rec).status == "in_progress"
    problems.resolve(
        office, rec, 1, text="调整为每月两次", on=date(2026, 10, 8), outcome="partly_solved", by=office.operator
    )
    kept = stored(office, rec)
    problem = kept.problems[0]
    assert kept.status == "ready"
    assert problem.progress == (
        ProgressNote("先问了本人", date(2026, 9, 20)),
        ProgressNote("与党政办商量", date(2026, 10, 2)),
    )
    assert (problem.resolution, problem.resolved_on, problem.outcome) == (
        "调整为每月两次",
        date(2026, 10, 8),
        "partly_solved",
    )
    problems.reopen(office, rec, 1, by=office.operator)
    assert stored(office, rec).status == "in_progress"


def test_positions_count_from_one_and_stay_a_problems_own(office: Store, rec: str) -> None:
    problems.add(office, rec, ProblemContent("改善伙食", "advice"), by=office.operator)
    problems.add(office, rec, ProblemContent("子女入学"), by=office.operator)
    removed = problems.remove(office, rec, 2, by=office.operator)
    assert [p.position for p in stored(office, rec).problems] == [1, 3]
    problems.remove(office, rec, 3, by=office.operator)
    problems.add(office, rec, ProblemContent("另一个"), by=office.operator)
    undo.undo(office, removed, by=office.operator)
    found = stored(office, rec).problems
    assert [p.content.text for p in found] == ["夜间值班多", "另一个", "改善伙食"]
    assert len({p.position for p in found}) == 3
    error = refusal(problems.resolve, office, rec, 9, text="x", on=date(2026, 10, 8), by=office.operator)
    assert (error.code, error.details["position"]) == ("not_found", 9)


def test_naming_a_problem_takes_back_that_there_was_none(office: Store) -> None:
    rec = visits.register(office, visit(), by=office.operator).id
    changes = problems.add(office, rec, NIGHT, by=office.operator)
    kept = stored(office, rec)
    assert (kept.status, kept.content.nothing_to_solve) == ("registered", False)
    assert changes.touches("visit") and changes.touches("problem")


def test_a_problem_is_edited_without_losing_its_steps(office: Store, rec: str) -> None:
    problems.progress(office, rec, 1, text="商量", on=date(2026, 10, 2), by=office.operator)
    changed = ProblemContent("夜间值班过多", "advice", None, None, None)
    assert problems.edit(office, rec, 1, NIGHT, by=office.operator).records == ()
    problems.edit(office, rec, 1, changed, by=office.operator)
    kept = stored(office, rec).problems[0]
    assert (kept.content, len(kept.progress)) == (changed, 1)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (ProblemContent(" "), "text"),
        (ProblemContent("x", "gossip"), "kind"),
        (ProblemContent("x", level="urgent"), "level"),
    ],
)
def test_what_is_no_problem_is_refused_at_its_field(
    office: Store, rec: str, content: ProblemContent, field: str
) -> None:
    assert refusal(problems.add, office, rec, content, by=office.operator).details["field"] == field
    assert len(stored(office, rec).problems) == 1


def test_a_step_needs_words_and_a_known_outcome(office: Store, rec: str) -> None:
    day = date(2026, 10, 8)
    assert refusal(problems.progress, office, rec, 1, text=" ", on=day, by=office.operator).code == "bad_input"
    assert refusal(problems.resolve, office, rec, 1, text="", on=day, by=office.operator).code == "bad_input"
    error = refusal(problems.resolve, office, rec, 1, text="好", on=day, outcome="fine", by=office.operator)
    assert error.details["field"] == "outcome"


def test_the_list_names_open_and_overdue_ones_of_living_visits(office: Store, rec: str) -> None:
    other = visits.register(
        office, visit(nothing_to_solve=False), by=office.operator, problems=(ProblemContent("二"),)
    ).id
    void = visits.register(
        office, visit(nothing_to_solve=False), by=office.operator, problems=(ProblemContent("三"),)
    ).id
    visits.delete(office, void, reason="重复", by=office.operator)
    problems.resolve(office, other, 1, text="好", on=date(2026, 10, 8), by=office.operator)
    assert {(one.visit.id, one.problem.position) for one in problems.listing(office)} == {(rec, 1), (other, 1)}
    waiting = problems.listing(office, open_only=True)
    assert [(one.visit.id, one.is_overdue) for one in waiting] == [(rec, True)]
