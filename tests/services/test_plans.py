"""计划家访: planned, told what day it is, done by a visit that names it, open again, dropped; what the 工作台 lists."""

from __future__ import annotations

from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.cadres import CadreContent
from jiafang_desktop.services import concerns, plans, previsit, rosters, undo, visits, workbench
from jiafang_desktop.store import Store

CONCERN = {
    "cadre": {"name": "张建国", "unit": "德政镇", "post": "主任"}, "source": "unit", "text": "母亲卧床。",
    "priority": "illness",
}  # fmt: skip


def plan(store: Store, **changed: Any) -> str:
    data = {"visitee": {"name": "张建国"}, "when": "2026-11-28", "leaders": ["钱永和"]} | changed
    return plans.add(store, data, by=store.operator).id


def status(store: Store, rec: str) -> str:
    return plans.show(store, rec).status


def bench_of(store: Store) -> workbench.Workbench:
    return run_to_end(workbench.read(store, year=2026))


def test_any_day_may_be_planned_and_is_told_what_kind_it_is(office: Store) -> None:
    told = {
        "2026-11-25": "星期三，工作日", "2026-11-28": "星期六，休息日", "2026-10-01": "星期四，国庆节放假",
        "2026-10-10": "星期六，调休上班", "2026-12": "",
    }  # fmt: skip
    made = {when: plan(office, when=when) for when in told}
    assert {when: plans.view(office, rec).day for when, rec in made.items()} == told
    assert "2031年" in plans.view(office, plan(office, when="2031-05-06")).warning


def test_a_plan_is_done_by_the_visit_that_names_it_and_opens_again_when_that_is_void(office: Store) -> None:
    rec = plan(office)
    made = visits.register(office, visit(plan=rec), by=office.operator)
    assert made.warnings == ()
    assert status(office, rec) == "done"
    visits.delete(office, made.id, reason="登记错了", by=office.operator)
    assert status(office, rec) == "open"
    visits.restore(office, made.id, by=office.operator)
    assert status(office, rec) == "done"
    plans.undone(office, rec, by=office.operator)
    assert status(office, rec) == "open"
    assert visits.show(office, made.id).content.plan is None


def test_a_draft_does_nothing_for_a_plan_until_it_is_registered(office: Store) -> None:
    rec = plan(office)
    draft = visits.add_many(office, [visit(plan=rec)], by=office.operator, draft=True)[0].id
    assert status(office, rec) == "open"
    with pytest.raises(UserError) as refused:
        plans.done(office, rec, draft, by=office.operator)
    assert refused.value.code == "bad_input"
    visits.register_stored(office, draft, by=office.operator)
    assert status(office, rec) == "done"


def test_a_visit_made_without_the_plan_can_be_said_to_be_its_visit(office: Store) -> None:
    rec = plan(office)
    made = visits.register(office, visit(), by=office.operator).id
    plans.done(office, rec, made, by=office.operator)
    found = plans.show(office, rec)
    assert found.visit is not None and found.visit.id == made
    with pytest.raises(UserError):
        plans.drop(office, rec, by=office.operator)


def test_another_persons_plan_is_warned_about_and_an_unknown_one_refused(office: Store) -> None:
    rec = plan(office, visitee={"name": "何玉梅"})
    made = visits.register(office, visit(plan=rec), by=office.operator)
    assert any("何玉梅" in words for words in made.warnings)
    with pytest.raises(UserError) as refused:
        visits.register(office, visit(plan="nobody"), by=office.operator)
    assert (refused.value.code, refused.value.details["field"]) == ("not_found", "plan")


def test_a_concern_and_the_roster_fill_in_whom(office: Store) -> None:
    concern = concerns.add(office, CONCERN, by=office.operator).id
    content = plans.show(office, plan(office, visitee=None, concern=concern)).content
    assert (content.name, content.post) == ("张建国", "主任")
    person = CadreContent("何玉梅", unit="德政镇", section="财政所", post="会计")
    cadre, _ = rosters.add_person(office, person, by=office.operator)
    content = plans.show(office, plan(office, visitee={"cadre": cadre})).content
    assert (content.name, content.unit, content.post) == ("何玉梅", "德政镇", "财政所会计")


