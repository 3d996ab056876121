"""V.json, P.json and merge patches to the letter of the contract, and what the command line prints of visits."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, Topics, VisitContent, Visitee, VisitQuery
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import forms, problems, visit_json, visits
from jiafang_desktop.store import Store

WHOLE: dict[str, Any] = {
    "number": 12,
    "visitee": {
        "name": "张建国", "post": "主任", "unit": "德政镇", "address": "东街村", "spouse_name": "王秀兰",
        "spouse_work": "教师",
    },
    "date": "2026-09-16", "place": "hospital", "leaders": [{"name": "钱永和", "post": "镇长"}, {"name": "周文斌"}],
    "recorder": "王敏", "met": ["本人", "配偶"], "ways": ["谈", "看"], "matter": "母亲患病", "account": "看：\n谈：",
    "resolution": "",
    "topics": {"greeting": True, "advice_unit": "少开会", "advice_leaders": None, "needs": "照顾老人"},
    "priority": "illness", "concerns": [], "problems": [{"text": "夜班多", "kind": "difficulty", "level": "serious"}],
    "nothing_to_solve": False, "remark": None, "late_entry_reason": None,
}  # fmt: skip


def refusal(verb: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        verb(*args, **named)
    assert caught.value.message.endswith("。")
    return caught.value


def test_the_contracts_example_is_read_whole() -> None:
    found = visit_json.read_visit(WHOLE)
    assert found.content == VisitContent(
        number=12, visitee=Visitee("张建国", "主任", "德政镇", "东街村", "王秀兰", "教师"), date=date(2026, 9, 16),
        place="hospital", leaders=(Leader("钱永和", "镇长"), Leader("周文斌")), recorder="王敏", met=("本人", "配偶"),
        ways=("看", "谈"), matter="母亲患病", account="看：\n谈：",
        topics=Topics(greeting=True, advice_unit="少开会", needs="照顾老人"), priority="illness",
    )  # fmt: skip
    assert found.problems == (ProblemContent("夜班多", "difficulty", "serious"),)


def test_missing_keys_have_the_contracts_defaults() -> None:
    assert visit_json.read_visit({}) == visits.NewVisit(VisitContent())
    every_null = dict.fromkeys(WHOLE)
    assert visit_json.read_visit(every_null) == visits.NewVisit(VisitContent())
    assert visit_json.read_visit({"visitee": {"name": "张三"}, "remark": "  "}).content == VisitContent(
        visitee=Visitee("张三")
    )


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"names": 1}, "unknown_field", "names"), ({"visitee": {"age": 3}}, "unknown_field", "visitee.age"),
        ({"visitee.name": "张三"}, "unknown_field", "visitee.name"),
        ({"visitee_name": "张三"}, "unknown_field", "visitee_name"),
        ({"topics": {"gossip": "x"}}, "unknown_field", "topics.gossip"), ({"visitee": "张三"}, "bad_input", "visitee"),
        ({"date": "2026-02-30"}, "bad_date", "date"), ({"date": "2026.9.16"}, "bad_date", "date"),
        ({"number": 1.5}, "bad_input", "number"), ({"problems": "夜班多"}, "bad_input", "problems"),
        ({"problems": [{"kind": "advice"}]}, "bad_input", "problems.0.text"),
        ({"problems": [{"text": "x", "why": 1}]}, "unknown_field", "problems.0.why"),
        ({"problems": [{"text": "x", "due_date": "2026-13-01"}]}, "bad_date", "problems.0.due_date"),
        ({"problems": [{"text": "x", "kind": "gossip"}]}, "bad_input", "problems.0.kind"),
        ({"visitee": {"name": ["张三"]}}, "bad_input", "visitee.name"),
    ],
)  # fmt: skip
def test_what_is_no_visit_is_refused_by_the_keys_name(data: dict[str, Any], code: str, field: str) -> None:
    error = refusal(visit_json.read_visit, data)
    assert (error.code, error.details["field"]) == (code, field)


def test_an_array_is_many_and_names_the_one_refused() -> None:
    assert len(visit_json.read_visits([{}, WHOLE])) == 2
    assert len(visit_json.read_visits(WHOLE)) == 1
    error = refusal(visit_json.read_visits, [WHOLE, {"nom": 1}])
    assert (error.code, error.details) == ("unknown_field", {"field": "nom", "index": 1})
    assert refusal(visit_json.read_visits, ["张三"]).code == "bad_input"


def test_a_problem_alone() -> None:
    given = {"text": "夜班多", "kind": None, "level": "", "responsible": "党政办", "due_date": "2026-12-01"}
    assert visit_json.read_problem(given) == ProblemContent("夜班多", "difficulty", None, "党政办", date(2026, 12, 1))
    assert refusal(visit_json.read_problem, {"text": ""}).details["field"] == "text"
    assert refusal(visit_json.read_problem, {"txt": ""}).code == "unknown_field"
    assert refusal(visit_json.read_problem, []).code == "bad_input"


def test_a_merge_patch_touches_only_what_it_names(office: Store) -> None:
    rec = visits.register(office, visit(topics=Topics(True, "少开会")), by=office.operator).id
    patch = {
        "visitee": {"address": "西街村", "unit": None},
        "topics": None,
        "leaders": [{"name": "周文斌"}],
        "remark": "",
    }
    changes = visits.edit(office, rec, visit_json.read_patch(patch), by=office.operator)
    kept = visits.show(office, rec).content
    assert kept == visit(
        number=1, visitee_address="西街村", visitee_unit=None, topics=Topics(), leaders=(Leader("周文斌"),)
    )
    assert set(visit_json.changed_names(changes, rec)) == {
        "visitee.address", "visitee.unit", "topics.greeting", "topics.advice_unit", "leaders",
    }  # fmt: skip
    assert refusal(visit_json.read_patch, {"problems": []}).details["field"] == "problems"
    assert refusal(visit_json.read_patch, {"status": "archived"}).code == "unknown_field"
    assert (
        refusal(visits.edit, office, rec, visit_json.read_patch({"visitee": None}), by=office.operator).code
        == "bad_input"
    )


def test_what_is_shown_can_be_given_again(office: Store, tmp_path: Path) -> None:
    given = visit_json.read_visit(WHOLE)
    rec = visits.register(office, given.content, by=office.operator, problems=given.problems).id
    problems.progress(office, rec, 1, text="商量", on=date(2026, 10, 1), by=office.operator)
    found = visit_json.shown(office, rec)
    assert json.loads(json.dumps(found)) == found
    for key in (
        "number",
        "date",
        "place",
        "met",
        "matter",
        "account",
        "priority",
        "concerns",
        "nothing_to_solve",
        "remark",
    ):
        assert found[key] == WHOLE[key]
    assert found["visitee"] == {**WHOLE["visitee"], "cadre": None}
    assert (found["ways"], found["resolution"], found["unit"], found["status"]) == (
        ["看", "谈"],
        None,
        "德政镇",
        "in_progress",
    )
    assert found["leaders"] == [{"name": "钱永和", "post": "镇长"}, {"name": "周文斌", "post": None}]
    assert found["topics"] == {**WHOLE["topics"], "state_of_mind": None}
    problem = found["problems"][0]
    assert (problem["n"], problem["status"], problem["progress"]) == (
        1,
        "in_progress",
        [{"text": "商量", "on": "2026-10-01"}],
    )
    assert (found["late_entry"], found["match_code"], found["scans"]) == (True, None, [])
    assert found["paper"]["printed_on"] is None
    written = forms.write_record(office, rec, tmp_path / "记录单.pdf", renderer=QtRenderer(), by=office.operator)
    assert visit_json.shown(office, rec)["match_code"] == written.match_code


def test_lists_have_the_contracts_keys_and_never_count_drafts_or_void_ones(office: Store) -> None:
    recs = [visits.register(office, visit(), by=office.operator).id for _ in range(3)]
    visits.add_many(office, [visit()], by=office.operator, draft=True)
    visits.delete(office, recs[1], reason="重复", by=office.operator)
    found = visit_json.listed(office, VisitQuery())
    assert (found["total"], [one["id"] for one in found["visits"]]) == (2, [recs[0], recs[2]])
    assert set(found["visits"][0]) >= {
        "id", "number", "date", "unit", "visitee", "leaders", "status", "priority", "late_entry", "remark", "transfer",
    }  # fmt: skip
    assert found["visits"][0]["transfer"] == "unsent"
    everything = visit_json.listed(office, VisitQuery(include_drafts=True, include_deleted=True))
    assert everything["total"] == 2
    assert sorted(one["status"] for one in everything["visits"]) == ["draft", "ready", "ready", "void"]
    part = visit_json.listed(office, VisitQuery(unit="德政镇人民政府"), limit=1, offset=1)
    assert (part["total"], [one["number"] for one in part["visits"]]) == (2, [3])
    assert visit_json.listed(office, VisitQuery(), offset=9)["visits"] == []


def test_advice_about_leaders_stands_in_no_list(office: Store) -> None:
    visits.register(office, visit(topics=Topics(advice_leaders="某某作风粗暴")), by=office.operator)
    assert "粗暴" not in repr(visit_json.listed(office, VisitQuery()))
    assert visit_json.listed(office, VisitQuery(text="粗暴"))["visits"] == []


def test_history_is_told_in_the_contracts_names_without_the_programs_own(office: Store) -> None:
    rec = visits.register(office, visit(), by=office.operator).id
    visits.edit(office, rec, {"visitee_address": "西街村"}, by=office.operator)
    visits.mark_paper(office, rec, "printed", on=date(2026, 9, 17), by=office.operator)
    found = visit_json.history_json(visits.history(office, rec))
    assert [set(one) for one in found] == [{"revision", "operator", "time", "before", "after"}] * 3
    assert found[1]["before"] == {"visitee.address": "东街村建设路36号"}
    assert found[1]["after"] == {"visitee.address": "西街村"}
    assert found[2]["after"] == {"printed_on": "2026-09-17"}
    assert found[0]["operator"] == "王敏" and found[0]["time"] == "2026-11-24T15:42:00+00:00"


def test_problems_are_listed_with_whose_they_are(office: Store) -> None:
    made = visits.register(
        office,
        visit(nothing_to_solve=False),
        by=office.operator,
        problems=(ProblemContent("夜班多", due_date=date(2026, 11, 1)),),
    )
    found = visit_json.problems_json(office)
    assert found["total"] == 1
    assert {"visit": made.id, "n": 1, "text": "夜班多", "status": "open", "overdue": True}.items() <= found["problems"][
        0
    ].items()
