"""The clock at the ends of quarters and years: late entry, numbers, matters carried over, reports, limits over 国庆."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from offices import PASSWORD, set_up, visit

from jiafang_desktop.cli.main import main
from jiafang_desktop.common import clock
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import VisitQuery
from jiafang_desktop.services import concerns, leaders, problems, quarters, rules, summary, visits, workbench
from jiafang_desktop.services.quarters import QuarterReport
from jiafang_desktop.services.workbench import Workbench
from jiafang_desktop.store import Store

CHINA = timezone(timedelta(hours=8))
# The last minute of a quarter and the first of the next.
ENDS = [
    ("2026-03-31T23:59:59", "2026-04-01T00:00:00"), ("2026-06-30T23:59:59", "2026-07-01T00:00:00"),
    ("2026-09-30T23:59:59", "2026-10-01T00:00:00"), ("2025-12-31T23:59:59", "2026-01-01T00:00:00"),
    ("2024-03-31T23:59:59", "2024-04-01T00:00:00"), ("2027-12-31T23:59:59", "2028-01-01T00:00:00"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def real_clock_after() -> Iterator[None]:
    yield
    clock.set_clock(None)


def at(moment: str) -> date:
    """Set the wall's clock; gives its day."""
    stands = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    clock.set_clock(lambda: stands)
    return stands.date()


def register(store: Store, on: date, *found: ProblemContent) -> str:
    content = visit(date=on, number=None, nothing_to_solve=not found)
    return visits.register(store, content, by=store.operator, problems=found).id


def is_late(store: Store, rec: str) -> bool:
    return visits.late_entry(visits.show(store, rec), days=rules.read(store).report_days)


def bench(store: Store) -> Workbench:
    return run_to_end(workbench.read(store, year=clock.today().year))


def reports(store: Store) -> dict[str, QuarterReport]:
    return {one.key: one for one in quarters.read(store)}


def quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


# ------------------------------------------------------------------------------------------- midnight


@pytest.mark.parametrize(("before", "after"), ENDS)
def test_a_visit_belongs_to_the_quarter_of_its_day_whatever_the_minute_it_is_recorded(
    office: Store, before: str, after: str
) -> None:
    last = at(before)
    one = register(office, last)
    first = at(after)
    other = register(office, first)
    again = register(office, last)  # a minute late is not late
    for (year, quarter), rows in ((quarter_of(last), {one, again}), (quarter_of(first), {other})):
        found = summary.read(office, year=year, quarter=quarter)
        assert set(found.figures["visits"].rows or ()) == rows and found.reconciles
    assert not any(is_late(office, rec) for rec in (one, other, again))


