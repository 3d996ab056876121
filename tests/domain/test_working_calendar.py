"""工作日: counting across festivals and make-up days, and years nobody has told the program of yet."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.paths import resource
from jiafang_desktop.domain.working_calendar import WorkingCalendar, YearPlan, read_plan, unknown_words

PLANS = [read_plan(json.loads(file.read_text("utf-8"))) for file in sorted(resource("holidays").glob("*.json"))]
CALENDAR = WorkingCalendar.of(PLANS)
DAYS = st.dates(date(2023, 1, 1), date(2026, 11, 30))


def test_the_program_brings_the_years_the_state_council_has_announced() -> None:
    assert CALENDAR.years == (2023, 2024, 2025, 2026)
    assert all("国务院" in plan.source for plan in PLANS)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-09-22", 10, "2026-10-13"),  # 中秋, 国庆, and Saturday 10 October worked
        ("2026-09-30", 1, "2026-10-08"), ("2026-10-09", 1, "2026-10-10"), ("2026-10-10", 1, "2026-10-12"),
        ("2026-02-13", 2, "2026-02-24"), ("2023-04-21", 1, "2023-04-23"), ("2025-09-26", 5, "2025-10-10"),
        ("2024-02-08", 1, "2024-02-09"), ("2024-02-09", 1, "2024-02-18"), ("2026-11-03", 3, "2026-11-06"),
    ],
)  # fmt: skip
def test_working_days_are_counted_from_the_next_day_on(start: str, count: int, due: str) -> None:
    found = CALENDAR.after_working_days(date.fromisoformat(start), count)
    assert (found.day.isoformat(), found.unknown_years) == (due, ())


@given(DAYS, st.integers(1, 20))
def test_the_day_reached_is_a_working_day_and_as_many_lie_between(start: date, count: int) -> None:
    day = CALENDAR.after_working_days(start, count).day
    assert CALENDAR.is_working_day(day)
    assert CALENDAR.working_days_between(start, day) == count
    assert CALENDAR.working_days_between(day, start) == -count


def test_a_year_without_data_counts_by_its_weekends_and_is_named() -> None:
    found = CALENDAR.after_working_days(date(2026, 12, 30), 3)
    assert (found.day, found.unknown_years) == (date(2027, 1, 4), (2027,))
    assert "2027年" in unknown_words(found.unknown_years)
    assert unknown_words(()) == ""
    bare = WorkingCalendar()
    assert bare.after_working_days(date(2026, 9, 30), 1).unknown_years == (2026,)


def test_a_notice_may_name_days_of_the_year_before() -> None:
    plan = read_plan({
        "year": 2027, "source": "通知", "holidays": [{"name": "元旦", "from": "2026-12-31", "to": "2027-01-02"}],
        "workdays": ["2027-01-03"],
    })  # fmt: skip
    calendar = WorkingCalendar.of([*PLANS, plan])
    assert calendar.holiday(date(2026, 12, 31)) == "元旦"
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.is_working_day(date(2027, 1, 3))
    assert calendar.holiday(date(2027, 1, 3)) is None


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: str(plan.year))
def test_a_plan_is_written_as_it_was_read(plan: YearPlan) -> None:
    assert read_plan(plan.to_json()) == plan
    assert all(day.weekday() >= 5 for day in plan.workdays)
    assert sum((plan.year, 1, 1) <= (day.year, day.month, day.day) for day in plan.holidays) >= 28


GOOD: dict[str, Any] = {"year": 2027, "source": "通知", "holidays": [{"name": "元旦", "from": "2027-01-01"}]}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"year": None}, "bad_calendar"), ({"year": True}, "bad_calendar"), ({"source": " "}, "bad_calendar"),
        ({"holidays": []}, "bad_calendar"), ({"holidays": [{"name": "x"}]}, "bad_calendar"),
        ({"holidays": [{"from": "2027-02-30"}]}, "bad_date"), ({"holidays": [{"from": "2031-01-01"}]}, "bad_date"),
        ({"holidays": [{"from": "2027-03-02", "to": "2027-03-01"}]}, "bad_calendar"),
        ({"workdays": "2027-01-02"}, "bad_calendar"), ({"workdays": ["2027-01-01"]}, "bad_calendar"),
        ({"days": 1}, "unknown_field"),
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused(wrong: dict[str, Any], code: str) -> None:
    assert read_plan(GOOD).holidays == {date(2027, 1, 1): "元旦"}
    with pytest.raises(UserError) as refused:
        read_plan(GOOD | wrong)
    assert refused.value.code == code
    with pytest.raises(UserError):
        read_plan([GOOD])


def test_every_day_is_either_worked_or_not_by_one_plan() -> None:
    for plan in PLANS:
        assert not plan.workdays & set(plan.holidays)
        for day in plan.holidays:
            assert not CALENDAR.is_working_day(day)
        for day in plan.workdays:
            assert CALENDAR.is_working_day(day)
            assert timedelta(0) <= day - date(plan.year, 1, 1) < timedelta(366)
