"""Concerns, rules, leaders and holidays on the command line: keys, refusals and days as the contract has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cli_driver import VISIT, Office, set_up

from jiafang_desktop.common import clock

C = {
    "cadre": {"name": "张建国", "unit": "德政镇", "post": "农业综合服务中心主任"}, "raised_on": "2026-09-20",
    "source": "mini_program", "text": "母亲卧床，夜班无人照料", "priority": "illness", "level": None,
}  # fmt: skip
SWAPPED = {
    "levels": {
        "ordinary": {"role": "unit_head", "limit": {"working_days": 10}},
        "serious": {"role": "deputy_in_charge", "limit": {"working_days": 10}},
    },
    "archive_outcomes": ["solved", "partly_solved", "referred", "tracking"],
}
LEADER = {
    "name": "钱永和", "post": "党委书记", "role": "unit_head", "sections": [], "units": [], "from": None, "to": None,
}  # fmt: skip
LISTED = {"id", "number", "cadre", "level", "status", "due_date", "overdue"}


@pytest.fixture(autouse=True)
def september() -> Iterator[None]:
    clock.set_clock(lambda: datetime(2026, 9, 22, 9, tzinfo=UTC))
    yield
    clock.set_clock(None)


def added(office: Office, **changed: Any) -> str:
    return str(office.done("concerns", "add", "--file", office.written("c.json", C | changed))["id"])


def sheet(path: Path, *rows: Sequence[Any]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(list(row))
    book.save(path)
    return path


def test_one_or_many_are_added_or_none(fresh: Office) -> None:
    one = fresh.done("concerns", "add", "--file", fresh.written("c.json", C))
    assert set(one) >= {"id", "number"} and one["number"] == 1
    many = fresh.done("concerns", "add", "--file", fresh.written("c.json", [C, C | {"raised_on": None}]))
    assert [each["number"] for each in many["added"]] == [2, 3]
    error = fresh.refused("concerns", "add", "--file", fresh.written("c.json", [C, C | {"age": 3}]))
    assert (error["code"], error["details"]["field"], error["details"]["index"]) == ("unknown_field", "age", 1)
    late = fresh.refused("concerns", "add", "--file", fresh.written("c.json", C | {"raised_on": "2026-09-23"}))
    assert (late["code"], late["details"]["field"]) == ("bad_date", "raised_on")
    assert fresh.done("concerns", "list")["total"] == 3


def test_triage_suggests_a_day_until_rules_set_one(fresh: Office) -> None:
    rec = added(fresh)
    found = fresh.done("concerns", "triage", rec, "--level", "ordinary")
    assert set(found) >= {"id", "level", "responsible_role", "responsible", "due_date", "due_basis"}
    assert (found["level"], found["responsible_role"], found["responsible"]) == ("ordinary", "deputy_in_charge", None)
    assert found["due_basis"] == "suggested" and "建议" in found["due_reason"]
    fresh.done("rules", "set", "--file", fresh.written("r.json", SWAPPED))
    fresh.done("leaders", "set", "--file", fresh.written("l.json", {"leaders": [LEADER]}))
    found = fresh.done("concerns", "triage", rec, "--level", "ordinary")
    assert (found["responsible_role"], found["responsible"]) == ("unit_head", "钱永和")
    assert (found["due_date"], found["due_basis"]) == ("2026-10-13", "rule")
    assert fresh.done("concerns", "triage", rec, "--level", "serious")["responsible_role"] == "deputy_in_charge"
    own = fresh.done("concerns", "triage", rec, "--level", "grave", "--due", "2026-09-25")
    assert (own["due_date"], own["due_basis"]) == ("2026-09-25", "item")
    assert "责任人" not in fresh.told("concerns", "triage", rec, "--level", "grave")


def test_a_proposal_leaves_the_level(fresh: Office) -> None:
    rec = added(fresh, source="county", level="ordinary")
    error = fresh.refused("concerns", "triage", rec, "--level", "serious")
    assert error["code"] == "level_by_county"
    found = fresh.done("concerns", "triage", rec, "--level", "serious", "--propose", "--reason", "需一把手协调")
    assert (found["level"], found["proposal"]["level"]) == ("ordinary", "serious")
    assert "提级" in fresh.told("concerns", "show", rec)


def test_lists_filter_by_status_and_day(fresh: Office) -> None:
    waiting, ruled = added(fresh), added(fresh, text="孩子上学")
    fresh.done("rules", "set", "--file", fresh.written("r.json", SWAPPED))
    fresh.done("concerns", "triage", ruled, "--level", "ordinary")
    found = fresh.done("concerns", "list")
    assert (found["total"], set(found["concerns"][0]) >= LISTED) == (2, True)
    by_status = {
        status: [each["id"] for each in fresh.done("concerns", "list", "--status", status)["concerns"]]
        for status in ("new", "assigned", "archived")
    }
    assert by_status == {"new": [waiting], "assigned": [ruled], "archived": []}
    assert fresh.done("concerns", "list", "--due-before", "2026-10-13")["total"] == 0
    assert fresh.done("concerns", "list", "--due-before", "2026-10-14")["concerns"][0]["overdue"] is False
    clock.set_clock(lambda: datetime(2026, 10, 14, 9, tzinfo=UTC))
    assert [each["id"] for each in fresh.done("concerns", "list")["concerns"] if each["overdue"]] == [ruled]
    assert "超期" in fresh.told("concerns", "list")
    assert fresh.done("concerns", "list", "--query", "zjg", "--limit", "1", "--offset", "1")["total"] == 2
    assert fresh.call("concerns", "list", "--status", "lost").status == 2
    assert fresh.refused("concerns", "list", "--due-before", "2026-13-01")["code"] == "bad_date"


def test_a_concern_goes_elsewhere_back_and_away(fresh: Office) -> None:
    rec = added(fresh)
    assert fresh.done("concerns", "refer", rec, "--reason", "转民政所")["status"] == "referred"
    assert fresh.refused("concerns", "decline", rec, "--reason", "x")["code"] == "concern_closed"
    assert fresh.done("concerns", "reopen", rec)["status"] == "new"
    declined = fresh.done("concerns", "decline", rec, "--reason", "不属于家访事项")
    assert (declined["status"], declined["declined"]["reason"]) == ("declined", "不属于家访事项")
    assert fresh.done("concerns", "list", "--unreported")["total"] == 1
    assert fresh.call("concerns", "refer", rec).status == 2
    assert fresh.done("concerns", "delete", rec, "--reason", "重复")["deleted"] is True
    assert fresh.done("concerns", "list", "--deleted")["total"] == 0
    assert fresh.done("concerns", "restore", rec)["deleted"] is False
    patched = fresh.done("concerns", "edit", rec, "--file", fresh.written("p.json", {"cadre": {"post": None}}))
    assert (patched["cadre"]["name"], patched["cadre"]["post"]) == ("张建国", None)
    for words in (("show", "nobody"), ("triage", "nobody", "--level", "grave")):
        assert fresh.refused("concerns", *words)["code"] == "not_found"


def test_a_visit_carries_its_concern_to_the_archive_unless_the_outcome_is_forbidden(fresh: Office) -> None:
    rec = added(fresh)
    fresh.done("rules", "set", "--file", fresh.written("r.json", SWAPPED))
    fresh.done("concerns", "triage", rec, "--level", "ordinary")
    visit = fresh.add(concerns=[rec])
    assert fresh.done("concerns", "show", rec)["status"] == "visited"
    explained = ("--text", "已解释", "--on", "2026-09-21", "--outcome", "explained")
    assert fresh.done("problems", "resolve", visit, "1", *explained)["status"] == "in_progress"
    assert fresh.refused("visits", "archive", visit, "--paper-at", "柜")["code"] == "problems_open"
    fresh.done("problems", "resolve", visit, "1", "--text", "已借到", "--on", "2026-09-21")
    fresh.done("visits", "archive", visit, "--paper-at", "柜")
    found = fresh.done("concerns", "show", rec)
    assert (found["status"], found["visits"][0]["id"]) == ("archived", visit)


def test_another_persons_concern_is_attached_with_a_warning(fresh: Office) -> None:
    rec = added(fresh, cadre={"name": "李思雨"})
    found = fresh.done("visits", "add", "--file", fresh.written("v.json", VISIT | {"concerns": [rec]}))
    assert any("李思雨" in words for words in found["warnings"])
    error = fresh.refused("visits", "add", "--file", fresh.written("v.json", VISIT | {"concerns": ["nobody"]}))
    assert (error["code"], error["details"]["field"]) == ("not_found", "concerns")
    edited = fresh.done("visits", "edit", found["id"], "--file", fresh.written("p.json", {"matter": "看望"}))
    assert any("李思雨" in words for words in edited["warnings"])


TITLES = ["姓名", "单位", "职务", "诉求内容", "反映时间", "来源", "优先情形"]
ROWS = [
    ["张建国", "德政镇", "主任", "房屋漏雨", "2026.9.3", "小程序", "生活困难"],
    ["李思雨", "魏城镇", "科员", "夜班太多", "2026.9.4", "群众反映", "其他"],
]


def test_an_import_prints_the_rosters_object_with_concerns(fresh: Office, tmp_path: Path) -> None:
    path = sheet(tmp_path / "诉求 一.xlsx", ["诉求登记表"], TITLES, *ROWS)
    preview = fresh.done("concerns", "import", path)
    assert {
        "file", "format", "sheet", "header_row", "columns", "concerns", "skipped", "questions", "counts", "applied",
    } <= set(preview)  # fmt: skip
    assert (preview["header_row"], preview["columns"]["text"], preview["applied"]) == (2, "D", False)
    assert {row["status"] for row in preview["concerns"]} == {"new"}
    assert fresh.done("concerns", "list")["total"] == 0
    applied = fresh.done("concerns", "import", path, "--apply")
    assert applied | {"applied": False} == preview
    again = fresh.done("concerns", "import", path, "--apply")
    assert (again["counts"]["new"], again["counts"]["same"]) == (0, 2)
    assert "共2件：新增0，相同2" in fresh.told("concerns", "import", path)


def test_an_unknown_layout_is_mapped_by_options_and_remembered(fresh: Office, tmp_path: Path) -> None:
    rows = [["甲", "乙", "丙"], ["张建国", "德政镇", "房屋漏雨"], ["李思雨", "德政镇", "夜班"]]
    path = sheet(tmp_path / "a.xlsx", *rows)
    assert fresh.refused("concerns", "import", path, "--apply")["code"] == "questions_open"
    chosen = [part for pair in ("name=a", "unit=b", "text=c") for part in ("--column", pair)]
    assert fresh.done("concerns", "import", path, *chosen, "--apply")["counts"]["new"] == 2
    assert fresh.done("concerns", "import", path, "--apply")["counts"]["same"] == 2
    assert fresh.refused("concerns", "import", path, "--column", "colour=A")["code"] == "unknown_field"
    warned = fresh.done("concerns", "import", path, "--answer", "moon=A")
    assert "moon" in warned["warnings"][0]


def test_at_the_county_an_import_is_split_by_unit(tmp_path: Path) -> None:
    county = set_up(tmp_path / "县", "county", "中共魏县县委组织部")
    path = sheet(tmp_path / "a.xlsx", TITLES, *ROWS)
    found = county.done("concerns", "import", path, "--apply")
    assert [part["unit"] for part in found["units"]] == ["德政镇", "魏城镇"]
    listed = county.done("concerns", "list")["concerns"]
    assert sorted((each["unit"], each["number"]) for each in listed) == [("德政镇", 1), ("魏城镇", 1)]


def test_rules_are_shown_set_and_refused(fresh: Office) -> None:
    shown = fresh.done("rules", "show")
    assert {"levels", "archive_outcomes", "report_by", "code_on_paper", "signature_pad", "signals"} <= set(shown)
    changed = fresh.done("rules", "set", "--file", fresh.written("r.json", SWAPPED))
    assert changed["levels"]["ordinary"] == SWAPPED["levels"]["ordinary"]
    assert changed["levels"]["grave"] == shown["levels"]["grave"]
    missing = {"levels": {"serious": {"limit": {"working_days": 3}}}}
    error = fresh.refused("rules", "set", "--file", fresh.written("r.json", missing))
    assert error["code"] == "bad_rules" and "特别困难" in error["message"]
    assert fresh.done("rules", "show") == changed
    assert "规定10个工作日" in fresh.told("rules", "show")


def test_the_leaders_table_is_set_and_listed(fresh: Office) -> None:
    former = LEADER | {"name": "周文斌", "to": "2026-08-31"}
    fresh.done("leaders", "set", "--file", fresh.written("l.json", {"leaders": [LEADER, former]}))
    found = fresh.done("leaders", "list")
    assert [leader["current"] for leader in found["leaders"]] == [True, False]
    assert {name: found["leaders"][0][name] for name in LEADER} == LEADER
    wrong = {"leaders": [LEADER | {"role": "mayor"}]}
    assert fresh.refused("leaders", "set", "--file", fresh.written("l.json", wrong))["code"] == "bad_input"
    assert fresh.done("leaders", "list") == found
    assert "2026-08-31" in fresh.told("leaders", "list")


def test_a_limit_that_has_passed_is_kept_and_said(fresh: Office) -> None:
    rec = added(fresh)
    done = fresh.done("concerns", "triage", rec, "--level", "serious", "--due", "2020-01-01")
    assert done["due_date"] == "2020-01-01" and any("2020-01-01已经过了" in words for words in done["warnings"])


def test_a_year_without_holidays_is_said_and_can_be_read_in(fresh: Office) -> None:
    clock.set_clock(lambda: datetime(2026, 12, 28, 9, tzinfo=UTC))
    rec = added(fresh)
    assert any("2027年" in words for words in fresh.done("concerns", "triage", rec, "--level", "ordinary")["warnings"])
    assert any("2027年" in words for words in fresh.done("calendar", "show", "--year", "2027")["warnings"])
    plan = {"year": 2027, "source": "通知", "holidays": [{"name": "元旦", "from": "2027-01-01"}]}
    loaded = fresh.done("calendar", "load", fresh.written("2027.json", plan))
    assert (loaded["years"][0]["year"], loaded["years"][0]["origin"]) == (2027, "file")
    assert fresh.done("concerns", "triage", rec, "--level", "ordinary")["warnings"] == []
    assert "元旦" in fresh.told("calendar", "show", "--year", "2026")
    assert fresh.refused("calendar", "load", fresh.written("x.json", {"year": 1}))["code"] == "bad_calendar"