@pytest.mark.parametrize(("before", "after"), ENDS)
def test_when_the_clock_strikes_the_quarter_becomes_due_for_reporting(office: Store, before: str, after: str) -> None:
    last = at(before)
    register(office, last)
    ended = f"{last.year}-{(last.month + 2) // 3}"
    assert not reports(office)[ended].is_due and bench(office).to_report == ()
    at(after)
    assert [row.key for row in bench(office).to_report] == [ended]
    assert list(reports(office)) == [ended, "{}-{}".format(*quarter_of(clock.today()))]
    summary.mark_reported(office, year=last.year, quarter=(last.month + 2) // 3, on=clock.today(), by=office.operator)
    assert bench(office).to_report == () and reports(office)[ended].reported_on == clock.today()


# ------------------------------------------------------------------------------------------- ten days later


@pytest.mark.parametrize(
    ("visited", "due"),
    [
        ("2026-03-31", "2026-04-10"), ("2026-09-30", "2026-10-10"), ("2026-12-31", "2027-01-10"),
        ("2024-02-29", "2024-04-10"),
    ],
)  # fmt: skip
def test_late_entry_begins_the_day_after_the_report_date(office: Store, visited: str, due: str) -> None:
    day = date.fromisoformat(visited)
    found = {}
    for moment in (-1, 0, 1):
        on = date.fromisoformat(due) + timedelta(days=moment)
        at(f"{on}T23:59:59")
        found[moment] = is_late(office, register(office, day))
    assert found == {-1: False, 0: False, 1: True}
    late = summary.read(office, year=day.year, quarter=(day.month + 2) // 3).figures["late_entries"]
    assert late.value == 1


def test_the_offices_own_days_move_late_entry_and_the_report_and_only_they_make_it_overdue(office: Store) -> None:
    at("2026-09-30T12:00:00")
    register(office, date(2026, 9, 30))
    at("2026-10-11T08:00:00")
    suggested = reports(office)["2026-3"]
    assert (suggested.due, suggested.is_rule, suggested.is_overdue) == (date(2026, 10, 10), False, False)
    assert bench(office).overdue == ()
    changes = rules.set_rules(office, {"report_by": {"days_after_quarter": 5}}, by=office.operator)
    ruled = reports(office)["2026-3"]
    assert (ruled.due, ruled.days_left, ruled.is_overdue) == (date(2026, 10, 5), -6, True)
    assert [(row.step, row.days_left) for row in bench(office).overdue] == [("quarter", -6)]
    at("2026-10-05T23:59:59")
    assert [(row.step, row.days_left) for row in bench(office).soon] == [("quarter", 0)]
    assert bench(office).overdue == () and changes.touches("rules")
    rec = register(office, date(2026, 9, 29))
    assert not is_late(office, rec)
    at("2026-10-06T00:00:00")
    assert is_late(office, register(office, date(2026, 9, 29)))


def test_a_quarter_before_anything_was_recorded_is_nobodys_to_report(office: Store) -> None:
    at("2026-07-02T09:00:00")
    assert list(reports(office)) == ["2026-3"]
    register(office, date(2026, 7, 1))
    assert list(reports(office)) == ["2026-3"]


def test_a_quarter_left_out_between_reported_ones_is_not_forgotten(office: Store) -> None:
    at("2026-01-05T09:00:00")
    register(office, date(2026, 1, 4))
    at("2026-04-02T09:00:00")
    summary.mark_reported(office, year=2026, quarter=1, on=date(2026, 4, 2), by=office.operator)
    at("2026-10-02T09:00:00")
    assert [(one.key, one.is_due) for one in quarters.read(office)] == [
        ("2026-2", True), ("2026-3", True), ("2026-4", False),
    ]  # fmt: skip
    assert reports(office)["2026-2"].visits == 0  # 零报告 too


def test_the_county_reports_to_nobody_here(county_office: Store) -> None:
    at("2026-10-02T09:00:00")
    register(county_office, date(2026, 9, 4))
    assert quarters.read(county_office) == ()


# ------------------------------------------------------------------------------------------- a new year


def test_numbers_begin_anew_with_the_year_of_the_visit_not_of_the_recording(office: Store) -> None:
    at("2025-12-31T23:59:59")
    old = [visits.show(office, register(office, date(2025, 12, day))).number for day in (30, 31)]
    at("2026-01-01T00:00:00")
    new = visits.show(office, register(office, date(2026, 1, 1))).number
    left = visits.show(office, register(office, date(2025, 12, 29))).number
    assert (old, new, left) == ([1, 2], 1, 3)


def test_what_is_open_at_new_year_is_carried_over_and_counted_where_it_was_found(office: Store) -> None:
    at("2025-12-31T18:00:00")
    limit = date(2026, 1, 5)
    rec = register(office, date(2025, 12, 31), ProblemContent("缺护理床", due_date=limit))
    at("2026-01-01T00:00:00")
    assert [(row.key, row.days_left) for row in bench(office).soon] == [(rec, 4)]
    first = summary.read(office, year=2026, quarter=1)
    assert (first.figures["problems"].value, first.figures["earlier_open"].value) == (0, 1)
    assert first.nil_report
    at("2026-01-06T09:00:00")
    assert [row.key for row in bench(office).overdue] == [rec]
    before = summary.read(office, year=2025, quarter=4)
    assert (before.figures["open"].value, before.figures["overdue"].value) == (1, 1)
    problems.resolve(office, rec, 1, text="已借到。", on=date(2026, 1, 6), by=office.operator)
    first = summary.read(office, year=2026, quarter=1)
    assert (first.figures["earlier_open"].value, first.figures["earlier_resolved"].value) == (0, 1)
    assert bench(office).overdue == () and first.reconciles


def test_the_last_summary_of_a_year_stays_as_reported_when_january_moves_it(office: Store) -> None:
    at("2025-12-30T09:00:00")
    rec = register(office, date(2025, 12, 30), ProblemContent("缺护理床"))
    at("2026-01-04T09:00:00")
    summary.mark_reported(office, year=2025, quarter=4, on=date(2026, 1, 4), by=office.operator)
    at("2026-02-28T09:00:00")
    problems.resolve(office, rec, 1, text="已借到。", on=date(2026, 2, 28), by=office.operator)
    found = summary.read(office, year=2025, quarter=4)
    assert found.reported is not None and found.reported.figures["open"].value == 1
    assert found.figures["open"].value == 0 and found.differences


def test_a_leap_day_is_a_day_of_the_first_quarter_on_paper_and_in_the_pictures(office: Store) -> None:
    at("2028-02-29T23:59:59")
    rec = register(office, date(2028, 2, 29))
    assert summary.read(office, year=2028, quarter=1).figures["visits"].rows == (rec,)
    found = bench(office)
    assert [month.visits for month in found.months] == [0, 1] + [0] * 10
    assert office.visits.ids(VisitQuery(year=2028, month=2)) == [rec]
    at("2028-03-01T00:00:00")
    assert visits.show(office, rec).recorded_on == date(2028, 2, 29)


# ------------------------------------------------------------------------------------------- limits over 国庆


def test_ten_working_days_over_the_national_holiday_count_the_make_up_saturday(office: Store) -> None:
    ten = {"levels": {"ordinary": {"role": "deputy_in_charge", "limit": {"working_days": 10}}}}
    rules.set_rules(office, ten, by=office.operator)
    leaders.set_leaders(office, {"leaders": [{"name": "孙丽华", "role": "deputy_in_charge"}]}, by=office.operator)
    at("2026-09-28T17:30:00")
    rec = concerns.add(office, {"cadre": {"name": "张建国"}, "text": "母亲住院"}, by=office.operator).id
    concerns.triage(office, rec, level="ordinary", by=office.operator)
    due = concerns.show(office, rec).due
    # 29 and 30 September, 8 and 9 October, the make-up Saturday 10, then 12 to 16
    assert due is not None and (due.day, due.basis) == (date(2026, 10, 16), "rule")
    at("2026-10-16T23:59:59")
    assert bench(office).overdue == () and [row.key for row in bench(office).soon] == [rec]
    at("2026-10-17T00:00:00")
    assert [(row.key, row.days_left) for row in bench(office).overdue] == [(rec, -1)]


# ------------------------------------------------------------------------------------------- the command line


def test_the_command_line_lives_the_same_turn_of_the_year(tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    at("2025-12-31T23:58:00")
    set_up(folder).close()
    secret = tmp_path / "密码"
    secret.write_text(PASSWORD, "utf-8")

    def call(*words: str) -> dict[str, Any]:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(out):
            status = main([*words, "--data", str(folder), "--password-file", str(secret), "--json"])
        out.flush()
        found = json.loads(out.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]  # a BytesIO
        assert isinstance(found, dict)
        return found if status == 0 else {"refused": found["error"]["code"]}

    def add(on: str) -> dict[str, Any]:
        data = {
            "visitee": {"name": "张建国", "post": "主任"}, "date": on, "leaders": [{"name": "钱永和"}],
            "recorder": "王敏", "met": ["本人"], "ways": ["看"], "matter": "看望",
            "account": "到家中看望。", "nothing_to_solve": True,
        }  # fmt: skip
        file = tmp_path / "v.json"
        file.write_text(json.dumps(data), "utf-8")
        return call("visits", "add", "--file", str(file))

    assert add("2025-12-31")["number"] == 1
    at("2026-01-01T00:00:00")
    assert add("2026-01-01")["number"] == 1
    at("2026-01-11T00:00:00")
    add("2025-12-30")
    listed = call("visits", "list", "--year", "2025")["visits"]
    assert [(one["number"], one["late_entry"]) for one in listed] == [(1, False), (2, True)]
    when = ("summary", "--year", "2025", "--quarter", "4")
    assert call(*when, "--reported-on", "2026-01-12") == {"refused": "bad_date"}
    told = call(*when, "--reported-on", "2026-01-09")
    assert told["reported"]["on"] == "2026-01-09" and told["reported"]["differences"] == []
    add("2025-12-29")
    told = call(*when)
    differing = {one["name"]: (one["then"], one["now"]) for one in told["reported"]["differences"]}
    assert differing["visits"] == (2, 3) and told["figures"]["visits"]["value"] == 3 and told["reconciles"]
    assert call(*when, "--reported-on", "2026-01-10") == {"refused": "already_reported"}
    assert call(*when, "--revoke-report", "县里退回")["reported"] is None
    assert call(*when, "--revoke-report", "再撤") == {"refused": "not_reported"}
