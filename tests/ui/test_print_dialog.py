"""Printing: what is asked, what a missing printer says, and that saving writes real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.documents.forms.fields import RecordFields
from jiafang_desktop.documents.forms.fit import plan_record
from jiafang_desktop.domain.pages import Sheet
from jiafang_desktop.paper import QtRenderer, printing
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_dialog import PrintDialog, page_numbers


class Desk:
    """The little of a context that dialogs ask for: a renderer and a place to speak."""

    def __init__(self) -> None:
        self.renderer = QtRenderer()
        self.said: list[str] = []
        self.errors: list[UserError] = []

    def say(self, text: str) -> None:
        self.said.append(text)

    def error(self, error: UserError, _parent: object = None) -> None:
        self.errors.append(error)


@pytest.fixture
def sheet() -> Sheet:
    return plan_record(RecordFields(unit="德政镇", number=7, visitee_name="张建国", account="问候。" * 200)).sheet


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", (1, 2, 3)), ("全部", (1, 2, 3)), ("1-2", (1, 2)), ("1，3", (1, 3)), ("3、1", (1, 3)), ("２", (2,)),
        ("1至3", (1, 2, 3)),
    ],
)  # fmt: skip
def test_pages_are_read_as_offices_write_them(typed: str, meant: tuple[int, ...]) -> None:
    assert page_numbers(typed, 3) == meant


@pytest.mark.parametrize("typed", ["0", "4", "2-1", "一", "1-9"])
def test_pages_that_are_not_there_are_refused(typed: str) -> None:
    with pytest.raises(UserError) as refusal:
        page_numbers(typed, 3)
    assert "共 3 页" in refusal.value.hint


def test_without_a_printer_the_dialog_says_so_and_saves_a_pdf(
    qtbot: QtBot, sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", list)
    target = tmp_path / "张建国 记录单"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    desk = Desk()
    dialog = PrintDialog(desk, sheet, "家访记录单")  # type: ignore[arg-type]  # the part of a context it needs
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.ok.isEnabled()
    assert dialog.findChild(object, "print_no_printer").isVisible()
    save = dialog.findChild(QPushButton, "button_save_pdf")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    written = target.with_name("张建国 记录单.pdf")
    assert written.read_bytes().startswith(b"%PDF")
    assert desk.said == ["已存为 张建国 记录单.pdf"]


def test_the_button_names_how_many_sheets_come_out(qtbot: QtBot, sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[dict[str, object]] = []
    monkeypatch.setattr(printing, "printers", lambda: [printing.PrinterInfo(name="HP 1020", is_default=True)])
    monkeypatch.setattr(printing, "print_sheet", lambda _sheet, **asked: handed.append(asked))
    done: list[bool] = []
    dialog = PrintDialog(Desk(), sheet, "家访记录单", on_printed=done.append)  # type: ignore[arg-type]  # as above
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.text().strip() == "打印 2 张"
    dialog.copies.setValue(3)
    QTest.keyClicks(dialog.pages, "2")
    assert dialog.ok.text().strip() == "打印 3 张"
    dialog.shift_x.setValue(1.5)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert handed == [{"printer_name": "HP 1020", "pages": (2,), "copies": 3, "offset_mm": (1.5, 0.0)}]
    assert done == [False]


def test_onto_the_signed_sheet_only_the_resolution_is_printed(
    qtbot: QtBot, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: [printing.PrinterInfo(name="HP 1020", is_default=True)])
    sheets: list[Sheet] = []
    monkeypatch.setattr(printing, "print_sheet", lambda given, **_asked: sheets.append(given))
    only = Sheet("只打解决情况", sheet.pages[:1])
    done: list[bool] = []
    dialog = PrintDialog(
        Desk(),
        sheet,
        "家访记录单",
        overprint_sheet=only,
        prefer_overprint=True,
        on_printed=done.append,  # type: ignore[arg-type]
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.ok.text().strip() == "只打解决情况"
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    assert sheets == [only]
    assert done == [True]


def test_a_signed_sheet_is_printed_anew_or_once_more_and_the_dialog_says_what_becomes_of_the_signature(
    qtbot: QtBot, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: [printing.PrinterInfo(name="HP 1020", is_default=True)])
    monkeypatch.setattr(printing, "print_sheet", lambda _given, **_asked: None)
    done: list[bool] = []

    def shown() -> PrintDialog:
        dialog = PrintDialog(
            Desk(), sheet, "家访记录单", is_signed=True, on_printed=done.append  # type: ignore[arg-type]  # as above
        )  # fmt: skip
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    anew = shown()
    hint = anew.findChild(QLabel, "print_choice_hint")
    assert hint is not None and "重新签名" in hint.text()
    assert not anew.choice.only.isVisible()  # type: ignore[union-attr]  # nothing was laid out for 套打
    QTest.mouseClick(anew.ok, Qt.MouseButton.LeftButton)
    assert done == [False]
    once_more = shown()
    once_more.choice.copy.click()  # type: ignore[union-attr]
    hint = once_more.findChild(QLabel, "print_choice_hint")
    assert hint is not None and "仍然作数" in hint.text()
    QTest.mouseClick(once_more.ok, Qt.MouseButton.LeftButton)
    assert done == [False]


def test_characters_no_font_has_are_told_before_printing(qtbot: QtBot) -> None:
    rare = plan_record(RecordFields(visitee_name="王\U000f0000", spouse_name="䶮")).sheet
    dialog = PrintDialog(Desk(), rare, "家访记录单")  # type: ignore[arg-type]  # as above
    qtbot.addWidget(dialog)
    told = dialog.findChild(QLabel, "print_missing_characters")
    assert "“\U000f0000”" in told.text() and "〓" in told.text() and "䶮" not in told.text()


def test_the_preview_shows_every_page_and_zooms(qtbot: QtBot, sheet: Sheet) -> None:
    dialog = PreviewDialog(Desk(), sheet)  # type: ignore[arg-type]  # as above
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(dialog.thumbs) == len(sheet.pages) == 2
    before = dialog.pages.page_rect(0).width()
    dialog.zoom_by(1)
    assert dialog.pages.page_rect(0).width() > before
    QTest.mouseClick(dialog.thumbs[1], Qt.MouseButton.LeftButton)
    ink = dialog.pages.grab().toImage()
    middle = dialog.pages.page_rect(0)
    assert any(
        ink.pixelColor(x, y).lightness() < 80
        for x in range(middle.left(), middle.right(), 2)
        for y in range(middle.top() + 150, middle.top() + 400, 2)
    )
