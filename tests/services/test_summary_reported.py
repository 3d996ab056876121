"""What was reported does not move: figures and words as handed in, what differs now, printing again, taking back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from offices import visit

from jiafang_desktop.common import clock
from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Visitee
from jiafang_desktop.paper import QtRenderer
from jiafang_desktop.services import problems, summary, summary_papers, summary_reported, undo, visits
from jiafang_desktop.services.summary import Summary
from jiafang_desktop.store import Store

THIRD = {"year": 2026, "quarter": 3}
SECRET = "希望主要领导少开会多到村里走走"


@pytest.fixture(autouse=True)
def october() -> None:
    at(2026, 10, 8)


def at(*day: int) -> None:
    clock.set_clock(lambda: datetime(*day, 9, tzinfo=UTC))


def add(store: Store, *texts: str, **changed: Any) -> str:
    content = visit(nothing_to_solve=not texts, **changed)
    return visits.register(store, content, by=store.operator, problems=[ProblemContent(text) for text in texts]).id


def third(store: Store) -> Summary:
    return summary.read(store, **THIRD)


def report(store: Store, on: date = date(2026, 10, 8)) -> Any:
    return summary.mark_reported(store, **THIRD, on=on, by=store.operator)


def refusal(call: Any, *args: Any, **named: Any) -> UserError:
    with pytest.raises(UserError) as refused:
        call(*args, **named)
    return refused.value


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def written(store: Store, target: Path, **more: Any) -> str:
    summary_papers.write(store, target, **THIRD, renderer=QtRenderer(), **more)
    return words_of(target)


def test_what_was_reported_stays_while_the_quarter_moves_on(office: Store) -> None:
    rec = add(office, "老母亲缺人照料", "夜班太多")
    report(office)
    told = third(office).reported
    assert told is not None and (told.on, told.by, told.nil_report) == (date(2026, 10, 8), "王敏", False)
    assert third(office).differences == ()
    at(2026, 10, 30)
    problems.resolve(office, rec, 1, text="已办好。", on=date(2026, 10, 29), by=office.operator)
    late = add(office, visitee=Visitee("何玉梅", "科员"))
    found = third(office)
    assert found.reported == told and summary_reported.broken(told) == [] and found.reconciles
    then_and_now = {one.now.name: (one.then.value, one.now.value) for one in found.differences}
    assert then_and_now["open"] == (2, 1) and then_and_now["outcome_solved"] == (0, 1)
    assert then_and_now["visits"] == (1, 2) and then_and_now["done_percent"] == (0, 50)
    assert "problems" not in then_and_now
    for one in found.differences:
        if one.then.rows is not None and one.now.rows is not None:
            assert len(one.then.rows) + len(one.added) - len(one.gone) == len(one.now.rows)
            assert set(one.now.rows) == (set(one.then.rows) | set(one.added)) - set(one.gone)
    assert next(one.added for one in found.differences if one.now.name == "late_entries") == (late,)


def test_the_reported_summary_prints_again_as_it_was_reported(office: Store, tmp_path: Path) -> None:
    rec = add(office, "老母亲缺人照料")
    summary.keep_text(office, **THIRD, section="next", text="下季度重点走访困难职工。", by=office.operator)
    report(office, on=date(2026, 10, 6))
    at(2026, 11, 2)
    problems.resolve(office, rec, 1, text="已办好。", on=date(2026, 11, 1), by=office.operator)
    summary.keep_text(office, **THIRD, section="next", text="改过的打算。", by=office.operator)
    words = written(office, tmp_path / "上报.docx")
    assert "下季度重点走访困难职工。" in words and "改过的打算" not in words
    assert "2026年10月6日" in words and "办理情况统计到2026年10月8日。" in words and "2026年11月2日" not in words
    now = written(office, tmp_path / "现在.docx", as_now=True)
    assert "改过的打算。" in now and "2026年11月2日" in now
    summary_papers.write(office, tmp_path / "上报.xlsx", **THIRD, renderer=QtRenderer())
    sheet = openpyxl.load_workbook(tmp_path / "上报.xlsx")["统计"]
    figures = {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}
    assert figures["项目"] == ("上报时", "现在") and figures["正在办理"] == (1, 0)
    assert figures["家访次数"] == (1, 1)


def test_a_nil_report_is_reported_too_and_stays_one(office: Store, tmp_path: Path) -> None:
    report(office)
    add(office)
    found = third(office)
    assert found.reported is not None and found.reported.nil_report and not found.nil_report
    assert "（零报告）" in written(office, tmp_path / "零.docx")


def test_marking_twice_or_on_an_impossible_day_is_refused(office: Store) -> None:
    add(office)
    for day in (date(2026, 10, 9), date(2026, 6, 30)):
        assert refusal(report, office, on=day).code == "bad_date"
    assert third(office).reported is None
    report(office, on=date(2026, 9, 29))
    error = refusal(report, office)
    assert error.code == "already_reported" and error.details["reported_on"] == "2026-09-29"
    assert refusal(summary.mark_reported, office, year=2026, quarter=5, on=date(2026, 10, 8), by=office.operator).code


def test_a_mark_is_taken_back_with_a_reason_or_undone_and_the_history_keeps_both(office: Store) -> None:
    by = office.operator
    assert refusal(summary.revoke_report, office, **THIRD, reason="写错", by=by).code == "not_reported"
    marked = report(office)
    assert refusal(summary.revoke_report, office, **THIRD, reason=" ", by=by).code == "bad_input"
    summary.revoke_report(office, **THIRD, reason="县里退回，补报一户", by=by)
    assert third(office).reported is None
    assert refusal(undo.undo, office, marked, by=by).code == "changed_since"
    add(office)
    again = report(office)
    assert [(one.on, one.reason) for one in summary_reported.marks(office, 2026, 3)] == [
        (date(2026, 10, 8), None), (None, "县里退回，补报一户"), (date(2026, 10, 8), None),
    ]  # fmt: skip
    assert summary_reported.reported_quarters(office) == {(2026, 3): (date(2026, 10, 8), "王敏")}
    undo.undo(office, again, by=by)
    assert third(office).reported is None and summary_reported.reported_quarters(office) == {}


def test_what_became_restricted_after_the_report_is_not_printed_again(office: Store, tmp_path: Path) -> None:
    rec = add(office)
    summary.keep_text(office, **THIRD, section="problems", text=f"{SECRET}。", by=office.operator)
    report(office)
    visits.edit(office, rec, {"topic_advice_leaders": SECRET}, by=office.operator)
    assert refusal(written, office, tmp_path / "总结.docx").code == "restricted_text"
    summary.revoke_report(office, **THIRD, reason="引用了不该写的话", by=office.operator)
    assert refusal(report, office).code == "restricted_text"


def test_the_lists_say_the_same_as_json(office: Store) -> None:
    rec = add(office, "老母亲缺人照料")
    assert summary.summary_json(third(office))["reported"] is None
    report(office)
    visits.delete(office, rec, reason="重复", by=office.operator)
    told = summary.summary_json(third(office))["reported"]
    assert told["on"] == "2026-10-08" and told["by"] == "王敏" and told["reconciles"] is True
    assert told["figures"]["visits"] == {"value": 1, "rows": [rec], "title": "家访次数"}
    gone = {one["name"]: (one["then"], one["now"], one["gone"]) for one in told["differences"]}
    assert gone["visits"] == (1, 0, [rec])
