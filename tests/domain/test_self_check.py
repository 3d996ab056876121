"""资料自查: one finding per thing that is missing, none for what is not due yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jiafang_desktop.domain.inspection import TITLES, in_order, of_numbers, of_visit
from jiafang_desktop.domain.problems import Problem, ProblemContent
from jiafang_desktop.domain.visits import Leader, Paper, Visit, VisitContent, Visitee

TODAY = date(2026, 11, 24)
WHOLE = Visit(
    "v", VisitContent(
        number=5, visitee=Visitee("张建国", "主任", None, "东街村", "无", "无"), date=date(2026, 9, 16),
        leaders=(Leader("钱永和", "镇长"),), account="家访。", resolution="已办。", nothing_to_solve=True,
    ), registered=True, recorded_on=date(2026, 9, 17),
    paper=Paper(date(2026, 9, 17), date(2026, 9, 18), date(2026, 9, 19), "档案柜"), archived_on=date(2026, 9, 20),
)  # fmt: skip
OPEN = Problem("p", "v", 1, ProblemContent("缺人照料", due_date=date(2026, 10, 1)))


def codes(visit: Visit, *, late: bool = False, reprint: bool = False, scan: bool = False) -> list[str]:
    found = of_visit(visit, today=TODAY, late=late, needs_reprint=reprint, has_scan=scan, unit="德政镇")
    return [finding.code for finding in found]


def test_a_filed_record_lacks_nothing() -> None:
    assert codes(WHOLE) == []
    assert codes(replace(WHOLE, archived_on=None)) == ["not_archived"]


def test_each_missing_step_of_the_paper_is_named() -> None:
    fresh = replace(WHOLE, archived_on=None, paper=Paper())
    assert codes(fresh) == ["not_printed", "not_signed", "not_sealed", "no_paper"]
    assert codes(fresh, scan=True) == []
    printed = replace(fresh, paper=Paper(printed_on=TODAY))
    assert codes(printed, reprint=True) == ["needs_reprint", "not_signed", "not_sealed", "no_paper"]


def test_what_comes_with_the_resolution_is_not_asked_for_before() -> None:
    waiting = replace(
        WHOLE, archived_on=None, problems=(OPEN,), paper=Paper(TODAY, TODAY),
        content=replace(WHOLE.content, resolution=None, nothing_to_solve=False),
    )  # fmt: skip
    assert codes(waiting) == ["problems_open_late"]
    in_time = replace(OPEN, content=replace(OPEN.content, due_date=TODAY))
    assert codes(replace(waiting, problems=(in_time,))) == []


def test_empty_cells_late_entries_and_unsaid_problems_are_named() -> None:
    content = replace(WHOLE.content, account=None, nothing_to_solve=False)
    bare = replace(WHOLE, content=content)
    found = list(of_visit(bare, today=TODAY, late=True, needs_reprint=False, has_scan=False, unit="德政镇"))
    assert [one.code for one in found] == ["form_incomplete", "nothing_said", "late_without_reason"]
    assert found[0].fields == ("account",) and "家访情况记录" in found[0].message
    assert codes(replace(bare, content=replace(content, late_entry_reason="出差")), late=True)[-1] == "nothing_said"


def test_gaps_and_doubles_of_each_ledger_are_named_once() -> None:
    taken = [("德政镇", 2026, number) for number in (4, 5, 5, 8, 9, 12)] + [("车往镇", 2026, 1), ("德政镇", 2025, 1)]
    found = in_order(of_numbers(taken))
    assert [(one.code, one.number) for one in found] == [
        ("number_missing", 1), ("number_twice", 5), ("number_missing", 6), ("number_missing", 10),
    ]  # fmt: skip
    assert "纸质台账" in found[0].message and "6至7" in found[2].message
    assert all(one.visit is None and one.unit == "德政镇" for one in found)
    assert {one.code for one in found} <= set(TITLES)
