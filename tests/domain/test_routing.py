"""分层办理: from level to role, person and day, with the rule said in a sentence."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.paths import resource
from jiafang_desktop.domain import routing, rules
from jiafang_desktop.domain.concerns import Triage
from jiafang_desktop.domain.routing import Leader
from jiafang_desktop.domain.working_calendar import WorkingCalendar, read_plan

CALENDAR = WorkingCalendar.of([read_plan(json.loads(resource("holidays", "2026.json").read_text("utf-8")))])
SHIPPED = rules.checked(json.loads(resource("rules", "default.json").read_text("utf-8")))
BEFORE_HOLIDAY = date(2026, 9, 22)
OWN = {"levels": {"ordinary": {"role": "unit_head", "limit": {"working_days": 10}}}}


def ruled(own: dict[str, Any] | None = None, version: int = 1) -> rules.Rules:
    return rules.folded(SHIPPED, rules.checked(own or {}), version=version if own else 0)


def triaged(level: str = "ordinary", **more: Any) -> Triage:
    return Triage(level=level, on=BEFORE_HOLIDAY, by_side="unit", **more)


def test_a_shipped_limit_is_a_suggestion_that_is_never_overdue() -> None:
    due = routing.due_of(triaged(), ruled(), CALENDAR)
    assert (due.day, due.basis) == (date(2026, 10, 20), "suggested")
    assert not due.passed(date(2027, 1, 1))
    assert "建议" in due.reason and "15个工作日" in due.reason and "主管副职" in due.reason


def test_a_rule_of_the_offices_own_counts() -> None:
    due = routing.due_of(triaged(), ruled(OWN), CALENDAR)
    assert (due.day, due.basis) == (date(2026, 10, 13), "rule")
    assert due.passed(date(2026, 10, 14)) and not due.passed(date(2026, 10, 13))
    assert "单位一把手" in due.reason and "第1版" in due.reason and "2026年10月13日" in due.reason


def test_the_rule_of_the_day_it_was_triaged_stays() -> None:
    kept = triaged(role="unit_head", limit=rules.Limit("working_days", 10), rules_version=1)
    later = ruled({"levels": {"ordinary": {"role": "county_leader", "limit": {"calendar_days": 1}}}}, 2)
    due = routing.due_of(kept, later, CALENDAR)
    assert (due.day, due.basis) == (date(2026, 10, 13), "rule")
    assert "单位一把手" in due.reason and "第1版" in due.reason


def test_the_items_own_limit_comes_before_every_rule() -> None:
    due = routing.due_of(triaged(due=date(2026, 9, 30)), ruled(OWN), CALENDAR)
    assert (due.day, due.basis, due.passed(date(2026, 10, 1))) == (date(2026, 9, 30), "item", True)


def test_calendar_days_know_no_holidays() -> None:
    assert routing.due_of(triaged("grave"), ruled(), CALENDAR).day == date(2026, 9, 29)


def test_a_year_without_holidays_is_said() -> None:
    due = routing.due_of(Triage("ordinary", date(2026, 12, 28), "unit"), ruled(OWN), CALENDAR)
    assert due.warnings and "2027年" in due.warnings[0]
    assert not routing.due_of(triaged("grave"), ruled(), CALENDAR).warnings


# ------------------------------------------------------------------------------------------- who

HEAD_2025 = Leader("钱永和", "unit_head", "党委书记", since=date(2024, 1, 1), until=date(2026, 8, 31))
HEAD_2026 = Leader("周文斌", "unit_head", "党委书记", since=date(2026, 9, 1))
FARMING = Leader("吴建军", "deputy_in_charge", "副镇长", sections=("农业综合服务中心",))
OFFICE = Leader("郑秀英", "deputy_in_charge", "党委副书记", sections=("党政办",))
REST = Leader("冯国强", "deputy_in_charge", "常务副镇长")
COUNTY = Leader("陈志远", "county_leader", "副县长", units=("德政镇人民政府", "魏城镇"))


def who(leaders: list[Leader], role: str = "deputy_in_charge", **where: Any) -> str | None:
    found = routing.responsible(
        leaders, role, unit=where.pop("unit", "德政镇"), section=where.pop("section", None),
        on=where.pop("on", BEFORE_HOLIDAY), **where,
    )  # fmt: skip
    return found.name if found else None


def test_whoever_was_in_office_that_day_is_responsible() -> None:
    heads = [HEAD_2025, HEAD_2026]
    assert who(heads, "unit_head", on=date(2026, 8, 31)) == "钱永和"
    assert who(heads, "unit_head", on=date(2026, 9, 1)) == "周文斌"
    assert who(heads, "unit_head", on=date(2023, 1, 1)) is None
    assert who([], "unit_head") is None


def test_of_two_in_one_office_the_one_who_came_last_holds_it() -> None:
    assert who([Leader("旧", "unit_head"), Leader("新", "unit_head", since=date(2026, 9, 1))], "unit_head") == "新"
    assert who([Leader("甲", "unit_head"), Leader("乙", "unit_head")], "unit_head") is None


def test_a_section_leads_to_its_deputy() -> None:
    table = [FARMING, OFFICE, REST]
    assert who(table, section="党政办") == "郑秀英"
    assert who(table, post="农业综合服务中心主任") == "吴建军"
    assert who(table, section="财政所") == "冯国强"
    assert who(table) == "冯国强"
    assert who([FARMING], section=None) == "吴建军"
    assert who([FARMING], section="财政所") is None
    assert who([FARMING, OFFICE]) is None


def test_a_county_leader_is_found_by_his_units_however_they_are_written() -> None:
    assert who([COUNTY], "county_leader", unit="德政镇") == "陈志远"
    assert who([COUNTY], "county_leader", unit="魏城镇人民政府") == "陈志远"
    assert who([COUNTY], "county_leader", unit="北皋镇") is None
    assert who([COUNTY, Leader("任何人", "county_leader")], "county_leader", unit="魏城镇") == "陈志远"


# ------------------------------------------------------------------------------------------- the table as a file


def test_the_table_is_read_and_written_alike() -> None:
    entry = {
        "name": " 钱永和 ", "post": "党委书记", "role": "unit_head", "sections": ["党政办", "党政办"], "units": [],
        "from": "2026-01-01", "to": None,
    }  # fmt: skip
    found = routing.read_leaders({"leaders": [entry, {"name": "周文斌", "role": "county_leader"}]})
    assert found[0] == Leader("钱永和", "unit_head", "党委书记", ("党政办",), (), date(2026, 1, 1))
    assert routing.read_leaders([leader.to_json() for leader in found]) == found
    assert routing.read_leaders({"leaders": []}) == []


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        ({"name": "甲"}, "bad_input", "role"), ({"name": "甲", "role": "chief"}, "bad_input", "role"),
        ({"role": "unit_head"}, "bad_input", "name"), ({"name": 3, "role": "unit_head"}, "bad_input", "name"),
        ({"name": "甲", "role": "unit_head", "units": "德政镇"}, "bad_input", "units"),
        ({"name": "甲", "role": "unit_head", "from": "2026-02-30"}, "bad_date", "from"),
        ({"name": "甲", "role": "unit_head", "from": "2026-02-02", "to": "2026-02-01"}, "bad_date", "to"),
        ({"name": "甲", "role": "unit_head", "phone": "1"}, "unknown_field", "leaders.phone"),
        ("甲", "bad_input", "leaders"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_by_its_place(entry: Any, code: str, field: str) -> None:
    with pytest.raises(UserError) as refused:
        routing.read_leaders({"leaders": [{"name": "乙", "role": "unit_head"}, entry]})
    error = refused.value
    assert (error.code, error.details["field"], error.details["index"]) == (code, field, 1)
    assert "第2位" in error.message


@pytest.mark.parametrize("wrong", [None, {}, "x", {"leaders": {}}, {"people": []}])
def test_what_is_no_table_is_refused(wrong: Any) -> None:
    with pytest.raises(UserError):
        routing.read_leaders(wrong)
