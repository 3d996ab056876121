"""修改记录 over a real store: acts in their order, cells before and after, problems and scans, reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from offices import visit

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader
from jiafang_desktop.services import problems, visit_history, visits
from jiafang_desktop.services.visit_history import CellChange, HistoryEntry
from jiafang_desktop.store import Store

DAY = date(2026, 10, 1)


def acts(store: Store, rec: str) -> list[tuple[str, str]]:
    """Oldest first."""
    return [(entry.act, entry.note) for entry in reversed(visit_history.told(store, rec))]


def newest(store: Store, rec: str) -> HistoryEntry:
    return visit_history.told(store, rec)[0]


def add(store: Store, *found: str, **changed: object) -> str:
    contents = [ProblemContent(text) for text in found]
    content = visit(nothing_to_solve=not found, **changed)
    return visits.register(store, content, problems=contents, by=store.operator).id


def test_each_act_is_named_with_its_day_and_reason(office: Store, tmp_path: Path) -> None:
    rec, by = add(office), office.operator
    visits.edit(office, rec, {"matter": "值班多"}, by=by)
    visits.mark_paper(office, rec, "printed", on=DAY, by=by)
    visits.mark_paper(office, rec, "signed", on=DAY, by=by)
    visits.mark_paper(office, rec, "signed", on=None, by=by)
    scan = tmp_path / "扫描"
    scan.write_bytes(b"%PDF-1.4\n")
    visits.attach(office, rec, scan, by=by)
    visits.archive(office, rec, paper_at="党政办文件柜", by=by)
    visits.correct(office, rec, {"visitee_address": "建设路38号"}, reason="门牌号写错", by=by)
    assert acts(office, rec) == [
        ("登记", "第 1 号"), ("修改事由", ""), ("记为已打印", "2026.10.1"), ("记为已签名", "2026.10.1"),
        ("取消“已签名”", ""), ("附上扫描件", ""), ("归档", "存放在：党政办文件柜"), ("更正", "原因：门牌号写错"),
    ]  # fmt: skip
    assert newest(office, rec).changes == (CellChange("家庭住址", "东街村建设路36号", "建设路38号"),)
    assert (newest(office, rec).operator, newest(office, rec).at.hour) == ("王敏", 15)


def test_void_and_restored_are_told_with_the_reason(office: Store) -> None:
    rec = add(office)
    visits.delete(office, rec, reason="重复登记", by=office.operator)
    visits.restore(office, rec, by=office.operator)
    assert acts(office, rec)[1:] == [("作废", "原因：重复登记"), ("恢复", "")]


def test_cells_are_told_in_words_of_the_office(office: Store) -> None:
    rec = add(office)
    patch = {
        "leaders": [{"name": "钱永和", "post": "镇长"}, {"name": "周文斌", "post": None}], "priority": None,
        "place": "hospital", "met": ["本人"], "topic_greeting": True, "date": "2026-09-17", "visitee_cadre": None,
    }  # fmt: skip
    visits.edit(office, rec, patch, by=office.operator)
    entry = newest(office, rec)
    assert entry.act == "修改 6 处"
    assert {change.title: (change.before, change.after) for change in entry.changes} == {
        "日期": ("2026.9.16", "2026.9.17"), "地点": ("家中", "医院"), "受访人员": ("本人、配偶", "本人"),
        "家访领导": ("钱永和（党委副书记、镇长）、周文斌（组织委员）", "钱永和（镇长）、周文斌"),
        "送上问候": ("", "是"), "优先情形": ("患有重大疾病", "一般家访"),
    }  # fmt: skip
    assert visit(leaders=(Leader("钱永和"),)).leaders


def test_problems_written_with_the_registration_stand_in_its_entry(office: Store) -> None:
    rec = add(office, "夜间值班多", "门诊待遇")
    told = visit_history.told(office, rec)
    assert [entry.act for entry in told] == ["登记"]
    found = [(change.title, change.after) for change in told[0].changes]
    assert found == [("问题", "夜间值班多"), ("问题", "门诊待遇")]


def test_a_problems_steps_are_told_one_by_one_even_of_a_removed_one(office: Store) -> None:
    rec, by = add(office), office.operator
    visits.edit(office, rec, {"nothing_to_solve": False}, by=by)
    problems.add(office, rec, ProblemContent("夜间值班多", responsible="党政办"), by=by)
    problems.progress(office, rec, 1, text="已与派出所商量", on=DAY, by=by)
    problems.progress(office, rec, 1, text="下月起改", on=date(2026, 10, 9), by=by)
    problems.edit(office, rec, 1, ProblemContent("夜间值班偏多", responsible="党政办"), by=by)
    problems.resolve(office, rec, 1, text="每月两次", on=date(2026, 10, 12), by=by)
    problems.remove(office, rec, 1, by=by)
    assert acts(office, rec)[2:] == [
        ("添加问题：夜间值班多", ""), ("跟进：夜间值班多", "2026.10.1"), ("跟进：夜间值班多", "2026.10.9"),
        ("修改问题：夜间值班偏多", ""), ("办结问题：夜间值班偏多", "已解决　2026.10.12"),
        ("删去问题：夜间值班偏多", ""),
    ]  # fmt: skip
    told = list(reversed(visit_history.told(office, rec)))
    assert told[2].changes == (CellChange("问题", "", "夜间值班多"), CellChange("责任人", "", "党政办"))
    assert told[4].changes == (CellChange("跟进情况", "", "下月起改"),)
    assert told[5].changes == (CellChange("问题", "夜间值班多", "夜间值班偏多"),)


def test_an_unknown_visit_is_refused(office: Store) -> None:
    with pytest.raises(UserError) as refusal:
        visit_history.told(office, "nobody")
    assert refusal.value.code == "not_found"
