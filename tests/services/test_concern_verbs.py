"""诉求 over a real store: taking them down, 分析研判, going on a visit for them, and reporting what came of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.domain.concerns import ConcernContent
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.services import concern_json, concerns, leaders, problems, rosters, rules, undo, visits
from jiafang_desktop.services.concerns import NewConcern
from jiafang_desktop.store import Store

C = {
    "cadre": {"name": "张建国", "unit": "德政镇", "post": "农业综合服务中心主任"}, "raised_on": "2026-11-20",
    "source": "mini_program", "text": "母亲卧床，夜班无人照料", "priority": "illness", "level": None,
}  # fmt: skip
TEN = {"levels": {"ordinary": {"role": "unit_head", "limit": {"working_days": 10}}}}
TABLE = {
    "leaders": [
        {"name": "周文斌", "post": "副镇长", "role": "deputy_in_charge"},
        {"name": "钱永和", "post": "党委书记", "role": "unit_head", "from": "2026-01-01"},
    ]
}


def refusal(call: Callable[..., Any], *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as refused:
        call(*args, **named)
    return refused.value


def taken(store: Store, **changed: Any) -> str:
    return concerns.add(store, C | changed, by=store.operator).id


def at(day: date) -> None:
    clock.set_clock(lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


# ------------------------------------------------------------------------------------------- taking down


def test_a_concern_is_taken_down_numbered_and_waits_for_its_level(office: Store) -> None:
    first = concerns.add(office, C, by=office.operator)
    second = concerns.add(office, C | {"cadre": {"name": "李思雨"}, "raised_on": None}, by=office.operator)
    assert (first.number, second.number) == (1, 2)
    found = concern_json.concern_json(concerns.show(office, first.id))
    assert (found["status"], found["level"], found["due_date"], found["overdue"]) == ("new", None, None, False)
    assert found["cadre"]["name"] == "张建国" and found["cadre"]["unit"] == "德政镇"
    assert concerns.show(office, first.id).concern.content.unit is None  # our own: it follows a new name
    assert office.counts()["concerns"] == 2


def test_many_are_taken_down_all_or_none(office: Store) -> None:
    error = refusal(concerns.read_json, [C, C | {"raised_on": "2026-12-01"}])
    assert (error.code, error.details) == (
        "bad_date", {"field": "raised_on", "value": "2026-12-01", "index": 1}
    )  # fmt: skip
    added = concerns.add_many(office, concerns.read_json([C, C, C]), by=office.operator)
    assert [one.number for one in added] == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"colour": "red"}, "unknown_field", "colour"),
        ({"cadre": {"name": "甲", "age": 3}}, "unknown_field", "cadre.age"),
        ({"cadre": {"name": " "}}, "bad_input", "cadre.name"), ({"cadre": "张建国"}, "bad_input", "cadre.name"),
        ({"text": ""}, "bad_input", "text"), ({"text": 3}, "bad_input", "text"),
        ({"source": "tv"}, "bad_input", "source"),
        ({"priority": "urgent"}, "bad_input", "priority"), ({"level": "heavy"}, "bad_input", "level"),
        ({"raised_on": "2026-02-30"}, "bad_date", "raised_on"), ({"raised_on": "2026.11.3"}, "bad_date", "raised_on"),
        ({"raised_on": "2026-11-25"}, "bad_date", "raised_on"), ({"raised_on": "1026-11-25"}, "bad_date", "raised_on"),
        ({"raised_on": 20261103}, "bad_date", "raised_on"), ({"text": "半个\ud83d字"}, "bad_input", "text"),
    ],
)  # fmt: skip
def test_what_c_json_does_not_allow_is_refused_by_its_name(
    office: Store, wrong: dict[str, Any], code: str, field: str
) -> None:
    error = refusal(concerns.add, office, C | wrong, by=office.operator)
    assert (error.code, error.details["field"]) == (code, field)
    assert concerns.listing(office) == []


def test_blank_words_are_read_as_null(office: Store) -> None:
    rec = taken(office, priority="", raised_on="", level="", cadre={"name": "张建国", "unit": "", "post": " "})
    kept = concerns.show(office, rec).concern.content
    assert (kept.priority, kept.raised_on, kept.unit, kept.post) == (None, None, None, None)


def test_the_rosters_person_is_noted_where_only_one_can_be_meant(office: Store) -> None:
    one, _ = rosters.add_person(office, CadreContent("张建国", unit="德政镇", section="党政办"), by=office.operator)
    content = concerns.show(office, taken(office)).concern.content
    assert (content.cadre, content.section) == (one, "党政办")
    rosters.add_person(office, CadreContent("张建国", unit="德政镇"), by=office.operator)
    assert concerns.show(office, taken(office)).concern.content.cadre is None


def test_what_was_typed_can_be_changed_and_taken_back(office: Store) -> None:
    rec = taken(office)
    changes = concerns.edit(office, rec, {"text": "想调整夜班", "post": None}, by=office.operator)
    content = concerns.show(office, rec).concern.content
    assert (content.text, content.post, content.name) == ("想调整夜班", None, "张建国")
    undo.undo(office, changes, by=office.operator)
    assert concerns.show(office, rec).concern.content.text == C["text"]
    assert refusal(concerns.edit, office, rec, {"level": "grave"}, by=office.operator).code == "unknown_field"
    assert refusal(concerns.edit, office, rec, {"name": ""}, by=office.operator).code == "bad_input"
    assert len(concerns.history(office, rec)) == 3


# ------------------------------------------------------------------------------------------- 分析研判


def test_without_rules_the_day_is_suggested_and_never_overdue(office: Store) -> None:
    rec = taken(office)
    done = concern_json.triage_json(concerns.triage(office, rec, level="ordinary", by=office.operator))
    assert {"id", "level", "responsible_role", "responsible", "due_date", "due_basis"} <= set(done)
    assert (done["responsible_role"], done["responsible"]) == ("deputy_in_charge", None)
    assert (done["due_date"], done["due_basis"]) == ("2026-12-15", "suggested")
    at(date(2027, 3, 1))
    assert not concerns.show(office, rec).overdue
    assert [view.id for view in concerns.listing(office, due_before=date(2027, 1, 1))] == [rec]


def test_rules_and_the_leaders_table_lead_to_a_person_and_a_day(office: Store) -> None:
    at(date(2026, 9, 22))
    rules.set_rules(office, TEN, by=office.operator)
    leaders.set_leaders(office, TABLE, by=office.operator)
    rec = taken(office, raised_on=None)
    done = concern_json.triage_json(concerns.triage(office, rec, level="ordinary", by=office.operator))
    assert (done["responsible_role"], done["responsible"], done["responsible_post"]) == (
        "unit_head", "钱永和", "党委书记"
    )  # fmt: skip
    assert (done["due_date"], done["due_basis"]) == ("2026-10-13", "rule")
    at(date(2026, 10, 13))
    assert not concerns.show(office, rec).overdue
    at(date(2026, 10, 14))
    assert concerns.show(office, rec).overdue


def test_an_items_own_limit_comes_first_and_a_day_gone_by_is_said(office: Store) -> None:
    rec = taken(office)
    done = concerns.triage(office, rec, level="serious", due=date(2026, 11, 20), by=office.operator)
    assert done.view.due is not None
    assert (done.view.due.basis, done.view.overdue) == ("item", True)
    assert "已经过了" in done.warnings[0]


def test_counting_into_a_year_without_holidays_is_said(office: Store) -> None:
    at(date(2026, 12, 28))
    done = concerns.triage(office, taken(office), level="ordinary", by=office.operator)
    assert any("2027年" in words for words in done.warnings)


def test_later_rules_move_suggestions_but_no_rule_a_concern_was_given(office: Store) -> None:
    suggested, ruled = taken(office), taken(office)
    concerns.triage(office, suggested, level="ordinary", by=office.operator)
    rules.set_rules(office, TEN, by=office.operator)
    concerns.triage(office, ruled, level="ordinary", by=office.operator)
    before = concerns.show(office, ruled)
    assert concerns.show(office, suggested).due == before.due
    rules.set_rules(
        office, {"levels": {"ordinary": {"role": "county_leader", "limit": {"working_days": 1}}}}, by=office.operator
    )
    assert concerns.show(office, ruled) == before
    assert concerns.show(office, suggested).role == "county_leader"


def test_a_higher_level_is_proposed_with_a_reason_and_the_level_stays(office: Store) -> None:
    rec = taken(office)
    concerns.triage(office, rec, level="ordinary", by=office.operator)
    done = concerns.triage(office, rec, level="grave", propose=True, reason="需县里协调", by=office.operator)
    assert done.view.concern.level == "ordinary"
    assert done.view.concern.proposal is not None
    assert (done.view.concern.proposal.level, done.view.concern.proposal.reason) == ("grave", "需县里协调")
    lower = refusal(concerns.triage, office, rec, level="ordinary", propose=True, by=office.operator)
    assert (lower.code, lower.details["field"]) == ("bad_input", "level")
    dated = refusal(
        concerns.triage, office, rec, level="grave", due=date(2026, 12, 1), propose=True, by=office.operator
    )
    assert dated.details["field"] == "due"
    assert concerns.triage(office, rec, level="grave", by=office.operator).view.concern.proposal is None


def test_the_countys_level_is_kept_by_the_unit(office: Store) -> None:
    rec = taken(office, source="county", level="ordinary")
    view = concerns.show(office, rec)
    assert (view.status, view.concern.level) == ("assigned", "ordinary")
    error = refusal(concerns.triage, office, rec, level="serious", by=office.operator)
    assert (error.code, concerns.show(office, rec).concern.level) == ("level_by_county", "ordinary")
    same = concerns.triage(office, rec, level="ordinary", due=date(2026, 12, 1), by=office.operator)
    assert same.view.due is not None and same.view.due.basis == "item"
    assert concerns.triage(office, rec, level="grave", propose=True, by=office.operator).view.concern.proposal


def test_at_the_county_each_unit_has_its_own_register(county_office: Store) -> None:
    items = [NewConcern(ConcernContent(name, unit=unit, text="困难")) for name, unit in (
        ("张建国", "魏城镇"), ("李思雨", "德政镇"), ("王五", "魏城镇"),
    )]  # fmt: skip
    concerns.add_many(county_office, items, by=county_office.operator)
    assert [(view.unit, view.concern.number) for view in concerns.listing(county_office)] == [
        ("德政镇", 1), ("魏城镇", 1), ("魏城镇", 2)
    ]  # fmt: skip
    rec = concerns.listing(county_office, unit="德政镇")[0].id
    leaders.set_leaders(
        county_office, [{"name": "陈志远", "role": "county_leader", "units": ["德政镇"]}], by=county_office.operator
    )
    done = concerns.triage(county_office, rec, level="grave", by=county_office.operator)
    assert done.view.responsible is not None and done.view.responsible.name == "陈志远"
    assert done.view.concern.triage is not None and done.view.concern.triage.by_side == "county"


# ------------------------------------------------------------------------------------------- visits for it


def test_a_concern_is_as_far_as_its_visits_and_their_problems(office: Store) -> None:
    rec, by = taken(office), office.operator
    concerns.triage(office, rec, level="ordinary", by=by)
    made = visits.register(
        office, visit(concerns=(rec,), nothing_to_solve=False), by=by, problems=[ProblemContent("缺护理床")]
    )
    assert concerns.show(office, rec).status == "visited"
    problems.progress(office, made.id, 1, text="已联系民政所", on=date(2026, 11, 24), by=by)
    assert concerns.show(office, rec).status == "in_progress"
    problems.resolve(office, made.id, 1, text="已借到", on=date(2026, 11, 24), by=by)
    assert (concerns.show(office, rec).status, [view.id for view in concerns.unreported(office)]) == ("done", [rec])
    visits.archive(office, made.id, paper_at="柜", by=by)
    assert concerns.show(office, rec).status == "archived"
    concerns.mark_reported(office, rec, on=date(2026, 11, 24), by=by)
    assert concerns.unreported(office) == []
    assert concerns.listing(office, unreported=True) == []


def test_concerns_and_visits_are_many_to_many_and_void_visits_do_not_count(office: Store) -> None:
    one, two, by = taken(office), taken(office, text="孩子上学"), office.operator
    first = visits.register(office, visit(concerns=(one, two)), by=by)
    second = visits.register(office, visit(concerns=(two,)), by=by)
    assert [v.id for v in concerns.show(office, two).concern.visits] == [first.id, second.id]
    visits.delete(office, first.id, reason="重复", by=by)
    assert concerns.show(office, one).status == "new"
    assert [v.id for v in concerns.show(office, two).concern.visits] == [second.id]
    visits.edit(office, second.id, {"concerns": []}, by=by)
    assert concerns.show(office, two).status == "new"


def test_an_unknown_concern_is_refused_and_another_persons_is_told(office: Store) -> None:
    rec, by = taken(office), office.operator
    error = refusal(visits.register, office, visit(concerns=("concern-none",)), by=by)
    assert (error.code, error.details["field"]) == ("not_found", "concerns")
    assert visits.register(office, visit(concerns=(rec,)), by=by).warnings == ()
    other = visits.register(office, visit(concerns=(rec,), visitee_name="李思雨"), by=by)
    assert "张建国" in other.warnings[0] and "李思雨" in other.warnings[0]
    concerns.delete(office, rec, reason="重复", by=by)
    assert refusal(visits.register, office, visit(concerns=(rec,)), by=by).code == "not_found"
    visits.edit(office, other.id, {"matter": "看望"}, by=by)  # what it names already is not asked again


def test_a_leader_visiting_himself_and_days_that_can_not_be_are_told_not_refused(office: Store) -> None:
    by = office.operator
    himself = visits.register(office, visit(visitee_name="钱永和"), by=by)
    assert "钱永和" in himself.warnings[0]
    assert "之后" in visits.register(office, visit(date=date(2026, 12, 1)), by=by).warnings[0]
    cadre, _ = rosters.add_person(office, CadreContent("张建国", birth_date="2005-03"), by=by)
    early = visits.register(office, visit(date=date(2004, 1, 1), visitee_cadre=cadre), by=by)
    assert "出生年月" in early.warnings[0]


def test_rules_decide_which_outcomes_let_a_visit_be_filed(office: Store) -> None:
    by = office.operator
    made = visits.register(office, visit(nothing_to_solve=False), by=by, problems=[ProblemContent("要求提级")])
    problems.resolve(office, made.id, 1, text="政策不允许", on=date(2026, 11, 1), outcome="explained", by=by)
    rules.set_rules(office, {"archive_outcomes": ["solved", "referred"]}, by=by)
    error = refusal(visits.archive, office, made.id, paper_at="柜", by=by)
    assert error.code == "problems_open" and "政策所限已解释说明" in error.message
    rules.set_rules(office, {"archive_outcomes": ["explained"]}, by=by)
    visits.archive(office, made.id, paper_at="柜", by=by)


# ------------------------------------------------------------------------------------------- elsewhere, lists, report


def test_a_concern_goes_elsewhere_or_back_with_a_reason(office: Store) -> None:
    rec, by = taken(office), office.operator
    assert refusal(concerns.refer, office, rec, reason=" ", by=by).details["field"] == "reason"
    concerns.refer(office, rec, reason="转民政所办理", by=by)
    assert concerns.show(office, rec).status == "referred"
    for call in (concerns.refer, concerns.decline):
        assert refusal(call, office, rec, reason="再转", by=by).code == "concern_closed"
    assert refusal(concerns.triage, office, rec, level="grave", by=by).code == "concern_closed"
    concerns.reopen(office, rec, by=by)
    assert concerns.show(office, rec).status == "new"
    assert refusal(concerns.reopen, office, rec, by=by).code == "bad_input"
    concerns.decline(office, rec, reason="不属于家访解决的事项", by=by)
    assert concerns.show(office, rec).status == "declined"


def test_the_same_persons_other_concerns_stand_beside(office: Store) -> None:
    old = taken(office, text="旧事", raised_on="2026-01-05")
    new = taken(office)
    taken(office, cadre={"name": "张建国", "unit": "魏城镇"})
    assert [view.id for view in concerns.earlier_of(office, concerns.show(office, new).concern)] == [old]
    typed = ConcernContent("张　建国", unit="德政镇人民政府")
    assert [view.id for view in concerns.earlier_of(office, typed)] == [new, old]
    assert concerns.earlier_of(office, ConcernContent("")) == []


def test_lists_find_people_by_pinyin_and_concerns_by_their_words(office: Store) -> None:
    first = taken(office)
    second = taken(office, cadre={"name": "李思雨", "unit": "中心小学"}, text="孩子上学")
    for words in ("张建", "zhangjian", "zjg", "卧床", "农业", "建国 夜班"):
        assert [view.id for view in concerns.listing(office, query=words)] == [first], words
    assert [view.id for view in concerns.listing(office, query="小学")] == [second]
    assert concerns.listing(office, status="assigned") == []
    assert refusal(concerns.listing, office, status="lost").code == "bad_input"
    concerns.delete(office, first, reason="重复", by=office.operator)
    assert len(concerns.listing(office)) == 1
    assert len(concerns.listing(office, include_deleted=True)) == 2
    concerns.restore(office, first, by=office.operator)
    assert len(concerns.listing(office)) == 2


def test_adding_taken_back_leaves_the_number_taken(office: Store) -> None:
    added = concerns.add(office, C, by=office.operator)
    undo.undo(office, added.changes, by=office.operator)
    assert concerns.listing(office) == []
    assert concerns.add(office, C, by=office.operator).number == 2


def test_the_report_says_what_was_asked_done_and_by_whom_and_nothing_about_leaders(office: Store) -> None:
    by = office.operator
    leaders.set_leaders(office, TABLE, by=by)
    rec = taken(office)
    concerns.triage(office, rec, level="ordinary", due=date(2026, 11, 20), by=by)
    content = visit(concerns=(rec,), nothing_to_solve=False, resolution=None)
    made = visits.register(office, content, by=by, problems=[ProblemContent("缺护理床")])
    visits.edit(office, made.id, {"topic_advice_leaders": "金丝雀"}, by=by)
    problems.resolve(office, made.id, 1, text="已借到", on=date(2026, 11, 24), by=by)
    found = concerns.report_fields(office, rec)
    assert (found.addressee, found.unit) == ("中共魏县县委组织部", "德政镇人民政府")
    assert (found.cadre_name, found.level) == ("张建国", "普通困难")
    assert (found.role, found.responsible) == ("主管副职", "周文斌")
    assert (found.status_words, found.finished_on, found.handled_late) == ("已办结", date(2026, 11, 24), 4)
    assert found.visits[0].problems[0].outcome == "已解决"
    assert found.visits[0].resolution and "已借到" in found.visits[0].resolution
    assert "金丝雀" not in repr(found)
