"""``visits import`` as the contract has it: keys, statuses, questions, refusals, and what a person reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
from cli_driver import Office

HEAD = ["序号", "家访领导姓名", "职务", "家访对象姓名", "职务", "时间", "内容", "备注"]
WANG: list[Any] = [1, "钱永和", "镇长", "王一", "科员", "2024.3.12", "慰问", None]


def ledger(path: Path, *rows: list[Any], title: str = "单位：德政镇") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([title], HEAD, *rows):
        sheet.append(row)
    book.save(path)
    return path


def test_a_preview_changes_nothing_and_apply_registers_once(fresh: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "旧台账.xlsx", WANG, ["合计", None, None, "1人次"])
    seen = fresh.done("visits", "import", path)
    assert {"visits", "skipped", "questions", "counts", "applied"} <= set(seen)
    one = seen["visits"][0]
    assert (one["row"], one["status"], one["visitee"]["name"], one["date"]) == (3, "new", "王一", "2024-03-12")
    assert (one["leaders"], one["problems"], one["number"]) == ([{"name": "钱永和", "post": "镇长"}], [], 1)
    assert {line["row"] for line in seen["skipped"]} == {1, 2, 4}
    assert all(line["reason"] for line in seen["skipped"])
    assert (seen["applied"], fresh.done("visits", "list")["total"]) == (False, 0)
    applied = fresh.done("visits", "import", path, "--apply")
    assert (applied["applied"], applied["counts"]["new"]) == (True, 1)
    listed = fresh.done("visits", "list")["visits"]
    assert [(visit["number"], visit["date"], visit["late_entry"]) for visit in listed] == [(1, "2024-03-12", True)]
    again = fresh.done("visits", "import", path, "--apply")
    assert (again["counts"]["new"], again["counts"]["same"], again["visits"][0]["visit"]) == (0, 1, listed[0]["id"])


def test_open_questions_stop_apply_until_they_are_answered(fresh: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "旧台账.xlsx", WANG, title="单位：北皋镇")
    asked = fresh.done("visits", "import", path)["questions"]
    assert [(question["code"], question["options"]) for question in asked] == [("other_unit", ["导入", "跳过"])]
    assert fresh.refused("visits", "import", path, "--apply")["code"] == "questions_open"
    done = fresh.done("visits", "import", path, "--answer", f"{asked[0]['id']}=导入", "--answer", "没有=1", "--apply")
    assert done["counts"]["new"] == 1
    assert any("没有" in warning for warning in done["warnings"])


def test_a_folder_with_a_word_ledger_is_read_and_told_in_chinese(fresh: Office, tmp_path: Path) -> None:
    folder = tmp_path / "旧台账"
    folder.mkdir()
    ledger(folder / "一.xlsx", WANG, [2, *WANG[1:3], "王二", "科员", "3.15", "慰问"])
    made = docx.Document()
    table = made.add_table(2, 8)
    for at, row in enumerate((HEAD, [3, *WANG[1:3], "王三", "科员", "2024.4.1", "慰问", ""])):
        for column, value in enumerate(row):
            table.cell(at, column).text = str(value)
    made.save(str(folder / "二.docx"))
    (folder / "三.pdf").write_bytes(b"%PDF")
    told = fresh.told("visits", "import", folder)
    assert "王三" in told and "三.pdf" in told and "预览" in told
    assert fresh.done("visits", "import", folder, "--apply")["counts"]["new"] == 3
    assert [visit["number"] for visit in fresh.done("visits", "list")["visits"]] == [1, 2, 3]


def test_what_is_no_ledger_is_refused(fresh: Office, tmp_path: Path) -> None:
    assert fresh.refused("visits", "import", tmp_path / "没有.xlsx")["code"] == "not_found"
    notice = tmp_path / "通知.txt"
    notice.write_text("各单位：\n请于月底前报送材料。\n", "utf-8")
    assert fresh.refused("visits", "import", notice, "--apply")["code"] in ("not_a_ledger", "unsupported_format")
