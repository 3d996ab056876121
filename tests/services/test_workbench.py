"""What waits: each number is its rows' length, open matters are carried over, every open sheet has one next step."""

from __future__ import annotations

from datetime import date, timedelta

from offices import visit

from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.concerns import ConcernContent
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.services import concerns, drafts, problems, visits, workbench
from jiafang_desktop.services.workbench import Workbench
from jiafang_desktop.store import Store

TODAY = date(2026, 11, 24)


def read(office: Store, year: int = 2026) -> Workbench:
    return run_to_end(workbench.read(office, year=year, today=TODAY))


def register(office: Store, *limits: date | None, **changed: object) -> str:
    content = visit(nothing_to_solve=not limits, number=None, **changed)
    found = tuple(ProblemContent(text=f"问题{place}", due_date=limit) for place, limit in enumerate(limits, start=1))
    return visits.register(office, content, by=office.operator, problems=found).id


def test_a_fresh_office_has_nothing_at_all(office: Store) -> None:
    bench = read(office)
    assert not bench.has_any
    assert (bench.problems, bench.unsigned, bench.to_file, bench.drafts, bench.following) == ((), (), (), (), ())
    assert bench.visits == bench.archived == bench.cadres == 0


def test_problems_stand_by_their_limits_and_say_how_long_they_are_overdue(office: Store) -> None:
    late = register(office, TODAY - timedelta(days=3), None)
    soon = register(office, TODAY + timedelta(days=2), date=date(2026, 10, 1))
    bench = read(office)
    assert [(row.key, row.days_left) for row in bench.problems] == [(late, -3), (soon, 2), (late, None)]
    assert [row.key for row in bench.overdue] == [late]
    assert [(row.key, row.step) for row in bench.following] == [(late, "problem"), (soon, "problem")]


def test_concerns_wait_to_be_judged_and_visited_for_and_only_limits_of_their_own_are_overdue(office: Store) -> None:
    by = office.operator
    asked = [ConcernContent(name=name, text="老人住院") for name in ("甲甲", "乙乙", "丙丙")]
    ids = [added.id for added in concerns.add_many(office, asked, by=by)]
    concerns.triage(office, ids[1], level="ordinary", by=by)
    concerns.triage(office, ids[2], level="ordinary", due=TODAY - timedelta(days=2), by=by)
    bench = read(office)
    assert bench.has_any and bench.unjudged == 1
    assert {(row.key, row.step) for row in bench.concerns} == {
        (ids[0], "triage"), (ids[1], "visit"), (ids[2], "visit"),
    }  # fmt: skip
    assert [row.key for row in bench.overdue] == [ids[2]]
    assert [row.key for row in bench.following] == [ids[2], ids[0], ids[1]]
    concerns.decline(office, ids[0], reason="已当面说明", by=by)
    bench = read(office)
    assert [row.key for row in bench.unreported] == [ids[0]] and bench.unjudged == 0
    concerns.mark_reported(office, ids[0], on=TODAY, by=by)
    assert read(office).unreported == ()


def test_a_problem_of_last_year_is_carried_over(office: Store) -> None:
    register(office, date(2025, 12, 1), date=date(2025, 11, 3))
    bench = read(office)
    assert len(bench.overdue) == 1
    assert bench.visits == 0
    assert read(office, 2025).visits == 1


def test_a_sheet_goes_from_printing_to_signing_to_the_file(office: Store) -> None:
    one = register(office)
    by = office.operator

    def step() -> str:
        return read(office).following[0].step

    assert step() == "print"
    assert [row.step for row in read(office).unsigned] == ["print"]
    visits.mark_paper(office, one, "printed", on=TODAY, by=by)
    assert step() == "sign"
    visits.mark_paper(office, one, "signed", on=TODAY, by=by)
    assert read(office).unsigned == ()
    assert step() == "archive"
    assert [row.key for row in read(office).to_file] == [one]
    visits.mark_paper(office, one, "sealed", on=TODAY, by=by)
    visits.archive(office, one, paper_at="文件柜", by=by)
    bench = read(office)
    assert bench.following == () and bench.to_file == ()
    assert (bench.visits, bench.archived) == (1, 1)
    assert bench.months[8] == workbench.Month(1, 1, 0)


def test_a_sheet_changed_after_printing_has_to_be_printed_again(office: Store) -> None:
    one = register(office)
    visits.mark_paper(office, one, "printed", on=TODAY, by=office.operator)
    visits.edit(office, one, {"account": "改过的记录。"}, by=office.operator)
    bench = read(office)
    assert [row.key for row in bench.reprint] == [one]
    assert bench.following[0].step == "reprint"


def test_a_solved_problem_waits_no_longer_and_a_void_visit_asks_nothing(office: Store) -> None:
    one = register(office, TODAY)
    problems.resolve(office, one, 1, text="已办好", on=TODAY, outcome="solved", by=office.operator)
    gone = register(office, TODAY)
    visits.delete(office, gone, reason="重复登记", by=office.operator)
    bench = read(office)
    assert bench.problems == ()
    assert [row.key for row in bench.to_file] == [one]
    assert {row.key for row in bench.following} == {one}


def test_sheets_somebody_began_are_counted_newest_first(office: Store) -> None:
    drafts.keep(office, "visit:new:a", {"visitee_name": "张建国", "form": {}})
    bench = read(office)
    assert bench.has_any
    assert [(row.key, row.step) for row in bench.drafts] == [("visit:new:a", "draft")]
