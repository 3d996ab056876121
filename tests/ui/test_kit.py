"""Buttons, fields, chips, glyphs, empty pages, the title row, messages: names, keys, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jiafang_desktop.common.errors import UserError
from jiafang_desktop.domain.changes import ChangedRecord, Changes, Operator
from jiafang_desktop.domain.units import Installation
from ui import theme
from ui.context import Context
from ui.dialogs import message
from ui.tasks import Tasks
from ui.widgets import buttons, fields
from ui.widgets.chips import ChipBar
from ui.widgets.empty import EmptyState
from ui.widgets.page import Page
from ui.widgets.phase import paint_phase

CHANGES = Changes((ChangedRecord("visit", "v1", "r1", ("matter",)),))


class Book:
    def close(self) -> None: ...


@pytest.fixture
def ctx(qtbot: QtBot) -> Iterator[Context]:
    tasks = Tasks(Book())
    here = Installation("i1", "unit", "德政镇", "township", "魏县", "德政镇")
    yield Context(tasks=tasks, installation=here, operator=Operator("o1", "王敏"), renderer=None)
    tasks.close()


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    theme.apply(QApplication.instance(), scale=1.0, contrast=False)  # type: ignore[arg-type]  # qtbot made it
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    window.resize(600, 200)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    _windows.append(window)
    return window


_windows: list[QWidget] = []  # qtbot holds windows weakly


@pytest.fixture(autouse=True)
def _let_windows_go() -> Iterator[None]:
    yield
    _windows.clear()


def dialogs() -> list[message.MessageDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, message.MessageDialog) and w.isVisible()]


# -- buttons and fields ----------------------------------------------------------------------------------------


def test_buttons_have_names_for_robots_and_readers_and_are_32_high(qtbot: QtBot) -> None:
    made = [
        buttons.primary("打印 3 张", "button_print", icon="print"), buttons.plain("取消", "button_cancel"),
        buttons.quiet("导出 Excel", "button_excel", icon="file"),
    ]  # fmt: skip
    shown(qtbot, *made)
    assert [button.accessibleName() for button in made] == ["打印 3 张", "取消", "导出 Excel"]
    assert made[0].text() == " 打印 3 张"  # the icon's gap can't be styled
    assert {button.height() for button in made} == {32}
    made[0].set_words("打印 4 张")
    assert (made[0].text(), made[0].accessibleName()) == (" 打印 4 张", "打印 4 张")


def test_a_focus_ring_moves_nothing(qtbot: QtBot) -> None:
    button, edit, combo = buttons.plain("取消", "b"), fields.line_edit("e", "事由"), fields.combo("c", "年度")
    combo.addItem("2026")
    shown(qtbot, button, edit, combo)
    for widget in (button, edit, combo):
        before = widget.sizeHint()
        widget.setFocus()
        QApplication.processEvents()
        assert widget.sizeHint() == before
        assert widget.height() == 32


def test_enter_presses_a_button_as_space_does(qtbot: QtBot) -> None:
    button = buttons.quiet("导出", "button_export")
    shown(qtbot, button)
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(button, key)
    assert len(pressed) == 3


def test_scrolling_over_a_drop_down_without_the_keys_changes_nothing(qtbot: QtBot) -> None:
    combo, other = fields.combo("c", "年度"), fields.line_edit("e", "事由")
    combo.addItems(["2026", "2025", "2024"])
    shown(qtbot, other, combo)
    other.setFocus()

    def wheel() -> None:
        at = QPointF(5, 5)
        event = QWheelEvent(
            at, combo.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(combo, event)

    wheel()
    assert combo.currentIndex() == 0
    combo.setFocus()
    wheel()
    assert combo.currentIndex() == 1


def test_a_tick_box_is_ticked_by_its_words_too(qtbot: QtBot) -> None:
    box = fields.check_box("filter_overdue", "只看超期")
    shown(qtbot, box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 4, box.height() // 2))
    assert box.isChecked()
    assert box.accessibleName() == "只看超期"


def test_a_search_field_has_a_cross_while_it_holds_words(qtbot: QtBot) -> None:
    edit = fields.search_edit("field_search", "查找")
    shown(qtbot, edit)
    cross = edit.findChild(QAbstractButton, "search_clear")
    assert cross is not None and not cross.isVisible()
    QTest.keyClicks(edit, "zjg")
    assert cross.isVisible()
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert edit.text() == ""


def test_a_password_is_shown_only_when_asked(qtbot: QtBot) -> None:
    edit = fields.password_edit("field_password", "密码", tall=True)
    shown(qtbot, edit)
    assert edit.height() == 36
    QTest.keyClicks(edit, "kao-shan")
    assert edit.displayText() != "kao-shan"
    edit.reveal(True)
    assert edit.displayText() == "kao-shan"
    assert edit.height() == 36


def test_a_row_says_what_is_wrong_below_its_field(qtbot: QtBot) -> None:
    edit = fields.line_edit("field_name", "姓名")
    row = fields.FormRow("姓名", edit, hint="必填")
    shown(qtbot, row)
    row.set_error("请填写姓名。")
    assert (row.error(), edit.property("error"), edit.accessibleDescription()) == ("请填写姓名。", True, "请填写姓名。")
    row.set_error(None)
    assert (row.error(), edit.property("error"), edit.accessibleDescription()) == ("", False, "")


def test_rows_under_one_another_begin_their_fields_at_one_line(qtbot: QtBot) -> None:
    rows = [fields.FormRow(words, fields.line_edit(words, words)) for words in ("姓名", "配偶单位职务")]
    fields.align_labels(rows)
    shown(qtbot, *rows)
    assert len({row.widget.x() for row in rows}) == 1


# -- chips and glyphs ------------------------------------------------------------------------------------------


def test_chips_are_chosen_by_mouse_and_keys_and_keep_their_place(qtbot: QtBot) -> None:
    bar = ChipBar("chips_status")
    bar.set_chips([("all", "全部", 3, None), ("draft", "草稿", 1, "draft"), ("ready", "待归档", 2, "ready")])
    bar.choose("all")
    shown(qtbot, bar)
    heard: list[str] = []
    bar.chosen.connect(heard.append)
    widths = [chip.width() for chip in bar.chips]
    QTest.mouseClick(bar.chips[1], Qt.MouseButton.LeftButton)
    bar.chips[1].setFocus()
    QTest.keyClick(bar.chips[1], Qt.Key.Key_Right)
    QTest.keyClick(bar.chips[2], Qt.Key.Key_Space)
    assert heard == ["draft", "ready"]
    assert bar.key() == "ready"
    assert [chip.width() for chip in bar.chips] == widths
    bar.set_chips([("all", "全部", 4, None), ("draft", "草稿", 2, "draft"), ("ready", "待归档", 2, "ready")])
    assert bar.chips[2].hasFocus() and bar.key() == "ready"
    assert bar.chips[0].accessibleName() == "全部 4"


def test_the_phases_can_be_told_apart_without_colour(qtbot: QtBot) -> None:
    seen = set()
    for phase in ("draft", "registered", "in_progress", "ready", "archived", "void", "returned"):
        image = QImage(14, 14, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        paint_phase(painter, QRect(0, 0, 14, 14), phase, ink=theme.color("ink"))
        painter.end()
        seen.add(bytes(image.constBits()))
    assert len(seen) == 7


# -- pages -----------------------------------------------------------------------------------------------------


def test_an_empty_page_offers_its_ways(qtbot: QtBot) -> None:
    gone: list[str] = []
    empty = EmptyState("还没有家访", "登记后就进台账。", ways=[
        ("plus", "登记一次", "像填纸一样", "登记家访", "button_new", lambda: gone.append("new")),
        ("people", "导入名册", "带出职务", "导入", "button_roster", lambda: gone.append("roster")),
    ])  # fmt: skip
    shown(qtbot, empty)
    for name in ("button_new", "button_roster"):
        QTest.mouseClick(empty.ways[name], Qt.MouseButton.LeftButton)
    assert gone == ["new", "roster"]


def test_the_title_row_leads_back_and_shortens_long_names(qtbot: QtBot, ctx: Context) -> None:
    page = Page(ctx)
    page.set_title("张建国", back=("家访", "visits"), status="in_progress", caption="2026.9.16　第 25 号")
    page.set_primary(buttons.primary("打印", "button_print"))
    page.add_action(buttons.quiet("预览", "button_preview"))
    page.resize(700, 300)
    qtbot.addWidget(page)
    page.show()
    wanted: list[str] = []
    ctx.page_wanted.connect(lambda name, _where: wanted.append(name))
    back = page.findChild(QAbstractButton, "button_back")
    assert back is not None and back.accessibleName() == "返回家访"
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert wanted == ["visits"]
    print_, preview = (page.findChild(QAbstractButton, name) for name in ("button_print", "button_preview"))
    assert print_ is not None and preview is not None
    assert preview.x() < print_.x()
    assert page.title_row.height() == 64
    page.set_title("张建国" * 40)
    QApplication.processEvents()
    title = page.title_row.title
    assert title.text().endswith("…") and title.words() == title.toolTip() == "张建国" * 40
    assert not back.isVisible()


# -- speaking --------------------------------------------------------------------------------------------------


def test_what_was_written_last_is_what_can_be_taken_back(qtbot: QtBot, ctx: Context) -> None:
    said: list[Any] = []
    ctx.said.connect(said.append)
    ctx.said_undoable.connect(lambda words, changes: said.append((words, changes)))
    ctx.say_undoable("作废第 28 号")
    pending = ctx.tasks.run(lambda _store: CHANGES).then(lambda _: ctx.say_undoable("作废第 28 号"))
    qtbot.waitUntil(lambda: pending.is_settled)
    assert said == ["作废第 28 号", ("作废第 28 号", CHANGES)]


def test_the_year_is_told_once(ctx: Context) -> None:
    years: list[int] = []
    ctx.year_changed.connect(years.append)
    ctx.set_year(2025)
    ctx.set_year(2025)
    assert years == [2025]


def test_a_refusal_without_a_shell_or_a_handler_opens_the_dialog(qtbot: QtBot, ctx: Context) -> None:
    def refuse(_store: object) -> None:
        raise UserError("file_busy", "WPS 正开着“台账.xlsx”，写不进去。", hint="关闭这个文件。再点“重试”。")

    ctx.tasks.run(refuse)
    qtbot.waitUntil(lambda: bool(dialogs()))
    dialog = dialogs()[0]
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "WPS 正开着“台账.xlsx”，写不进去" in words
    assert "关闭这个文件" in words and "再点“重试”" in words
    assert "本机数据没有变动。" in words
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialogs() == []


def test_with_a_shell_refusals_are_the_shells(qtbot: QtBot, ctx: Context) -> None:
    raised: list[Any] = []
    ctx.error_raised.connect(lambda error, parent: raised.append((error.code, parent)))
    ctx.error(UserError("not_found", "没有这条记录。"), None)
    assert raised == [("not_found", None)]
    assert dialogs() == []


def test_a_message_offers_another_way_and_folds_its_details(qtbot: QtBot) -> None:
    theme.ensure_applied()
    went: list[str] = []
    error = UserError("file_busy", "写不进去。", hint="关闭文件。", details={"file": "台账.xlsx"})
    dialog = message.show_error(
        error, None, head="台账没有导出", retry=lambda: went.append("retry"),
        other=("换文件名另存", lambda: went.append("other")),
    )  # fmt: skip
    details = dialog.findChild(QPlainTextEdit, "message_details")
    fold = dialog.findChild(QAbstractButton, "message_details_fold")
    assert details is not None and fold is not None and not details.isVisible()
    QTest.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert details.isVisible() and "file_busy" in details.toPlainText() and "台账.xlsx" in details.toPlainText()
    other = dialog.findChild(QAbstractButton, "dialog_other")
    assert other is not None
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert went == ["other"]
    again = message.show_error(error, None, retry=lambda: went.append("retry"))
    QTest.mouseClick(again.ok, Qt.MouseButton.LeftButton)
    assert went == ["other", "retry"]


def test_a_hint_becomes_steps() -> None:
    steps = message.steps_of("在 WPS 中关闭这个文件。回到这里，点“重试”。")
    assert steps == ("在 WPS 中关闭这个文件", "回到这里，点“重试”")
    assert message.steps_of("") == ()
    assert message.steps_of("换一个文件夹") == ("换一个文件夹",)