def test_the_workbench_lists_the_next_seven_days_and_days_that_passed_and_nothing_as_overdue(office: Store) -> None:
    passed = plan(office, when="2026-11-23")
    today = plan(office, when="2026-11-24")
    seventh = plan(office, when="2026-12-01")
    month = plan(office, when="2026-12")
    later = plan(office, when="2026-12-02")
    over = plan(office, when="2026-10")
    bench = bench_of(office)
    assert [one.key for one in bench.plans] == [over, passed, today, seventh, month]
    assert later not in [one.key for one in bench.plans]
    assert bench.overdue == () and bench.soon == ()
    assert not any(one.is_overdue for one in bench.plans)
    assert bench.has_any
    visits.register(office, visit(plan=today), by=office.operator)
    assert today not in [one.key for one in bench_of(office).plans]


def test_a_plan_is_changed_dropped_and_each_is_undone(office: Store) -> None:
    rec = plan(office)
    changes = plans.edit(office, rec, {"visitee": {"name": "张建国"}, "when": "2026-12"}, by=office.operator)
    assert plans.show(office, rec).content.when == "2026-12"
    undo.undo(office, changes, by=office.operator)
    assert plans.show(office, rec).content.when == "2026-11-28"
    changes = plans.drop(office, rec, reason="本人已调离", by=office.operator)
    assert (status(office, rec), plans.show(office, rec).drop_reason) == ("dropped", "本人已调离")
    assert bench_of(office).plans == ()
    undo.undo(office, changes, by=office.operator)
    assert status(office, rec) == "open"
    plans.drop(office, rec, by=office.operator)
    plans.reopen(office, rec, by=office.operator)
    assert status(office, rec) == "open"


def test_undoing_a_new_plan_takes_it_away(office: Store) -> None:
    made = plans.add(office, {"visitee": {"name": "何玉梅"}, "when": "2026-12"}, by=office.operator)
    undo.undo(office, made.changes, by=office.operator)
    assert plans.listing(office) == []


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"when": "2026-12-03"}, "bad_input", "visitee.name"),
        ({"visitee": {"name": "何玉梅"}}, "bad_input", "when"),
        ({"visitee": {"name": "何玉梅"}, "when": "2026-13"}, "bad_date", "when"),
        ({"visitee": {"name": "何玉梅"}, "when": "2026-02-30"}, "bad_date", "when"),
        ({"visitee": {"name": "何玉梅"}, "when": "2026-12", "day": 3}, "unknown_field", "day"),
        ({"visitee": {"name": "何玉梅", "age": 40}, "when": "2026-12"}, "unknown_field", "visitee.age"),
        ({"visitee": "何玉梅", "when": "2026-12"}, "bad_input", "visitee"),
        ({"visitee": {"name": "何玉梅"}, "when": "2026-12", "leaders": "钱永和"}, "bad_input", "leaders"),
        ({"concern": "concern-none", "when": "2026-12"}, "not_found", "concerns"),
        ([], "bad_input", None),
    ],
)
def test_a_wrong_plan_is_refused_with_its_field_and_nothing_is_kept(
    office: Store, data: Any, code: str, field: str | None
) -> None:
    with pytest.raises(UserError) as refused:
        plans.add(office, data, by=office.operator)
    assert (refused.value.code, refused.value.details.get("field")) == (code, field)
    assert plans.listing(office) == []


def test_the_page_for_the_way_knows_the_plans_leaders_day_and_concern(office: Store) -> None:
    concern = concerns.add(office, CONCERN, by=office.operator).id
    rec = plan(office, visitee=None, concern=concern)
    found = previsit.subject(office, rec)
    assert (found.visitee.name, found.leaders, found.priority) == ("张建国", ("钱永和",), "illness")
    assert found.on is not None and found.on.isoformat() == "2026-11-28"
    assert [one.id for one in found.concerns] == [concern]


def test_hundreds_of_plans_find_their_visits(office: Store) -> None:
    made = plans.add_many(office, [
        {"visitee": {"name": f"张建{place}"}, "when": "2026-12"} for place in range(250)
    ], by=office.operator)  # fmt: skip
    visits.add_many(office, [visit(plan=one.id) for one in made[::5]], by=office.operator)
    counts = plans.plans_json(plans.listing(office))["counts"]
    assert counts == {"open": 200, "done": 50, "dropped": 0}
