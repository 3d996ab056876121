"""Years before the program, in the window: files and folders are looked at, asked about, imported, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from clerk import Clerk
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QWidget
from test_undone_and_refused import ask

from jiafang_desktop.domain.visits import VisitQuery

HEAD = ["序号", "家访领导姓名", "职务", "家访对象姓名", "职务", "时间", "内容", "备注"]
PEOPLE = ("王秀兰", "李志强", "赵　敏", "孙伟", "周文斌", "吴丽", "郑海", "冯春梅")


def ledger(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A plain ledger; each sheet with a title, the header, its rows and a total."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in (["单位：德政镇"], HEAD, *rows, ["合计", None, None, f"{len(rows)}人次"]):
            sheet.append(list(row))
    book.save(path)
    return path


def row(number: int, name: str, day: str) -> list[Any]:
    return [number, "钱永和", "镇长", name, "科员", day, "看望慰问", None]


def year(count: int, *, month: int = 3) -> list[list[Any]]:
    return [row(at + 1, PEOPLE[at], f"{month}月{at + 1}日") for at in range(count)]


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """What the file dialogs are answered with."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path) for path in paths], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(paths[0]))


def drop(target: QWidget, *paths: Path) -> bool:
    """Drag paths over a widget and let go; whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(target.rect().center(), copy, data, left, none)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(target.rect().center()), copy, data, left, none))
    return enter.isAccepted()


def begin(clerk: Clerk) -> Any:
    """From 家访 to the import page."""
    clerk.click("nav_visits")
    clerk.on_page("visits")
    clerk.click("button_import_visits_empty" if clerk.seen("button_import_visits_empty") else "button_import_visits")
    return clerk.on_page("visits_import")


def reviewed(clerk: Clerk, page: Any) -> Any:
    """Wait for the preview and give it."""
    clerk.until(lambda: page.preview is not None and clerk.main.ctx.tasks.is_idle and clerk.seen("button_import"))
    return page.preview


def cards(page: Any) -> list[str]:
    return [card.finding.head for card in page.review.problems.cards]


def answer(clerk: Clerk, page: Any, head: str, words: str) -> None:
    """Click a link below a finding."""
    card = next(card for card in page.review.problems.cards if card.finding.head == head)
    place = [one.words for one in card.finding.answers].index(words)
    page.review.problems._scroll.ensureWidgetVisible(card)  # a hand would scroll there
    clerk.click(f"answer_{card.finding.key}_{place}", card)


def registered(clerk: Clerk) -> int:
    count: int = ask(clerk, lambda store: len(store.visits.ids(VisitQuery())))
    return count


def test_a_ledger_of_three_years_is_asked_about_imported_taken_back_and_known_again(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger(tmp_path / "家访台账.xlsx", {
        "2023年": [*year(4), row(5, "陈立", "近期")], "上年": year(3, month=5), "前年": year(2, month=6),
    })  # fmt: skip
    choose(monkeypatch, path)
    page = begin(clerk)
    clerk.click("button_choose_files", page)
    found = reviewed(clerk, page)
    assert found.counts["new"] == 4 and found.counts["check"] == 6
    assert not clerk.find("button_import", page).isEnabled()
    assert clerk.find("import_reason", page).text() == "答完 2 个问题即可导入"  # type: ignore[attr-defined]
    assert cards(page)[:3] == ["2 处日期没有写年份", "日期没有写年份", "日期没有写年份"]
    assert "第 7 行“陈立”先不导入" in cards(page)

    answer(clerk, page, "日期没有写年份", "2025 年")
    clerk.until(lambda: len(page.preview.open_questions) == 1 and clerk.main.ctx.tasks.is_idle)
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_args: (2020, True))
    answer(clerk, page, "日期没有写年份", "别的年份")
    clerk.until(lambda: not page.preview.open_questions and clerk.main.ctx.tasks.is_idle)
    assert clerk.find("import_sum", page).text() == (  # type: ignore[attr-defined]
        "读到 10 次：新增 9 次，待核对、先不导入 1 次；跳过 9 行"
    )
    answer(clerk, page, "第 7 行“陈立”先不导入", "看这一行")
    assert page.review.table.current_id() == "v4"
    assert "看不出“近期”是哪一天" in clerk.find("import_detail_why", page).text()  # type: ignore[attr-defined]

    clerk.click("button_import", page)
    visits = clerk.on_page("visits")
    clerk.until(lambda: len(visits.model.ids) == 9)
    assert clerk.said() == "导入以前的家访 9 次"
    assert registered(clerk) == 9

    clerk.click("button_undo")
    clerk.until(lambda: clerk.said() == "已撤销：导入以前的家访 9 次")
    assert registered(clerk) == 0
    clerk.click("button_redo")
    clerk.until(lambda: clerk.said() == "已重做：导入以前的家访 9 次")
    assert registered(clerk) == 9

    page = begin(clerk)
    clerk.click("button_choose_files", page)
    reviewed(clerk, page)
    answer(clerk, page, "日期没有写年份", "2025 年")
    clerk.until(lambda: len(page.preview.open_questions) == 1 and clerk.main.ctx.tasks.is_idle)
    answer(clerk, page, "日期没有写年份", "别的年份")
    clerk.until(lambda: not page.preview.open_questions and clerk.main.ctx.tasks.is_idle)
    assert (page.preview.counts["new"], page.preview.counts["same"]) == (0, 9)
    assert not clerk.find("button_import", page).isEnabled()


def test_a_folder_dropped_on_the_list_shows_each_file_and_each_row_passed_over(clerk: Clerk, tmp_path: Path) -> None:
    folder = tmp_path / "旧台账"
    first = ledger(folder / "2023年" / "台账.xlsx", {"台账": year(3)})
    ledger(folder / "2024年" / "台账.xlsx", {"一季度": year(2), "二季度": year(2, month=4)})
    (folder / "备份.xlsx").write_bytes(first.read_bytes())
    for name in ("~$台账.xlsx", "Thumbs.db", "合影.jpg"):
        (folder / name).write_bytes(b"x")
    (folder / "记录单.doc").write_bytes(b"{\\rtf1}")
    clerk.click("nav_visits")
    visits = clerk.on_page("visits")
    assert drop(visits, folder)
    page = clerk.on_page("visits_import")
    found = reviewed(clerk, page)
    assert found.counts["files"] == 7
    assert "没有读“记录单.doc”" in cards(page)
    told = next(card.finding.small for card in page.review.problems.cards if "记录单.doc" in card.finding.head)
    assert "另存为“Word文档（.docx）”" in told

    clerk.click("chip_skipped", page)
    rows = page.review.rows.rows(page.review.model.ids)
    assert len(rows) == found.counts["skipped"] and all(one.why for one in rows)
    assert {"合计　3人次"} & {one.matter for one in rows}  # the row's own words stand beside the reason
    place = page.review.place
    place.setCurrentIndex(place.findText("2024年/台账.xlsx"))
    clerk.click("chip_all", page)
    assert {name[0] for name in page.review.model.ids} == {"v", "s"}
    assert len(page.review.model.ids) == 10

    verdicts = {one["file"]: one["reason"] for one in page.preview.files_json()}
    assert (
        verdicts["备份.xlsx"] == "与“2023年/台账.xlsx”内容相同，没有再读"
    )  # the one whose folder names the year counts
    answer(clerk, page, "有序号重复", "重新编号")
    clerk.until(lambda: page.preview.counts["check"] == 0 and clerk.main.ctx.tasks.is_idle)
    clerk.click("button_import", page)
    clerk.on_page("visits")
    clerk.until(lambda: clerk.said() == "导入以前的家访 7 次")


def test_a_visit_registered_otherwise_can_be_looked_at_and_the_list_goes_on_where_it_was(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ledger(tmp_path / "2024年台账.xlsx", {"台账": year(2)})
    choose(monkeypatch, path)
    page = begin(clerk)
    clerk.click("button_choose_files", page)
    reviewed(clerk, page)
    clerk.click("button_import", page)
    clerk.on_page("visits")
    rows = year(2)
    rows[0][6] = "母亲患病"
    ledger(path, {"台账": rows})
    page = begin(clerk)
    clerk.click("button_choose_files", page)
    reviewed(clerk, page)
    answer(clerk, page, "第 3 行“王秀兰”先不导入", "看已登记的")
    editor = clerk.on_page("visit")
    clerk.until(lambda: editor.visit is not None)
    page = begin(clerk)
    assert reviewed(clerk, page).counts["check"] == 1
    answer(clerk, page, "第 3 行“王秀兰”先不导入", "知道了")
    clerk.until(lambda: cards(page) == [])
    clerk.click("button_cancel_import", page)
    clerk.on_page("visits")
    assert clerk.main.desk.pages["visits_import"].preview is None  # type: ignore[attr-defined]  # the page's own


def test_what_is_no_ledger_is_refused_with_a_way_and_stopping_stores_nothing(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "记录单.doc"
    old.write_bytes(b"{\\rtf1}")
    page = begin(clerk)
    clerk.click("button_how_docx", page)
    told = clerk.dialog("dialog_how_docx")
    told.accept()
    assert drop(page, old)
    refused = clerk.dialog("dialog_error")
    assert any("另存为" in label.text() for label in refused.findChildren(QLabel))
    refused.reject()
    clerk.until(lambda: clerk.seen("button_choose_files"))

    folder = tmp_path / "很多"
    for at in range(12):
        ledger(folder / f"{at}.xlsx", {"2024年": [row(at + 1, PEOPLE[0], f"3月{at + 1}日")]})
    choose(monkeypatch, folder)
    clerk.click("button_choose_folder", page)
    page.working.appeared.emit()  # it lasts; the clock is not waited for
    clerk.click("visits_import_progress_stop", page)
    clerk.until(lambda: clerk.said() == "已停止，没有存入任何内容")
    clerk.until(lambda: clerk.seen("button_choose_files") and clerk.main.ctx.tasks.is_idle)
    assert registered(clerk) == 0


def test_the_keyboard_goes_through_thousands_of_rows(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row(at + 1, PEOPLE[at % 8] + chr(0x4E00 + at // 8 % 200), f"{at % 12 + 1}月{at % 28 + 1}日")
        for at in range(3000)
    ]
    choose(monkeypatch, ledger(tmp_path / "2024年台账.xlsx", {"台账": rows}))
    page = begin(clerk)
    clerk.click("button_choose_files", page)
    found = reviewed(clerk, page)
    assert found.counts["rows"] == 3000
    view = page.review.table.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    clerk.until(lambda: page.review.table.current_id() == page.review.model.ids[-1])
    assert clerk.find("import_detail_why", page).text() == "合计行"  # type: ignore[attr-defined]
    assert len(page.review.model._rows) < 500  # only rows near what is shown were put into words
