"""A unit's quarter, lived through its windows: from a list of concerns to papers filed, summed up, checked and bound.

One desk from July to October. Only the file dialogs, the printer and the clock are stood in for.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from clerk import PASSWORD, Clerk
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu
from test_undone_and_refused import ask

from jiafang_desktop.common import clock
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.paper import printing
from jiafang_desktop.services import leaders

_LEADERS = {"leaders": [
    {"name": "孙丽华", "post": "副镇长", "role": "deputy_in_charge"},
    {"name": "钱永和", "post": "党委副书记、镇长", "role": "unit_head"},
]}  # fmt: skip
_ASKED = (
    ("张建国", "农业综合服务中心主任", "2026-07-01", "患有重大疾病", "母亲卧床，希望借一张护理床，调整夜间值班。"),
    ("何玉梅", "民政办科员", "2026-07-03", "其他", "孩子暑假没有人照看，盼着镇里办托管班。"),
)
_ACCOUNTS = {
    "张建国": "看：老母亲卧床，床头放着药。谈：近来夜里陪护，白天犯困。听：爱人盼着能借到护理床。",
    "何玉梅": "谈：夫妻都上班，两个孩子在家写作业。听：老人说暑假最难熬。",
}
_SOLVED = {
    "张建国": "护理床七月二十三日借到家中，两个月内不排夜班。",
    "何玉梅": "暑期托管班七月二十七日开班，两个孩子已入班。",
}
_NOBODY = SimpleNamespace(visitee="")  # of a row still on its way


class Calendar:
    """The day on the wall."""

    def __init__(self) -> None:
        self.is_on("2026-07-06")

    def is_on(self, day: str) -> None:
        moment = datetime.fromisoformat(f"{day}T09:30:00").replace(tzinfo=UTC)
        clock.set_clock(lambda: moment)


class Desk:
    """The clerk with what lies around: files to choose, a printer that remembers its sheets."""

    def __init__(self, clerk: Clerk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clerk, self.folder, self._patch = clerk, folder, monkeypatch
        self.sheets: list[Sheet] = []
        printer = printing.PrinterInfo(name="HP 1020", is_default=True)
        monkeypatch.setattr(printing, "printers", lambda: [printer])
        monkeypatch.setattr(printing, "print_sheet", lambda sheet, **_asked: self.sheets.append(sheet))

    def chooses(self, name: str) -> Path:
        """What every file dialog gives from now on."""
        path = self.folder / name
        one, many = (lambda *_a, **_k: (str(path), "")), (lambda *_a, **_k: ([str(path)], ""))
        self._patch.setattr(QFileDialog, "getOpenFileName", one)
        self._patch.setattr(QFileDialog, "getOpenFileNames", many)
        self._patch.setattr(QFileDialog, "getSaveFileName", one)
        return path

    def comes_back(self, calendar: Calendar, day: str) -> None:
        """The desk was locked overnight."""
        clerk = self.clerk
        clerk.at("main_window")
        QTest.keyClick(clerk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        clerk.until(lambda: clerk.seen("lock_cover"))
        calendar.is_on(day)
        cover = clerk.find("lock_cover")
        clerk.type("field_password", PASSWORD, cover)
        clerk.key(Qt.Key.Key_Return)
        clerk.until(lambda: not clerk.seen("lock_cover"))

    def goes_to(self, page: str) -> Any:
        self.clerk.click(f"nav_{page}")
        return self.clerk.on_page(page)

    def opens(self, name: str) -> Any:
        """The record of a person in the list of visits."""
        page = self.goes_to("visits")
        self.clerk.click("chip_all", page)

        def place() -> int | None:
            names = [(page.model.row(at) or _NOBODY).visitee for at in range(len(page.model.ids))]
            idle = self.clerk.main.ctx.tasks.is_idle and page.listed.isVisible()
            return names.index(name) + 1 if idle and name in names else None

        at = self.clerk.until(place) - 1
        view = page.table.view
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(at).center())
        QTest.keyClick(view, Qt.Key.Key_Return)
        editor = self.clerk.on_page("visit")
        self.clerk.until(lambda: editor.is_ready and editor.form["visitee_name"] == name)
        return editor

    def prints(self, words: str) -> Sheet:
        """Through the print dialog, whose button says ``words``."""
        self.clerk.click("button_print")
        dialog: Any = self.clerk.dialog("dialog_print")
        assert dialog.ok.text().strip() == words
        self.clerk.click("dialog_ok", dialog)
        self.clerk.until(lambda: not self.clerk.seen("dialog_print") and self.clerk.main.ctx.tasks.is_idle)
        return self.sheets[-1]

    def answers(self, opener: str, dialog: str, **fields: str) -> None:
        """Open a dialog, fill it in, and close it with its button."""
        self.clerk.click(opener, self.clerk.page)
        form = self.clerk.dialog(dialog)
        for name, text in fields.items():
            self.clerk.type(name, text, form)
        self.clerk.click("dialog_ok", form)
        self.clerk.until(lambda: not self.clerk.seen(dialog) and self.clerk.main.ctx.tasks.is_idle)


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    yield Calendar()
    clock.set_clock(None)


@pytest.fixture
def desk(calendar: Calendar, clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    ask(clerk, leaders.set_leaders, _LEADERS, by=clerk.main.ctx.operator)
    return Desk(clerk, tmp_path, monkeypatch)


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)  # a screen that is none has no keyboard to grab
def test_a_quarter_from_the_first_concern_to_the_bound_year(desk: Desk, calendar: Calendar) -> None:
    import_concerns(desk)
    judge(desk, 0, "level_serious", "钱永和")
    judge(desk, 1, "level_ordinary", "孙丽华")
    plan_and_take_the_page_along(desk)

    desk.comes_back(calendar, "2026-07-09")
    record_from_the_plan(desk)
    print_and_sign(desk)
    record_from_the_concern(desk)

    desk.comes_back(calendar, "2026-07-15")
    decide_at_a_meeting(desk)

    desk.comes_back(calendar, "2026-07-28")
    solve_and_overprint(desk)
    solve_among_all_problems(desk)
    for name in ("张建国", "何玉梅"):
        seal_scan_and_file(desk, name)

    report_the_concerns(desk)
    desk.comes_back(calendar, "2026-10-08")
    sum_the_quarter_up(desk)
    find_nothing_missing_and_bind(desk)


# ------------------------------------------------------------------------------------------- in July


def import_concerns(desk: Desk) -> None:
    clerk, path = desk.clerk, desk.chooses("小程序导出.xlsx")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["家访小程序诉求导出"])
    sheet.append(["序号", "诉求人", "职务", "提交时间", "诉求类型", "诉求内容"])
    for number, row in enumerate(_ASKED, start=1):
        sheet.append([number, *row])
    book.save(path)
    desk.goes_to("concerns")
    clerk.click("button_import_concerns_empty")
    page = clerk.on_page("concerns_import")
    clerk.click("button_choose_file", page)
    clerk.until(lambda: page.preview is not None)
    clerk.click("button_import", page)
    clerk.on_page("concerns")
    clerk.until(lambda: clerk.said() == "导入诉求 2 件")
    clerk.until(lambda: [row.status for row in clerk.page.rows] == ["new", "new"])


def judge(desk: Desk, place: int, level: str, who: str) -> None:
    clerk, page = desk.clerk, desk.clerk.on_page("concerns")
    rec = next(row.id for row in page.rows if row.name == _ASKED[place][0])
    page.table.set_current(rec)
    clerk.until(lambda: page.current_row().id == rec)
    clerk.click("button_concern_next")
    dialog: Any = clerk.dialog("dialog_triage")
    clerk.click(level, dialog)
    clerk.until(lambda: who in clerk.find("triage_who", dialog).text())  # type: ignore[attr-defined]  # a label
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: next(row for row in page.rows if row.id == rec).status == "assigned")


def plan_and_take_the_page_along(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("concerns")
    page.acts.plan(next(row for row in page.rows if row.name == "张建国"))
    form = clerk.dialog("dialog_plan")
    clerk.type("field_plan_when", "7-9", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: clerk.said() == "安排家访")
    page = desk.goes_to("visits")
    clerk.click("chip_plan", page)
    clerk.until(lambda: [row.visitee for row in page.plans.rows] == ["张建国"])
    page.plans.table.context_wanted.emit(page.plans.rows[0].id, page.mapToGlobal(page.rect().center()))
    menu = clerk.until(lambda: next((m for m in page.plans.findChildren(QMenu, "plan_menu") if m.isVisible()), None))
    action = next(one for one in menu.actions() if one.objectName() == "menu_previsit")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    dialog: Any = clerk.dialog("dialog_preview")
    words = words_of(dialog.pages._sheet)
    assert "张建国" in words and "护理床" in words and "钱永和" in words
    clerk.click("preview_close", dialog)
    clerk.until(lambda: not clerk.seen("dialog_preview"))


def record_from_the_plan(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("visits")
    page.plans.table.set_current(page.plans.rows[0].id)
    clerk.click("button_record_plan", page)
    record(desk, "张建国", "7-9", "母亲卧床，看望慰问", "母亲卧床缺人照料")


def record_from_the_concern(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("concerns")
    page.table.set_current(next(row.id for row in page.rows if row.name == "何玉梅"))
    clerk.click("button_concern_next")
    record(desk, "何玉梅", "7-9", "了解家庭困难", "孩子暑假没有人照看")


def record(desk: Desk, name: str, day: str, matter: str, problem: str) -> None:
    """The sheet as it is typed, with its problem, and registered."""
    clerk, editor = desk.clerk, desk.clerk.on_page("visit")
    clerk.until(lambda: editor.is_ready and editor.form["visitee_name"] == name)
    assert len(editor.form["concerns"]) == 1
    for cell, text in (
        ("date", day), ("address", "魏县德政镇东街村"), ("spouse_name", "无"), ("spouse_work", "无"),
        ("account", _ACCOUNTS[name]), ("leader_name", "孙丽华"), ("leader_post", "副镇长"),
    ):  # fmt: skip
        editor.canvas.cells[cell].setFocus()
        if not editor.form[cell]:
            clerk.commit(text)
    clerk.type("field_matter", matter)
    clerk.click("way_look")
    clerk.click("way_talk")
    clerk.click("met_self")
    clerk.click("button_register")
    clerk.until(lambda: editor.visit is not None and editor.visit.registered and editor.is_ready)
    desk.answers("button_add_problem", "dialog_problem", field_problem_text=problem)
    clerk.until(lambda: editor.visit.status == "registered" and len(editor.visit.problems) == 1)


def print_and_sign(desk: Desk) -> None:
    clerk, editor = desk.clerk, desk.opens("张建国")
    printed = words_of(desk.prints("打印 1 张"))
    assert "张建国" in printed and "老母亲卧床" in printed and "护理床七月" not in printed
    clerk.until(lambda: editor.visit.paper.printed_on == clock.today())
    clerk.click("mark_signed")
    clerk.until(lambda: editor.visit.paper.signed_on == clock.today())


def decide_at_a_meeting(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("files")
    clerk.click("chip_meetings", page)
    clerk.click("button_add_meeting_empty", page)
    form = clerk.dialog("dialog_meeting")
    clerk.type("field_meeting_people", "钱永和、孙丽华", form)
    clerk.type("field_meeting_minutes", "逐件研究没有办结的问题。", form)
    clerk.type("field_decision_1", "与中心小学合办暑期托管班", form)
    clerk.click("dialog_ok", form)
    clerk.until(lambda: len(page.meetings.rows) == 1)
    clerk.click("button_decision_1", page)
    dialog: Any = clerk.dialog("dialog_measure")
    assert len(dialog.table.model.ids) == 2
    view = dialog.table.view
    if dialog.table.model.row(0).visitee != "何玉梅":
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.row_rect(1).center())
    clerk.click("dialog_ok", dialog)
    clerk.until(lambda: page.meetings.rows[0].decisions == "1 项，1 项已转为措施")


# ------------------------------------------------------------------------------------------- what was solved


def solve_and_overprint(desk: Desk) -> None:
    clerk, editor = desk.clerk, desk.opens("张建国")
    desk.answers("problem_1_progress", "dialog_progress", field_progress_text="已与县残联联系")
    desk.answers("problem_1_resolve", "dialog_resolve", field_resolve_text=_SOLVED["张建国"])
    clerk.until(lambda: editor.visit.status == "ready" and editor.is_ready)
    onto = words_of(desk.prints("只打解决情况"))
    assert "护理床七月二十三日" in onto and "张建国" not in onto and "老母亲" not in onto
    assert not any("需重印" in label.text() for label in editor.panel.paper.findChildren(QLabel) if label.isVisible())


def solve_among_all_problems(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("visits")
    clerk.click("button_problems", page)
    page = clerk.on_page("problems")
    clerk.until(lambda: len(page.table.model.ids) == 1 and page.current_row().text == "孩子暑假没有人照看")
    assert page.panel.steps_head.text() == "跟进了解 1 次"  # what the meeting decided
    desk.answers("button_problem_resolve", "dialog_resolve", field_resolve_text=_SOLVED["何玉梅"])
    clerk.until(lambda: not page.table.model.ids)
    editor = desk.opens("何玉梅")
    assert "托管班七月" in words_of(desk.prints("打印 1 张"))
    clerk.click("mark_signed")
    clerk.until(lambda: editor.visit.paper.signed_on is not None)


def seal_scan_and_file(desk: Desk, name: str) -> None:
    clerk, editor = desk.clerk, desk.opens(name)
    clerk.click("mark_sealed")
    clerk.until(lambda: editor.visit.paper.sealed_on is not None)
    picture = QImage(620, 877, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white if name == "张建国" else Qt.GlobalColor.lightGray)
    assert picture.save(str(desk.chooses("扫描.jpg")))
    clerk.click("button_attach_scan")
    clerk.until(lambda: len(editor.acts.scans.shown) == 1)
    desk.answers("button_archive", "dialog_archive")
    clerk.until(lambda: editor.visit.status == "archived")


def report_the_concerns(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("concerns")
    clerk.until(lambda: {row.status for row in page.rows} == {"archived"})
    for row in list(page.rows):
        page.acts.preview_report(row)
        dialog: Any = clerk.dialog("dialog_preview")
        assert _SOLVED[row.name][:8] in words_of(dialog.pages._sheet)
        clerk.click("preview_close", dialog)
        clerk.until(lambda: not clerk.seen("dialog_preview"))
        page.acts.report(row)
        clerk.click("dialog_ok", clerk.dialog("dialog_reported"))
        clerk.until(lambda: not clerk.seen("dialog_reported") and clerk.main.ctx.tasks.is_idle)
    clerk.until(lambda: not any(row.unreported for row in page.rows))


# ------------------------------------------------------------------------------------------- in October


def sum_the_quarter_up(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("summary")
    clerk.click("chip_3", page)
    clerk.until(lambda: page.view is not None and page.view.found.quarter == 3 and clerk.main.ctx.tasks.is_idle)
    figures = {name: button.text() for name, button in page.figures.buttons.items()}
    assert {name: figures.get(name, "0") for name in _COUNTED} == _COUNTED  # nothing is not shown
    assert page.view.found.reconciles
    path = desk.chooses("三季度总结.docx")
    clerk.click("button_summary_word")
    clerk.dialog("dialog_export_done").reject()
    words = ZipFile(path).read("word/document.xml").decode("utf-8")
    assert "共开展家访2次" in words and "托管班" in words


_COUNTED = {
    "visits": "2", "visitees": "2", "archived": "2", "late_entries": "0", "problems": "2", "outcome_solved": "2",
    "open": "0", "concerns_received": "2", "concerns_done": "2", "concerns_open": "0",
}  # fmt: skip


def find_nothing_missing_and_bind(desk: Desk) -> None:
    clerk, page = desk.clerk, desk.goes_to("files")
    clerk.click("chip_inspection", page)
    clerk.until(lambda: clerk.main.ctx.tasks.is_idle)
    assert [row.finding.code for row in page.inspection.rows] == []
    path = desk.chooses("年度装订.pdf")
    clerk.click("button_yearbook")
    clerk.dialog("dialog_export_done").reject()
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    bound = "".join(done.stdout.decode("utf-8").split())
    for words in ("2026年", "家访台账", "张建国", "何玉梅", "护理床七月二十三日借到家中", "暑期托管班七月二十七日开班"):
        assert words in bound


def words_of(sheet: Sheet) -> str:
    return "".join(run.text for page in sheet.pages for run in page.runs)
