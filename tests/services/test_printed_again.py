"""A sheet printed again: a new one is signed by nobody, the same words stay signed, a batch tells how many."""

from __future__ import annotations

from datetime import UTC, date, datetime

from offices import visit

from jiafang_desktop.common import clock
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.services import batches, problems, undo, visit_history, visits
from jiafang_desktop.store import Store

DAY, LATER = date(2026, 9, 18), date(2026, 11, 24)


def signed(office: Store, **changed: object) -> str:
    rec = visits.register(office, visit(**changed), by=office.operator).id
    for state in ("printed", "signed", "sealed"):
        visits.mark_paper(office, rec, state, on=DAY, by=office.operator)
    return rec


def ticks(office: Store, rec: str) -> tuple[date | None, date | None, date | None]:
    paper = visits.show(office, rec).paper
    return paper.printed_on, paper.signed_on, paper.sealed_on


def test_a_sheet_that_says_something_else_is_signed_by_nobody_and_the_print_can_be_undone(office: Store) -> None:
    rec = signed(office)
    visits.edit(office, rec, {"account": "改过的记录。"}, by=office.operator)
    assert ticks(office, rec) == (DAY, DAY, DAY)
    printed = visits.mark_paper(office, rec, "printed", on=LATER, by=office.operator)
    assert ticks(office, rec) == (LATER, None, None)
    undo.undo(office, printed, by=office.operator)
    assert ticks(office, rec) == (DAY, DAY, DAY)


def test_the_same_words_again_leave_the_signature_unless_the_clerk_says_it_is_a_new_sheet(office: Store) -> None:
    rec = signed(office)
    visits.mark_paper(office, rec, "printed", on=LATER, by=office.operator)
    assert ticks(office, rec) == (LATER, DAY, DAY)
    visits.mark_paper(office, rec, "printed", on=LATER, by=office.operator, new_sheet=True)
    assert ticks(office, rec) == (LATER, None, None)


def test_a_tick_made_late_for_a_sheet_already_signed_takes_no_signature_away(office: Store) -> None:
    rec = visits.register(office, visit(), by=office.operator).id
    visits.mark_paper(office, rec, "signed", on=DAY, by=office.operator)
    visits.mark_paper(office, rec, "printed", on=DAY, by=office.operator)
    assert ticks(office, rec) == (DAY, DAY, None)


def test_several_printed_at_once_lose_only_the_signatures_under_other_words(office: Store) -> None:
    same, other = signed(office, date=date(2026, 9, 1)), signed(office, date=date(2026, 9, 2))
    visits.edit(office, other, {"resolution": "已协调解决。"}, by=office.operator)
    assert batches.signed_before(office, [same, other]) == 1
    batches.mark_printed(office, [same, other], on=LATER, by=office.operator)
    assert (ticks(office, same), ticks(office, other)) == ((LATER, DAY, DAY), (LATER, None, None))
    assert batches.signed_before(office, [same, other]) == 0


def test_the_history_says_that_the_signature_went_with_the_old_sheet(office: Store) -> None:
    rec = signed(office)
    visits.mark_paper(office, rec, "printed", on=LATER, by=office.operator, new_sheet=True)
    newest = visit_history.told(office, rec)[0]
    assert newest.act == "记为已打印、取消“已签名”、取消“已盖章”"


def test_the_history_of_a_visit_goes_by_time_and_then_by_place(office: Store) -> None:
    by = office.operator
    clock.set_clock(lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    rec = visits.register(office, visit(nothing_to_solve=False), by=by, problems=[ProblemContent("缺护理床")]).id
    clock.set_clock(lambda: datetime(2026, 11, 24, 11, tzinfo=UTC))
    problems.progress(office, rec, 1, text="联系过", on=LATER, by=by)
    clock.set_clock(lambda: datetime(2026, 11, 24, 10, tzinfo=UTC))  # another PC's clock, or one that was set back
    visits.edit(office, rec, {"remark": "补记"}, by=by)
    found = visits.history(office, rec)
    assert [view.wall for view in found] == sorted(view.wall for view in found)
    assert [sorted(view.after)[0] for view in found][-2:] == ["remark", "problem.1.progress"]
    assert [view.seq for view in found[:2]] == sorted(view.seq for view in found[:2])
