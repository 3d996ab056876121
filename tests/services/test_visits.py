"""Recording visits and changing them, over a real store: numbers, refusals, the recycle bin and history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import Edit
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee, VisitQuery
from jiafang_desktop.services import problems, visits
from jiafang_desktop.services.visits import NewVisit
from jiafang_desktop.store import Store


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    assert caught.value.message.endswith("。")
    return caught.value


def add(store: Store, **changed: Any) -> str:
    return visits.register(store, visit(**changed), by=store.operator).id


def number(store: Store, visit_id: str) -> int | None:
    return visits.show(store, visit_id).number


# ------------------------------------------------------------------------------------------- recording


def test_a_registered_visit_is_stored_whole_with_its_number(office: Store) -> None:
    made = visits.register(office, visit(), by=office.operator)
    kept = visits.show(office, made.id)
    assert made.number == 1 and made.changes.ids("visit") == (made.id,)
    assert kept.content == visit(number=1)
    assert (kept.registered, kept.recorded_on, kept.status) == (True, date(2026, 11, 24), "ready")


def test_numbers_run_on_per_year_and_a_typed_one_is_gone_on_from(office: Store) -> None:
    assert number(office, add(office)) == 1
    assert number(office, add(office, number=10)) == 10
    assert number(office, add(office)) == 11
    assert number(office, add(office, date=date(2025, 12, 30))) == 1


def test_a_number_is_taken_for_good_by_void_records_too(office: Store) -> None:
    first = add(office, number=7)
    visits.delete(office, first, reason="重复登记", by=office.operator)
    error = refusal(visits.register, office, visit(number=7), by=office.operator)
    assert (error.code, error.details["field"], error.details["visit"]) == ("number_taken", "number", first)
    assert visits.register(office, visit(number=7, date=date(2025, 9, 1)), by=office.operator).number == 7


def test_each_unit_of_the_county_has_its_own_numbers(county_office: Store) -> None:
    assert number(county_office, add(county_office, unit="德政镇")) == 1
    assert number(county_office, add(county_office, unit="双井镇")) == 1
    assert number(county_office, add(county_office, unit="德政镇")) == 2
    assert number(county_office, add(county_office)) == 1


def test_a_unit_keeps_no_ledger_but_its_own(office: Store) -> None:
    assert visits.show(office, add(office, unit="德政镇")).content.unit is None
    error = refusal(visits.register, office, visit(unit="双井镇"), by=office.operator)
    assert (error.code, error.details["field"]) == ("bad_input", "unit")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (VisitContent(visitee=Visitee("张建国")), "date"), (VisitContent(date=date(2026, 9, 16)), "visitee.name"),
        (visit(visitee_name=" 　"), "visitee.name"), (visit(leaders=(Leader("", "镇长"),)), "leaders"),
        (visit(place="road"), "place"), (visit(number=0), "number"),
    ],
)  # fmt: skip
def test_what_cannot_be_registered_is_refused_at_its_field(office: Store, content: VisitContent, field: str) -> None:
    error = refusal(visits.register, office, content, by=office.operator)
    assert (error.code, error.details["field"]) == ("bad_input", field)
    assert office.counts()["visits"] == 0


def test_whom_and_when_is_enough_to_register(office: Store) -> None:
    bare = VisitContent(visitee=Visitee("张建国"), date=date(2026, 9, 16))
    assert visits.show(office, visits.register(office, bare, by=office.operator).id).status == "registered"


def test_days_to_come_stop_nobody_since_clocks_can_be_wrong(office: Store) -> None:
    assert number(office, add(office, date=date(2027, 3, 1))) == 1


def test_problems_come_with_the_visit_in_one_transaction(office: Store) -> None:
    found = (ProblemContent("夜间值班多"), ProblemContent("希望改善伙食", "advice", "ordinary"))
    made = visits.register(office, visit(nothing_to_solve=False), by=office.operator, problems=found)
    kept = visits.show(office, made.id)
    assert [(p.position, p.content) for p in kept.problems] == [(1, found[0]), (2, found[1])]
    assert kept.status == "registered" and len(made.changes.records) == 3
    error = refusal(visits.register, office, visit(), by=office.operator, problems=found)
    assert error.details["field"] == "nothing_to_solve"


def test_many_are_added_all_or_none(office: Store) -> None:
    wrong = [visit(), visit(number=3), visit(number=3)]
    error = refusal(visits.add_many, office, wrong, by=office.operator)
    assert (error.code, error.details["index"]) == ("number_taken", 2)
    assert "第3条" in error.message and office.counts()["visits"] == 0
    made = visits.add_many(office, [visit(), visit(number=1), NewVisit(visit()), visit(number=9)], by=office.operator)
    assert [one.number for one in made] == [2, 1, 3, 9]
    assert len({one.id for one in made}) == 4


def test_a_draft_has_no_number_and_gets_one_at_registration(office: Store) -> None:
    draft = visits.add_many(office, [VisitContent(visitee=Visitee("张建国"))], by=office.operator, draft=True)[0]
    kept = visits.show(office, draft.id)
    assert (draft.number, kept.status, kept.recorded_on) == (None, "draft", None)
    assert visits.listing(office, VisitQuery()) == []
    assert refusal(visits.register_stored, office, draft.id, by=office.operator).details["field"] == "date"
    visits.edit(office, draft.id, {"date": "2026-09-16"}, by=office.operator)
    assert visits.register_stored(office, draft.id, by=office.operator).number == 1
    assert visits.show(office, draft.id).status == "registered"


def test_typed_radicals_are_kept_as_the_characters_they_look_like(office: Store) -> None:
    kept = visits.show(office, add(office, visitee_address="⼤⾟庄村⼀组", account="⼀切都好")).content
    assert (kept.visitee.address, kept.account) == ("大辛庄村一组", "一切都好")


# ------------------------------------------------------------------------------------------- changing


def test_an_edit_writes_what_changed_and_nothing_where_nothing_did(office: Store) -> None:
    rec = add(office)
    changes = visits.edit(office, rec, {"matter": "慢性病门诊", "remark": ""}, by=office.operator)
    assert [record.fields for record in changes.records] == [("matter",)]
    assert visits.edit(office, rec, {"matter": " 慢性病门诊 "}, by=office.operator).records == ()
    kept = visits.show(office, rec).content
    assert kept == visit(number=1, matter="慢性病门诊")


@pytest.mark.parametrize(
    ("patch", "code", "field"),
    [
        ({"deleted": True}, "unknown_field", "deleted"), ({"date": "2026-02-30"}, "bad_date", "date"),
        ({"date": None}, "bad_input", "date"), ({"visitee_name": None}, "bad_input", "visitee.name"),
        ({"number": None}, "bad_input", "number"), ({"leaders": "钱永和"}, "bad_input", "leaders"),
    ],
)  # fmt: skip
def test_a_bad_patch_changes_nothing(office: Store, patch: dict[str, Any], code: str, field: str) -> None:
    rec = add(office)
    error = refusal(visits.edit, office, rec, patch, by=office.operator)
    assert (error.code, error.details["field"]) == (code, field)
    assert visits.show(office, rec).content == visit(number=1)


def test_a_date_moved_into_another_year_gets_that_years_next_number(office: Store) -> None:
    add(office, date=date(2025, 5, 1))
    rec = add(office)
    changes = visits.edit(office, rec, {"date": "2025-09-16"}, by=office.operator)
    assert number(office, rec) == 2
    assert set(changes.records[0].fields) == {"date", "number"}
    visits.edit(office, rec, {"date": "2026-09-16", "number": 5}, by=office.operator)
    assert number(office, rec) == 5


def test_a_printed_number_does_not_change_by_itself(office: Store) -> None:
    rec = add(office)
    visits.mark_paper(office, rec, "printed", on=date(2026, 9, 17), by=office.operator)
    error = refusal(visits.edit, office, rec, {"date": "2025-09-16"}, by=office.operator)
    assert (error.code, error.details["field"]) == ("number_printed", "number")
    assert (
        refusal(visits.edit, office, rec, {"date": "2025-09-16", "number": None}, by=office.operator).code
        == "number_printed"
    )
    visits.edit(office, rec, {"date": "2025-09-16", "number": 3}, by=office.operator)
    assert number(office, rec) == 3


def test_a_number_can_be_retyped_but_not_to_a_taken_one(office: Store) -> None:
    first, second = add(office), add(office)
    assert refusal(visits.edit, office, second, {"number": 1}, by=office.operator).code == "number_taken"
    visits.edit(office, second, {"number": 2}, by=office.operator)
    visits.edit(office, second, {"number": 30}, by=office.operator)
    assert (number(office, first), number(office, second)) == (1, 30)


def test_an_unknown_record_is_told(office: Store) -> None:
    for verb in (visits.show, visits.history):
        assert refusal(verb, office, "nobody").code == "not_found"
    assert refusal(visits.edit, office, "nobody", {}, by=office.operator).code == "not_found"


# ------------------------------------------------------------------------------------------- void and filed


def test_a_void_record_is_read_only_until_it_is_restored(office: Store) -> None:
    rec = add(office)
    assert refusal(visits.delete, office, rec, reason="  ", by=office.operator).details["field"] == "reason"
    assert refusal(visits.restore, office, rec, by=office.operator).code == "not_void"
    visits.delete(office, rec, reason="重复登记", by=office.operator)
    kept = visits.show(office, rec)
    assert (kept.status, kept.delete_reason, kept.number) == ("void", "重复登记", 1)
    for verb, args, named in (
        (visits.edit, ({"matter": "x"},), {}), (visits.delete, (), {"reason": "again"}),
        (visits.mark_paper, ("signed",), {"on": date(2026, 9, 18)}), (visits.archive, (), {"paper_at": "柜"}),
        (problems.add, (ProblemContent("问题"),), {}),
    ):  # fmt: skip
        assert refusal(verb, office, rec, *args, by=office.operator, **named).code == "void"
    assert visits.listing(office, VisitQuery()) == []
    visits.restore(office, rec, by=office.operator)
    assert visits.show(office, rec).content == visit(number=1)


def test_a_filed_record_is_only_corrected_with_a_reason(office: Store) -> None:
    rec = add(office)
    assert (
        refusal(visits.correct, office, rec, {"matter": "x"}, reason="错字", by=office.operator).code == "not_archived"
    )
    visits.archive(office, rec, paper_at="党政办文件柜", by=office.operator)
    for verb, args, named in (
        (visits.edit, ({"matter": "x"},), {}), (visits.delete, (), {"reason": "again"}),
        (visits.mark_paper, ("signed",), {"on": date(2026, 9, 18)}), (problems.add, (ProblemContent("问题"),), {}),
    ):  # fmt: skip
        assert refusal(verb, office, rec, *args, by=office.operator, **named).code == "archived"
    assert (
        refusal(visits.correct, office, rec, {"matter": "x"}, reason="", by=office.operator).details["field"]
        == "reason"
    )
    visits.correct(office, rec, {"visitee_address": "东街村建设路38号"}, reason="门牌号写错", by=office.operator)
    kept = visits.show(office, rec)
    assert (kept.status, kept.content.visitee.address) == ("archived", "东街村建设路38号")
    last = visits.history(office, rec)[-1]
    assert (last.before["visitee_address"], last.after["visitee_address"]) == ("东街村建设路36号", "东街村建设路38号")
    assert last.after["correction_reason"] == "门牌号写错"


def test_a_correction_leaves_a_record_that_could_be_filed(office: Store) -> None:
    rec = add(office)
    visits.archive(office, rec, paper_at="党政办文件柜", by=office.operator)
    for patch, code in (({"account": None}, "form_incomplete"), ({"nothing_to_solve": False}, "problems_open")):
        assert refusal(visits.correct, office, rec, patch, reason="改", by=office.operator).code == code


# ------------------------------------------------------------------------------------------- reading


def test_history_tells_who_changed_what_in_the_visit_and_its_problems(office: Store) -> None:
    rec = add(office, nothing_to_solve=False)
    problems.add(office, rec, ProblemContent("夜间值班多"), by=office.operator)
    problems.resolve(office, rec, 1, text="每月两次", on=date(2026, 10, 1), by=office.operator)
    visits.edit(office, rec, {"matter": "值班"}, by=office.operator)
    found = visits.history(office, rec)
    assert [set(view.after) & {"matter", "problem.1.text", "problem.1.outcome"} for view in found][1:] == [
        {"problem.1.text", "problem.1.outcome"}, {"problem.1.outcome"}, {"matter"},
    ]  # fmt: skip
    assert found[-1].before["matter"] == "母亲患病"
    assert [view.seq for view in found] == sorted(view.seq for view in found)


def test_lists_are_ordered_by_unit_year_and_number(office: Store) -> None:
    add(office, number=3)
    add(office, number=1)
    add(office, date=date(2025, 12, 1))
    assert [(v.content.date.year, v.number) for v in visits.listing(office, VisitQuery()) if v.content.date] == [
        (2025, 1), (2026, 1), (2026, 3),
    ]  # fmt: skip
    assert len(visits.listing(office, VisitQuery(year=2026, quarter=3))) == 2
    assert len(visits.listing(office, VisitQuery(text="zjg"))) == 3


def test_a_late_entry_is_derived_from_when_it_was_recorded(office: Store) -> None:
    late, in_time = add(office, date=date(2026, 9, 30)), add(office, date=date(2026, 10, 1))
    assert visits.late_entry(visits.show(office, late))
    assert not visits.late_entry(visits.show(office, in_time))
    assert not visits.late_entry(visits.show(office, late), days=60)


def test_the_content_given_is_left_as_it_was(office: Store) -> None:
    content = visit()
    before = replace(content)
    visits.register(office, content, by=office.operator)
    assert content == before


def test_an_edit_leaves_what_came_from_elsewhere_letter_for_letter(office: Store) -> None:
    rec = add(office)
    odd = {"account": "　　看：院落整洁。 \n", "visitee_post": "长" * 2000}
    office.append([Edit("visit", rec, odd)], by=office.operator)
    changes = visits.edit(office, rec, {"matter": "甲"}, by=office.operator)
    assert changes.records[0].fields == ("matter",)
    assert visits.show(office, rec).content.account == odd["account"]


def test_none_to_solve_is_refused_only_where_it_is_typed(office: Store) -> None:
    made = visits.register(
        office, visit(nothing_to_solve=False), by=office.operator, problems=(ProblemContent("夜间值班多"),)
    )
    error = refusal(visits.edit, office, made.id, {"nothing_to_solve": True}, by=office.operator)
    assert (error.code, error.details["field"]) == ("bad_input", "nothing_to_solve")
    visits.edit(office, made.id, {"matter": "值班"}, by=office.operator)
