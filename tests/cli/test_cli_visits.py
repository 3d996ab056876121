"""Visits on the command line: keys, refusals and rules exactly as the contract has them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cli_driver import VISIT, Office

from jiafang_desktop.common import clock

LISTED = {
    "id", "number", "date", "unit", "visitee", "leaders", "status", "priority", "late_entry", "remark", "transfer"
}  # fmt: skip


def test_a_visit_is_added_listed_and_shown(fresh: Office) -> None:
    added = fresh.done("visits", "add", "--file", fresh.written("v.json", VISIT))
    assert added["number"] == 1
    found = fresh.done("visits", "list")
    assert found["total"] == 1
    assert set(found["visits"][0]) >= LISTED
    assert found["visits"][0]["unit"] == "德政镇"
    assert found["visits"][0]["transfer"] == "unsent"
    shown = fresh.done("visits", "show", added["id"])
    assert set(VISIT) <= set(shown)
    for name, value in VISIT.items():
        if name not in ("visitee", "problems"):
            assert shown[name] == value, name
    assert {name: shown["visitee"][name] for name in VISIT["visitee"]} == VISIT["visitee"]
    assert shown["problems"][0]["text"] == "母亲卧床缺人照料"
    assert (shown["remark"], shown["resolution"], shown["late_entry_reason"]) == (None, None, None)
    assert shown["topics"]["advice_unit"] is None


def test_an_array_adds_all_in_order_or_none(fresh: Office) -> None:
    many = [VISIT, VISIT | {"number": 5}, VISIT]
    added = fresh.done("visits", "add", "--file", fresh.written("v.json", many))["added"]
    assert [one["number"] for one in added] == [1, 5, 2] or [one["number"] for one in added] == [1, 5, 6]
    broken = [VISIT, VISIT | {"date": "2026-02-30"}]
    error = fresh.refused("visits", "add", "--file", fresh.written("v.json", broken))
    assert error["code"] == "bad_date"
    assert error["details"]["index"] == 1
    assert fresh.done("visits", "list")["total"] == 3
    assert fresh.done("visits", "add", "--file", fresh.written("v.json", []))["added"] == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"date": "2026-02-30"}, "bad_date"), ({"date": "2026.9.16"}, "bad_date"), ({"date": 20260916}, "bad_date"),
        ({"date": None}, "bad_input"), ({"visitee": {"name": ""}}, "bad_input"), ({"adress": "x"}, "unknown_field"),
        ({"visitee": {"name": "甲", "age": 40}}, "unknown_field"), ({"leaders": [{"nam": "甲"}]}, "unknown_field"),
        ({"topics": {"greetings": True}}, "unknown_field"), ({"priority": "urgent"}, "bad_input"),
        ({"place": "公园"}, "bad_input"), ({"ways": ["闻"]}, "bad_input"), ({"number": 0}, "bad_input"),
        ({"number": "七"}, "bad_input"), ({"met": "本人"}, "bad_input"), ({"nothing_to_solve": "no"}, "bad_input"),
        ({"problems": [{"text": "甲", "kind": "other"}]}, "bad_input"),
        ({"problems": [{"txt": "甲"}]}, "unknown_field"),
        ({"problems": [{"text": "甲", "due_date": "2026-13-01"}]}, "bad_date"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_its_name(office: Office, changed: dict[str, Any], code: str) -> None:
    before = office.done("visits", "list")["total"]
    assert office.refused("visits", "add", "--file", office.written("v.json", VISIT | changed))["code"] == code
    assert office.done("visits", "list")["total"] == before


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[1", b'{"date": NaN}', b'{"date": null, "date": null}', '{"matter": "家访"}'.encode("gb18030"),
        b"[" * 100_000, b'{"number": ' + b"9" * 5000 + b"}",
    ],
    ids=["empty", "torn", "torn array", "NaN", "a key twice", "GB18030", "deep", "a long number"],
)  # fmt: skip
def test_a_file_that_is_no_json_is_refused(office: Office, tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "坏.json"
    path.write_bytes(raw)
    assert office.refused("visits", "add", "--file", path)["code"] == "bad_input"


def test_other_values_than_objects_are_refused_and_a_missing_file_too(office: Office) -> None:
    for value in (1, "x", None, [1], [None]):
        assert office.refused("visits", "add", "--file", office.written("v.json", value))["code"] == "bad_input"
    assert office.refused("visits", "add", "--file", "没有.json")["code"] == "not_found"


def test_a_byte_order_mark_and_blanks_are_read(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "v.json"
    path.write_bytes(b'\xef\xbb\xbf{"visitee": {"name": "\xe5\xbc\xa0\xe4\xb8\x89", "post": ""}, "date": "2026-03-04"}')
    visit = office.done("visits", "show", office.done("visits", "add", "--file", path)["id"])
    assert (visit["visitee"]["post"], visit["place"], visit["leaders"]) == (None, "home", [])


def test_a_typed_number_is_taken_once_per_year_and_stays_taken_when_void(fresh: Office) -> None:
    first = fresh.add(number=7)
    assert (
        fresh.refused("visits", "add", "--file", fresh.written("v.json", VISIT | {"number": 7}))["code"]
        == "number_taken"
    )
    fresh.add(number=7, date="2025-12-31")
    fresh.done("visits", "delete", first, "--reason", "重复登记")
    assert (
        fresh.refused("visits", "add", "--file", fresh.written("v.json", VISIT | {"number": 7}))["code"]
        == "number_taken"
    )


def test_drafts_and_deleted_ones_show_only_when_asked_and_never_in_total(fresh: Office) -> None:
    kept, gone = fresh.add(), fresh.add()
    draft = fresh.done("visits", "add", "--draft", "--file", fresh.written("v.json", {"visitee": {"name": "草稿人"}}))
    assert draft["number"] is None
    assert fresh.done("visits", "delete", gone, "--reason", "录重了")["status"] == "void"

    def ids(*options: str) -> tuple[int, set[str]]:
        found = fresh.done("visits", "list", *options)
        return found["total"], {visit["id"] for visit in found["visits"]}

    assert ids() == (1, {kept})
    assert ids("--drafts") == (1, {kept, draft["id"]})
    assert ids("--deleted") == (1, {kept, gone})
    assert ids("--drafts", "--deleted") == (1, {kept, gone, draft["id"]})
    assert fresh.done("visits", "restore", gone)["status"] == "registered"
    assert ids() == (2, {kept, gone})
    assert fresh.refused("visits", "register", draft["id"])["code"] == "bad_input"
    fresh.done("visits", "edit", draft["id"], "--file", fresh.written("p.json", {"date": "2026-05-06"}))
    assert fresh.done("visits", "register", draft["id"])["number"] == 3


def test_the_list_filters_and_pages_in_the_contracts_order(fresh: Office) -> None:
    many = [
        VISIT | {"date": "2026-01-05", "number": 3, "matter": "新婚道贺"},
        VISIT | {"date": "2025-12-05", "number": 9},
        VISIT | {"date": "2026-11-05", "number": 1, "visitee": {"name": "李思雨"}},
        VISIT | {"date": "2026-10-05", "number": 2, "priority": None, "leaders": [{"name": "周文斌"}]},
    ]
    fresh.done("visits", "add", "--file", fresh.written("v.json", many))

    def numbers(*options: str) -> list[int]:
        return [visit["number"] for visit in fresh.done("visits", "list", *options)["visits"]]

    assert numbers() == [9, 1, 2, 3]
    assert numbers("--year", "2026") == [1, 2, 3]
    assert numbers("--year", "2026", "--quarter", "4") == [1, 2]
    assert numbers("--quarter", "4") == [9, 1, 2]
    assert numbers("--query", "李思雨") == [1]
    assert numbers("--query", "lsy") == [1]
    assert numbers("--query", "新婚") == [3]
    assert numbers("--leader", "周文斌") == [2]
    assert numbers("--priority", "illness", "--year", "2026") == [1, 3]
    assert numbers("--unit", "德政镇") == [9, 1, 2, 3]
    assert numbers("--unit", "别处镇") == []
    assert numbers("--limit", "2", "--offset", "1") == [1, 2]
    assert fresh.done("visits", "list", "--limit", "1")["total"] == 4
    assert numbers("--limit", "0") == []
    assert numbers("--status", "registered", "--status", "ready") == [9, 1, 2, 3]


def test_a_patch_changes_only_what_it_names_and_null_clears(office: Office) -> None:
    visit = office.add(remark="备注甲")
    patch = office.written("p.json", {"remark": None, "visitee": {"post": "站长"}, "met": ["配偶"]})
    changed = office.done("visits", "edit", visit, "--file", patch)
    assert changed["id"] == visit
    assert set(changed["changed"]) == {"remark", "visitee.post", "met"}
    shown = office.done("visits", "show", visit)
    assert (shown["remark"], shown["visitee"]["post"], shown["met"]) == (None, "站长", ["配偶"])
    assert shown["visitee"]["name"] == "张建国"
    again = office.done("visits", "edit", visit, "--file", patch)
    assert (again["changed"], again["revision"]) == ([], changed["revision"])
    assert office.refused("visits", "edit", "nobody", "--file", patch)["code"] == "not_found"
    unknown = office.written("q.json", {"remarks": 1})
    assert office.refused("visits", "edit", visit, "--file", unknown)["code"] == "unknown_field"


def test_the_history_says_who_when_and_what_before_and_after(office: Office) -> None:
    visit = office.add(matter="看望")
    office.done("visits", "edit", visit, "--file", office.written("p.json", {"matter": "看望慰问"}))
    first, *_, last = office.done("visits", "history", visit)["revisions"]
    assert (last["operator"], last["before"], last["after"]) == ("王敏", {"matter": "看望"}, {"matter": "看望慰问"})
    assert datetime.fromisoformat(last["time"]).utcoffset() is not None
    assert first["after"]["matter"] == "看望"


def test_the_archives_gate_asks_in_the_contracts_order(office: Office) -> None:
    visit = office.add(matter=None, leaders=[])
    assert office.refused("visits", "archive", visit)["code"] == "problems_open"
    resolved = office.done("problems", "resolve", visit, "1", "--text", "已安排陪护。", "--on", "2026-10-08")
    assert resolved["status"] == "ready"
    error = office.refused("visits", "archive", visit)
    assert (error["code"], error["details"]["missing"]) == ("form_incomplete", ["leaders", "leaders.post"])
    patch = office.written("p.json", {"leaders": [{"name": "钱永和", "post": "镇长"}]})
    office.done("visits", "edit", visit, "--file", patch)
    assert office.refused("visits", "archive", visit)["code"] == "no_paper"
    assert office.done("visits", "archive", visit, "--paper-at", "党建办二号柜")["status"] == "archived"
    assert office.refused("visits", "archive", visit, "--paper-at", "x")["code"] == "already_archived"
    assert office.refused("visits", "edit", visit, "--file", patch)["code"] == "archived"
    assert office.refused("visits", "delete", visit, "--reason", "x")["code"] == "archived"


def test_an_archived_visit_is_corrected_with_a_reason(office: Office) -> None:
    visit = office.filed()
    patch = office.written("p.json", {"visitee": {"name": "张建华"}})
    assert office.refused("visits", "correct", visit, "--file", patch, "--reason", " ")["code"] == "bad_input"
    corrected = office.done("visits", "correct", visit, "--file", patch, "--reason", "姓名写错")
    assert "visitee.name" in corrected["changed"]
    assert corrected["revision"]
    assert office.done("visits", "show", visit)["visitee"]["name"] == "张建华"
    open_one = office.add()
    assert office.refused("visits", "correct", open_one, "--file", patch, "--reason", "x")["code"] == "not_archived"


def test_the_papers_life_is_marked_with_days(office: Office) -> None:
    visit = office.add()
    for state in ("printed", "signed", "sealed"):
        paper = office.done("visits", "mark", visit, f"--{state}", "--on", "2026-09-18")["paper"]
        assert paper[f"{state}_on"] == "2026-09-18"
    assert office.done("visits", "mark", visit, "--sealed", "--undo")["paper"]["sealed_on"] is None
    assert office.refused("visits", "mark", visit, "--sealed", "--on", "2026-9-18")["code"] == "bad_date"
    today = office.done("visits", "mark", visit, "--sealed")["paper"]["sealed_on"]
    assert today == clock.today().isoformat()
    assert office.call("visits", "mark", visit).status == 2
    assert office.call("visits", "mark", visit, "--signed", "--sealed").status == 2


def test_a_scan_is_attached_and_serves_the_gate(office: Office, tmp_path: Path) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.4\n" + bytes(3000))
    visit = office.add(problems=[], nothing_to_solve=True, resolution="无")
    first = office.done("visits", "attach", visit, scan)["sha256"]
    assert len(first) == 64
    assert office.done("visits", "attach", visit, scan)["sha256"] == first
    assert office.done("visits", "archive", visit)["status"] == "archived"
    assert office.refused("visits", "attach", visit, office.password_file)["code"] == "unsupported_format"
    assert office.refused("visits", "attach", visit, tmp_path / "没有.pdf")["code"] == "not_found"


@pytest.mark.qt_log_ignore("JPEG", extend=True)  # what Qt says of half a picture
@pytest.mark.parametrize("begin", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
def test_what_only_begins_like_a_picture_is_no_scan(office: Office, tmp_path: Path, begin: bytes) -> None:
    scan = tmp_path / "半张.jpg"
    scan.write_bytes(begin + bytes(500))
    visit = office.add()
    error = office.refused("visits", "attach", visit, scan)
    assert error["code"] == "unsupported_format" and "打不开" in error["message"]
    assert office.refused("visits", "archive", visit)["code"] == "problems_open"


def test_a_visit_before_the_visitee_was_born_or_to_himself_is_kept_and_said(fresh: Office, tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text("姓名,单位,出生年月\n张建国,德政镇,2003-05\n李思雨,德政镇,1980-01\n", "utf-8")
    fresh.done("roster", "import", roster, "--apply")
    early = VISIT | {"date": "2002-05-01", "leaders": [{"name": "张　建国", "post": None}]}
    told = fresh.done("visits", "add", "--file", fresh.written("v.json", early))["warnings"]
    assert any("出生年月是2003-05" in words for words in told) and any("同一个人" in words for words in told)
    other = VISIT | {"date": "2002-05-01", "visitee": {"name": "李思雨", "unit": "德政镇"}}
    assert fresh.done("visits", "add", "--file", fresh.written("v.json", other))["warnings"] == []


def test_a_step_on_an_odd_day_is_kept_and_said(office: Office) -> None:
    visit = office.add()
    step = ("problems", "progress", visit, "1", "--text", "已联系", "--on")
    assert "家访日期2026-09-16之前" in office.done(*step, "2026-09-01")["warnings"][0]
    assert office.done(*step, "2026-09-20")["warnings"] == []
    done = office.done("problems", "resolve", visit, "1", "--text", "好了", "--on", "2039-01-01")
    assert "在今天之后" in done["warnings"][0] and done["status"] == "ready"
    marked = office.done("visits", "mark", visit, "--printed", "--on", "2039-01-01")
    assert marked["warnings"] == ["打印日期2039-01-01在今天之后，请核对。"]
    assert office.done("visits", "mark", visit, "--printed", "--undo")["warnings"] == []


def test_problems_are_added_followed_and_resolved(office: Office) -> None:
    visit = office.add(problems=[], nothing_to_solve=False)
    problem = {
        "text": "路灯不亮",
        "kind": "advice",
        "level": "ordinary",
        "responsible": "村镇办",
        "due_date": "2026-10-01",
    }
    added = office.done("problems", "add", visit, "--file", office.written("p.json", problem))
    assert (added["n"], added["status"]) == (1, "registered")
    assert {name: added["problem"][name] for name in problem} == problem
    step = office.done("problems", "progress", visit, "1", "--text", "已看现场", "--on", "2026-09-20")
    assert step["status"] == "in_progress"
    assert step["problem"]["progress"] == [{"text": "已看现场", "on": "2026-09-20"}]
    listed = office.done("problems", "list", "--open", "--visit", visit)
    assert [(one["visit"], one["n"], one["overdue"]) for one in listed["problems"]] == [(visit, 1, True)]
    ended = office.done(
        "problems", "resolve", visit, "1", "--text", "已修好", "--on", "2026-09-25", "--outcome", "solved"
    )
    assert ended["status"] == "ready"
    assert office.done("problems", "list", "--open", "--visit", visit)["problems"] == []
    assert (
        office.refused("problems", "progress", visit, "2", "--text", "x", "--on", "2026-09-20")["code"] == "not_found"
    )
    assert office.refused("problems", "resolve", visit, "1", "--text", "x", "--on", "2026-09-31")["code"] == "bad_date"
    assert office.call("problems", "resolve", visit, "1", "--text", "x", "--outcome", "done").status == 2


def test_a_visit_recorded_after_its_quarters_report_is_a_late_entry(fresh: Office) -> None:
    clock.set_clock(lambda: datetime(2026, 7, 20, 9, tzinfo=UTC))
    try:
        late, timely = fresh.add(date="2026-03-30"), fresh.add(date="2026-07-01")
    finally:
        clock.set_clock(None)
    entries = {visit["id"]: visit["late_entry"] for visit in fresh.done("visits", "list")["visits"]}
    assert entries == {late: True, timely: False}


def test_a_clock_set_back_stops_nobody_and_loses_nothing(fresh: Office) -> None:
    first = fresh.add(matter="原来的")
    clock.set_clock(lambda: datetime(2019, 1, 1, 8, tzinfo=UTC))
    try:
        second = fresh.add()
        fresh.done("visits", "edit", first, "--file", fresh.written("p.json", {"matter": "后来的"}))
    finally:
        clock.set_clock(None)
    assert fresh.done("visits", "show", first)["matter"] == "后来的"
    assert {visit["id"] for visit in fresh.done("visits", "list")["visits"]} == {first, second}
    assert fresh.done("check")["ok"] is True


def test_a_person_reads_chinese_sentences_and_tables(office: Office) -> None:
    visit = office.add(visitee={"name": "欧阳[北]", "post": "站长"})
    assert "欧阳[北]" in office.told("visits", "list")
    assert "家访对象：欧阳[北]" in office.told("visits", "show", visit)
    assert "序号" in office.told("visits", "delete", visit, "--reason", "x")
    assert "王敏" in office.told("visits", "history", visit)
    assert "已登记" in office.told("visits", "add", "--file", office.written("v.json", VISIT))
    assert "共" in office.told("problems", "list")
