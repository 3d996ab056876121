"""资料: what an inspector would miss with the way to each record, meetings and decisions that become measures."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from test_all_problems import visit_with
from test_undone_and_refused import ask

from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.services import problems


def test_each_finding_leads_to_its_record_and_goes_when_it_was_mended(clerk: Clerk) -> None:
    visit = visit_with(clerk, "何玉梅")
    clerk.click("nav_files")
    page = clerk.on_page("files")
    clerk.until(lambda: any(row.finding.code == "nothing_said" for row in page.inspection.rows))
    before = len(page.inspection.rows)
    at = next(place for place, row in enumerate(page.inspection.rows) if row.finding.code == "nothing_said")
    view = page.inspection.table.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(at).center())
    QTest.keyClick(view, Qt.Key.Key_Return)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None and editor.visit.id == visit)
    ask(clerk, problems.add, visit, ProblemContent("门诊认定"), by=clerk.main.ctx.operator)
    clerk.click("nav_files")
    clerk.on_page("files")
    clerk.until(lambda: len(page.inspection.rows) == before - 1)
    page.inspection.kind.setCurrentIndex(1)
    clerk.until(lambda: 0 < len(page.inspection.table.model.ids) < before)


def test_a_decision_becomes_a_measure_of_an_open_problem(clerk: Clerk) -> None:
    visit = visit_with(clerk, "何玉梅", ProblemContent("门诊认定"))
    clerk.click("nav_files")
    page = clerk.on_page("files")
    clerk.click("chip_meetings", page)
    clerk.click("button_add_meeting_empty", page)
    form = clerk.dialog("dialog_meeting")
    clerk.type("field_meeting_people", "孙丽华、钱永和", form)
    clerk.type("field_decision_1", "联系县医保局", form)
    clerk.click("button_add_decision", form)
    clerk.until(lambda: clerk.seen("field_decision_2"))
    clerk.type("field_decision_2", "完善台账", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: clerk.said() == "登记汇报分析会")
    clerk.until(lambda: len(page.meetings.rows) == 1 and page.meetings.rows[0].decisions == "2 项")
    assert page.meetings.rows[0].attendees == "孙丽华、钱永和"

    clerk.click("button_decision_1", page)
    dialog = clerk.dialog("dialog_measure")
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.meetings.rows[0].decisions == "2 项，1 项已转为措施")
    found = ask(clerk, problems.listing)
    assert found[0].problem.progress[0].text == "汇报分析会议定：联系县医保局"  # type: ignore[index]  # a list
    clerk.click("button_decision_1", page)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None and editor.visit.id == visit)


def test_a_meeting_is_changed_deleted_and_brought_back(clerk: Clerk) -> None:
    clerk.click("nav_files")
    page = clerk.on_page("files")
    clerk.click("button_add_meeting", page)
    form = clerk.dialog("dialog_meeting")
    clerk.find("field_meeting_day", form).setText("明年")  # type: ignore[attr-defined]
    clerk.click("dialog_ok", form)
    assert clerk.find("dialog_error", form).text()  # type: ignore[attr-defined]
    clerk.find("field_meeting_day", form).setText("今天")  # type: ignore[attr-defined]
    clerk.click("dialog_ok", form)
    clerk.until(lambda: len(page.meetings.rows) == 1)
    clerk.click("chip_meetings", page)
    clerk.click("button_edit_meeting", page)
    form = clerk.dialog("dialog_meeting")
    clerk.type("field_meeting_minutes", "研究两件办得慢的问题。", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: page.meetings.rows[0].minutes == "研究两件办得慢的问题。")
    clerk.click("button_delete_meeting", page)
    clerk.until(lambda: page.meetings.rows == [])
    clerk.click("button_undo")
    clerk.until(lambda: len(page.meetings.rows) == 1)


def test_the_year_is_bound_as_one_volume(clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visit_with(clerk, "何玉梅")
    clerk.click("nav_files")
    clerk.on_page("files")
    target = tmp_path / "装订.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(target), ""))
    clerk.click("button_yearbook")
    clerk.dialog("dialog_export_done").reject()
    assert target.read_bytes().startswith(b"%PDF-")
    clerk.until(lambda: clerk.page.pane.currentWidget() is clerk.page.inspection)
