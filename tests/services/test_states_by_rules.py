"""What a visit's state says agrees with the archive gate, whatever outcomes the office's rules let be filed."""

from __future__ import annotations

from datetime import date

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.problems import OUTCOMES, ProblemContent
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import concerns, problems, rules, settings, undo, visit_json, visits, workbench
from jiafang_desktop.store import Store

NO_EXPLAINING = {"archive_outcomes": [name for name in OUTCOMES if name != "explained"]}


def explained(store: Store) -> str:
    """A visit for a concern, its only problem ended with an explanation."""
    by = store.operator
    concern = concerns.add(store, {"cadre": {"name": "张建国"}, "text": "想调动工作", "level": "ordinary"}, by=by).id
    content = visit(nothing_to_solve=False, concerns=(concern,))
    rec = visits.register(store, content, by=by, problems=[ProblemContent("想调动")]).id
    problems.resolve(store, rec, 1, text="已说明政策。", on=date(2026, 9, 20), outcome="explained", by=by)
    return rec


def told(store: Store, rec: str) -> set[str]:
    """The visit's state wherever it is told."""
    shown = visits.show(store, rec)
    by_list = {name for name in ("registered", "in_progress", "ready", "archived")
               if rec in store.visits.ids(VisitQuery(statuses=(name,)))}  # fmt: skip
    assert len(by_list) == 1
    return {shown.status, visit_json.visit_json(shown)["status"], *store.visits.facets(VisitQuery()), *by_list}


def test_an_outcome_the_rules_forbid_keeps_the_visit_in_progress_everywhere(office: Store) -> None:
    by = office.operator
    rec = explained(office)
    assert told(office, rec) == {"ready"}
    assert concerns.listing(office)[0].status == "done"
    changes = rules.set_rules(office, NO_EXPLAINING, by=by)
    assert told(office, rec) == {"in_progress"}
    assert concerns.listing(office)[0].status == "in_progress"
    bench = run_to_end(workbench.read(office, year=2026))
    assert bench.to_file == () and [row.key for row in bench.following] == [rec]
    with pytest.raises(UserError) as refused:
        visits.archive(office, rec, paper_at="柜", by=by)
    assert refused.value.code == "problems_open"
    undo.undo(office, changes, by=by)
    assert told(office, rec) == {"ready"}
    assert [row.key for row in run_to_end(workbench.read(office, year=2026)).to_file] == [rec]
    visits.archive(office, rec, paper_at="柜", by=by)
    rules.set_rules(office, NO_EXPLAINING, by=by)
    assert told(office, rec) == {"archived"}  # what is filed stays filed


def test_the_units_own_choice_counts_where_the_rules_say_nothing(office: Store) -> None:
    rec = explained(office)
    settings.change(office, by=office.operator, archive_outcomes=("solved",))
    assert told(office, rec) == {"in_progress"}
    rules.set_rules(office, {"archive_outcomes": ["explained"]}, by=office.operator)
    assert told(office, rec) == {"ready"}


def test_the_sheet_that_is_signed_but_held_back_says_why_it_waits(office: Store) -> None:
    by = office.operator
    rec = explained(office)
    rules.set_rules(office, NO_EXPLAINING, by=by)
    for state in ("printed", "signed"):
        visits.mark_paper(office, rec, state, on=date(2026, 9, 21), by=by)
    following = run_to_end(workbench.read(office, year=2026)).following
    assert [(row.step, row.problem.outcome if row.problem else None) for row in following] == [("again", "explained")]
