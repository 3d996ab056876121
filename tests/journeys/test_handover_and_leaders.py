"""交接 and 领导个人家访情况 in the windows: figures that open their rows, papers saved, posts of one name apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import Clerk
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.problems import ProblemContent
from jiafang_desktop.domain.visits import Leader, VisitContent, Visitee
from jiafang_desktop.services import visits


def made(clerk: Clerk, name: str, *people: Leader, problem: str | None = None) -> str:
    content = VisitContent(visitee=Visitee(name), date=clock.today(), leaders=people, matter="看望")
    problems = [ProblemContent(problem)] if problem else []
    found = ask(clerk, visits.register, content, by=clerk.main.ctx.operator, problems=problems)
    return str(found.id)  # type: ignore[attr-defined]


def test_what_is_on_hand_is_counted_opened_previewed_and_saved(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(clerk, "何玉梅", Leader("钱永和"), problem="门诊认定")
    made(clerk, "张建国", Leader("钱永和"))
    clerk.click("nav_files")
    page = clerk.on_page("files")
    clerk.click("chip_handover", page)
    clerk.until(lambda: page.handover.found is not None and page.handover.found.counts["visits"] == 2)
    assert clerk.find("handover_problems", page).text() == "1"  # type: ignore[attr-defined]
    assert clerk.find("field_handover_giver", page).text() == "王敏"  # type: ignore[attr-defined]
    clerk.type("field_handover_taker", "李娟", page)
    clerk.click("button_preview_handover", page)
    dialog = clerk.dialog("dialog_preview")
    assert dialog.isVisible()
    dialog.reject()

    target = tmp_path / "交接"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    clerk.click("button_save_handover", page)
    clerk.click("dialog_ok", clerk.dialog("dialog_notice"))
    assert sorted(path.name for path in target.iterdir()) == ["交接清单.docx", "未结事项.xlsx"]
    clerk.click("button_save_handover", page)
    clerk.click("dialog_ok", clerk.dialog("dialog_handover_replace"))
    clerk.click("dialog_ok", clerk.dialog("dialog_notice"))

    clerk.click("handover_unsigned", page)
    bench = clerk.on_page("workbench")
    clerk.until(lambda: len(bench.rows.rows) == 2)
    clerk.click("nav_files")
    page = clerk.on_page("files")
    clerk.click("button_handover_settings", page)
    clerk.on_page("settings")


def test_a_new_visit_is_on_hand_at_once(clerk: Clerk) -> None:
    clerk.click("nav_files")
    page = clerk.on_page("files")
    clerk.click("chip_handover", page)
    clerk.until(lambda: page.handover.found is not None)
    made(clerk, "何玉梅", Leader("钱永和"))
    clerk.until(lambda: page.handover.found.counts["visits"] == 1)


def test_a_leaders_visits_are_reached_from_visits_signing_and_ledger_and_written(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(clerk, "何玉梅", Leader("张　三", "镇长"))
    made(clerk, "张建国", Leader("张三", "武装部长"))
    made(clerk, "李四", Leader("钱永和", "书记"))
    clerk.click("nav_visits")
    page = clerk.on_page("visits")
    clerk.until(lambda: page.filters.leader.findData("张三") > 0)
    assert not page.filters.button_leader.isVisible()
    page.filters.leader.setCurrentIndex(page.filters.leader.findData("张三"))
    clerk.until(lambda: len(page.model.ids) == 2)
    clerk.click("button_leader_visits", page)
    own = clerk.on_page("leader_visits")
    clerk.until(lambda: len(own.rows) == 2)
    assert "没有合并" in own.summary.words()
    clerk.click("chip_镇长", own)
    clerk.until(lambda: len(own.table.model.ids) == 1)
    assert own.summary.words().startswith("家访 1 次、1 人")

    target = tmp_path / "情况.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    clerk.click("button_leader_word", own)
    done = clerk.dialog("dialog_export_done")
    assert target.is_file()
    done.reject()
    clerk.click("button_print_leader", own)
    clerk.dialog("dialog_print").reject()
    QTest.keyClick(own.table.view, Qt.Key.Key_Return)
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None and editor.visit.id == first)

    clerk.click("nav_visits")
    page = clerk.on_page("visits")
    clerk.click("button_signing", page)
    signing = clerk.on_page("signing")
    clerk.click("chip_钱永和", signing)
    clerk.click("button_leader_visits", signing)
    own = clerk.on_page("leader_visits")
    clerk.until(lambda: [row.visitee for row in own.rows] == ["李四"])
    clerk.click("nav_ledger")
    ledger = clerk.on_page("ledger")
    clerk.click("button_leader_visits", ledger)
    own = clerk.on_page("leader_visits")
    own.leader.setCurrentIndex(own.leader.findData("张三"))
    own.time.setCurrentIndex(own.time.count() - 1)
    clerk.until(lambda: own.time.currentText() == "历年" and len(own.rows) == 2)
