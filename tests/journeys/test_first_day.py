"""A clerk's first day, from the bare program to a filed record and a printed ledger, in real windows with real keys."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest
from clerk import PASSWORD, Clerk, StartProgram
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog


def set_up(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The wizard's five steps; gives the printed groups."""
    clerk.at("wizard")
    wizard = clerk.window
    assert not clerk.find("button_wizard_next").isEnabled()
    clerk.click("check_accept_rules")
    clerk.click("button_wizard_next")
    clerk.click("button_wizard_next")
    assert clerk.find("error_field_unit").isVisible()
    clerk.type("field_unit", "中共魏县德政镇委员会")
    clerk.type("field_ledger_unit", "德政镇")
    clerk.click("button_wizard_next")
    clerk.type("field_operator", "王敏")
    clerk.type("field_password", "1234567")
    assert clerk.find("password_strength").text() == "还差 1 位，密码至少 8 位。"  # type: ignore[attr-defined]
    clerk.find("field_password").clear()  # type: ignore[attr-defined]  # a line edit
    clerk.type("field_password", PASSWORD)
    clerk.type("field_password_again", PASSWORD + "x")
    clerk.click("button_wizard_next")
    assert clerk.find("error_field_password_again").isVisible()
    clerk.key(Qt.Key.Key_Backspace)
    clerk.click("button_wizard_next")
    groups: tuple[str, ...] = clerk.until(lambda: wizard.recovery.panel.groups.groups)  # type: ignore[attr-defined]
    target = folder.parent / "密码找回单.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    clerk.click("button_save_recovery")
    printed = text_of(target)
    assert all(group in printed for group in groups)
    assert not clerk.find("button_wizard_next").isEnabled()
    clerk.click("check_recovery_kept")
    clerk.click("button_wizard_next")
    return groups


def test_from_a_bare_program_to_a_filed_record(
    start: StartProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "家访 数据"
    clerk = start(folder)
    groups = set_up(clerk, folder, monkeypatch)
    assert len(groups) == 8
    clerk.click("button_ready_workbench")
    clerk.on_page("workbench")
    clerk.leave()

    clerk = start(folder)
    clerk.open_door()
    clerk.on_page("workbench")
    import_roster(clerk, tmp_path, monkeypatch)
    record_a_visit(clerk)
    print_the_ledger(clerk, tmp_path, monkeypatch)
    file_the_record(clerk)


def import_roster(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit's own roster, as ugly as it lies there."""
    path = folder / "2026年 干部花名册(最新).xlsx"
    write_ugly_roster(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    clerk.click("button_start_roster")
    page = clerk.on_page("roster_import")
    clerk.click("button_choose_file", page)
    clerk.until(lambda: page.preview is not None)
    clerk.click("button_import", page)
    clerk.on_page("roster")
    clerk.until(lambda: len(clerk.page.model.ids) == 3)
    assert clerk.said() == "导入名册：新增 3 人"


def record_a_visit(clerk: Clerk) -> None:
    """登记家访 where it prints, the name completed from the roster."""
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_new_visit_empty")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready and page.canvas.focused() == "date")
    clerk.commit("11-3")
    clerk.key(Qt.Key.Key_Return)
    clerk.key(Qt.Key.Key_Return)
    clerk.commit("张建")
    clerk.until(lambda: clerk.seen("name_popup"))
    clerk.key(Qt.Key.Key_Return)
    clerk.until(lambda: page.form["visitee_name"] == "张建国")
    assert page.form["visitee_post"] == "农业综合服务中心主任"
    for cell, text in (("account", "看：院落整洁。谈：思想稳定。"), ("resolution", "无"), ("leader_name", "钱永和"),
                       ("leader_post", "党委副书记"), ("spouse_name", "无"), ("spouse_work", "无")):  # fmt: skip
        page.canvas.cells[cell].setFocus()
        if not page.form[cell]:
            clerk.commit(text)
    clerk.type("field_matter", "母亲患病，看望慰问")
    clerk.click("way_look")
    clerk.click("check_nothing_to_solve")
    clerk.click("button_register")
    clerk.until(lambda: page.visit is not None and page.is_ready and clerk.main.ctx.tasks.is_idle)
    assert page.visit.number == 1


def print_the_ledger(clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the print dialog; without a printer as a PDF."""
    clerk.click("nav_ledger")
    page = clerk.on_page("ledger")
    clerk.until(lambda: page.view.pages is not None and page.view.pages.row_count == 1)
    target = folder / "台账.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    clerk.click("button_print_ledger")
    dialog = clerk.dialog("dialog_print")
    assert clerk.find("print_no_printer", dialog).isVisible()
    clerk.click("button_save_pdf", dialog)
    dialog.reject()
    printed = text_of(target)
    assert "魏县领导干部家访台账" in printed
    assert "张建国" in printed and "钱永和" in printed


def file_the_record(clerk: Clerk) -> None:
    """From the 工作台's number to the archive."""
    clerk.click("nav_workbench")
    clerk.on_page("workbench")
    clerk.click("number_to_file")
    clerk.click("todo_1")
    page = clerk.on_page("visit")
    clerk.until(lambda: page.is_ready)
    for mark in ("mark_printed", "mark_signed", "mark_sealed"):
        clerk.click(mark)
        clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    clerk.click("button_archive")
    dialog = clerk.dialog("dialog_archive")
    clerk.type("field_paper_at", "党政办文件柜 2026年家访盒", dialog)
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.visit.status == "archived")
    clerk.click("nav_workbench")
    clerk.on_page("workbench")
    clerk.until(lambda: page_sums(clerk) == ("共 1 次", "已归档 1 次"))


def page_sums(clerk: Clerk) -> tuple[str, str]:
    """The year as the side column words it."""
    side = clerk.page.side
    return side.button_visits.text(), side.button_archived.text()


def write_ugly_roster(path: Path) -> None:
    """Title merged over all columns, a note, the header in row 4 with spaces in 姓  名, a footer below the data."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "德政镇机关干部花名册"
    sheet.merge_cells("A1:H1")
    sheet["A2"] = "填报单位：德政镇"
    for place, title in enumerate(
        ("序号", "姓  名", "性\n别", "单位及职务", "出生年月", "民族", "身份证号", "家庭住址"), start=1
    ):
        sheet.cell(4, place, title)
    people = (
        (1, "张建国", "男", "农业综合服务中心主任", "1975.03", "汉族", "130400197503010011", "魏县德政镇东街村36号"),
        (2, "何玉梅（女）", "女", "民政办科员", "1980年7月", "汉族", "130400198007010022", "魏县德政镇西街村"),
        (3, "刘　红", "女", "财政所所长", 1988.1, "汉族", "130400198810010033", "魏县德政镇"),
    )
    for row, person in enumerate(people, start=5):
        for column, value in enumerate(person, start=1):
            sheet.cell(row, column, value)
    sheet["A9"] = "填表人：王敏"
    sheet["E9"] = "统计日期：2026年1月5日"
    book.save(path)


def text_of(pdf: Path) -> str:
    """What the PDF says when it is read again."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8")
