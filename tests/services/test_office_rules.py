"""Rules, leaders and holidays over a real store: versions, what they decide elsewhere, and files that are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.services import calendars, leaders, rules, settings, undo, visits
from jiafang_desktop.store import Store

TEN = {"levels": {"ordinary": {"role": "unit_head", "limit": {"working_days": 10}}}, "archive_outcomes": ["solved"]}
YEAR = {
    "year": 2027, "source": "国务院办公厅关于2027年部分节假日安排的通知",
    "holidays": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}], "workdays": ["2027-01-09"],
}  # fmt: skip


def refusal(call: Callable[..., Any], *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as refused:
        call(*args, **named)
    return refused.value


def test_every_set_of_rules_is_a_version_and_can_be_taken_back(office: Store) -> None:
    by = office.operator
    assert rules.read(office).version == 0
    first = rules.set_rules(office, TEN, by=by)
    rules.set_rules(office, {"code_on_paper": True}, by=by)
    assert rules.set_rules(office, {"code_on_paper": True}, by=by).records == ()
    assert [(one.version, sorted(one.parts), one.operator) for one in rules.history(office)] == [
        (1, ["archive_outcomes", "levels"], "王敏"), (2, ["archive_outcomes", "code_on_paper", "levels"], "王敏"),
    ]  # fmt: skip
    assert refusal(undo.undo, office, first, by=by).code == "changed_since"
    assert rules.rules_json(office)["basis"] == {"ordinary": "rule", "serious": "suggested", "grave": "suggested"}


def test_what_rules_show_prints_can_be_handed_back_without_making_suggestions_rules(office: Store) -> None:
    rules.set_rules(office, TEN, by=office.operator)
    shown = rules.rules_json(office)
    assert rules.set_rules(office, shown, by=office.operator).records != ()
    again = rules.rules_json(office)
    assert again | {"version": 1} == shown
    shown["levels"]["grave"]["limit"] = {"calendar_days": 5}
    rules.set_rules(office, shown, by=office.operator)
    assert rules.rules_json(office)["basis"]["grave"] == "rule"


def test_a_wrong_file_changes_nothing(office: Store) -> None:
    rules.set_rules(office, TEN, by=office.operator)
    before = rules.rules_json(office)
    wrong = {"code_on_paper": True, "levels": {"serious": {"limit": {"working_days": 3}}}}
    error = refusal(rules.set_rules, office, wrong, by=office.operator)
    assert (error.code, error.details["field"]) == ("bad_rules", "levels.serious.role")
    assert rules.rules_json(office) == before


def test_rules_come_before_the_units_own_choice(office: Store) -> None:
    by = office.operator
    settings.change(office, by=by, report_days=20, archive_outcomes=("explained",))
    assert settings.read(office).report_days == 20
    changes = rules.set_rules(office, {"report_by": {"days_after_quarter": 0}, "archive_outcomes": ["solved"]}, by=by)
    found = settings.read(office)
    assert (found.report_days, found.archive_outcomes) == (0, ("solved",))
    rec = visits.register(office, visit(), by=by).id
    assert visits.late_entry(visits.show(office, rec), days=found.report_days)
    undo.undo(office, changes, by=by)
    assert settings.read(office).report_days == 20


def test_the_leaders_table_is_replaced_whole(office: Store) -> None:
    by = office.operator
    table = {"leaders": [
        {"name": "钱永和", "role": "unit_head", "to": "2026-08-31"}, {"name": "周文斌", "role": "unit_head",
         "from": "2026-09-01"},
    ]}  # fmt: skip
    leaders.set_leaders(office, table, by=by)
    assert [entry["current"] for entry in leaders.leaders_json(office)["leaders"]] == [False, True]
    assert leaders.set_leaders(office, leaders.leaders_json(office), by=by).records == ()
    found = leaders.responsible_for(office, "unit_head", on=date(2026, 8, 1))
    assert found is not None and found.name == "钱永和"
    assert leaders.responsible_for(office, "county_leader") is None
    assert refusal(leaders.set_leaders, office, {"leaders": [{"name": "甲"}]}, by=by).code == "bad_input"
    leaders.save(office, leaders.listing(office)[1:], by=by)
    assert [leader.name for leader in leaders.listing(office)] == ["周文斌"]


def test_a_years_holidays_are_read_in_and_known_from_then_on(office: Store, tmp_path: Path) -> None:
    by, path = office.operator, tmp_path / "2027.json"
    path.write_text(json.dumps(YEAR, ensure_ascii=False), "utf-8-sig")
    assert 2027 not in calendars.calendar(office).years
    loaded = calendars.load_file(office, path, by=by)
    assert (loaded.years, calendars.own_years(office)) == ((2027,), (2027,))
    assert calendars.load_file(office, path, by=by).changes.records == ()
    assert calendars.calendar(office).after_working_days(date(2026, 12, 31), 1).day == date(2027, 1, 4)
    origins = {plan["year"]: plan["origin"] for plan in calendars.calendar_json(office)["years"]}
    assert (origins[2026], origins[2027]) == ("shipped", "file")
    undo.undo(office, loaded.changes, by=by)
    assert 2027 not in calendars.calendar(office).years


def test_a_wrong_holiday_file_changes_nothing(office: Store, tmp_path: Path) -> None:
    by, path = office.operator, tmp_path / "x.json"
    assert refusal(calendars.load_file, office, path, by=by).code == "not_found"
    for data in (b"{", b"\xff\xfe\x00", b"[" * 100_000):
        path.write_bytes(data)
        assert refusal(calendars.load_file, office, path, by=by).code == "bad_calendar"
    path.write_bytes(b" " * 1_000_001)
    assert refusal(calendars.load_file, office, path, by=by).code == "too_large"
    assert refusal(calendars.load, office, [YEAR, YEAR | {"year": 1}], by=by).code == "bad_calendar"
    assert refusal(calendars.load, office, [], by=by).code == "bad_calendar"
    assert calendars.own_years(office) == ()
