"""The way out: everything in JSON and a workbook, restricted words only for those who see them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from clerks import OWNER, PERMITTED, PLAIN, Clerks
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.common.progress import run_to_end
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Topics
from jiafang_desktop.services import concerns, drafts, export_all, guidance, meetings, plans, problems, visits
from jiafang_desktop.store import Store

CANARY = "金丝雀绝不外传"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def clerks(tmp_path: Path) -> Iterator[Clerks]:
    office = Clerks(tmp_path / "数据")
    yield office
    office.store.close()


def fill(store: Store, folder: Path) -> str:
    by = store.operator
    content = visit(
        topics=Topics(advice_leaders=CANARY, needs="护理床"), priority="warning_sign", nothing_to_solve=False
    )
    rec = visits.register(store, content, by=by, problems=[ProblemContent("缺人照料"), ProblemContent("=路灯")]).id
    guidance.write(store, rec, {"causes": CANARY}, by=by)
    problems.remove(store, rec, 2, by=by)
    visits.edit(store, rec, {"visitee_post": "书记", "topic_advice_leaders": f"{CANARY}二"}, by=by)
    visits.add_many(store, [visit()], by=by, draft=True)
    void = visits.register(store, visit(), by=by).id
    visits.delete(store, void, reason="写错", by=by)
    concerns.add(store, concerns.read_json({
        "cadre": {"name": "王海", "unit": None, "post": None}, "raised_on": None, "source": "unit", "text": "入托",
        "priority": None, "level": None,
    })[0], by=by)  # fmt: skip
    meetings.add(store, {"on": "2026-10-09", "decisions": ["协调补助"]}, by=by)
    plans.add(store, {"visitee": {"name": "王海"}, "when": "2026-12", "leaders": ["钱永和"]}, by=by)
    drafts.keep(store, "visit:new:1", {"account": "写了一半"})
    scan = folder / "扫描.png"
    scan.write_bytes(PNG)
    visits.attach(store, rec, scan, by=by)
    return rec


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text("utf-8"))


def test_everything_is_there_and_can_be_read_by_others(office: Store, tmp_path: Path) -> None:
    rec = fill(office, tmp_path)
    out = tmp_path / "导出"
    made = run_to_end(export_all.write(office, out))
    assert sorted(made) == sorted(path for path in out.rglob("*") if path.is_file())
    found = {one["id"]: one for one in read(out, "家访.json")["visits"]}
    assert {one["status"] for one in found.values()} == {"registered", "draft", "void"}
    mine = found[rec]
    assert mine["topics"]["advice_leaders"] == f"{CANARY}二" and mine["guidance"]["causes"] == CANARY
    assert [(one["text"], one["deleted"]) for one in read(out, "问题.json")["problems"]] == [
        ("缺人照料", False),
        ("=路灯", True),
    ]
    assert read(out, "诉求.json")["concerns"][0]["text"] == "入托"
    assert read(out, "会议.json")["meetings"][0]["decisions"][0]["text"] == "协调补助"
    assert read(out, "计划家访.json")["plans"][0]["visitee"]["name"] == "王海"
    assert read(out, "未登记草稿.json")["drafts"][0]["content"] == {"account": "写了一半"}
    assert read(out, "单位和规则.json")["office"]["unit"] == "德政镇人民政府"
    history = read(out, "修改记录.json")["history"]
    assert any(one["record"] == rec and one["after"].get("visitee_post") == "书记" for one in history)
    assert [one["seq"] for one in history] == sorted(one["seq"] for one in history)
    assert (out / "扫描件" / "2026年第001号-1.png").read_bytes() == PNG
    book = openpyxl.load_workbook(out / "全部资料.xlsx")
    assert book.sheetnames == ["家访", "问题", "干部", "诉求", "会议", "计划家访", "修改记录"]
    assert book["家访"].max_row == 4 and book["家访"]["B2"].value.date() in (date(2026, 9, 16),)
    assert book["问题"]["D3"].value == "=路灯" and book["问题"]["D3"].data_type == "s"


def test_an_export_never_replaces_another_unasked(office: Store, tmp_path: Path) -> None:
    out = tmp_path / "导出"
    run_to_end(export_all.write(office, out))
    with pytest.raises(UserError) as caught:
        run_to_end(export_all.write(office, out))
    assert caught.value.code == "file_exists"
    run_to_end(export_all.write(office, out, replace=True))


def test_restricted_words_come_only_for_those_who_see_them(clerks: Clerks, tmp_path: Path) -> None:
    rec = fill(clerks.at(OWNER), tmp_path)
    for password, sees in ((PLAIN, False), (PERMITTED, True), (OWNER, True)):
        out = tmp_path / password
        run_to_end(export_all.write(clerks.at(password), out))
        texts = [path.read_text("utf-8") for path in out.glob("*.json")]
        book = openpyxl.load_workbook(out / "全部资料.xlsx")
        texts += [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        assert any(CANARY in text for text in texts) == sees, password
        mine = next(one for one in read(out, "家访.json")["visits"] if one["id"] == rec)
        assert mine["hidden"] == ([] if sees else ["topics.advice_leaders"])
        assert mine["guidance"] is not None and mine["guidance"]["hidden"] == ([] if sees else ["causes"])
